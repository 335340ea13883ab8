"""When a chart of shares says too little to be drawn: none of its rows rests on enough cases."""

from collections.abc import Iterable

from throughline.report import Finding, Table
from throughline.report_files.facts import words

ENOUGH = 5  # cases that at least one row must rest on: below it an interval covers most of the axis
OUT_OF, SHARE = "Out of", "Percentage"


def rests_on_few(one: Finding) -> bool:
    """Whether every share of a finding is out of fewer cases than that, as its tables say.

    The first table is the chart's. What a symbol stands for in place of a number has no dot in the chart either.
    """
    if not one.tables or not {OUT_OF, SHARE} <= set(headings(one.tables[0])):
        return False
    found = [number for table in one.tables for number in denominators(table)]
    return bool(found) and max(found) < ENOUGH


def denominators(table: Table) -> Iterable[int]:
    """What each row of a table of shares is out of."""
    if OUT_OF in headings(table):
        place = headings(table).index(OUT_OF)
        cells = (words(row[place]).replace(",", "") for row in table.rows)
        yield from (int(cell) for cell in cells if cell.isdigit())


def headings(table: Table) -> list[str]:
    """The headings of a table's columns."""
    return [column.heading for column in table.columns]
