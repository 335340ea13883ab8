"""Traces of a static drawing: lines, steps, fills, points, bars and intervals."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Any

from throughline.charts.svg_axes import Axis
from throughline.charts.svg_text import CannotDraw, px, text_element

DASHES = {"solid": "", "dot": "1 1", "dash": "3 3", "longdash": "5 5", "dashdot": "3 1 1 1", "longdashdot": "5 2 1 2"}
Point = tuple[float, float]

# Corners about a middle of 0 0, for a radius of 1.
OUTLINES: dict[str, list[Point]] = {
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    "triangle-up": [(-1.155, 0.577), (1.155, 0.577), (0, -1.155)],
    "triangle-down": [(-1.155, -0.577), (1.155, -0.577), (0, 1.155)],
    "triangle-left": [(0.577, -1.155), (0.577, 1.155), (-1.155, 0)],
    "triangle-right": [(-0.577, -1.155), (-0.577, 1.155), (1.155, 0)],
    "cross": [
        *[(1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4)],
        *[(-1.2, -0.4), (-0.4, -0.4), (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4)],
    ],
    "x": [
        *[(0, 0.566), (0.566, 1.131), (1.131, 0.566), (0.566, 0), (1.131, -0.566), (0.566, -1.131)],
        *[(0, -0.566), (-0.566, -1.131), (-1.131, -0.566), (-0.566, 0), (-1.131, 0.566), (-0.566, 1.131)],
    ],
    "line-ew": [(-1.4, 0), (1.4, 0)],
    "line-ns": [(0, -1.4), (0, 1.4)],
}


def each(value: Any, place: int) -> Any:
    """One point's own setting, or the one that all share."""
    is_list = hasattr(value, "shape") or (isinstance(value, Sequence) and not isinstance(value, str))
    return value[place] if is_list else value


def colour_of(settings: dict[str, Any], place: int) -> str:
    """A mark's colour, which must have been chosen: Plotly's own would not pass for contrast."""
    if settings.get("color") is None:
        raise CannotDraw("A mark has no colour: give it one of throughline.charts.template.")
    return each(settings["color"], place)


def pen(line: dict[str, Any], default_width: float = 2) -> str:
    """The attributes of a stroke."""
    width, dash = line.get("width", default_width), line.get("dash") or "solid"
    stroke = f' stroke="{escape(line.get("color", "#444"))}" stroke-width="{px(width)}"'
    if dash == "solid":
        return stroke
    if dash in DASHES:
        lengths = [float(part) * max(width, 3) for part in DASHES[dash].split()]
    elif all(part.removesuffix("px").replace(".", "", 1).isdigit() for part in dash.replace(",", " ").split()):
        lengths = [float(part.removesuffix("px")) for part in dash.replace(",", " ").split()]
    else:
        raise CannotDraw(f"A line cannot be dashed as {dash!r}.")
    return f'{stroke} stroke-dasharray="{" ".join(map(px, lengths))}"'


def scatter(trace: dict[str, Any], x_axis: Axis, y_axis: Axis, before: list[Point]) -> Iterator[tuple[str, bool]]:
    """The parts of a scatter trace, each with whether it may stand out over the edge of the plot."""
    points = placed(trace, x_axis, y_axis)
    mode = trace.get("mode", "lines+markers")
    runs = [stepped(run, trace) for run in unbroken(points, trace.get("connectgaps", False))]
    fill = trace.get("fill", "none")
    if fill != "none":
        yield filled(fill, trace, runs, y_axis, before), False
    for name, axis in (("error_x", x_axis), ("error_y", y_axis)):
        yield intervals(trace, name, points, axis), False
    if "lines" in mode:
        for run in runs:
            if len(run) > 1:
                yield (
                    f'<path d="{path(run)}" fill="none" stroke-linejoin="round"{pen(trace.get("line") or {})}/>',
                    False,
                )
    within = [
        (place, point)
        for place, point in enumerate(points)
        if point and x_axis.holds(point[0]) and y_axis.holds(point[1])
    ]
    if "markers" in mode:
        yield "".join(marker(trace.get("marker") or {}, place, point) for place, point in within), True
    if "text" in mode:
        yield "".join(point_label(trace, place, point) for place, point in within), True


def placed(trace: dict[str, Any], x_axis: Axis, y_axis: Axis) -> list[Point | None]:
    """Where each point stands; nothing for one that lacks a value."""
    xs, ys = list(trace.get("x", [])), list(trace.get("y", []))
    pairs = ((x_axis.at(x), y_axis.at(y)) for x, y in zip(xs, ys, strict=True))
    return [(x, y) if x is not None and y is not None else None for x, y in pairs]


def unbroken(points: list[Point | None], joins_gaps: bool) -> list[list[Point]]:
    """The stretches of a line between its gaps."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point:
            runs[-1].append(point)
        elif not joins_gaps and runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def stepped(run: list[Point], trace: dict[str, Any]) -> list[Point]:
    """A line's corners, where it goes in steps."""
    shape = (trace.get("line") or {}).get("shape", "linear")
    if shape == "linear":
        return run
    if shape not in ("hv", "vh"):
        raise CannotDraw(f"A line cannot have the shape {shape!r}; only linear, hv and vh.")
    corners = run[:1]
    for (x0, y0), (x1, y1) in pairwise(run):
        corners += [(x1, y0) if shape == "hv" else (x0, y1), (x1, y1)]
    return corners


