"""Colours, type and axes that every chart shares (Analysis Function palette, white background, few gridlines)."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts.figure import Figure

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"
CONTEXT_GREY = "#BFBFBF"  # for what is not the point: always labelled or outlined as well

TEXT = "#0B0C0C"
WHITE = "#FFFFFF"
GRIDLINE = "#DEE0E2"
PALETTE = {DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE, CONTEXT_GREY, TEXT, WHITE, GRIDLINE}

FONT = {"family": "Arial, sans-serif", "size": 16, "color": TEXT}
SMALL = {"family": "Arial, sans-serif", "size": 14, "color": TEXT}

# The toolbar can send a chart's data to an outside service, and adds eleven stops for the Tab key.
CONFIG = {"displayModeBar": False, "showSendToCloud": False, "responsive": True, "scrollZoom": False}


Trace = dict[str, Any]  # the settings of one set of marks, as `scatter` or `bar` gives them


def scatter(**settings: Any) -> Trace:
    """Points, a line or texts."""
    return trace("scatter", settings)


def bar(**settings: Any) -> Trace:
    """Bars."""
    return trace("bar", settings)


def trace(kind: str, settings: dict[str, Any]) -> Trace:
    """The settings of a trace with what a frame gave of them as lists."""
    given = {name: value.to_list() if isinstance(value, pl.Series) else value for name, value in settings.items()}
    return {"type": kind, **given}


def figure(height: int, traces: list[Trace], **layout: Any) -> go.Figure:
    """A figure in the house look; drawing is by hand, so Plotly's own template stays off.

    Plotly does not check it here, which took up to a quarter of a page's time: the tests have it check every chart.
    """
    base = {
        "template": {},
        "height": height,
        "font": FONT,
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "showlegend": False,
        "margin": {"l": 56, "r": 16, "t": 24, "b": 48},
        "hoverlabel": {"bgcolor": WHITE, "bordercolor": TEXT, "font": SMALL},
        "dragmode": False,
        "autosize": True,
        "xaxis": axis(),
        "yaxis": axis(showgrid=True),
    }
    return Figure(traces, {**base, **layout})


def axis(**settings: Any) -> dict[str, Any]:
    """One axis: fixed in place, quiet, with light gridlines only where asked."""
    quiet = {
        "fixedrange": True,
        "showgrid": False,
        "gridcolor": GRIDLINE,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "tickfont": SMALL,
        "separatethousands": True,
        "automargin": False,
    }
    return {**quiet, **settings}


def axis_along_the_foot(**settings: Any) -> dict[str, Any]:
    """An axis whose labels stand below marks, so that the first is clear of the zero of the axis beside it."""
    return axis(ticks="outside", ticklen=9, tickcolor=DARK_GREY, **settings)


def line_across(y: float, dash: str, width: float = 1.5) -> dict[str, Any]:
    """A level, over the whole width."""
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": pen(dash, width)}


def line_down(x: float, dash: str, width: float = 2) -> dict[str, Any]:
    """A value, over the whole height."""
    return {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": x, "x1": x, "line": pen(dash, width)}


def pen(dash: str, width: float) -> dict[str, Any]:
    """How every reference line is drawn; the dash tells one from another."""
    return {"color": DARK_GREY, "width": width, "dash": dash}


def label(x: Any, y: Any, text: str, **settings: Any) -> dict[str, Any]:
    """A direct label in dark text, with no arrow."""
    return {"x": x, "y": y, "text": text, "showarrow": False, "font": SMALL, "align": "left", **settings}


def intervals(centre: list[float], lower: list[float], upper: list[float], colour: str) -> dict[str, Any]:
    """Bars from the lower to the upper limit around each point."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - middle for middle, high in zip(centre, upper, strict=True)],
        "arrayminus": [middle - low for middle, low in zip(centre, lower, strict=True)],
        "color": colour,
        "thickness": 2,
        "width": 0,
    }
