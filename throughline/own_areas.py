"""Which areas are a reader's own: those of which they see true values; and whether an area that is named is there."""

from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from throughline.viewer import Viewer

if TYPE_CHECKING:
    from throughline.release import Release

AREA = ["area_type", "area_code"]


@lru_cache(maxsize=8)
def own_areas(release: "Release", viewer: Viewer) -> pl.DataFrame:
    """The areas (type and code) that are a viewer's own: one's own and what lies wholly inside."""
    areas = release.areas()
    if viewer.role == "panel":
        own = areas
    elif viewer.role == "region":
        own = areas.filter(
            (pl.col("region_code") == viewer.area_code)
            | ((pl.col("area_type") == "region") & (pl.col("area_code") == viewer.area_code))
        )
    elif viewer.role == "partnership":
        own = areas.filter((pl.col("area_type") == "partnership") & (pl.col("area_code") == viewer.area_code))
    else:
        own = areas.clear()
    return own.select(AREA)


def check_is_there(areas: pl.DataFrame, viewer: Viewer) -> None:
    """Raises ValueError, with what to write, where a viewer's own area is none of these."""
    there = areas.filter(pl.col("area_type") == viewer.role).sort("area_code")
    codes = there["area_code"].to_list()
    if viewer.area_code in codes:
        return
    names = {name.casefold(): code for code, name in there.select("area_code", "area_name").iter_rows()}
    written = {**names, **{code.casefold(): code for code in codes}}
    like = [written[near] for near in get_close_matches(viewer.area_code.casefold(), written, n=1)] or codes[:1]
    such = "".join(f", such as {viewer.role}:{code}" for code in like)
    written_as = f"{viewer.role}:{viewer.area_code}"
    raise ValueError(f"viewer {written_as!r}: there is no {viewer.role} of that code here. Write one that is{such}.")
