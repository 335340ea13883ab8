"""Look into a workbook's archive without unpacking it to disk: bombs, hidden archives, names that lead elsewhere."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from throughline.door.unsafe_parts import Unsafe
from throughline.door.unsafe_sheets import OdsTable, XlsbSheet, XmlSheet, total_cells
from throughline.door.unsafe_texts import texts_fit

MEGABYTE = 1024 * 1024

# A workbook of 100,000 rows and 60 columns unpacks to about 300 MB of XML.
LARGEST_UNPACKED = 600 * MEGABYTE
# Office XML packs about 10 to 60 times smaller; a bomb 1,000 times. Small parts may be all spaces.
HIGHEST_RATIO = 250
RATIO_MATTERS_FROM = 10 * MEGABYTE
MOST_PARTS = 2_000
LARGEST_DIRECTORY = MEGABYTE
LONGEST_PART_NAME = 200
DEEPEST_PART = 10

CHUNK = MEGABYTE

END_OF_DIRECTORY = b"PK\x05\x06"
END_OF_DIRECTORY_SIZE = 22
LOCAL_HEADER_SIZE = 30
ENCRYPTED = 0x1

ARCHIVES = (
    ".zip",
    ".xlsx",
    ".xlsm",
    ".xlsb",
    ".ods",
    ".docx",
    ".docm",
    ".pptx",
    ".jar",
    ".gz",
    ".bz2",
    ".xz",
    ".7z",
    ".rar",
)
STARTS_OF_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b\x08", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"BZh9")

# Neither is ever written in a workbook, and both let a few bytes of XML become gigabytes.
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
LONGEST_DECLARATION = 64

DAMAGED = "not a workbook, or damaged. Open it, save it as .xlsx and send it again."
SAVE_AGAIN = "Open it in Excel, save it under a new name and send that."


def look_into_workbook(file: BinaryIO, size: int) -> None:
    """Raise where an archive is not a plain workbook of bounded size. Every part is unpacked once, piece by piece."""
    _check_directory(file, size)
    try:
        parts = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, struct.error) as error:
        raise Unsafe(DAMAGED) from error
    names: set[str] = set()
    for part in parts:
        _check_name(part.orig_filename)
        _check_part(part)
        if part.filename.lower() in names:
            raise Unsafe(f"two parts inside it have one name. {SAVE_AGAIN}")
        names.add(part.filename.lower())
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED:
        raise Unsafe(
            f"it unpacks to {unpacked // MEGABYTE:,} MB, and the most we unpack is {LARGEST_UNPACKED // MEGABYTE}. "
            "Send the return alone, without other sheets or pictures."
        )
    if unpacked > RATIO_MATTERS_FROM and unpacked > HIGHEST_RATIO * max(size, 1):
        raise Unsafe(f"it unpacks to more than {HIGHEST_RATIO} times its size, as no return does. {SAVE_AGAIN}")
    readers = {part: _look_into_part(file, part) for part in parts if part.file_size}
    total_cells(reader.used() for reader in readers.values())
    sheets = {part: reader for part, reader in readers.items() if isinstance(reader, XmlSheet)}
    texts_fit(
        [partial(_unpack, file, part) for part, reader in sheets.items() if reader.has_texts],
        [partial(_unpack, file, part) for part, reader in sheets.items() if reader.cells],
        sum(reader.cells for reader in sheets.values()),
    )


def _check_directory(file: BinaryIO, size: int) -> None:
    """Read the archive's own count of its parts before anything makes room for them."""
    file.seek(max(0, size - END_OF_DIRECTORY_SIZE))
    end = file.read(END_OF_DIRECTORY_SIZE)
    # No workbook carries a comment after its directory; with one, two programs may see two different archives.
    if not end.startswith(END_OF_DIRECTORY) or len(end) < END_OF_DIRECTORY_SIZE:
        raise Unsafe(DAMAGED)
    _, _, _, parts, length, offset, _ = struct.unpack("<4H2LH", end[4:])
    if parts > MOST_PARTS or length > LARGEST_DIRECTORY:
        raise Unsafe(f"it holds more than {MOST_PARTS:,} parts, which no return does. {SAVE_AGAIN}")
    if offset + length != size - END_OF_DIRECTORY_SIZE:
        raise Unsafe(DAMAGED)


