"""Save a workbook whole or not at all, and the same bytes for the same content."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from throughline.spreadsheet_safety import write_cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

MADE_ON = (2026, 4, 1, 0, 0, 0)


class UndatedArchive(ZipFile):
    """An archive whose members all carry one fixed date."""

    def writestr(self, name, data, *_, **__):
        """Add a member from memory."""
        info = ZipInfo(str(name), MADE_ON)
        info.compress_type = ZIP_DEFLATED
        super().writestr(info, data, compresslevel=5)

    def write(self, filename, arcname=None, *_, **__):
        """Add a member from a file."""
        self.writestr(arcname or filename, Path(filename).read_bytes())


def save_workbook(workbook: "Workbook", path: Path) -> None:
    """Write the workbook beside its place, then move it in: a reader never finds half a file."""
    from openpyxl.writer.excel import ExcelWriter

    workbook.properties.created = workbook.properties.modified = datetime(*MADE_ON)
    half_written = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with UndatedArchive(half_written, "w", ZIP_DEFLATED, allowZip64=True) as archive:
            ExcelWriter(workbook, archive).write_data()
        os.replace(half_written, path)
    finally:
        half_written.unlink(missing_ok=True)


def save_text(text: str, path: Path) -> None:
    """Write a text file beside its place, then move it in."""
    half_written = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half_written.write_text(text, encoding="utf-8")
        os.replace(half_written, path)
    finally:
        half_written.unlink(missing_ok=True)


def set_text(cell: "Cell", text: str | None) -> "Cell":
    """Put text into a cell so that it stays text, whatever it starts with."""
    if text is not None:
        write_cell(cell, text)
    return cell
