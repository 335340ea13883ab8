"""Charts of the question "Does the same recommendation come back?"."""

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.points import SILENT, told
from throughline.charts.template import DARK_BLUE, TEXT
from throughline.wording import points as words

ROW, EDGES = 46, 58  # pixels: a name with its bar below it; the axis
NAME_LIFT, BAR_DROP, BAR = 0.24, 0.16, 0.38  # of a row, from its middle
APART = "\N{NO-BREAK SPACE}" * 2  # between a bar and its words: a drawing drops a plain space that begins them
ROOM_BESIDE = 1.3  # times the longest bar, so that what is said of it stands beside it on a phone too


def count_bars(rows: pl.DataFrame, counted: str) -> go.Figure:
    """Counts as bars from zero, in the order given: each name above its bar, and what is said of it at the bar's end.

    `rows` has name, count and said, `counted` names the scale. A row without a count has its words and no bar.
    """
    placed = rows.with_row_index("place").with_columns(end=pl.col("count").fill_null(0))
    known = placed.filter(pl.col("count").is_not_null())
    longest = max([*placed["end"], 1])
    bars = [place + BAR_DROP for place in placed["place"]]
    return template.figure(
        EDGES + ROW * max(1, rows.height),
        [
            template.bar(
                orientation="h",
                x=known["count"].to_list(),
                y=[place + BAR_DROP for place in known["place"]],
                width=BAR,
                marker={"color": DARK_BLUE, "line": {"color": TEXT, "width": 1}},
                **told(
                    [words.counted(*each, counted) for each in known.select("name", "said").iter_rows()],
                    at=known["place"].to_list(),
                ),
            ),
            texts([0] * rows.height, [place - NAME_LIFT for place in placed["place"]], rows["name"].to_list()),
            texts(placed["end"].to_list(), bars, [f"{APART}{said}" for said in rows["said"]]),
        ],
        margin={"l": 14, "r": 14, "t": 2, "b": 52},
        xaxis=template.axis(
            range=[0, ROOM_BESIDE * longest],
            nticks=min(6, longest + 1),
            showgrid=True,
            tickformat=",d",
            title={"text": counted, "font": template.SMALL, "standoff": 6},
        ),
        yaxis=template.axis(range=[rows.height - 0.5, -0.5], showticklabels=False),
    )


def texts(x: list[float], y: list[float], written: list[str]) -> template.Trace:
    """Words that begin at each point."""
    return template.scatter(
        x=x,
        y=y,
        text=written,
        textposition="middle right",
        textfont=template.SMALL,
        mode="text",
        cliponaxis=False,
        **SILENT,
    )
