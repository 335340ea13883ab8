"""A release's linked cells as arrays: which periods and areas nest, and the counts of one group in them."""

from dataclasses import dataclass

import numpy as np
import polars as pl

LINKED_AREAS = ["england", "region", "partnership"]


@dataclass(frozen=True)
class Calendar:
    """The periods of a release: blocks of three years that share none, latest first, and the years outside them."""

    blocks: dict[str, list[str]]
    single_years: list[str]

    @classmethod
    def of(cls, values: pl.DataFrame) -> "Calendar":
        """The latest block, then each that ends where a later one begins."""
        held = values.select("period_type", "period").unique()
        years = set(held.filter(pl.col("period_type") == "year")["period"])
        blocks: dict[str, list[str]] = {}
        for block in sorted(held.filter(pl.col("period_type") == "three_years")["period"], reverse=True):
            first, last = map(int, block.split("-"))
            inside = [str(year) for year in range(first, last + 1)]
            if not any(set(inside) & set(taken) for taken in blocks.values()):
                blocks[block] = inside
        return cls(blocks, sorted(years - {year for inside in blocks.values() for year in inside}))


def linked_periods(calendar: Calendar) -> list[str]:
    """Every block and year that some area's public figures speak of."""
    return [*calendar.blocks, *(year for inside in calendar.blocks.values() for year in inside), *calendar.single_years]


@dataclass(frozen=True)
class Geography:
    """The linked areas of a release: England, its regions, and the partnerships with their places by region."""

    england: list[str]
    regions: list[str]
    partnerships: list[str]
    inside: list[np.ndarray]

    @classmethod
    def of(cls, rows: pl.DataFrame) -> "Geography":
        """From rows with area_type, area_code and region_code."""
        areas = rows.select("area_type", "area_code", "region_code").unique().sort("region_code", "area_code")
        codes = {
            kind: areas.filter(pl.col("area_type") == kind)["area_code"].to_list() for kind in ("england", "region")
        }
        members = areas.filter((pl.col("area_type") == "partnership") & pl.col("region_code").is_not_null())
        regions = sorted(codes["region"])
        inside = [np.flatnonzero((members["region_code"] == region).to_numpy()) for region in regions]
        return cls(codes["england"], regions, members["area_code"].to_list(), inside)


@dataclass(frozen=True)
class Grid:
    """The cells of one group in some areas and periods, as arrays: areas x periods x kinds.

    exists: areas x periods, false where no return was received, so that there is nothing to hide.
    """

    areas: list[str]
    periods: list[str]
    counts: np.ndarray
    exists: np.ndarray
    must: np.ndarray
    is_known: np.ndarray
    is_size_known: np.ndarray

    @classmethod
    def of(cls, group: pl.DataFrame, kinds: pl.DataFrame, areas: list[str], periods: list[str]) -> "Grid":
        """From one group's places and kinds; a place without a row is empty, shown and known."""
        area_at = {code: at for at, code in enumerate(areas)}
        period_at = {period: at for at, period in enumerate(periods)}
        kind_at = {kind: at for at, kind in enumerate(sorted(kinds["kind"].unique()))}
        shape = (len(areas), len(periods))
        counts = np.zeros((*shape, max(len(kind_at), 1)))
        exists, must, is_known, is_size_known = (np.zeros(shape, dtype=bool) for _ in range(4))
        for area, period, kind, count in kinds.select("area_code", "period", "kind", "count").iter_rows():
            if area in area_at and period in period_at:
                counts[area_at[area], period_at[period], kind_at[kind]] = count
                exists[area_at[area], period_at[period]] = True
        described = group.select(
            "area_code",
            "period",
            pl.any_horizontal("is_small_number", "is_few", "is_small_difference") & ~pl.col("is_known"),
            "is_known",
            "is_size_known",
        )
        for area, period, *flags in described.iter_rows():
            if area in area_at and period in period_at:
                at = area_at[area], period_at[period]
                must[at], is_known[at], is_size_known[at] = flags
        return cls(areas, periods, counts, exists, must, is_known, is_size_known)

    def of_areas(self, at: np.ndarray) -> "Grid":
        """The same grid of some of its areas, by place."""
        parts = (each[at] for each in (self.counts, self.exists, self.must, self.is_known, self.is_size_known))
        return Grid([self.areas[place] for place in at], self.periods, *parts)

    def column(self, period: str) -> int:
        """Where a period stands."""
        return self.periods.index(period)


def by_group(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The rows of each group, in the order of their names."""
    return {name: part for (name,), part in sorted(frame.partition_by("group", as_dict=True).items())}
