"""The chart of the question "Do partnerships differ by more than chance?"."""

from itertools import accumulate
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.points import told
from throughline.charts.template import DARK_BLUE, DARK_PINK, WHITE
from throughline.wording import medians
from throughline.wording import points as words
from throughline.wording.reasons import reason_in_short

ROW_OF_LINES = {1: 34, 2: 38, 3: 48}  # pixels, by the lines that the longest name takes
MOST_LINES = max(ROW_OF_LINES)  # a longer name gets a higher row of its own
EDGES = 92  # above and below the rows: the two reference labels and the axis
LINE_OF_NAME = 17  # letters: what fits beside the dots on a phone
REFERENCES_SHOWN = 8  # times the reference value: one interval of a single case may run to a hundred


def dots_with_intervals(rows: pl.DataFrame, references: pl.DataFrame, unit: str) -> go.Figure:
    """Each partnership's value and 95% interval in name order, with England and the group as lines.

    `rows` has one row a partnership (area_name, label, shown, value, lower95, upper95, status, reason, differs);
    `references` one row a line (area_name, value).
    """
    ordered = rows.sort("area_name")
    names = ordered["area_name"].to_list()
    lines = [wrap(name, LINE_OF_NAME) for name in names]
    row = ROW_OF_LINES[min(MOST_LINES, max(map(len, lines), default=1))]
    places, rows_high = row_places(names, [max(1.0, len(each) / MOST_LINES) for each in lines])
    scale = 100 if unit == "proportion" else 1
    x_axis = value_axis(ordered, references, unit, scale)
    lines_down, line_names = reference_lines(references, scale, x_axis["range"][1])
    return template.figure(
        EDGES + round(row * max(1, rows_high)),
        [
            dots(ordered.filter(~pl.col("differs")), places, unit, x_axis, DARK_BLUE, "circle"),
            dots(ordered.filter(pl.col("differs")), places, unit, x_axis, DARK_PINK, "diamond"),
        ],
        margin={"l": 132, "r": 62, "t": 40, "b": 52},
        xaxis=x_axis,
        yaxis=template.axis(
            range=[rows_high - 0.5, -0.5],
            tickvals=list(places.values()),
            ticktext=["<br>".join(parts) for parts in lines],
            showgrid=True,
            tickfont={**template.SMALL, "size": 13},
        ),
        shapes=lines_down,
        annotations=[*line_names, *row_labels(ordered, places), *heading_of_labels(ordered, unit)],
    )


def row_places(names: list[str], heights: list[float]) -> tuple[dict[str, float], float]:
    """Where the middle of each row is, from the top, and how high all are together; one row is 1 high as a rule."""
    ends = list(accumulate(heights))
    middles = [end - height / 2 - 0.5 for end, height in zip(ends, heights, strict=True)]
    return dict(zip(names, middles, strict=True)), ends[-1] if ends else 1.0


def dots(
    rows: pl.DataFrame, places: dict[str, float], unit: str, x_axis: dict[str, Any], colour: str, symbol: str
) -> template.Trace:
    """Points with their intervals; a row with no number has no point, and a limit not reached runs off the scale."""
    scale = 100 if unit == "proportion" else 1
    known = rows.filter(pl.col("value").is_not_null())
    ends = known.with_columns(
        pl.col("lower95").fill_null(0), pl.col("upper95").fill_null(x_axis["range"][1] / scale)
    ).with_columns(upper95=pl.max_horizontal("upper95", "value"))
    centre, lower, upper = ([scale * number for number in ends[name]] for name in ("value", "lower95", "upper95"))
    return template.scatter(
        x=centre,
        y=[places[name] for name in known["area_name"]],
        # What is told is what the table says: a fraction, never a percentage of a few cases.
        **told(
            [words.compared(row, unit) for row in known.iter_rows(named=True)],
            at=[places[name] for name in known["area_name"]],
        ),
        mode="markers",
        cliponaxis=False,
        marker={"color": colour, "size": 11, "symbol": symbol, "line": {"color": WHITE, "width": 1}},
        error_x=template.intervals(centre, lower, upper, colour),
    )


def value_axis(rows: pl.DataFrame, references: pl.DataFrame, unit: str, scale: int) -> dict[str, Any]:
    """From zero to the highest limit, or to where one wide interval would squeeze the rest; a percentage to 100."""
    if unit == "proportion":
        return template.axis(range=[-2, 102], tickvals=[0, 50, 100], ticktext=["0%", "50%", "100%"], showgrid=True)
    end = min(highest_limit(rows, references), scale_end(rows, references)) * scale
    return template.axis(range=[-0.02 * end, 1.05 * end], nticks=5, showgrid=True)


def highest_limit(rows: pl.DataFrame, references: pl.DataFrame) -> float:
    """The highest upper limit or reference value."""
    return max([*rows["upper95"].drop_nulls(), *references["value"].drop_nulls()], default=1.0) or 1.0


def scale_end(rows: pl.DataFrame, references: pl.DataFrame) -> float:
    """No scale runs further than this: every dot is on it, and so many times the highest reference value."""
    reference = references["value"].drop_nulls().max() or float("inf")
    return max([REFERENCES_SHOWN * reference, *rows["value"].drop_nulls()])


def is_cut(rows: pl.DataFrame, references: pl.DataFrame, unit: str) -> bool:
    """Whether an interval runs off the scale, so that the page must say so."""
    endless = bool(rows.filter(pl.col("value").is_not_null())["upper95"].null_count())
    return endless or (unit != "proportion" and highest_limit(rows, references) > scale_end(rows, references))


def reference_lines(
    references: pl.DataFrame, scale: int, axis_end: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """England solid, the group dashed, and their names, one above the other so that they never touch."""
    lines, names = [], []
    styles = [("solid", 30), ("dash", 12)]
    for row, (dash, lift) in zip(references.iter_rows(named=True), styles, strict=False):
        if row["value"] is None:
            continue
        x = scale * row["value"]
        side = "right" if x > axis_end / 2 else "left"
        lines.append(template.line_down(x, dash))
        names.append(template.label(x, 1, row["label"], yref="paper", yanchor="middle", yshift=lift, xanchor=side))
    return lines, names


def row_labels(rows: pl.DataFrame, places: dict[str, float]) -> list[dict[str, Any]]:
    """The fraction or count at the right of each row, and the status in words where there is no number."""
    labels = []
    for row in rows.iter_rows(named=True):
        place = places[row["area_name"]]
        if row["value"] is None:
            words = row["shown"] if row["reason"] == "low_reliability" else reason_in_short(row)
            note = template.label(0, place, words, xref="paper", xanchor="left", xshift=6)
            labels.append({**note, "bgcolor": WHITE})
        else:
            labels.append(template.label(1, place, row["label"], xref="paper", xanchor="left", xshift=6))
    return labels


def heading_of_labels(rows: pl.DataFrame, unit: str) -> list[dict[str, Any]]:
    """What the numbers at the right are, as the table heads its column; nothing where there is none."""
    labels = rows.filter(pl.col("value").is_not_null())["label"].to_list()
    if not labels:
        return []
    heading = medians.label_heading(labels) if unit == "days" else "Cases"
    return [
        template.label(1, 1, heading, xref="paper", yref="paper", yanchor="middle", xanchor="left", xshift=6, yshift=12)
    ]
