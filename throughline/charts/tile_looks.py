"""How a tile shows the way an area stands to England: a fill and a mark for each, and no shade for a value."""

from typing import Any, NamedTuple

from throughline.charts.template import CONTEXT_GREY, DARK_BLUE, DARK_GREY, DARK_PINK, GRIDLINE, TEXT, WHITE

# The line around the group that was chosen.
CHOSEN = {"color": TEXT, "width": 3}


class Look(NamedTuple):
    """How a tile is filled, edged and marked; without a symbol, letters in brackets say why there is no figure."""

    fill: str
    edge: str
    ink: str
    symbol: str
    size: int = 9


# By how an area stands to England. Colour is never alone: each has a mark of its own.
LOOKS = {
    "higher_998": Look(DARK_PINK, DARK_PINK, WHITE, "triangle-up"),
    "lower_998": Look(DARK_BLUE, DARK_BLUE, WHITE, "triangle-down"),
    "higher_95": Look(WHITE, DARK_GREY, TEXT, "triangle-up-open"),
    "lower_95": Look(WHITE, DARK_GREY, TEXT, "triangle-down-open"),
    "similar": Look(GRIDLINE, DARK_GREY, TEXT, "circle", 5),
    "few": Look(WHITE, DARK_GREY, TEXT, "circle-open", 8),
    "none": Look(WHITE, CONTEXT_GREY, DARK_GREY, ""),
}


def marker(look: Look, times: float = 1.0) -> dict[str, Any]:
    """A look's mark, in the ink that its fill takes; an open one is its line alone."""
    return {
        "symbol": look.symbol,
        "size": times * look.size,
        "color": look.ink,
        "line": {"color": look.ink, "width": 1.5},
    }


def bold(parts: list[str]) -> str:
    """Lines in bold."""
    return "<br>".join(f"<b>{part}</b>" for part in parts)
