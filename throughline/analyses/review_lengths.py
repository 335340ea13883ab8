"""How long reviews take: the share still open by day, and the median days of each stage."""

import polars as pl

from throughline import settings, wording
from throughline.analyses.dots import are_withheld
from throughline.analyses.scope import ENGLAND, Scope
from throughline.charts import durations
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Finding, Table
from throughline.wording import measures
from throughline.wording import timeliness as words

MEDIANS = {"local_review_signed_off": "signed_off", "local_review_published": "published"}
LAST_DAY = {"rapid_review": 126, "local_review_signed_off": 728, "local_review_published": 728}
DAYS_TOLD = {"rapid_review": (14, 21, 28, 42, 63, 91, 126)}
DAYS_TOLD_LOCAL = (91, 182, 273, 364, 546, 728)


def curve_finding(release: Release, viewer: Viewer, scope: Scope, clock: str, medians: pl.DataFrame) -> Finding:
    """The share still open by day."""
    every = release.by_area("review_curves", viewer, scope.time, pl.col("clock") == clock)
    own = every.filter(scope.place)
    england = every.filter(pl.col("area_code") == ENGLAND) if own.height and not scope.is_england else every.clear()
    median = None
    if clock in MEDIANS:
        median = medians.filter(pl.col("breakdown") == MEDIANS[clock]).row(0, named=True)
    reviews = words.OF_CLOCK[clock][0]
    half = words.half_sentence(own, clock, median) if own.height else ""
    chart = (
        Chart(
            "curve-chart",
            durations.share_open(own, england, words.limit_of(clock), LAST_DAY[clock]),
            words.curve_alternative(own, clock, scope.area_said, bool(england.height)),
        )
        if own.height
        else None
    )
    return Finding(
        "curve",
        words.curve_heading(own, clock, scope.area_said),
        f"Share of {reviews} still open by day ({measures.lower_first(words.CLOCKS[clock])}): {scope.area_name}, "
        f"{scope.period_words}. {half}".strip(),
        (chart,) if chart else (),
        (
            ("curve", "Share still open"),
            ("limits", "Its 95% limits"),
            *((("curve-england", "England"),) if england.height else ()),
        ),
        (curve_table(own, england, clock, scope),) if own.height else (),
        () if own.height else (why_no_curve(scope),),
        words.CURVE_CAVEAT,
        is_withheld=not (own.height or scope.is_own),
    )


def why_no_curve(scope: Scope) -> str:
    """Why nothing is drawn: no such curve is made, it is not this reader's to see, or there are too few cases."""
    if scope.area_type not in ("england", "region", "partnership"):
        return words.NO_CURVES_HERE
    return words.TOO_FEW_FOLLOWED if scope.is_own else words.NO_CURVE_FOR_YOU


def curve_table(own: pl.DataFrame, england: pl.DataFrame, clock: str, scope: Scope) -> Table:
    """The share still open on a few days, with its limits and how many were followed."""
    held = own["days"]
    # What is published of a curve has no point on days on which too few reviews ended: the one before holds.
    wanted = {int(held.filter(held <= day).max()) for day in (*DAYS_TOLD.get(clock, DAYS_TOLD_LOCAL), int(held.max()))}
    beside = {row["days"]: row for row in england.iter_rows(named=True)}
    is_followed_told = bool(own["at_risk"].drop_nulls().len())
    rows = [
        [
            wording.rounded(row["days"]),
            words.share_with_limits(row),
            *([wording.rounded(row["at_risk"])] if is_followed_told else []),
            *([words.share_with_limits(beside[row["days"]]) if row["days"] in beside else "[x]"] if beside else []),
        ]
        for row in own.filter(pl.col("days").is_in(list(wanted))).sort("days").iter_rows(named=True)
    ]
    columns = [
        Column("Day"),
        Column("Still open (95% limits)", numeric=True),
        *([Column("Followed", numeric=True)] if is_followed_told else []),
        *([Column("England", numeric=True)] if beside else []),
    ]
    caption = f"{words.CLOCKS[clock]}, share still open, {scope.area_name}, {scope.period_words}"
    note = (
        "[x] means not available: England's curve has no point on that day."
        if any("[x]" in row for row in rows)
        else ""
    )
    return Table("curve-table", caption, columns, rows, note)


def stages_finding(release: Release, viewer: Viewer, scope: Scope, stages: pl.DataFrame) -> Finding:
    """The median days of each stage, with quartiles for those with a right to them."""
    drawn = stages.with_columns(
        said=pl.Series([stage_label(row) for row in stages.iter_rows(named=True)], dtype=pl.String)
    )
    has_values = bool(stages["value"].drop_nulls().len())
    chart = Chart("stages-chart", durations.stage_dots(drawn), words.stages_alternative(stages, scope.area_name))
    has_england = bool(stages["england_value"].drop_nulls().len())
    return Finding(
        "stages",
        words.stages_heading(stages, scope.area_said),
        f"Median calendar days of stages that ended: {scope.area_name}, {scope.period_words}.",
        (chart,) if has_values else (),
        (
            ("dot", f"{scope.area_name}, with its 95% interval"),
            *((("england-square", "England, with its 95% interval"),) if has_england else ()),
        ),
        (stages_table(release, viewer, scope, stages),),
        measures.hidden_notice(stages),
        words.STAGES_CAVEAT,
        is_withheld=are_withheld(stages),
    )


def stage_label(row: dict) -> str:
    """A stage's median with the cases behind it, or why there is none."""
    if row["value"] is None:
        return wording.reason_in_short(row)
    return f"{row['shown']} days, {wording.plural(int(row['numerator']), 'case')}"


def stages_table(release: Release, viewer: Viewer, scope: Scope, stages: pl.DataFrame) -> Table:
    """Medians and, of five cases or more, the quartiles."""
    held = release.by_area("stage_durations", viewer, scope.place)
    quartiles = {
        row["stage"]: f"{wording.rounded(row['lower_quartile_days'])} to {wording.rounded(row['upper_quartile_days'])}"
        for row in held.filter(pl.col("cases") >= settings.whole("median_least_closed")).iter_rows(named=True)
        if row["lower_quartile_days"] is not None
    }
    rows = []
    for row in stages.iter_rows(named=True):
        status = f"[{row['status'] if row['status'] != 'ok' else 'x'}]"
        own = row["value"] is not None
        rows.append(
            [
                row["name"],
                wording.rounded(row["numerator"]) if row["numerator"] is not None else status,
                row["shown"],
                wording.interval(row["lower95"], row["upper95"], "days") if own else status,
                *([quartiles.get(row["breakdown"], status)] if held.height else []),
                *([] if scope.is_england else [row["england_shown"]]),
            ]
        )
    columns = [
        Column("Stage"),
        Column("Ended", numeric=True),
        Column("Median days", numeric=True),
        Column("95% interval", numeric=True),
        *([Column("Middle half", numeric=True)] if held.height else []),
        *([] if scope.is_england else [Column("England's median", numeric=True)]),
    ]
    england = [] if scope.is_england else stages.select(status="england_status", reason="england_reason").to_dicts()
    note = wording.symbol_note([*stages.iter_rows(named=True), *england])
    caption = f"Days of each stage of a local review, {scope.area_name}, {scope.period_words}"
    return Table("stages-table", caption, columns, rows, note)
