"""Were children's characteristics recorded, and considered? The ladder, what changed, and who was notified."""

import polars as pl

from throughline.analyses.dots import dots_finding
from throughline.analyses.measure_tables import definitions
from throughline.analyses.measures import Measure, measure_rows
from throughline.analyses.notified_groups import ratio_finding
from throughline.analyses.recording_ladder import (
    change_measures,
    is_england,
    ladder_measures,
    ladder_table,
    rungs,
)
from throughline.analyses.scope import Scope, read_scope
from throughline.analyses.trail import trail
from throughline.charts import recording
from throughline.query import Choice, Query
from throughline.release import Release, Viewer
from throughline.replies import replies_of
from throughline.report import Chart, Filter, Finding, KeyFigure, Report
from throughline.wording import measures, rounded
from throughline.wording import recording as words
from throughline.wording.scope import PART_PERIOD

PATH = "/demographic-recording"
TOPIC = "Demographic recording"
QUESTION = "Were children's characteristics recorded, and were they considered?"
INDICATORS = ("DM1", "DM2", "DM5")
BETWEEN = {
    "notification_to_rapid_review": "notification to rapid review",
    "rapid_review_to_lcspr": "rapid review to local review",
}
DEFINED = ("DM1", "DM2", "DM4", "DM5", "DM5b", "DM6", "DM7", "DM8", "DM9", "DM10")


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The answer for one area, period and characteristic."""
    scope = read_scope(release, viewer, query, INDICATORS, PATH)
    choices = [Choice(code, name) for code, name in words.CHARACTERISTICS.items()]
    chosen = query.choose("characteristic", "characteristic", choices, "ethnicity")
    is_indicator = chosen not in words.IN_LADDER_ALONE
    ladder = rungs(release, viewer, scope, chosen)
    shares = recorded_measures(chosen)
    recorded = measure_rows(release, viewer, scope, shares) if is_indicator else ladder_measures(ladder, scope, shares)
    considered = measure_rows(release, viewer, scope, considered_measures(chosen)) if is_indicator else recorded.clear()
    return Report(
        PATH,
        TOPIC,
        QUESTION,
        words.headline(recorded, considered, chosen, scope.area_said, scope.period_words),
        release.as_at_date,
        release.release_id,
        release.is_synthetic,
        [
            ladder_finding(ladder, chosen, scope),
            recorded_finding(recorded, chosen, scope),
            *([considered_finding(considered, chosen, scope)] if is_indicator else []),
            changes_finding(release, viewer, scope, chosen),
            characteristics_finding(release, viewer, scope),
            *([together_finding(release, viewer, scope, chosen)] if is_indicator else []),
            ratio_finding(release, viewer, scope),
        ],
        filters=(
            *scope.filters,
            Filter("characteristic", "Characteristic", choices, chosen, query.problems.get("characteristic", "")),
        ),
        key_figures=key_figures(recorded, considered),
        warnings=(PART_PERIOD,) if scope.is_part_period else (),
        notices=() if is_indicator else (words.LADDER_ALONE,),
        form_notices=scope.notices,
        statements=(definitions(release, DEFINED),),
        replies=replies_of(release, scope.partnerships),
        problems=query.problems,
        elsewhere=scope.elsewhere,
        trail=trail(release, viewer, scope, PATH, INDICATORS),
    )


def recorded_measures(characteristic: str) -> list[Measure]:
    """Recorded at each stage, then asked at each stage."""
    return [
        Measure(indicator, f"{characteristic}:{stage}", f"{verb} {words_of_stage.lower()}")
        for indicator, verb in (("DM1", "Recorded"), ("DM2", "Asked"))
        for stage, words_of_stage in words.STAGES.items()
    ]


def considered_measures(characteristic: str) -> list[Measure]:
    """What each kind of review made of what was recorded."""
    kinds = {"DM5": "considered", "DM5b": "fully considered", "DM6": "not considered"}
    return [
        Measure(indicator, f"{characteristic}:{stage}", f"{name.capitalize()}: {kind}")
        for stage, name in words.REVIEWS.items()
        for indicator, kind in kinds.items()
    ]


def key_figures(recorded: pl.DataFrame, considered: pl.DataFrame) -> tuple[KeyFigure, ...]:
    """Recorded at each stage, and considered in rapid reviews, in large."""
    rows = [row for row in recorded.filter(pl.col("indicator") == "DM1").iter_rows(named=True)]
    rows += list(considered.filter(pl.col("indicator") == "DM5").head(1).iter_rows(named=True))
    return tuple(
        KeyFigure(row["name"], measures.share_or_fraction(row), measures.range_of(row), "returns")
        for row in rows
        if measures.is_shown(row)
    )


def ladder_finding(ladder: pl.DataFrame, characteristic: str, scope: Scope) -> Finding:
    """Every state at every stage, for those with a right to the counts."""
    own = ladder.filter(is_england() if scope.is_england else pl.col("area_code") == scope.area_code)
    totals = dict(own.group_by("stage").agg(pl.col("children").sum()).iter_rows())
    stages = [
        (stage, f"{name}: {rounded(totals[stage])} {'child' if totals[stage] == 1 else 'children'}")
        for stage, name in words.STAGES.items()
        if stage in totals
    ]
    held = set(own["state"])
    chart = (
        Chart(
            "ladder-chart",
            recording.ladder_bars(own, stages),
            words.ladder_alternative(own, characteristic, scope.area_name, scope.period_words),
        )
        if own.height
        else None
    )
    return Finding(
        "ladder",
        words.ladder_heading(own, characteristic, scope.area_said),
        f"Children by state of recording of {words.characteristic_said(characteristic)} at each stage: "
        f"{scope.area_name}, {scope.period_words}.",
        (chart,) if chart else (),
        tuple((f"rung-{state.replace('_', '-')}", name) for state, name in words.RUNGS.items() if state in held),
        (ladder_table(own, characteristic, scope),) if own.height else (),
        () if own.height else (why_no_ladder(scope),),
        words.LADDER_CAVEAT if own.height else "",
        is_withheld=not (own.height or scope.is_own),
    )


def why_no_ladder(scope: Scope) -> str:
    """Why there is no ladder: none is made, it is not this reader's to see, or nobody is on it."""
    if scope.area_type not in ("england", "region", "partnership"):
        return words.NO_LADDER_HERE
    return words.NO_CHILDREN if scope.is_own else words.NO_LADDER


