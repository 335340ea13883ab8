"""How one partnership stands to England, to its neighbours and to its own earlier period, in words."""

from collections.abc import Mapping
from typing import Any

from throughline.wording.reasons import reason_in_words

STANDING_IN_WORDS = {
    "similar": "No different from what chance would give",
    "higher_95": "Above England at 95% only: look again next year",
    "lower_95": "Below England at 95% only: look again next year",
    "higher_998": "Higher than England by more than chance: check recording first",
    "lower_998": "Lower than England by more than chance: check recording first",
}
EARLIER_IN_WORDS = {
    "similar": "No more of a change than chance would give",
    "higher_95": "Above it at 95% only: look again next year",
    "lower_95": "Below it at 95% only: look again next year",
    "higher_998": "Higher by more than chance: check recording first",
    "lower_998": "Lower by more than chance: check recording first",
}
NEIGHBOURS_IN_WORDS = {
    "similar": "No different from what chance would give",
    "higher_95": "Above them at 95% only, which is to be looked at again next year",
    "lower_95": "Below them at 95% only, which is to be looked at again next year",
    "higher_998": "Higher by more than chance, so check recording first",
    "lower_998": "Lower by more than chance, so check recording first",
}
POOLED = "Not compared: pooled figure"
TOO_FEW = "Too few to say"
NOT_COMPARED = "Not compared: counts follow the number of children"
NO_ENGLAND = "Not compared: England's figure is not shown"
NO_EARLIER = "No earlier figure to compare with"


def standing_in_words(row: Mapping[str, Any], unit: str) -> str:
    """How one partnership compares with England, in words that the numbers can carry."""
    if row["value"] is None:
        return reason_in_words(row)
    if unit == "count":
        return NOT_COMPARED
    standing = row["standing"]
    if standing is None:
        return NO_ENGLAND
    if standing == "similar" and is_too_few(row, unit):
        return TOO_FEW
    return STANDING_IN_WORDS[standing]


def pooled_in_words(row: Mapping[str, Any]) -> str:
    """What stands in place of a comparison beside a figure that others are compared with, or why it is not there."""
    return POOLED if row["value"] is not None else reason_in_words(row)


def kind_of_standing(row: Mapping[str, Any], unit: str) -> str:
    """What a map shows of a row: its standing, few where that rests on too few cases, none without a figure."""
    if row["value"] is None or row["standing"] is None:
        return "none"
    return "few" if row["standing"] == "similar" and is_too_few(row, unit) else row["standing"]


def earlier_in_words(row: Mapping[str, Any], unit: str) -> str:
    """How one partnership compares with its own earlier period."""
    if row["value"] is None:
        return f"[{row['status']}]"
    if row["earlier"] is None:
        return NO_EARLIER
    if row["earlier"] == "similar" and is_too_few(row, unit):
        return TOO_FEW
    return EARLIER_IN_WORDS[row["earlier"]]


def kind_of_move(row: Mapping[str, Any], unit: str) -> str | None:
    """How a figure stands to its own earlier period: few where that rests on too few cases, None without either."""
    if row["value"] is None or row["earlier"] is None:
        return None
    return "few" if row["earlier"] == "similar" and is_too_few(row, unit) else row["earlier"]


def is_too_few(row: Mapping[str, Any], unit: str) -> bool:
    """Whether a "no different" would rest on too few cases."""
    from throughline.statistics import too_few

    if unit in {"proportion", "ratio"}:
        return too_few(denominator=row["denominator"]) is not None
    if unit == "days":
        return too_few(timed=row["denominator"]) is not None
    return row["expected"] is not None and too_few(expected=row["expected"]) is not None


def differs(standing: str | None) -> bool:
    """Only the 99.8% limits call a partnership different."""
    return standing in {"higher_998", "lower_998"}
