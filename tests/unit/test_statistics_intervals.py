"""Intervals: published worked numbers, the edges, and how often they hold the truth."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson
from statsmodels.stats.rates import confint_poisson

from throughline.statistics import (
    poisson_interval,
    rate_interval,
    rate_method,
    ratio_interval,
    wilson_interval,
)

# The first call imports scipy, which takes longer than Hypothesis allows one example.
untimed = settings(deadline=None)


@st.composite
def parts_of_wholes(draw):
    denominator = draw(st.integers(1, 5_000))
    return draw(st.integers(0, denominator)), denominator


@pytest.mark.parametrize(
    ("numerator", "denominator", "at_95", "at_998"),
    [
        (11, 13, (57.8, 95.7), (42.3, 97.6)),
        (0, 4, (0.0, 49.0), (0.0, 70.5)),
        (62, 71, (77.6, 93.2), (70.6, 95.2)),
        (27, 30, (74.4, 96.5), None),
    ],
)
def test_wilson_gives_the_published_limits(numerator, denominator, at_95, at_998):
    for confidence, expected in ((0.95, at_95), (0.998, at_998)):
        if expected:
            limits = wilson_interval(numerator, denominator, confidence)
            assert [round(100 * float(limit), 1) for limit in limits] == list(expected)


def test_four_of_four_on_time_could_still_be_half():
    lower, upper = wilson_interval(4, 4)
    assert (round(float(lower), 2), upper) == (0.51, 1.0)


@untimed
@given(parts_of_wholes(), st.sampled_from([0.9, 0.95, 0.998]))
def test_wilson_lies_within_0_and_1_and_holds_the_proportion(case, confidence):
    numerator, denominator = case
    lower, upper = wilson_interval(numerator, denominator, confidence)
    assert 0 <= lower <= numerator / denominator <= upper <= 1
    assert lower < upper


@untimed
@given(st.integers(1, 5_000))
def test_wilson_ends_are_exact_when_none_or_all_met_the_standard(denominator):
    assert wilson_interval(0, denominator)[0] == 0.0
    assert wilson_interval(denominator, denominator)[1] == 1.0


@untimed
@given(parts_of_wholes())
def test_wilson_limits_are_mirrored_when_met_and_not_met_change_places(case):
    numerator, denominator = case
    lower, upper = wilson_interval(numerator, denominator)
    mirrored = wilson_interval(denominator - numerator, denominator)
    assert (1 - upper, 1 - lower) == pytest.approx(mirrored, abs=1e-12)


def test_nothing_of_nothing_has_no_interval():
    assert all(math.isnan(limit) for limit in wilson_interval(0, 0))
    assert all(math.isnan(limit) for limit in rate_interval(0, 0))


def test_arrays_come_back_as_arrays_with_missing_as_nan():
    lower, upper = wilson_interval(pl.Series([1, None, 0]), pl.Series([2, 5, 0]))
    assert lower.shape == upper.shape == (3,)
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [False, True, True]


def test_one_comparator_is_spread_over_an_array():
    lower, _ = wilson_interval([1, 2, 3], 10)
    assert lower.shape == (3,)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: wilson_interval([1, 5, 9], [2, 3, 4]), "numerator at position 1 is 5, .* above its denominator .3."),
        (lambda: wilson_interval(-1, 3), "numerator is -1, which is negative"),
        (lambda: rate_interval([1, 2], [50, 0]), "count at position 1 is 2, .* population .0."),
        (lambda: rate_interval(1, -50), "population is -50, which is negative"),
        (lambda: rate_interval(float("inf"), 50), "count is inf, which is not finite"),
        (lambda: wilson_interval("two", 3), "numerator holds something that is not a number"),
        (lambda: wilson_interval(1, 2, confidence=95), "confidence is 95"),
        (lambda: ratio_interval([3, -2], 1), "count_1 at position 1 is -2"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_place(call, words):
    with pytest.raises(ValueError, match=words):
        call()


@pytest.mark.parametrize(
    ("count", "person_years", "at_95", "at_998", "method"),
    [
        (2, 71_500, (0.34, 10.10), (0.06, 15.70), "exact"),
        (0, 30_250, (0.00, 12.19), (0.00, 22.84), "exact"),
        (14, 214_500, (3.57, 10.95), (2.40, 13.94), "byars"),
        (355, 12_150_000, (2.63, 3.24), (2.47, 3.43), "byars"),
    ],
)
def test_rates_give_the_published_limits_and_name_their_method(count, person_years, at_95, at_998, method):
    for confidence, expected in ((0.95, at_95), (0.998, at_998)):
        limits = rate_interval(count, person_years, confidence=confidence)
        assert [round(float(limit), 2) for limit in limits] == list(expected)
    assert rate_method(count) == method


def test_the_method_changes_at_ten_and_the_limits_change_with_it():
    assert rate_method([0, 9, 10, None]).tolist() == ["exact", "exact", "byars", None]
    lower, upper = rate_interval([9, 10], 1, per=1)
    exact_lower, exact_upper = poisson_interval([9, 10])
    assert (lower[0], upper[0]) == (exact_lower[0], exact_upper[0])
    assert lower[1] != exact_lower[1] and lower[1] == pytest.approx(exact_lower[1], rel=0.002)
    assert upper[1] != exact_upper[1] and upper[1] == pytest.approx(exact_upper[1], rel=0.002)


def test_exact_limits_agree_with_statsmodels():
    counts = np.arange(0, 200)
    assert np.allclose(poisson_interval(counts), confint_poisson(counts, 1, method="exact-c"), rtol=1e-9, atol=0)


@untimed
@given(st.integers(0, 2_000), st.integers(1, 10_000_000), st.sampled_from([0.95, 0.998]))
def test_a_rate_lies_within_its_interval(count, population, confidence):
    lower, upper = rate_interval(count, population, confidence=confidence)
    assert 0 <= lower <= count / population * 100_000 < upper


def test_limits_of_a_rate_rise_with_the_count_across_the_change_of_method():
    for confidence in (0.95, 0.998):
        lower, upper = rate_interval(np.arange(100), 1, per=1, confidence=confidence)
        assert (np.diff(lower) > 0).all() and (np.diff(upper) > 0).all()


def test_pooling_three_years_by_person_years_is_already_a_rate_per_year():
    assert rate_interval(6, 3 * 70_000) == pytest.approx([limit / 3 for limit in rate_interval(6, 70_000)])


def test_ratio_of_counts_agrees_with_the_comparison_of_equal_populations():
    lower, upper = ratio_interval(3, 10)
    assert (lower * 170 / 165, upper * 170 / 165) == pytest.approx((0.05466, 1.20043), abs=1e-5)


def test_ratio_to_no_count_has_a_lower_limit_and_no_upper_one():
    lower, upper = ratio_interval([5, 0, 0], [0, 4, 0])
    # 5 against 0: the chance limit solves p^5 = 0.025.
    chance = 0.025 ** (1 / 5)
    assert lower[0] == pytest.approx(chance / (1 - chance)) and math.isnan(upper[0])
    assert lower[1] == 0.0 and upper[1] > 0
    assert math.isnan(lower[2]) and math.isnan(upper[2])


@untimed
@given(st.integers(0, 300), st.integers(1, 300))
def test_ratio_interval_holds_the_ratio(count_1, count_2):
    lower, upper = ratio_interval(count_1, count_2)
    assert 0 <= lower <= count_1 / count_2 <= upper


@pytest.mark.parametrize(("size", "share"), [(12, 0.5), (30, 0.2), (70, 0.85), (200, 0.05)])
def test_wilson_holds_the_truth_about_as_often_as_it_says(size, share):
    counts = np.arange(size + 1)
    lower, upper = wilson_interval(counts, size)
    held = binom.pmf(counts, size, share)[(lower <= share) & (share <= upper)].sum()
    assert 0.92 < held < 0.985


@pytest.mark.parametrize("mean", [0.5, 1.83, 5.5, 12.0, 60.0])
def test_a_rate_interval_holds_the_truth_at_least_as_often_as_it_says(mean):
    counts = np.arange(400)
    lower, upper = rate_interval(counts, 1, per=1)
    held = poisson.pmf(counts, mean)[(lower <= mean) & (mean <= upper)].sum()
    assert held > 0.949


def test_simulated_areas_fall_outside_their_intervals_as_rarely_as_promised():
    rng = np.random.default_rng(2026)
    population, rate = rng.integers(8_000, 350_000, 20_000), 2.93
    count = rng.poisson(population * rate / 100_000)
    for confidence, most in ((0.95, 0.05), (0.998, 0.003)):
        lower, upper = rate_interval(count, population, confidence=confidence)
        assert np.mean((lower > rate) | (upper < rate)) < most


@settings(max_examples=25, deadline=None)
@given(st.lists(parts_of_wholes(), min_size=1, max_size=20))
def test_an_array_gives_what_its_members_give_one_by_one(cases):
    together = np.array(wilson_interval(*zip(*cases, strict=True))).T
    assert np.array_equal(together, [wilson_interval(*case) for case in cases])
