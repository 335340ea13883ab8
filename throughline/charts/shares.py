"""Shares of one area, each a dot with its interval, and England's beside it: one row a measure, or one a year."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.named_rows import named_rows
from throughline.charts.points import told
from throughline.charts.template import DARK_BLUE, DARK_GREY, DARK_PINK, WHITE
from throughline.wording import points as words

ROW, ROW_ALONE = 72, 56  # pixels: a row's name, its dots and room below; less where England does not stand beside
EDGES = 44  # pixels: the axis under the rows
NAME_LIFT, DOT_DROP, ENGLAND_DROP = 0.26, 0.08, 0.3  # of a row, from its middle


def beside_england(rows: pl.DataFrame) -> go.Figure:
    """One row a measure in the order given: its name and its cases above, its dot, and England's square below it.

    `rows` has name, label, shown, value, lower95, upper95, differs and the same three numbers of England.
    """
    every = rows.to_dicts()
    has_england = any(row["england_value"] is not None for row in every)
    named = named_rows([row["name"] for row in every], [said(row) for row in every], ROW if has_england else ROW_ALONE)
    placed = [
        {**row, "place": place, "middle": middle}
        for place, (row, middle) in enumerate(zip(every, named.middles, strict=True))
    ]
    drawn = [row for row in placed if row["value"] is not None]
    return template.figure(
        EDGES + named.height,
        [
            *england_points([row for row in placed if row["england_value"] is not None]),
            *points([row for row in drawn if row["differs"] is False], "circle", DARK_BLUE),
            *points([row for row in drawn if row["differs"]], "diamond", DARK_PINK),
            named.texts(NAME_LIFT, 0, 100),
        ],
        margin={"l": 18, "r": 22, "t": 4, "b": 36},
        xaxis=template.axis(
            range=[-1, 101], tickvals=[0, 25, 50, 75, 100], ticktext=["0%", "25%", "50%", "75%", "100%"], showgrid=True
        ),
        # A light line between rows, so that a name is not read with the dots above it.
        yaxis=template.axis(range=named.range, showticklabels=False, showgrid=True, tickvals=named.between),
    )


def points(drawn: list[dict[str, Any]], symbol: str, colour: str) -> list[template.Trace]:
    """Dots with their intervals, where there are any."""
    if not drawn:
        return []
    hover = told([words.share(row) for row in drawn], at=[row["place"] for row in drawn])
    return [dots(drawn, ("value", "lower95", "upper95"), DOT_DROP, hover, symbol, colour, 12)]


def england_points(drawn: list[dict[str, Any]]) -> list[template.Trace]:
    """England's values as hollow squares, where there are any."""
    if not drawn:
        return []
    columns = ("england_value", "england_lower95", "england_upper95")
    at = [row["place"] for row in drawn]
    hover = told([words.england_share(row) for row in drawn], at=at, series=words.ENGLAND, turn=1)
    return [dots(drawn, columns, ENGLAND_DROP, hover, "square-open", DARK_GREY, 9)]


def dots(
    drawn: list[dict[str, Any]],
    columns: tuple[str, str, str],
    drop: float,
    hover: dict[str, Any],
    symbol: str,
    colour: str,
    size: int,
) -> template.Trace:
    """One set of points, each with its interval."""
    centre, lower, upper = ([100 * row[name] for row in drawn] for name in columns)
    outline = {"color": colour, "width": 2} if symbol.endswith("open") else {"color": WHITE, "width": 1}
    return template.scatter(
        x=centre,
        y=[row["middle"] + drop for row in drawn],
        mode="markers",
        cliponaxis=False,
        marker={"color": colour, "size": size, "symbol": symbol, "line": outline},
        error_x=template.intervals(centre, lower, upper, colour),
        **hover,
    )


def said(row: dict[str, Any]) -> str:
    """A value with its cases; the fraction alone where it stands in place of a percentage.

    Cases without a value bear the letter that says why nothing is drawn of them.
    """
    if row["value"] is None:
        return row["label"] if row["label"].startswith("[") else f"{row['label']} [{row['status']}]"
    if row["shown"].startswith(row["label"]):
        return row["label"]
    return f"{row['shown']}, {row['label']}"
