"""How far off counts of suggested repeats may be, as ranges to stand beside the shares and to be drawn around them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from throughline.repetition.bounds import count_bounds
from throughline.wording import measures
from throughline.wording import recommendations as words

if TYPE_CHECKING:
    from throughline.repetition.bounds import Measured

OWN = "RC2"  # repeats within one partnership
SUGGESTED = (OWN, "RC3")  # shares whose cases are found by their words


def bounds_of(row: Mapping[str, Any], checked: "Measured", whose: str = "") -> tuple[int, int] | None:
    """The fewest and the most repeats that a row's count can stand for; None where it is no such count or is hidden."""
    counted, of = row[f"{whose}numerator"], row[f"{whose}denominator"]
    if row["indicator"] not in SUGGESTED or counted is None or not of:
        return None
    return count_bounds(int(counted), int(of), checked, row["indicator"] == OWN)


def with_finder_range(rows: pl.DataFrame, checked: "Measured") -> pl.DataFrame:
    """The rows with the limits of suggested repeats widened to what the finder's errors allow, and the limits named.

    The wider of that range and the 95% interval is drawn: few cases leave more open than the finder does.
    """
    widened = []
    for row in rows.iter_rows(named=True):
        limits = dict(row)
        for whose in ("", "england_"):
            bounds = bounds_of(row, checked, whose)
            if bounds and row[f"{whose}value"] is not None:
                fewest, most = (number / row[f"{whose}denominator"] for number in bounds)
                limits[f"{whose}lower95"] = min(fewest, row[f"{whose}lower95"])
                limits[f"{whose}upper95"] = max(most, row[f"{whose}upper95"])
        named = words.FINDER_RANGE if row["indicator"] in SUGGESTED else None
        widened.append({**limits, "limits_name": named})
    return pl.DataFrame(widened, schema={**rows.schema, "limits_name": pl.String})


def range_of(row: Mapping[str, Any], checked: "Measured") -> str:
    """A key figure's range: the finder's where it counts suggestions, else the 95% interval."""
    bounds = bounds_of(row, checked)
    return words.range_of_suggested(row, *bounds) if bounds else measures.range_of(row)
