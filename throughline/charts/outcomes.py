"""What notifications come to, month by month: the share that has reached one outcome, with its limits."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.points import SILENT, told
from throughline.charts.template import DARK_BLUE, DARK_GREY
from throughline.wording import points as words

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
            *(
                [line(england, ["share"], DARK_GREY, "dash", told_months(england, words.ENGLAND))]
                if england.height
                else []
            ),
            *([line(own, ["lower", "upper"], DARK_BLUE, "dot", SILENT)] if own["upper"].drop_nulls().len() else []),
            line(own, ["share"], DARK_BLUE, "solid", told_months(own)),
        ],
        margin={"l": 48, "r": 14, "t": 8, "b": 50},
        xaxis=template.axis_along_the_foot(
            range=[0, months + 0.3],
            tickvals=list(range(0, months + 1, 3 if months <= 12 else 6)),
            title={"text": "Months since notification", "font": template.SMALL, "standoff": 8},
        ),
        yaxis=template.axis(
            range=[0, 101], tickvals=[0, 25, 50, 75, 100], ticktext=["0%", "25%", "50%", "75%", "100%"], showgrid=True
        ),
    )


def told_months(curve: pl.DataFrame, series: str = "") -> dict[str, Any]:
    """What is told of each month, and of the gap at the end of the line nothing; England's after the area's own."""
    drawn = curve.sort("months")
    by = f"{series}, by month" if series else "By month"
    said = [words.share_at(f"{by} {row['months']}", row) for row in drawn.iter_rows(named=True)]
    return told([*said, ""], at=[*drawn["months"], 0], series=series, turn=int(bool(series)))


def line(curve: pl.DataFrame, columns: list[str], colour: str, dash: str, hover: dict[str, Any]) -> template.Trace:
    """One line, or both limits with a gap between them; broken where the release gives no limit."""
    drawn = curve.sort("months")
    months, shares = [], []
    for column in columns:
        months += [*drawn["months"], None]
        shares += [*(None if share is None else 100 * share for share in drawn[column]), None]
    return template.scatter(
        x=months,
        y=shares,
        mode="lines",
        connectgaps=False,
        line={"color": colour, "width": {"solid": 3, "dash": 2, "dot": 1.5}[dash], "dash": dash},
        **hover,
    )
