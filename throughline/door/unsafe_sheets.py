"""How far the cells of a sheet reach, told from its bytes: what a sheet says about its own size may be untrue."""

import re
from collections.abc import Iterable
from functools import cache
from xml.parsers import expat

from throughline.door.unsafe_parts import Unsafe, text_fits, used_range_fits

# A merged area is filled cell by cell by some readers.
MOST_MERGED_CELLS = 1_000_000
LONGEST_TAG = 65_536
OVERLAP = 64

# As every program writes them; anything else is looked at the slow way.
USUAL_ADDRESS = re.compile(rb'<c r="([A-Z]{1,8})(\d{1,12})"')
USUAL_ROW = re.compile(rb'<row r="(\d{1,12})"')

PREFIX = rb"<(?:[\w.-]{1,40}:)?"
CELL = re.compile(PREFIX + rb"c[\s/>]")
ROW = re.compile(PREFIX + rb"row[\s/>]")
ADDRESS = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{1,8})(\d{1,12})")
ROW_NUMBER = re.compile(rb"\br\s*=\s*[\"']\s*(\d{1,12})")
MERGED = re.compile(rb"\bref\s*=\s*[\"']([A-Za-z]{1,8})(\d{1,12}):([A-Za-z]{1,8})(\d{1,12})")

DAMAGED = "not a workbook, or damaged. Open it, save it as .xlsx and send it again."


class XmlSheet:
    """A sheet of an .xlsx workbook, or any other part in XML: parts without cells use nothing."""

    def __init__(self) -> None:
        self.rest = self.seen = b""
        self.rows = self.columns = self.merged = 0
        self.unplaced_rows = self.unplaced_cells = 0
        self.cells_in_row = self.most_in_row = 0
        self.cells = 0
        self.has_texts = False

    def feed(self, piece: bytes) -> None:
        """Look at the next piece; a tag cut in two is kept for the next."""
        data = self.rest + piece
        cut = data.rfind(b"<")
        if cut < 0 or len(data) - cut > LONGEST_TAG:
            if cut >= 0 and b">" not in data[cut:]:
                raise Unsafe(DAMAGED)
            cut = len(data)
        body, self.rest = data[:cut], data[cut:]
        self._look(self.seen + body)
        self.has_texts = self.has_texts or b"<si" in body or b":si" in body
        # Where a tag may have been cut in two after all, its end is looked at again.
        self.seen = b"" if self.rest else body[-OVERLAP:]

    def _look(self, body: bytes) -> None:
        addresses = USUAL_ADDRESS.findall(body)
        if body.count(b"<c") == len(addresses) and b":c" not in body and b"mergeCell" not in body:
            self.cells += len(addresses)
            self.unplaced_rows += body.count(b"<row")
            self._reach(addresses)
            self.rows = max([self.rows, *map(int, USUAL_ROW.findall(body))])
        else:
            self._look_slowly(body)

    def _reach(self, addresses: list[tuple[bytes, bytes]]) -> None:
        letters = {one for one, _ in addresses}
        self.columns = max([self.columns, *map(column_number, letters)])
        self.rows = max([self.rows, *map(int, {number for _, number in addresses})])

    def _look_slowly(self, body: bytes) -> None:
        cells = len(CELL.findall(body))
        self.cells += cells
        addresses = ADDRESS.findall(body)
        self._reach(addresses)
        self.rows = max([self.rows, *map(int, set(ROW_NUMBER.findall(body)))])
        # Cells may leave out their address, and then stand one after the other.
        self.unplaced_cells += max(0, cells - len(addresses))
        self.unplaced_rows += len(ROW.findall(body))
        if self.unplaced_cells:
            in_rows = [len(CELL.findall(row)) for row in ROW.split(body)]
            in_rows[0] += self.cells_in_row
            self.most_in_row, self.cells_in_row = max(self.most_in_row, *in_rows), in_rows[-1]
        for left, top, right, bottom in MERGED.findall(body) if b"mergeCell" in body else ():
            wide, high = abs(column_number(right) - column_number(left)) + 1, abs(int(bottom) - int(top)) + 1
            self.merged += wide * high
        if self.merged > MOST_MERGED_CELLS:
            raise Unsafe("it merges more cells than any return has. Take the merged cells apart and save it again.")

    def used(self) -> tuple[int, int]:
        """Rows and columns, at most."""
        self._look(self.rest)
        if not self.cells:
            return 0, 0
        rows = self.rows if not self.unplaced_cells else max(self.rows, self.unplaced_rows)
        return rows, self.columns + (self.most_in_row if self.unplaced_cells else 0)


