"""The long table of indicator values as one reader may see it: true rows of the own areas, public ones of others."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from throughline.hidden_comparators import without_unseen
from throughline.neighbour_pools import safe_pool
from throughline.own_areas import AREA, own_areas
from throughline.viewer import Viewer

if TYPE_CHECKING:
    from throughline.release import Release

# The comparison that a pool of authorities makes with one area; see `own_neighbours`.
NEIGHBOURS = "statistical_neighbours"
CELL = ["area_type", "area_code", "period_type", "period", "indicator", "breakdown"]
ORDER = ["indicator", "breakdown", "period_type", "period", "area_type", "area_code"]


@lru_cache(maxsize=128)
def values_seen(
    release: "Release",
    public: Path,
    restricted: Path,
    viewer: Viewer,
    indicator: str | None,
    wanted: tuple[tuple[str, str | None], ...],
    area_codes: tuple[str, ...] | None,
) -> pl.DataFrame:
    """The values of `Release.indicator_values`, of which one page asks for the same again and again.

    `public` and `restricted` are the release's two files of them, `wanted` the columns by which they are narrowed.
    """
    narrowing = [pl.col(column) == text for column, text in wanted if text is not None]
    if area_codes is not None:
        narrowing.append(pl.col("area_code").is_in(list(area_codes)))

    def narrowed(path: Path) -> pl.DataFrame:
        return rows_of(path, indicator).filter(*narrowing).collect()

    def narrowed_true() -> pl.DataFrame:
        return narrowed(restricted).drop("public_status", "public_reason")

    if viewer.role == "panel":
        return narrowed_true()
    found = narrowed(public)
    own = own_areas(release, viewer)
    if own.is_empty():
        viewer = Viewer.public()  # an area that is not there gives no right
    else:
        own_rows = narrowed_true().join(own, on=AREA, how="semi")
        if viewer.role == "partnership" and dict(wanted)["area_type"] in (None, NEIGHBOURS):
            pool = own_neighbours(release, public, restricted, viewer, indicator)
            own_rows = pl.concat([own_rows, pool.filter(*narrowing)])
        found = pl.concat([own_rows, found.join(own_rows, on=CELL, how="anti")]).sort(ORDER)
    # Whoever reads: the public file of a release that is still held may be older than the rule.
    return without_unseen(found, comparators_seen(release, public, restricted, viewer, indicator), release.areas())


@lru_cache(maxsize=128)
def comparators_seen(
    release: "Release", public: Path, restricted: Path, viewer: Viewer, indicator: str | None
) -> pl.DataFrame:
    """England, the regions and the pools of neighbours as one reader sees them, whatever a page asks for.

    Nobody but the Panel has England for their own; a region's reader has the region, and a partnership's the pool.
    """
    if viewer.role == "public":
        is_comparator = pl.col("area_type").is_in(["england", "region", NEIGHBOURS])
        return rows_of(public, indicator).filter(is_comparator).collect()
    everybody = comparators_seen(release, public, restricted, Viewer.public(), indicator)
    if viewer.role == "partnership":
        own = own_neighbours(release, public, restricted, viewer, indicator)
    else:
        is_own = (pl.col("area_type") == "region") & (pl.col("area_code") == viewer.area_code)
        own = rows_of(restricted, indicator).filter(is_own).drop("public_status", "public_reason").collect()
    return pl.concat([own, everybody.join(own, on=CELL, how="anti")])


def own_neighbours(
    release: "Release", public: Path, restricted: Path, viewer: Viewer, indicator: str | None
) -> pl.DataFrame:
    """What the reader of one partnership may be told of the pool of its statistical neighbours, of one measure or all.

    Nobody else is told of it: two pools that share members can be set against each other.
    """
    told = told_of_neighbours(release, public, restricted, viewer)
    return told if indicator is None else told.filter(pl.col("indicator") == indicator)


@lru_cache(maxsize=4)
def told_of_neighbours(release: "Release", public: Path, restricted: Path, viewer: Viewer) -> pl.DataFrame:
    """A partnership's pool where no small number can be told from it, which `safe_pool` judges of all rows together."""
    is_pool = (pl.col("area_type") == NEIGHBOURS) & (pl.col("area_code") == viewer.area_code)
    whole = pl.scan_parquet(restricted).drop("public_status", "public_reason")
    pool = whole.filter(is_pool).collect()
    members = release.area_partnerships().filter(group_type=NEIGHBOURS, group_code=viewer.area_code)
    return safe_pool(pool, pl.scan_parquet(public), members["partnership_code"], release.indicators())


def rows_of(path: Path, indicator: str | None) -> pl.LazyFrame:
    """The long table, of which only what is asked for will be read."""
    return pl.scan_parquet(path) if indicator is None else one_indicator(path, indicator).lazy()


@lru_cache(maxsize=128)  # both files of a release, with some fifty indicators each
def one_indicator(path: Path, indicator: str) -> pl.DataFrame:
    """The rows of one indicator. The file is sorted by them, so this takes 10 ms of millions of rows."""
    return pl.scan_parquet(path).filter(pl.col("indicator") == indicator).collect()
