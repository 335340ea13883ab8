"""Text in a static drawing: how wide it is, and how a label's few marks (line break, bold) become SVG."""

import re
from html import escape, unescape
from typing import Any

LINE = 1.3  # times the size of the letters, as Plotly sets its lines
MIDDLE = 0.35  # times the size: from the middle of a line down to its base

# Thousandths of the size that each letter from space to tilde takes in Arial and the faces cut to its measure.
_WIDTHS = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 "
    "584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 "
    "667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 "
    "278 556 500 722 500 500 500 334 260 334 584"
)
WIDTHS = dict(zip(map(chr, range(32, 127)), map(int, _WIDTHS.split()), strict=True))
OTHER = 600
BOLD = 1.08

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BOLD = re.compile(r"(</?b>)", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


class CannotDraw(ValueError):
    """A figure asks for something that the static drawing does not know; the message names it."""


def lines_of(text: Any) -> list[str]:
    """The lines of a label."""
    return _BREAK.split(str(text))


def pieces(line: str) -> list[tuple[str, bool]]:
    """The stretches of one line, each with whether it is bold."""
    found, bold = [], False
    for part in _BOLD.split(line):
        if part.lower() in ("<b>", "</b>"):
            bold = part.lower() == "<b>"
        elif part:
            if tag := _ANY_TAG.search(part):
                raise CannotDraw(f"The text {line!r} has the mark {tag.group()}; only <b> and <br> can be drawn.")
            found.append((unescape(part), bold))
    return found


def width_of(text: Any, size: float) -> float:
    """How wide the widest line of a label is, in pixels."""

    def width(line: str) -> float:
        return sum(
            (BOLD if bold else 1) * sum(WIDTHS.get(letter, OTHER) for letter in part) for part, bold in pieces(line)
        )

    return max((width(line) for line in lines_of(text)), default=0) * size / 1000


def height_of(text: Any, size: float) -> float:
    """How high all the lines of a label are, in pixels."""
    return LINE * size * len(lines_of(text))


def text_element(x: float, middle: float, text: Any, font: dict[str, Any], anchor: str = "start") -> str:
    """One label whose middle is at the given height; each line is text that can be read and copied."""
    lines, size = lines_of(text), font.get("size", 12)
    first = middle - LINE * size * (len(lines) - 1) / 2 + MIDDLE * size
    weight = f' font-weight="{font["weight"]}"' if font.get("weight") not in (None, "normal") else ""
    spans = [
        f'<tspan x="{px(x)}" y="{px(first + LINE * size * place)}">{marked(line)}</tspan>'
        for place, line in enumerate(lines)
    ]
    return (
        f'<text text-anchor="{anchor}" font-size="{px(size)}" fill="{escape(font.get("color", "#444"))}"{weight}>'
        + "".join(spans)
        + "</text>"
    )


def marked(line: str) -> str:
    """A line with its bold stretches."""
    return "".join(
        f'<tspan font-weight="bold">{escape(part)}</tspan>' if bold else escape(part) for part, bold in pieces(line)
    )


def px(number: float) -> str:
    """A length to a hundredth of a pixel, without idle noughts."""
    return f"{round(number, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def folded(text: str, width: float, size: float) -> list[str]:
    """Words set into lines no wider than a width."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(escape(longer), size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
