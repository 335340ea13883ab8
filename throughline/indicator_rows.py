"""The long table of indicator values as one reader may see it: true rows of the own areas, public ones of others."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from throughline.hidden_comparators import without_hidden_england
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

    own = own_areas(release.areas(), viewer)
    if own.is_empty():
        found = narrowed(public)
    else:
        true_rows = narrowed(restricted).drop("public_status", "public_reason")
        if viewer.role == "panel":
            return true_rows
        own_rows = true_rows.join(own, on=AREA, how="semi")
        if dict(wanted)["area_type"] in (None, NEIGHBOURS):
            own_rows = pl.concat([own_rows, own_neighbours(release, public, true_rows, viewer, indicator)])
        found = pl.concat([own_rows, narrowed(public).join(own_rows, on=CELL, how="anti")]).sort(ORDER)
    england = rows_of(public, indicator).filter(pl.col("area_type") == "england")  # nobody's own but the Panel's
    return without_hidden_england(found, england.collect())


def own_neighbours(
    release: "Release", public: Path, rows: pl.DataFrame, viewer: Viewer, indicator: str | None
) -> pl.DataFrame:
    """The pool of one partnership's statistical neighbours, where no neighbour's own number can be told from it.

    Only for that partnership's own viewer, who sees one pool: two pools that share members can be set against each
    other. Which pools are safe to tell is said in `safe_pool`.
    """
    if viewer.role != "partnership":
        return rows.clear()
    pool = rows.filter((pl.col("area_type") == NEIGHBOURS) & (pl.col("area_code") == viewer.area_code))
    members = release.area_partnerships().filter(group_type=NEIGHBOURS, group_code=viewer.area_code)
    return safe_pool(pool, rows_of(public, indicator), members["partnership_code"], release.indicators())


def rows_of(path: Path, indicator: str | None) -> pl.LazyFrame:
    """The long table, of which only what is asked for will be read."""
    return pl.scan_parquet(path) if indicator is None else one_indicator(path, indicator).lazy()


@lru_cache(maxsize=32)
def one_indicator(path: Path, indicator: str) -> pl.DataFrame:
    """The rows of one indicator. The file is sorted by them, so this takes 10 ms of millions of rows."""
    return pl.scan_parquet(path).filter(pl.col("indicator") == indicator).collect()
