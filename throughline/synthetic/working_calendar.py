"""Working-day arithmetic over whole columns of dates: the start day is day 0."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

NO_DATE = np.datetime64("NaT", "D")


class WorkingCalendar:
    """Monday to Friday without England's bank holidays."""

    def __init__(self, holidays: np.ndarray):
        self.calendar = np.busdaycalendar(holidays=holidays)

    @classmethod
    def from_seeds(cls, seeds: Path) -> "WorkingCalendar":
        """The bank holidays in seeds/calendar."""
        table = pl.read_csv(seeds / "calendar" / "bank_holidays.csv", infer_schema=False)
        return cls(table["date"].to_numpy().astype("datetime64[D]"))

    def add(self, start: np.ndarray, days: np.ndarray | int) -> np.ndarray:
        """The date that many working days after (or, if negative, before) each start."""
        start = np.asarray(start, dtype="datetime64[D]")
        days = np.broadcast_to(np.asarray(days, dtype=np.int64), start.shape)
        filled = np.where(np.isnat(start), np.datetime64("2020-04-01"), start)
        later = np.busday_offset(filled, np.maximum(days, 0), roll="backward", busdaycal=self.calendar)
        earlier = np.busday_offset(filled, np.minimum(days, 0), roll="forward", busdaycal=self.calendar)
        moved = np.where(days > 0, later, np.where(days < 0, earlier, filled))
        return np.where(np.isnat(start), NO_DATE, moved)

    def between(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """Working days after each start up to and including each end."""
        return np.busday_count(start + 1, end + 1, busdaycal=self.calendar)

    def days_in(self, first: date | np.datetime64, last: date | np.datetime64) -> np.ndarray:
        """Every working day from first to last."""
        days = np.arange(np.datetime64(first), np.datetime64(last) + 1)
        return days[np.is_busday(days, busdaycal=self.calendar)]


def reporting_year(dates: np.ndarray) -> np.ndarray:
    """The year, ending 31 March, that each date belongs to."""
    months = np.asarray(dates, dtype="datetime64[M]").astype(int)
    return (months + 9) // 12 + 1970


def blank_after(dates: np.ndarray, as_at: np.datetime64) -> np.ndarray:
    """Leave out what has not happened yet."""
    return np.where(dates <= as_at, dates, NO_DATE)


def add_months(start: np.ndarray, months: int) -> np.ndarray:
    """The same day some calendar months later, held to the month's end."""
    start = np.asarray(start, dtype="datetime64[D]")
    month = start.astype("datetime64[M]")
    last_day = (month + months + 1).astype("datetime64[D]") - 1
    return np.minimum((month + months).astype("datetime64[D]") + (start - month.astype("datetime64[D]")), last_day)
