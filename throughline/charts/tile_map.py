"""England as tiles, one an authority: how each one's partnership stands to England, never by raw value."""

from functools import lru_cache
from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.figure import Figure, plain
from throughline.charts.points import SILENT, told
from throughline.charts.template import TEXT, WHITE
from throughline.charts.tile_looks import CHOSEN, LOOKS, Look, bold, marker
from throughline.charts.tile_shapes import Cell, Corner, outlines

SIDE = 36  # pixels of a tile where there is room; on a phone the tiles shrink and their letters go
GAP = 0.05  # of a tile: from its edge to the middle between two
LETTERS = {**template.SMALL, "size": 11}
NAMES = {**template.SMALL, "size": 14}
LETTERINGS = 2  # traces of letters: light ones on dark tiles, and dark ones
LIFT = 0.2  # of a tile: the letters stand so far above its middle, and the mark below it

# How far each region is moved from its place on the grid, in tiles, so that a gap sets it apart from the next.
SHIFTS = {
    "E12000001": (-0.35, -0.7),
    "E12000002": (-0.7, -0.35),
    "E12000003": (-0.35, -0.35),
    "E12000004": (0.0, 0.0),
    "E12000005": (-0.35, 0.0),
    "E12000006": (0.35, 0.0),
    "E12000007": (0.35, 0.35),
    "E12000008": (0.0, 0.7),
    "E12000009": (-0.35, 0.35),
}
# Where each region's name stands in the map: in the sea beside it or in Wales, and on which side of that place.
LABELS = {
    "E12000001": (9.4, 0.6, "middle right"),
    "E12000002": (4.7, 5.6, "middle left"),
    "E12000003": (11.3, 5.3, "middle right"),
    "E12000004": (10.75, 10.1, "middle right"),
    "E12000005": (3.0, 11.5, "middle left"),
    "E12000006": (15.9, 11.15, "middle left"),
    "E12000007": (15.9, 20.3, "middle left"),
    "E12000008": (11.0, 21.7, "middle center"),
    "E12000009": (4.0, 15.8, "middle left"),
}


def england(tiles: pl.DataFrame) -> go.Figure:
    """One tile an authority, those of one partnership in one piece, and regions set apart.

    `tiles` has la_name, tile_name, tile_column, tile_row, region_code, region_name, partnership_code, look, mark and
    said.
    """
    placed = with_places(tiles).sort("la_name").with_row_index("place")
    of_look = {name: rows for (name,), rows in placed.partition_by("look", as_dict=True).items()}
    looks = [(look, of_look.get(name, placed.clear())) for name, look in LOOKS.items()]
    square = {"showticklabels": False, "constrain": "domain"}
    high = (placed["y"].max() + 0.6, placed["y"].min() - 0.6)
    return template.figure(
        round(SIDE * (high[0] - high[1])) + 8,
        [
            # First, so that the style sheet can leave them where they are when it moves the marks on a phone.
            region_names(placed),
            *(tile_fills(rows, look) for look, rows in looks),
            *(marks(rows, look) for look, rows in looks),
            # Last, so that the style sheet can find the letters and leave them out on a phone.
            letters(placed, WHITE),
            letters(placed, TEXT),
        ],
        margin={"l": 2, "r": 2, "t": 4, "b": 4},
        xaxis=template.axis(range=[placed["x"].min() - 0.6, placed["x"].max() + 0.6], constraintoward="left", **square),
        yaxis=template.axis(range=list(high), scaleanchor="x", constraintoward="top", **square),
    )


def outlined(drawn: go.Figure, group: pl.DataFrame) -> go.Figure:
    """The same map with a line around a group, under the letters; `group` are its tiles, of which all is_in_group."""
    settings = plain(drawn)
    below, above = settings["data"][:-LETTERINGS], settings["data"][-LETTERINGS:]
    return Figure([*below, group_outline(group), *above], settings["layout"])


