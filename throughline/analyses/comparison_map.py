"""England as tiles: how each authority's partnership stands to England, and how the nine regions do."""

import polars as pl

from throughline import wording
from throughline.analyses import comparison_choices as choices
from throughline.analyses.comparison_tables import figure_cells, figure_columns, lower_first
from throughline.analyses.comparison_view import View
from throughline.charts import comparison_rows, region_tiles, tile_map
from throughline.charts.tile_looks import LOOKS
from throughline.report import Chart, Column, Finding, Table
from throughline.wording import breakdowns
from throughline.wording import comparison as beside_words
from throughline.wording import comparison_map as words
from throughline.wording.medians import cases_heading
from throughline.wording.standing import kind_of_standing, standing_in_words


def map_findings(view: View) -> tuple[Finding, ...]:
    """The map, or in words why there is none; nothing at all of a release that is older than its tiles."""
    tiles = view.release.tile_map()
    return () if tiles is None else (map_finding(view, tiles),)


def map_finding(view: View, tiles: pl.DataFrame) -> Finding:
    """Authorities and regions by how they stand to England, with their tables."""
    measured = words.measured(view.title, view.period_words)
    refusal = words.refusal(view.unit, view.england_value)
    if refusal:
        return Finding("map", words.NO_MAP, measured, notices=(refusal,))
    drawn, ended = authority_rows(view, tiles)
    regions = region_rows(view, tiles)
    compared = each_partnership(drawn).filter(pl.col("look") != "none")
    has_regions = bool(regions["value"].drop_nulls().len())
    if not compared.height and not has_regions:
        return Finding("map", words.NO_MAP, measured, notices=(words.NOTHING_TO_SEE,))
    expected = comparison_rows.flags_from_chance(compared, view.england_value, view.unit)
    shown = [*(drawn["look"] if compared.height else ()), *(regions["look"] if has_regions else ())]
    return Finding(
        "map",
        words.heading(compared, regions, expected),
        measured,
        (
            *((authorities_chart(view, drawn, compared),) if compared.height else ()),
            *((regions_chart(view, regions),) if has_regions else ()),
        ),
        key(view, shown, bool(drawn["is_in_group"].any())),
        (
            *((regions_table(view, regions),) if has_regions else ()),
            *((authorities_table(view, drawn),) if compared.height else ()),
        ),
        (notice(compared, regions, expected, ended),),
        words.LIMIT,
    )


def authority_rows(view: View, tiles: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Each tile with its partnership's figure as this reader may see it; and how many with a figure have no tile."""
    found = values(view, "partnership")
    codes = tiles["partnership_code"].unique().to_list()
    has_tile = pl.col("area_code").is_in(codes)
    stand = comparison_rows.partnership_rows(
        comparison_rows.with_every_member(found.filter(has_tile), codes, set()),
        choices.area_names(view.release, "partnership"),
        view.england_value,
        view.unit,
    )
    regions = choices.area_names(view.release, "region")
    joined = tiles.join(stand, left_on="partnership_code", right_on="area_code").with_columns(
        region_name=pl.col("region_code").replace_strict(regions, default=pl.col("region_code")),
        is_in_group=pl.col("partnership_code").is_in(view.members),
    )
    ended = found.filter(~has_tile & pl.col("value").is_not_null()).height
    return with_looks(joined, view).sort("la_name"), ended


def region_rows(view: View, tiles: pl.DataFrame) -> pl.DataFrame:
    """Each region of the map with its own figure, in order of name."""
    codes = tiles["region_code"].unique().to_list()
    stand = comparison_rows.partnership_rows(
        comparison_rows.with_every_member(
            values(view, "region").filter(pl.col("area_code").is_in(codes)), codes, set()
        ),
        choices.area_names(view.release, "region"),
        view.england_value,
        view.unit,
    )
    limits = [
        wording.interval(row["lower95"], row["upper95"], view.unit) if row["value"] is not None else ""
        for row in stand.iter_rows(named=True)
    ]
    return with_looks(stand, view).with_columns(
        region_code="area_code",
        region_name="area_name",
        interval=pl.Series(limits, dtype=pl.String),
        is_in_group=pl.lit(view.group_type == "region") & (pl.col("area_code") == view.group_code),
    )


def values(view: View, area_type: str) -> pl.DataFrame:
    """The figures of every area of a type, as the release gives them to this reader."""
    return view.release.indicator_values(
        view.viewer,
        indicator=view.catalogue["indicator"],
        breakdown=view.breakdown,
        area_type=area_type,
        period_type=view.period_type,
        period=view.period,
    )


def with_looks(rows: pl.DataFrame, view: View) -> pl.DataFrame:
    """How each row stands, as its tile shows it, as a pointer hears it, and the letter of one that has no figure."""
    said = rows.to_dicts()
    stands = [standing_in_words(row, view.unit) for row in said]
    named = [row.get("la_name") or row["area_name"] for row in said]
    return rows.with_columns(
        look=pl.Series([kind_of_standing(row, view.unit) for row in said], dtype=pl.String),
        stands=pl.Series(stands, dtype=pl.String),
        mark=pl.Series([words.mark(row) for row in said], dtype=pl.String),
        said=pl.Series(
            [
                f"{name}: {told}" if row["value"] is None else f"{name}: {row['shown']}. {told}"
                for name, row, told in zip(named, said, stands, strict=True)
            ],
            dtype=pl.String,
        ),
    )


def each_partnership(drawn: pl.DataFrame) -> pl.DataFrame:
    """One row a partnership: a joint one has several tiles and one figure."""
    return drawn.unique("partnership_code", keep="first", maintain_order=True).sort("area_name")


def authorities_chart(view: View, drawn: pl.DataFrame, compared: pl.DataFrame) -> Chart:
    """The map of authorities."""
    return Chart(
        "map-chart",
        tile_map.authorities(drawn),
        words.authorities_alternative(view.short_title, view.period_words, drawn, compared),
        "Authorities",
        is_wide=True,
    )


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


def authorities_table(view: View, drawn: pl.DataFrame) -> Table:
    """Every tile, in order of the authority's name."""
    columns = [
        Column("Authority"),
        Column("Region"),
        Column("Partnership"),
        *figure_columns(view.unit, view.catalogue["indicator"]),
        Column("Compared with England"),
    ]
    body = [
        [row["la_name"], row["region_name"], row["area_name"], *figure_cells(row, view.unit), row["stands"]]
        for row in drawn.iter_rows(named=True)
    ]
    caption = f"{view.title}, every authority with its partnership's figure, {view.period_words}"
    return Table("map-table", caption, columns, body, f"{words.JOINT} {note(view, drawn)}")


def regions_table(view: View, regions: pl.DataFrame) -> Table:
    """Every region, in order of name."""
    figure = figure_columns(view.unit, view.catalogue["indicator"])
    columns = [Column("Region"), *figure, Column("Compared with England")]
    body = [[row["area_name"], *figure_cells(row, view.unit), row["stands"]] for row in regions.iter_rows(named=True)]
    caption = f"{view.title}, every region, {view.period_words}"
    return Table("map-regions-table", caption, columns, body, note(view, regions))


def note(view: View, rows: pl.DataFrame) -> str:
    """What the columns count, and every letter in them."""
    counted, out_of, _ = breakdowns.counted(view.catalogue, view.breakdown)
    cases = cases_heading(view.unit, view.catalogue["indicator"])
    said = f"{cases}: {lower_first(counted)}. Out of: {lower_first(out_of)}."
    parts = (said, wording.symbol_note(rows.iter_rows(named=True)), beside_words.fraction_note(rows, view.unit))
    return " ".join(part for part in parts if part)
