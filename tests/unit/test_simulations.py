"""Simulations with a known truth: intervals hold it, flags and signals come as rarely as published, and planted
differences are found when the counts can show them.

Each expected figure is a nominal level or one published in the project's statistics guide. Each tolerance is three
standard errors of the simulation, plus half of the last digit of a published figure, plus what the comment says.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from throughline.statistics import (
    cumulative_incidence,
    expected_false_flags,
    flag_against,
    flag_probability,
    median_durations,
    rate_interval,
    share_open,
    shrink_rates,
    wilson_interval,
    xmr,
)

CONTEXT = Path(__file__).parents[2] / "seeds/context"
NOTIFICATIONS = 357  # published for England in reporting year 2026
MIDDLE_AUTHORITY = 1.834  # notifications expected there in a year


def latest_population(file: str, code: str) -> np.ndarray:
    areas = pl.read_csv(CONTEXT / file).filter(pl.col(code) != "E92000001")  # England
    return areas.filter(pl.col("mid_year") == areas["mid_year"].max())["population_0_17"].to_numpy().astype(float)


AUTHORITIES = latest_population("population_0_17.csv", "new_la_code")
RATE = NOTIFICATIONS / AUTHORITIES.sum()


def three_errors(share: float, draws: int) -> float:
    return 3 * float(np.sqrt(share * (1 - share) / draws))


def held(lower: np.ndarray, upper: np.ndarray, truth) -> np.ndarray:
    return (lower <= truth) & (truth <= upper)


# Intervals


@pytest.mark.parametrize(("confidence", "each_size_at_least"), [(0.95, 0.93), (0.998, 0.99)])
def test_wilson_holds_the_truth_about_as_often_as_it_says_on_a_partnerships_few_reviews(confidence, each_size_at_least):
    rng = np.random.default_rng(101)
    size = rng.integers(3, 61, 300_000)
    truth = rng.uniform(0.5, 0.95, size.size)
    good = held(*wilson_interval(rng.binomial(size, truth), size, confidence), truth)
    # Counts are whole, so one size may be a point or two off; over sizes and shares the mean is within half a point.
    assert good.mean() == pytest.approx(confidence, abs=0.005)
    assert min(good[size == cases].mean() for cases in range(3, 61)) > each_size_at_least


@pytest.mark.parametrize("years", [1, 3, 5])
def test_a_rate_interval_holds_the_truth_at_least_as_often_as_it_says_in_every_authority(years):
    rng = np.random.default_rng(102)
    people = AUTHORITIES * years
    counts = rng.poisson(people * RATE, (2_000, people.size))
    for confidence in (0.95, 0.998):
        good = held(*rate_interval(counts, people, per=1, confidence=confidence), RATE)
        # The exact interval never falls short; Byar's, from 10 events, may by a fraction of a point.
        assert (good.mean(axis=0) > confidence - 0.002 - three_errors(confidence, 2_000)).all()
        assert good.mean() >= confidence


def test_a_rate_interval_is_hardly_wider_than_it_needs_to_be_for_a_region():
    rng = np.random.default_rng(103)
    people = latest_population("population_0_17_region.csv", "area_code")
    good = held(*rate_interval(rng.poisson(people * RATE, (20_000, people.size)), people, per=1), RATE)
    # About 40 events: the interval still reaches half an event too far at each end, near half a point of cover each.
    assert 0.95 <= good.mean() < 0.965


# Flags


def test_areas_that_do_not_differ_raise_two_and_a_half_flags_a_year_and_a_tenth_of_one_at_998():
    rng = np.random.default_rng(104)
    years = 4_000
    per_100_000 = RATE * 100_000
    counts = rng.poisson(AUTHORITIES * RATE, (years, AUTHORITIES.size))
    flags = flag_against(counts, AUTHORITIES, per_100_000, "rate").astype(str)
    at_95, at_998 = np.mean((flags != "similar").sum(axis=1)), np.mean(np.char.endswith(flags, "998").sum(axis=1))
    # A number of rare flags varies as a Poisson count does.
    reach_95, reach_998 = 3 * np.sqrt(2.5 / years), 3 * np.sqrt(0.1 / years)
    assert at_95 == pytest.approx(2.5, abs=0.05 + reach_95) and at_998 == pytest.approx(0.1, abs=0.05 + reach_998)
    worked_out = expected_false_flags(AUTHORITIES, per_100_000, "rate")
    assert at_95 == pytest.approx(worked_out.at_95, abs=reach_95)
    assert at_998 == pytest.approx(worked_out.at_998, abs=reach_998)


@pytest.mark.parametrize(
    ("years", "doubled_95", "doubled_998", "halved_95"),
    [(1, 0.17, 0.03, 0.00), (3, 0.42, 0.15, 0.06), (5, 0.65, 0.30, 0.33)],
)
def test_a_planted_doubled_or_halved_rate_is_flagged_as_often_as_published(years, doubled_95, doubled_998, halved_95):
    rng = np.random.default_rng(105)
    draws, expected = 40_000, MIDDLE_AUTHORITY * years
    doubled, halved = (
        flag_against(rng.poisson(expected * times, draws), expected, 1, "ratio").astype(str) for times in (2, 0.5)
    )
    for seen, published in (
        (np.char.startswith(doubled, "higher"), doubled_95),
        (doubled == "higher_998", doubled_998),
        (np.char.startswith(halved, "lower"), halved_95),
    ):
        assert seen.mean() == pytest.approx(published, abs=0.005 + three_errors(published, draws))


def test_one_year_never_shows_a_middle_authority_to_be_low():
    assert "lower" not in str(flag_against(0, MIDDLE_AUTHORITY, 1, "ratio"))


@pytest.mark.parametrize(("cases", "found_at_least", "found_at_most"), [(6, 0.0, 0.0), (150, 0.95, 1.0)])
def test_a_partnership_with_half_the_conversion_is_found_only_when_the_cases_can_show_it(
    cases, found_at_least, found_at_most
):
    rng = np.random.default_rng(106)
    draws, england, planted = 20_000, 0.4, 0.2
    flags = flag_against(rng.binomial(cases, planted, draws), cases, england).astype(str)
    # None of 6 still reaches 61% at 99.8%. Of 150, 41 are too few for 40%, and 30 are expected, give or take 5.
    different = np.char.endswith(flags, "998").mean()
    assert found_at_least <= different <= found_at_most
    assert different == pytest.approx(float(flag_probability(cases, england, planted)[1]), abs=three_errors(0.5, draws))


# Partial pooling


@pytest.mark.parametrize(
    ("spread", "one_year", "three_years", "five_years"),
    [(0.2, 0.07, 0.18, 0.27), (0.4, 0.23, 0.47, 0.59), (0.6, 0.40, 0.66, 0.77)],
)
def test_the_middle_authoritys_reliability_is_the_published_one(spread, one_year, three_years, five_years):
    rng = np.random.default_rng(107)
    middle = int(np.argsort(AUTHORITIES)[AUTHORITIES.size // 2])
    draws = 200
    for years, published in ((1, one_year), (3, three_years), (5, five_years)):
        people = AUTHORITIES * years
        truth = rng.gamma(1 / spread**2, RATE * spread**2, (draws, people.size))
        counts = rng.poisson(truth * people)
        found = [shrink_rates(count, people)["reliability"][middle] for count in counts]
        # An estimate from one set of 153 varies by about 0.12, and its mean is up to a point low: a/(a + b) bends down.
        assert np.mean(found) == pytest.approx(published, abs=0.005 + 3 * 0.12 / np.sqrt(draws) + 0.01)


@pytest.mark.parametrize(("spread", "published"), [(0.2, 0.07), (0.4, 0.23), (0.6, 0.40)])
def test_reliability_is_the_share_of_the_variation_in_raw_rates_that_is_real(spread, published):
    rng = np.random.default_rng(108)
    truth = rng.gamma(1 / spread**2, MIDDLE_AUTHORITY * spread**2, 100_000)
    real = np.corrcoef(truth, rng.poisson(truth))[0, 1] ** 2
    assert real == pytest.approx(published, abs=0.005 + 3 * 2 * np.sqrt(published) / np.sqrt(100_000))


# Charts over time


@pytest.mark.parametrize(
    ("mean", "published"), [(None, 0.18), (10, 0.21), (5, 0.23), (2.2, 0.32), (1, 0.48), (0.55, 0.58)]
)
def test_unchanging_series_give_false_signals_as_often_as_published(mean, published):
    rng = np.random.default_rng(109)
    charts = 800
    series = rng.normal(100, 10, (charts, 24)) if mean is None else rng.poisson(mean, (charts, 24))
    signals = np.mean([xmr(values).points["label"].null_count() < 24 for values in series])
    # The published shares are themselves from 4,000 charts.
    published_error = three_errors(published, 4_000)
    assert signals == pytest.approx(published, abs=0.005 + np.hypot(three_errors(published, charts), published_error))


# Durations with open cases

TRUE_MEDIAN = 180  # whole days: half of all reviews last up to the 180th day, and half longer


def reviews(rng: np.random.Generator, areas: int, cases: int, times: float = 1.0) -> dict[str, np.ndarray]:
    """Reviews of so many areas, started evenly over the two years before the as-at date, about 29% of them open."""
    lasts = np.floor(times * rng.lognormal(np.log(TRUE_MEDIAN + 0.5), 0.6, areas * cases))
    followed = rng.integers(0, 730, areas * cases)
    return {
        "group": np.repeat(np.arange(areas), cases),
        "days": np.minimum(lasts, followed),
        "closed": lasts <= followed,
    }


@pytest.mark.parametrize("cases", [20, 40, 80])
def test_a_medians_interval_holds_the_true_median_as_often_as_it_says(cases):
    areas = 4_000
    medians = median_durations(**reviews(np.random.default_rng(110), areas, cases), confidence=(0.95, 0.998))
    for confidence, ending in ((0.95, ""), (0.998, "998")):
        # An end that is not reached lies beyond everyone followed.
        lower, upper = (medians[name + ending].fill_null(np.inf).to_numpy() for name in ("lower", "upper"))
        # The method is for large numbers: with 20 cases a point either way is allowed.
        assert held(lower, upper, TRUE_MEDIAN).mean() == pytest.approx(
            confidence, abs=0.01 * (confidence == 0.95) + three_errors(confidence, areas)
        )


def test_leaving_out_open_reviews_would_look_faster_and_counting_them_does_not():
    all_reviews = reviews(np.random.default_rng(111), 1, 20_000)
    counted = median_durations(**all_reviews)["median"][0]
    assert np.median(all_reviews["days"][all_reviews["closed"]]) < 0.9 * TRUE_MEDIAN
    # The median's own standard error with 20,000 reviews is about 1.6 days.
    assert counted == pytest.approx(TRUE_MEDIAN, abs=5)


def test_the_interval_of_the_share_open_holds_the_truth_as_often_as_it_says():
    from scipy.stats import norm

    areas = 4_000
    shares = share_open(**reviews(np.random.default_rng(112), areas, 40), at=(182,))
    truth = norm.sf(np.log(183 / (TRUE_MEDIAN + 0.5)) / 0.6)  # whole days: open after 182 is lasting 183 or more
    good = held(shares["lower"].to_numpy(), shares["upper"].to_numpy(), truth)
    assert good.mean() == pytest.approx(0.95, abs=0.01 + three_errors(0.95, areas))


def test_a_partnership_twice_as_slow_is_found_when_it_has_the_cases_and_not_claimed_when_it_has_not():
    rng = np.random.default_rng(113)
    found = {}
    for cases, times in ((40, 2), (4, 2), (40, 1)):
        medians = median_durations(**reviews(rng, 2_000, cases, times))
        found[cases, times] = medians.filter(pl.col("refusal").is_null())["lower"].fill_null(np.inf) > TRUE_MEDIAN
    # The log of the median of 40 varies by about 0.15, and the planted difference is log 2 = 0.69.
    assert found[40, 2].mean() > 0.95
    assert found[4, 2].len() == 0
    assert found[40, 1].mean() <= 0.025 + 0.01 + three_errors(0.025, 2_000)


# Competing outcomes


def test_shares_of_competing_outcomes_are_found_without_bias_and_their_intervals_hold_the_truth():
    rng = np.random.default_rng(114)
    daily = np.array([0.0012, 0.0025, 0.0003])
    names = np.array(["local review", "no review", "withdrawn"], dtype=object)
    truth = daily / daily.sum() * (1 - np.exp(-daily.sum() * 365))
    runs, cases = 500, 120
    answers = np.full((runs, 3, 3), np.nan)
    for run in range(runs):
        ends, followed = rng.exponential(1 / daily.sum(), cases), rng.uniform(0, 900, cases)
        outcome = np.where(ends < followed, names[rng.choice(3, cases, p=daily / daily.sum())], None)
        shares = cumulative_incidence(np.minimum(ends, followed), outcome, outcomes=names)
        answers[run] = [shares.share_at(365, name) for name in names]
    share, lower, upper = np.moveaxis(answers, 2, 0)
    spread = share.std(axis=0) / np.sqrt(runs)
    assert (np.abs(share.mean(axis=0) - truth) < 3 * spread).all()
    known = ~np.isnan(lower)
    # Withdrawals are few, so a point and a half more is allowed than the simulation's own error.
    for each in range(3):
        good = held(lower[:, each], upper[:, each], truth[each])[known[:, each]]
        assert good.mean() == pytest.approx(0.95, abs=0.015 + three_errors(0.95, runs))
    assert known.mean() > 0.99
