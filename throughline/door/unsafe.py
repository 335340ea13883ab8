"""Refuse, before anything reads it, a file that could exhaust this machine or reach outside the landing folder.

Each limit is far above what an honest return needs: a partnership's return has some thousand rows, and one of
100,000 rows, a hundred years of a large partnership, still passes. Time and memory grow with the limits, not the file.
"""

import csv
import stat
from pathlib import Path

from throughline.door.findings import UnreadableReturn
from throughline.door.screening import refuse_name
from throughline.door.unsafe_parts import MOST_COLUMNS, Unsafe, used_range_fits

MEGABYTE = 1024 * 1024

# A workbook of 100,000 rows takes about 15 MB, and the same rows as CSV about 40 MB.
LARGEST_WORKBOOK = 50 * MEGABYTE
LARGEST_CSV = 100 * MEGABYTE
LARGEST_FOLDER = 200 * MEGABYTE

# Eight returns, and what people keep beside them.
MOST_FILES = 200

LONGEST_NAME = 150

CHUNK = 4 * MEGABYTE

# Files with any other ending are not read, whatever they hold.
CSV_ENDINGS = (".csv", ".tsv")
ENDINGS = (*CSV_ENDINGS, ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")

ZIP = b"PK"
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")


def refuse_unsafe(path: Path) -> None:
    """Raise with one clear line where a workbook, CSV file or folder of them is not safe to read."""
    kind = _kind(path)
    if stat.S_ISDIR(kind):
        _refuse_unsafe_folder(path)
    elif path.suffix.lower() in ENDINGS:
        _refuse_unsafe_file(path)


def _refuse_unsafe_folder(folder: Path) -> None:
    total = 0
    for number, file in enumerate(folder.iterdir(), start=1):
        if number > MOST_FILES:
            raise UnreadableReturn(
                f"{_told(folder)}: the folder holds more than {MOST_FILES} files. "
                "Send a folder with the return alone in it."
            )
        if file.name.startswith((".", "~$")):
            continue  # What programs leave beside a file: never read.
        kind = _kind(file)
        if stat.S_ISDIR(kind) or file.suffix.lower() not in CSV_ENDINGS:
            continue
        _refuse_unsafe_file(file)
        total += file.stat().st_size
        if total > LARGEST_FOLDER:
            raise UnreadableReturn(
                f"{_told(folder)}: the files come to more than {LARGEST_FOLDER // MEGABYTE} MB together, "
                "more than any return needs. Send the returns alone."
            )


def _kind(path: Path) -> int:
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError) as error:
        raise UnreadableReturn(
            f"{_told(path)}: not found, or cannot be opened. Check the name and the folder."
        ) from error
    if stat.S_ISLNK(mode):
        raise UnreadableReturn(f"{_told(path)}: a link to something else. Send the file itself.")
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise UnreadableReturn(f"{_told(path)}: not a file. Send a workbook or CSV files.")
    return mode


def _refuse_unsafe_file(path: Path) -> None:
    if len(path.name) > LONGEST_NAME or not path.name.isprintable() or "\\" in path.name:
        raise UnreadableReturn(
            f"{_told(path)}: the file's name is over {LONGEST_NAME} characters long, or holds some that no name "
            "should. Give it a short, plain name and send it again."
        )
    refuse_name(path.name)
    size = path.stat().st_size
    try:
        with path.open("rb") as file:
            start = file.read(8)
            is_workbook = start.startswith((ZIP, OLD_OFFICE))
            _refuse_by_size(path, size, LARGEST_WORKBOOK if is_workbook else LARGEST_CSV)
            if start.startswith(ZIP):
                from throughline.door.unsafe_workbook import look_into_workbook

                look_into_workbook(file, size)
            elif start.startswith(OLD_OFFICE):
                from throughline.door.unsafe_xls import look_into_old_workbook

                file.seek(0)
                look_into_old_workbook(file.read())
            else:
                file.seek(0)
                _look_into_csv(file)
    except Unsafe as problem:
        raise UnreadableReturn(f"{_told(path)}: {problem}") from problem
    except OSError as error:
        raise UnreadableReturn(
            f"{_told(path)}: cannot be opened ({error.strerror}). Close it in other programs and try again."
        ) from error


def _refuse_by_size(path: Path, size: int, largest: int) -> None:
    if size > largest:
        raise UnreadableReturn(
            f"{_told(path)}: {size // MEGABYTE:,} MB, and the largest we read is {largest // MEGABYTE} MB. "
            "Send the return alone, without pictures or other data."
        )


def _look_into_csv(file) -> None:
    """Bound the rectangle that the rows fill: one very long row among many short ones would fill the memory."""
    rows = widest = 0
    unfinished = b""
    while chunk := file.read(CHUNK):
        lines = (unfinished + chunk).split(b"\n")
        unfinished = lines.pop()
        rows += len(lines)
        widest = max(widest, *map(_width, lines), 0) if lines else widest
        if len(unfinished) > CHUNK:
            raise Unsafe("one row is longer than 4 MB. Save the sheet again as CSV, with a line for each record.")
    widest = max(widest, _width(unfinished))
    used_range_fits(rows + 1, widest)


def _width(line: bytes) -> int:
    """The values in a line, at most: separators inside quotation marks are left out only where it matters."""
    commas, semicolons, tabs = line.count(b","), line.count(b";"), line.count(b"\t")
    most = max(commas, semicolons, tabs)
    if most < MOST_COLUMNS:
        return most + 1
    separator = {commas: ",", semicolons: ";", tabs: "\t"}[most]
    try:
        return len(next(csv.reader([line.decode("latin-1")], delimiter=separator), []))
    except csv.Error:
        return most + 1


def _told(path: Path) -> str:
    """A file's name on one line, cut short."""
    return "".join(one if one.isprintable() else "?" for one in path.name)[:60]
