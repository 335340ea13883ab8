"""From referral to local review as a funnel of cohorts: at each step all its cases, and those that led to the next."""

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.named_rows import named_rows
from throughline.charts.points import SILENT, told
from throughline.charts.template import CONTEXT_GREY, DARK_BLUE, ORANGE, TEXT
from throughline.wording import points as words

ROW = 66  # pixels: a cohort's name, its bar and room below
EDGES = 48  # pixels: the axis under the rows
BAR = 0.36  # of a row
NAME_LIFT, BAR_DROP = 0.26, 0.12
AIR = 1.02  # times the largest cohort, so that an interval at its end is seen


def cohort_bars(steps: pl.DataFrame) -> go.Figure:
    """One bar a step, from nothing to all its cases; its filled part, with its 95% interval, led to the next.

    `steps` has cohort (what the cases of the step are), numerator, denominator, lower95, upper95 and shown, in the
    order of the process. A step whose counts may not be shown has its letter and no bar.
    """
    named = named_rows(steps["cohort"].to_list(), [said(row) for row in steps.iter_rows(named=True)], ROW)
    placed = named.placed(steps)
    known = placed.filter(pl.col("numerator").is_not_null() & (pl.col("denominator") > 0))
    end = AIR * max(1.0, known["denominator"].max() or 0.0)
    return template.figure(
        EDGES + named.height,
        [
            part(known, known["numerator"], DARK_BLUE, [words.led_on(row) for row in known.iter_rows(named=True)]),
            part(known, known["denominator"] - known["numerator"], CONTEXT_GREY),
            limits(known.filter(pl.col("lower95").is_not_null())),
            named.texts(NAME_LIFT, 0, end),
        ],
        barmode="stack",
        margin={"l": 18, "r": 22, "t": 4, "b": 40},
        xaxis=template.axis(range=[0, end], rangemode="tozero", nticks=6, showgrid=True),
        yaxis=template.axis(range=named.range, showticklabels=False),
    )


def part(known: pl.DataFrame, lengths: pl.Series, colour: str, told_words: list[str] | None = None) -> template.Trace:
    """The part of each cohort that led on, or the rest of it; edged, so that colour is not all that parts them."""
    hover = SILENT if told_words is None else told(told_words, at=known["place"].to_list())
    return template.bar(
        orientation="h",
        x=lengths,
        y=[middle + BAR_DROP for middle in known["middle"]],
        width=BAR,
        marker={"color": colour, "line": {"color": TEXT, "width": 1}},
        **hover,
    )


def limits(known: pl.DataFrame) -> template.Trace:
    """The interval of the share that led on, as cases of the cohort."""
    centre = known["numerator"].to_list()
    lower, upper = ((known[name] * known["denominator"]).to_list() for name in ("lower95", "upper95"))
    return template.scatter(
        x=centre,
        y=[middle + BAR_DROP for middle in known["middle"]],
        mode="markers",
        marker={"color": ORANGE, "size": 8, "symbol": "diamond", "line": {"color": TEXT, "width": 1}},
        error_x=template.intervals(centre, lower, upper, ORANGE),
        **SILENT,
    )


def said(row: dict) -> str:
    """The share of a cohort that led on, where there are enough for one, and how many they are."""
    if row["numerator"] is None or not row["denominator"]:
        return row["label"]
    return row["label"] if row["shown"].startswith(row["label"]) else f"{row['shown']}, {row['label']}"
