"""Writing one partnership's returns as it would send them: a workbook, or a folder of CSV files."""

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from throughline.synthetic.bad_rows import Mistake, apply_mistakes

MADE_ON = (2026, 1, 1, 0, 0, 0)


class _SameEveryTime(ZipFile):
    """An archive whose members carry one fixed date, so that the same content is the same file."""

    def writestr(self, name, data, *_, **__):
        info = ZipInfo(str(name), MADE_ON)
        info.compress_type = ZIP_DEFLATED
        super().writestr(info, data, compresslevel=5)

    def write(self, filename, arcname=None, *_, **__):
        self.writestr(arcname or filename, Path(filename).read_bytes())


def write_returns(
    folder: Path, partnership_code: str, tables: dict[str, pl.DataFrame], mistakes: list[Mistake], as_csv: bool
) -> Path:
    """Write all sheets of one partnership and say where."""
    sheets = {
        name: (
            tuple(table.columns),
            apply_mistakes([list(row) for row in table.iter_rows()], tuple(table.columns), name, mistakes),
        )
        for name, table in tables.items()
    }
    if as_csv:
        return _write_csv_folder(folder / partnership_code, sheets)
    return _write_workbook(folder / f"{partnership_code}.xlsx", sheets)


def _write_csv_folder(folder: Path, sheets: dict[str, tuple[tuple[str, ...], list[list]]]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, (header, rows) in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
    return folder


def _write_workbook(path: Path, sheets: dict[str, tuple[tuple[str, ...], list[list]]]) -> Path:
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "Throughline synthetic returns"
    workbook.properties.created = workbook.properties.modified = datetime(*MADE_ON)
    bold = Font(bold=True)
    for name, (header, rows) in sheets.items():
        sheet = workbook.create_sheet(name)
        sheet.freeze_panes = "A2"
        for number, field in enumerate(header, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = (
                80 if field == "rec_text" else max(12, len(field) + 2)
            )
        sheet.append(_bold_cells(sheet, header, bold))
        for row in rows:
            sheet.append(row)
    with _SameEveryTime(path, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        ExcelWriter(workbook, archive).write_data()
    return path


def _bold_cells(sheet, header: Iterable[str], bold: Font) -> list[WriteOnlyCell]:
    cells = []
    for field in header:
        cell = WriteOnlyCell(sheet, value=field)
        cell.font = bold
        cells.append(cell)
    return cells
