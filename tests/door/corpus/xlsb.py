"""Write the smallest binary workbook that spreadsheet readers open, since no library of ours saves one."""

import struct
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
RELATION = (
    '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
)

# Numbers of the records that are written.
ROW, NUMBER_CELL, TEXT_CELL = 0x00, 0x05, 0x06
BEGIN_SHEET, END_SHEET, DIMENSION, BEGIN_DATA, END_DATA = 0x81, 0x82, 0x94, 0x91, 0x92
BEGIN_BOOK, END_BOOK, BOOK_PROPERTIES, BEGIN_SHEETS, END_SHEETS, SHEET = 0x83, 0x84, 0x99, 0x8F, 0x90, 0x9C


def write_xlsb(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """Write every sheet; dates are written as text."""
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format(RELATION.format("rId1", "officeDocument", "xl/workbook.bin")))
        relations = ""
        listed = b""
        for number, (name, rows) in enumerate(sheets.items(), start=1):
            part = f"worksheets/sheet{number}.bin"
            relations += RELATION.format(f"rId{number}", "worksheet", part)
            listed += _record(SHEET, struct.pack("<II", 0, number) + _text(f"rId{number}") + _text(name))
            archive.writestr(f"xl/{part}", _sheet(rows))
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS.format(relations))
        book = _record(BEGIN_BOOK) + _record(BOOK_PROPERTIES, bytes(12)) + _record(BEGIN_SHEETS) + listed
        archive.writestr("xl/workbook.bin", book + _record(END_SHEETS) + _record(END_BOOK))
    return path


def _sheet(rows: list[list[Any]]) -> bytes:
    width = max(len(row) for row in rows)
    found = _record(BEGIN_SHEET) + _record(DIMENSION, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))
    found += _record(BEGIN_DATA)
    for number, row in enumerate(rows):
        found += _record(ROW, struct.pack("<I", number) + bytes(13))
        for place, value in enumerate(row):
            if value is None:
                continue
            where = struct.pack("<II", place, 0)
            if isinstance(value, int | float):
                found += _record(NUMBER_CELL, where + struct.pack("<d", value))
            else:
                told = value.isoformat()[:10] if isinstance(value, date) else str(value)
                found += _record(TEXT_CELL, where + _text(told))
    return found + _record(END_DATA) + _record(END_SHEET)


def _record(number: int, content: bytes = b"") -> bytes:
    kind = bytes([number]) if number < 0x80 else bytes([number, 0x01])
    return kind + _length(len(content)) + content


def _length(size: int) -> bytes:
    found = b""
    while True:
        size, low = size >> 7, size & 0x7F
        if not size:
            return found + bytes([low])
        found += bytes([low | 0x80])


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
