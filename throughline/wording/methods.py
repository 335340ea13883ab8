"""What the page on methods says: what each measure counts, every setting, every reason why a figure is missing."""

from collections.abc import Mapping, Sequence
from typing import Any

from throughline.wording.measures import upper_first
from throughline.wording.values import METHOD_IN_WORDS, listed

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
AGREED = {"high": "high is agreed to be good", "low": "low is agreed to be good"}
NEITHER = "Neither a high nor a low value is good in itself, unless it is said to be."


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
    """The unit of a measure, and which end of it is good where one is."""
    said = "; ".join(part for part in (UNITS[row["unit"]], AGREED.get(row["direction"], "")) if part)
    return upper_first(said)


def intervals_note(catalogue: Sequence[Mapping[str, Any]]) -> str:
    """How the intervals of a family are made, once for each method, and that an end is good only where it is said."""
    units: dict[str, list[str]] = {}
    for row in catalogue:
        said = units.setdefault(row["method"], [])
        if UNITS[row["unit"]] not in said:
            said.append(UNITS[row["unit"]])
    made = [f"{upper_first(listed(said))}: {METHOD_IN_WORDS[method]}" for method, said in units.items()]
    return " ".join([*made, NEITHER])


def waits(row: Mapping[str, Any]) -> str:
    """How long a case waits before it counts."""
    days = row["matures_after_working_days"]
    if days is None:
        return "Until its own time is over"
    return f"{days} working days" if days else "Not at all"
