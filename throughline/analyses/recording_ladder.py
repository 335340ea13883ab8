"""The ladder of recording: how many children were in each state at each stage, and the shares that follow from it."""

from functools import lru_cache

import polars as pl

from throughline.analyses.measures import MISSING, SCHEMA, Measure, joined
from throughline.analyses.scope import ENGLAND, Scope
from throughline.release import Release, Viewer
from throughline.report import Column, Table
from throughline.wording import measure, rounded
from throughline.wording import recording as words

# States of the returns that are one rung for a reader.
RUNG_OF = {"not_yet_obtained": "not_known", "not_asked_no_prompt": "no_prompt"}
ASKED = ("refused", "not_known")
LEVEL = {"status": "c", "reason": "level"}


def rungs(release: Release, viewer: Viewer, scope: Scope, characteristic: str) -> pl.DataFrame:
    """One row a stage and rung of the area and of England, with its children and their share; withheld is in none."""
    held = release.by_area(
        "recording_ladder",
        viewer,
        scope.time
        & (pl.col("characteristic") == characteristic)
        & ~pl.col("state").is_in(["total", "withheld"])
        & (((pl.col("area_type") == scope.area_type) & (pl.col("area_code") == scope.area_code)) | is_england()),
    )
    # What was made of it is asked of reviews, and not of every characteristic.
    is_judged = pl.col("stage").is_in(list(words.REVIEWS)) & (characteristic not in words.IN_LADDER_ALONE)
    unjudged = pl.when(is_judged).then(pl.lit("not_assessed")).otherwise(pl.lit("recorded"))
    recorded = pl.when(pl.col("consideration") == "not_applicable").then(unjudged).otherwise(pl.col("consideration"))
    state = pl.when(pl.col("state") == "recorded").then(recorded).otherwise(pl.col("state").replace(RUNG_OF))
    stage = ["area_code", "stage"]
    return (
        held.with_columns(state=state)
        .group_by([*stage, "state"], maintain_order=True)
        .agg(pl.col("children").sum())
        .with_columns(share=pl.col("children") / pl.col("children").sum().over(stage))
    )


def is_england() -> pl.Expr:
    """Picks England's rows."""
    return pl.col("area_code") == ENGLAND


def ladder_table(own: pl.DataFrame, characteristic: str, scope: Scope) -> Table:
    """Every rung at every stage: children, and their share."""
    held = {(row["stage"], row["state"]): row for row in own.iter_rows(named=True)}
    totals = dict(own.group_by("stage").agg(pl.col("children").sum()).iter_rows())
    stages = [stage for stage in words.STAGES if stage in totals]
    rows = [
        [name, *(cell(held.get((stage, state)), words.can_be(state, stage, characteristic)) for stage in stages)]
        for state, name in words.RUNGS.items()
        if any((stage, state) in held for stage in stages)
    ]
    rows.append(["All children", *(rounded(totals[stage]) for stage in stages)])
    caption = f"States of recording of {words.characteristic_said(characteristic)}, {scope.area_name}, "
    columns = [Column("State"), *(Column(words.STAGES[stage], numeric=True) for stage in stages)]
    return Table("ladder-table", caption + scope.period_words, columns, rows, words.LADDER_NOTE)


def cell(row: dict | None, can_be: bool) -> str:
    """A count with its share; a zero only where there could have been one."""
    if row is None:
        return "0" if can_be else "[z]"
    return f"{rounded(row['children'])} ({measure(row['share'], 'proportion')})"


def ladder_measures(every: pl.DataFrame, scope: Scope, measures: list[Measure]) -> pl.DataFrame:
    """Recorded (DM1) and asked (DM2) by stage, counted from the ladder: for characteristics that are no indicator."""
    rows = []
    for one in measures:
        stage = one.breakdown.split(":")[1]
        wanted = words.RECORDED if one.indicator == "DM1" else (*words.RECORDED, *ASKED)
        own = share_of(every.filter(pl.col("area_code") == scope.area_code), stage, wanted)
        england = MISSING if scope.is_england else share_of(every.filter(is_england()), stage, wanted)
        rows.append(joined(one.indicator, one.breakdown, one.name, own, england))
    return pl.DataFrame(rows, schema=SCHEMA)


def share_of(rows: pl.DataFrame, stage: str, wanted: tuple[str, ...]) -> dict:
    """The children in some states of all at a stage, with their interval; none to see is said to be not published."""
    here = rows.filter(pl.col("stage") == stage)
    every = int(here["children"].sum())
    if not every:
        return MISSING | LEVEL
    return counted_share(int(here.filter(pl.col("state").is_in(wanted))["children"].sum()), every)


def counted_share(numerator: int, denominator: int) -> dict:
    """A share that the release holds only as counts, with its interval."""
    lower, upper = share_interval(numerator, denominator)
    return MISSING | {
        "numerator": float(numerator),
        "denominator": float(denominator),
        "value": numerator / denominator,
        "lower95": lower,
        "upper95": upper,
        "status": "ok",
        "reason": None,
        "comparisons": None,
    }


@lru_cache(maxsize=4096)
def share_interval(numerator: int, denominator: int) -> tuple[float, float]:
    """Wilson's interval of one share; a page asks for dozens of the same small counts."""
    from throughline.statistics import wilson_interval

    lower, upper = wilson_interval(numerator, denominator)
    return float(lower), float(upper)


def change_measures(
    release: Release, viewer: Viewer, scope: Scope, characteristic: str, measures: list[Measure]
) -> pl.DataFrame:
    """Gained and lost between stages from the counts of children, for characteristics that are no indicator."""
    held = release.by_area("recorded_changes", viewer, scope.time, pl.col("characteristic") == characteristic)
    counts = {
        (row["area_code"], row["stages"], row["change"]): row["children"]
        for row in held.filter(is_england() | (pl.col("area_code") == scope.area_code)).iter_rows(named=True)
    }
    rows = []
    for one in measures:
        _, change, stages = one.breakdown.split(":")
        found = [
            counted_share(counts.get((code, stages, change), 0), counts[code, stages, "total"])
            if counts.get((code, stages, "total"))
            else MISSING | LEVEL
            for code in (scope.area_code, ENGLAND)
        ]
        rows.append(joined(one.indicator, one.breakdown, one.name, found[0], MISSING if scope.is_england else found[1]))
    return pl.DataFrame(rows, schema=SCHEMA)
