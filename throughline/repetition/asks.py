"""Dividing a recommendation that asks several things into its asks."""

import re

# A new sentence or clause, or an "and" that is followed by the beginning of another ask.
_BOUNDARY = re.compile(
    r"[.;:!?]\s+|\s*[\n•]+\s*"
    r"|,?\s+and\s+(?=(?:also|to|that|should|must|ensure|agencies|practitioners|professionals|services|staff|they|then)\b)",
    re.IGNORECASE,
)


def split_asks(text: str) -> list[str]:
    """The parts of a text, or an empty list where it has only one."""
    parts = [part for part in _BOUNDARY.split(text) if part and part.strip()]
    return parts if len(parts) > 1 else []
