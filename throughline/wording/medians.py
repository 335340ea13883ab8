"""What the cases behind a median are: most have ended, and one measure counts those that have not."""

STILL_OPEN = {"TM8": "open and overdue"}


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
