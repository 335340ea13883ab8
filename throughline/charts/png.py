"""A chart's SVG as a PNG, drawn with the machine's own letters and without a browser."""

from functools import cache

SHARPNESS = 2  # pixels for each pixel of the drawing, so that print and dense screens stay sharp

_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><text x="2" y="15" {font}>[c]</text></svg>'


class NoLetters(RuntimeError):
    """The machine has no fonts, so a picture would lack every word; the message says so."""


def to_png(svg: str) -> bytes:
    """The picture; refused where words could not be drawn, since a chart without them is not the same chart."""
    import resvg_py

    if not has_letters():
        raise NoLetters("This machine has no font to draw words with. Take the SVG instead, or install a font.")
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=SHARPNESS, background="#FFFFFF"))


@cache
def has_letters() -> bool:
    """Whether words can be drawn: an empty picture and one with a word differ."""
    import resvg_py

    with_word = resvg_py.svg_to_bytes(svg_string=_PROBE.format(font='font-family="Arial, sans-serif"'))
    without = resvg_py.svg_to_bytes(svg_string=_PROBE.format(font='font-size="0.001" opacity="0"'))
    return bytes(with_word) != bytes(without)
