"""A figure that is what it was given until somebody asks Plotly for more."""

from typing import Any

import plotly.graph_objects as go


class Figure(go.Figure):
    """Holds its plain settings; Plotly's own objects, which take longer to make than most charts, wait to be asked for.

    A page sends the settings as they are and never asks.
    """

    def __init__(self, data: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        self._data, self._layout = data, layout

    def __reduce__(self) -> tuple:
        """A copy is made of the plain settings as well."""
        return type(self), (self._data, self._layout)

    def __getattr__(self, name: str) -> Any:
        """Comes where nothing of this name is set, which is until Plotly has set a figure up."""
        if "_data_objs" in vars(self):
            raise AttributeError(name)
        # It is set up apart and taken over whole: two threads may ask for the same chart.
        vars(self).update(vars(go.Figure(data=self._data, layout=self._layout, _validate=False)))
        return getattr(self, name)


def plain(figure: go.Figure) -> dict[str, Any]:
    """A figure's own dicts, which must not be changed: Plotly copies them first, which takes most of its time."""
    return {"data": figure._data, "layout": figure._layout}
