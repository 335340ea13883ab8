"""How far the recording of a characteristic went, as a ladder of states, and rate ratios between two kinds of doubt."""

from collections.abc import Iterator
from math import log2
from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.named_rows import PHONE, named_rows
from throughline.charts.points import SILENT, told
from throughline.charts.svg_text import width_of
from throughline.charts.template import (
    CONTEXT_GREY,
    DARK_BLUE,
    DARK_GREY,
    DARK_PINK,
    LIGHT_PURPLE,
    ORANGE,
    TEXT,
    TURQUOISE,
    WHITE,
)
from throughline.wording import points as words
from throughline.wording.recording import RUNGS
from throughline.wording.values import rounded

STAGE_ROW = 96  # pixels: a stage's name, its bar and the shares under it
RATIO_ROW = 66
BAR = 0.3  # of a row
NAME_LIFT, SHARE_DROP = 0.33, 0.26
LEAST_LABELLED = 0.05  # of all children: a narrower part leaves its share to the table
BELOW = 0.16  # of a row: a second line of shares, for those that would touch their neighbour's on a phone
APART = 4  # pixels
RATIO_ENDS = (1 / 4, 16)  # no ratio's range is drawn further

# Colour and hatching of each state: what was recorded is blue, the more solid the more was made of it.
LOOKS = {
    "considered": (DARK_BLUE, ""),
    "partly_considered": (DARK_BLUE, "/"),
    "not_considered": (DARK_BLUE, "."),
    "not_assessed": (DARK_BLUE, "-"),
    "recorded": (TURQUOISE, ""),
    "refused": (LIGHT_PURPLE, ""),
    "not_known": (CONTEXT_GREY, ""),
    "not_asked": (ORANGE, ""),
    "no_prompt": (ORANGE, "x"),
    "blank": (DARK_GREY, ""),
}


def ladder_bars(rungs: pl.DataFrame, stages: list[tuple[str, str]]) -> go.Figure:
    """One bar a stage, from nothing to all its children, in parts by state; each stage's name and total above it.

    `rungs` has stage, state, children and share; `stages` the codes of the stages in order, with their words.
    """
    held = [state for state in LOOKS if state in set(rungs["state"])]
    return template.figure(
        40 + STAGE_ROW * len(stages),
        [*(part(rungs, state, stages) for state in held), texts(rungs, stages)],
        barmode="stack",
        margin={"l": 18, "r": 22, "t": 4, "b": 36},
        xaxis=template.axis(
            range=[0, 100.5], tickvals=[0, 25, 50, 75, 100], ticktext=["0%", "25%", "50%", "75%", "100%"]
        ),
        yaxis=template.axis(range=[len(stages) - 0.5, -0.5], showticklabels=False),
    )


def part(rungs: pl.DataFrame, state: str, stages: list[tuple[str, str]]) -> template.Trace:
    """One state's part of every bar, outlined so that neighbours are told apart without colour."""
    colour, hatch = LOOKS[state]
    order = {code: place for place, (code, _) in enumerate(stages)}
    rows = rungs.filter(pl.col("state") == state)
    return template.bar(
        orientation="h",
        x=[100 * share for share in rows["share"]],
        y=[order[stage] for stage in rows["stage"]],
        width=BAR,
        name=state,
        marker={
            "color": WHITE if hatch else colour,
            "line": {"color": TEXT, "width": 1},
            **({"pattern": {"shape": hatch, "fgcolor": colour, "bgcolor": WHITE}} if hatch else {}),
        },
        **told_stages(rungs, state, stages),
    )


def told_stages(rungs: pl.DataFrame, state: str, stages: list[tuple[str, str]]) -> dict[str, Any]:
    """What is told of a state at each stage: each bar is a series, read along its parts."""
    names = {code: name.partition(":")[0] for code, name in stages}
    every = dict(rungs.group_by("stage").agg(pl.col("children").sum()).iter_rows())
    rows, order = rungs.filter(pl.col("state") == state), list(names)
    return told(
        [
            words.rung(names[stage], RUNGS[state], children, every[stage])
            for stage, children in rows.select("stage", "children").iter_rows()
        ],
        at=[list(LOOKS).index(state)] * rows.height,
        series=rows["stage"].to_list(),
        turn=[order.index(stage) for stage in rows["stage"]],
    )


