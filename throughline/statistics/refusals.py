"""Reasons, in words, for not showing a rank, a percentage or a median."""

import numpy as np

from . import settings
from .inputs import Numbers, one_column
from .median_flags import fewest_for_a_flag


def refuse_rank(
    values: Numbers,
    lower: Numbers,
    upper: Numbers,
    direction: str,
    reliability: Numbers = None,
    denominator: float | None = None,
    completeness: float | None = None,
) -> str | None:
    """Why units should not be ranked or banded, in words, or None when they may be.

    values, lower, upper: each unit's value and 95% interval, NaN or None where missing or hidden.
    direction: "high" or "low" where that is agreed to be good; "none" where it is not, as for all counts and rates of
    notifications. reliability: each unit's, from `shrink_rates`, for one area's rate of rare events. denominator: the
    denominator of the unit whose page this is. completeness: the measure's key field, as a share.
    Refused when: no agreed direction; middle reliability under 0.7; the middle unit's interval (the median width) wider
    than the gap between the 25% and 75% cuts; fewer than 20 units, over 10% missing or over a quarter tied; the unit's
    own denominator under 10; or completeness under 80%. All the reasons that hold are given, as sentences.
    Source: Goldstein and Spiegelhalter 1996; the thresholds are ours (settings.py).
    """
    if direction not in ("none", "high", "low"):
        raise ValueError(f"direction is {direction!r}: give high, low or none")
    (values,) = one_column(values=values)
    (lower,) = one_column(lower=lower)
    (upper,) = one_column(upper=upper)
    reasons = [
        "Neither a high nor a low value is agreed to be better." if direction == "none" else None,
        _unreliable(reliability),
        _wider_than_spread(values, lower, upper),
        *_unfit_units(values),
        _own_denominator(denominator),
        _incomplete(completeness),
    ]
    return " ".join(reason for reason in reasons if reason) or None


def too_few(expected: float | None = None, denominator: float | None = None, timed: float | None = None) -> str | None:
    """Why a figure rests on too few cases, in words, or None when it does not.

    expected: cases expected (under 5 nothing can be said). denominator: of a percentage (under 10 the fraction is
    shown instead). timed: cases behind a median, open ones too (under 10 no median can be flagged at 99.8%). Give those
    that apply; the first that fails is returned.
    Source: statistics of small numbers; the thresholds are ours (settings.py).
    """
    if expected is not None and expected < settings.EXPECTED_TOO_FEW:
        return f"Too few to say: {expected:.1f} expected, and at least {settings.EXPECTED_TOO_FEW} are needed."
    if denominator is not None and denominator < settings.PERCENTAGE_MIN_DENOMINATOR:
        return f"Fewer than {settings.PERCENTAGE_MIN_DENOMINATOR} cases: the fraction is shown, not a percentage."
    if timed is not None and timed < (least := fewest_for_a_flag()):
        return f"Fewer than {least} cases: even if all lay on one side, luck could put them there."
    return None


def _unreliable(reliability: Numbers) -> str | None:
    if reliability is None:
        return None
    (shares,) = one_column(reliability=reliability)
    if np.isnan(shares).all():
        return None
    middle = float(np.nanmedian(shares))
    if middle >= settings.RANK_MIN_RELIABILITY:
        return None
    return (
        f"For the middle area only {middle:.0%} of its difference from the pooled rate is likely to be real "
        f"(at least {settings.RANK_MIN_RELIABILITY:.0%} is needed)."
    )


def _wider_than_spread(values: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> str | None:
    widths, present = upper - lower, values[~np.isnan(values)]
    if not present.size or np.isnan(widths).all():
        return None
    low_cut, high_cut = np.quantile(present, [0.25, 0.75])
    if np.nanmedian(widths) <= high_cut - low_cut:
        return None
    return "The middle area's 95% interval is wider than the gap between the lower and upper quarter of areas."


def _unfit_units(values: np.ndarray) -> list[str]:
    reasons = []
    present = values[~np.isnan(values)]
    if present.size < settings.RANK_MIN_UNITS:
        areas = "is 1 area" if present.size == 1 else f"are {present.size} areas"
        reasons.append(f"There {areas} with a value; a rank needs at least {settings.RANK_MIN_UNITS}.")
    if values.size and 1 - present.size / values.size > settings.RANK_MAX_MISSING:
        reasons.append(f"More than {settings.RANK_MAX_MISSING:.0%} of areas are missing or hidden.")
    if present.size and np.unique(present, return_counts=True)[1].max() / present.size > settings.RANK_MAX_TIED:
        reasons.append("More than a quarter of areas share one value.")
    return reasons


def _own_denominator(denominator: float | None) -> str | None:
    if denominator is None or denominator >= settings.RANK_MIN_DENOMINATOR:
        return None
    return f"This area's own denominator is under {settings.RANK_MIN_DENOMINATOR}."


def _incomplete(completeness: float | None) -> str | None:
    if completeness is None or completeness >= settings.COMPLETENESS_FLOOR:
        return None
    return f"The field it rests on is under {settings.COMPLETENESS_FLOOR:.0%} complete."
