"""A workbook as XLSX, by the Analysis Function's guidance on accessible spreadsheets.

One named table a sheet, one heading row, nothing merged, hidden, filtered or frozen: Excel itself keeps the headings of
a named table in sight, and frozen rows would fill the window of somebody who reads at a high zoom.
"""

import io
from math import ceil
from typing import Any

from throughline.report_files.cells import Value
from throughline.report_files.workbook import Grid, Sheet, Workbook
from throughline.spreadsheet_safety import write_cell

FACE = "Arial"
NARROWEST, WIDEST, WORDS = 11, 46, 90  # letters: columns of a table, and of a sheet of words
LINE = 16.0  # points, the height of one line of 12-point letters


def write_xlsx(book: Workbook) -> bytes:
    """The file."""
    from openpyxl import Workbook as File

    file = File()
    file.remove(file.active)
    properties = file.properties
    properties.title, properties.subject, properties.creator = book.title, book.subject, "Throughline"
    properties.language = "en-GB"
    for sheet in book.sheets:
        write_sheet(file.create_sheet(sheet.name), sheet, book)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def write_sheet(page: Any, sheet: Sheet, book: Workbook) -> None:
    """Title, lines and table, from the top left corner down."""
    from openpyxl.styles import Alignment, Font

    grid_widths = widths(sheet.grid) if sheet.grid else [WORDS]
    for place, width in enumerate(grid_widths):
        page.column_dimensions[letter(place)].width = width
    heading = page.cell(1, 1)
    write_cell(heading, sheet.title)
    heading.font = Font(name=FACE, size=16, bold=True)
    for row, text in enumerate(sheet.lines, start=2):
        cell = page.cell(row, 1)
        write_cell(cell, text)
        cell.font = Font(name=FACE, size=12)
        if sheet.grid is None:
            page.row_dimensions[row].height = LINE * lines_in(text, WORDS)
        # Beside a table the words run on over the empty cells to their right; alone they fold.
        cell.alignment = Alignment(wrap_text=sheet.grid is None, vertical="top")
    if sheet.grid:
        write_grid(page, sheet.grid, len(sheet.lines) + 2)
    set_up_print(page, book)


def write_grid(page: Any, grid: Grid, top: int) -> None:
    """The named table; a number is a number, shown with the decimals that the page shows."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.table import Table, TableStyleInfo

    for place, (text, column) in enumerate(zip(grid.headings, grid.columns, strict=True), start=1):
        cell = page.cell(top, place)
        write_cell(cell, text)
        cell.font = Font(name=FACE, size=12, bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="bottom", horizontal="right" if column.numeric else "left")
    columns = widths(grid)
    page.row_dimensions[top].height = LINE * max(map(lines_in, grid.headings, columns))
    for row, values in enumerate(grid.rows, start=top + 1):
        for place, (value, column) in enumerate(zip(values, grid.columns, strict=True), start=1):
            cell = page.cell(row, place)
            write_value(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="right" if column.numeric else "left")
            cell.font = Font(name=FACE, size=12)
        high = max(lines_in(value.text, width) for value, width in zip(values, columns, strict=True))
        page.row_dimensions[row].height = LINE * high
        if row - top - 1 < len(grid.leads_to):
            target = grid.leads_to[row - top - 1]
            link = page.cell(row, 1)
            link.hyperlink = f"#'{target}'!A1"
            link.font = Font(name=FACE, size=12, underline="single", color="1D70B8")
    named = Table(displayName=grid.name, ref=f"A{top}:{letter(len(grid.columns) - 1)}{top + len(grid.rows)}")
    named.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    named._initialise_columns()
    for column, text in zip(named.tableColumns, grid.headings, strict=True):
        column.name = text
    named.autoFilter = None
    page.add_table(named)
    page.print_title_rows = f"{top}:{top}"


def write_value(cell: Any, value: Value) -> None:
    """One cell of a table."""
    if value.number is None:
        write_cell(cell, value.text)
        return
    decimals = f".{'0' * value.places}" if value.places else ""
    cell.value = round(value.number / 100, value.places + 2) if value.is_percentage else value.number
    cell.number_format = "0" if value.is_year else f"0{decimals}%" if value.is_percentage else f"#,##0{decimals}"


def widths(grid: Grid) -> list[float]:
    """Columns as wide as their longest cell, within reason."""
    longest = [
        max([len(text), *(len(row[place].text) for row in grid.rows)]) for place, text in enumerate(grid.headings)
    ]
    most = WORDS if len(grid.columns) == 2 else WIDEST
    return [min(max(1.15 * letters + 2, NARROWEST), most) for letters in longest]


def lines_in(text: str, width: float) -> int:
    """How many lines a text takes in a column; no program works it out for a file that it did not write itself."""
    return max(1, ceil(1.15 * len(text) / width))


def set_up_print(page: Any, book: Workbook) -> None:
    """A4, as wide as the paper, with the sheet and the release at the foot of each."""
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape"
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.oddFooter.left.text = book.subject.replace("&", "&&")[:200]
    page.oddFooter.right.text = "&A, page &P of &N"


def letter(place: int) -> str:
    """The letter of a column, counted from 0."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1)
