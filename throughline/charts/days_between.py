"""The days between one event and the next, with the limits that luck would keep to."""

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.points import told
from throughline.charts.template import DARK_BLUE, ORANGE, WHITE
from throughline.statistics import DaysBetween
from throughline.wording import days_between as words
from throughline.wording import rounded

WITH_NAMES = {"l": 56, "r": 112, "t": 24, "b": 56}
RULES = ["is_astronomical", "is_trend", "is_two_of_three", "is_shift"]


def t_chart(chart: DaysBetween, height: int = 360) -> go.Figure:
    """Each wait as a point at the event that ended it; only for a series that was not refused.

    A point with a signal is a dark square. The lower limit is drawn where there is one above nought.
    """
    levels = [(chart.upper, "dash", "Upper limit"), (chart.mean, "solid", "Usual wait")]
    if chart.lower:
        levels.append((chart.lower, "dash", "Lower limit"))
    points = chart.points.with_columns(is_flagged=pl.any_horizontal(RULES))
    top = max([chart.upper, *points["days"].to_list()])
    return template.figure(
        height,
        [_waits(points)],
        margin=WITH_NAMES,
        xaxis=template.axis(type="date", nticks=5, tickformat="%Y"),
        yaxis=template.axis(showgrid=True, range=[0, 1.1 * top], nticks=6),
        shapes=[template.line_across(level, dash) for level, dash, _ in levels],
        annotations=[
            template.label(1, level, f"{name}<br>{rounded(level)} days", xref="paper", xanchor="left", xshift=8)
            for level, _, name in levels
        ],
    )


def _waits(points: pl.DataFrame) -> template.Trace:
    flagged = points["is_flagged"].to_list()
    return template.scatter(
        x=[day.isoformat() for day in points["date"]],
        y=points["days"].to_list(),
        **told(
            [words.point(row) for row in points.iter_rows(named=True)],
            at=[day.toordinal() for day in points["date"]],
        ),
        mode="lines+markers",
        cliponaxis=False,
        line={"color": ORANGE, "width": 2},
        marker={
            "color": [DARK_BLUE if flag else WHITE for flag in flagged],
            "size": [12 if flag else 8 for flag in flagged],
            "symbol": ["square" if flag else "circle" for flag in flagged],
            "line": {"color": [DARK_BLUE if flag else ORANGE for flag in flagged], "width": 2},
            "opacity": 1,
        },
    )
