"""Does the same recommendation come back, and does anything change? Repeats with their evidence, and the answers."""

from functools import lru_cache

import polars as pl

from throughline.analyses.dots import dots_finding
from throughline.analyses.finder_range import bounds_of, range_of, with_finder_range
from throughline.analyses.measure_tables import chart_key, definitions
from throughline.analyses.measures import Measure, measure_rows
from throughline.analyses.national_answers import national_finding
from throughline.analyses.recommendation_mix import mix_findings
from throughline.analyses.recommendation_pairs import chains_finding, evidence_finding
from throughline.analyses.recurring_themes import radar_finding
from throughline.analyses.scope import Scope, read_scope
from throughline.analyses.trail import trail
from throughline.query import Query
from throughline.release import Release, Viewer
from throughline.repetition.bounds import Measured, measured
from throughline.repetition.model import read_model
from throughline.replies import replies_of
from throughline.report import Column, Finding, KeyFigure, Report, Statements, Table
from throughline.wording import measures, rounded
from throughline.wording import recommendations as words
from throughline.wording.scope import PART_PERIOD

PATH = "/recommendations"
TOPIC = "Recommendations"
QUESTION = "Does the same recommendation come back, and does anything change?"
AGAIN = Measure("RC2", "total", "In the same partnership")
POLICE = Measure("RC3", "police", "Across the police force")
HEALTH = Measure("RC3", "health", "Across the care board")
DONE = Measure("RC6", "total", "Of an action marked done")
SAID_SO = Measure("RC5", "total", "Known to the review")
REPEATS = [AGAIN, POLICE, HEALTH, SAID_SO, DONE]
ALSO = [
    Measure("RC2", "same_words", "In the same partnership, in nearly the same words"),
    Measure("RC2", "confirmed", "In the same partnership, confirmed by a person"),
    Measure("RC6", "same_area", "Repeats in the same partnership of an action marked done"),
]
INDICATORS = ("RC2", "RC3", "RC6", "RC9")
DEFINED = ("RC2", "RC3", "RC5", "RC6", "RC7", "RC8", "RC9", "RC10", "RC11")
LABELS = {"RC2": "Asked before in the same partnership", "RC6": "Suggested repeats of an action marked done"}
DECIDED = ("confirmed", "rejected", "disputed")


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The answer for one area and period."""
    scope = read_scope(release, viewer, query, INDICATORS, PATH)
    repeats = measure_rows(release, viewer, scope, REPEATS)
    also = measure_rows(release, viewer, scope, ALSO)
    checked = measured(read_model(), *decided_by_people(release, viewer))
    return Report(
        PATH,
        TOPIC,
        QUESTION,
        words.headline(repeats, scope.area_said, scope.period_words, bounds_of(repeats.row(0, named=True), checked)),
        release.as_at_date,
        release.release_id,
        release.is_synthetic,
        [
            repeats_finding(repeats, also, scope, checked),
            evidence_finding(release, viewer, scope),
            chains_finding(release, viewer, scope),
            radar_finding(release, viewer, scope),
            *mix_findings(release, viewer, scope),
            national_finding(release, viewer, scope),
        ],
        filters=scope.filters,
        key_figures=key_figures(release, viewer, scope, repeats, checked),
        warnings=(PART_PERIOD,) if scope.is_part_period else (),
        form_notices=scope.notices,
        statements=(
            Statements("reading", "How to read a repeat", words.HOW_TO_READ),
            Statements("not-held", "What this page cannot say", words.NOT_HELD),
            definitions(release, DEFINED),
        ),
        replies=replies_of(release, scope.partnerships),
        problems=query.problems,
        elsewhere=scope.elsewhere,
        trail=trail(release, viewer, scope, PATH, INDICATORS),
    )


def key_figures(
    release: Release, viewer: Viewer, scope: Scope, repeats: pl.DataFrame, checked: Measured
) -> tuple[KeyFigure, ...]:
    """The repeats and what came of them, and the share of training, where they have figures."""
    training = measure_rows(release, viewer, scope, [Measure("RC9", "total", "For training or a briefing")])
    rows = pl.concat([repeats.filter(pl.col("indicator").is_in(list(LABELS))), training])
    return tuple(
        KeyFigure(
            LABELS.get(row["indicator"], row["name"]),
            measures.share_or_fraction(row),
            range_of(row, checked),
            "returns",
        )
        for row in rows.iter_rows(named=True)
        if measures.is_shown(row)
    )


def repeats_finding(repeats: pl.DataFrame, also: pl.DataFrame, scope: Scope, checked: Measured) -> Finding:
    """What comes back in the area and across its force or board, with how far off the counts may be."""
    drawn = with_finder_range(repeats, checked)
    found = dots_finding(
        "repeats",
        words.repeats_heading(repeats, scope.area_said),
        "Recommendations that seem to ask again, and what the review and the earlier action tell",
        pl.concat([repeats, also]),
        scope,
        words.REPEATS_CAVEAT,
        "Repeats",
        drawn=drawn,
    )
    bounds = bounds_table(repeats, scope, checked)
    return Finding(
        found.name,
        found.heading,
        f"{found.measured} {words.elsewhere_sentence(repeats)}".strip(),
        found.charts,
        chart_key(drawn, scope, "range"),
        (*found.tables, *((bounds,) if bounds else ())),
        (
            *((words.ranges_drawn(drawn.drop_nulls("limits_name")["name"].to_list()),) if found.charts else ()),
            *found.notices,
        ),
        found.caveat,
    )


def bounds_table(repeats: pl.DataFrame, scope: Scope, checked: Measured) -> Table | None:
    """The fewest and the most repeats that each count of suggestions can stand for; None where no count is shown."""
    rows = [
        [row["name"], *map(rounded, (row["numerator"], row["denominator"], *bounds))]
        for row in repeats.iter_rows(named=True)
        if (bounds := bounds_of(row, checked))
    ]
    if not rows:
        return None
    columns = [
        Column("Repeat"),
        *(Column(heading, numeric=True) for heading in ("Suggested", "Out of", "At least", "At most")),
    ]
    note = words.method_sentence(checked.right, checked.taken, checked.found, checked.repeats, checked.by_people)
    caption = f"How far off each count may be, {scope.area_name}, {scope.period_words}"
    return Table("bounds-table", caption, columns, rows, note)


@lru_cache(maxsize=8)
def decided_by_people(release: Release, viewer: Viewer) -> tuple[int, int]:
    """Of the suggestions that this reader may read and people decided on: how many are repeats, and all of them."""
    if viewer.role == "public":
        return 0, 0
    decided = (
        release.recommendation_pairs(viewer)
        .filter(pl.col("state").is_in(DECIDED) & pl.col("score").is_not_null() & (pl.col("kind") != "named"))
        .select("state")
        .collect()
    )
    return decided.filter(pl.col("state") == "confirmed").height, decided.height
