"""The attack on a release before anybody reads it: which hidden counts could a reader of the public table work out?

For each small count that is hidden, moves of cases between areas and years are looked for that would change it and
leave every public figure as it is. Where there are enough of them nobody can tell which table is the true one. A count
that always equals another, or two others together, must not be shown by those. Which rows are hidden is read from the
public table itself, not from what was meant to be.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import polars as pl

from throughline import settings
from throughline.disclosure import cells, exchange, identities
from throughline.disclosure.grid import LINKED_AREAS, Calendar, Geography, Grid, by_group, linked_periods

JUDGED = ["area_type", "area_code", "period", "kind", "values_left", "values_left_inside", "is_recoverable"]
NOTHING = pl.DataFrame(
    schema=dict.fromkeys(["area_type", "area_code", "period", "group"], pl.String)
    | dict.fromkeys(["kind", "values_left", "values_left_inside"], pl.Int64)
    | {"is_recoverable": pl.Boolean}
)


def attacked_cells(warehouse: Path) -> pl.DataFrame:
    """One row per small hidden count with how many values it could still have, for anybody and for an insider.

    Values are counted up to ten. `is_recoverable`: fewer than the setting asks for (or, for people inside one other
    area, fewer than two) although something more could have been hidden.
    """
    import duckdb

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        true_values = connection.sql("select * from marts.indicator_values").pl()
        public = connection.sql("select * from marts.public_indicator_values").pl()
        areas = connection.sql("select area_type, area_code, region_code from marts.areas").pl()
        catalogue = connection.sql("select indicator, unit from seeds.indicators").pl()
    return attack(true_values, public, areas, catalogue)


def attack(
    true_values: pl.DataFrame, public: pl.DataFrame, areas: pl.DataFrame, catalogue: pl.DataFrame
) -> pl.DataFrame:
    """The same from frames: the true indicator values beside those that are about to be published."""
    calendar = Calendar.of(true_values)
    row = [*cells.PLACE, "indicator", "breakdown"]
    is_linked = pl.col("area_type").is_in(LINKED_AREAS) & pl.col("period").is_in(linked_periods(calendar))
    shown = public.filter(is_linked).select(*row, is_shown=pl.col("numerator").is_not_null())
    rows = (
        cells.with_groups(true_values.filter(is_linked & pl.col("numerator").is_not_null()), catalogue)
        .join(shown, on=row, how="left")
        .join(areas.select("area_type", "area_code", "region_code"), on=["area_type", "area_code"], how="left")
        .with_columns(is_known=pl.lit(False))
    )
    kinds = cells.counted_kinds(rows)
    keys = [*cells.PLACE, "group"]
    # One shown row of a group gives the whole place away.
    visible = rows.group_by(keys).agg(is_shown=pl.col("is_shown").any())
    places = cells.places(rows, kinds).join(visible, on=keys)
    geography = Geography.of(rows)
    sizes, of_sizes = cells.populations(places)
    kinds_of = by_group(kinds) | by_group(of_sizes)
    found = [
        cell
        for name, group in (by_group(places) | by_group(sizes)).items()
        if name in kinds_of
        for cell in _attack_group(name, group, kinds_of[name], geography, calendar)
    ]
    large = pl.col("area_type").is_in(["england", "region"])
    named = identities.leaks(kinds.filter(large), places.filter(large)).select(
        pl.lit("region").alias("area_type"),
        *("area_code", "period", "group"),
        kind=pl.lit(0, pl.Int64),
        values_left=pl.lit(1, pl.Int64),
        values_left_inside=pl.lit(1, pl.Int64),
        is_recoverable=pl.lit(True),
    )
    return pl.concat([NOTHING, *found, named], how="vertical_relaxed")


def _attack_group(
    name: str, places: pl.DataFrame, kinds: pl.DataFrame, geography: Geography, calendar: Calendar
) -> Iterator[pl.DataFrame]:
    hidden = set(places.filter(~pl.col("is_shown")).select("area_code", "period").iter_rows())
    periods = linked_periods(calendar)
    national = _Attacked(
        "region",
        Grid.of(places, kinds, geography.england + geography.regions, periods),
        hidden,
        is_public=name in cells.KNOWN_GROUPS,
    )
    found = list(national.regions(calendar))
    everybody = Grid.of(places, kinds, geography.partnerships, periods)
    for number, inside in enumerate(geography.inside):
        above = national.rooms[1 + number]
        found += _Attacked("partnership", everybody.of_areas(inside), hidden, above).partnerships(calendar)
    if found:
        columns = zip(*found, strict=True)
        judged = pl.DataFrame({column: np.concatenate(parts) for column, parts in zip(JUDGED, columns, strict=True)})
        yield judged.with_columns(group=pl.lit(name)).select(NOTHING.columns)


class _Attacked:
    """One group's cells in England and its regions, or in the partnerships of one region, as the public sees them."""

    def __init__(
        self,
        area_type: str,
        grid: Grid,
        hidden: set[tuple[str, str]],
        above: np.ndarray | None = None,
        is_public: bool = False,
    ):
        """above: how far the region's own hidden counts lie, (anybody, an insider) x periods x kinds.

        is_public: the totals are in DfE's own series.
        """
        self._area_type, self._grid, self._above = area_type, grid, above
        self._is_public = is_public
        # Filled by `regions`: areas x (anybody, insider) x periods x kinds.
        self.rooms = np.zeros((len(grid.areas), 2, *grid.counts.shape[1:]))
        self._hidden = np.array([[(area, period) in hidden for period in grid.periods] for area in grid.areas])

    def regions(self, calendar: Calendar) -> Iterator[tuple]:
        """England's and the regions' hidden counts: blocks, the years inside them, and years outside any."""
        counts, sizes, hidden = self._grid.counts, self._grid.is_size_known, self._hidden
        for period, years in _wholes(calendar):
            at, inside = self._grid.column(period), [self._grid.column(year) for year in years]
            whole, total_hidden = hidden[1:, at], bool(hidden[0, at])
            left = [
                exchange.room_without_total(counts[1:, at], sizes[1:, at], whole)
                if total_hidden
                else exchange.room(
                    counts[1:, at], sizes[1:, at], whole, insider, may_be_empty=self._is_nothing_shown([at])
                )
                for insider in (False, True)
            ]
            exhausted = self._is_exhausted(whole, counts[1:, at], total_hidden)
            yield from self._judged(at, 1, left, exhausted)
            if total_hidden:
                enough = [np.full((1, counts.shape[2]), 9.0 * (whole.sum() >= least)) for least in (1, 2)]
                yield from self._judged(at, 0, enough, exhausted)
            if years:
                yield from self._years_of_regions(inside, whole)

    def _years_of_regions(self, at: list[int], whole: np.ndarray) -> Iterator[tuple]:
        years, sizes = self._grid.counts[1:, at], self._grid.is_size_known[1:, at]
        hidden, total_hidden = self._hidden_throughout(at)[1:], bool(self._hidden[0, at].all())
        limits = np.where(hidden[:, None, None], sum(exchange.year_limits(years, sizes)), 0)
        left = []
        for insider in (False, True):
            between = exchange.room_between_years(years, sizes, hidden, insider)
            left.append(
                np.maximum(between, _room_by_year(years, sizes, whole & hidden, insider, self._is_nothing_shown(at)))
            )
        if total_hidden:
            left = [np.maximum(each, limits) for each in left]
        for place, period in enumerate(at):
            size = self._grid.counts[1:, period]
            exhausted = self._is_exhausted(self._hidden[1:, period], size, bool(self._hidden[0, period]))
            yield from self._judged(period, 1, [each[:, place] for each in left], exhausted)
            if self._hidden[0, period]:
                offered = limits[:, place] if total_hidden else np.zeros_like(limits[:, place])
                total = [offered.sum(axis=0, keepdims=True), (offered.sum(axis=0) - offered.max(axis=0))[None]]
                yield from self._judged(period, 0, total, exhausted)

    def partnerships(self, calendar: Calendar) -> Iterator[tuple]:
        """The same for one region's partnerships, whose years are never shown; the region's own figures may be."""
        counts, hidden = self._grid.counts, self._hidden
        for period, years in _wholes(calendar):
            at, inside = self._grid.column(period), [self._grid.column(year) for year in years]
            whole, sizes = hidden[:, at], self._grid.is_size_known[:, at] & bool(years)
            left = [
                exchange.room(counts[:, at], sizes, whole, insider, may_be_empty=not years) for insider in (False, True)
            ]
            exhausted = self._is_exhausted(whole, counts[:, at], True)
            yield from self._judged(at, 0, self._with_region(left, at), exhausted)
            if not years:
                continue
            unknown, yearly = np.zeros((len(whole), len(years)), dtype=bool), self._hidden_throughout(inside)
            rooms = [
                np.maximum(
                    exchange.room_between_years(counts[:, inside], unknown, yearly, insider),
                    _room_by_year(counts[:, inside], unknown, whole & yearly, insider, whole.all()),
                )
                for insider in (False, True)
            ]
            for place, year in enumerate(inside):
                yield from self._judged(year, 0, self._with_region([each[:, place] for each in rooms], year), exhausted)

    def _hidden_throughout(self, at: list[int]) -> np.ndarray:
        """Areas that are hidden in each of these periods in which they were there."""
        hidden = self._hidden[:, at]
        return (hidden | ~self._grid.exists[:, at]).all(axis=1) & hidden.any(axis=1)

    def _is_nothing_shown(self, at: list[int]) -> bool:
        """True where no region is shown in these periods, not even one without cases."""
        return bool((self._hidden[1:, at] | ~self._grid.exists[1:, at]).all())

    def _with_region(self, left: list[np.ndarray], at: int) -> list[np.ndarray]:
        """Where the region's own count is hidden, what it could be otherwise could lie in any of its partnerships."""
        return [np.maximum(own, np.minimum(self._above[who, at], 2 - who)) for who, own in enumerate(left)]

    def _is_exhausted(self, hidden: np.ndarray, counts: np.ndarray, total_hidden: bool) -> bool:
        """True where nothing is left to hide: every area with a case, and the total unless it is public knowledge."""
        return bool((hidden | (counts.sum(axis=1) == 0)).all()) and (total_hidden or self._is_public)

    def _judged(self, at: int, first: int, left: list[np.ndarray], exhausted: bool) -> Iterator[tuple]:
        """A row for each small hidden count of one period among the areas from `first` on (0 may be the total)."""
        threshold, least = settings.whole("suppression_threshold"), settings.whole("suppression_least_values")
        inside = slice(first, first + len(left[0]))
        for who, each in enumerate(left):
            self.rooms[inside, who, at] = each
        counts = self._grid.counts[inside, at]
        rows, kinds = np.nonzero(self._hidden[inside, at, None] & (counts > 0) & (counts < threshold))
        if not len(rows):
            return
        anybody, insider = (np.minimum(each[rows, kinds], 9).astype(int) + 1 for each in left)
        is_total = self._area_type == "region" and first == 0
        yield (
            np.full(len(rows), "england" if is_total else self._area_type),
            np.array(self._grid.areas)[inside][rows],
            np.full(len(rows), self._grid.periods[at]),
            kinds,
            anybody,
            insider,
            ((anybody < least) | (insider < 2)) & (not exhausted),
        )


def _wholes(calendar: Calendar) -> list[tuple[str, list[str]]]:
    return [*calendar.blocks.items(), *((year, []) for year in calendar.single_years)]


def _room_by_year(
    years: np.ndarray, sizes: np.ndarray, hidden: np.ndarray, insider: bool, may_be_empty: bool
) -> np.ndarray:
    """Room by moves within each year alone, among areas of which the longer period is hidden too."""
    rooms = [exchange.room(years[:, at], sizes[:, at], hidden, insider, may_be_empty) for at in range(years.shape[1])]
    return np.stack(rooms, axis=1)