def recorded_finding(rows: pl.DataFrame, characteristic: str, scope: Scope) -> Finding:
    """Recorded and asked at each stage, beside England."""
    return dots_finding(
        "recorded",
        words.recorded_heading(rows, characteristic, scope.area_said),
        f"{words.CHARACTERISTICS[characteristic]}: children of whom it was recorded, and about whom it was asked",
        rows,
        scope,
        words.RECORDED_CAVEAT,
        "Share",
    )


def considered_finding(rows: pl.DataFrame, characteristic: str, scope: Scope) -> Finding:
    """What reviews made of what was recorded."""
    return dots_finding(
        "considered",
        words.considered_heading(rows, characteristic, scope.area_said),
        f"{words.CHARACTERISTICS[characteristic]}: children of whom it was recorded, in reviews assessed for it",
        rows,
        scope,
        words.CONSIDERED_CAVEAT,
        "Reviews",
    )


def changes_finding(release: Release, viewer: Viewer, scope: Scope, characteristic: str) -> Finding:
    """What was gained and what was lost from one stage to the next."""
    named = [
        Measure("DM7", f"{characteristic}:{change}:{stages}", f"{change.capitalize()}, {said}")
        for stages, said in BETWEEN.items()
        for change in ("gained", "lost")
    ]
    rows = (
        change_measures(release, viewer, scope, characteristic, named)
        if characteristic in words.IN_LADDER_ALONE
        else measure_rows(release, viewer, scope, named)
    )
    return dots_finding(
        "changes",
        words.changes_heading(rows, scope.area_said),
        f"{words.CHARACTERISTICS[characteristic]}: children recorded at one stage and not at the other",
        rows,
        scope,
        words.CHANGES_CAVEAT,
        "Change",
    )


def characteristics_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """Each characteristic that is an indicator, at rapid review in the chart and at every stage in the table."""
    indicators = [code for code in words.CHARACTERISTICS if code not in words.IN_LADDER_ALONE]
    at_review = [Measure("DM1", f"{code}:rapid_review", words.CHARACTERISTICS[code]) for code in indicators]
    at_others = [
        Measure("DM1", f"{code}:{stage}", f"{words.CHARACTERISTICS[code]} {words.STAGES[stage].lower()}")
        for code in indicators
        for stage in words.STAGES
    ]
    drawn = measure_rows(release, viewer, scope, at_review)
    return dots_finding(
        "characteristics",
        words.characteristics_heading(drawn, scope.area_said),
        "Children with the characteristic recorded; the chart at rapid review, the table at every stage",
        measure_rows(release, viewer, scope, at_others),
        scope,
        words.RECORDED_CAVEAT,
        "Characteristic and stage",
        drawn,
    )


def together_finding(release: Release, viewer: Viewer, scope: Scope, characteristic: str) -> Finding:
    """More than one characteristic, what the form never asked, what was withheld, and what reviews set out to do."""
    rows = measure_rows(
        release,
        viewer,
        scope,
        [
            Measure("DM8", "rapid_review", "Two recorded: rapid reviews"),
            Measure("DM8", "lcspr", "Two recorded: local reviews"),
            Measure("DM4", f"{characteristic}:rapid_review", "Form never asks"),
            Measure("DM9", characteristic, "Withheld at publication"),
            Measure("DM10", "total", "Equality in the terms"),
        ],
    )
    return dots_finding(
        "together",
        words.together_heading(rows, scope.area_said),
        f"More than one characteristic recorded and one considered, and what may explain gaps in "
        f"{words.characteristic_said(characteristic)}",
        rows,
        scope,
        words.TOGETHER_CAVEAT,
        "Share",
    )
