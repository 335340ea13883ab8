"""Durations with open cases: R's numbers, R's median rule, and what is not reached."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.statistics import kaplan_meier

TWELVE_DAYS = [95, 130, 188, 188, 240, 301, 365, 410, 150, 220, 400, 90]
TWELVE_CLOSED = [True] * 7 + [False] * 5


@pytest.fixture(scope="module")
def twelve():
    return kaplan_meier(TWELVE_DAYS, TWELVE_CLOSED)


def rounded(parts) -> tuple[float, ...]:
    return tuple(round(part, 3) for part in parts)


def test_twelve_reviews_give_the_published_median_with_its_upper_end_not_reached(twelve):
    assert (twelve.median, twelve.median_lower, twelve.median_upper) == (240, 130, None)
    assert np.mean([d for d, c in zip(TWELVE_DAYS, TWELVE_CLOSED, strict=True) if c]) == pytest.approx(215.3, abs=0.1)


def test_twelve_reviews_give_the_published_shares_still_open(twelve):
    assert rounded(twelve.survival_at(182)) == (0.818, 0.447, 0.951)
    assert rounded(twelve.survival_at(364)) == (0.368, 0.093, 0.657)


def test_at_risk_counts_everyone_who_lasted_that_long(twelve):
    assert [twelve.at_risk(days) for days in (0, 90, 91, 188, 410, 411)] == [12, 12, 11, 8, 1, 0]
    assert twelve.table["at_risk"].to_list() == [12, 11, 10, 9, 8, 6, 5, 4, 3, 2, 1]
    assert twelve.table.filter("is_shown")["days"].to_list() == [90, 95, 130]


def test_the_curve_starts_at_1_and_says_nothing_beyond_the_last_day_followed(twelve):
    assert twelve.survival_at(0) == (1.0, 1.0, 1.0)
    assert twelve.survival_at(94) == (1.0, 1.0, 1.0)
    assert twelve.survival_at(410)[0] == pytest.approx(0.245455, abs=1e-6)
    assert twelve.survival_at(411) == (None, None, None)


def test_a_flat_stretch_at_one_half_gives_its_middle():
    assert kaplan_meier([40, 60, 100, 130], [True] * 4).median == 80


def test_one_half_is_found_when_floating_point_holds_it_a_hair_above():
    # 10/12 · 9/10 · 8/9 · 6/8 is one half, though not as a floating point product.
    days = [1, 1, 2, 3, 4, 4, *[9] * 6]
    assert kaplan_meier(days, [True] * 12).median == pytest.approx(6.5)


def test_a_flat_stretch_at_one_half_that_ends_the_curve_gives_its_start():
    assert kaplan_meier([10, 20, 30, 40], [True, True, False, False]).median == 20


def test_a_median_is_not_reached_while_over_half_are_open():
    slow = kaplan_meier([10, 20, 30, 40, 50, 60], [True, False, True, False, False, False])
    assert (slow.median, slow.median_upper) == (None, None)


def test_an_interval_cannot_be_estimated_once_nobody_is_left_open():
    all_closed = kaplan_meier([40, 60, 100, 130], [True] * 4)
    assert all_closed.survival_at(130) == (0.0, None, None)
    assert all_closed.survival_at(500) == (0.0, None, None)
    assert all_closed.median_upper is None


def test_a_case_closing_counts_before_one_last_seen_open_the_same_day():
    same_day = kaplan_meier([5, 5, 9, 9], [True, False, False, False])
    assert same_day.survival_at(5)[0] == pytest.approx(0.75)


def test_same_day_completion_is_allowed_and_negative_days_are_not():
    assert kaplan_meier([0, 0, 5, 9], [True, True, True, False]).survival_at(0)[0] == 0.5
    with pytest.raises(ValueError, match="days at position 1 is -3"):
        kaplan_meier([4, -3], [True, True])


@pytest.mark.parametrize(
    ("days", "closed", "words"),
    [
        ([], [], "No cases, so there is nothing to time."),
        ([31, 410, 150], [False] * 3, "None closed yet; the longest open has run 410 days."),
        ([31], [True], "One case only, closed after 31 days: no median."),
        ([31, 40, 50, 60], [True] * 4, "Fewer than 5 closed (4): too few for a median."),
        ([31, 40, 50, 60, 70], [True] * 5, None),
    ],
)
def test_why_a_median_should_not_be_shown_is_said_in_words(days, closed, words):
    assert kaplan_meier(days, closed).refusal == words


def test_no_cases_and_one_case_have_no_median():
    empty, single = kaplan_meier([], []), kaplan_meier([31], [True])
    assert empty.median is None and empty.survival_at(100) == (None, None, None) and empty.at_risk(0) == 0
    assert (single.median, single.median_lower, single.median_upper) == (None, None, None)


def test_cases_without_a_start_are_left_out_and_counted():
    partial = kaplan_meier([*TWELVE_DAYS, None, None], [*TWELVE_CLOSED, True, False])
    assert (partial.cases, partial.closed, partial.left_out, partial.median) == (12, 7, 2, 240)


@pytest.mark.parametrize(
    ("closed", "words"),
    [([True], "closed has 1 values for 2"), ([True, None], "closed at position 1 is neither true nor false")],
)
def test_every_case_must_say_whether_it_closed(closed, words):
    with pytest.raises(ValueError, match=words):
        kaplan_meier([1, 2], closed)


cases = st.lists(st.tuples(st.integers(0, 600), st.booleans()), min_size=1, max_size=25)


@settings(deadline=None, max_examples=40)
@given(cases)
def test_the_share_still_open_never_rises_and_lies_within_its_interval(pairs):
    days, closed = zip(*pairs, strict=True)
    table = kaplan_meier(days, closed).table
    assert (table["survival"].diff().drop_nulls() <= 1e-12).all()
    known = table.drop_nulls("lower")
    assert ((known["lower"] <= known["survival"] + 1e-12) & (known["survival"] <= known["upper"] + 1e-12)).all()
    assert table["survival"].is_between(0, 1).all()
    assert table["closed"].sum() + table["still_open"].sum() == len(pairs)


@settings(deadline=None, max_examples=40)
@given(cases)
def test_the_curve_agrees_with_the_product_written_out(pairs):
    days, closed = map(np.array, zip(*pairs, strict=True))
    share = 1.0
    curve = kaplan_meier(days, closed)
    for day in sorted(set(days.tolist())):
        share *= 1 - ((days == day) & closed).sum() / (days >= day).sum()
        assert curve.survival_at(day)[0] == pytest.approx(share, abs=1e-12)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 600), min_size=2, max_size=25))
def test_with_nothing_open_the_median_is_the_ordinary_one(days):
    assert kaplan_meier(days, [True] * len(days)).median == pytest.approx(np.median(days))


@settings(deadline=None, max_examples=40)
@given(cases)
def test_leaving_open_cases_open_longer_never_makes_the_median_shorter(pairs):
    days, closed = zip(*pairs, strict=True)
    later = [day if done else day + 100 for day, done in pairs]
    now, then = kaplan_meier(days, closed).median, kaplan_meier(later, closed).median
    if then is not None and now is not None:
        assert then >= now


@pytest.mark.parametrize("said", [np.array(TWELVE_CLOSED), [1] * 7 + [0] * 5, [1.0] * 7 + [0.0] * 5])
def test_closed_may_be_said_as_an_array_or_as_nought_and_one(said):
    assert kaplan_meier(TWELVE_DAYS, said).median == 240


def test_a_missing_closed_in_a_series_is_refused_by_place():
    with pytest.raises(ValueError, match="closed at position 1 is neither true nor false"):
        kaplan_meier([1, 2], pl.Series([True, None]))
