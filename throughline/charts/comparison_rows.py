"""The rows that a comparison shows: each partnership of a group, and the pooled values it is read against."""

import json

import polars as pl

from throughline.indicators import UNIT_MULTIPLIERS
from throughline.wording.comparison import differs
from throughline.wording.values import rounded, short_name, value_or_symbol

PER = {unit: times for unit, times in UNIT_MULTIPLIERS.items() if unit.startswith("per_")}
SCHEMA = {
    "area_name": pl.String,
    "standing": pl.String,
    "differs": pl.Boolean,
    "expected": pl.Float64,
    "label": pl.String,
}


def partnership_rows(
    values: pl.DataFrame, names: dict[str, str], england_value: float | None, unit: str
) -> pl.DataFrame:
    """One row a partnership in name order, with its short name, standing against England, and label."""
    rows = []
    for row in values.iter_rows(named=True):
        standing = standing_against_england(row["comparisons"])
        rows.append(
            {
                "area_name": short_name(names.get(row["area_code"], row["area_code"])),
                "standing": standing,
                "differs": differs(standing),
                "expected": expected(row, england_value, unit),
                "label": row_label(row, unit),
            }
        )
    return values.hstack(pl.DataFrame(rows, schema=SCHEMA)).sort("area_name")


def with_every_member(values: pl.DataFrame, members: list[str], ended: set[str]) -> pl.DataFrame:
    """Adds a row without a figure for each member that the release holds nothing of, so that nobody drops out unseen.

    A partnership that has ended is left out of the years in which it had nothing to return.
    """
    every = pl.DataFrame({"area_code": sorted(set(members))}, schema={"area_code": pl.String})
    joined = every.join(values, on="area_code", how="left").select(values.columns)
    rows = joined.with_columns(pl.col("status").fill_null("x"))
    return rows.filter(~(pl.col("area_code").is_in(list(ended)) & (pl.col("status") == "x")))


def standing_against_england(comparisons: str | None) -> str | None:
    """What the release says of a row against England; the page makes no comparison of its own."""
    return json.loads(comparisons).get("england") if comparisons else None


def expected(row: dict, england_value: float | None, unit: str) -> float | None:
    """The number of notifications that England's rate would give; null where that means nothing."""
    if row["denominator"] is None or england_value is None:
        return None
    if unit == "observed_over_expected":
        return float(row["denominator"])
    return row["denominator"] * england_value / PER[unit] if unit in PER else None


def row_label(row: dict, unit: str) -> str:
    """What stands at the right of a row in the chart: the cases behind the dot."""
    if row["value"] is None:
        return ""
    if unit in {"proportion", "ratio"}:
        return f"{rounded(row['numerator'])} {'of' if unit == 'proportion' else 'to'} {rounded(row['denominator'])}"
    return rounded(row["numerator"])


def reference_row(values: pl.DataFrame, name: str, short: str, unit: str) -> dict:
    """A pooled value with the short name that its line bears; a status in place of a number that may not be shown."""
    if not values.height:
        empty = dict.fromkeys(("numerator", "denominator", "value", "lower95", "upper95", "immature", "excluded"))
        row = {**empty, "status": "x", "is_part_period": False}
    else:
        row = values.row(0, named=True)
    return {**row, "area_name": name, "label": f"{short} {value_or_symbol(row, unit)}"}


def flags_from_chance(rows: pl.DataFrame, england_value: float | None, unit: str) -> float:
    """How many 99.8% flags would be expected if every partnership shown truly shared England's value."""
    from throughline.statistics import expected_false_flags

    shown = rows.filter(pl.col("value").is_not_null() & pl.col("standing").is_not_null())
    if england_value is None or not shown.height:
        return 0.0
    sizes = shown["denominator"].cast(pl.Float64).to_numpy()
    if unit == "proportion":
        return expected_false_flags(sizes, england_value).at_998
    if unit == "ratio":  # harm among harm and deaths together is a proportion
        both = sizes + shown["numerator"].cast(pl.Float64).to_numpy()
        return expected_false_flags(both, england_value / (1 + england_value)).at_998
    if unit == "observed_over_expected":
        return expected_false_flags(sizes, england_value, kind="ratio").at_998
    return expected_false_flags(sizes, england_value, kind="rate", per=PER[unit]).at_998
