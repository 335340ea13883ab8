"""Cuts a drawing that is longer than a sheet into two beside each other, where nothing drawn is cut through."""

import re
from collections.abc import Iterable, Iterator

TALL = 1100  # pixels: at seven tenths of it a drawing still stands on one sheet under its heading
MIDDLE = (0.38, 0.62)  # of the height: the cut lies between, so that neither piece is much the longer
ABOVE, BELOW = 13, 5  # pixels that letters reach from the line on which they stand
_OPENING = re.compile(
    r'(<svg [^>]*?)width="(\d+)" height="(\d+)" viewBox="[^"]*"([^>]*>)(.*?</defs>)(.*)</svg>', re.DOTALL
)
_LINE_OF_WORDS = re.compile(r'<tspan x="[^"]*" y="([\d.]+)"')
_PATH = re.compile(r' d="([^"]+)"')
_CIRCLE = re.compile(r' cy="([-\d.]+)" r="([\d.]+)"')
_BOX = re.compile(r' y="([-\d.]+)" width="[\d.]+" height="([\d.]+)"')
_HEIGHT = re.compile(r"[ML][-\d.]+ ([-\d.]+)")


def cut_in_two(svg: str, name: str) -> tuple[str, ...]:
    """The upper and the lower piece of a long drawing, or the whole where it is short or has no gap to be cut at."""
    width, height = (int(number) for number in _OPENING.match(svg).group(2, 3))
    start, _, _, rest, definitions, drawn = _OPENING.match(svg).groups()
    at = gap(drawn, height) if height > TALL else None
    if at is None:
        return (svg,)
    upper = (
        f'{start}width="{width}" height="{at}" viewBox="0 0 {width} {at}"{rest}{definitions}'
        f'<g id="{name}-whole">{drawn}</g></svg>'
    )
    # What the whole is called and says is told with the upper piece.
    lower = (
        f'<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" width="{width}" height="{height - at}" '
        f'viewBox="0 {at} {width} {height - at}"><use href="#{name}-whole"/></svg>'
    )
    return upper, lower


def gap(drawn: str, height: int) -> int | None:
    """Just above a line of words below something drawn, as near to the middle as may be; none where there is no such.

    A name stands above what it names, so a cut anywhere else would part the two.
    """
    words = covered((float(line) - ABOVE, float(line) + BELOW) for line in _LINE_OF_WORDS.findall(drawn))
    marks = covered(extents(drawn))
    first, last = (round(share * height) for share in MIDDLE)
    found = [
        at for at in range(first, last) if at + 1 in words and at not in words | marks and is_below(at, marks, words)
    ]
    return min(found, key=lambda at: abs(at - height / 2), default=None)


def is_below(at: int, marks: set[int], words: set[int]) -> bool:
    """Whether what stands next above is a mark, and no other line of the same words."""
    above = next((higher for higher in range(at, 0, -1) if higher in marks or higher in words), None)
    return above in marks


def covered(reaches: Iterable[tuple[float, float]]) -> set[int]:
    """Every pixel down a drawing at which something stands."""
    return {at for upper, lower in reaches for at in range(int(upper) - 1, int(lower) + 3)}


def extents(drawn: str) -> Iterator[tuple[float, float]]:
    """How far up and down each mark of a drawing reaches; the ground below them all is none."""
    for centre, radius in _CIRCLE.findall(drawn):
        yield float(centre) - float(radius), float(centre) + float(radius)
    for top, high in _BOX.findall(drawn):
        yield float(top), float(top) + float(high)
    for path in _PATH.findall(drawn):
        for part in path.split("M")[1:]:
            heights = [float(found) for found in _HEIGHT.findall(f"M{part}")]
            yield min(heights), max(heights)
