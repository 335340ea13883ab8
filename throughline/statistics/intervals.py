"""Intervals for proportions, rates and ratios of counts that hold up when the counts are small."""

import numpy as np

from .inputs import Numbers, check_exposed, check_level, check_within, normal_reach, read_counts
from .settings import BYARS_FROM_COUNT


def wilson_interval(numerator: Numbers, denominator: Numbers, confidence: float = 0.95):
    """Wilson score interval for a proportion, as shares from 0 to 1.

    Formula: (2x + z² ∓ z·sqrt(z² + 4x(1 - x/n))) / (2(n + z²)), with z the normal quantile for the confidence.
    Shapes: numbers or arrays, broadcast together; returns (lower, upper) of that shape.
    Edges: 0 of n has lower exactly 0, n of n upper exactly 1; 0 of 0 and missing values give NaN.
    Raises ValueError where a count is negative or a numerator is above its denominator.
    Source: Wilson 1927; Fingertips Public Health Technical Guidance.
    """
    from statsmodels.stats.proportion import proportion_confint

    tail = check_level(confidence)
    numerator, denominator = read_counts(numerator=numerator, denominator=denominator)
    check_within(numerator, denominator)
    known = np.where(denominator > 0, denominator, np.nan)
    lower, upper = proportion_confint(numerator, known, alpha=2 * tail, method="wilson")
    unknown = np.isnan(numerator + known)
    # Floating point leaves 1e-17 beyond the ends, which would print as "-0.0%".
    lower = np.where(numerator == 0, 0.0, np.clip(lower, 0, 1))
    upper = np.where(numerator == denominator, 1.0, np.clip(upper, 0, 1))
    return np.where(unknown, np.nan, lower)[()], np.where(unknown, np.nan, upper)[()]


def rate_interval(count: Numbers, population: Numbers, per: float = 100_000, confidence: float = 0.95):
    """Interval for a rate: exact Poisson for counts below 10, Byar's approximation from 10.

    Formula, for the count x and then times per / population:
      exact: χ²(α/2; 2x)/2 to χ²(1 - α/2; 2x + 2)/2
      Byar's: x(1 - 1/(9x) - z/(3√x))³ to (x + 1)(1 - 1/(9(x + 1)) + z/(3√(x + 1)))³
    Units: population is people, or person-years when years are pooled (add the years' populations); limits are
    per `per` people. With population an expected count and per=1 it is the interval of observed over expected.
    Shapes: numbers or arrays, broadcast together; returns (lower, upper) of that shape.
    Edges: a count of 0 has lower exactly 0; no population, or a missing value, gives NaN.
    Raises ValueError on a negative value, or a count above 0 in a population of 0.
    Source: Breslow and Day 1987; Fingertips Public Health Technical Guidance. Which formula: `rate_method`.
    """
    tail = check_level(confidence)
    count, population = read_counts(count=count, population=population)
    check_exposed(count, population, ("count", "population"))
    lower, upper = fingertips_limits(count, tail)
    people = np.where(population > 0, population, np.nan)
    return (lower / people * per)[()], (upper / people * per)[()]


def rate_method(count: Numbers):
    """Which formula `rate_interval` uses for a count: "exact" below 10, "byars" from 10, None where it is missing.

    Shapes: one number gives one word; an array gives an array of words.
    """
    (count,) = read_counts(count=count)
    method = np.where(count < BYARS_FROM_COUNT, "exact", "byars").astype(object)
    return np.where(np.isnan(count), None, method)[()]


def poisson_interval(count: Numbers, confidence: float = 0.95):
    """Exact Poisson interval for the expected value behind a count, whatever its size.

    Formula: χ²(α/2; 2x)/2 to χ²(1 - α/2; 2x + 2)/2. Divide by the population or the expected count for a rate.
    Shapes: numbers or arrays; returns (lower, upper) of that shape.
    Edges: 0 has lower exactly 0; missing gives NaN; negative raises ValueError.
    Source: Garwood 1936.
    """
    tail = check_level(confidence)
    (count,) = read_counts(count=count)
    lower, upper = exact_limits(count, tail)
    return lower[()], upper[()]


def ratio_interval(count_1: Numbers, count_2: Numbers, confidence: float = 0.95):
    """Exact conditional interval for the ratio of two Poisson counts, count_1 over count_2.

    Formula: given their total, count_1 is binomial with chance p; the Clopper-Pearson limits of p, from beta
    quantiles, are turned into odds p/(1 - p). For rates, multiply by population_2 / population_1.
    Shapes: numbers or arrays, broadcast together; returns (lower, upper) of that shape.
    Edges: 0 against 0 gives NaN for both. With count_2 = 0 the ratio has no upper limit: upper is NaN, never
    infinity, and lower still holds. With count_1 = 0 lower is exactly 0. Missing values give NaN.
    Raises ValueError on a negative count.
    Source: Przyborowski and Wilenski 1940; the interval of R's poisson.test.
    """
    tail = check_level(confidence)
    count_1, count_2 = read_counts(count_1=count_1, count_2=count_2)
    lower, upper = conditional_odds(count_1, count_2, tail)
    return lower[()], np.where(np.isinf(upper), np.nan, upper)[()]


def fingertips_limits(count: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Limits for a count by the rule that changes formula at 10."""
    lower, upper = byars_limits(count, tail)
    small = count < BYARS_FROM_COUNT
    # At most ten different whole numbers are below 10, so the slow quantiles are asked for once each.
    values, places = np.unique(count[small], return_inverse=True)
    exact_lower, exact_upper = exact_limits(values, tail)
    lower[small], upper[small] = exact_lower[places], exact_upper[places]
    return lower, upper


def exact_limits(count: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Exact Poisson limits for a count."""
    from scipy.stats import chi2

    with np.errstate(invalid="ignore"):
        lower = np.where(count == 0, 0.0, chi2.ppf(tail, 2 * count) / 2)
    return lower, chi2.ppf(1 - tail, 2 * count + 2) / 2


def byars_limits(count: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Byar's approximate limits for a count; a count of 0 has no lower limit here."""
    z = normal_reach(tail)
    above = count + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        lower = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3
    return np.array(lower), np.array(above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3)


def conditional_odds(count_1: np.ndarray, count_2: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Exact limits of count_1's odds against count_2, given their total."""
    from scipy.stats import beta

    nothing = count_1 + count_2 == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(count_1 == 0, 0.0, beta.ppf(tail, count_1, count_2 + 1))
        high = np.where(count_2 == 0, 1.0, beta.ppf(1 - tail, count_1 + 1, count_2))
        lower, upper = low / (1 - low), high / (1 - high)
    missing = nothing | np.isnan(count_1 + count_2)
    return np.where(missing, np.nan, lower), np.where(missing, np.nan, upper)
