"""Turns a tree of Dash components into HTML on the server: what a reader sees before, or without, any script."""

from functools import lru_cache
from html import escape
from typing import Any

from dash.development.base_component import Component

from dashboards.component_trees import COMPONENT, NO_PROPERTIES, Filled
from throughline.charts.figure import plain
from throughline.charts.svg import to_svg

RENAMED = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex"}
VOID = {"br", "hr", "img", "input", "meta", "link"}
NOT_ATTRIBUTES = {"children", "style", "key", "n_clicks"}
NOT_WRITTEN = NOT_ATTRIBUTES | NO_PROPERTIES
# Pixels, by the class of the box: one of three charts beside each other, and one that takes the room of two.
PANELS = {"app-panels": 353, "app-panels__wide": 727}
WIDE = 1100  # pixels: a chart over the width of a page
SCRIPT_ONLY = "app-script-only"  # the class of what does nothing without a script; the style sheet keeps its room free


def to_html(node: Any, chart_width: int = WIDE) -> str:
    """The HTML of a component, a text, or a list of either; a chart is drawn as it will stand on a wide screen."""
    parts: list[str] = []
    write(node, chart_width, parts)
    return "".join(parts)


def write(node: Any, chart_width: int, parts: list[str]) -> None:
    """Adds the HTML of one node to what was written before it."""
    kind = type(node)
    if kind is str:
        parts.append(escape(node))
    elif kind is list or kind is tuple:
        for child in node:
            write(child, chart_width, parts)
    elif type(kind) is COMPONENT:
        write_component(node, chart_width, parts)
    elif kind is Filled:
        parts += (f"<{node.tag}{attributes_of(node.attributes)}>", inside_of(node), f"</{node.tag}>")
    elif node is not None:
        parts.append(escape(str(node)))


def write_component(node: Component, chart_width: int, parts: list[str]) -> None:
    """Adds a component with its children; a chart as a drawing."""
    if node._type == "Graph":
        parts.append(drawing(node, chart_width))
    if node._namespace != "dash_html_components":
        return
    tag, given = node._type.lower(), vars(node)
    parts.append(f"<{tag}{attributes_of(given)}>")
    if tag not in VOID:
        write(given.get("children"), PANELS.get(given.get("className", ""), chart_width), parts)
        parts.append(f"</{tag}>")


def inside_of(node: Filled) -> str:
    """What is written already, with the components that stand in it."""
    return "".join([part if type(part) is str else to_html(part) for part in node.inside])


def attributes_of(given: dict[str, Any]) -> str:
    """The attributes of an element, from all that is set of it."""
    return "".join([attribute(name, value) for name, value in given.items() if name not in NOT_WRITTEN])


def drawing(graph: Component, width: int) -> str:
    """A chart without a script; its words stand on the image around it."""
    svg = to_svg(graph.figure, "", "", f"first-{graph.id}", width)
    height = plain(graph.figure)["layout"]["height"]
    return f'<div class="app-first-drawing" aria-hidden="true" style="min-height: {height}px">{svg}</div>'


@lru_cache(maxsize=4096, typed=True)  # most are the same few class names
def attribute(name: str, value: Any) -> str:
    """One attribute: true alone by its name, false and null left out."""
    if value is None or value is False:
        return ""
    name = RENAMED.get(name, name.lower())
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
