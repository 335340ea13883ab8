"""Open a CSV file, in any of the encodings and with any of the separators that people's software writes."""

import csv
import io
import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path

import polars as pl

from throughline.door.cells import Cells
from throughline.door.findings import UnreadableReturn
from throughline.door.headings import ROWS_TO_SEARCH, spellings_of_headings
from throughline.door.specification import load_specification
from throughline.door.spelling import key
from throughline.door.workbooks import is_workbook

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}

# Excel writes this line, and does not count it as a row, to say which separator follows.
SAYS_SEPARATOR = re.compile(r"\Asep=([,;\t])\r?\n")

MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read_csv(path: Path, content: bytes) -> list[Cells]:
    """The one table of a CSV file, every value as text."""
    if is_workbook(content):
        raise UnreadableReturn(f"{path.name}: a workbook with the name of a CSV file. Give it its own ending, .xlsx.")
    text = decoded(path.name, content)
    separator, text = _stated_separator(text)
    separator = separator or find_separator(path.name, text)
    rows = _records(path.name, text, separator)
    width = max((len(row) for row in rows), default=0)
    columns = {
        f"column_{place + 1}": [row[place] if place < len(row) else None for row in rows] for place in range(width)
    }
    return [Cells(path.name, None, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))]


def decoded(name: str, content: bytes) -> str:
    """The text of a file in UTF-8, in UTF-16, or as older Windows programs write it."""
    encodings = [encoding for mark, encoding in MARKS if content.startswith(mark)]
    if not encodings:
        zeros_first, zeros_second = content[:2000:2].count(0), content[1:2000:2].count(0)
        if zeros_second > 10 * (zeros_first + 1):
            encodings = ["utf-16-le"]
        elif zeros_first > 10 * (zeros_second + 1):
            encodings = ["utf-16-be"]
    for encoding in encodings or ["utf-8", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableReturn(
        f'{name}: not text that we can read. Save it as "CSV UTF-8 (comma delimited)" and send it again.'
    )


def find_separator(name: str, text: str) -> str:
    """The separator that gives the most headings we know; never a guess between two that do equally well."""
    known = _known_headings()
    lines = list(islice(io.StringIO(text), ROWS_TO_SEARCH))
    scores = {
        separator: max((_headings_in(line, separator, known) for line in lines), default=0) for separator in SEPARATORS
    }
    best = max(scores.values())
    equal = [separator for separator, score in scores.items() if score == best]
    if len(equal) == 1:
        return equal[0]
    present = [separator for separator in SEPARATORS if any(separator in line for line in lines)]
    if len(present) > 1:
        told = " or ".join(SEPARATORS[separator] for separator in present)
        raise UnreadableReturn(
            f"{name}: we cannot tell whether {told} stand between its values. "
            'Save it as "CSV UTF-8 (comma delimited)" and send it again.'
        )
    return present[0] if present else ","


def _stated_separator(text: str) -> tuple[str | None, str]:
    stated = SAYS_SEPARATOR.match(text)
    return (stated[1], text[stated.end() :]) if stated else (None, text)


def _headings_in(line: str, separator: str, known: frozenset[str]) -> int:
    return len({key(part) for part in line.split(separator)} & known)


@cache
def _known_headings() -> frozenset[str]:
    """The headings of every return: a file whose name is not a return's is still read, and then reported."""
    found: set[str] = set()
    for name, returned in load_specification().returns.items():
        titles = {field.name: field.title for field in returned.fields}
        found |= set(spellings_of_headings(name, titles, dict.fromkeys(returned.field_names)))
    return frozenset(found)


def _records(name: str, text: str, separator: str) -> list[list[str]]:
    """Every record, blank ones too, so that a record's place is its row in a spreadsheet."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return _trimmed(reader)
    except csv.Error as error:
        raise UnreadableReturn(
            f"{name}: the quotation marks near line {reader.line_num} do not match, so values cannot be told apart. "
            "Put one before and one after each value that needs them."
        ) from error


def _trimmed(rows: Iterable[list[str]]) -> list[list[str]]:
    found = list(rows)
    while found and not any(found[-1]):
        found.pop()
    return found
