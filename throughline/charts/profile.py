"""Charts of the question "What should I ask this partnership?"."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.named_rows import NamedRows, named_rows
from throughline.charts.points import SILENT, told
from throughline.charts.template import DARK_BLUE, DARK_GREY, ORANGE, TEXT, WHITE
from throughline.wording import points as words

ROW, EDGES = 58, 48  # pixels: a name with its dot below it; the axis
NAME_LIFT, DOT_DROP = 0.24, 0.14  # of a row, from its middle
THIN = 1.5
BAR, BAR_EDGES = 46, 44


def places_with_intervals(rows: pl.DataFrame, unit: str) -> go.Figure:
    """The partnership first, then what it is read against: each a dot with its 95% interval and, thinner, its 99.8%.

    `rows` has name, label, shown, is_own, value and the four limits, in the order in which they are drawn.
    """
    scale = 100 if unit == "proportion" else 1
    x_axis = value_axis(rows, unit, scale)
    named = named_rows(rows["name"].to_list(), rows["label"].to_list(), ROW, rows["is_own"].to_list())
    placed = named.placed(rows)
    own, others = placed.filter("is_own"), placed.filter(~pl.col("is_own"))
    end = x_axis["range"][1] / scale
    return template.figure(
        EDGES + named.height,
        [
            limits_only(own, scale, end),
            dots(others, scale, end, "square", DARK_GREY, 9, told_places(others, unit)),
            dots(own, scale, end, "circle", DARK_BLUE, 13, told_places(own, unit)),
        ],
        margin={"l": 12, "r": 14, "t": 4, "b": 38},
        xaxis=x_axis,
        yaxis=template.axis(range=named.range, showticklabels=False),
        shapes=[template.line_down(1, "dot", 1.5)] if unit == "observed_over_expected" else [],
        annotations=[*row_names(named), *as_expected(unit)],
    )


def as_expected(unit: str) -> list[dict[str, Any]]:
    """Names the line at which as many came as were expected."""
    if unit != "observed_over_expected":
        return []
    return [template.label(1, 0, "as expected", yref="paper", yanchor="bottom", xanchor="left", xshift=4)]


def limits_only(rows: pl.DataFrame, scale: int, end: float) -> template.Trace:
    """The 99.8% interval as a thin line under the point."""
    return dots(rows, scale, end, "circle", DARK_BLUE, 1, SILENT, ("lower998", "upper998"), THIN)


def told_places(rows: pl.DataFrame, unit: str) -> dict[str, Any]:
    """What is told of each row with a value."""
    known = rows.filter(pl.col("value").is_not_null())
    return told([words.place(row, unit) for row in known.iter_rows(named=True)], at=known["place"].to_list())


def dots(
    rows: pl.DataFrame,
    scale: int,
    end: float,
    symbol: str,
    colour: str,
    size: int,
    hover: dict[str, Any],
    limits: tuple[str, str] = ("lower95", "upper95"),
    thickness: float = 4,
) -> template.Trace:
    """Points with intervals; a row without a value has none, and a limit not reached runs to the end of the scale."""
    known = rows.filter(pl.col("value").is_not_null())
    low, high = limits
    ends = known.with_columns(
        pl.col(low).fill_null(pl.col("value")), pl.max_horizontal(pl.col(high).fill_null(end), "value").alias(high)
    )
    centre, lower, upper = ([scale * number for number in ends[name]] for name in ("value", low, high))
    return template.scatter(
        x=centre,
        y=[middle + DOT_DROP for middle in known["middle"]],
        mode="markers",
        cliponaxis=True,
        marker={"color": colour, "size": size, "symbol": symbol, "line": {"color": WHITE, "width": 1}},
        error_x={**template.intervals(centre, lower, upper, colour), "thickness": thickness},
        **hover,
    )


def value_axis(rows: pl.DataFrame, unit: str, scale: int) -> dict[str, Any]:
    """A percentage from 0 to 100; all else from zero to the highest limit that is no more than half empty scale."""
    if unit == "proportion":
        ticks = [0, 25, 50, 75, 100]
        return template.axis(
            range=[-2, 102], tickvals=ticks, ticktext=[f"{tick}%" for tick in ticks], showgrid=True, tickangle=0
        )
    known = rows.filter(pl.col("value").is_not_null())
    highest = max([*known["upper95"].drop_nulls(), *known["value"]], default=1.0) or 1.0
    beyond = max(known.filter("is_own")["upper998"].drop_nulls(), default=highest)
    end = scale * min(max(highest, beyond), 2 * highest)
    return template.axis(range=[-0.02 * end, 1.05 * end], nticks=5, showgrid=True, tickangle=0)


def row_names(named: NamedRows) -> list[dict[str, Any]]:
    """Each row's name at the left and its figure at the right, or why there is none, over any line down."""
    white = {"xref": "paper", "bgcolor": WHITE, "borderpad": 0}
    return [
        template.label(edge, height, text, xanchor=side, **{**white, "align": side})
        for edge, side, texts, heights in (
            (0, "left", named.names, named.heights(NAME_LIFT)),
            (1, "right", named.figures, named.first_lines(NAME_LIFT)),
        )
        for height, text in zip(heights, texts, strict=True)
    ]


def yearly_counts(rows: pl.DataFrame, height: int = 210) -> go.Figure:
    """One kind of event by year: bars from zero, each with its 95% interval; a year without a number says so.

    `rows` has year, count, lower, upper and shown.
    """
    known = rows.with_row_index("place").filter(pl.col("count").is_not_null())
    highest = max([*known["upper"].drop_nulls(), *known["count"], 1.0])
    centre = known["count"].to_list()
    return template.figure(
        height,
        [
            template.bar(
                x=known["place"].to_list(),
                y=centre,
                width=0.62,
                marker={"color": ORANGE, "line": {"color": TEXT, "width": 1}},
                error_y={
                    **template.intervals(centre, known["lower"].to_list(), known["upper"].to_list(), TEXT),
                    "thickness": 1.5,
                },
                **told(
                    [words.year_of_count(row) for row in known.iter_rows(named=True)],
                    at=known["place"].to_list(),
                ),
            )
        ],
        margin={"l": 36, "r": 6, "t": 8, "b": 48},
        xaxis=template.axis(
            range=[-0.6, rows.height - 0.4],
            tickvals=list(range(rows.height)),
            # The number stands under its year, where neither a bar nor an interval can cover it.
            ticktext=[f"’{year[2:]}<br><b>{shown}</b>" for year, shown in rows.select("year", "shown").iter_rows()],
            tickangle=0,
        ),
        yaxis=template.axis(showgrid=True, range=[0, 1.06 * highest], nticks=4, tickformat=",d"),
    )
