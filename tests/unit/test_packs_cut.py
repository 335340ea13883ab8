"""A drawing longer than a sheet is cut where nothing is drawn, says its words once, and a crossed one stays whole."""

import re

import pytest

from throughline.charts import template
from throughline.charts.svg import to_svg
from throughline.packs.cut import TALL, cut_in_two

HEIGHT = 1400
APART = 34  # pixels from a name to its dot


def drawing(height, rows, crossed=False):
    """Dots in rows, each with a name well above it; a line from top to bottom where it is to be crossed."""
    dots = template.scatter(
        x=[1] * len(rows), y=rows, mode="markers", marker={"color": template.DARK_BLUE, "size": 12, "symbol": "circle"}
    )
    names = template.scatter(
        x=[1] * len(rows), y=[row - APART for row in rows], mode="text", text=["Name"] * len(rows),
        textposition="middle center", textfont=template.SMALL,
    )  # fmt: skip
    figure = template.figure(
        height,
        [dots, names],
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis=template.axis(range=[0, 2], showticklabels=False),
        yaxis=template.axis(range=[height, 0], showticklabels=False),
        shapes=[template.line_down(1, "dot")] if crossed else [],
    )
    return to_svg(figure, "Rows", "Rows of dots.", "rows", 400)


@pytest.mark.parametrize("rows", [[100, 690, 1200], [100, 712, 1200], [100, 640, 730, 1200], [560, 640, 720, 800]])
def test_the_cut_goes_through_no_dot_nor_name_and_parts_no_dot_from_its_name(rows):
    upper, lower = cut_in_two(drawing(HEIGHT, rows), "rows")
    at = int(re.search(r'viewBox="0 0 400 (\d+)"', upper)[1])

    assert f'viewBox="0 {at} 400 {HEIGHT - at}"' in lower
    assert all(not row - APART - 8 < at < row + 6 for row in rows)
    assert 0.35 * HEIGHT < at < 0.65 * HEIGHT


def test_a_drawing_in_two_pieces_is_read_out_once_and_drawn_from_one_whole():
    upper, lower = cut_in_two(drawing(HEIGHT, [100, 690, 1200]), "rows")

    assert upper.count("Rows of dots.") == 1 and "<text" not in lower
    assert 'aria-hidden="true"' in lower and '<use href="#rows-whole"/>' in lower
    assert upper.count('<g id="rows-whole">') == 1


def test_a_drawing_that_is_crossed_everywhere_or_short_stays_whole():
    crossed, short = drawing(HEIGHT, [100, 690, 1200], crossed=True), drawing(TALL, [100, 550, 900])

    assert cut_in_two(crossed, "rows") == (crossed,)
    assert cut_in_two(short, "rows") == (short,)
