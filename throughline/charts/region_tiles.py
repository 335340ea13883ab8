"""The nine regions as large tiles that have room for a figure and its interval."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.points import told
from throughline.charts.tile_looks import CHOSEN, LOOKS, bold, marker

HIGH = 112  # pixels of a tile
GAP = 0.03  # of a tile: from its edge to the middle between two
WORDS = {**template.SMALL, "size": 13}
MARK = 1.25  # times as large as in the map of authorities

# Column from the west and row from the north.
PLACES = {
    "E12000001": (1, 0),
    "E12000002": (0, 1),
    "E12000003": (1, 1),
    "E12000005": (0, 2),
    "E12000004": (1, 2),
    "E12000006": (2, 2),
    "E12000009": (0, 3),
    "E12000008": (1, 3),
    "E12000007": (2, 3),
}


def regions(rows: pl.DataFrame) -> go.Figure:
    """Each region with its own figure, its interval and how it stands to England.

    `rows` has region_code, region_name, look, shown, interval, said and is_in_group.
    """
    placed = [(*PLACES[row["region_code"]], row) for row in rows.iter_rows(named=True)]
    return template.figure(
        4 * HIGH + 8,
        [mark_of(x, y, row) for x, y, row in placed if LOOKS[row["look"]].symbol],
        margin={"l": 2, "r": 2, "t": 4, "b": 4},
        xaxis=template.axis(range=[-0.52, 2.52], showticklabels=False),
        yaxis=template.axis(range=[3.52, -0.52], showticklabels=False),
        shapes=[tile_of(x, y, row) for x, y, row in placed],
        annotations=[words_of(x, y, row) for x, y, row in placed],
    )


def tile_of(x: int, y: int, row: dict[str, Any]) -> dict[str, Any]:
    """A region's tile, filled by how it stands; under the mark that says the same."""
    look, half = LOOKS[row["look"]], 0.5 - GAP
    return {
        "type": "rect",
        "layer": "below",
        **{"x0": x - half, "x1": x + half, "y0": y - half, "y1": y + half},
        "fillcolor": look.fill,
        "line": CHOSEN if row["is_in_group"] else {"color": look.edge, "width": 1},
    }


def mark_of(x: int, y: int, row: dict[str, Any]) -> template.Trace:
    """The mark at the foot of a region's tile."""
    return template.scatter(
        x=[x],
        y=[y + 0.34],
        mode="markers",
        marker=marker(LOOKS[row["look"]], MARK),
        **told([row["said"]], [3 * y + x], "Regions"),
    )


def words_of(x: int, y: int, row: dict[str, Any]) -> dict[str, Any]:
    """A region's name, figure and interval, one below the other; where there is no figure, why."""
    name = bold(row["region_name"].replace(" and ", " and\n").replace(" of ", " of\n").split("\n"))
    said = "<br>".join(part for part in (name, row["shown"], row["interval"]) if part)
    font = {**WORDS, "color": LOOKS[row["look"]].ink}
    return template.label(x, y - 0.1, said, font=font, align="center")
