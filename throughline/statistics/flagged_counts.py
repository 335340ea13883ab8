"""The counts at which a unit is flagged against a fixed value: the rule behind flags, luck and a funnel's limits."""

import numpy as np

from .inputs import check_level, normal_reach
from .intervals import fingertips_limits
from .settings import EXACT_BELOW_EXPECTED

LEVELS = ((0.95, "95"), (0.998, "998"))
KINDS = ("proportion", "rate", "ratio", "odds")
Z_SEARCH = 12  # standard deviations above the largest expected count: far beyond any flag


def flagged_counts(
    size: np.ndarray, comparator: np.ndarray, kind: str, confidence: float
) -> tuple[np.ndarray, np.ndarray]:
    """The largest count that is flagged low, and the smallest that is flagged high, for each size.

    kind "proportion": Wilson's interval leaves out the comparator, a share; and where fewer than
    `exact_below_expected` are expected on the rarer side, so far a count is as rare by the exact binomial tail too.
    kind "odds": the exact binomial tail alone, as the exact interval of a ratio of two counts has it.
    kind "rate" or "ratio": the exact or Byar's interval of a count leaves out size times comparator.
    Shapes: float arrays of one shape. Edges: -1 where no count is low enough, size + 1 where none is high enough;
    a size of 0, or a missing value, gives NaN for both.
    Source: Fingertips Public Health Technical Guidance; docs/decisions/0010.
    """
    tail = check_level(confidence)
    low, high = (np.full(size.shape, np.nan) for _ in range(2))
    known = (size > 0) & ~np.isnan(comparator)
    size, comparator = size[known], comparator[known]
    if kind in {"rate", "ratio"}:
        low[known], high[known] = _flagged_by_interval(size * comparator, tail)
        return low, high
    low[known], high[known] = -1, size + 1
    if kind == "proportion":
        low[known], high[known] = _flagged_by_wilson(size, comparator, tail)
    rarer = size * np.minimum(comparator, 1 - comparator)
    exact = rarer < (EXACT_BELOW_EXPECTED if kind == "proportion" else np.inf)
    exact_low, exact_high = _flagged_by_binomial(size[exact], comparator[exact], tail)
    places = np.flatnonzero(known)[exact]
    if kind == "proportion":
        exact_low, exact_high = np.minimum(low.flat[places], exact_low), np.maximum(high.flat[places], exact_high)
    low.flat[places], high.flat[places] = exact_low, exact_high
    return low, high


def chance_limits(size: np.ndarray, centre: float, kind: str) -> dict[str, np.ndarray]:
    """The limits to draw at each size, lower95 to upper998: a unit lies outside exactly when `flagged_counts` flags it.

    Proportions: θ ± z·√(θ(1 - θ)/n), moved out to the exact binomial tail where few are expected. "ratio": how many
    times the expected count a count must be, along a line through the whole counts at which its interval just
    touches what is expected. Units: shares, or observed over expected. Shapes: whole sizes (any size for "ratio").
    Edges: a share's limits stop at 0 and 1 and a ratio's at 0; no size gives NaN.
    """
    limits = {}
    for confidence, name in LEVELS:
        limits[f"lower{name}"], limits[f"upper{name}"] = _limits(size, centre, kind, confidence)
    return limits


def _limits(size: np.ndarray, centre: float, kind: str, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    tail = check_level(confidence)
    if kind == "ratio":
        counts, lower, upper = _intervals_of_counts(np.nanmax(size, initial=0.0) * centre, tail)
        expected = size * centre
        # Each limit of a count's interval rises with the count: read the other way, it is the count that touches.
        return np.interp(expected, upper, counts) / size, np.interp(expected, lower, counts) / size
    reach = normal_reach(tail) * np.sqrt(centre * (1 - centre) / size)
    below, above = centre - reach, centre + reach
    few = size * min(centre, 1 - centre) < EXACT_BELOW_EXPECTED
    exact_below, exact_above = _where_the_tail_is_reached(size[few], centre, tail)
    below[few] = np.minimum(below[few], exact_below / size[few])
    above[few] = np.maximum(above[few], exact_above / size[few])
    return np.clip(below, 0, 1), np.clip(above, 0, 1)


def _flagged_by_wilson(size: np.ndarray, share: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    # Wilson's interval leaves out the share exactly when the count is this far from the one expected.
    reach = normal_reach(tail) * np.sqrt(size * share * (1 - share))
    return np.ceil(size * share - reach) - 1, np.floor(size * share + reach) + 1


def _flagged_by_binomial(size: np.ndarray, share: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    from scipy.stats import binom

    least = binom.ppf(tail, size, share)
    low = np.where(binom.cdf(least, size, share) <= tail, least, least - 1)
    return low, binom.isf(tail, size, share) + 1


def _flagged_by_interval(expected: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    if not expected.size:
        return expected, expected
    _, lower, upper = _intervals_of_counts(float(expected.max()), tail)
    # Both limits rise with the count, so the flagged counts are all those below one place and above another.
    return np.searchsorted(upper, expected, side="left") - 1.0, np.searchsorted(lower, expected, side="right") * 1.0


def _intervals_of_counts(largest: float, tail: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every count that could matter where so many are expected, with its limits."""
    counts = np.arange(int(largest + Z_SEARCH * np.sqrt(largest) + 50), dtype=float)
    return counts, *fingertips_limits(counts, tail)


def _where_the_tail_is_reached(size: np.ndarray, share: float, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Between which counts the binomial tails pass this level, as parts of a count, so that limits run smoothly."""
    from scipy.stats import binom

    low, high = _flagged_by_binomial(size, np.full(size.shape, share), tail)
    flagged, next_one = binom.cdf(low, size, share), binom.cdf(low + 1, size, share)
    below = low + (tail - flagged) / (next_one - flagged)
    flagged, next_one = binom.sf(high - 1, size, share), binom.sf(high - 2, size, share)
    return below, high - (tail - flagged) / (next_one - flagged)
