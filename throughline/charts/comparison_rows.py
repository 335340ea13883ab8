"""The rows that a comparison shows: each partnership of a group, and the pooled values it is read against."""

import json

import polars as pl

from throughline.units import UNIT_MULTIPLIERS
from throughline.wording import medians
from throughline.wording.standing import differs
from throughline.wording.values import rounded, short_name, value_or_symbol

DIFFERENT = 0.998  # the level at which a partnership is called different
PER = {unit: times for unit, times in UNIT_MULTIPLIERS.items() if unit.startswith("per_")}
READ = ("area_code", "comparisons", "numerator", "denominator", "value", "status", "reason")  # to say all of SCHEMA
NOT_BEGUN = {"area_code": pl.String, "status": pl.String, "reason": pl.String}
SCHEMA = {
    "area_name": pl.String,
    "standing": pl.String,
    "neighbours": pl.String,
    "earlier": pl.String,
    "differs": pl.Boolean,
    "expected": pl.Float64,
    "label": pl.String,
    "shown": pl.String,
}


def partnership_rows(
    values: pl.DataFrame, names: dict[str, str], england_value: float | None, unit: str
) -> pl.DataFrame:
    """One row a partnership in name order: its short name, how it stands to others, its label and its value in words.

    The release says how each stands to England, its neighbours and its own earlier period; nothing is compared here.
    """
    rows = []
    for row in values.select(READ).iter_rows(named=True):
        stands = json.loads(row["comparisons"]) if row["comparisons"] else {}
        rows.append(
            (
                short_name(names.get(row["area_code"], row["area_code"])),
                stands.get("england"),
                stands.get("neighbours"),
                stands.get("earlier"),
                differs(stands.get("england")),
                expected(row, england_value, unit),
                row_label(row, unit),
                value_or_symbol(row, unit),
            )
        )
    return values.hstack(pl.DataFrame(rows, schema=SCHEMA, orient="row")).sort("area_name")


def with_every_member(values: pl.DataFrame, members: list[str], ended: set[str]) -> pl.DataFrame:
    """Adds a row without a figure for each member that the release holds nothing of, so that nobody drops out unseen.

    `values` are rows of members alone. A release has a row of every partnership of the time, with or without a return,
    so one without a row had not begun. One that has ended is left out of the years in which it had nothing to return.
    """
    absent = sorted(set(members) - set(values["area_code"]) - ended)
    not_begun = pl.DataFrame({"area_code": absent, "status": "z", "reason": "not_begun"}, schema=NOT_BEGUN)
    rows = pl.concat([values, not_begun], how="diagonal") if absent else values
    has_returned = pl.col("status") != "x"
    return rows.filter(has_returned | ~pl.col("area_code").is_in(list(ended))) if ended else rows


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
    if unit == "days":
        return medians.label(rounded(row["numerator"]), rounded(row["denominator"]), row.get("indicator"))
    joint = {"proportion": "of", "ratio": "to", "per_review": "in"}.get(unit)
    return f"{rounded(row['numerator'])} {joint} {rounded(row['denominator'])}" if joint else rounded(row["numerator"])


def reference_row(values: pl.DataFrame, name: str, short: str, unit: str) -> dict:
    """A pooled value with the short name that its line bears; a status in place of a number that may not be shown."""
    if not values.height:
        empty = dict.fromkeys(("numerator", "denominator", "value", "lower95", "upper95", "immature", "excluded"))
        row = {**empty, "status": "x", "reason": None, "is_part_period": False}
    else:
        row = values.row(0, named=True)
    return {**row, "area_name": name, "label": f"{short} {value_or_symbol(row, unit)}"}


def flags_from_chance(rows: pl.DataFrame, england_value: float | None, unit: str) -> float | None:
    """How many 99.8% flags would be expected if every partnership shown truly shared England's value.

    Null for medians: it would hang on how long every case would have lasted.
    """
    from throughline.statistics import expected_false_flags_at

    if unit == "days":
        return None
    shown = rows.filter(pl.col("value").is_not_null() & pl.col("standing").is_not_null())
    if england_value is None or not shown.height:
        return 0.0
    sizes = shown["denominator"].cast(pl.Float64).to_numpy()
    if unit == "proportion":
        return expected_false_flags_at(DIFFERENT, sizes, england_value)
    if unit == "ratio":  # harm among harm and deaths together is a proportion
        both = sizes + shown["numerator"].cast(pl.Float64).to_numpy()
        return expected_false_flags_at(DIFFERENT, both, england_value / (1 + england_value), kind="odds")
    if unit == "observed_over_expected":
        return expected_false_flags_at(DIFFERENT, sizes, england_value, kind="ratio")
    return expected_false_flags_at(DIFFERENT, sizes, england_value, kind="rate", per=PER[unit])
