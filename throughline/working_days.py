"""Working days in England: Monday to Friday without bank holidays, the start date being day 0."""

from datetime import date, datetime
from functools import lru_cache

import numpy as np

FIRST_YEAR, LAST_YEAR = 2015, 2030
SATURDAY = 5


class OutsideCalendar(ValueError):
    """A date falls before or after the years whose bank holidays are held."""


def between(start: date | None, end: date | None) -> int | None:
    """Working days after the start, up to and including the end.

    Day 1 is the first working day after the start, whatever day the start was; the same day is 0. Time of day is
    ignored. A missing date gives None, since a missing date is not late. Raises ValueError when the end is before the
    start, and OutsideCalendar when either is outside the years held.
    """
    if start is None or end is None:
        return None
    return int(between_many([_day(start)], [_day(end)])[0])


def add(start: date | None, days: int) -> date | None:
    """The date so many working days after the start: the due date of a limit.

    `between(start, add(start, days)) == days`. 0 days gives the start itself; None gives None. Raises ValueError on
    negative days, and OutsideCalendar when the answer is past the last year held.
    """
    if start is None:
        return None
    return add_many([_day(start)], days)[0].item()


def add_months(start: date | None, months: int) -> date | None:
    """The same day so many calendar months on, or the last day of a shorter month; None gives None."""
    from dateutil.relativedelta import relativedelta

    return None if start is None else _day(start) + relativedelta(months=months)


def between_many(starts, ends) -> np.ndarray:
    """`between` for arrays of dates (datetime64 or date): floats, NaN where a date is missing.

    Raises at the first position where the end is before the start or a date is outside the years held.
    """
    starts, ends = np.broadcast_arrays(_days(starts), _days(ends))
    _check_held(starts, "start")
    _check_held(ends, "end")
    early = ends < starts
    if early.any():
        place = int(np.argmax(early))
        raise ValueError(f"end {ends.flat[place]} is before start {starts.flat[place]}, at position {place}")
    known = ~(np.isnat(starts) | np.isnat(ends))
    counted = np.full(starts.shape, np.nan)
    # numpy counts the first day and not the last; moving both on by one counts the last and not the first.
    counted[known] = np.busday_count(starts[known] + 1, ends[known] + 1, busdaycal=_calendar())
    return counted


def add_many(starts, days) -> np.ndarray:
    """`add` for arrays of dates and whole numbers of days: datetime64, NaT where the start is missing."""
    starts, days = np.broadcast_arrays(_days(starts), np.asarray(days, dtype=int))
    if (days < 0).any():
        raise ValueError(f"days is {days.flat[int(np.argmax(days < 0))]}, at position {int(np.argmax(days < 0))}")
    _check_held(starts, "start")
    due = starts.copy()
    moved = ~np.isnat(starts) & (days > 0)
    # Rolling a weekend start back, not forward, makes the next working day day 1.
    due[moved] = np.busday_offset(starts[moved], days[moved], roll="backward", busdaycal=_calendar())
    _check_held(due, "due date")
    return due


@lru_cache(maxsize=1)
def bank_holidays() -> tuple[date, ...]:
    """Every bank holiday in England held, in order, each on the day it is taken."""
    from holidays import country_holidays

    held = country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1))
    # The package also lists a Christmas Day that falls on a Saturday; the holiday is taken on its substitute day.
    return tuple(sorted(day for day in held if day.weekday() < SATURDAY))


@lru_cache(maxsize=1)
def _calendar() -> np.busdaycalendar:
    return np.busdaycalendar(holidays=np.array(bank_holidays(), dtype="datetime64[D]"))


def _day(when: date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _days(dates) -> np.ndarray:
    return np.asarray(dates, dtype="datetime64[D]")


def _check_held(dates: np.ndarray, what: str) -> None:
    outside = (dates < np.datetime64(f"{FIRST_YEAR}-01-01")) | (dates > np.datetime64(f"{LAST_YEAR}-12-31"))
    if outside.any():
        place = int(np.argmax(outside))
        raise OutsideCalendar(
            f"{what} {dates.flat[place]} at position {place} is outside the bank holidays held "
            f"({FIRST_YEAR} to {LAST_YEAR}): extend the calendar in throughline/working_days.py"
        )
