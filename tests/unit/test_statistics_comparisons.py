"""Comparisons: central p-values that agree with their intervals, and the Fingertips rule against a comparator."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.rates import test_poisson as statsmodels_poisson_test

from throughline.statistics import compare_rates, compare_with_expected, flag_against, ratio_interval
from throughline.statistics.settings import EXACT_BELOW_EXPECTED

# The first call imports scipy, which takes longer than Hypothesis allows one example.
untimed = settings(deadline=None)

counts = st.integers(0, 60)
populations = st.integers(1_000, 500_000)


def test_two_rates_give_the_published_ratio_interval_and_central_p_value():
    compared = compare_rates(3, 165_000, 10, 170_000)
    assert round(float(compared.ratio), 2) == 0.31
    assert (round(float(compared.lower), 2), round(float(compared.upper), 2)) == (0.05, 1.20)
    # R's poisson.test prints 0.093 here: the minimum-likelihood p-value, which can contradict its own interval.
    assert round(float(compared.p_value), 3) == 0.103


def test_a_count_against_the_expected_one_gives_the_published_central_p_value():
    assert round(float(compare_with_expected(7, 2.24)), 3) == 0.016


@pytest.mark.parametrize(("count", "expected"), [(0, 1.83), (7, 2.24), (14, 9.2), (30, 41.5)])
def test_a_count_against_the_expected_one_agrees_with_statsmodels(count, expected):
    theirs = statsmodels_poisson_test(count, 1, value=expected, method="exact-c").pvalue
    assert compare_with_expected(count, expected) == pytest.approx(min(1, theirs), rel=1e-9)


@untimed
@given(counts, populations, counts, populations)
def test_the_p_value_is_below_5_percent_exactly_when_the_interval_leaves_out_1(count_1, people_1, count_2, people_2):
    compared = compare_rates(count_1, people_1, count_2, people_2)
    if count_1 + count_2 == 0:
        assert math.isnan(compared.p_value) and math.isnan(compared.ratio)
    elif abs(compared.p_value - 0.05) > 1e-9:
        assert (compared.p_value < 0.05) == (not compared.lower <= 1 <= compared.upper)


@untimed
@given(counts, populations, st.integers(1, 60), populations)
def test_changing_the_order_turns_the_comparison_over(count_1, people_1, count_2, people_2):
    one, other = (
        compare_rates(count_1, people_1, count_2, people_2),
        compare_rates(count_2, people_2, count_1, people_1),
    )
    assert one.p_value == pytest.approx(other.p_value, rel=1e-9)
    if count_1:
        assert one.ratio == pytest.approx(1 / other.ratio)
        assert one.lower == pytest.approx(1 / other.upper)


def test_nothing_against_nothing_is_no_evidence_either_way():
    compared = compare_rates(0, 70_000, 0, 90_000)
    assert all(math.isnan(part) for part in (compared.ratio, compared.lower, compared.upper, compared.p_value))
    assert math.isnan(compare_with_expected(0, 0))


def test_a_rate_against_none_has_a_lower_limit_and_an_endless_upper_one():
    compared = compare_rates(5, 1_000, 0, 1_000)
    assert math.isinf(compared.ratio) and math.isinf(compared.upper)
    assert 0 < compared.lower < math.inf and compared.p_value == pytest.approx(2 / 2**5)


def test_rates_are_compared_row_by_row_and_missing_stays_missing():
    compared = compare_rates([3, None, 0], 165_000, [10, 10, 0], [170_000, 170_000, 170_000])
    assert np.isnan(compared.p_value).tolist() == [False, True, True]


def test_counts_that_are_not_whole_cannot_be_tested():
    with pytest.raises(ValueError, match=r"count_1 at position 1 is 2\.5, which is not a whole number"):
        compare_rates([2, 2.5], 1_000, 3, 1_000)
    with pytest.raises(ValueError, match=r"count is 4, .* expected \(0\)"):
        compare_with_expected(4, 0)


def test_four_areas_are_flagged_as_the_public_health_package_flags_them():
    count, population = [9, 1, 0, 30], [110_000, 150_000, 190_000, 620_000]
    england = sum(count) / sum(population) * 100_000
    assert round(england, 3) == 3.738
    flags = flag_against(count, population, england, "rate")
    assert flags.tolist() == ["higher_95", "lower_95", "lower_998", "similar"]


def test_a_hair_above_the_comparator_decides_the_flag():
    assert flag_against(9, 110_000, 3.738, "rate") == "higher_95"
    assert flag_against(9, 110_000, 4.0, "rate") == "similar"


@pytest.mark.parametrize(
    ("years", "high_95", "lowest_95", "high_998", "lowest_998"),
    [(1, 6, None, 8, None), (3, 12, 0, 15, None), (5, 17, 3, 21, 0)],
)
def test_one_year_can_never_show_a_middle_authority_to_be_low(years, high_95, lowest_95, high_998, lowest_998):
    seen = np.arange(40)
    flags = flag_against(seen, np.full(40, 1.83 * years), 1, "ratio").tolist()
    high = [count for count, flag in enumerate(flags) if flag.startswith("higher")]
    low = [count for count, flag in enumerate(flags) if flag.startswith("lower")]
    assert min(high) == high_95 and flags.index("higher_998") == high_998
    assert max(low, default=None) == lowest_95
    assert max((count for count in low if flags[count] == "lower_998"), default=None) == lowest_998


@pytest.mark.parametrize(
    ("met", "of", "flag"), [(2, 3, "similar"), (4, 5, "similar"), (3, 5, "lower_95"), (0, 3, "lower_998")]
)
def test_one_case_of_a_few_is_not_called_different_from_nearly_all(met, of, flag):
    # At 98.3%, 2 of 3 or fewer comes one time in twenty (1 - 0.983³), 4 of 5 or fewer one in twelve, 3 of 5 or fewer
    # three times in a thousand, and 0 of 3 five times in a million.
    assert flag_against(met, of, 0.983) == flag
    assert flag_against(of - met, of, 0.017) == flag.replace("lower", "higher")


@untimed
@given(st.integers(1, 200), st.floats(0.001, 0.999), st.data())
def test_a_flag_where_few_are_expected_is_as_rare_as_it_says(size, share, data):
    count = data.draw(st.integers(0, size))
    chances = [math.comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(size + 1)]
    tail = min(sum(chances[: count + 1]), sum(chances[count:]))
    flag = flag_against(count, size, share)
    if size * min(share, 1 - share) < EXACT_BELOW_EXPECTED and flag != "similar":
        assert tail <= (0.001 if flag.endswith("998") else 0.025) + 1e-9


@untimed
@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.02, 0.98))
def test_odds_are_flagged_as_the_exact_interval_of_the_ratio_is(count_1, count_2, share):
    if count_1 + count_2 == 0:
        return
    flag = flag_against(count_1, count_1 + count_2, share, "odds")
    lower, upper = ratio_interval(count_1, count_2, 0.95)
    assert (flag[:6] == "higher") == (lower > share / (1 - share))
    assert (flag[:5] == "lower") == (upper < share / (1 - share))


def test_a_unit_without_a_value_has_no_flag():
    assert flag_against([0, 3, 3], [0, None, 4], 0.5).tolist() == [None, None, "similar"]
    assert flag_against(3, 4, None) is None


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="give one of proportion, rate, ratio"):
        flag_against(1, 2, 0.5, "percentage")
