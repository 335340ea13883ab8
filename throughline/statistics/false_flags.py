"""How many flags luck alone would raise, and how likely a flag is when something is really there."""

from typing import NamedTuple

import numpy as np

from .flagged_counts import KINDS, flagged_counts
from .inputs import Numbers, check_kind, read_counts


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
    """Exact chance that a unit is flagged, high or low, by the rule of `flag_against`, at 95% and at 99.8%.

    Formula: the sum of the binomial ("proportion", "odds") or Poisson ("rate", "ratio") chances of every count that
    `flag_against` would flag. true_value is the unit's real value; left out, it is the comparator, so the answer is
    the chance of a false flag. A true_value of twice the comparator gives the power to see a doubled rate.
    Units: comparator and true_value are shares, rates per `per`, or for "ratio" observed over expected.
    Shapes: numbers or arrays, broadcast together; returns (at_95, at_998) of that shape. 99.8% flags are among the 95%.
    Edges: no denominator or a missing value gives NaN. Raises ValueError on a negative value or a share above 1.
    Source: direct from the distributions; counts are whole, so the chance is below 5% and 0.2% for small units.
    """
    return tuple(
        flag_probability_at(confidence, denominator, comparator, true_value, kind, per) for confidence in (0.95, 0.998)
    )


def flag_probability_at(
    confidence: float,
    denominator: Numbers,
    comparator: Numbers,
    true_value: Numbers | None = None,
    kind: str = "proportion",
    per: float = 100_000,
):
    """`flag_probability` at one level alone, which takes half the time: what calls a unit different is 99.8%."""
    from scipy.stats import binom, poisson

    check_kind(kind, KINDS)
    size, comparator, truth = read_counts(
        denominator=denominator, comparator=comparator, true_value=comparator if true_value is None else true_value
    )
    is_share = kind in {"proportion", "odds"}
    if is_share and (np.any(comparator > 1) or np.any(truth > 1)):
        raise ValueError("comparator and true_value of a proportion are shares: give them between 0 and 1")
    scale = per if kind == "rate" else 1
    low, high = flagged_counts(size, comparator / scale, kind, confidence)
    real = (size, truth) if is_share else (size * truth / scale,)
    chances = binom if is_share else poisson
    return (chances.cdf(low, *real) + chances.sf(high - 1, *real))[()]


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


def expected_false_flags_at(
    confidence: float, denominator: Numbers, comparator: Numbers, kind: str = "proportion", per: float = 100_000
) -> float:
    """`expected_false_flags` at one level alone."""
    return float(np.nansum(flag_probability_at(confidence, denominator, comparator, kind=kind, per=per)))
