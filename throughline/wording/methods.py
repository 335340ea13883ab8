"""What the page on methods says: what each measure counts, every setting, every reason why a figure is missing."""

from collections.abc import Mapping
from typing import Any

from throughline.wording.values import METHOD_IN_WORDS

QUESTION = "How is each figure made, and when is none given?"
NO_RANKS = (
    "Nothing is ranked. A partnership is called different from England only where chance alone would give such a "
    "figure about twice in a thousand looks, and even then the first question is whether it was recorded alike."
)
WORKED = (
    "Formulas, edge cases and worked numbers are in the project's docs/methods, one page a family; the worked numbers "
    "are run as tests."
)
UNITS = {
    "proportion": "share of the cases",
    "count": "number",
    "ratio": "ratio of two numbers",
    "observed_over_expected": "observed for each one expected",
    "per_100000_children": "rate per 100,000 children",
    "per_10000_children_in_need": "rate per 10,000 children in need",
    "days": "median of days, open cases kept in",
    "per_review": "number for each review",
}
DIRECTIONS = {
    "high": "High is agreed to be good",
    "low": "Low is agreed to be good",
    "none": "Neither end is good in itself",
}


def answer(indicators: int, series: int, limits: int) -> str:
    """The first sentence of the page."""
    return (
        f"This release gives {indicators} measures in {series} series, each defined once, and {limits} settings decide "
        "their clocks, limits and thresholds."
    )


def indicator_heading(row: Mapping[str, Any]) -> str:
    """A measure's code with its title."""
    return f"{row['indicator']} {row['title']}"


def given_as(row: Mapping[str, Any]) -> str:
    """The unit of a measure, its interval, and whether an end of it is good."""
    unit, method = UNITS[row["unit"]], METHOD_IN_WORDS[row["method"]].rstrip(".")
    return f"{unit[0].upper()}{unit[1:]}. {method}. {DIRECTIONS[row['direction']]}."


def waits(row: Mapping[str, Any]) -> str:
    """How long a case waits before it counts."""
    days = row["matures_after_working_days"]
    if days is None:
        return "Until its own time is over"
    return f"{days} working days" if days else "Not at all"