def texts(rungs: pl.DataFrame, stages: list[tuple[str, str]]) -> template.Trace:
    """The stages' names above their bars, and under each part that is wide enough its share."""
    x: list[float] = [0.0] * len(stages)
    y: list[float] = [place - NAME_LIFT for place in range(len(stages))]
    words, sides = [f"<b>{words}</b>" for _, words in stages], ["middle right"] * len(stages)
    for place, (stage, _) in enumerate(stages):
        held = {row["state"]: row["share"] for row in rungs.filter(pl.col("stage") == stage).iter_rows(named=True)}
        for middle, line, said in shares_said([held.get(state, 0.0) for state in LOOKS]):
            x.append(middle)
            y.append(place + SHARE_DROP + line * BELOW)
            words.append(said)
            sides.append("middle center")
    return template.scatter(
        x=x,
        y=y,
        text=words,
        textposition=sides,
        textfont=template.SMALL,
        mode="text",
        cliponaxis=False,
        **SILENT,
    )


def shares_said(shares: list[float]) -> Iterator[tuple[float, int, str]]:
    """The middle of each part that is wide enough, the line on which its share has room on a phone, and the share."""
    start, ends = 0.0, [0.0, 0.0]
    for share in shares:
        middle, said = start + share / 2, f"{rounded(100 * share)}%"
        start += share
        half = (width_of(said, template.SMALL["size"]) + APART) / 2 / PHONE
        line = next((line for line in (0, 1) if middle - half >= ends[line] or not ends[line]), None)
        if share < LEAST_LABELLED or line is None:
            continue
        ends[line] = middle + half
        yield 100 * middle, line, said


def ratio_dots(rows: pl.DataFrame) -> go.Figure:
    """Each group's rate over everybody else's, with its 95% interval, and below it the range left by unknowns.

    `rows` has name, said, ratio, ratio_lower95, ratio_upper95, lowest_ratio and highest_ratio. The scale is one of
    doublings, so that twice and half are as far from 1; a group without a ratio has its words and no dot.
    """
    named = named_rows(rows["name"].to_list(), rows["said"].to_list(), RATIO_ROW)
    placed = named.placed(rows).filter(pl.col("ratio").is_not_null())
    low, high = (log2(end) for end in RATIO_ENDS)
    return template.figure(
        64 + named.height,
        [unknown_ranges(placed), ratios(placed), named.texts(NAME_LIFT, low, high)],
        margin={"l": 18, "r": 22, "t": 26, "b": 36},
        xaxis=template.axis(
            range=[low, high],
            tickvals=[-2, -1, 0, 1, 2, 3, 4],
            ticktext=["¼", "½", "1", "2", "4", "8", "16"],
            showgrid=True,
        ),
        yaxis=template.axis(range=named.range, showticklabels=False),
        shapes=[template.line_down(0, "solid", 1.5)],
        annotations=[
            template.label(0, 1, "As often as others", yref="paper", yanchor="bottom", xanchor="left", yshift=4)
        ],
    )


def ratios(placed: pl.DataFrame) -> template.Trace:
    """The ratios with their 95% intervals, in doublings."""
    centre, lower, upper = (doublings(placed[name]) for name in ("ratio", "ratio_lower95", "ratio_upper95"))
    return template.scatter(
        x=centre,
        y=[middle + 0.02 for middle in placed["middle"]],
        mode="markers",
        marker={"color": DARK_BLUE, "size": 11, "symbol": "circle", "line": {"color": WHITE, "width": 1}},
        error_x=template.intervals(centre, lower, upper, DARK_BLUE),
        **told([words.ratio(row) for row in placed.iter_rows(named=True)], at=placed["place"].to_list()),
    )


def unknown_ranges(placed: pl.DataFrame) -> template.Trace:
    """Dotted lines from the ratio with none of the unknown in the group to that with all of them."""
    x: list[float | None] = []
    y: list[float | None] = []
    ends = zip(doublings(placed["lowest_ratio"]), doublings(placed["highest_ratio"]), placed["middle"], strict=True)
    for lower, upper, middle in ends:
        x += [lower, upper, None]
        y += [middle + 0.24, middle + 0.24, None]
    return template.scatter(
        x=x,
        y=y,
        mode="lines",
        connectgaps=False,
        line={"color": DARK_PINK, "width": 3, "dash": "dot"},
        **SILENT,
    )


def doublings(numbers: pl.Series) -> list[Any]:
    """Ratios as powers of two, kept on the scale."""
    low, high = RATIO_ENDS
    return [log2(min(high, max(low, number))) for number in numbers]
