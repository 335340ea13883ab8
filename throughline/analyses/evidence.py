"""How often luck alone would give a figure, and how often luck would make a question of one: exact, and both ways."""

from typing import Any

import numpy as np

from throughline import settings

LEVEL = settings.number("question_chance")


def chance_of_share(numerator: np.ndarray, denominator: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Twice the smaller binomial tail of so many in so many, where the true share is the expected one."""
    from scipy.stats import binom

    return central(binom.cdf(numerator, denominator, expected), binom.sf(numerator - 1, denominator, expected))


def chance_of_count(count: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Twice the smaller Poisson tail of so many where so many are expected."""
    from scipy.stats import poisson

    return central(poisson.cdf(count, expected), poisson.sf(count - 1, expected))


def central(at_most: np.ndarray, at_least: np.ndarray) -> np.ndarray:
    """Both tails by twice the smaller one, never over 1."""
    return np.minimum(1.0, 2 * np.minimum(at_most, at_least))


def luck_of_share(denominator: np.ndarray, expected: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """How often luck alone would give a share that has less than this chance: counts are whole, so at most `level`."""
    from scipy.stats import binom

    return luck_of_both_tails(binom, denominator, expected, level=level)


def luck_of_both_tails(distribution: Any, *parameters: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """The chance of every count of which twice the smaller tail is less than `level`."""
    low = distribution.ppf(level / 2, *parameters) - 1
    return distribution.cdf(low, *parameters) + distribution.sf(distribution.isf(level / 2, *parameters), *parameters)


def luck_of_changed_share(
    x: np.ndarray, n: np.ndarray, x_2: np.ndarray, n_2: np.ndarray, level: float = LEVEL
) -> np.ndarray:
    """How often luck alone would give a change of less than this chance, the cases of both periods together given.

    Formula: of each count k the hypergeometric chance C(cases, k) C(every - cases, n - k) / C(every, n). Counts eight
    deviations and eight cases from the middle and farther add nothing that a float can hold. SciPy tries for the
    quantiles of this distribution, which takes several times as long.
    """
    from scipy.special import gammaln

    every, cases, drawn = (sum_of[:, np.newaxis].astype(float) for sum_of in (n + n_2, x + x_2, n))
    reach = np.ceil(8 * (np.sqrt(cases * drawn * n_2[:, np.newaxis]) / every).max(initial=0)) + 8
    count = np.floor(cases * drawn / every) + np.arange(-reach, reach + 1)

    def ways(of: np.ndarray, taken: np.ndarray) -> np.ndarray:
        return gammaln(of + 1) - gammaln(taken + 1) - gammaln(of - taken + 1)

    chance = np.exp(ways(cases, count) + ways(every - cases, drawn - count) - ways(every, drawn))
    both = central(chance.cumsum(axis=1), chance[:, ::-1].cumsum(axis=1)[:, ::-1])
    return np.where(both < level, chance, 0).sum(axis=1)


def luck_of_changed_rate(x: np.ndarray, n: np.ndarray, x_2: np.ndarray, n_2: np.ndarray) -> np.ndarray:
    """The same for a rate."""
    from scipy.stats import binom

    return luck_of_both_tails(binom, x + x_2, n / (n + n_2))


def chance_of_so_few(count: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """How often luck alone would give so few or fewer: one tail, since nobody asks of many by this rule."""
    from scipy.stats import poisson

    return poisson.cdf(count, expected)


def luck_of_so_few(expected: np.ndarray, level: float) -> np.ndarray:
    """How often luck alone would give fewer than `level` allows, where so many are expected."""
    from scipy.stats import poisson

    low = poisson.ppf(level, expected) - 1
    return poisson.cdf(low, expected)
