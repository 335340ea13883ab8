"""How many flags luck alone would raise, and how likely a flag is when something is really there."""

from typing import NamedTuple

import numpy as np

from .inputs import Numbers, check_kind, read_counts
from .intervals import fingertips_limits

Z_SEARCH = 12  # standard deviations above the largest expected count: far beyond any flag


class FalseFlags(NamedTuple):
    """Flags to expect from luck alone among so many units."""

    at_95: float
    at_998: float
    units: int


def flag_probability(
    denominator: Numbers,
    comparator: Numbers,
    true_value: Numbers | None = None,
    kind: str = "proportion",
    per: float = 100_000,
):
    """Exact chance that a unit is flagged, high or low, by the Fingertips rule, at 95% and at 99.8%.

    Formula: the sum of the binomial ("proportion") or Poisson ("rate", "ratio") chances of every count that
    `flag_against` would flag. true_value is the unit's real value; left out, it is the comparator, so the answer is
    the chance of a false flag. A true_value of twice the comparator gives the power to see a doubled rate.
    Units: comparator and true_value are shares, rates per `per`, or for "ratio" observed over expected.
    Shapes: numbers or arrays, broadcast together; returns (at_95, at_998) of that shape. 99.8% flags are among the 95%.
    Edges: no denominator or a missing value gives NaN. Raises ValueError on a negative value or a share above 1.
    Source: direct from the distributions; counts are whole, so the chance is below 5% and 0.2% for small units.
    """
    check_kind(kind, ("proportion", "rate", "ratio"))
    size, comparator, truth = read_counts(
        denominator=denominator, comparator=comparator, true_value=comparator if true_value is None else true_value
    )
    if kind == "proportion" and (np.any(comparator > 1) or np.any(truth > 1)):
        raise ValueError("comparator and true_value of a proportion are shares: give them between 0 and 1")
    known = (size > 0) & ~np.isnan(comparator + truth)
    answers = []
    for confidence in (0.95, 0.998):
        chance = np.full(size.shape, np.nan)
        if kind == "proportion":
            chance[known] = _binomial_chance(size[known], comparator[known], truth[known], confidence)
        else:
            scale = 1 if kind == "ratio" else per
            expected, real = (size[known] * values[known] / scale for values in (comparator, truth))
            chance[known] = _poisson_chance(expected, real, confidence)
        answers.append(chance[()])
    return tuple(answers)


def expected_false_flags(
    denominator: Numbers, comparator: Numbers, kind: str = "proportion", per: float = 100_000
) -> FalseFlags:
    """Expected number of flags, high and low together, if every unit truly shared the comparator's value.

    Formula: the sum over units of `flag_probability`. State it beside any list of flags.
    Shapes: denominators as a list, one comparator (usually the pooled value); returns at_95, at_998 and units.
    Edges: units with no denominator or a missing value are not counted. Raises ValueError as `flag_probability` does.
    """
    at_95, at_998 = flag_probability(denominator, comparator, kind=kind, per=per)
    return FalseFlags(float(np.nansum(at_95)), float(np.nansum(at_998)), int(np.sum(~np.isnan(at_95))))


def _binomial_chance(size: np.ndarray, comparator: np.ndarray, truth: np.ndarray, confidence: float) -> np.ndarray:
    from scipy.stats import binom, norm

    # Wilson's interval leaves out the comparator exactly when the count is this far from the one expected.
    reach = norm.ppf((1 + confidence) / 2) * np.sqrt(size * comparator * (1 - comparator))
    expected = size * comparator
    return binom.cdf(np.ceil(expected - reach) - 1, size, truth) + binom.sf(np.floor(expected + reach), size, truth)


def _poisson_chance(expected: np.ndarray, real: np.ndarray, confidence: float) -> np.ndarray:
    from scipy.stats import poisson

    if not expected.size:
        return expected
    largest = float(expected.max())
    counts = np.arange(int(largest + Z_SEARCH * np.sqrt(largest) + 50), dtype=float)
    lower, upper = fingertips_limits(counts, (1 - confidence) / 2)
    # Both limits rise with the count, so the flagged counts are all those below one place and above another.
    flagged_low = np.searchsorted(upper, expected, side="left")
    flagged_high = np.searchsorted(lower, expected, side="right")
    return poisson.cdf(flagged_low - 1, real) + poisson.sf(flagged_high - 1, real)
