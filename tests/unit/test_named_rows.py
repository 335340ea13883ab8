"""Names of rows fold before their figures and cost height only where they fold."""

import polars as pl
import pytest

from throughline.charts.named_rows import LINE, PHONE, SIZE, named_rows
from throughline.charts.svg_text import lines_of, width_of

LONG, FIGURE = "Gained, notification to rapid review", "8.0%, 84 of 1,049"


def test_a_long_name_folds_and_none_meets_its_figure_on_a_phone():
    rows = named_rows(["Screened out", LONG, "Effect of finished actions checked"], [FIGURE] * 3, row=70)

    assert [len(lines_of(name)) for name in rows.names] == [1, 2, 2]
    assert all(width_of(name, SIZE) + width_of(FIGURE, SIZE) < PHONE for name in rows.names)


def test_no_word_is_lost_and_every_line_is_bold_by_itself():
    [name] = named_rows([LONG], [FIGURE], row=70).names

    assert name.replace("<br>", " ").replace("<b>", "").replace("</b>", "") == LONG
    assert all(line.startswith("<b>") and line.endswith("</b>") for line in lines_of(name))


def test_a_name_that_has_room_beside_a_short_figure_stays_on_one_line():
    assert len(lines_of(named_rows([LONG], [""], row=70).names[0])) == 1


def test_rows_of_short_names_stand_at_their_numbers():
    rows = named_rows(["Ash", "Birch", "Cedar"], ["1", "2", "3"], row=70)

    assert rows.middles == [0, 1, 2]
    assert rows.range == [2.5, -0.5]
    assert rows.height == 210


def test_a_folded_name_makes_its_own_row_higher_and_moves_only_what_is_below():
    rows = named_rows(["Ash", LONG, "Cedar"], [FIGURE] * 3, row=72)
    more = LINE / 72

    assert rows.middles == pytest.approx([0, 1 + more, 2 + more])
    assert rows.between == pytest.approx([0.5, 1.5 + more])
    assert rows.height == 3 * 72 + LINE
    assert rows.heights(0.25) == pytest.approx([-0.25, 0.75 + more / 2, 1.75 + more])


def test_what_is_drawn_of_a_row_stands_at_its_middle_and_a_figure_level_with_the_first_line_of_its_name():
    rows = named_rows(["Ash", LONG], [FIGURE] * 2, row=72)
    texts = rows.texts(0.25, 0, 100)
    (ash, folded), (figure, figure_of_folded) = texts["y"][:2], texts["y"][2:]

    assert rows.placed(pl.DataFrame({"value": [1, 2]}))["middle"].to_list() == rows.middles
    assert figure == ash
    assert (folded - figure_of_folded) * 72 == pytest.approx(LINE / 2)  # up from the middle of two lines
    assert set(texts["textposition"]) == {"middle right", "middle left"}


def test_no_rows_still_have_the_height_of_one():
    assert named_rows([], [], row=70).height == 70
