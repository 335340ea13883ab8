"""The first sheet of a marked copy: a line for each problem, with a link to its cell."""

from typing import TYPE_CHECKING

from throughline.door.findings import ERROR, QUERY, Finding
from throughline.door.reporting.outcome import Outcome, count
from throughline.door.reporting.saving import set_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

PROBLEMS = "problems"
MARK = "Throughline check"
MOST_LISTED = 10_000
MOST_ROWS_OF_TITLES = 20
FILLS = {ERROR: "F4CDC6", QUERY: "FFF3B8"}
HEADINGS = (
    *("number", "problem", "rule", "where", "sheet", "row", "column", "field", "title"),
    *("what_is_wrong", "what_would_be_right", "example"),
)
WIDTHS = (9, 10, 8, 26, 18, 8, 9, 28, 34, 60, 70, 30)


def add_problems_sheet(workbook: "Workbook", outcome: Outcome, notes: list[str]) -> "Worksheet":
    """Add the sheet in front of the others: what was found, then a line for each problem."""
    for other in workbook.worksheets:
        # Two selected sheets are edited together, unseen.
        other.sheet_view.tabSelected = False
    sheet = workbook.create_sheet(PROBLEMS, 0)
    workbook.active = 0
    found = f"{count(outcome.errors, 'error', 'errors')} and {count(outcome.queries, 'query', 'queries')}."
    top = _write_lines(sheet, [f"{MARK}: problems in {outcome.file}", found, *notes]) + 2
    _write_headings(sheet, top)
    for number, finding in enumerate(in_reading_order(workbook, outcome.report.findings)[:MOST_LISTED], start=1):
        _write_finding(sheet, top + number, number, finding)
    return sheet


def in_reading_order(workbook: "Workbook", findings: list[Finding]) -> list[Finding]:
    """Errors first, then as a person goes through the workbook: sheet by sheet and down each."""
    places = {name: place for place, name in enumerate(workbook.sheetnames)}
    return sorted(
        findings,
        key=lambda finding: (
            finding.severity != ERROR,
            places.get(finding.sheet, len(places)),
            finding.sheet or finding.file,
            finding.row or 0,
        ),
    )


def _write_lines(sheet: "Worksheet", lines: list[str]) -> int:
    from openpyxl.styles import Font

    for number, line in enumerate(lines, start=1):
        font = Font(name="Arial", bold=True, size=14) if number == 1 else Font(name="Arial")
        set_text(sheet.cell(number, 1), line).font = font
    return len(lines)


def _write_headings(sheet: "Worksheet", row: int) -> None:
    from openpyxl.styles import Font, PatternFill

    for place, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), start=1):
        cell = set_text(sheet.cell(row, place), heading)
        cell.font = Font(name="Arial", bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="12436D")
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.freeze_panes = sheet.cell(row + 1, 1)


def _write_finding(sheet: "Worksheet", row: int, number: int, finding: Finding) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    body, wrapped = Font(name="Arial"), Alignment(wrap_text=True, vertical="top")
    for place, value in enumerate(_listed(number, finding), start=1):
        cell = sheet.cell(row, place)
        if isinstance(value, int):
            cell.value = value
        else:
            set_text(cell, value)
        cell.font, cell.alignment = body, wrapped
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=FILLS[finding.severity])
    _link(sheet.cell(row, 4), finding)
    lines = max(len(finding.message) // 75, len(finding.fix) // 88)
    sheet.row_dimensions[row].height = 15.5 * (1 + lines)


def _listed(number: int, finding: Finding) -> list[str | int | None]:
    kind = "Error" if finding.severity == ERROR else "Query"
    place = [finding.place, finding.sheet or finding.file, finding.row, finding.column, finding.field, finding.title]
    return [number, kind, finding.rule, *place, finding.message, finding.fix, finding.example]


def _link(cell: "Cell", finding: Finding) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import quote_sheetname
    from openpyxl.worksheet.hyperlink import Hyperlink

    workbook = cell.parent.parent
    if finding.sheet not in workbook.sheetnames or finding.sheet == PROBLEMS:
        return
    address = address_of(finding, workbook[finding.sheet]) or "A1"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(finding.sheet)}!{address}")
    cell.font = Font(name="Arial", color="1D70B8", underline="single")


def address_of(finding: Finding, sheet: "Worksheet") -> str | None:
    """The cell of a finding: the column's first filled cell where no row is named, the row's first where no column."""
    if finding.row is None and finding.column is None:
        return None
    if finding.row is None:
        return f"{finding.column}{_first_filled_row(sheet, finding.column)}"
    return f"{finding.column or 'A'}{finding.row}"


def _first_filled_row(sheet: "Worksheet", column: str) -> int:
    """Headings are in row 1, unless there are titles above them."""
    for row in range(1, min(MOST_ROWS_OF_TITLES, sheet.max_row) + 1):
        if sheet[f"{column}{row}"].value is not None:
            return row
    return 1
