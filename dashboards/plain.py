"""Components as the plain dicts and lists that are sent: what Dash itself makes of them, in a fraction of the time."""

from collections.abc import Iterator
from typing import Any

import orjson
import plotly.graph_objects as go
from dash.development.base_component import Component

# The kind of which every kind of component is one. To ask each of thousands of values whether it is an instance of the
# abstract Component takes longer than all else that is done with it.
COMPONENT = type(Component)
# What a component holds beside the properties that were set of it.
NO_PROPERTIES = {
    "_prop_names",
    "_valid_wildcard_attributes",
    "available_properties",
    "available_wildcard_properties",
}


def written(node: Any) -> bytes:
    """Components, texts and figures, in dicts or lists, as JSON."""
    return orjson.dumps(plain(node), default=plain_figure, option=orjson.OPT_SERIALIZE_NUMPY)


def plain_figure(figure: Any) -> dict[str, Any]:
    """A figure's own dicts, which must not be changed: Plotly copies them first, which takes most of its time."""
    if not isinstance(figure, go.Figure):
        raise TypeError(f"A page cannot hold a {type(figure).__name__}.")
    return {"data": figure._data, "layout": figure._layout}


def like(made: Component, **others: Any) -> Component:
    """Another component with the same properties but for these; to have Dash check each of thousands takes long."""
    other = object.__new__(type(made))
    vars(other).update(vars(made), **others)
    return other


def plain(node: Any) -> Any:
    """A component with all its children as dicts and lists; figures and values stay as they are."""
    kind = type(node)
    if kind is str or node is None:
        return node
    if kind is list or kind is tuple:
        return [plain(child) for child in node]
    if kind is dict:
        return {name: plain(value) for name, value in node.items()}
    if type(kind) is not COMPONENT:
        return node
    props = properties(node)
    if "children" in props:
        props["children"] = plain(props["children"])
    return {"props": props, "type": node._type, "namespace": node._namespace}


def components_in(node: Any) -> Iterator[Component]:
    """Every component below one, or below a list of them, in the order in which they stand."""
    waiting = [node if isinstance(node, (list, tuple)) else getattr(node, "children", None)]
    while waiting:
        child = waiting.pop()
        kind = type(child)
        if kind is list or kind is tuple:
            waiting.extend(reversed(child))
        elif type(kind) is COMPONENT:
            yield child
            waiting.append(getattr(child, "children", None))


def properties(node: Component) -> dict[str, Any]:
    """What is set of a component."""
    return {name: value for name, value in vars(node).items() if name not in NO_PROPERTIES}
