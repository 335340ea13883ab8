"""How one value, interval, status, period or date is written, everywhere."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from throughline.wording.kind_of_data import returns_said
from throughline.wording.reasons import NOT_REACHED

WHOLE_LIMITS_FROM = 100
SHARED_WORDS = re.compile(
    r"\s(?:Local |Multi-Agency )?(?:S\.H\.I\.E\.L\.D\.|Children|All-age|Safeguarding)", re.IGNORECASE
)

DECIMALS = {
    "per_100000_children": 1,
    "per_10000_children_in_need": 1,
    "ratio": 2,
    "observed_over_expected": 2,
    "per_review": 2,
    "days": 0,
    "count": 0,
}
UNIT_IN_WORDS = {
    "proportion": "Percentage",
    "per_100000_children": "Rate per 100,000 children",
    "per_10000_children_in_need": "Rate per 10,000 children in need",
    "ratio": "Ratio",
    "observed_over_expected": "Observed divided by expected",
    "per_review": "For each review",
    "days": "Median days",
    "count": "Count",
}
QUARTERS = {
    "Q1": ("April to June", 1),
    "Q2": ("July to September", 1),
    "Q3": ("October to December", 1),
    "Q4": ("January to March", 0),
}


@lru_cache(maxsize=8192)
def rounded(value: float, places: int = 0) -> str:
    """Half up, once, at the end, with thousands commas."""
    step = Decimal(1).scaleb(-places)
    # Binary fractions such as 0.285 sit just under the half: a dozen digits settle what was meant.
    exact = Decimal(str(round(float(value), 12))).quantize(step, rounding=ROUND_HALF_UP)
    return f"{exact + 0:,}"


def measure(value: float, unit: str) -> str:
    """A value in its unit: 84.6%, 2.9, 357."""
    if unit == "proportion":
        return rounded(100 * value, 1) + "%"
    return rounded(value, DECIMALS[unit])


def interval(lower: float | None, upper: float | None, unit: str) -> str:
    """An interval in its unit, or the sign that there is none; a median's may have an end that was not reached."""
    if lower is None and upper is None:
        return "[z]"
    if unit == "days":
        return " to ".join(NOT_REACHED if limit is None else measure(limit, unit) for limit in (lower, upper))
    if lower is None or upper is None:
        return "[z]"
    if unit == "count":  # the limits of a small count are not whole numbers
        places = 0 if upper >= WHOLE_LIMITS_FROM else 1
        return f"{rounded(lower, places)} to {rounded(upper, places)}"
    return f"{measure(lower, unit)} to {measure(upper, unit)}"


def value_or_symbol(row: Mapping[str, Any], unit: str) -> str:
    """What a table shows for a row: its value, a fraction when cases are few, or its status in brackets."""
    status = row["status"]
    if row["value"] is None and row.get("reason") == "not_reached":
        return NOT_REACHED
    if row["value"] is None and not (row.get("reason") == "low_reliability" and row["numerator"] is not None):
        return f"[{status if status != 'ok' else 'x'}]"
    is_few = row["value"] is None or is_fraction(row, unit)
    shown = fraction(row) if is_few else measure(row["value"], unit)
    return shown if status == "ok" else f"{shown} [{status}]"


def is_fraction(row: Mapping[str, Any], unit: str) -> bool:
    """Whether a share rests on so few cases that the fraction stands in place of a percentage."""
    from throughline.statistics import too_few

    return unit == "proportion" and too_few(denominator=row["denominator"]) is not None


def fraction(row: Mapping[str, Any]) -> str:
    """3 of 4."""
    return f"{rounded(row['numerator'])} of {rounded(row['denominator'])}"


def period_in_words(period_type: str, period: str) -> str:
    """A period as a reader would say it: year ending March 2026; July to September 2025."""
    if period_type == "year":
        return f"year ending March {period}"
    if period_type == "three_years":
        return f"three years ending March {period.split('-')[1]}"
    year, quarter = period.split("-")
    months, years_back = QUARTERS[quarter]
    return f"{months} {int(year) - years_back}"


def full_date(day: date) -> str:
    """30 September 2026."""
    return f"{day.day} {day:%B %Y}"


def month_in_short(day: date) -> str:
    """Sep 2026: a month where there is no room for its whole name."""
    return f"{day:%b %Y}"


def as_at_in_words(day: date, is_synthetic: bool) -> str:
    """The line under every chart: how old its data is, and that it is made up when it is."""
    return f"{returns_said(is_synthetic).capitalize()} as at {full_date(day)}."


def not_shown(number: int) -> str:
    """The heading over what a reader may not see."""
    return f"Not shown to you here ({rounded(number)}), and why"


def plural(number: int, singular: str, several: str | None = None) -> str:
    """A count with its noun: 1 partnership, 2 partnerships."""
    noun = singular if number == 1 else (several or singular + "s")
    return f"{rounded(number)} {noun}"


def some(number: int) -> str:
    """A number in a sentence: 1,204; none."""
    return rounded(number) if number else "none"


def some_of(number: int, every: int) -> str:
    """So many of all, in a sentence: 3 of 12; none of 12. Of one there is no "none of"."""
    return f"{some(number) if every > 1 else rounded(number)} of {rounded(every)}"


def listed(names: Sequence[str]) -> str:
    """Names as prose: A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def short_name(partnership_name: str) -> str:
    """A partnership's area without the words that most names share, for charts and rows: Barnet."""
    place = SHARED_WORDS.split(partnership_name)[0]
    if place == "Our":
        place = partnership_name.rsplit(" for ", 1)[-1]
    return place.removeprefix("Royal Borough of ")


METHOD_IN_WORDS = {
    "wilson": "Wilson score interval at 95%; a partnership is called different only at 99.8%.",
    "poisson": "Exact Poisson limits under 10 cases and Byar's from 10, at 95%; called different only at 99.8%.",
    "exact_ratio": "Exact interval for the ratio of two counts, at 95%; called different only at 99.8%.",
    "kaplan_meier": (
        "Kaplan-Meier median, in which open cases count for as long as they have lasted, with its 95% limits; called "
        "different only at 99.8%. A limit that is not reached has no number."
    ),
}
FIELD_IN_WORDS = {
    "as_at_date": "the day on which the return was drawn up",
    "date_completed": "the day the action was completed",
    "date_lcspr_decision": "the decision to hold a local review",
    "date_made": "the day the recommendation was made",
    "date_notified": "the day the notification was sent",
    "date_notified or date_lcspr_decision": (
        "the day the notification was sent, or for local reviews that of the decision to hold one"
    ),
    "date_panel_received": "the day the Panel received the rapid review",
    "date_panel_response": "the Panel's answer",
    "date_published": "the day the local review was published",
    "date_referred": "the referral",
    "date_rr_submitted": "the day the rapid review was submitted",
    "date_rr_submitted or date_published": (
        "the day the rapid review was submitted, or the local review was published"
    ),
    "date_signed_off": "the day the local review was signed off",
    "date_stage_ended": "the day the stage ended",
    "date_tor_agreed": "the day the terms of reference were agreed",
    "date_triage_decision": "the triage decision",
}
