"""The worked example of docs/methods/recommendations.md, recounted."""

import re
from datetime import date

import pytest
from test_recount_recommendations import Tally, add_answers, add_shares

from throughline.statistics import rate_interval
from throughline.workspace import PROJECT

PAGE = (PROJECT / "docs" / "methods" / "recommendations.md").read_text(encoding="utf-8")
LEEDS = "E08000035"
AS_AT = date(2026, 9, 30)


def table(first_header: str) -> list[list[str]]:
    """The cells of the table whose first column has this heading."""
    rows = re.search(rf"^\| {re.escape(first_header)} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE).group(1)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows.splitlines()]


@pytest.fixture(scope="module")
def tally() -> Tally:
    counted = Tally()
    for breakdown, complete in (
        ("rapid_review", date(2024, 6, 10)),
        ("rapid_review", date(2024, 6, 10)),
        ("lcspr", date(2024, 12, 9)),
    ):
        counted.add("RC1", breakdown, LEEDS, complete, denominator=1)
    for source, made, level, loop, change, marks, theme, about, answer in table("from"):
        status, _, answered = answer.partition(" ")
        row = {
            "level": level,
            "loop": loop,
            "change_type": change,
            "theme_primary": theme,
            "eedi_related": about,
            "national_response_status": status or None,
            "national_response_date": answered or None,
            "as_at": AS_AT,
        } | {
            f"smart_{letter}": mark if mark in "YN" else None
            for letter, mark in zip("smart", marks.split(), strict=True)
        }
        day = date.fromisoformat(made)
        counted.add("RC1", "rapid_review" if source.startswith("RR") else "lcspr", LEEDS, day, numerator=1)
        add_shares(counted, row, LEEDS, day)
        if level == "NATIONAL":
            add_answers(counted, row, LEEDS, day)
    return counted


FIGURES = [row for row in table("row") if " of " in row[1] and row[0].count(" ") == 1]


@pytest.mark.parametrize(("measure", "figure"), FIGURES, ids=[row[0].replace(" ", "-") for row in FIGURES])
def test_each_figure_of_the_example_is_what_its_table_gives(tally, measure, figure):
    numbers = [int(number) for number in re.findall(r"\d+", figure)]
    numerator, denominator, *left_out = numbers
    assert tally.of(*measure.split(), "england", "E92000001", "2025") == (
        *(numerator, denominator, 0),
        *(left_out or [0]),
    )


def test_every_measure_has_a_figure_in_the_example():
    assert {row[0].split()[0] for row in FIGURES} == {"RC1", "RC4", "RC7", "RC8", "RC9", "RC10", "RC11", "RC12"}


def test_the_interval_of_the_example_is_the_exact_one():
    lower, upper = rate_interval([2], [2], per=1)
    assert f"is 1.00 for each, and could be from {lower[0]:.2f} to {upper[0]:.2f}" in PAGE
