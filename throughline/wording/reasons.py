"""Why a figure is not shown, or only partly: one short form for a chart, one sentence for a table."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from throughline import settings

REASONS = {
    "no_return": "No return was received",
    "not_begun": "This partnership had not begun in that period",
    "no_base": "There is nothing to divide by: no population, reviews or other base",
    "no_cases": "There are no cases to count",
    "too_few_closed": f"Fewer than {settings.whole('median_least_closed')} closed, so no median is given",
    "not_reached": "Not reached: fewer than half have ended",
    "incomplete": "Too many records lack the field it rests on",
    "confidential": "One or more of the counts is small, so this is not shown",
    "level": "Not published for this kind of area over this period",
    "low_reliability": (
        f"Fewer than {settings.whole('public_percentage_reliable_denominator')} cases: the fraction is given and no "
        "percentage"
    ),
}
SHORT_REASONS = {
    "no_return": "no return",
    "not_begun": "not begun yet",
    "no_base": "nothing to divide by",
    "no_cases": "no cases",
    "too_few_closed": f"fewer than {settings.whole('median_least_closed')} closed",
    "incomplete": "field often blank",
    "confidential": "small count",
    "level": "not published",
}
NOT_REACHED = "not reached"

# What a letter alone means, where nothing says why.
STATUS = {
    "z": "not applicable: there is nothing to divide by",
    "x": "not available: no return was received, or there is no base to divide by",
    "c": "confidential: a small number, or an area whose figures are not yours to see",
    "u": "not reliable: too few cases, or too many records incomplete",
    "k": "rounds to nothing, but is not zero",
}
SHORT_STATUS = {
    "z": "nothing to divide by",
    "x": "no return",
    "c": "suppressed",
    "u": "not reliable",
    "k": "rounds to nothing",
}

# What a letter says where it is read aloud and no table explains it.
ALOUD = {
    "z": "not applicable",
    "x": "not available",
    "c": "not shown",
    "u": "not reliable",
    "k": "rounds to nothing",
}
LETTER = re.compile(r"(?P<space> ?)\[(?P<letter>[a-z])\]")


def aloud(shown: str) -> str:
    """What a table shows, as a text alternative says it: its letter in words, after its figure where it has one."""
    return LETTER.sub(lambda found: f"{',' if found['space'] else ''}{found['space']}{ALOUD[found['letter']]}", shown)


def reason_in_words(row: Mapping[str, Any]) -> str:
    """Why a row has no value, as a sentence without its full stop."""
    said = REASONS.get(row.get("reason") or "")
    if said:
        return said
    status = STATUS.get(row["status"], STATUS["x"])
    return status[0].upper() + status[1:]


def reason_in_short(row: Mapping[str, Any]) -> str:
    """Why a row has no value, in the few words that a chart has room for."""
    if row.get("reason") == "not_reached":
        return NOT_REACHED
    words = SHORT_REASONS.get(row.get("reason") or "") or SHORT_STATUS.get(row["status"], SHORT_STATUS["x"])
    return f"[{row['status']}] {words}"


def symbol_note(rows: Iterable[Mapping[str, Any] | str]) -> str:
    """Explains the bracketed letters that a table uses, each with the reasons it stands for; empty when it uses none.

    Each entry is a row with its status and reason, or a letter alone.
    """
    meanings: dict[str, list[str]] = {}
    for row in rows:
        status, reason = (row, None) if isinstance(row, str) else (row["status"], row.get("reason"))
        if status in STATUS and reason != "not_reached":
            said = REASONS[reason] if reason in REASONS else STATUS[status]
            words = said[0].lower() + said[1:]
            meanings.setdefault(status, [])
            if words not in meanings[status]:
                meanings[status].append(words)
    return " ".join(f"[{letter}] means {'; or '.join(meanings[letter])}." for letter in STATUS if letter in meanings)
