"""A finding on a page: its charts with their table, or words and tables with the charts folded away."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html

from dashboards import components
from throughline.charts.figure import plain
from throughline.charts.template import CONFIG


def graph(name: str, figure: go.Figure, alternative: str) -> html.Div:
    """One chart as one image with a text alternative; the keyboard reads it from outside (see point_reading)."""
    layout = plain(figure)["layout"]
    height = f"{layout['height']}px"
    drawing = dcc.Graph(id=name, figure=figure, config=CONFIG, style={"height": height})
    # On one scale for both axes, less width makes a drawing less high, and its box must follow.
    is_square = "scaleanchor" in layout["yaxis"]
    box = {"aspectRatio": str(aspect(layout)), "maxHeight": height} if is_square else None
    kind = "app-graph app-graph--square" if is_square else "app-graph"
    return html.Div(drawing, role="img", className=kind, style=box, **{"aria-label": alternative})


def aspect(layout: dict[str, Any]) -> float:
    """How wide a drawing with one scale for both axes is, in heights."""
    (left, right), (bottom, top) = layout["xaxis"]["range"], layout["yaxis"]["range"]
    return round(abs(right - left) / abs(bottom - top), 3)


def finding(
    name: str,
    heading: str,
    measured: str,
    drawing: components.Child,
    data: components.Child,
    caveat: str,
    as_at: str,
    before: components.Child = None,
    data_title: str = "Show these figures as a table",
    is_open: bool = True,
    after: components.Child = None,
    terms: components.Child = None,
) -> html.Section:
    """A chart with its finding above it, and its table, caveat and as-at date below, which stay where it cannot be."""
    title = f"{name}-title"
    told = [html.P(caveat) if caveat else None, html.P(as_at, className="app-as-at")]
    return html.Section(
        [
            html.H2(heading, id=title, className="govuk-heading-l app-finding__title"),
            html.P(measured, className="app-finding__measure"),
            terms,
            before,
            html.Figure(
                [drawing, html.Figcaption(told)],
                className="app-figure",
                **{"aria-labelledby": title},
            )
            if drawing is not None
            else html.Div(html.Div(told, className="app-figure__told"), className="app-figure"),
            components.details(data_title, data, is_open) if data else None,
            after,
        ],
        className="app-finding",
    )


def finding_in_words(
    name: str,
    heading: str,
    measured: str,
    alternatives: Sequence[str],
    data: components.Child,
    drawing: components.Child,
    caveat: str,
    as_at: str,
    before: components.Child = None,
    after: components.Child = None,
    terms: components.Child = None,
) -> html.Section:
    """The same finding for who prefers words: what the charts show is said, then the tables; the charts are folded."""
    return html.Section(
        [
            html.H2(heading, id=f"{name}-title", className="govuk-heading-l app-finding__title"),
            html.P(measured, className="app-finding__measure"),
            terms,
            before,
            *(html.P(words, className="govuk-body app-prose") for words in alternatives),
            html.Div(
                html.Div([html.P(caveat) if caveat else None, html.P(as_at, className="app-as-at")]),
                className="app-figure__told app-figure",
            ),
            html.Div(data),
            components.details(
                "Show the chart" if len(alternatives) == 1 else "Show the charts", drawing, is_open=False
            ),
            after,
        ],
        className="app-finding",
    )
