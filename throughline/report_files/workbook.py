"""A report as a workbook, whichever program it is for: cover, contents, notes, and one sheet for each table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from throughline import wording
from throughline.report import Column, Finding, Report, Table
from throughline.report_files.cells import Value, read_cell
from throughline.report_files.facts import how_to_read, release_line, replies, symbols, tables_of
from throughline.wording.kind_of_data import kind_of_data

_END = re.compile(r"(?<=[.!?]) (?=[A-Z0-9\[])")
COVER, CONTENTS, NOTES = "Cover", "Contents", "Notes"


@dataclass(frozen=True)
class Grid:
    """The one table of a sheet; `leads_to` names the sheet that each row's first cell leads to."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    leads_to: Sequence[str] = ()

    @property
    def headings(self) -> list[str]:
        """The headings, none of them twice, since a named table may not repeat one."""
        found: list[str] = []
        for column in self.columns:
            same = sum(1 for name in found if name.partition(" (")[0] == column.heading)
            found.append(f"{column.heading} ({same + 1})" if column.heading in found else column.heading)
        return found


@dataclass(frozen=True)
class Sheet:
    """One sheet: its title, what stands above its table, and the table."""

    name: str
    title: str
    lines: Sequence[str]
    grid: Grid | None = None


@dataclass(frozen=True)
class Workbook:
    """Sheets in order, with what the file's properties say."""

    title: str
    subject: str
    sheets: Sequence[Sheet] = field(default_factory=list)


def make_workbook(report: Report, findings: Sequence[Finding]) -> Workbook:
    """The tables of some findings, or of all of them, with everything that explains them."""
    tables = tables_of(findings)
    named = [(f"Table {number}", one, table) for number, (one, table) in enumerate(tables, start=1)]
    sheets = [
        cover(report, findings),
        contents([(name, table.caption) for name, _, table in named]),
        notes(report, findings, [table for _, table in tables]),
        *(table_sheet(report, name, one, table) for name, one, table in named),
    ]
    return Workbook(report.question, f"{report.choices_said}. {release_line(report)}", sheets)


def cover(report: Report, findings: Sequence[Finding]) -> Sheet:
    """What was asked, the answer, and what the figures rest on."""
    whole = len(findings) == len(report.findings)
    lines = [
        report.answer,
        *([] if whole else [f"This file holds one finding: {one.heading}." for one in findings]),
        *report.warnings,
        *report.notices,
        *replies(report),
        f"Kind of data: {kind_of_data(report.is_synthetic)}.",
        f"Data as at {wording.full_date(report.as_at_date)}.",
        f"Release: {report.release_id}.",
        f"What was chosen: {report.choices_said}.",
        f"Address of this view on the pages: {report.address}",
        "Each sheet holds one table. Letters in square brackets stand where there is no number; the sheet called Notes "
        "explains them.",
        "Made with Throughline. Not an official statistic.",
    ]
    return Sheet(COVER, report.question, lines)


def contents(tables: Sequence[tuple[str, str]]) -> Sheet:
    """The list of sheets, each entry a link to it."""
    entries = [(NOTES, "Symbols, caveats and definitions"), *tables]
    rows = [[Value(name), Value(title)] for name, title in entries]
    grid = Grid("contents", [Column("Sheet"), Column("What it holds")], rows, [name for name, _ in entries])
    return Sheet(CONTENTS, "Contents", ["This sheet holds one table. Each sheet's name leads to it."], grid)


def notes(report: Report, findings: Sequence[Finding], tables: Sequence[Table]) -> Sheet:
    """Symbols in use, the caveat of each finding, then definitions and limits."""
    letters = sorted({letter for table in tables for letter in symbols(table)})
    entries = [(f"[{letter}]", wording.STATUS[letter]) for letter in letters if letter in wording.STATUS]
    entries += [(one.heading, f"{one.measured} {how_to_read(one)}".strip()) for one in findings]
    entries += [(claim, reason) for group in report.statements for claim, reason in group.items]
    rows = [[Value(about), Value(explained)] for about, explained in entries]
    grid = Grid("notes", [Column("About"), Column("Explanation")], rows)
    return Sheet(NOTES, "Notes: symbols, caveats and definitions", ["This sheet holds one table."], grid)


def table_sheet(report: Report, name: str, one: Finding, table: Table) -> Sheet:
    """One table under its title, its finding and what it rests on."""
    rows = [[read_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    lines = [
        f"This sheet holds {'one table' if rows else 'no rows: there is nothing to show'}.",
        f"Finding: {one.heading}.",
        *sentences(one.measured),
        *sentences(how_to_read(one, table)),
        f"What was chosen: {report.choices_said}.",
        f"{kind_of_data(report.is_synthetic)}. {release_line(report)}",
    ]
    grid = Grid(name.lower().replace(" ", "_"), list(table.columns), rows) if rows else None
    return Sheet(name, f"{name}: {table.caption}", lines, grid)


def sentences(text: str) -> list[str]:
    """One sentence a row, so that no row runs far past its table."""
    return [part for part in _END.split(text) if part]
