"""England as tiles: how each authority's partnership stands to England, and how the nine regions do."""

import polars as pl

from throughline.analyses.comparison_map_rows import MapRows, map_rows
from throughline.analyses.comparison_view import View
from throughline.charts import region_tiles, tile_map
from throughline.charts.tile_looks import LOOKS
from throughline.report import Chart, Finding
from throughline.wording import comparison as beside_words
from throughline.wording import comparison_map as words


def map_findings(view: View) -> tuple[Finding, ...]:
    """The map, or in words why there is none; nothing at all of a release that is older than its tiles."""
    return () if view.release.tile_map() is None else (map_finding(view),)


def map_finding(view: View) -> Finding:
    """Authorities and regions by how they stand to England, with their tables."""
    measured = words.measured(view.title, view.period_words)
    refusal = words.refusal(view.unit, view.england_value)
    if refusal:
        return Finding("map", words.NO_MAP, measured, notices=(refusal,))
    found = map_rows(view.everywhere)
    is_here = pl.col("partnership_code").is_in(view.members)
    is_group = pl.lit(view.group_type == "region") & (pl.col("area_code") == view.group_code)
    drawn = found.authorities.with_columns(is_in_group=is_here)
    regions = found.regions.with_columns(is_in_group=is_group)
    compared = found.compared
    has_regions = bool(regions["value"].drop_nulls().len())
    if not compared.height and not has_regions:
        return Finding("map", words.NO_MAP, measured, notices=(words.NOTHING_TO_SEE,))
    shown = [*(drawn["look"] if compared.height else ()), *(regions["look"] if has_regions else ())]
    return Finding(
        "map",
        words.heading(compared, regions, found.expected),
        measured,
        (
            *((authorities_chart(found, drawn.filter("is_in_group")),) if compared.height else ()),
            *((regions_chart(view, regions),) if has_regions else ()),
        ),
        key(view, shown, bool(drawn["is_in_group"].any())),
        (
            *((found.regions_table,) if has_regions else ()),
            *((found.authorities_table,) if compared.height else ()),
        ),
        (notice(compared, regions, found.expected, found.ended),),
        words.LIMIT,
    )


def authorities_chart(found: MapRows, group: pl.DataFrame) -> Chart:
    """The map of authorities, with a line around those of a group."""
    drawn = tile_map.outlined(found.authorities_drawn, group)
    return Chart("map-chart", drawn, found.authorities_alternative, "Authorities", is_wide=True)


def regions_chart(view: View, regions: pl.DataFrame) -> Chart:
    """The map of regions."""
    england = view.references.row(0, named=True)
    return Chart(
        "map-regions-chart",
        region_tiles.regions(regions),
        words.regions_alternative(view.short_title, view.period_words, regions, england, view.unit),
        "Regions",
    )


def key(view: View, shown: list[str], has_group: bool) -> tuple[tuple[str, str], ...]:
    """What each look that is drawn stands for, and the line around the group."""
    looks = [(f"tile-{look.replace('_', '-')}", words.LOOK_IN_WORDS[look]) for look in LOOKS if look in shown]
    return (*looks, *((("tile-group", f"Outlined: {view.group_name}"),) if has_group else ()))


def notice(compared: pl.DataFrame, regions: pl.DataFrame, expected: float | None, ended: int) -> str:
    """Who differs, how many of that luck would give, and who is not drawn."""
    of_regions = words.regions_that_differ(regions)
    if not compared.height:
        return f"{words.NO_PARTNERSHIP} {of_regions}".strip()
    parts = (
        words.who_differs(compared),
        words.too_few(compared.filter(look="few").height, compared.height),
        beside_words.chance_sentence(compared.height, expected),
        of_regions,
        words.not_drawn(ended),
    )
    return " ".join(part for part in parts if part)
