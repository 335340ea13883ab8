"""A group's rate against everybody else's: the range that unrecorded children leave open, and when to infer nothing."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.settings import number, whole
from throughline.statistics import compare_rates, compare_with_population, refuse_prevalence, share_range

# The first call imports scipy, which takes longer than Hypothesis allows one example.
untimed = settings(deadline=None)

children = st.integers(0, 200)
people = st.integers(1, 1_000_000)


def test_the_ratio_and_its_range_on_numbers_that_can_be_done_by_hand():
    compared = compare_with_population(20, 60, 20, 1_000, 9_000)
    assert compared.ratio == pytest.approx((20 / 1_000) / (60 / 9_000))
    assert compared.lowest == pytest.approx((20 / 1_000) / (80 / 9_000))
    assert compared.highest == pytest.approx((40 / 1_000) / (60 / 9_000))


@untimed
@given(children, children, people, people)
def test_ratio_and_interval_are_those_of_two_rates(in_group, others, group_people, other_people):
    mine = compare_with_population(in_group, others, 0, group_people, other_people)
    theirs = compare_rates(in_group, group_people, others, other_people)
    for name in ("ratio", "lower", "upper"):
        assert getattr(mine, name) == pytest.approx(getattr(theirs, name), nan_ok=True)


@untimed
@given(children, st.integers(1, 200), children, people, people)
def test_the_range_holds_the_ratio_and_is_one_point_when_all_are_recorded(in_group, others, gap, here, elsewhere):
    compared = compare_with_population(in_group, others, gap, here, elsewhere)
    assert compared.lowest <= compared.ratio * (1 + 1e-12)
    assert compared.ratio <= compared.highest * (1 + 1e-12)
    if gap == 0:
        assert compared.lowest == pytest.approx(compared.ratio) == pytest.approx(compared.highest)


@untimed
@given(st.integers(1, 50), st.integers(1, 50), st.integers(0, 30), st.integers(0, 30), people, people)
def test_whoever_the_unrecorded_are_the_true_ratio_is_within_the_range(mine, others, in_group, out, here, elsewhere):
    """in_group of the unrecorded children belong to the group and out of them do not."""
    compared = compare_with_population(mine, others, in_group + out, here, elsewhere)
    true = ((mine + in_group) / here) / ((others + out) / elsewhere)
    assert compared.lowest <= true * (1 + 1e-12)
    assert true <= compared.highest * (1 + 1e-12)


@given(children, children, children, children)
def test_more_unrecorded_children_never_make_the_range_narrower(in_group, others, gap, more):
    if in_group + others + gap:
        _, low, high = share_range(in_group, others, gap)
        _, lower, higher = share_range(in_group, others, gap + more)
        assert lower <= low + 1e-12
        assert higher >= high - 1e-12
        assert 0 <= lower <= higher <= 1


def test_a_group_that_the_census_did_not_find_has_no_ratio_and_is_no_error():
    compared = compare_with_population([1, 0, 3], [5, 5, 2], [1, 1, 1], [0, 0, 10], [100, 100, None])
    assert np.isnan([compared.ratio, compared.lower, compared.upper, compared.lowest, compared.highest]).all()


def test_nobody_outside_the_group_gives_an_endless_ratio_and_nobody_at_all_none():
    assert compare_with_population(5, 0, 1, 10, 90).ratio == math.inf
    assert math.isnan(compare_with_population(0, 0, 4, 10, 90).ratio)


def test_nobody_recorded_has_no_share_though_it_could_be_anything():
    share, lowest, highest = share_range(0, 0, 4)
    assert math.isnan(share)
    assert (lowest, highest) == (0, 1)
    assert all(math.isnan(value) for value in share_range(0, 0, 0))


@pytest.mark.parametrize(("recorded", "refused"), [(84, True), (85, False), (100, False)])
def test_no_share_is_inferred_below_the_floor_of_recording(recorded, refused):
    assert number("prevalence_recorded_floor") == 0.85
    reason = refuse_prevalence(20, recorded - 20, 100 - recorded)
    assert (reason is not None and "under 85%" in reason) == refused


@pytest.mark.parametrize(("in_group", "refused"), [(0, True), (9, True), (10, False)])
def test_no_rate_is_inferred_from_a_group_of_under_ten_children(in_group, refused):
    assert whole("disproportionality_least_children") == 10
    reason = refuse_prevalence(in_group, 50, 0)
    assert (reason is not None and "in the group" in reason) == refused


def test_a_comparison_needs_ten_children_outside_the_group_too_and_a_share_does_not():
    assert refuse_prevalence(50, 9, 0) is None
    assert "outside the group" in refuse_prevalence(50, 9, 0, is_comparison=True)


def test_every_reason_that_holds_is_given():
    reason = refuse_prevalence(3, 4, 10, is_comparison=True)
    assert reason.count(".") == 3
    assert "under 85%" in reason and "in the group" in reason and "outside the group" in reason


def test_nobody_at_all_is_refused():
    assert "under 85%" in refuse_prevalence(0, 0, 0)


def test_arrays_are_answered_row_by_row():
    reasons = refuse_prevalence([20, 3], [70, 90], [5, 5])
    assert reasons[0] is None
    assert "in the group" in reasons[1]


def test_a_negative_count_is_an_error_that_names_its_position():
    with pytest.raises(ValueError, match="others at position 1 is -1"):
        compare_with_population([5, 5], [5, -1], [0, 0], [10, 10], [90, 90])
