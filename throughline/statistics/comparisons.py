"""Say whether two figures differ, without the trap of asking whether their intervals overlap."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from .flagged_counts import KINDS, LEVELS, flagged_counts
from .inputs import Numbers, check_exposed, check_kind, check_level, check_within, read_counts
from .intervals import conditional_odds


@dataclass(frozen=True)
class RateComparison:
    """A rate ratio with its exact interval and the central p-value that agrees with it."""

    ratio: float | np.ndarray
    lower: float | np.ndarray
    upper: float | np.ndarray
    p_value: float | np.ndarray


def compare_rates(
    count_1: Numbers, population_1: Numbers, count_2: Numbers, population_2: Numbers, confidence: float = 0.95
) -> RateComparison:
    """Compare two rates by the exact conditional test: the first rate over the second.

    Formula: given x1 + x2, x1 is binomial with p = n1/(n1 + n2) when the rates are equal. The p-value is central,
    twice the smaller tail and at most 1, so it agrees with the interval; R's poisson.test reports another.
    Units: any, the same for both populations. Shapes: numbers or arrays, broadcast together.
    Edges: 0 against 0, no population, or a missing value: NaN throughout (no evidence either way). A second count
    of 0 has an infinite ratio and upper limit, and lower and p_value still hold.
    Raises ValueError on counts that are negative or not whole, or above 0 in a population of 0.
    Source: Przyborowski and Wilenski 1940; Fay 2010 on central p-values.
    """
    from scipy.stats import binom

    tail = check_level(confidence)
    count_1, count_2 = read_counts(whole=True, count_1=count_1, count_2=count_2)
    population_1, population_2 = read_counts(population_1=population_1, population_2=population_2)
    count_1, count_2, population_1, population_2 = np.broadcast_arrays(count_1, count_2, population_1, population_2)
    check_exposed(count_1, population_1, ("count_1", "population_1"))
    check_exposed(count_2, population_2, ("count_2", "population_2"))

    people_1, people_2 = (np.where(people > 0, people, np.nan) for people in (population_1, population_2))
    exposure, total = people_2 / people_1, count_1 + count_2
    lower, upper = conditional_odds(count_1, count_2, tail)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = count_1 / count_2 * exposure
    share = people_1 / (people_1 + people_2)
    p_value = _central(binom.cdf(count_1, total, share), binom.sf(count_1 - 1, total, share))
    unknown = np.isnan(total + exposure) | (total == 0)
    return RateComparison(
        *(np.where(unknown, np.nan, values)[()] for values in (ratio, lower * exposure, upper * exposure, p_value))
    )


def compare_proportions(numerator_1: Numbers, denominator_1: Numbers, numerator_2: Numbers, denominator_2: Numbers):
    """Central p-value of two shares, such as one area's in this period and in an earlier one: Fisher's exact test.

    Formula: given all successes, those in the first are hypergeometric when the shares are equal; twice the smaller
    tail and at most 1. Shapes: numbers or arrays, broadcast together; returns the p-value of that shape.
    Edges: no cases on either side, or a missing value, gives NaN; all or no successes on both sides gives 1.
    Raises ValueError on counts that are negative, not whole, or above their denominator.
    Source: Fay 2010 on central tests; scipy's hypergeometric distribution.
    """
    from scipy.stats import hypergeom

    numerator_1, numerator_2 = read_counts(whole=True, numerator_1=numerator_1, numerator_2=numerator_2)
    denominator_1, denominator_2 = read_counts(whole=True, denominator_1=denominator_1, denominator_2=denominator_2)
    check_within(numerator_1, denominator_1)
    check_within(numerator_2, denominator_2)
    counts = np.broadcast_arrays(numerator_1, denominator_1, numerator_2, denominator_2)
    # Small counts repeat themselves: each distinct comparison is worked out once.
    rows = pl.DataFrame({name: each.ravel() for name, each in zip("abcd", counts, strict=True)})
    distinct = rows.unique(maintain_order=True).with_row_index("place")
    where = rows.join(distinct, on=list("abcd"), how="left", nulls_equal=True, maintain_order="left")[
        "place"
    ].to_numpy()
    first, cases_1, second, cases_2 = distinct.select("a", "b", "c", "d").to_numpy().T
    together = (cases_1 + cases_2, first + second, cases_1)
    p_value = _central(hypergeom.cdf(first, *together), hypergeom.sf(first - 1, *together))
    p_value = np.where((cases_1 == 0) | (cases_2 == 0) | np.isnan(first + cases_1 + second + cases_2), np.nan, p_value)
    return p_value[where].reshape(counts[0].shape)[()]


def compare_with_expected(count: Numbers, expected: Numbers):
    """Central p-value of a count against the count that was expected.

    Formula: twice the smaller Poisson tail, P(X ≤ x) or P(X ≥ x) with mean E, and at most 1.
    Shapes: numbers or arrays, broadcast together; returns the p-value of that shape.
    Edges: nothing expected and nothing seen, or a missing value, gives NaN.
    Raises ValueError on counts that are negative or not whole, or above 0 where 0 was expected.
    Source: Fay 2010; statsmodels' one-sample exact test is the same.
    """
    from scipy.stats import poisson

    count, expected = np.broadcast_arrays(*read_counts(whole=True, count=count), *read_counts(expected=expected))
    check_exposed(count, expected, ("count", "expected"))
    p_value = _central(poisson.cdf(count, expected), poisson.sf(count - 1, expected))
    return np.where((expected == 0) | np.isnan(count + expected), np.nan, p_value)[()]


def flag_against(
    numerator: Numbers, denominator: Numbers, comparator: Numbers, kind: str = "proportion", per: float = 100_000
):
    """Place units against a fixed comparator: the Fingertips rule, and an exact tail where few are expected.

    Formula: "higher_998" or "lower_998" when the unit's 99.8% interval lies wholly above or below the comparator,
    else "higher_95" or "lower_95" by its 95% interval, else "similar". A share of which fewer than
    `exact_below_expected` are expected on the rarer side must be as rare by the exact binomial tail too.
    kind: "proportion" (comparator a share from 0 to 1, Wilson), "odds" (comparator the share that one count makes of
    two counts together, exact), "rate" (comparator per `per` people, exact or Byar's) or "ratio" (denominator is the
    expected count and comparator usually 1, exact or Byar's).
    Shapes: numbers or arrays, broadcast together; one unit gives one word, arrays an array of words.
    Edges: None where the unit has no value or the comparator is missing. Raises ValueError as the intervals do.
    Source: Fingertips Public Health Technical Guidance. 95% is "look again next year"; only 99.8% is "different".
    """
    check_kind(kind, KINDS)
    numerator, denominator, comparator = read_counts(
        numerator=numerator, denominator=denominator, comparator=comparator
    )
    if kind in {"rate", "ratio"}:
        check_exposed(numerator, denominator, ("numerator", "denominator"))
        comparator = comparator / (1 if kind == "ratio" else per)
    else:
        check_within(numerator, denominator)
    flags = np.full(numerator.shape, "similar", dtype=object)
    for confidence, name in LEVELS:
        low, high = flagged_counts(denominator, comparator, kind, confidence)
        flags = np.where(numerator >= high, f"higher_{name}", flags)
        flags = np.where(numerator <= low, f"lower_{name}", flags)
    return np.where(np.isnan(numerator + low), None, flags)[()]


def _central(at_most: np.ndarray, at_least: np.ndarray) -> np.ndarray:
    return np.minimum(1.0, 2 * np.minimum(at_most, at_least))
