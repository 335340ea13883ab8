"""Whether one value, as text, is what its field's type asks for."""

import re
from datetime import date

EARLIEST_DATE = date(1990, 1, 1)
LATEST_DATE = date(2035, 12, 31)

# The longest partnership code has 62 characters.
LONGEST_REFERENCE = 80
LONGEST_TEXT = 100
LONGEST_FREE_TEXT = 4000

REFERENCE = rf"[A-Za-z0-9][A-Za-z0-9_./-]{{0,{LONGEST_REFERENCE - 1}}}"

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_WHOLE_NUMBER = re.compile(r"[+-]?\d{1,15}")
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")


def real_date(text: str) -> date | None:
    """The date, or nothing when the text is not a day of the calendar within the years we accept."""
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST_DATE <= day <= LATEST_DATE else None


def is_whole_number(text: str, minimum: float | None, maximum: float | None) -> bool:
    """Whether the text is a whole number within the range."""
    return bool(_WHOLE_NUMBER.fullmatch(text)) and _within(int(text), minimum, maximum)


def is_number(text: str, minimum: float | None, maximum: float | None) -> bool:
    """Whether the text is a number within the range."""
    return bool(_NUMBER.fullmatch(text)) and _within(float(text), minimum, maximum)


def unknown_codes(text: str, codes: frozenset[str]) -> list[str]:
    """The parts of a list that are not codes."""
    return [part for part in text.split(";") if part not in codes]


def are_intervals(text: str, reasons: frozenset[str]) -> bool:
    """Whether the text lists pauses as start/end/reason, the end left out for a pause that is still open."""
    return all(_is_interval(part.split("/"), reasons) for part in text.split(";"))


def _is_interval(parts: list[str], reasons: frozenset[str]) -> bool:
    if len(parts) != 3:
        return False
    start, end, reason = parts[0], parts[1], parts[2]
    if real_date(start) is None or reason not in reasons:
        return False
    return end == "" or (real_date(end) is not None and end >= start)


def _within(number: float, minimum: float | None, maximum: float | None) -> bool:
    return (minimum is None or number >= minimum) and (maximum is None or number <= maximum)
