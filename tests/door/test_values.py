"""What counts as a date, a number and a pause."""

import pytest

from throughline.door import values

REASONS = frozenset({"PARALLEL_CRIMINAL", "CAPACITY"})


@pytest.mark.parametrize("text", ["2025-01-02", "2024-02-29", "1990-01-01", "2035-12-31"])
def test_days_of_the_calendar_are_dates(text):
    assert values.real_date(text)


@pytest.mark.parametrize(
    "text",
    ["2025-02-29", "2025-13-01", "1989-12-31", "2036-01-01", "02/01/2025", "20250102", "2025-W01-1", "45000", ""],
)
def test_other_text_is_not_a_date(text):
    assert values.real_date(text) is None


@pytest.mark.parametrize(("text", "right"), [("0", True), ("17", True), ("18", False), ("-1", False), ("3.5", False)])
def test_whole_numbers_keep_to_their_range(text, right):
    assert values.is_whole_number(text, 0, 17) is right


@pytest.mark.parametrize(
    ("text", "right"), [("0.5", True), ("1", True), ("1.01", False), ("nan", False), ("1e-3", False), ("£1", False)]
)
def test_numbers_keep_to_their_range(text, right):
    assert values.is_number(text, 0, 1) is right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2026-01-01/2026-02-01/CAPACITY", True),
        ("2026-01-01//CAPACITY", True),
        ("2026-01-01/2026-02-01/CAPACITY;2026-03-01//PARALLEL_CRIMINAL", True),
        ("2026-02-01/2026-01-01/CAPACITY", False),
        ("2026-01-01/2026-02-01", False),
        ("2026-01-01/2026-02-01/HOLIDAY", False),
        ("2026-02-30/2026-03-01/CAPACITY", False),
    ],
)
def test_pauses_have_a_start_an_end_and_a_reason(text, right):
    assert values.are_intervals(text, REASONS) is right
