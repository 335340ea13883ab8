"""Open what a partnership sent, a workbook or CSV files, and give its cells as text. Nothing is judged here."""

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from throughline.door.findings import UnreadableReturn

# An old .xls and a workbook protected by a password both start with these bytes; a workbook starts with PK.
OLD_OR_PROTECTED = bytes.fromhex("d0cf11e0a1b11ae1")
WORKBOOK = b"PK"


@dataclass(frozen=True)
class Cells:
    """Every cell of one sheet or CSV file as text: row n of the sheet is row n - 1 of the frame, headings included."""

    file: str
    sheet: str | None
    frame: pl.DataFrame
    # Blank columns on the left of a sheet are not read, and still count for the letters of the others.
    first_column: int = 0

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


def open_submission(path: Path) -> Opened:
    """Read a workbook, a folder of CSV files, or one CSV file."""
    if not path.exists():
        raise UnreadableReturn(f"{path}: not found. Check the name and the folder.")
    if path.is_dir():
        return _open_folder(path)
    opener = OPENERS.get(path.suffix.lower())
    if opener is None:
        kinds = " or ".join(OPENERS)
        raise UnreadableReturn(f"{path.name}: not a kind of file we read. Save it as {kinds} and send it again.")
    content = _content(path)
    return Opened(path, tuple(opener(path, content)), (path,), hashlib.sha256(content).hexdigest())


def _open_folder(folder: Path) -> Opened:
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".csv" and file.is_file())
    if not files:
        raise UnreadableReturn(
            f"{folder.name}: the folder holds no CSV files. Name the workbook itself, or save each sheet as CSV here."
        )
    digest = hashlib.sha256()
    cells: list[Cells] = []
    for file in files:
        content = _content(file)
        digest.update(f"{file.name.lower()}\0{len(content)}\0".encode())
        digest.update(content)
        cells += _read_csv(file, content)
    return Opened(folder, tuple(cells), tuple(files), digest.hexdigest())


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableReturn(
            f"{path.name}: cannot be opened ({error.strerror}). Close it in other programs and try again."
        ) from error
    if not content.strip():
        raise UnreadableReturn(f"{path.name}: the file is empty. Save the return again and send the new file.")
    return content


def _read_workbook(path: Path, content: bytes) -> list[Cells]:
    import fastexcel

    if content.startswith(OLD_OR_PROTECTED):
        raise UnreadableReturn(
            f"{path.name}: protected by a password, or an old .xls workbook. "
            "Take the password off or save it as .xlsx, and send it again."
        )
    damaged = UnreadableReturn(f"{path.name}: not a workbook, or damaged. Open it, save it as .xlsx and send it again.")
    if not content.startswith(WORKBOOK):
        raise damaged
    try:
        workbook = fastexcel.read_excel(content)
        # No row is skipped and none is a heading, so that row numbers are those of the sheet.
        sheets = [
            workbook.load_sheet(name, header_row=None, skip_rows=0, dtypes="string") for name in workbook.sheet_names
        ]
        return [Cells(path.name, sheet.name, sheet.to_polars(), _first_column(sheet)) for sheet in sheets]
    except (fastexcel.FastExcelError, ValueError, pl.exceptions.PolarsError) as error:
        raise damaged from error


def _first_column(sheet) -> int:
    columns = sheet.available_columns()
    return columns[0].absolute_index if columns else 0


def _read_csv(path: Path, content: bytes) -> list[Cells]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableReturn(
            f'{path.name}: not in UTF-8. Save it as "CSV UTF-8 (comma delimited)" and send it again.'
        ) from error
    try:
        frame = pl.read_csv(text.encode(), has_header=False, infer_schema=False)
    except pl.exceptions.PolarsError:
        frame = _uneven_csv(text)
    return [Cells(path.name, None, frame)]


def _uneven_csv(text: str) -> pl.DataFrame:
    """A CSV whose rows differ in length, usually because a comma was not in quotation marks."""
    rows = list(csv.reader(io.StringIO(text)))
    width = max((len(row) for row in rows), default=0)
    columns = {
        f"column_{place + 1}": [row[place] if place < len(row) else None for row in rows] for place in range(width)
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


# One function for each kind of file: another kind is one more line here.
OPENERS: dict[str, Callable[[Path, bytes], list[Cells]]] = {".xlsx": _read_workbook, ".csv": _read_csv}
