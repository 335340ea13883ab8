"""The overview's sentences at their edges: nothing moved, nothing to attend to, no earlier release."""

from datetime import date

import pytest

from throughline.wording import overview as words

DAY, BEFORE = date(2026, 9, 30), date(2026, 6, 30)


def looked_at(*moves, unit="proportion"):
    return [{"name": f"Share {place}", "unit": unit, "moved": moved} for place, moved in enumerate(moves, 1)]


RATE = {"name": "Notifications per 100,000 children", "unit": "per_100000_children", "moved": "lower_998"}


def test_nothing_moved_and_nothing_to_attend_to():
    said = words.overview_headline("England", looked_at("similar", "similar"), [], None)

    assert said == (
        "Nothing changed by more than chance since the three years before, none of 2 measures looked at for England "
        "(2 shares). Nothing else asks for attention."
    )


def test_what_moved_is_named_with_its_way_and_what_was_looked_at_is_said():
    said = words.overview_headline(
        "England", [RATE, *looked_at("similar")], ["2 reviews open past their time", "a"], "1 return is new."
    )

    assert said.startswith(
        "Notifications per 100,000 children fell by more than chance since the three years before, 1 of 2 measures "
        "looked at for England (the rate of notifications and 1 share)."
    )
    assert "Worth attention: 2 reviews open past their time and a." in said
    assert said.endswith("1 return is new.")


def test_partnerships_unlike_england_are_one_clause_however_many_the_measures():
    assert words.unlike_matter({"notification rate": 1}) == "1 partnership unlike England on notification rate"
    assert words.unlike_matter({"notification rate": 1, "rapid review in time": 2}) == (
        "partnerships unlike England on notification rate (1) and rapid review in time (2)"
    )


def test_a_change_at_95_percent_only_is_neither_chance_nor_more_than_chance():
    rows = [RATE, *looked_at("lower_95", "higher_95", "similar")]

    assert "At 95% only, 2 others did." in words.overview_headline("England", rows, [], None)
    assert words.standing_heading("England", rows) == "1 of 4 measures looked at for England moved by more than chance"
    assert words.moved_in_words(rows).endswith("At 95% only, so look again next year: share 1 fell and share 2 rose.")
    assert "At 95%" not in words.moved_in_words([RATE])


def test_measures_of_too_few_cases_are_no_evidence_that_nothing_moved():
    rows = looked_at("similar", "few", None)
    said = words.overview_headline("Ash", rows, [], None)

    assert said.startswith("Nothing changed by more than chance") and "1 other has too few cases" in said
    assert "of the one measure looked at for Ash (1 share)" in said
    assert words.standing_heading("Ash", rows) == "The one measure looked at for Ash did not move by more than chance"
    only_few = words.overview_headline("Ash", looked_at("few"), [], None)
    assert only_few.startswith("No measure looked at for Ash has enough cases to be set against its three years before")


def test_where_nothing_can_be_compared_it_says_so():
    assert "No measure looked at for Ash can be set against" in words.overview_headline("Ash", [], [], None)


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
    assert "at most 2 in 1,000" in words.differing_why(1, 20, None)
    assert words.differing_why(1, 20, None).startswith("1 of 20 differs")
    assert words.differing_why(3, 142, 0.2).startswith("3 of 142 differ from")
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
