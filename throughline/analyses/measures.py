"""The shares that a question rests on: one row each, with the area's figures and England's beside them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from throughline.analyses.scope import ENGLAND, Scope
from throughline.release import Release, Viewer
from throughline.report import Term
from throughline.wording import breakdowns
from throughline.wording.measures import lower_first
from throughline.wording.reasons import reason_in_short
from throughline.wording.standing import differs
from throughline.wording.values import rounded, value_or_symbol

KEPT_AREAS = 1024  # of an indicator each: some hundred small rows
NUMBERS = ["numerator", "denominator", "value", "lower95", "upper95"]
SCHEMA = {
    "indicator": pl.String,
    "breakdown": pl.String,
    "name": pl.String,
    "meaning": pl.String,
    **dict.fromkeys(NUMBERS, pl.Float64),
    "status": pl.String,
    "reason": pl.String,
    "immature": pl.Int64,
    "excluded": pl.Int64,
    "is_part_period": pl.Boolean,
    "standing": pl.String,
    "earlier": pl.String,
    "differs": pl.Boolean,
    "shown": pl.String,
    "label": pl.String,
    **{f"england_{name}": pl.Float64 for name in NUMBERS},
    "england_status": pl.String,
    "england_reason": pl.String,
    "england_shown": pl.String,
}
MISSING = {**dict.fromkeys(NUMBERS), "status": "x", "reason": None, "immature": None, "excluded": None}


@dataclass(frozen=True)
class Measure:
    """One share: which row of the catalogue it is, and the few words that name it in a chart."""

    indicator: str
    breakdown: str
    name: str


def measure_rows(
    release: Release,
    viewer: Viewer,
    scope: Scope,
    measures: Sequence[Measure],
    unit: str = "proportion",
    period: tuple[str, str] | None = None,
) -> pl.DataFrame:
    """One row a measure, in the order given; a row that the release does not hold is there without a figure.

    `period` is another than the reader chose, for a figure of one day only.
    """
    rows = []
    for one in measures:
        held = area_values(release, viewer, one.indicator, scope.area_type, scope.area_code)
        place = (one.breakdown, *(period or (scope.period_type, scope.period)))
        own = held.get((scope.area_type, *place), MISSING)
        england = MISSING if scope.is_england else held.get(("england", *place), MISSING)
        rows.append(
            {
                **joined(one.indicator, one.breakdown, one.name, own, england, unit),
                "meaning": meaning(release, one.indicator, one.breakdown),
            }
        )
    return pl.DataFrame(rows, schema=SCHEMA)


@lru_cache(maxsize=1024)
def meaning(release: Release, indicator: str, breakdown: str) -> str:
    """What a measure counts, out of what, and what is left out, word for word from the catalogue."""
    catalogue = release.indicator(indicator)
    counted, out_of, left_out = map(lower_first, breakdowns.counted(catalogue, breakdown))
    return f"Counted: {counted}. Out of: {out_of}. Left out: {left_out}."


def term(release: Release, indicator: str, words: str, breakdown: str = breakdowns.TOTAL) -> Term:
    """A measure's name that opens what the catalogue says of it."""
    return Term(words, meaning(release, indicator, breakdown))


def yearly_rows(release: Release, viewer: Viewer, scope: Scope, measure: Measure) -> pl.DataFrame:
    """One row a year of one measure in one area, each named by its year, with England's beside it."""
    held = area_values(release, viewer, measure.indicator, scope.area_type, scope.area_code)
    years = sorted(
        year
        for kind, breakdown, period_type, year in held
        if (kind, breakdown, period_type) == (scope.area_type, measure.breakdown, "year")
    )
    rows = []
    for year in years:
        place = (measure.breakdown, "year", year)
        england = MISSING if scope.is_england else held.get(("england", *place), MISSING)
        own = held[scope.area_type, *place]
        name = f"{year} (not over)" if own["is_part_period"] else year
        rows.append(joined(measure.indicator, measure.breakdown, name, own, england))
    return pl.DataFrame(rows, schema=SCHEMA)


@lru_cache(maxsize=KEPT_AREAS)
def area_values(
    release: Release, viewer: Viewer, indicator: str, area_type: str, area_code: str
) -> dict[tuple[str, str, str, str], dict]:
    """What this reader may see of one indicator in one area and in England, by breakdown and period.

    Kept, since one page and the next ask for the same area again in another period.
    """
    found = release.indicator_values(viewer, indicator=indicator, area_codes=[area_code, ENGLAND]).filter(
        pl.col("area_type").is_in([area_type, "england"])
    )
    return {
        (row["area_type"], row["breakdown"], row["period_type"], row["period"]): row
        for row in found.iter_rows(named=True)
    }


def joined(indicator: str, breakdown: str, name: str, own: dict, england: dict, unit: str = "proportion") -> dict:
    """One area's row and England's as one."""
    comparisons = json.loads(own["comparisons"]) if own.get("comparisons") else {}
    standing = comparisons.get("england")
    return {
        "indicator": indicator,
        "breakdown": breakdown,
        "name": name,
        "meaning": None,
        **{column: own[column] for column in (*NUMBERS, "status", "reason", "immature", "excluded")},
        "is_part_period": bool(own.get("is_part_period")),
        "standing": standing,
        "earlier": comparisons.get("earlier"),
        "differs": differs(standing),
        "shown": value_or_symbol(own, unit),
        "label": behind(own),
        **{f"england_{column}": england[column] for column in (*NUMBERS, "status", "reason")},
        "england_shown": value_or_symbol(england, unit),
    }


def without_england(rows: pl.DataFrame) -> pl.DataFrame:
    """The same rows with England's figures left out, all hidden alike, and how the area's own stand to them."""
    nothing = {f"england_{name}": pl.lit(None, pl.Float64) for name in NUMBERS}
    return rows.with_columns(
        **nothing,
        england_status=pl.lit("c"),
        england_reason=pl.lit("confidential"),
        england_shown=pl.lit("[c]"),
        standing=pl.lit(None, pl.String),
        differs=pl.lit(False),
    )


def behind(row: dict) -> str:
    """The cases behind a share, or in a few words why there is none."""
    if row["numerator"] is None or not row["denominator"]:
        return reason_in_short(row)
    return f"{rounded(row['numerator'])} of {rounded(row['denominator'])}"
