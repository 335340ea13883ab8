"""How far the cells of an old .xls workbook reach: the format allows far more rows and columns than Excel did."""

import struct

from throughline.door.unsafe_parts import Unsafe, used_range_fits

END_OF_CHAIN = 0xFFFFFFFA
SECTORS_IN_HEADER = 109
STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))

START_OF_SHEET = 0x0809
# Number, label, true or false, label by number, number in short, formula, and old forms of the same.
CELLS = frozenset((0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x0006, 0x0207, 0x00D6, 0x0002, 0x0003, 0x0004, 0x0005))
SEVERAL_NUMBERS = 0x00BD

DAMAGED = "not a workbook, or damaged. Open it, save it as .xlsx and send it again."


def look_into_old_workbook(content: bytes) -> None:
    """Raise where the cells of its sheets span more than a reader can hold; a protected one is left to the reader."""
    try:
        stream = _workbook_stream(content)
    except (struct.error, IndexError) as error:
        raise Unsafe(DAMAGED) from error
    if stream is not None:
        _look_at_cells(stream)


def _workbook_stream(content: bytes) -> bytes | None:
    size = 1 << (struct.unpack_from("<H", content, 30)[0] & 0x1F)
    if size not in (512, 4096):
        raise Unsafe(DAMAGED)
    first_directory, small_limit = struct.unpack_from("<L", content, 48)[0], struct.unpack_from("<L", content, 56)[0]
    tables = list(struct.unpack_from(f"<{SECTORS_IN_HEADER}L", content, 76))
    following, most = struct.unpack_from("<2L", content, 68)
    for _ in range(min(most, len(content) // size)):
        if following >= END_OF_CHAIN:
            break
        more = struct.unpack_from(f"<{size // 4}L", content, (following + 1) * size)
        tables += more[:-1]
        following = more[-1]
    following_of: list[int] = []
    for sector in tables:
        if sector < END_OF_CHAIN:
            following_of += struct.unpack_from(f"<{size // 4}L", content, (sector + 1) * size)
    directory = _chain(content, first_directory, following_of, size)
    for start in range(0, len(directory) - 127, 128):
        entry = directory[start : start + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)]
        if name in STREAMS:
            sector, length = struct.unpack_from("<2L", entry, 116)
            # A stream shorter than this lies elsewhere, and is too short to span much.
            return _chain(content, sector, following_of, size)[:length] if length >= small_limit else None
    return None


def _chain(content: bytes, sector: int, following_of: list[int], size: int) -> bytes:
    pieces = []
    for _ in range(len(content) // size + 1):
        if sector >= END_OF_CHAIN:
            return b"".join(pieces)
        pieces.append(content[(sector + 1) * size : (sector + 2) * size])
        sector = following_of[sector]
    raise Unsafe(DAMAGED)


def _look_at_cells(stream: bytes) -> None:
    place = rows = columns = cells = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, place)
        place += 4
        if kind == START_OF_SHEET:
            cells = used_range_fits(rows, columns, cells)
            rows = columns = 0
        elif (kind in CELLS and length >= 4) or (kind == SEVERAL_NUMBERS and length >= 6):
            row, column = struct.unpack_from("<2H", stream, place)
            if kind == SEVERAL_NUMBERS:
                column = struct.unpack_from("<H", stream, place + length - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        place += length
    used_range_fits(rows, columns, cells)
