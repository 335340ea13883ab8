"""All tables of a finding as one CSV: a row a row, each with what it must say when it stands alone."""

import csv
import io
import re
from dataclasses import replace

from throughline.report import Column, Finding, Report, Table
from throughline.report_files.cells import bare, read_cell
from throughline.report_files.facts import how_to_read, tables_of, words
from throughline.spreadsheet_safety import as_text
from throughline.wording.kind_of_data import kind_of_data
from throughline.wording.reasons import NOT_REACHED
from throughline.wording.replies import NOT_CHECKED, heading

END = re.compile(rf"[-−]?[\d,.]+%?|{NOT_REACHED}")
INTERVAL, ENDS = "interval", ("lower", "upper")
ABOUT = ["measured", "choices", "how_to_read", "as_at_date", "release_id", "kind_of_data"]


def write_csv(report: Report, findings: list[Finding]) -> bytes:
    """One heading row; where tables have different columns, a cell that its table lacks is empty.

    Replies of partnerships are rows of their own, after all tables.
    """
    tables = [(one, with_limits_apart(table)) for one, table in tables_of(findings)]
    columns = list(dict.fromkeys(name for _, table in tables for name, _ in columns_of(table)))
    text = io.StringIO()
    writer = csv.DictWriter(text, ["table", *columns, *ABOUT], restval="", lineterminator="\n")
    writer.writeheader()
    release = {
        "choices": report.choices_said,
        "as_at_date": report.as_at_date.isoformat(),
        "release_id": report.release_id,
        "kind_of_data": kind_of_data(report.is_synthetic),
    }
    rows = []
    for one, table in tables:
        about = {"table": table.caption, "measured": one.measured, "how_to_read": how_to_read(one, table), **release}
        named = columns_of(table)
        for row in table.rows:
            cells = [read_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)]
            rows.append(
                about | {name: bare(cell, is_mixed) for (name, is_mixed), cell in zip(named, cells, strict=True)}
            )
    rows += [
        {"table": heading(reply.who), "measured": reply.text, "how_to_read": f"{reply.about} {NOT_CHECKED}", **release}
        for reply in report.replies
    ]
    for row in rows:
        writer.writerow({name: as_text(value) for name, value in row.items()})
    return text.getvalue().encode("utf-8")


def with_limits_apart(table: Table) -> Table:
    """The same table in which the two limits of an interval stand in columns of their own as well, to reckon with."""
    columns: list[Column] = []
    rows: list[list] = [[] for _ in table.rows]
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        columns.append(column)
        for row, cell in zip(rows, cells, strict=True):
            row.append(cell)
        if INTERVAL in column.heading:
            columns += [Column(f"{column.heading}: {end}", numeric=True) for end in ENDS]
            for row, cell in zip(rows, cells, strict=True):
                row += limits(words(cell))
    return replace(table, columns=columns, rows=rows)


def limits(interval: str) -> list[str]:
    """36.5% and 40.0% of "36.5% to 40.0%"; a symbol is that of both, and words that are no interval have no limits."""
    ends = interval.split(" to ")
    if len(ends) == 2 and all(map(END.fullmatch, ends)):
        return ends
    return [interval] * 2 if interval.startswith("[") else ["", ""]


def columns_of(table: Table) -> list[tuple[str, bool]]:
    """The headings, none twice, and whether a column mixes percentages with other numbers.

    A column of percentages alone is marked as such; in a mixed one each percentage keeps its sign.
    """
    found: list[tuple[str, bool]] = []
    for place, column in enumerate(table.columns):
        numbers = [value for row in table.rows if (value := read_cell(row[place], column)).number is not None]
        percentages = [value.is_percentage for value in numbers]
        is_mixed = any(percentages) and not all(percentages)
        is_marked = any(percentages) and not is_mixed and "(%)" not in column.heading
        name = f"{column.heading} (%)" if is_marked else column.heading
        taken = [earlier for earlier, _ in found]
        found.append((name if name not in taken else f"{name} ({place + 1})", is_mixed))
    return found
