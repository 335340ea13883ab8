"""Turns a tree of Dash components into HTML on the server: what a reader sees before, or without, any script."""

from html import escape
from typing import Any

import plotly.graph_objects as go
from dash.development.base_component import Component

from dashboards import plain
from throughline.charts.svg import to_svg

RENAMED = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex"}
VOID = {"br", "hr", "img", "input", "meta", "link"}
NOT_ATTRIBUTES = {"children", "style", "key", "n_clicks"}
# Pixels, by the class of the box: one of three charts beside each other, and one that takes the room of two.
PANELS = {"app-panels": 353, "app-panels__wide": 727}
WIDE = 1100  # pixels: a chart over the width of a page
SCRIPT_ONLY = "app-script-only"  # the class of what does nothing without a script; the style sheet keeps its room free


def to_html(node: Any, chart_width: int = WIDE) -> str:
    """The HTML of a component, a text, or a list of either; a chart is drawn as it will stand on a wide screen."""
    if node is None:
        return ""
    if isinstance(node, (list, tuple)):
        return "".join(to_html(child, chart_width) for child in node)
    if not isinstance(node, Component):
        return escape(str(node))
    if node._type == "Graph":
        return drawing(node, chart_width)
    if node._namespace != "dash_html_components":
        return ""
    tag = node._type.lower()
    properties = plain.properties(node)
    chart_width = PANELS.get(properties.get("className", ""), chart_width)
    opening = f"<{tag}{''.join(attribute(name, value) for name, value in properties.items())}>"
    return opening if tag in VOID else f"{opening}{to_html(properties.get('children'), chart_width)}</{tag}>"


def drawing(graph: Component, width: int) -> str:
    """A chart without a script; its words stand on the image around it."""
    figure: go.Figure = graph.figure
    svg = to_svg(figure, "", "", f"first-{graph.id}", width)
    return f'<div class="app-first-drawing" aria-hidden="true" style="min-height: {figure.layout.height}px">{svg}</div>'


def attribute(name: str, value: Any) -> str:
    """One attribute: true alone by its name, false and null left out."""
    if name in NOT_ATTRIBUTES or value is None or value is False:
        return ""
    name = RENAMED.get(name, name.lower())
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
