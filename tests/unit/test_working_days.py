"""Working days: worked dates, England's own bank holidays, and the laws of counting."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline import working_days

SEED = Path(__file__).parents[2] / "seeds/calendar/bank_holidays.csv"

days = st.dates(date(2015, 1, 1), date(2030, 12, 31))
starts = st.dates(date(2015, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize(
    ("start", "in_5", "in_15"),
    [
        (date(2024, 3, 28), date(2024, 4, 8), date(2024, 4, 22)),
        (date(2024, 12, 20), date(2024, 12, 31), date(2025, 1, 15)),
        (date(2025, 4, 17), date(2025, 4, 28), date(2025, 5, 13)),
        (date(2022, 9, 16), date(2022, 9, 26), date(2022, 10, 10)),
        (date(2023, 5, 5), date(2023, 5, 15), date(2023, 5, 30)),
        (date(2024, 6, 1), date(2024, 6, 7), date(2024, 6, 21)),
        (date(2024, 6, 3), date(2024, 6, 10), date(2024, 6, 24)),
        (date(2025, 12, 24), date(2026, 1, 5), None),
        (date(2025, 5, 10), date(2025, 5, 16), None),
        (date(2026, 12, 18), None, date(2027, 1, 13)),
    ],
)
def test_due_dates_are_the_published_ones_and_count_back(start, in_5, in_15):
    for limit, due in ((5, in_5), (15, in_15)):
        if due:
            assert working_days.add(start, limit) == due
            assert working_days.between(start, due) == limit


def test_good_friday_and_easter_monday_fall_out():
    assert working_days.between(date(2025, 4, 16), date(2025, 4, 25)) == 5


def test_monday_is_day_1_after_a_saturday_start():
    assert working_days.between(date(2024, 6, 1), date(2024, 6, 3)) == 1
    assert working_days.between(date(2024, 6, 1), date(2024, 6, 2)) == 0


def test_the_same_day_is_0_and_the_time_of_day_is_ignored():
    assert working_days.between(date(2024, 6, 3), date(2024, 6, 3)) == 0
    assert working_days.between(datetime(2024, 6, 3, 23, 59), datetime(2024, 6, 4, 0, 1)) == 1
    assert working_days.add(datetime(2024, 6, 3, 17), 1) == date(2024, 6, 4)
    assert working_days.add(date(2024, 6, 1), 0) == date(2024, 6, 1)


def test_a_missing_date_is_not_late():
    assert working_days.between(None, date(2024, 6, 3)) is None
    assert working_days.between(date(2024, 6, 3), None) is None
    assert working_days.add(None, 5) is None and working_days.add_months(None, 6) is None


def test_an_end_before_its_start_is_an_error_not_an_early_finish():
    with pytest.raises(ValueError, match="end 2024-06-03 is before start 2024-06-04"):
        working_days.between(date(2024, 6, 4), date(2024, 6, 3))
    with pytest.raises(ValueError, match="days is -1"):
        working_days.add(date(2024, 6, 4), -1)


@pytest.mark.parametrize(
    "count",
    [
        lambda: working_days.between(date(2030, 12, 30), date(2031, 1, 2)),
        lambda: working_days.between(date(2014, 12, 31), date(2015, 1, 2)),
        lambda: working_days.add(date(2030, 12, 24), 15),
        lambda: working_days.add(date(2031, 1, 2), 0),
    ],
)
def test_a_date_outside_the_bank_holidays_held_is_refused(count):
    with pytest.raises(working_days.OutsideCalendar, match="2015 to 2030"):
        count()


def test_the_bank_holidays_are_those_of_the_seed():
    with SEED.open(encoding="utf-8") as file:
        listed = {date.fromisoformat(row["date"]) for row in csv.DictReader(file)}
    years = {day.year for day in listed}
    assert max(years) == working_days.LAST_YEAR
    assert {day for day in working_days.bank_holidays() if day.year in years} == listed


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 5, 8),
        date(2022, 6, 2),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
        date(2020, 12, 28),
        date(2021, 12, 27),
        date(2021, 12, 28),
        date(2022, 1, 3),
        date(2022, 12, 27),
        date(2023, 1, 2),
        date(2026, 12, 28),
        date(2027, 12, 27),
        date(2027, 12, 28),
        date(2028, 1, 3),
    ],
)
def test_one_off_and_substitute_days_are_not_forgotten(day):
    assert day in working_days.bank_holidays()


@pytest.mark.parametrize("day", [date(2020, 5, 4), date(2024, 1, 2), date(2024, 3, 18), date(2024, 8, 5)])
def test_days_moved_away_and_days_of_other_nations_are_worked(day):
    assert day not in working_days.bank_holidays()
    assert working_days.between(day - timedelta(days=1), day) == 1


@pytest.mark.parametrize(
    ("start", "six_months_on"),
    [
        (date(2024, 10, 31), date(2025, 4, 30)),
        (date(2024, 8, 31), date(2025, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2025, 1, 15), date(2025, 7, 15)),
    ],
)
def test_six_months_are_calendar_months_cut_to_a_shorter_month(start, six_months_on):
    assert working_days.add_months(start, 6) == six_months_on


def counted_slowly(start: date, end: date) -> int:
    following = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in working_days.bank_holidays() for day in following)


@settings(deadline=None, max_examples=60)
@given(starts, st.integers(0, 120))
def test_the_count_is_the_one_a_person_would_make_on_a_calendar(start, later):
    end = start + timedelta(days=later)
    assert working_days.between(start, end) == counted_slowly(start, end)


@given(days, days, days)
def test_working_days_never_fall_as_the_end_moves_on_and_parts_add_up(one, two, three):
    first, middle, last = sorted((one, two, three))
    whole, part = working_days.between(first, last), working_days.between(first, middle)
    assert part <= whole
    assert part + working_days.between(middle, last) == whole


@given(starts, st.integers(1, 200))
def test_a_due_date_is_a_working_day_that_far_on(start, limit):
    due = working_days.add(start, limit)
    assert working_days.between(start, due) == limit
    assert working_days.between(start, due - timedelta(days=1)) == limit - 1


def test_many_dates_are_counted_at_once_with_missing_ones_left_missing():
    begun = np.array(["2024-03-28", "NaT", "2024-06-01"], dtype="datetime64[D]")
    due = working_days.add_many(begun, [5, 5, 15])
    assert due.astype(str).tolist() == ["2024-04-08", "NaT", "2024-06-21"]
    counted = working_days.between_many(begun, due)
    assert counted[[0, 2]].tolist() == [5, 15] and np.isnan(counted[1])


def test_one_start_and_many_ends_need_no_repeating():
    ends = [date(2024, 6, 3), date(2024, 6, 10), None]
    assert working_days.between_many(date(2024, 6, 3), ends)[:2].tolist() == [0, 5]


def test_the_first_bad_row_of_many_is_named():
    begun = np.array(["2024-06-03", "2024-06-05", "2024-06-06"], dtype="datetime64[D]")
    ended = np.array(["2024-06-04", "2024-06-04", "2024-06-05"], dtype="datetime64[D]")
    with pytest.raises(ValueError, match="position 1"):
        working_days.between_many(begun, ended)
