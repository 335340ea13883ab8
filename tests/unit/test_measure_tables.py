"""The table beside a chart of shares: what is told of cases that are too recent to count."""

import pytest

from tests.fixtures.share_rows import HIDDEN, own, share_rows
from throughline.analyses.measure_tables import measure_table
from throughline.analyses.scope import Scope

ENGLAND = Scope("england", "E92000001", "England", "year", "2026", False, True, (), ())
RECENT = "Too recent to count"


def table(*rows):
    return measure_table(
        "steps", "Steps", "Step", share_rows(*(("CV1", "total", "A step", one, None) for one in rows)), ENGLAND
    )


def headings(shown):
    return [column.heading for column in shown.columns]


@pytest.mark.parametrize(
    ("rows", "has_column"),
    [
        pytest.param([own(5, 50, immature=1), own(9, 50)], True, id="one waits"),
        pytest.param([own(5, 50), own(**HIDDEN, immature=None)], True, id="one is hidden and may wait"),
        pytest.param([own(5, 50), own(9, 50)], False, id="none waits"),
        pytest.param([own(**HIDDEN, immature=None)], False, id="not published"),
    ],
)
def test_cases_too_recent_have_a_column_only_where_one_may_wait(rows, has_column):
    shown = table(*rows)

    assert (RECENT in headings(shown)) == has_column
    assert all(len(row) == len(shown.columns) for row in shown.rows)


def test_a_table_without_that_column_says_in_words_that_none_waits():
    assert table(own(5, 50)).note == "No case here is too recent to count."
