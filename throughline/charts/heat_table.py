"""A heat table: areas down, measures across, each cell with its figure; its shade says how sure a difference is."""

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.named_rows import PHONE, named_rows
from throughline.charts.points import SILENT, told
from throughline.charts.svg_text import folded
from throughline.charts.template import TEXT
from throughline.charts.tile_looks import LOOKS, Look, marker

HEADINGS = 66  # pixels over the rows: a measure's name in as many as three lines
ROW = 74  # pixels: an area's name, its cells and room below
CELL = (-13 / ROW, 31 / ROW)  # from the middle of a row, its top and its foot
GAP = 0.012  # of a column: from a cell's side to the middle between two
NAME_LIFT = 26 / ROW
MARK, WORDS = -0.38, 0.08  # of a column, from its middle: on a phone a figure has no more room beside its mark
FIGURE_AT, BELOW_AT = 1 / ROW, 19 / ROW
HEADING, ON_A_PHONE = template.SMALL, 12
FIGURE = {**template.SMALL, "size": 16}
LIMITS = {**template.SMALL, "size": 13}


def heat_table(cells: pl.DataFrame) -> go.Figure:
    """One row an area and one column a measure, both in the order given; the shade is a standing and never a value.

    `cells` has area_name, flags (what is said at the end of the area's row), measure, look, figure, below (its
    interval, or a letter) and said.
    A look that no tile has, such as that of England itself, has no shade and no mark.
    """
    areas = cells.select("area_name", "flags").unique(maintain_order=True)
    measures = cells["measure"].unique(maintain_order=True).to_list()
    named = named_rows(areas["area_name"].to_list(), areas["flags"].to_list(), ROW)
    at = dict(zip(areas["area_name"], named.middles, strict=True))
    placed = cells.with_columns(
        column=pl.Series([measures.index(name) for name in cells["measure"]], dtype=pl.Int64),
        middle=pl.Series([at[name] for name in cells["area_name"]], dtype=pl.Float64),
    )
    bottom, top = named.range
    return template.figure(
        HEADINGS + named.height,
        [
            *(fills(placed.filter(look=name), look) for name, look in LOOKS.items()),
            *(marks(placed.filter(look=name), look) for name, look in LOOKS.items() if look.symbol),
            named.texts(NAME_LIFT, -0.5, len(measures) - 0.5),
            # Last, so that the style sheet can find them: on a phone they are smaller, and intervals are left out.
            headings(measures, top - HEADINGS / ROW / 2),
            texts(placed, "figure", FIGURE_AT, FIGURE, is_told=True),
            texts(placed, "below", BELOW_AT, LIMITS),
        ],
        margin={"l": 2, "r": 2, "t": 0, "b": 0},
        xaxis=template.axis(range=[-0.5, len(measures) - 0.5], showticklabels=False),
        yaxis=template.axis(range=[bottom, top - HEADINGS / ROW], showticklabels=False),
    )


def fills(cells: pl.DataFrame, look: Look) -> template.Trace:
    """The cells of one look, one outline after the other with a break after each."""
    half, (top, foot) = 0.5 - GAP, CELL
    x: list[float | None] = []
    y: list[float | None] = []
    for column, middle in cells.select("column", "middle").iter_rows():
        left, right = column - half, column + half
        x += [left, right, right, left, left, None]
        y += [middle + top, middle + top, middle + foot, middle + foot, middle + top, None]
    return template.scatter(
        x=x,
        y=y,
        mode="lines",
        fill="toself",
        fillcolor=look.fill,
        line={"color": look.edge, "width": 1},
        **SILENT,
    )


def marks(cells: pl.DataFrame, look: Look) -> template.Trace:
    """The mark of one look at the left of each of its cells."""
    return template.scatter(
        x=[column + MARK for column in cells["column"]],
        y=[middle + sum(CELL) / 2 for middle in cells["middle"]],
        mode="markers",
        marker=marker(look),
        **SILENT,
    )


def headings(measures: list[str], middle: float) -> template.Trace:
    """Each measure's name over its column, folded to the room that a phone has."""
    room = PHONE / max(1, len(measures)) - 4
    return template.scatter(
        x=list(range(len(measures))),
        y=[middle] * len(measures),
        text=["<br>".join(folded(name, room, ON_A_PHONE)) for name in measures],
        mode="text",
        textfont=HEADING,
        cliponaxis=False,
        **SILENT,
    )


def texts(cells: pl.DataFrame, words: str, drop: float, font: dict, is_told: bool = False) -> template.Trace:
    """One line of every cell, in the ink that its fill takes; the figures are what is told of the cells."""
    inks = [LOOKS[look].ink if look in LOOKS else TEXT for look in cells["look"]]
    hover = (
        told(cells["said"].to_list(), cells["column"].to_list(), cells["area_name"].to_list()) if is_told else SILENT
    )
    return template.scatter(
        x=[column + WORDS for column in cells["column"]],
        y=[middle + drop for middle in cells["middle"]],
        text=[f"<b>{said}</b>" if is_told else said for said in cells[words].fill_null("")],
        mode="text",
        textfont={**font, "color": inks},
        cliponaxis=False,
        **hover,
    )
