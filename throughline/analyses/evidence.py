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

    Counts eight deviations and eight cases from the middle and farther have no chance that a float can add. SciPy finds
    a quantile of this distribution by trial and error, which takes ten times as long as all its chances.
    """
    from scipy.stats import hypergeom

    every, cases = n + n_2, x + x_2
    middle, deviation = np.floor(cases * n / every), np.sqrt(cases * n * n_2) / every
    reach = np.ceil(8 * deviation.max(initial=0)) + 8
    counts = middle[:, np.newaxis] + np.arange(-reach, reach + 1)
    chances = hypergeom.pmf(counts, every[:, np.newaxis], cases[:, np.newaxis], n[:, np.newaxis])
    both = central(chances.cumsum(axis=1), chances[:, ::-1].cumsum(axis=1)[:, ::-1])
    return np.where(both < level, chances, 0).sum(axis=1)


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
