"""The marks of a chart's key as static drawings, by the names that the pages' style sheet gives them."""

from typing import Any

from throughline.charts.recording import LOOKS
from throughline.charts.svg_marks import marker, path, pen
from throughline.charts.svg_text import CannotDraw, px, text_element
from throughline.charts.template import CONTEXT_GREY, DARK_BLUE, DARK_GREY, DARK_PINK, ORANGE, TEXT, WHITE
from throughline.charts.tile_looks import CHOSEN, Look
from throughline.charts.tile_looks import LOOKS as TILES
from throughline.charts.tile_looks import marker as mark_of

WIDTH, HEIGHT = 26, 20
SWATCH = 14  # pixels, the height of a piece of a bar
SIDE = 18  # pixels of a tile
RUNG, TILE = "rung-", "tile-"

Mark = tuple[str | None, dict[str, Any], dict[str, Any] | None]  # how its line lies, its pen, its point


def mark(line: str | None, colour: str, point: dict[str, Any] | None = None, **strokes: Any) -> Mark:
    """A line that lies `across` or stands `up`, or none, with a point on it."""
    return line, {"color": colour, "width": 3, **strokes}, point


def point(symbol: str, fill: str, edge: str | None = None, size: float = 11) -> dict[str, Any]:
    """A point with its edge."""
    return {"symbol": symbol, "color": fill, "size": size, "line": {"color": edge or fill, "width": 2}}


DOT = point("circle", DARK_BLUE)
MARKS: dict[str, Mark] = {
    "published": mark("across", DARK_BLUE, DOT),
    "dot": mark("across", DARK_BLUE, DOT),
    "second-hand": mark("across", DARK_BLUE, point("circle", WHITE, DARK_BLUE)),
    "published-point": mark("up", DARK_BLUE, DOT),
    "returns": mark("up", ORANGE, point("diamond", ORANGE, TEXT)),
    "quarter": mark("across", ORANGE, point("circle", WHITE, ORANGE)),
    "signal": mark(None, DARK_BLUE, point("square", DARK_BLUE)),
    "differs": mark("across", DARK_PINK, point("diamond", DARK_PINK)),
    "england": mark("up", DARK_GREY, width=2),
    "group": mark("up", DARK_GREY, width=2, dash="6px,3px"),
    "england-square": mark("across", DARK_GREY, point("square", WHITE, DARK_GREY, size=9)),
    "other-square": mark("across", DARK_GREY, point("square", DARK_GREY)),
    "partnership-ring": mark(None, DARK_BLUE, point("circle", WHITE, DARK_BLUE)),
    "few-diamond": mark(None, DARK_PINK, point("diamond", DARK_PINK)),
    "dashed-line": mark("across", DARK_GREY, width=2, dash="6px,3px"),
    "unknown-range": mark("across", DARK_PINK, dash="3px,3px"),
    "curve": mark("across", DARK_BLUE),
    "limits": mark("across", DARK_BLUE, width=2, dash="3px,3px"),
    "curve-england": mark("across", DARK_GREY, dash="7px,3px"),
    "dot-alone": mark(None, DARK_BLUE, DOT),
    "part-year": mark("up", ORANGE, point("diamond", WHITE, TEXT)),
    "beyond": mark(None, TEXT, point("triangle-up", WHITE, TEXT)),
    "ring": mark(None, DARK_BLUE, point("circle", WHITE, DARK_BLUE)),
    "few": mark(None, DARK_PINK, point("diamond", DARK_PINK)),
    "dashed": mark("across", DARK_GREY, dash="6px,4px"),
    "time-allowed": mark("across", DARK_BLUE, width=6),
    "time-past": mark("across", ORANGE, width=6),
    "due-day": mark(None, TEXT, point("diamond", WHITE, TEXT)),
    "led-on": mark("across", ORANGE, point("square", DARK_BLUE, TEXT, size=14)),
    "not-on": mark(None, TEXT, point("square", CONTEXT_GREY, TEXT, size=14)),
    "count-bar": mark("up", TEXT, point("square", ORANGE, TEXT, size=12), width=2),
}


def key_mark(name: str) -> str:
    """The mark's shapes, in a box of the size above whose corner is at 0 0."""
    if name.startswith(RUNG):
        return swatch(*LOOKS[name.removeprefix(RUNG).replace("-", "_")])
    if name.startswith(TILE):
        return tile(name.removeprefix(TILE).replace("-", "_"))
    if name not in MARKS:
        raise CannotDraw(f"The key has a mark {name!r} that has no static drawing; give it one in key_marks.py.")
    line, stroke, middle = MARKS[name]
    ends = {
        "across": [(0.0, HEIGHT / 2), (float(WIDTH), HEIGHT / 2)],
        "up": [(WIDTH / 2, 0.0), (WIDTH / 2, float(HEIGHT))],
    }
    drawn = f'<path d="{path(ends[line])}" fill="none"{pen(stroke)}/>' if line else ""
    return drawn + (marker(middle, 0, (WIDTH / 2, HEIGHT / 2)) if middle else "")


def tile(name: str) -> str:
    """A tile of a map with its mark, or with the letters of one without a figure; or the line around a group."""
    if name not in (*TILES, "group"):
        raise CannotDraw(f"The key cannot show a tile that is {name!r}.")
    look = TILES.get(name) or Look(WHITE, CHOSEN["color"], TEXT, "")
    edge = {"color": look.edge, "width": 1 if name in TILES else CHOSEN["width"]}
    place = f'x="{px((WIDTH - SIDE) / 2)}" y="{px((HEIGHT - SIDE) / 2)}"'
    box = f'<rect {place} width="{SIDE}" height="{SIDE}" fill="{look.fill}"{pen(edge)}/>'
    middle = (WIDTH / 2, HEIGHT / 2)
    if look.symbol:
        return box + marker(mark_of(look), 0, middle)
    return box + (text_element(*middle, "[c]", {"size": 11, "color": look.ink}, "middle") if name in TILES else "")


def swatch(colour: str, hatch: str) -> str:
    """A piece of a bar, plain or hatched; cut at its edge, since what stands in an inner drawing cannot leave it."""
    across = range(-SWATCH, WIDTH, 6)
    strokes = {
        "": "",
        "/": "".join(f"M{x} {SWATCH}L{x + SWATCH} 0" for x in across),
        "\\": "".join(f"M{x} 0L{x + SWATCH} {SWATCH}" for x in across),
        ".": "".join(f"M{x} {y}h.01" for x in range(3, WIDTH, 6) for y in (4, 10)),
    }
    strokes["-"] = "".join(f"M0 {y}H{WIDTH}" for y in (3.5, 7, 10.5))
    strokes["x"] = strokes["/"] + strokes["\\"]
    if hatch not in strokes:
        raise CannotDraw(f"The key cannot show hatching with {hatch!r}.")
    top, wide = (HEIGHT - SWATCH) / 2, {".": 3, "-": 1}.get(hatch, 2)
    lines = f'<path d="{strokes[hatch]}" fill="none" stroke="{colour}" stroke-width="{wide}" stroke-linecap="round"/>'
    box = f'width="{WIDTH}" height="{SWATCH}"'
    return (
        f'<svg y="{px(top)}" {box}><rect {box} fill="{WHITE if hatch else colour}"/>{lines if hatch else ""}'
        f'<rect {box} fill="none" stroke="{TEXT}" stroke-width="2"/></svg>'
    )


def key_svg(name: str) -> str:
    """The mark alone; its words stand beside it, so nothing is read out for it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'aria-hidden="true" focusable="false">{key_mark(name)}</svg>'
    )
