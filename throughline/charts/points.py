"""What is told of each point of a chart, written once: a pointer over it shows it, and arrow keys walk the points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from throughline.charts.figure import plain
from throughline.charts.svg_marks import each
from throughline.wording.points import BREAK

SILENT = {"hoverinfo": "skip"}  # reference lines, limits and labels: what they show is told with the points


@dataclass(frozen=True)
class Point:
    """One point that is told: its trace, its number in the trace, where it stands in its series, and its words."""

    curve: int
    number: int
    at: float
    words: str


@dataclass(frozen=True)
class Series:
    """Points that are read one after the other."""

    name: str
    points: Sequence[Point]


def told(
    words: Sequence[str],
    at: Sequence[float],
    series: str | Sequence[str] = "",
    turn: int | Sequence[int] = 0,
) -> dict[str, Any]:
    """The settings of a trace whose points are told; one without words is not.

    `at` is where each stands in its series (its year, its row), so that a series can go through several traces.
    `series` and `turn` are one for all or one a point. Series are read by their turn, and of one turn as drawn.
    """
    return {
        "hoverinfo": "text",
        "hovertext": list(words),
        "customdata": list(at),
        "meta": {"series": series, "turn": turn},
    }


def point_words(figure: go.Figure) -> list[Series]:
    """Every point that a figure tells, in the order in which it is read; a trace that is not `told` has none."""
    held: dict[str, list[Point]] = {}
    turns: dict[str, int] = {}
    for curve, trace in enumerate(plain(figure)["data"]):
        told_words = trace.get("hovertext")
        if told_words is None:
            continue
        series, turn = trace["meta"]["series"], trace["meta"]["turn"]
        for number, (words, at) in enumerate(zip(told_words, trace["customdata"], strict=True)):
            if not words:
                continue
            name = each(series, number)
            turns.setdefault(name, each(turn, number))
            held.setdefault(name, []).append(Point(curve, number, at, words.replace(BREAK, " ")))
    return [
        Series(name, sorted(held[name], key=lambda point: point.at)) for name in sorted(held, key=turns.__getitem__)
    ]
