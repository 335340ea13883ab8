"""Counts that are the same by definition in several measures: a hidden one must not be shown under another name.

Nobody need list such identities: a count that equals another, or the sum or difference of two others, in every area and
period of a release is taken to be so by definition, and so to be known to a careful reader.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from throughline import settings
from throughline.disclosure import cells

# A count must be seen above nought in so many places before an equality is more than chance.
LEAST_PLACES = 12


@dataclass(frozen=True)
class _Counts:
    """Each measure's counts over the same places: names, numbers, and where the measure is shown."""

    names: list[tuple[str, str]]
    numbers: np.ndarray
    shown: np.ndarray
    places: list[tuple[str, str]]


def leaks(kinds: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """One row per small hidden count that is shown as another count, or as a sum or difference of two.

    kinds and places as `cells` makes them, of England and its regions; places with `is_shown`.
    """
    counts = _counts(kinds, places)
    threshold = settings.whole("suppression_threshold")
    seen = {row.tobytes(): number for number, row in reversed(list(enumerate(counts.numbers)))}
    alike: dict[int, list[int]] = {}
    for number, row in enumerate(counts.numbers):
        alike.setdefault(seen[row.tobytes()], []).append(number)
    # Counts that are equal everywhere are one count, shown wherever one of them is.
    first = list(alike)
    numbers = counts.numbers[first]
    shown = np.array([counts.shown[same].any(axis=0) for same in alike.values()])
    found = [(place, same, same) for place, same in _shown_elsewhere(counts, alike, threshold)]
    at = {row.tobytes(): number for number, row in enumerate(numbers)}
    for one in range(len(numbers)):
        for two in range(one, len(numbers)):
            total = at.get((numbers[one] + numbers[two]).tobytes())
            if total is None or total in (one, two):
                continue
            for target, parts in ((total, (one, two)), (one, (total, two)), (two, (total, one))):
                small = (numbers[target] > 0) & (numbers[target] < threshold)
                for place in np.flatnonzero(small & ~shown[target] & shown[parts[0]] & shown[parts[1]]):
                    found.append((place, first[target], first[parts[0]]))
    rows = [(*counts.places[place], *counts.names[target], counts.names[by][0]) for place, target, by in found]
    return pl.DataFrame(
        rows, schema=dict.fromkeys(["area_code", "period", "group", "kind", "shown_by"], pl.String), orient="row"
    ).unique(maintain_order=True)


def _shown_elsewhere(counts: _Counts, alike: dict[int, list[int]], threshold: int):
    """Places where a count is hidden in one measure and shown in another that always equals it."""
    for same in alike.values():
        hidden, shown = ~counts.shown[same].all(axis=0), counts.shown[same].any(axis=0)
        small = (counts.numbers[same[0]] > 0) & (counts.numbers[same[0]] < threshold)
        for place in np.flatnonzero(hidden & shown & small):
            yield place, same[0]


def _counts(kinds: pl.DataFrame, places: pl.DataFrame) -> _Counts:
    keys = ["area_code", "period", "group"]
    sizes = kinds.group_by(*cells.PLACE, "group").agg(pl.col("count").sum()).with_columns(kind=pl.lit("all cases"))
    both = pl.concat([kinds, sizes.select(kinds.columns)]).join(places.select(*keys, "is_shown"), on=keys)
    where = both.select("area_code", "period").unique().sort("area_code", "period")
    place_at = {place: number for number, place in enumerate(where.iter_rows())}
    names, numbers, shown = [], [], []
    for name, part in sorted(both.partition_by("group", "kind", as_dict=True).items()):
        if part.filter(pl.col("count") > 0).height < LEAST_PLACES:
            continue
        row, is_shown = np.zeros(len(place_at), dtype=np.int64), np.zeros(len(place_at), dtype=bool)
        at = [place_at[place] for place in part.select("area_code", "period").iter_rows()]
        row[at], is_shown[at] = part["count"].cast(pl.Int64).to_numpy(), part["is_shown"].to_numpy()
        names.append(name)
        numbers.append(row)
        shown.append(is_shown)
    return _Counts(names, np.array(numbers), np.array(shown), list(place_at))
