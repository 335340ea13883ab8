"""Bars of a static drawing: side by side, stacked or over each other, plain or hatched."""

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from typing import Any

from throughline.charts.svg_axes import Axis
from throughline.charts.svg_marks import colour_of, each, intervals, pen
from throughline.charts.svg_text import CannotDraw, px, text_element, width_of

HATCHES = {
    "/": "M-1 9L9-1M-1 1L1-1M7 9L9 7",
    "\\": "M-1-1L9 9M-1 7L1 9M7-1L9 1",
    "-": "M0 4H8",
    "|": "M4 0V8",
    "+": "M0 4H8M4 0V8",
    "x": "M0 0L8 8M8 0L0 8",
    ".": "M2 4a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
}
BESIDE = 4  # pixels between the end of a bar and its words


class Bars:
    """Every bar of one pair of axes, which must know of each other to share their room."""

    def __init__(self, traces: list[dict[str, Any]], layout: dict[str, Any], x_axis: Axis, y_axis: Axis) -> None:
        self.traces, self.x_axis, self.y_axis = traces, x_axis, y_axis
        self.mode = layout.get("barmode", "group")
        if self.mode not in ("group", "stack", "overlay", "relative"):
            raise CannotDraw(f"Bars cannot be set together as {self.mode!r}.")
        self.is_flat = (traces[0].get("orientation") or "v") == "h"
        self.along, self.across = (x_axis, y_axis) if self.is_flat else (y_axis, x_axis)
        self.gap, self.gap_within = layout.get("bargap", 0.2), layout.get("bargroupgap", 0.0)
        self.ends: dict[tuple[float, bool], float] = defaultdict(float)
        self.hatches: dict[tuple[str, str, str], str] = {}

    def drawn(self) -> Iterator[tuple[str, bool]]:
        """The parts of each trace, each with whether it may stand out over the edge of the plot."""
        for order, trace in enumerate(self.traces):
            if ((trace.get("orientation") or "v") == "h") != self.is_flat:
                raise CannotDraw("Bars of one chart must all lie or all stand.")
            yield from self._trace(order, trace)

    def definitions(self, prefix: str) -> str:
        """The hatchings in use."""
        return "".join(
            f'<pattern id="{prefix}-{name}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{ground}"/><path d="{HATCHES[shape]}" '
            + (f'fill="{ink}"/>' if shape == "." else f'fill="none" stroke="{ink}" stroke-width="2"/>')
            + "</pattern>"
            for (shape, ink, ground), name in self.hatches.items()
        )

    def _trace(self, order: int, trace: dict[str, Any]) -> Iterator[tuple[str, bool]]:
        marker, boxes, words, ends = trace.get("marker") or {}, [], [], []
        for place, (at, length) in enumerate(self._pairs(trace)):
            if at is None or length is None:
                ends.append(None)
                continue
            start, end = self._start_and_end(trace, place, at, length)
            low, high = self._sides(order, trace, place, at)
            corners = self._corners(start, end, low, high)
            boxes.append(self._box(marker, place, *corners))
            words.append(self._words(trace, place, *corners, length))
            middle = (low + high) / 2
            ends.append((self.along.at(end), middle) if self.is_flat else (middle, self.along.at(end)))
        faint = f' opacity="{px(trace["opacity"])}"' if trace.get("opacity") is not None else ""
        yield f"<g{faint}>{''.join(boxes)}</g>", False
        for name, axis in (("error_x", self.x_axis), ("error_y", self.y_axis)):
            yield intervals(trace, name, ends, axis), False
        yield "".join(words), True

    def _pairs(self, trace: dict[str, Any]) -> list[tuple[float | None, float | None]]:
        across, along = (trace.get("y"), trace.get("x")) if self.is_flat else (trace.get("x"), trace.get("y"))
        along = list(along if along is not None else [])
        across = list(across if across is not None else range(len(along)))
        return [(self.across.number(at), self.along.number(length)) for at, length in zip(across, along, strict=True)]

    def _start_and_end(self, trace: dict[str, Any], place: int, at: float, length: float) -> tuple[float, float]:
        start = each(trace.get("base") or 0, place)
        if self.mode in ("stack", "relative"):
            start += self.ends[at, length < 0]
            self.ends[at, length < 0] += length
        return start, start + length

    def _sides(self, order: int, trace: dict[str, Any], place: int, at: float) -> tuple[float, float]:
        """The two long sides of a bar, in pixels."""
        step, own = self._step() * (1 - self.gap), trace.get("width")
        if self.mode == "group" and len(self.traces) > 1:
            room = step / len(self.traces)
            middle, wide = at - step / 2 + (order + 0.5) * room, room * (1 - self.gap_within)
        else:
            middle, wide = at, step
        wide = each(own, place) if own is not None else wide
        first = at + each(trace["offset"], place) if trace.get("offset") is not None else middle - wide / 2
        return tuple(self.across.start + self._share(side) for side in (first, first + wide))

    def _share(self, number: float) -> float:
        axis = self.across
        return (number - axis.low) / (axis.high - axis.low) * (axis.end - axis.start)

    def _step(self) -> float:
        places = sorted({at for trace in self.traces for at, _ in self._pairs(trace) if at is not None})
        return min((second - first for first, second in pairwise(places)), default=1.0)

    def _corners(self, start: float, end: float, low: float, high: float) -> tuple[float, float, float, float]:
        along = sorted((self.along.at(start), self.along.at(end)))
        across = sorted((low, high))
        return (*along, *across) if self.is_flat else (*across, *along)

    def _box(self, marker: dict[str, Any], place: int, left: float, right: float, top: float, bottom: float) -> str:
        colour = escape(colour_of(marker, place))
        pattern, line = marker.get("pattern") or {}, marker.get("line") or {}
        shape = each(pattern.get("shape", ""), place)
        if shape:
            if shape not in HATCHES:
                raise CannotDraw(f"A bar cannot be hatched with {shape!r}.")
            ink, ground = hatching(pattern, colour, place)
            name = self.hatches.setdefault((shape, ink, ground), f"hatch{len(self.hatches)}")
            colour = f"url(#@{name})"
        edge = {key: each(line[key], place) for key in ("color", "width") if line.get(key) is not None}
        stroke = pen(edge, 0) if edge.get("width") else ""
        box = f'x="{px(left)}" y="{px(top)}" width="{px(right - left)}" height="{px(bottom - top)}"'
        return f'<rect {box} fill="{colour}"{stroke}/>'

    def _words(
        self,
        trace: dict[str, Any],
        place: int,
        left: float,
        right: float,
        top: float,
        bottom: float,
        length: float,
    ) -> str:
        text, where = each(trace.get("text", ""), place), each(trace.get("textposition", "auto"), place)
        if text in (None, "") or where == "none":
            return ""
        font = {**(trace.get("textfont") or {}), **(trace.get(f"{where}textfont") or {})}
        size, middle = font.get("size", 12), (top + bottom) / 2
        if where == "auto":
            fits = right - left > width_of(text, size) + 2 * BESIDE and bottom - top > size
            where = "inside" if fits else "outside"
        if not self.is_flat:
            y = middle if where == "inside" else top - 0.8 * size if length >= 0 else bottom + 0.8 * size
            return text_element((left + right) / 2, y, text, font, "middle")
        if where == "inside":
            anchor = trace.get("insidetextanchor", "end")
            x = {"start": left + BESIDE, "middle": (left + right) / 2, "end": right - BESIDE}[anchor]
            return text_element(x, middle, text, font, anchor)
        if length < 0:
            return text_element(left - BESIDE, middle, text, font, "end")
        return text_element(right + BESIDE, middle, text, font)


def hatching(pattern: dict[str, Any], colour: str, place: int) -> tuple[str, str]:
    """The colours of the lines and of the ground between them."""
    lines, ground = each(pattern.get("fgcolor"), place), each(pattern.get("bgcolor"), place)
    if pattern.get("fillmode", "replace") == "overlay":
        if not lines:
            raise CannotDraw("Hatching laid over a bar needs the colour of its lines: set fgcolor.")
        return lines, colour
    return lines or colour, ground or "none"
