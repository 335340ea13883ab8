"""Where a median stands against a fixed value, when some cases have not ended."""

import numpy as np

from .flagged_counts import LEVELS
from .inputs import Numbers, check_level, read_counts


def flag_median(lower: dict[str, Numbers], upper: dict[str, Numbers], sooner: Numbers, later: Numbers, comparator):
    """Place medians against a fixed value: the interval must leave it out, and the exact sign test must agree.

    Formula: "higher_998" or "lower_998" when the 99.8% interval lies wholly above or below the comparator and no more
    cases ended sooner (later) than a fair coin gives once in a thousand; else "higher_95" or "lower_95", once in forty;
    else "similar".
    lower, upper: the interval's limits under "95" and "998", NaN where not reached. sooner: cases that ended before the
    comparator. later: cases that ended after it or are still open past it. A case that is open and not yet past it, or
    that ended on it, tells nothing and is in neither.
    Shapes: flat lists of one length; returns an array of words.
    Edges: None where the comparator is missing. 0 cases that tell are "similar", and so are all below 6; none below 10
    is ever flagged at 99.8%.
    Source: the sign test (Conover 1999); docs/decisions/0010.
    """
    from scipy.stats import binom

    sooner, later = read_counts(whole=True, sooner=sooner, later=later)
    value = np.asarray(comparator, dtype=float)
    flags = np.full(value.shape, "similar", dtype=object)
    for confidence, name in LEVELS:
        tail = check_level(confidence)
        above, below = (np.asarray(limits[name], dtype=float) for limits in (lower, upper))
        flags = np.where((above > value) & (binom.cdf(sooner, sooner + later, 0.5) <= tail), f"higher_{name}", flags)
        flags = np.where((below < value) & (binom.cdf(later, sooner + later, 0.5) <= tail), f"lower_{name}", flags)
    return np.where(np.isnan(value), None, flags)


def fewest_for_a_flag(confidence: float = 0.998) -> int:
    """The fewest cases that can set a median apart at a level, all of them on one side: 10 at 99.8%, 6 at 95%."""
    return int(np.ceil(np.log2(1 / check_level(confidence))))
