"""Open what a partnership sent, a workbook or CSV files, and give its cells as text. Nothing is judged here."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from throughline.door.cells import Cells, Opened
from throughline.door.csv_files import read_csv
from throughline.door.findings import UnreadableReturn
from throughline.door.unsafe import refuse_unsafe
from throughline.door.workbooks import OLD_OR_PROTECTED, read_workbook

__all__ = ["OLD_OR_PROTECTED", "OPENERS", "Cells", "Opened", "open_submission"]

CSV_ENDINGS = (".csv", ".tsv")
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")

# One function for each kind of file: another kind is one more entry here.
OPENERS: dict[str, Callable[[Path, bytes], list[Cells]]] = dict.fromkeys(WORKBOOK_ENDINGS, read_workbook) | (
    dict.fromkeys(CSV_ENDINGS, read_csv)
)


def open_submission(path: Path) -> Opened:
    """Read a workbook, a folder of CSV files, or one CSV file."""
    if not path.exists():
        raise UnreadableReturn(f"{path}: not found. Check the name and the folder.")
    refuse_unsafe(path)
    if path.is_dir():
        return _open_folder(path)
    opener = OPENERS.get(path.suffix.lower())
    if opener is None:
        raise UnreadableReturn(
            f"{path.name}: not a kind of file we read. Save it as .xlsx or .csv and send it again "
            "(.xls, .xlsb, .xlsm and .ods are read too)."
        )
    content = _content(path)
    return Opened(path, tuple(opener(path, content)), (path,), hashlib.sha256(content).hexdigest())


def _open_folder(folder: Path) -> Opened:
    inside = sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith((".", "~$")))
    files = [file for file in inside if file.suffix.lower() in CSV_ENDINGS]
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
        cells += OPENERS[file.suffix.lower()](file, content)
    passed_over = tuple(file.name for file in inside if file.suffix.lower() in WORKBOOK_ENDINGS)
    return Opened(folder, tuple(cells), tuple(files), digest.hexdigest(), passed_over)


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