def filled(fill: str, trace: dict[str, Any], runs: list[list[Point]], y_axis: Axis, before: list[Point]) -> str:
    """The area between a line and zero, the line before it, or itself."""
    colour = escape(trace.get("fillcolor") or (trace.get("line") or {}).get("color", "#444"))
    if fill == "toself":
        outlines = runs
    elif fill == "tonexty":
        outlines = [[*(point for run in runs for point in run), *reversed(before)]]
    elif fill == "tozeroy":
        zero = y_axis.at(0)
        outlines = [[(run[0][0], zero), *run, (run[-1][0], zero)] for run in runs]
    else:
        raise CannotDraw(f"An area cannot be filled {fill!r}; only tozeroy, tonexty and toself.")
    return "".join(f'<path d="{path(outline)}Z" fill="{colour}" stroke="none"/>' for outline in outlines)


def path(points: Sequence[Point]) -> str:
    """Straight lines from point to point."""
    return "M" + "L".join(f"{px(x)} {px(y)}" for x, y in points)


def marker(settings: dict[str, Any], place: int, point: Point) -> str:
    """One point."""
    name, radius = each(settings.get("symbol", "circle"), place), each(settings.get("size", 6), place) / 2
    plain = name.removesuffix("-open")
    if plain != "circle" and plain not in OUTLINES:
        raise CannotDraw(f"A point cannot have the symbol {name!r}; known are circle, {', '.join(OUTLINES)}.")
    look = marker_look(settings, place, is_open=name.endswith("-open"), is_line=plain.startswith("line-"))
    x, y = point
    if plain == "circle":
        return f'<circle cx="{px(x)}" cy="{px(y)}" r="{px(radius)}"{look}/>'
    corners = [(x + radius * right, y + radius * down) for right, down in OUTLINES[plain]]
    return f'<path d="{path(corners)}{"" if plain.startswith("line-") else "Z"}"{look}/>'


def marker_look(settings: dict[str, Any], place: int, is_open: bool, is_line: bool) -> str:
    """The fill, edge and strength of one point; an open one or a line has an edge of the point's own colour."""
    colour = escape(colour_of(settings, place))
    line = settings.get("line") or {}
    edge = {key: each(line[key], place) for key in ("color", "width") if line.get(key) is not None}
    if is_open:
        edge = {"color": colour, "width": edge.get("width") or 1}
    elif is_line:
        edge = {"color": edge.get("color", colour), "width": edge.get("width") or 1}
    strength = each(settings.get("opacity", 1), place)
    return (
        f' fill="{"none" if is_open or is_line else colour}"'
        + (pen(edge) if edge.get("width") else "")
        + (f' opacity="{px(strength)}"' if strength != 1 else "")
    )


def point_label(trace: dict[str, Any], place: int, point: Point) -> str:
    """The words beside one point."""
    text = each(trace.get("text", ""), place)
    if not text:
        return ""
    font = {name: each(value, place) for name, value in (trace.get("textfont") or {}).items()}
    where = each(trace.get("textposition", "middle center"), place)
    has_marker = "markers" in trace.get("mode", "")
    radius = each((trace.get("marker") or {}).get("size", 6), place) / 1.6 + 1 if has_marker else 0
    side = {"left": -1, "right": 1}.get(where.split()[1], 0)
    level = {"top": -1, "bottom": 1}.get(where.split()[0], 0)
    x = point[0] + side * radius
    y = point[1] + level * (radius + 0.6 * font.get("size", 12))
    return text_element(x, y, text, font, {-1: "end", 1: "start"}.get(side, "middle"))


def intervals(trace: dict[str, Any], name: str, points: list[Point | None], axis: Axis) -> str:
    """The interval of each point, from its lower to its upper limit."""
    settings = trace.get(name)
    if not settings or settings.get("visible") is False:
        return ""
    if settings.get("type", "data") != "data" or settings.get("array") is None:
        raise CannotDraw("Intervals are drawn only from an array of their lengths.")
    ups = list(settings["array"])
    downs = list(settings["arrayminus"]) if settings.get("arrayminus") is not None else ups
    centres = [axis.number(value) for value in trace["x" if axis.is_x else "y"]]
    stroke = pen({"color": settings.get("color", "#444"), "width": settings.get("thickness", 2)})
    cap = settings.get("width", 0)
    drawn = []
    for point, centre, up, down in zip(points, centres, ups, downs, strict=True):
        if point is None or up is None or down is None:
            continue
        ends = [
            (axis.at(end), point[1]) if axis.is_x else (point[0], axis.at(end)) for end in (centre - down, centre + up)
        ]
        drawn.append(path(ends))
        for x, y in ends if cap else ():
            drawn.append(path([(x, y - cap), (x, y + cap)] if axis.is_x else [(x - cap, y), (x + cap, y)]))
    return f'<path d="{"".join(drawn)}" fill="none"{stroke}/>' if drawn else ""
