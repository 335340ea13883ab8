"""What the cases behind a median are: most have ended, and one measure counts those that have not."""

from collections.abc import Sequence

STILL_OPEN = {"TM8": "open and overdue"}
OPEN = " open"  # how a label beside a dot ends where its cases are not closed


def counted(indicator: str | None) -> str:
    """What those cases have in common, as a sentence says it."""
    return STILL_OPEN.get(indicator or "", "closed")


def cases_heading(unit: str, indicator: str | None) -> str:
    """What a table's column of counts is called."""
    return counted(indicator).capitalize() if unit == "days" else "Cases"


def cases_in_words(numerator: str, denominator: str, indicator: str | None) -> str:
    """How many there are: 5 of 9 ended; 13 open and overdue, which are not a part of others."""
    open_ones = STILL_OPEN.get(indicator or "")
    return f"{numerator} {open_ones}" if open_ones else f"{numerator} of {denominator} ended"


def label(numerator: str, denominator: str, indicator: str | None) -> str:
    """The same beside a dot, where there is less room: 5 of 9, of those that ended; 13 open."""
    return f"{numerator}{OPEN}" if indicator in STILL_OPEN else f"{numerator} of {denominator}"


def label_heading(labels: Sequence[str]) -> str:
    """What those labels are of, over the first of them."""
    return "Cases" if any(one.endswith(OPEN) for one in labels) else "Closed"


def label_in_words(label: str) -> str:
    """One of those labels in a sentence: 5 of 9 closed; 13 open."""
    return label if label.endswith(OPEN) else f"{label} closed"
