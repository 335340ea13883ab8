"""Open a workbook of any kind that Excel or LibreOffice saves, and give each sheet's cells as text."""

from pathlib import Path

from throughline.door.cells import Cells, Oddities
from throughline.door.findings import UnreadableReturn
from throughline.door.sheets import Sheet, read_sheets
from throughline.door.sheets_apart import read_sheets_apart
from throughline.door.workbook_parts import find_oddities

# An old .xls and a workbook protected by a password both start with these bytes; other workbooks start with PK.
OLD_OR_PROTECTED = bytes.fromhex("d0cf11e0a1b11ae1")
WORKBOOK = b"PK"

# The name, in the directory of a protected file, of the stream that holds the workbook.
PROTECTED = "EncryptedPackage".encode("utf-16-le")

# Every .xlsx and .xlsm has this part, and no .xlsb or .ods.
WORKBOOK_PART = b"xl/workbook.xml"


def read_workbook(path: Path, content: bytes) -> list[Cells]:
    """Every sheet, hidden ones too. Values are read as they were saved; no formula is worked out."""
    if content.startswith(OLD_OR_PROTECTED) and PROTECTED in content:
        raise _protected(path)
    if not is_workbook(content):
        raise _damaged(path)
    sheets = read_sheets(content) if WORKBOOK_PART in content else read_sheets_apart(content)
    if sheets is None:
        raise _protected(path) if content.startswith(OLD_OR_PROTECTED) else _damaged(path)
    oddities = find_oddities(content)
    return [_cells(path, sheet, oddities) for sheet in sheets]


def is_workbook(content: bytes) -> bool:
    """Whether the first bytes are those of a workbook, whatever the file is called."""
    return content.startswith((WORKBOOK, OLD_OR_PROTECTED))


def _cells(path: Path, sheet: Sheet, oddities: dict[str, Oddities]) -> Cells:
    odd = oddities.get(sheet.name, Oddities(is_hidden=sheet.is_hidden))
    return Cells(path.name, sheet.name, sheet.frame, sheet.first_column, odd)


def _protected(path: Path) -> UnreadableReturn:
    return UnreadableReturn(
        f"{path.name}: protected by a password, or damaged. Take the password off or save it as .xlsx, "
        "and send it again."
    )


def _damaged(path: Path) -> UnreadableReturn:
    return UnreadableReturn(f"{path.name}: not a workbook, or damaged. Open it, save it as .xlsx and send it again.")
