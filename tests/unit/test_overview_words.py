"""The overview's sentences at their edges: nothing moved, nothing to attend to, no earlier release."""

from datetime import date

import pytest

from throughline.wording import overview as words

DAY, BEFORE = date(2026, 9, 30), date(2026, 6, 30)


def test_nothing_moved_and_nothing_to_attend_to():
    said = words.overview_headline("England", 0, 14, [], None)

    assert said == (
        "None of 14 measures of England changed by more than chance since the three years before. Nothing else asks "
        "for attention."
    )


def test_one_moved_and_two_matters():
    said = words.overview_headline("England", 1, 14, ["2 reviews open past their time", "a"], "1 return is new.")

    assert said.startswith("One of 14 measures of England changed by more than chance")
    assert "Worth attention: 2 reviews open past their time and a." in said
    assert said.endswith("1 return is new.")


def test_where_nothing_can_be_compared_it_says_so():
    assert "No measure of Ash can be set against" in words.overview_headline("Ash", 0, 0, [], None)


@pytest.mark.parametrize(
    ("new", "gone", "before", "said"),
    [
        (0, 0, None, "There is no earlier release"),
        (0, 0, DAY, "The same returns as in the release before it, of the same day"),
        (1, 0, BEFORE, "1 return new, and 0 no longer counted, against the release of 30 June 2026"),
        (142, 140, BEFORE, "142 returns new, and 140 no longer counted"),
    ],
)
def test_what_came_into_a_release(new, gone, before, said):
    assert said in words.change_heading(new, gone, DAY, before)


def test_the_sentence_on_new_returns_is_singular_or_left_out():
    assert words.change_sentence(3, DAY, None) is None
    assert words.change_sentence(0, DAY, DAY) == "No return is new since the release before."
    assert words.change_sentence(0, DAY, BEFORE) == "No return is new since the release of 30 June 2026."
    assert words.change_sentence(1, DAY, BEFORE) == (
        "1 return is new in this release, against the one of 30 June 2026."
    )


def test_every_reason_stands_beside_what_luck_would_do():
    assert "chance alone would give about 0.2" in words.differing_why(3, 142, 0.2)
    assert "about 2 in 1,000" in words.differing_why(1, 20, None)
    assert words.overdue_matter(1) == "1 review open past its time"
    assert words.overdue_matter(2, "Leeds") == "2 reviews open past their time in Leeds"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((1, 1, 1, 0), "The one open review is past its time in one partnership, and none is due soon"),
        ((2, 2, 1, 0), "Both open reviews are past their time in one partnership, and none is due soon"),
        ((3, 3, 2, 0), "All 3 open reviews are past their time in 2 partnerships, and none is due soon"),
        ((4, 1, 1, 1), "Of 4 open reviews, 1 is past its time in one partnership, and 1 is due soon"),
        ((1200, 99, 30, 5), "Of 1,200 open reviews, 99 are past their time in 30 partnerships, and 5 are due soon"),
    ],
)
def test_one_and_several_open_reviews_are_told_as_such(given, said):
    assert words.overdue_why(*given).startswith(f"{said}. Counted are rapid and local reviews of whatever year")