def _check_name(name: str) -> None:
    steps = name.split("/")
    if "\\" in name or name.startswith("/") or ".." in steps or ":" in name or not name.isprintable():
        raise Unsafe(f"a part inside it is named as if it stood in another folder. {SAVE_AGAIN}")
    if len(name) > LONGEST_PART_NAME or len(steps) > DEEPEST_PART:
        raise Unsafe(f"a part inside it stands deeper, or has a longer name, than in any return. {SAVE_AGAIN}")
    if name.lower().endswith(ARCHIVES):
        raise Unsafe("it holds another file inside it. Take out what is embedded in its sheets, and send it again.")


def _check_part(part: zipfile.ZipInfo) -> None:
    if part.flag_bits & ENCRYPTED:
        raise Unsafe("protected by a password. Take the password off and send it again.")
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unsafe(f"it is packed in a way that workbooks are not. {SAVE_AGAIN}")


def _look_into_part(file: BinaryIO, part: zipfile.ZipInfo) -> XmlSheet | XlsbSheet | OdsTable:
    """What the cells of a part use, which is nothing for a part that is no sheet."""
    name = part.filename.lower()
    reader = XlsbSheet() if name.endswith(".bin") else OdsTable() if name == "content.xml" else XmlSheet()
    is_xml = name.endswith((".xml", ".rels", ".vml"))
    before = b""
    for place, piece in enumerate(_unpack(file, part)):
        if place == 0:
            if piece.startswith(STARTS_OF_ARCHIVES):
                raise Unsafe(
                    "it holds another file inside it. Take out what is embedded in its sheets, and send it again."
                )
            is_xml = is_xml or piece.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
        if is_xml:
            # XML in another encoding would hide what is looked for here; workbooks are always in UTF-8.
            if b"\0" in piece:
                raise Unsafe(f"a part inside it holds characters that are no text. {SAVE_AGAIN}")
            if DECLARATION.search(before[-LONGEST_DECLARATION:] + piece):
                raise Unsafe(f"a part inside it declares entities, which can fill a computer's memory. {SAVE_AGAIN}")
        before = piece
        if is_xml or name.endswith(".bin"):
            reader.feed(piece)
    return reader


def _unpack(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part in pieces, and no more of it than its directory says."""
    file.seek(part.header_offset)
    header = file.read(LOCAL_HEADER_SIZE)
    if len(header) < LOCAL_HEADER_SIZE or not header.startswith(b"PK\x03\x04"):
        raise Unsafe(DAMAGED)
    name_length, extra_length = struct.unpack("<2H", header[26:30])
    file.seek(part.header_offset + LOCAL_HEADER_SIZE + name_length + extra_length)
    left, given = part.compress_size, 0
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if part.compress_type == zipfile.ZIP_DEFLATED else None
    packed = b""
    while left or packed:
        if not packed:
            packed = file.read(min(left, CHUNK))
            if not packed:
                raise Unsafe(DAMAGED)
            left -= len(packed)
        if inflate is None:
            piece, packed = packed, b""
        else:
            try:
                piece = inflate.decompress(packed, CHUNK)
            except zlib.error as error:
                raise Unsafe(DAMAGED) from error
            packed = inflate.unconsumed_tail
            if inflate.eof:
                left = 0
        given += len(piece)
        if given > part.file_size:
            raise Unsafe(f"a part inside it is larger than it says. {SAVE_AGAIN}")
        if piece:
            yield piece
    if inflate is not None and (piece := inflate.flush()):
        given += len(piece)
        yield piece
    if given != part.file_size:
        raise Unsafe(DAMAGED)
