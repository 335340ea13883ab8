"""What notifications come to, month by month: the share that has reached one outcome, with its limits."""

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.template import DARK_BLUE, DARK_GREY

HEIGHT = 250
LEAST_MONTHS = 6  # the scale is no shorter, so that a short curve does not look like a long one


def months_shown(*curves: pl.DataFrame) -> int:
    """The last month that any of the curves holds, which panels side by side share as the end of their scale."""
    return max([LEAST_MONTHS, *(int(curve["months"].max()) for curve in curves if curve.height)])


def outcome_panel(own: pl.DataFrame, england: pl.DataFrame, months: int) -> go.Figure:
    """One outcome's share by month with dotted limits, and England's as a dashed line; no curve past its last row.

    Both frames have months, share, lower and upper; `england` is empty where the area is England.
    """
    return template.figure(
        HEIGHT,
        [
            *([line(england, ["share"], DARK_GREY, "dash", "England")] if england.height else []),
            *(
                [line(own, ["lower", "upper"], DARK_BLUE, "dot", "95% limits")]
                if own["upper"].drop_nulls().len()
                else []
            ),
            line(own, ["share"], DARK_BLUE, "solid", ""),
        ],
        margin={"l": 48, "r": 14, "t": 8, "b": 50},
        xaxis=template.axis(
            range=[0, months + 0.3],
            tickvals=list(range(0, months + 1, 3 if months <= 12 else 6)),
            title={"text": "Months since notification", "font": template.SMALL, "standoff": 8},
        ),
        yaxis=template.axis(
            range=[0, 101], tickvals=[0, 25, 50, 75, 100], ticktext=["0%", "25%", "50%", "75%", "100%"], showgrid=True
        ),
    )


def line(curve: pl.DataFrame, columns: list[str], colour: str, dash: str, name: str) -> go.Scatter:
    """One line, or both limits with a gap between them; broken where the release gives no limit."""
    drawn = curve.sort("months")
    months, shares = [], []
    for column in columns:
        months += [*drawn["months"], None]
        shares += [*(None if share is None else 100 * share for share in drawn[column]), None]
    return go.Scatter(
        x=months,
        y=shares,
        name=name,
        mode="lines",
        connectgaps=False,
        line={"color": colour, "width": {"solid": 3, "dash": 2, "dot": 1.5}[dash], "dash": dash},
        hovertemplate="%{x} months: %{y:.1f}%<extra></extra>",
    )
