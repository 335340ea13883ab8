"""What a file must still say when it has left the page: release, date, choices, caveats, symbols."""

import re
from collections.abc import Iterable

from throughline import wording
from throughline.report import Cell, Finding, Report, Table
from throughline.wording.replies import in_one_line

NO_BREAK = "\N{NO-BREAK SPACE}"
_SYMBOL = re.compile(r"\[([a-z])\]")


def release_line(report: Report) -> str:
    """How old the data are, of what kind, and from which release."""
    return f"{wording.as_at_in_words(report.as_at_date, report.is_synthetic)} Release {report.release_id}."


def replies(report: Report) -> list[str]:
    """What partnerships reply to the figures, a line each."""
    return [in_one_line(one.who, one.about, one.text) for one in report.replies]


def how_to_read(one: Finding, table: Table | None = None) -> str:
    """The caveat of a finding, what it holds back, the note of a table and its symbols."""
    parts = [*one.notices, one.caveat, table.note if table else ""]
    if table:
        told = " ".join(parts)
        parts.append(wording.symbol_note(letter for letter in symbols(table) if f"[{letter}] means" not in told))
    return " ".join(part for part in parts if part)


def symbols(table: Table) -> list[str]:
    """The bracketed letters that stand in the cells of a table."""
    return sorted({letter for row in table.rows for cell in row for letter in _SYMBOL.findall(words(cell))})


def words(cell: Cell) -> str:
    """The words of a cell; a space that keeps a line from breaking there would hide them from a search in a file."""
    text = cell if isinstance(cell, str) else cell.words
    return text.replace(NO_BREAK, " ")


def tables_of(findings: Iterable[Finding]) -> list[tuple[Finding, Table]]:
    """Every table with the finding that it belongs to."""
    return [(one, table) for one in findings for table in one.tables]