class XlsbSheet:
    """A sheet of an .xlsb workbook: records of a type, a length and a content."""

    START = b"\x81\x01"
    CELL_TYPES = frozenset(range(1, 12))

    def __init__(self) -> None:
        self.data = b""
        self.is_sheet: bool | None = None
        self.rows = self.columns = 0

    def feed(self, piece: bytes) -> None:
        """Walk the records of the next piece."""
        self.data += piece
        if self.is_sheet is None:
            if len(self.data) < len(self.START):
                return
            self.is_sheet = self.data.startswith(self.START)
        if not self.is_sheet:
            self.data = b""
            return
        place = 0
        while (after := self._record(place)) is not None:
            place = after
        self.data = self.data[place:]
        if len(self.data) > 64 * LONGEST_TAG:
            raise Unsafe(DAMAGED)

    def _record(self, place: int) -> int | None:
        data, end = self.data, len(self.data)
        kind = length = 0
        for shift in (0, 7):
            if place >= end:
                return None
            byte, place = data[place], place + 1
            kind |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        for shift in (0, 7, 14, 21):
            if place >= end:
                return None
            byte, place = data[place], place + 1
            length |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        if place + length > end:
            return None
        if length >= 4:
            if kind == 0:
                self.rows = max(self.rows, int.from_bytes(data[place : place + 4], "little") + 1)
            elif kind in self.CELL_TYPES:
                self.columns = max(self.columns, int.from_bytes(data[place : place + 4], "little") + 1)
        return place + length

    def used(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns


class OdsTable:
    """The sheets of an .ods workbook, which writes a thing once and says how often it is repeated."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.row = self.column = self.last_column = self.cells = 0
        self.row_times = self.cell_times = 1
        self.in_cell = self.filled = False
        self.parser.CharacterDataHandler = self._text
        self.text_in_row = self.text = 0

    def feed(self, piece: bytes) -> None:
        """Walk the elements of the next piece."""
        try:
            self.parser.Parse(piece, False)
        except expat.ExpatError as error:
            raise Unsafe(DAMAGED) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        given = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if local == "table":
            self.row = self.last_column = 0
        elif local == "table-row":
            self.row_times, self.column, self.filled = _times(given.get("number-rows-repeated")), 0, False
            self.text_in_row = 0
        elif local in ("table-cell", "covered-table-cell"):
            self.cell_times, self.in_cell = _times(given.get("number-columns-repeated")), True
            self._fill(self.column + self.cell_times if "value-type" in given else 0)
        elif local == "p" and self.in_cell:
            self._fill(self.column + self.cell_times)

    def _text(self, text: str) -> None:
        if self.in_cell:
            self.text_in_row += len(text) * self.cell_times

    def _fill(self, column: int) -> None:
        if column:
            self.filled, self.last_column = True, max(self.last_column, column)

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in ("table-cell", "covered-table-cell"):
            self.column += self.cell_times
            self.in_cell = False
        elif local == "table-row":
            self.row += self.row_times
            self.text += self.text_in_row * self.row_times
            text_fits(self.text)
            if self.filled:
                used_range_fits(self.row, self.last_column, self.cells)
        elif local == "table":
            self.cells = used_range_fits(self.row if self.filled else 0, self.last_column, self.cells)

    def used(self) -> tuple[int, int]:
        """Nothing more: each sheet was judged where it ended."""
        return 0, 0


def total_cells(used: Iterable[tuple[int, int]]) -> int:
    """The cells of every sheet together; raises where a reader could not hold them."""
    cells = 0
    for rows, columns in used:
        cells = used_range_fits(rows, columns, cells)
    return cells


@cache
def column_number(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _times(text: str | None) -> int:
    return max(1, int(text)) if text and text.isdigit() and len(text) < 10 else 1
