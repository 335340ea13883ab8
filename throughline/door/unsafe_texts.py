"""How much text the cells of a workbook hold once each stands for itself: a workbook keeps a text that repeats once."""

import re
from array import array
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from throughline.door.unsafe_parts import MOST_TEXT, Unsafe, text_fits

# More texts than a return of 100,000 rows has in all its columns.
MOST_TEXTS = 8_000_000

TEXT = re.compile(rb"<(?:[\w.-]{1,40}:)?si[\s/>]")
NUMBER = re.compile(rb"<(?:[\w.-]{1,40}:)?v\b[^<>]{0,200}>\s*(\d{1,9})")

Pieces = Iterable[bytes]


def texts_fit(
    parts_of_texts: list[Callable[[], Pieces]], parts_of_cells: list[Callable[[], Pieces]], cells: int
) -> None:
    """Raise where few texts, used by very many cells, would fill the memory when a reader copies them out."""
    lengths = array("L")
    for pieces in parts_of_texts:
        lengths.extend(_lengths(pieces()))
    if not lengths or max(lengths) * cells <= MOST_TEXT:
        return
    by_number = np.array(lengths, dtype=np.int64)
    text_fits(sum(_text_in(piece, by_number) for pieces in parts_of_cells for piece in _whole(pieces())))


def _lengths(pieces: Pieces) -> Iterator[int]:
    """The bytes of each shared text with its marks, in their order."""
    found, length = 0, -1
    for piece in _whole(pieces):
        ends = [match.start() for match in TEXT.finditer(piece)]
        for before, end in zip([0, *ends], ends, strict=False):
            if length >= 0:
                yield length + end - before
            length = 0
            found += 1
        length += len(piece) - (ends[-1] if ends else 0) if length >= 0 else 0
        if found > MOST_TEXTS:
            raise Unsafe("it holds more texts than any return. Send the return alone, without other sheets.")
    if length >= 0:
        yield length


def _text_in(piece: bytes, lengths: np.ndarray) -> int:
    """The text of the cells in a piece, at most: a number in a cell counts as the number of a text."""
    numbers = np.array(NUMBER.findall(piece), dtype="S9")
    if not len(numbers):
        return 0
    numbers = numbers.astype(np.int64)
    return int(lengths[numbers[numbers < len(lengths)]].sum())


def _whole(pieces: Pieces) -> Iterator[bytes]:
    """The same bytes in pieces that do not end within a tag or within the number of a text."""
    rest = b""
    for piece in pieces:
        data = rest + piece
        cut = data.rfind(b"<")
        if cut < 0 or len(data) - cut > 65_536:
            cut = len(data)
        rest = data[cut:]
        yield data[:cut]
    yield rest
