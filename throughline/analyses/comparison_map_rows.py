"""What the tile map shows of a measure and period: every authority and region, with how each stands to England."""

from dataclasses import dataclass
from functools import lru_cache

import plotly.graph_objects as go
import polars as pl

from throughline import wording
from throughline.analyses import comparison_choices as choices
from throughline.analyses.comparison_everywhere import Everywhere
from throughline.analyses.comparison_tables import figure_cells, figure_columns, lower_first
from throughline.charts import comparison_rows, tile_map
from throughline.report import Column, Table
from throughline.wording import breakdowns
from throughline.wording import comparison as beside_words
from throughline.wording import comparison_map as words
from throughline.wording.medians import cases_heading
from throughline.wording.standing import kind_of_standing, standing_in_words


@dataclass(frozen=True, eq=False)
class MapRows:
    """Authorities and regions, the partnerships compared and how many flags luck would raise, with the tables of both.

    `ended` counts partnerships with a figure that have no tile.
    """

    authorities: pl.DataFrame
    ended: int
    compared: pl.DataFrame
    expected: float | None
    regions: pl.DataFrame
    authorities_drawn: go.Figure
    authorities_alternative: str
    authorities_table: Table
    regions_table: Table


@lru_cache(maxsize=32)  # one group of partnerships and the next are seen on the same map
def map_rows(everywhere: Everywhere) -> MapRows:
    """All that a map shows but the group that is outlined."""
    tiles = everywhere.release.tile_map()
    authorities, ended = authority_rows(everywhere, tiles)
    regions = region_rows(everywhere, tiles)
    compared = each_partnership(authorities).filter(pl.col("look") != "none")
    return MapRows(
        authorities,
        ended,
        compared,
        comparison_rows.flags_from_chance(compared, everywhere.england_value, everywhere.unit),
        regions,
        tile_map.england(authorities),
        words.authorities_alternative(everywhere.short_title, everywhere.period_words, authorities, compared),
        authorities_table(everywhere, authorities),
        regions_table(everywhere, regions),
    )


def authority_rows(everywhere: Everywhere, tiles: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Each tile with its partnership's figure as this reader may see it; and how many with a figure have no tile."""
    found = everywhere.values("partnership")
    codes = tiles["partnership_code"].unique().to_list()
    has_tile = pl.col("area_code").is_in(codes)
    stand = comparison_rows.partnership_rows(
        comparison_rows.with_every_member(found.filter(has_tile), codes, set()),
        choices.area_names(everywhere.release, "partnership"),
        everywhere.england_value,
        everywhere.unit,
    )
    regions = choices.area_names(everywhere.release, "region")
    joined = tiles.join(stand, left_on="partnership_code", right_on="area_code").with_columns(
        region_name=pl.col("region_code").replace_strict(regions, default=pl.col("region_code")),
    )
    ended = found.filter(~has_tile & pl.col("value").is_not_null()).height
    return with_looks(joined, everywhere).sort("la_name"), ended


def region_rows(everywhere: Everywhere, tiles: pl.DataFrame) -> pl.DataFrame:
    """Each region of the map with its own figure, in order of name."""
    codes = tiles["region_code"].unique().to_list()
    stand = comparison_rows.partnership_rows(
        comparison_rows.with_every_member(
            everywhere.values("region").filter(pl.col("area_code").is_in(codes)), codes, set()
        ),
        choices.area_names(everywhere.release, "region"),
        everywhere.england_value,
        everywhere.unit,
    )
    limits = [
        wording.interval(row["lower95"], row["upper95"], everywhere.unit) if row["value"] is not None else ""
        for row in stand.iter_rows(named=True)
    ]
    return with_looks(stand, everywhere).with_columns(
        region_code="area_code",
        region_name="area_name",
        interval=pl.Series(limits, dtype=pl.String),
    )


def with_looks(rows: pl.DataFrame, everywhere: Everywhere) -> pl.DataFrame:
    """How each row stands, as its tile shows it, as a pointer hears it, and the letter of one that has no figure."""
    said = rows.to_dicts()
    stands = [standing_in_words(row, everywhere.unit) for row in said]
    named = [row.get("la_name") or row["area_name"] for row in said]
    return rows.with_columns(
        look=pl.Series([kind_of_standing(row, everywhere.unit) for row in said], dtype=pl.String),
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


def authorities_table(everywhere: Everywhere, drawn: pl.DataFrame) -> Table:
    """Every tile, in order of the authority's name."""
    columns = [
        Column("Authority"),
        Column("Region"),
        Column("Partnership"),
        *figure_columns(everywhere.unit, everywhere.indicator),
        Column("Compared with England"),
    ]
    body = [
        [row["la_name"], row["region_name"], row["area_name"], *figure_cells(row, everywhere.unit), row["stands"]]
        for row in drawn.iter_rows(named=True)
    ]
    caption = f"{everywhere.title}, every authority with its partnership's figure, {everywhere.period_words}"
    return Table("map-table", caption, columns, body, f"{words.JOINT} {note(everywhere, drawn)}")


def regions_table(everywhere: Everywhere, regions: pl.DataFrame) -> Table:
    """Every region, in order of name."""
    figure = figure_columns(everywhere.unit, everywhere.indicator)
    columns = [Column("Region"), *figure, Column("Compared with England")]
    body = [
        [row["area_name"], *figure_cells(row, everywhere.unit), row["stands"]] for row in regions.iter_rows(named=True)
    ]
    caption = f"{everywhere.title}, every region, {everywhere.period_words}"
    return Table("map-regions-table", caption, columns, body, note(everywhere, regions))


def note(everywhere: Everywhere, rows: pl.DataFrame) -> str:
    """What the columns count, and every letter in them."""
    counted, out_of, _ = breakdowns.counted(everywhere.catalogue, everywhere.breakdown)
    cases = cases_heading(everywhere.unit, everywhere.indicator)
    said = f"{cases}: {lower_first(counted)}. Out of: {lower_first(out_of)}."
    parts = (said, wording.symbol_note(rows.iter_rows(named=True)), beside_words.fraction_note(rows, everywhere.unit))
    return " ".join(part for part in parts if part)
