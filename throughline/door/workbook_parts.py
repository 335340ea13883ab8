"""What the parts of an .xlsx say that its values do not: hidden sheets, merged cells, formulas with no saved value.

The parts are searched as bytes and never parsed as XML, so nothing in them can be expanded or run.
"""

import io
import posixpath
import re
from zipfile import BadZipFile, ZipFile

from throughline.door.cells import Oddities

SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)>")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]+\d+:[A-Z]+\d+)\"")
STARTS_1904 = re.compile(rb"\bdate1904=\"(?:1|true)\"")
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
PLACE = re.compile(rb"\br=\"([A-Z]{1,3}\d{1,7})\"")
VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*[^/]?>[^<]|<(?:\w+:)?t\b[^>]*>[^<]")

# More than this of one kind tells a person nothing more.
MOST_PLACES = 10_000


def find_oddities(content: bytes) -> dict[str, Oddities]:
    """The oddities of each sheet by its name; nothing for a workbook of another kind."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            return _oddities(archive)
    except (BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError):
        return {}


def _oddities(archive: ZipFile) -> dict[str, Oddities]:
    workbook = archive.read("xl/workbook.xml")
    parts = {
        _attribute(found[1], b"Id"): posixpath.normpath(posixpath.join("/xl", _attribute(found[1], b"Target")))[1:]
        for found in RELATION.finditer(archive.read("xl/_rels/workbook.xml.rels"))
    }
    starts_1904 = STARTS_1904.search(workbook) is not None
    names = set(archive.namelist())
    found = {}
    for sheet in SHEET.finditer(workbook):
        part = parts.get(_attribute(sheet[1], b"r:id") or _attribute(sheet[1], b"id"))
        content = archive.read(part) if part in names else b""
        found[_attribute(sheet[1], b"name")] = Oddities(
            is_hidden=_attribute(sheet[1], b"state") in ("hidden", "veryHidden"),
            merged=tuple(area.decode() for area in MERGED.findall(content)[:MOST_PLACES]),
            without_value=_without_value(content),
            starts_1904=starts_1904,
        )
    return found


def _without_value(content: bytes) -> tuple[str, ...]:
    """Cells whose formula has no saved value, or whose value is an error such as #N/A."""
    if b"<f" not in content and b":f" not in content and b't="e"' not in content:
        return ()
    places = []
    for attributes, inside in CELL.findall(content):
        is_error = b't="e"' in attributes
        is_formula = b"<f" in inside or b":f" in inside
        if is_error or (is_formula and not VALUE.search(inside) and b't="str"' not in attributes):
            place = PLACE.search(attributes)
            if place:
                places.append(place[1].decode())
    return tuple(places[:MOST_PLACES])


def _attribute(attributes: bytes, name: bytes) -> str:
    found = re.search(rb"(?:^|\s)" + name + rb"=\"([^\"]*)\"", attributes)
    return _unescaped(found[1].decode("utf-8", "replace")) if found else ""


def _unescaped(text: str) -> str:
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(escaped, character)
    return text
