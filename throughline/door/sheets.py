"""The sheets of a workbook as its reader gives them: names and cells as text, row for row."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Sheet:
    """One sheet: row n of the sheet is row n - 1 of the frame, and its first columns may be left out where blank."""

    name: str
    is_hidden: bool
    first_column: int
    frame: pl.DataFrame


def read_sheets(content: bytes) -> list[Sheet] | None:
    """Every sheet; nothing where the reader cannot make sense of the bytes."""
    import fastexcel

    try:
        workbook = fastexcel.read_excel(content)
        # No row is skipped and none is a heading, so that row numbers are those of the sheet.
        return [
            _sheet(workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string"))
            for name in workbook.sheet_names
        ]
    except (fastexcel.FastExcelError, ValueError, pl.exceptions.PolarsError):
        return None
    except BaseException as problem:
        # The reader is not written in Python, and its panics are not Exceptions.
        if type(problem).__name__ != "PanicException":
            raise
        return None


def _sheet(sheet) -> Sheet:
    columns = sheet.available_columns()
    first = columns[0].absolute_index if columns else 0
    return Sheet(sheet.name, sheet.visible != "visible", first, sheet.to_polars())
