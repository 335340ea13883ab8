"""Trees of thousands of Dash components, made and walked without what Dash does for each one."""

from collections.abc import Iterator
from typing import Any

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


class Filled:
    """An element filled with HTML that is written already, as cells of a table and options of a list are: thousands.

    What stands inside is texts of HTML and, between them, the few components that a page still looks for: links.
    """

    def __init__(self, tag: str, attributes: dict[str, Any], inside: list[Any]) -> None:
        self.tag, self.attributes, self.inside = tag, attributes, inside
        self.children = [part for part in inside if type(part) is not str]

    def to_plotly_json(self) -> dict[str, Any]:
        """What a page's script is sent of it (see written.py), also by Dash where a page is not written by us."""
        from dashboards.render import inside_of

        props = {"tag": self.tag, "attributes": self.attributes, "html": inside_of(self)}
        return {"props": props, "type": "Written", "namespace": "throughline"}


def like(made: Component, **others: Any) -> Component:
    """Another component with the same properties but for these; to have Dash check each of thousands takes long."""
    other = object.__new__(type(made))
    vars(other).update(vars(made), **others)
    return other


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
        elif kind is Filled:
            waiting.append(child.children)


def properties(node: Component) -> dict[str, Any]:
    """What is set of a component."""
    return {name: value for name, value in vars(node).items() if name not in NO_PROPERTIES}
