"""Why a figure is not shown, or only partly: one short form for a chart, one sentence for a table."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from throughline import settings
from throughline.wording import medians

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

# Why a row counts nothing though it has cases, in a sentence and in the few words of a chart.
TOO_RECENT = ("No case is old enough to count yet", "none old enough yet")
LEFT_OUT = ("All cases were left out", "all left out")
NONE_COUNTS = ("Every case is too recent or was left out", "too recent or left out")
# What makes a measure leave out all its cases where that is more than the odd one.
WHY_LEFT_OUT = {
    "RC2": f"they have no words, or less than {settings.whole('repeat_same_area_months')} months of returns before them"
}

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


def sentence_of(reason: str | None, indicator: str | None) -> str:
    """What a reason says of an indicator; empty where there is none."""
    said = REASONS.get(reason or "", "")
    return said.replace("closed", medians.counted(indicator)) if reason == "too_few_closed" else said


def reason_in_words(row: Mapping[str, Any]) -> str:
    """Why a row has no value, as a sentence without its full stop."""
    if why_none_counts(row):
        return none_counts_in_words(row)
    said = sentence_of(row.get("reason"), row.get("indicator"))
    if said:
        return said
    status = STATUS.get(row["status"], STATUS["x"])
    return status[0].upper() + status[1:]


def why_none_counts(row: Mapping[str, Any]) -> tuple[str, str] | None:
    """Why none of a row's cases counts, where it has some and that may be told."""
    if row.get("reason") != "no_cases":
        return None
    recent, left_out = row.get("immature") or 0, row.get("excluded") or 0
    if recent and left_out:
        return NONE_COUNTS
    return TOO_RECENT if recent else LEFT_OUT if left_out else None


def none_counts_in_words(row: Mapping[str, Any]) -> str:
    """The same with how many cases there are: no case is old enough to count yet (30 are too recent)."""
    recent, left_out = (f"{row.get(name) or 0:,}" for name in ("immature", "excluded"))
    is_or_are = "is" if recent == "1" else "are"
    why = why_none_counts(row)
    if why == TOO_RECENT:
        return f"{TOO_RECENT[0]} ({recent} {is_or_are} too recent)"
    if why == NONE_COUNTS:
        return f"No case can be counted ({recent} {is_or_are} too recent, and {left_out} left out)"
    said = "The one case was left out" if left_out == "1" else f"All {left_out} cases were left out"
    because = WHY_LEFT_OUT.get(row.get("indicator") or "")
    return f"{said}, since {because}" if because else said


def reason_in_short(row: Mapping[str, Any]) -> str:
    """Why a row has no value, in the few words that a chart has room for."""
    if row.get("reason") == "not_reached":
        return NOT_REACHED
    if none := why_none_counts(row):
        return f"[{row['status']}] {none[1]}"
    words = SHORT_REASONS.get(row.get("reason") or "") or SHORT_STATUS.get(row["status"], SHORT_STATUS["x"])
    if row.get("reason") == "too_few_closed":
        words = words.replace("closed", medians.counted(row.get("indicator")))
    return f"[{row['status']}] {words}"


def symbol_note(rows: Iterable[Mapping[str, Any] | str]) -> str:
    """Explains the bracketed letters that a table uses, each with the reasons it stands for; empty when it uses none.

    Each entry is a row with its status and reason, or a letter alone.
    """
    meanings: dict[str, list[str]] = {}
    for row in rows:
        status, reason = (row, None) if isinstance(row, str) else (row["status"], row.get("reason"))
        if status in STATUS and reason != "not_reached":
            none = why_none_counts(row) if reason else None
            indicator = None if isinstance(row, str) else row.get("indicator")
            said = none[0] if none else sentence_of(reason, indicator) or STATUS[status]
            words = said[0].lower() + said[1:]
            meanings.setdefault(status, [])
            if words not in meanings[status]:
                meanings[status].append(words)
    return " ".join(f"[{letter}] means {'; or '.join(meanings[letter])}." for letter in STATUS if letter in meanings)