def with_places(tiles: pl.DataFrame) -> pl.DataFrame:
    """The middle of each tile as it is drawn: its place on the grid, moved with its region."""
    moved = [SHIFTS.get(code, (0.0, 0.0)) for code in tiles["region_code"]]
    return tiles.with_columns(
        x=pl.col("tile_column") + pl.Series([x for x, _ in moved], dtype=pl.Float64),
        y=pl.col("tile_row") + pl.Series([y for _, y in moved], dtype=pl.Float64),
    )


def around(tiles: pl.DataFrame, together: str, gap: float) -> dict[str, list[float | None]]:
    """The outlines of tiles that touch and share a value, one after the other with a break after each."""
    parts: dict[tuple[str, str], list[Cell]] = {}
    for code, shared, *cell in tiles.select("region_code", together, "tile_column", "tile_row").iter_rows():
        parts.setdefault((code, shared), []).append(tuple(cell))
    points: list[tuple[float | None, float | None]] = []
    for (code, _), cells in parts.items():
        right, down = SHIFTS.get(code, (0.0, 0.0))
        for path in drawn_before(tuple(cells), gap):
            points += [*((x + right, y + down) for x, y in path), (None, None)]
    return {"x": [x for x, _ in points], "y": [y for _, y in points]}


@lru_cache(maxsize=1024)
def drawn_before(cells: tuple[Cell, ...], gap: float) -> list[list[Corner]]:
    """The outlines of some tiles, which stand where they stood for every measure and reader."""
    return outlines(cells, gap)


def tile_fills(tiles: pl.DataFrame, look: Look) -> template.Trace:
    """The tiles of one look; a joint partnership's are one piece where they touch."""
    return template.scatter(
        **around(tiles, "partnership_code", GAP),
        mode="lines",
        fill="toself",
        fillcolor=look.fill,
        line={"color": look.edge, "width": 1},
        **SILENT,
    )


def group_outline(tiles: pl.DataFrame) -> template.Trace:
    """A line around the group that was chosen."""
    return template.scatter(
        **around(tiles, "is_in_group", 0),
        mode="lines",
        line=CHOSEN,
        cliponaxis=False,
        **SILENT,
    )


def region_names(tiles: pl.DataFrame) -> template.Trace:
    """Each region's name beside it."""
    found = tiles.filter(pl.col("region_code").is_in(list(LABELS))).unique("region_code", maintain_order=True)
    places = [LABELS[code] for code in found["region_code"]]
    return template.scatter(
        x=[x for x, _, _ in places],
        y=[y for _, y, _ in places],
        text=[bold(narrow(name)) for name in found["region_name"]],
        textposition=[side for _, _, side in places],
        mode="text",
        textfont=NAMES,
        cliponaxis=False,
        **SILENT,
    )


def narrow(name: str) -> list[str]:
    """A region's name in the lines that a phone has room for beside the tiles."""
    return name.replace(" and ", " and\n").replace("West Midlands", "West\nMidlands").split("\n")


def marks(tiles: pl.DataFrame, look: Look) -> template.Trace:
    """The mark of one look in each of its tiles, or the letters that say why there is no figure."""
    drawn: dict[str, Any] = (
        {"mode": "markers", "marker": marker(look), "text": tiles["la_name"].to_list()}
        if look.symbol
        else {"mode": "text", "text": tiles["mark"].to_list(), "textfont": {**LETTERS, "color": look.ink}}
    )
    return template.scatter(
        x=tiles["x"].to_list(),
        y=[y + LIFT for y in tiles["y"]],
        # Read region by region, and in each by name; a series goes through the traces of all looks.
        **told(tiles["said"].to_list(), tiles["place"].to_list(), tiles["region_name"].to_list()),
        **drawn,
    )


def letters(tiles: pl.DataFrame, ink: str) -> template.Trace:
    """The few letters of each tile whose fill takes this ink."""
    dark = [name for name, look in LOOKS.items() if look.ink == WHITE]
    kept = tiles.filter(pl.col("look").is_in(dark) == (ink == WHITE))
    return template.scatter(
        x=kept["x"].to_list(),
        y=[y - LIFT for y in kept["y"]],
        text=[name.replace("&", "&amp;") for name in kept["tile_name"]],
        mode="text",
        textfont={**LETTERS, "color": ink},
        **SILENT,
    )
