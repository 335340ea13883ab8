"""Turns a tree of Dash components into HTML on the server: for each page's frame, and for readers without scripts."""

from html import escape
from typing import Any

from dash.development.base_component import Component

RENAMED = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex"}
VOID = {"br", "hr", "img", "input", "meta", "link"}
NOT_ATTRIBUTES = {"children", "style", "key", "n_clicks"}


def to_html(node: Any) -> str:
    """The HTML of a component, a text, or a list of either; a chart has none, and its table stands in for it."""
    if node is None:
        return ""
    if isinstance(node, (list, tuple)):
        return "".join(to_html(child) for child in node)
    if not isinstance(node, Component):
        return escape(str(node))
    if node._namespace != "dash_html_components":
        return ""
    tag = node._type.lower()
    properties = node.to_plotly_json()["props"]
    opening = f"<{tag}{''.join(attribute(name, value) for name, value in properties.items())}>"
    return opening if tag in VOID else f"{opening}{to_html(properties.get('children'))}</{tag}>"


def attribute(name: str, value: Any) -> str:
    """One attribute: true alone by its name, false and null left out."""
    if name in NOT_ATTRIBUTES or value is None or value is False:
        return ""
    name = RENAMED.get(name, name.lower())
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
