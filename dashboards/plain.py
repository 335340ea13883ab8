"""Components as the plain dicts and lists that are sent: what Dash itself makes of them, in a third of the time."""

from collections.abc import Iterator
from functools import partial
from types import NoneType
from typing import Any

from dash import html
from dash.development.base_component import Component

WILD = ("data-", "aria-")  # the properties of an element that no list names one by one


def written_at_once(box: html.Div) -> html.Div:
    """The same box, which is written out with all that is in it in one go."""
    # Of this one box only: Dash would look for the script of any other kind of component.
    # And of a copy: one that held itself would stay in memory, with thousands of components, until searched for.
    box.to_plotly_json = partial(plain, like(box))
    return box


def like(made: Component, **others: Any) -> Component:
    """Another component with the same properties but for these; to have Dash check each of thousands takes long."""
    other = object.__new__(type(made))
    vars(other).update(vars(made), **others)
    return other


def plain(node: Any) -> Any:
    """A component with all its children as dicts and lists; figures and values stay as they are."""
    if isinstance(node, (str, NoneType)):
        return node
    if isinstance(node, (list, tuple)):
        return [plain(child) for child in node]
    if not isinstance(node, Component):
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
        if isinstance(child, (list, tuple)):
            waiting.extend(reversed(child))
        elif isinstance(child, Component):
            yield child
            waiting.append(getattr(child, "children", None))


def properties(node: Component) -> dict[str, Any]:
    """What is set of a component, in the order in which Dash names it."""
    held = vars(node)
    named = {name: held[name] for name in node._prop_names if name in held}
    named.update((name, value) for name, value in held.items() if name.startswith(WILD))
    return named
