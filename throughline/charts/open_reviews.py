"""Open reviews on a line of time: from the day a clock started, over the day it was due, to the day of the return."""

from datetime import date

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.named_rows import named_rows
from throughline.charts.points import SILENT, told
from throughline.charts.template import DARK_BLUE, DARK_GREY, ORANGE, TEXT, WHITE
from throughline.wording import points as words
from throughline.wording.values import month_in_short

ROW = 48  # pixels: a review's reference, its line and room below
EDGES = 64  # pixels: the day of the return above the rows, and the axis below them
NAME_LIFT, LINE_DROP = 0.26, 0.18
MOST_TICKS = 4
CLEAR, CLEAR_OF_THE_RETURN = 0.1, 0.05  # of the time shown: nearer to an end, half of a month's name would be cut off
AWAY = 0.012  # of the time shown: words end so far before the day of the return, whose line they would meet


def open_reviews(reviews: pl.DataFrame) -> go.Figure:
    """One row a review, in the order given: its time allowed, what lies past it, and the day it was due.

    `reviews` has record_ref, past (how far past its due day it is, in words), date_started, date_due and as_at_date,
    which is one day for all.
    """
    as_at = reviews["as_at_date"][0]
    named = named_rows(reviews["record_ref"].to_list(), reviews["past"].to_list(), ROW)
    placed = named.placed(reviews).with_columns(
        begun=(pl.col("date_started") - pl.col("as_at_date")).dt.total_days(),
        due=(pl.col("date_due") - pl.col("as_at_date")).dt.total_days(),
    )
    start, end = placed["begun"].min() * 1.03 - 1, max(0, placed["due"].max()) + 0.02 * -placed["begun"].min() + 1
    days, months = ticks(as_at, start)
    return template.figure(
        EDGES + named.height,
        [
            lines(placed.with_columns(end=pl.min_horizontal("due", pl.lit(0))), "begun", "end", DARK_BLUE, "solid", 6),
            lines(placed.filter(pl.col("due") < 0).with_columns(end=pl.lit(0)), "due", "end", ORANGE, "solid", 6),
            lines(placed.filter(pl.col("due") > 0).with_columns(end=pl.lit(0)), "end", "due", DARK_GREY, "dot", 2),
            due_days(placed),
            named.texts(NAME_LIFT, start, start * AWAY),
        ],
        margin={"l": 4, "r": 14, "t": 28, "b": 36},
        xaxis=template.axis(range=[start, end], tickvals=days, ticktext=months, showgrid=True),
        yaxis=template.axis(range=named.range, showticklabels=False),
        shapes=[template.line_down(0, "solid", 1.5)],
        annotations=[
            template.label(0, 1, words.DAY_OF_RETURN, yref="paper", xanchor="right", yanchor="bottom", align="right")
        ],
    )


def lines(rows: pl.DataFrame, start: str, end: str, colour: str, dash: str, width: int) -> template.Trace:
    """A stretch of each review's line, one after the other with a break after each."""
    x: list[int | None] = []
    y: list[float | None] = []
    for first, last, middle in rows.select(start, end, "middle").iter_rows():
        x += [first, last, None]
        y += [middle + LINE_DROP, middle + LINE_DROP, None]
    return template.scatter(x=x, y=y, mode="lines", line={"color": colour, "width": width, "dash": dash}, **SILENT)


def due_days(placed: pl.DataFrame) -> template.Trace:
    """The day on which each was or is due, which parts the time allowed from what lies past it."""
    return template.scatter(
        x=placed["due"].to_list(),
        y=[middle + LINE_DROP for middle in placed["middle"]],
        mode="markers",
        marker={"color": WHITE, "size": 12, "symbol": "diamond", "line": {"color": TEXT, "width": 2}},
        cliponaxis=False,
        **told([words.open_review(row) for row in placed.iter_rows(named=True)], at=placed["place"].to_list()),
    )


def ticks(as_at: date, start: float) -> tuple[list[int], list[str]]:
    """First days of some months between the earliest and the day of the return, in days from that day."""
    months = max(1, round(-start / 30.4))
    step = -(-months // MOST_TICKS)
    firsts = []
    year, month = as_at.year, as_at.month
    while (first := date(year, month, 1)) and (first - as_at).days > start:
        firsts.append(first)
        year, month = divmod(12 * year + month - 1 - step, 12)
        month += 1
    clear = [first for first in firsts if (1 - CLEAR) * start <= (first - as_at).days <= CLEAR_OF_THE_RETURN * start]
    firsts = clear or firsts
    return [(first - as_at).days for first in firsts], [month_in_short(first) for first in firsts]
