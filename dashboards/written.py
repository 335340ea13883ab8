"""A page as its script is sent it: charts as data, and all around them as HTML.

Dash would send every element as a component of its own. A page has thousands, most of them cells of tables, and its
script took half a second to go through them; as HTML, they are put in place by the browser itself (assets/written.js).
"""

from typing import Any

import orjson
import plotly.graph_objects as go
from dash.development.base_component import Component

from dashboards.component_trees import COMPONENT, Filled, properties
from dashboards.render import to_html
from throughline.charts.figure import plain

CHART = "Graph"


def written(node: Any) -> bytes:
    """Components and texts, in dicts or lists, as JSON."""
    holders: set[int] = set()
    find_charts(node, holders)
    return orjson.dumps(sendable(node, holders), default=plain_figure, option=orjson.OPT_SERIALIZE_NUMPY)


def find_charts(node: Any, holders: set[int]) -> bool:
    """Whether a chart is in a part of a page; the identities of all parts that hold one are added to `holders`."""
    kind = type(node)
    if kind is list or kind is tuple:
        holds = [find_charts(child, holders) for child in node]  # each is looked into, and not until the first is found
        return any(holds)
    if kind is dict:
        return find_charts(list(node.values()), holders)
    if type(kind) is not COMPONENT:
        return False
    holds_one = node._type == CHART or find_charts(getattr(node, "children", None), holders)
    if holds_one:
        holders.add(id(node))
    return holds_one


def sendable(node: Any, holders: set[int]) -> Any:
    """A part of a page as dicts and lists: charts and what is around them as components, all else as HTML."""
    kind = type(node)
    if kind is list or kind is tuple:
        return [sendable(child, holders) for child in node]
    if kind is dict:
        return {name: sendable(value, holders) for name, value in node.items()}
    if kind is Filled:
        return node.to_plotly_json()
    if type(kind) is not COMPONENT:
        return node
    if id(node) not in holders:
        return as_html(node)
    props = properties(node)
    if "children" in props:
        props["children"] = sendable(props["children"], holders)
    return {"props": props, "type": node._type, "namespace": node._namespace}


def as_html(node: Component) -> dict[str, Any]:
    """An element that holds no chart, for assets/written.js: its tag, its attributes and the HTML inside."""
    attributes = properties(node)
    inside = to_html(attributes.pop("children", None))
    props = {"tag": node._type.lower(), "attributes": attributes, **({"html": inside} if inside else {})}
    return {"props": props, "type": "Written", "namespace": "throughline"}


def plain_figure(figure: Any) -> dict[str, Any]:
    """A chart's figure as JSON can hold it; a page has nothing else that is no text, list or dict."""
    if not isinstance(figure, go.Figure):
        raise TypeError(f"A page cannot hold a {type(figure).__name__}.")
    return plain(figure)
