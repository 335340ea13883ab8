"""False flags: the exact number that luck alone raises, and the power of pooled years."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.statistics import (
    expected_false_flags,
    expected_false_flags_at,
    flag_against,
    flag_probability,
    flag_probability_at,
)

POPULATION = Path(__file__).parents[2] / "seeds/context/population_0_17.csv"

# 357 notifications shared out by population give the middle authority 1.83 a year, held here unrounded.
MIDDLE_AUTHORITY = 1.834


def percent(chance: float) -> int:
    return round(100 * float(chance))


@pytest.mark.parametrize(
    ("years", "doubled_95", "doubled_998", "halved_95"), [(1, 17, 3, 0), (3, 42, 15, 6), (5, 65, 30, 33)]
)
def test_a_middle_authority_is_flagged_as_rarely_as_published(years, doubled_95, doubled_998, halved_95):
    expected = MIDDLE_AUTHORITY * years
    doubled = flag_probability(expected, 1, true_value=2, kind="ratio")
    halved = flag_probability(expected, 1, true_value=0.5, kind="ratio")
    assert (percent(doubled[0]), percent(doubled[1]), percent(halved[0])) == (doubled_95, doubled_998, halved_95)


def test_one_year_of_all_authorities_raises_about_two_and_a_half_false_flags():
    areas = pl.read_csv(POPULATION)
    latest = areas.filter(pl.col("mid_year") == areas["mid_year"].max())
    england = 357 / latest["population_0_17"].sum() * 100_000
    flags = expected_false_flags(latest["population_0_17"], england, kind="rate")
    assert flags.units == 153
    assert (round(flags.at_95, 1), round(flags.at_998, 1)) == (2.5, 0.1)


@settings(deadline=None, max_examples=60)
@given(st.floats(0.2, 60), st.floats(0.3, 3))
def test_chance_of_a_flag_is_the_sum_over_every_count_that_would_be_flagged(expected, truth):
    from scipy.stats import poisson

    counts = np.arange(400)
    flags = flag_against(counts, expected, 1, "ratio").tolist()
    weights = poisson.pmf(counts, expected * truth)
    at_95, at_998 = flag_probability(expected, 1, truth, "ratio")
    assert at_95 == pytest.approx(sum(w for w, f in zip(weights, flags, strict=True) if f != "similar"), abs=1e-9)
    assert at_998 == pytest.approx(sum(w for w, f in zip(weights, flags, strict=True) if "998" in f), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 120), st.floats(0.02, 0.98))
def test_the_same_holds_for_proportions(size, share):
    from scipy.stats import binom

    counts = np.arange(size + 1)
    flags = flag_against(counts, size, share).tolist()
    weights = binom.pmf(counts, size, share)
    at_95, at_998 = flag_probability(size, share)
    assert at_95 == pytest.approx(sum(w for w, f in zip(weights, flags, strict=True) if f != "similar"), abs=1e-9)
    assert at_998 == pytest.approx(sum(w for w, f in zip(weights, flags, strict=True) if "998" in f), abs=1e-9)


def test_simulated_areas_raise_as_many_flags_as_expected():
    rng = np.random.default_rng(5)
    sizes = rng.integers(3, 40, 153)
    expected = expected_false_flags(sizes, 0.8)
    seen = [sum(flag != "similar" for flag in flag_against(rng.binomial(sizes, 0.8), sizes, 0.8)) for _ in range(400)]
    assert np.mean(seen) == pytest.approx(expected.at_95, rel=0.08)


def test_units_without_a_denominator_are_not_counted():
    assert expected_false_flags([20, 0, None, 30], 0.5).units == 2
    assert expected_false_flags([], 0.5) == (0.0, 0.0, 0)
    assert np.isnan(flag_probability(0, 0.5)[0])


def test_a_share_above_1_is_refused():
    with pytest.raises(ValueError, match="shares: give them between 0 and 1"):
        flag_probability(20, 85)


@pytest.mark.parametrize(("kind", "comparator"), [("proportion", 0.3), ("odds", 0.3), ("rate", 25_000), ("ratio", 1)])
def test_one_level_alone_has_the_same_answer_as_both(kind, comparator):
    sizes = [3, 12, 40, 200, 0]
    both = flag_probability(sizes, comparator, kind=kind)

    for confidence, expected in zip((0.95, 0.998), both, strict=True):
        np.testing.assert_array_equal(flag_probability_at(confidence, sizes, comparator, kind=kind), expected)
    assert (
        expected_false_flags_at(0.998, sizes, comparator, kind) == expected_false_flags(sizes, comparator, kind).at_998
    )
