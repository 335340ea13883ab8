"""What was opened: the cells of each sheet or CSV file as text, before anything is made of them."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl


@dataclass(frozen=True)
class Oddities:
    """What a sheet holds beside values, which a person must be told of."""

    is_hidden: bool = False
    # Areas of merged cells, such as A2:A5.
    merged: tuple[str, ...] = ()
    # Cells, such as B7, whose formula has no saved value or has come to an error: they read as blank.
    without_value: tuple[str, ...] = ()
    # The workbook counts days from 1904, as old Macintosh workbooks do.
    starts_1904: bool = False


NOTHING_ODD = Oddities()


@dataclass(frozen=True)
class Cells:
    """Every cell of one sheet or CSV file as text: row n of the sheet is row n - 1 of the frame, headings included."""

    file: str
    sheet: str | None
    frame: pl.DataFrame
    # Blank columns on the left of a sheet are not read, and still count for the letters of the others.
    first_column: int = 0
    oddities: Oddities = NOTHING_ODD

    @property
    def name(self) -> str:
        """The name that says which return this is."""
        return self.sheet if self.sheet is not None else Path(self.file).stem


@dataclass(frozen=True)
class Opened:
    """Everything in one submission, and a digest of the bytes that were sent."""

    path: Path
    cells: tuple[Cells, ...]
    files: tuple[Path, ...]
    content_sha256: str
    # Files of the folder that were not read, because they are not CSV.
    passed_over: tuple[str, ...] = ()
