"""A figure as a static SVG, without a browser: for files, packs and print, where no script may run.

Only what our own charts use is known. Anything else is refused by name, since a chart drawn wrongly is worse than none.
"""

from collections import defaultdict
from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from throughline.charts.figure import plain
from throughline.charts.svg_axes import Axis, make_square
from throughline.charts.svg_bars import Bars
from throughline.charts.svg_known import check
from throughline.charts.svg_marks import path, pen, placed, scatter, stepped, unbroken
from throughline.charts.svg_text import CannotDraw, height_of, px, text_element, width_of

WIDTH = 960  # pixels, as wide as a page shows a chart
GRID = "#EEEEEE"
INK = "#444444"
TICK = 5  # pixels, the length of a tick
AWAY = 3  # pixels between a tick and its label


def to_svg(figure: go.Figure, title: str, description: str, name: str = "chart", width: int | None = None) -> str:
    """The figure as one SVG element whose title and description are read out in place of the picture."""
    return _Drawing(figure, width).svg(title, description, name)


class _Drawing:
    def __init__(self, figure: go.Figure, width: int | None) -> None:
        settings = plain(figure)  # Plotly is not asked: charts are shared between pages, and are to stay as they are
        self.layout = settings["layout"]
        self.font = {"size": 12, "color": INK, **self.layout.get("font", {})}
        self.traces = [trace for trace in settings["data"] if trace.get("visible") is not False]
        self._refuse_what_is_unknown()
        self.traces = [{**trace, "textfont": {**self.font, **trace.get("textfont", {})}} for trace in self.traces]
        self.width = width or self.layout.get("width") or WIDTH
        self.height = self.layout.get("height") or 450
        margin = {"l": 80, "r": 80, "t": 100, "b": 80, **self.layout.get("margin", {})}
        self.left, self.top = margin["l"], margin["t"]
        self.right, self.bottom = self.width - margin["r"], self.height - margin["b"]
        self.with_bars: set[str] = set()
        self.values = self._values()
        self.axes = self._axes()
        self._make_room()

    def _refuse_what_is_unknown(self) -> None:
        layout = {key: value for key, value in self.layout.items() if key[:5] not in ("xaxis", "yaxis")}
        check("layout", layout)
        for trace in self.traces:
            kind = trace.get("type", "scatter")
            if kind not in ("scatter", "bar"):
                raise CannotDraw(f"A trace of type {kind!r} cannot be drawn; only scatter and bar.")
            check(kind, trace)
        if self.layout.get("showlegend", len(self.traces) > 1):
            raise CannotDraw("A legend cannot be drawn: name things directly, and set showlegend=False.")
        if (self.layout.get("template") or {}).get("layout"):
            raise CannotDraw('A template cannot be drawn: use throughline.charts.template, or template="none".')
        for key, value in self.layout.items():
            if key[:5] in ("xaxis", "yaxis"):
                check("axis", value)
        for one in self.layout.get("annotations", []):
            check("annotation", one)
        for one in self.layout.get("shapes", []):
            check("shape", one)

    def _values(self) -> dict[str, list[Any]]:
        """Every value that an axis must find room for."""
        values: dict[str, list[Any]] = defaultdict(list)
        for trace in self.traces:
            for letter in "xy":
                found = list(trace[letter]) if trace.get(letter) is not None else []
                spread = trace.get(f"error_{letter}") or {}
                if spread.get("array") is not None:
                    down = spread["arrayminus"] if spread.get("arrayminus") is not None else spread["array"]
                    found += [value + more for value, more in zip(found, spread["array"], strict=False)]
                    found += [value - less for value, less in zip(trace[letter], down, strict=True)]
                values[trace.get(f"{letter}axis") or letter] += found
            if trace.get("type") == "bar":
                along = "x" if trace.get("orientation") == "h" else "y"
                values[trace.get(f"{along}axis") or along] += [0, *self._stack(along)]
                self.with_bars.add(trace.get(f"{along}axis") or along)
        return values

    def _stack(self, along: str) -> list[float]:
        """How far bars reach that stand on each other."""
        if self.layout.get("barmode") not in ("stack", "relative"):
            return []
        ends: dict[Any, float] = defaultdict(float)
        for trace in self.traces:
            if trace.get("type") == "bar":
                for at, length in zip(trace["y" if along == "x" else "x"], trace[along], strict=True):
                    ends[at] += length or 0
        return list(ends.values())

    def _axes(self) -> dict[str, Axis]:
        axes = {name: self._axis(name) for name in sorted({*self.values, "x", "y"})}
        for axis in axes.values():
            if anchor := axis.settings.get("scaleanchor"):
                make_square(axes[anchor], axis)
        return axes

    def _axis(self, name: str) -> Axis:
        settings = self.settings(name)
        start, length = (self.left, self.right - self.left) if name[0] == "x" else (self.bottom, self.top - self.bottom)
        first, last = (start + share * length for share in settings.get("domain", (0, 1)))
        return Axis(name, settings, self.values[name], first, last, name in self.with_bars)

    def settings(self, name: str) -> dict[str, Any]:
        """What was set for one axis."""
        return self.layout.get(f"{name[0]}axis{name[1:]}") or {}

    def _make_room(self) -> None:
        """Wider or deeper margins for axes that ask for it."""
        for name, axis in list(self.axes.items()):
            if axis.settings.get("automargin") and name[0] == "y":
                self.left = max(self.left, axis.widest_label() + TICK + 2 * AWAY)
        self.axes = self._axes()

    def svg(self, title: str, description: str, name: str) -> str:
        """The whole element."""
        below, above = [], []
        for number, one in enumerate(self.layout.get("shapes", [])):
            (below if one.get("layer") == "below" else above).append(self._shape(number, one))
        grids = "".join(self._grid(axis) for axis in self.axes.values())
        data, free, hatches = self._data(name)
        ticks = "".join(self._ticks(axis) for axis in self.axes.values())
        words = "".join(self._annotation(one) for one in self.layout.get("annotations", []))
        body = (
            self._clipped(name, "".join(below)) + grids + self._zero_lines() + self._clipped(name, data) + ticks + free
        )
        clip = f'<clipPath id="{name}-plot"><rect {self._plot()}/></clipPath>'
        ground = (
            f'<rect width="{self.width}" height="{self.height}" fill="{self.layout.get("paper_bgcolor", "#fff")}"/>'
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-name {name}-words" '
            f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}" '
            f'font-family="{escape(self.font.get("family", "Arial, sans-serif"))}">'
            f'<title id="{name}-name">{escape(title)}</title><desc id="{name}-words">{escape(description)}</desc>'
            f"<defs>{clip}{hatches}</defs>{ground}{body}{self._clipped(name, ''.join(above))}{words}</svg>"
        )

    def _plot(self) -> str:
        wide, high = self.right - self.left, self.bottom - self.top
        return f'x="{px(self.left)}" y="{px(self.top)}" width="{px(wide)}" height="{px(high)}"'

    def _clipped(self, name: str, parts: str) -> str:
        return f'<g clip-path="url(#{name}-plot)">{parts}</g>' if parts else ""

    def _data(self, name: str) -> tuple[str, str, str]:
        """What is cut at the edge of the plot, what may stand over it, and the hatchings that both use."""
        cut, free, hatches = [], [], ""
        bars = [trace for trace in self.traces if trace.get("type") == "bar"]
        pairs = {(trace.get("xaxis") or "x", trace.get("yaxis") or "y") for trace in bars}
        for pair in sorted(pairs):
            own = [trace for trace in bars if (trace.get("xaxis") or "x", trace.get("yaxis") or "y") == pair]
            group = Bars(own, self.layout, *(self.axes[axis] for axis in pair))
            for part, stands_out in group.drawn():
                (free if stands_out else cut).append(part.replace("url(#@", f"url(#{name}-{'-'.join(pair)}-"))
            hatches += group.definitions(f"{name}-{'-'.join(pair)}")
        before: dict[tuple[str, str], list] = defaultdict(list)
        for trace in (trace for trace in self.traces if trace.get("type", "scatter") == "scatter"):
            pair = (trace.get("xaxis") or "x", trace.get("yaxis") or "y")
            x_axis, y_axis = (self.axes[axis] for axis in pair)
            faint = f'<g opacity="{px(trace["opacity"])}">' if trace.get("opacity") is not None else ""
            for part, stands_out in scatter(trace, x_axis, y_axis, before[pair]):
                whole = f"{faint}{part}</g>" if faint and part else part
                (free if stands_out and trace.get("cliponaxis") is False else cut).append(whole)
            runs = [stepped(run, trace) for run in unbroken(placed(trace, x_axis, y_axis), True)]
            before[pair] = [point for run in runs for point in run]
        return "".join(cut), "".join(free), hatches

    def _across(self, axis: Axis) -> Axis:
        """The axis that crosses this one."""
        anchor = axis.settings.get("anchor") or ("y" if axis.is_x else "x")
        return self.axes.get(anchor) or self.axes["y" if axis.is_x else "x"]

    def _grid(self, axis: Axis) -> str:
        settings = axis.settings
        if settings.get("visible") is False or not settings.get("showgrid", True) or not self._is_used(axis):
            return ""
        line = {
            "color": settings.get("gridcolor", GRID),
            "width": settings.get("gridwidth", 1),
            "dash": settings.get("griddash", "solid"),
        }
        places = [place for place, _ in axis.ticks()]
        return (
            f'<path d="{"".join(self._line_at(axis, place) for place in places)}" fill="none"{pen(line)}/>'
            if places
            else ""
        )

    def _line_at(self, axis: Axis, place: float) -> str:
        other = self._across(axis)
        ends = [(place, other.start), (place, other.end)]
        return path(ends if axis.is_x else [(y, x) for x, y in ends])

    def _is_used(self, axis: Axis) -> bool:
        return bool(self.values[axis.name]) or axis.settings.get("range") is not None

    def _zero_lines(self) -> str:
        lines = []
        for axis in self.axes.values():
            settings = axis.settings
            shown = settings.get("visible") is not False and settings.get("zeroline", True) and axis.kind == "linear"
            if shown and self._is_used(axis) and axis.holds(axis.at(0)):
                line = {"color": settings.get("zerolinecolor", INK), "width": settings.get("zerolinewidth", 1)}
                lines.append(f'<path d="{self._line_at(axis, axis.at(0))}" fill="none"{pen(line)}/>')
        return "".join(lines)

    def _ticks(self, axis: Axis) -> str:
        settings = axis.settings
        if settings.get("visible") is False or not self._is_used(axis):
            return ""
        if settings.get("tickangle") not in (None, 0, "auto"):
            raise CannotDraw("Slanted labels cannot be drawn: text stands level.")
        if settings.get("side", "bottom" if axis.is_x else "left") not in ("bottom", "left"):
            raise CannotDraw(f"The {axis.name} axis cannot stand at the {settings['side']}.")
        edge = self._across(axis).start
        length = settings.get("ticklen", TICK) if settings.get("ticks") == "outside" else 0
        parts = [self._axis_line(axis, edge)]
        marks = [(place, length) for place, _ in axis.ticks()] if length else []
        if (settings.get("minor") or {}).get("ticks") == "outside":
            marks += [(place, 0.6 * settings.get("ticklen", TICK)) for place in axis.small_ticks()]
        if marks:
            steps = "".join(
                path([(place, edge), (place, edge + long)] if axis.is_x else [(edge, place), (edge - long, place)])
                for place, long in marks
            )
            parts.append(f'<path d="{steps}" fill="none"{pen({"color": settings.get("tickcolor", INK), "width": 1})}/>')
        font = {**self.font, **(settings.get("tickfont") or {})}
        deepest = 0.0
        for place, text in axis.ticks() if settings.get("showticklabels", True) else ():
            high = height_of(text, font["size"])
            deepest = max(deepest, high)
            if axis.is_x:
                parts.append(text_element(place, edge + length + AWAY + high / 2, text, font, "middle"))
            else:
                parts.append(text_element(edge - length - AWAY, place, text, font, "end"))
        return "".join(parts) + self._axis_title(axis, edge + length + AWAY + deepest)

    def _axis_line(self, axis: Axis, edge: float) -> str:
        if not axis.settings.get("showline"):
            return ""
        ends = [(axis.start, edge), (axis.end, edge)]
        line = {"color": axis.settings.get("linecolor", INK), "width": axis.settings.get("linewidth", 1)}
        return f'<path d="{path(ends if axis.is_x else [(y, x) for x, y in ends])}" fill="none"{pen(line)}/>'

    def _axis_title(self, axis: Axis, below_labels: float) -> str:
        title = axis.settings.get("title") or {}
        if not title.get("text"):
            return ""
        if not axis.is_x:
            raise CannotDraw("A title beside the upright axis cannot be drawn: text stands level.")
        font = {**self.font, **(title.get("font") or {})}
        high = height_of(title["text"], font["size"])
        lowest = self.height - high / 2 - 1
        middle = min(below_labels + title.get("standoff", 10) + high / 2 - AWAY, lowest)
        return text_element((axis.start + axis.end) / 2, middle, title["text"], font, "middle")

    def _place(self, reference: str, value: Any) -> float:
        """A place given on an axis, on a share of an axis, or on a share of the plot."""
        name, _, is_share = reference.partition(" ")
        if name == "paper":
            raise KeyError(name)
        axis = self.axes[name]
        return axis.part(float(value)) if is_share else axis.at(value)

    def _x(self, reference: str, value: Any) -> float:
        return self.left + value * (self.right - self.left) if reference == "paper" else self._place(reference, value)

    def _y(self, reference: str, value: Any) -> float:
        return self.bottom - value * (self.bottom - self.top) if reference == "paper" else self._place(reference, value)

    def _shape(self, number: int, shape: dict[str, Any]) -> str:
        x_reference, y_reference = shape.get("xref", "x"), shape.get("yref", "y")
        x0, x1 = (self._x(x_reference, shape[end]) for end in ("x0", "x1"))
        y0, y1 = (self._y(y_reference, shape[end]) for end in ("y0", "y1"))
        faint = f' opacity="{px(shape["opacity"])}"' if shape.get("opacity") is not None else ""
        line = shape.get("line") or {}
        kind = shape.get("type", "rect")
        if kind == "line":
            return f'<path d="{path([(x0, y0), (x1, y1)])}" fill="none"{pen(line)}{faint}/>'
        if kind != "rect":
            raise CannotDraw(f"Shape {number} is a {kind!r}; only lines and rectangles can be drawn.")
        stroke = pen(line) if line.get("width", 2) else ""
        left, top = min(x0, x1), min(y0, y1)
        box = f'x="{px(left)}" y="{px(top)}" width="{px(abs(x1 - x0))}" height="{px(abs(y1 - y0))}"'
        return f'<rect {box} fill="{escape(shape.get("fillcolor") or "none")}"{stroke}{faint}/>'

    def _annotation(self, one: dict[str, Any]) -> str:
        if one.get("showarrow", True):
            raise CannotDraw(f"The arrow of {one.get('text')!r} cannot be drawn: set showarrow=False.")
        font = {**self.font, **(one.get("font") or {})}
        x_reference, y_reference = one.get("xref", "x"), one.get("yref", "y")
        x = self._x(x_reference, one["x"]) + one.get("xshift", 0)
        y = self._y(y_reference, one["y"]) - one.get("yshift", 0)
        pad = one.get("borderpad", 1)
        wide, high = width_of(one["text"], font["size"]) + 2 * pad, height_of(one["text"], font["size"]) + 2 * pad
        left = x - wide * _anchored(one.get("xanchor", "auto"), x_reference, one["x"], ("left", "center", "right"))
        top = y - high * (1 - _anchored(one.get("yanchor", "auto"), y_reference, one["y"], ("bottom", "middle", "top")))
        anchor = {"left": "start", "center": "middle", "right": "end"}[one.get("align", "center")]
        inner = {"start": left + pad, "middle": left + wide / 2, "end": left + wide - pad}[anchor]
        ground = one.get("bgcolor")
        box = f'x="{px(left)}" y="{px(top)}" width="{px(wide)}" height="{px(high)}"'
        behind = f'<rect {box} fill="{escape(ground)}"/>' if ground else ""
        return behind + text_element(inner, top + high / 2, one["text"], font, anchor)


def _anchored(anchor: str, reference: str, value: Any, names: Sequence[str]) -> float:
    """Which share of a label lies before its place: 0 for left or bottom, 1 for right or top."""
    if anchor == "auto":
        if reference != "paper" or 1 / 3 <= value <= 2 / 3:
            return 0.5
        return 0.0 if value < 1 / 3 else 1.0
    return names.index(anchor) / 2
