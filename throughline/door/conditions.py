"""The kinds of rule within a return, each worked out for many rows at once.

A kind takes rows and the rule's settings and gives, for each field that can be at fault, which rows are wrong there.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from throughline import working_days
from throughline.door import values

Wrong = dict[str, np.ndarray]

FIRST_DAY_HELD = np.datetime64(f"{working_days.FIRST_YEAR}-01-01")
LAST_DAY_HELD = np.datetime64(f"{working_days.LAST_YEAR}-12-31")


class Rows:
    """Columns of text, read as what a rule needs; each different value is read once."""

    def __init__(self, frame: pd.DataFrame):
        self._frame = frame

    def __len__(self) -> int:
        return len(self._frame)

    def filled(self, field: str) -> np.ndarray:
        """Where the field holds anything."""
        return self._frame[field].notna().to_numpy()

    def has(self, field: str, codes: list[str]) -> np.ndarray:
        """Where the field holds one of the codes, by itself or in a list."""
        wanted = set(codes)
        return self._each(field, lambda text: not wanted.isdisjoint(text.split(";")), False)

    def parts(self, field: str) -> np.ndarray:
        """How many codes the field holds."""
        return self._each(field, lambda text: len(text.split(";")), 0)

    def dates(self, field: str) -> np.ndarray:
        """The field as days; what is not a real date is none."""
        return self._each(field, _day, np.datetime64("NaT", "D"))

    def numbers(self, field: str) -> np.ndarray:
        """The field as numbers; what is not one is none."""
        return self._each(field, _number, np.nan)

    def _each(self, field: str, read: Callable[[str], Any], otherwise: Any) -> np.ndarray:
        codes, texts = pd.factorize(self._frame[field])
        found = np.array([read(str(text)) for text in texts] + [otherwise], dtype=np.asarray(otherwise).dtype)
        # A blank has the code -1, which is the last place.
        return found[codes]


def wrong_fields(kind: str, arguments: Mapping[str, Any], frame: pd.DataFrame) -> Wrong:
    """For each field that a rule can find at fault, the rows that are wrong there."""
    rows = Rows(frame)
    holds = _holds(rows, arguments["when"])
    applies = ~holds if kind == "present_only_when" else holds
    return {field: wrong & applies for field, wrong in KINDS[kind](rows, arguments).items()}


def wrong_rows(kind: str, arguments: Mapping[str, Any], frame: pd.DataFrame) -> np.ndarray:
    """The rows that break a rule in any field."""
    return np.any(list(wrong_fields(kind, arguments, frame).values()), axis=0)


def dates_in_order(rows: Rows, arguments: Mapping[str, Any]) -> Wrong:
    """Each date that is filled is no earlier than the last one filled before it."""
    wrong: Wrong = {}
    latest = np.full(len(rows), np.datetime64("NaT", "D"))
    fields = arguments["fields"]
    for before, field in zip([None, *fields], fields, strict=False):
        dates = rows.dates(field)
        # The day of the return is nobody's mistake: the date that comes after it is.
        at_fault = before if field == "as_at_date" else field
        if before is not None:
            wrong[at_fault] = wrong.get(at_fault, np.zeros(len(rows), dtype=bool)) | (dates < latest)
        latest = np.where(np.isnat(dates), latest, dates)
    return wrong


def working_days_before(rows: Rows, arguments: Mapping[str, Any]) -> Wrong:
    """At least so many working days lie between two dates."""
    first, then = rows.dates(arguments["first"]), rows.dates(arguments["then"])
    known = (first <= then) & (first >= FIRST_DAY_HELD) & (then <= LAST_DAY_HELD)
    wrong = np.zeros(len(rows), dtype=bool)
    wrong[known] = working_days.between_many(first[known], then[known]) < arguments["at_least"]
    return {arguments["first"]: wrong}


def first_day_of_period(rows: Rows, arguments: Mapping[str, Any]) -> Wrong:
    """A date known to the month or year is its first day."""
    dates = rows.dates(arguments["field"])
    wrong = np.zeros(len(rows), dtype=bool)
    for precision, unit in arguments["first_days"].items():
        first = dates.astype(f"datetime64[{'M' if unit == 'month' else 'Y'}]").astype("datetime64[D]")
        wrong |= rows.has(arguments["precision"], [precision]) & ~np.isnat(dates) & (dates != first)
    return {arguments["field"]: wrong}


def required_when(rows: Rows, arguments: Mapping[str, Any]) -> Wrong:
    """The fields are filled."""
    not_answers = arguments.get("counts_as_blank", [])
    return {field: ~rows.filled(field) | rows.has(field, not_answers) for field in arguments["fields"]}


def present_only_when(rows: Rows, arguments: Mapping[str, Any]) -> Wrong:
    """The field is blank; `wrong_fields` asks it where the clauses do not hold."""
    return {arguments["field"]: rows.filled(arguments["field"])}


def code_follows(rows: Rows, arguments: Mapping[str, Any]) -> Wrong:
    """The field, where it is filled, holds one of some codes."""
    field = arguments["field"]
    return {field: rows.filled(field) & ~rows.has(field, arguments["in"])}


def code_stands_alone(rows: Rows, arguments: Mapping[str, Any]) -> Wrong:
    """A code is not one of several."""
    field = arguments["field"]
    return {field: rows.has(field, [arguments["code"]]) & (rows.parts(field) > 1)}


def value_and_status_agree(rows: Rows, arguments: Mapping[str, Any]) -> Wrong:
    """A value is there just where its status is RECORDED."""
    wrong: Wrong = {}
    for characteristic in arguments["characteristics"]:
        value, status = f"{characteristic}_value", f"{characteristic}_status"
        is_recorded = rows.has(status, ["RECORDED"])
        answers = arguments.get("answers_without_value", {}).get(characteristic, [])
        is_value = rows.filled(value) & ~rows.has(value, answers)
        wrong[value] = is_recorded & ~rows.filled(value)
        wrong[status] = is_value & ~is_recorded
    return wrong


def number_within(rows: Rows, arguments: Mapping[str, Any]) -> Wrong:
    """A number lies between two."""
    numbers = rows.numbers(arguments["field"])
    return {arguments["field"]: (numbers < arguments["min"]) | (numbers > arguments["max"])}


def number_in_band(rows: Rows, arguments: Mapping[str, Any]) -> Wrong:
    """A number lies in the band that another field names; a band without limits takes what no other takes."""
    numbers, band = rows.numbers(arguments["number"]), arguments["band"]
    wrong = np.zeros(len(rows), dtype=bool)
    in_some_band = np.zeros(len(rows), dtype=bool)
    for limits in filter(None, arguments["bands"].values()):
        in_some_band |= (numbers >= limits[0]) & (numbers <= limits[1])
    for code, limits in arguments["bands"].items():
        inside = (numbers >= limits[0]) & (numbers <= limits[1]) if limits else ~in_some_band
        wrong |= rows.has(band, [code]) & ~inside
    return {band: wrong & ~np.isnan(numbers)}


KINDS: dict[str, Callable[[Rows, Mapping[str, Any]], Wrong]] = {
    "dates_in_order": dates_in_order,
    "working_days_before": working_days_before,
    "first_day_of_period": first_day_of_period,
    "required_when": required_when,
    "present_only_when": present_only_when,
    "code_follows": code_follows,
    "code_stands_alone": code_stands_alone,
    "value_and_status_agree": value_and_status_agree,
    "number_within": number_within,
    "number_in_band": number_in_band,
}


def _holds(rows: Rows, clauses: list[Mapping[str, Any]]) -> np.ndarray:
    """Where every clause holds."""
    holds = np.ones(len(rows), dtype=bool)
    for clause in clauses:
        holds &= _clause_holds(rows, clause)
    return holds


def _clause_holds(rows: Rows, clause: Mapping[str, Any]) -> np.ndarray:
    if "in" in clause:
        return rows.has(clause["field"], clause["in"])
    if "not_in" in clause:
        return rows.filled(clause["field"]) & ~rows.has(clause["field"], clause["not_in"])
    if "any_filled" in clause:
        return np.any([rows.filled(field) for field in clause["any_filled"]], axis=0)
    start, end = rows.dates(clause["from"]), rows.dates(clause["to"])
    return end > _add_months(start, clause["more_than_months"])


def _add_months(days: np.ndarray, months: int) -> np.ndarray:
    """The same day so many months on, or the last day of a shorter month."""
    month = days.astype("datetime64[M]")
    day_of_month = days - month.astype("datetime64[D]")
    later = month + months
    last = (later + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.minimum(later.astype("datetime64[D]") + day_of_month, last)


def _day(text: str) -> np.datetime64:
    day = values.real_date(text)
    return np.datetime64("NaT", "D") if day is None else np.datetime64(day, "D")


def _number(text: str) -> float:
    return float(text) if values.is_number(text, None, None) else np.nan
