"""Charts of what came before notification, and of notifications against the number expected."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.notification_trends import year_axis
from throughline.charts.points import SILENT, told
from throughline.charts.template import DARK_BLUE, DARK_PINK, ORANGE, TEXT, WHITE
from throughline.wording import points as words

STEPS = 120  # points on the line of few
TOP_ROOM, SIDE_ROOM = 1.08, 1.06
NAMED_AT_MOST = 8  # more names than these would touch on a phone; the table has them all


def yearly_points(rows: pl.DataFrame, unit: str, height: int = 240) -> go.Figure:
    """A value by year with its 95% interval, from zero; a year without one has no point.

    `rows` has year, value, lower, upper and shown.
    """
    scale = 100 if unit == "proportion" else 1
    known = rows.filter(pl.col("value").is_not_null())
    centre, lower, upper = ([scale * number for number in known[name]] for name in ("value", "lower", "upper"))
    top = 100 if unit == "proportion" else TOP_ROOM * max([*upper, 1.0])
    return template.figure(
        height,
        [
            template.scatter(
                x=[int(year) for year in known["year"]],
                y=centre,
                mode="markers",
                cliponaxis=False,
                marker={"color": ORANGE, "size": 10, "symbol": "diamond", "line": {"color": TEXT, "width": 1}},
                error_y=template.intervals(centre, lower, upper, ORANGE),
                **told(
                    [words.year(row, unit) for row in known.iter_rows(named=True)],
                    at=[int(year) for year in known["year"]],
                ),
            )
        ],
        margin={"l": 48, "r": 12, "t": 12, "b": 56},
        xaxis=year_axis([int(year) for year in rows["year"]]),
        yaxis=template.axis(
            showgrid=True,
            range=[0, top],
            nticks=5,
            tickformat=",~r",
            ticksuffix="%" if unit == "proportion" else "",
        ),
    )


def few_against_expected(rows: pl.DataFrame, level: float, height: int = 430) -> go.Figure:
    """Each partnership's notifications over the number expected, with the line below which luck would seldom put one.

    `rows` has area_name, count, expected and is_few; those below the line are diamonds, named where they are not many.
    """
    end = SIDE_ROOM * max([*rows["expected"], 1.0])
    top = TOP_ROOM * max([*rows["count"], end])
    few = rows.filter("is_few").sort("expected")
    return template.figure(
        height,
        [
            line_of_few(end, level),
            points(rows.filter(~pl.col("is_few")), "circle", WHITE, DARK_BLUE, 8, turn=1),
            points(few, "diamond", DARK_PINK, DARK_PINK, 11, turn=0),
        ],
        margin={"l": 52, "r": 14, "t": 34, "b": 56},
        xaxis=template.axis(
            range=[0, end],
            nticks=6,
            tickangle=0,
            title={"text": "Number expected", "font": template.SMALL, "standoff": 10},
        ),
        yaxis=template.axis(showgrid=True, range=[-0.02 * top, top], nticks=6, tickformat=",~r"),
        shapes=[as_many_as_expected(min(end, top))],
        annotations=[*names(few, end), *line_names(end, top)],
    )


def line_of_few(end: float, level: float) -> template.Trace:
    """The largest count that luck would give less often than the level, at each number expected."""
    from scipy.stats import poisson

    expected = [end * step / STEPS for step in range(1, STEPS + 1)]
    counts = (poisson.ppf(level, expected) - 1).tolist()
    kept = [(each, count + 0.5) for each, count in zip(expected, counts, strict=True) if count >= 0]
    return template.scatter(
        x=[each for each, _ in kept],
        y=[count for _, count in kept],
        mode="lines",
        line={"color": template.DARK_GREY, "width": 2, "dash": "dash"},
        **SILENT,
    )


def points(rows: pl.DataFrame, symbol: str, fill: str, edge: str, size: int, turn: int) -> template.Trace:
    """One set of partnerships, read from the fewest expected to the most; those that stand out come first."""
    return template.scatter(
        x=rows["expected"].to_list(),
        y=rows["count"].to_list(),
        **told(
            [words.of_watch(row) for row in rows.iter_rows(named=True)],
            at=rows["expected"].to_list(),
            series=symbol,
            turn=turn,
        ),
        mode="markers",
        cliponaxis=False,
        marker={"color": fill, "size": size, "symbol": symbol, "line": {"color": edge, "width": 1.5}},
    )


def as_many_as_expected(end: float) -> dict[str, Any]:
    """The line on which as many came as were expected."""
    return {"type": "line", "x0": 0, "y0": 0, "x1": end, "y1": end, "line": template.pen("solid", 1.5)}


def names(few: pl.DataFrame, end: float) -> list[dict[str, Any]]:
    """The names of those below the line, beside their points, where there is room for them."""
    if few.height > NAMED_AT_MOST:
        return []
    # Below the line there are none but these: right of one and below it there is room.
    return [
        template.label(
            row["expected"],
            row["count"],
            row["area_name"],
            xanchor="center" if row["expected"] > 0.7 * end else "left",
            xshift=0 if row["expected"] > 0.7 * end else 9,
            yshift=-16 if row["expected"] > 0.7 * end else -8 - 14 * (place % 2),
            bgcolor=WHITE,
        )
        for place, row in enumerate(few.iter_rows(named=True))
    ]


def line_names(end: float, top: float) -> list[dict[str, Any]]:
    """What the solid line is, and what runs upwards; the dashed line is in the key."""
    at = min(end, top)
    return [
        template.label(0.7 * at, 0.7 * at, "as many as expected", xanchor="right", xshift=-8, yshift=10),
        template.label(0, 1, "Number notified", xref="paper", yref="paper", xanchor="left", xshift=-44, yshift=20),
    ]
