"""Dates as people write them. A date that could be two days is never guessed from itself alone: its column decides.

Day before month is the form used in the United Kingdom. Where a column also holds a date that can only be month
before day, its writer or their software used both ways round, so every date of it that fits both ways is refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from throughline.door.values import EARLIEST_DATE, LATEST_DATE

# A time of day says nothing about the day, so it is dropped. A time zone could change the day, so it is refused.
TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"

YEAR_FIRST = re.compile(rf"(\d{{4}})-(\d{{1,2}})-(\d{{1,2}}){TIME}")
NUMBERS = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}){TIME}")
MONTH_NAMED = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]+([a-z]{{3,9}})\.?,?[ -]+(\d{{4}}){TIME}", re.IGNORECASE)
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, start=1)}
MONTH_NUMBERS |= {name[:3]: number for name, number in MONTH_NUMBERS.items()} | {"sept": 9}

# Day 1 is 1 January 1900 and 1900 is taken for a leap year; in the other system day 0 is 1 January 1904.
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_1904_DAY_ZERO = date(1904, 1, 1)


@dataclass
class DatesRead:
    """What became of the texts of one column: those understood, and why others were refused."""

    iso: dict[str, str] = field(default_factory=dict)
    only_month_first: list[str] = field(default_factory=list)
    refused_as_ambiguous: list[str] = field(default_factory=list)


def read_dates(texts: Iterable[str], starts_1904: bool = False) -> DatesRead:
    """Read the different texts of one column together, because one may show which way round the others are."""
    read = DatesRead()
    either_way: dict[str, date] = {}
    for text in texts:
        numbers = NUMBERS.fullmatch(text)
        if numbers is None:
            day = _one_way(text, starts_1904)
        else:
            day = _day(numbers[4], numbers[3], numbers[1])
            other = _day(numbers[4], numbers[1], numbers[3])
            if other and not day:
                read.only_month_first.append(text)
            if day and other and day != other:
                either_way[text] = day
                continue
        if day:
            read.iso[text] = day.isoformat()
    if read.only_month_first:
        read.refused_as_ambiguous = list(either_way)
    else:
        read.iso |= {text: day.isoformat() for text, day in either_way.items()}
    return read


def _one_way(text: str, starts_1904: bool) -> date | None:
    """A text that can be one day only: year first, the month named, or the number of a day as Excel counts."""
    if found := YEAR_FIRST.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := MONTH_NAMED.fullmatch(text):
        return _day(found[3], MONTH_NUMBERS.get(found[2].lower(), 0), found[1])
    if found := SERIAL.fullmatch(text):
        zero = EXCEL_1904_DAY_ZERO if starts_1904 else EXCEL_DAY_ZERO
        return _accepted(zero + timedelta(days=int(found[1])))
    return None


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return _accepted(datetime(int(year), int(month), int(day)).date())
    except ValueError:
        return None


def _accepted(day: date) -> date | None:
    return day if EARLIEST_DATE <= day <= LATEST_DATE else None
