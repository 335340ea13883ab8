"""Files made to exhaust the machine: each is refused in one line, soon, and in little memory."""

import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.fixtures.returns import edit_workbook, write_csv_folder, write_workbook
from tests.fixtures.unsafe_files import CELL, SECONDS, SHEET, refusal, rewrite, with_part, with_sheet
from throughline import door
from throughline.door import unsafe, unsafe_parts, unsafe_texts, unsafe_workbook
from throughline.door.findings import UnreadableReturn
from throughline.door.unsafe import refuse_unsafe
from throughline.door.unsafe_parts import Unsafe
from throughline.door.unsafe_sheets import OdsTable, XlsbSheet, XmlSheet
from throughline.door.unsafe_xls import look_into_old_workbook

MEGABYTES = 400


def test_valid_returns_are_safe(tmp_path):
    refuse_unsafe(write_workbook(tmp_path / "return.xlsx", one_row_each=True))
    refuse_unsafe(write_csv_folder(tmp_path / "kent", one_row_each=True))


def test_a_file_of_200_megabytes_is_refused_without_being_read(tmp_path):
    for name, start in (("return.xlsx", b"PK\x03\x04"), ("notifications.csv", b"sin_ref")):
        path = tmp_path / name
        with path.open("wb") as file:
            file.write(start)
            file.truncate(200 * 1024 * 1024)
        assert "200 MB, and the largest we read is" in refusal(path)


def test_a_folder_of_very_much_is_refused(tmp_path, monkeypatch):
    folder = write_csv_folder(tmp_path / "kent")
    monkeypatch.setattr(unsafe, "LARGEST_FOLDER", 100)
    assert "together" in refusal(folder)


def test_a_folder_of_very_many_files_is_refused(tmp_path):
    for number in range(unsafe.MOST_FILES + 1):
        (tmp_path / f"{number}.txt").touch()
    assert "more than 200 files" in refusal(tmp_path)


def test_a_bomb_that_says_how_large_it_is(tmp_path):
    path = with_part(tmp_path / "return.xlsx", "xl/media/image1.png", bytes(700 * 1024 * 1024))
    assert path.stat().st_size < 2_000_000
    assert "it unpacks to" in refusal(path)


def test_a_smaller_bomb_is_known_by_its_ratio(tmp_path):
    path = with_part(tmp_path / "return.xlsx", "xl/media/image1.png", bytes(50 * 1024 * 1024))
    assert "more than 250 times its size" in refusal(path)


def test_a_bomb_that_says_it_is_small(tmp_path):
    """The directory claims 100 bytes; the part unpacks to 300 MB, and is left after the first piece."""
    path = with_part(tmp_path / "return.xlsx", "xl/media/image1.png", bytes(300 * 1024 * 1024))
    content = path.read_bytes()
    true_size = struct.pack("<L", 300 * 1024 * 1024)
    assert content.count(true_size) >= 2
    path.write_bytes(content.replace(true_size, struct.pack("<L", 100)))
    assert "larger than it says" in refusal(path)


def test_an_archive_that_claims_a_million_parts_is_refused_before_they_are_listed(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx")
    content = bytearray(path.read_bytes())
    end = content.rindex(b"PK\x05\x06")
    content[end + 8 : end + 12] = struct.pack("<2H", 65_535, 65_535)
    path.write_bytes(content)
    assert "more than 2,000 parts" in refusal(path)


def test_an_archive_of_very_many_parts(tmp_path):
    path = rewrite(tmp_path / "return.xlsx", lambda parts: parts.update({f"xl/{n}.xml": b"<a/>" for n in range(2_001)}))
    assert "more than 2,000 parts" in refusal(path)


@pytest.mark.parametrize("name", ["xl/embeddings/book.xlsx", "xl/inner.zip", "xl/media/image1.png"])
def test_an_archive_inside_the_archive(tmp_path, name):
    inner = (write_workbook(tmp_path / "inner.xlsx")).read_bytes()
    assert "holds another file inside it" in refusal(with_part(tmp_path / "return.xlsx", name, inner))


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]>',
        b"<!doctype x>",
        b'<! ENTITY lol "lol">',
        b"<!-- > " + b" " * 3_000_000 + b'--><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_an_xml_bomb(tmp_path, declaration):
    xml = b'<?xml version="1.0"?>' + declaration + b"<sst>&lol2;</sst>"
    assert "declares entities" in refusal(with_part(tmp_path / "return.xlsx", "xl/sharedStrings.xml", xml))


def test_an_xml_bomb_across_the_edge_of_two_pieces(tmp_path):
    start = b'<?xml version="1.0"?><!--'
    for cut in range(1, 10):
        padding = b" " * (unsafe_workbook.CHUNK - len(start) - 3 - cut)
        xml = start + padding + b"--><!DOCTYPE x><sst/>"
        # Stored, so that pieces end where they are meant to.
        path = rewrite(
            tmp_path / "return.xlsx",
            lambda parts, xml=xml: parts.update({"xl/sharedStrings.xml": xml}),
            zipfile.ZIP_STORED,
        )
        assert "declares entities" in refusal(path)


def test_an_xml_bomb_hidden_by_another_encoding(tmp_path):
    xml = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><sst/>'.encode("utf-16")
    path = with_part(tmp_path / "return.xlsx", "xl/sharedStrings.xml", xml)
    assert "characters that are no text" in refusal(path)


def test_null_bytes_in_a_workbook(tmp_path):
    path = with_sheet(tmp_path / "return.xlsx", b'<row r="1"><c r="A1" t="inlineStr"><is><t>a\0b</t></is></c></row>')
    assert "characters that are no text" in refusal(path)


def test_null_bytes_in_a_csv_are_refused(tmp_path):
    folder = write_csv_folder(tmp_path / "kent")
    with (folder / "notifications.csv").open("ab") as file:
        file.write(b"SIN1,\0\0,x\n")
    with pytest.raises(UnreadableReturn, match="not text that we can read"):
        door.check(folder)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (CELL % (1, b"A1") + CELL % (1, b"XFD1"), "as far as column 16,384"),
        (CELL % (1, b"A1") + CELL % (1, b"BZZZZ1"), "as far as column"),
        (CELL % (1, b"A1") + CELL % (1_048_576, b"A1048576"), "as far as row 1,048,576"),
        (CELL % (1, b"ZZ1") + CELL % (299_999, b"A299999"), "more than 24,000,000 cells"),
        # A cell may lie about its row, and may be written in ways that programs read and people do not write.
        (b'<row r="1"><c r="A1"><v>1</v></c><c r="A1048576"><v>1</v></c></row>', "as far as row"),
        (b"<row r='1'><c s='0'\n r = 'XFD1'><v>1</v></c></row>", "as far as column"),
        (b'<x:row r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>', "as far as column"),
        (b'<row r="1">' + b"<c><v>1</v></c>" * 100_000 + b"</row>", "as far as column 100,000"),
        (b'<row r="1048576"></row><row><c><v>1</v></c></row>', "as far as row"),
    ],
)
def test_a_sheet_of_a_few_cells_far_apart(tmp_path, rows, says):
    assert says in refusal(with_sheet(tmp_path / "return.xlsx", rows))


def test_many_sheets_that_each_reach_a_little_less_far(tmp_path):
    sheet = SHEET % (CELL % (1, b"SZ1") + CELL % (10_000, b"A10000"))
    path = rewrite(
        tmp_path / "return.xlsx",
        lambda parts: parts.update({f"xl/worksheets/sheet{number}.xml": sheet for number in range(1, 9)}),
    )
    assert "more than 24,000,000 cells" in refusal(path)


def test_what_a_sheet_says_about_its_own_size_is_not_believed(tmp_path):
    rows = b'<dimension ref="A1:XFD1048576"/>' + CELL % (1, b"A1")
    refuse_unsafe(with_sheet(tmp_path / "return.xlsx", rows))


def with_texts(path: Path, text: bytes, cells: int) -> Path:
    """A few texts that many cells share, as spreadsheet programs keep them."""
    shared = b"<sst><si><t>short</t></si><si><t>%s</t></si></sst>" % text
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>1</v></c></row>' % (row, row) for row in range(1, cells + 1))

    def change(parts):
        parts.update({"xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": SHEET % rows})

    return rewrite(path, change)


def test_a_long_text_that_very_many_cells_share(tmp_path):
    assert "very long texts" in refusal(with_texts(tmp_path / "return.xlsx", b"x" * 30_000, 100_000))
    refuse_unsafe(with_texts(tmp_path / "return.xlsx", b"x" * 4_000, 100_000))


def test_long_texts_that_are_used_once_are_no_reason_to_refuse_a_large_sheet(tmp_path):
    path = with_texts(tmp_path / "return.xlsx", b"x" * 30_000, 100_000)

    def use_the_short_one(parts):
        sheet = parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>1</v>", b"<v>0</v>")

    with zipfile.ZipFile(path) as valid:
        parts = {name: valid.read(name) for name in valid.namelist()}
    use_the_short_one(parts)
    refuse_unsafe(rewrite(path, lambda written: written.update(parts)))


def test_the_length_of_each_shared_text_is_the_same_however_it_is_cut_into_pieces():
    content = b"<sst><si><t>a</t></si><x:si><t>" + b"b" * 500 + b"</t></x:si><si/></sst>"
    whole = list(unsafe_texts._lengths([content]))
    assert len(whole) == 3 and whole[1] > 500 and sum(whole) == len(content) - len(b"<sst>")
    for size in (1, 2, 5, 100):
        assert list(unsafe_texts._lengths(content[at : at + size] for at in range(0, len(content), size))) == whole


def test_merged_cells_over_a_whole_sheet(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx")
    refuse_unsafe(edit_workbook(path, lambda workbook: workbook["notifications"].merge_cells("A5:XFD5")))
    rows = CELL % (1, b"A1") + b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert "merges more cells" in refusal(with_sheet(tmp_path / "return.xlsx", rows))


def test_the_used_range_is_the_same_however_the_sheet_is_cut_into_pieces():
    content = SHEET % b"".join(CELL % (number, b"AB%d" % number) for number in range(1, 200))
    for size in (1, 2, 3, 7, 50, 1_000, len(content)):
        sheet = XmlSheet()
        for start in range(0, len(content), size):
            sheet.feed(content[start : start + size])
        assert sheet.used() == (199, 28)


def test_a_sheet_of_an_xlsb_workbook_that_reaches_too_far():
    def record(kind: int, content: bytes) -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([(kind & 0x7F) | 0x80, kind >> 7])
        return head + bytes([len(content)]) + content

    content = (
        record(129, b"") + record(0, struct.pack("<L", 1_048_575) + bytes(8)) + record(1, struct.pack("<L", 16_383))
    )
    for size in (1, 3, len(content)):
        sheet = XlsbSheet()
        for start in range(0, len(content), size):
            sheet.feed(content[start : start + size])
        assert sheet.used() == (1_048_576, 16_384)


def ods(*rows: str) -> None:
    table = OdsTable()
    xml = f'<d xmlns:table="t" xmlns:office="o" xmlns:text="x"><table:table>{"".join(rows)}</table:table></d>'
    for start in range(0, len(xml), 10):
        table.feed(xml[start : start + 10].encode())


ODS_CELL = '<table:table-cell table:number-columns-repeated="{}" office:value-type="float" office:value="1"/>'
ODS_ROW = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'


def test_an_ods_workbook_that_repeats_a_filled_cell_very_often():
    with pytest.raises(Unsafe, match="as far as column 16,384"):
        ods(ODS_ROW.format(1, ODS_CELL.format(16_384)))
    with pytest.raises(Unsafe, match="as far as row 1,048,576"):
        ods(ODS_ROW.format(1_048_576, ODS_CELL.format(2)))


def test_an_ods_workbook_that_repeats_a_long_text_very_often():
    cell = f'<table:table-cell table:number-columns-repeated="100"><text:p>{"x" * 30_000}</text:p></table:table-cell>'
    with pytest.raises(Unsafe, match="very long texts"):
        ods(ODS_ROW.format(1_000, cell))


def test_the_blank_rest_of_an_ods_sheet_is_no_reason_to_refuse_it():
    blank = '<table:table-cell table:number-columns-repeated="16380"/>'
    ods(ODS_ROW.format(1, ODS_CELL.format(4) + blank), ODS_ROW.format(1_048_570, blank))


def old_workbook(*records: tuple[int, bytes]) -> bytes:
    """The least that is a compound file: a header, its table of sectors, a directory, and one stream."""
    stream = b"".join(struct.pack("<2H", kind, len(content)) + content for kind, content in records)
    stream = stream.ljust(8 * 512, b"\0")
    header = bytearray(512)
    header[:8] = unsafe.OLD_OFFICE
    header[30:32] = struct.pack("<H", 9)
    header[48:52], header[56:60], header[68:72] = (
        struct.pack("<L", 1),
        struct.pack("<L", 4096),
        struct.pack("<L", 0xFFFFFFFE),
    )
    header[76:512] = struct.pack("<109L", 0, *[0xFFFFFFFF] * 108)
    sectors = struct.pack("<128L", 0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE, *[0xFFFFFFFF] * 118)
    entry = bytearray(128)
    name = "Workbook\0".encode("utf-16-le")
    entry[: len(name)], entry[64:66] = name, struct.pack("<H", len(name))
    entry[116:124] = struct.pack("<2L", 2, len(stream))
    return bytes(header + sectors + entry.ljust(512, b"\0") + stream)


def test_an_old_workbook_that_reaches_further_than_excel_ever_did(tmp_path):
    far = old_workbook((0x0809, bytes(16)), (0x0203, struct.pack("<2H", 0, 0) + bytes(10)), (0x0203, b"\xff" * 14))
    with pytest.raises(Unsafe, match="as far as column 65,536"):
        look_into_old_workbook(far)
    (tmp_path / "return.xls").write_bytes(far)
    assert "as far as column" in refusal(tmp_path / "return.xls")
    look_into_old_workbook(old_workbook((0x0809, bytes(16)), (0x0203, struct.pack("<2H", 99, 20) + bytes(10))))


@pytest.mark.parametrize(
    "content", [unsafe.OLD_OFFICE, unsafe.OLD_OFFICE + bytes(600), unsafe.OLD_OFFICE + b"\xff" * 9_000]
)
def test_a_damaged_old_workbook_ends_in_one_line(tmp_path, content):
    (tmp_path / "return.xls").write_bytes(content)
    assert "damaged" in refusal(tmp_path / "return.xls")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"," * 1_000_000 + b"\n1\n", "as far as column 1,000,001"),
        (b"a,b\n" + b"1\n" * 50 + b"\t" * 5_000 + b"\n", "as far as column"),
        (b"a" * (9 * 1024 * 1024), "one row is longer than 4 MB"),
        (b"a\n" + b"1\n" * 400_000, "as far as row"),
        (b"a" + b"," * 600 + b"\n" + b"1\n" * 100_000, "more than 24,000,000 cells"),
    ],
)
def test_a_csv_of_very_many_columns_or_rows(tmp_path, content, says):
    path = tmp_path / "notifications.csv"
    path.write_bytes(content)
    assert says in refusal(path)


def test_a_text_of_many_commas_is_not_a_row_of_many_columns(tmp_path):
    path = tmp_path / "recommendations.csv"
    path.write_text('rec_ref,rec_text\nREC1,"' + "a," * 2_000 + '"\n', encoding="utf-8")
    refuse_unsafe(path)


MEASURE = """
import resource, sys, time
from pathlib import Path
from throughline.door.findings import UnreadableReturn
from throughline.door.reading import open_submission
import polars, fastexcel
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter()
try:
    open_submission(Path(sys.argv[1]))
except UnreadableReturn as problem:
    assert chr(10) not in str(problem)
else:
    sys.exit("it was read")
print(time.perf_counter() - began, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def attacks(folder: Path) -> dict[str, Path]:
    huge = folder / "huge.xlsx"
    with huge.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200 * 1024 * 1024)
    billion = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 10_000 + b'"><!ENTITY b "' + b"&a;" * 10_000 + b'">]><sst>&b;</sst>'
    wide = folder / "wide.csv"
    wide.write_bytes(b"," * 40_000_000 + b"\n")
    return {
        "200 megabytes": huge,
        "zip bomb": with_part(
            folder / "bomb.xlsx", "xl/sharedStrings.xml", b"<sst>" + b" " * (700 * 1024 * 1024) + b"</sst>"
        ),
        "xml bomb": with_part(folder / "xml.xlsx", "xl/sharedStrings.xml", billion),
        "cells far apart": with_sheet(folder / "far.xlsx", CELL % (1, b"A1") + CELL % (1_048_576, b"XFD1048576")),
        "wide csv": wide,
    }


@pytest.mark.skipif(os.name == "nt", reason="memory is measured another way there")
def test_attacks_take_little_time_and_memory(tmp_path):
    for name, path in attacks(tmp_path).items():
        done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{name}: {done.stderr}"
        seconds, megabytes = map(float, done.stdout.split())
        assert seconds < SECONDS, name
        assert megabytes < MEGABYTES, name


def test_the_limits_leave_room_for_a_return_of_a_hundred_thousand_rows():
    assert unsafe_parts.used_range_fits(100_001, 80) == 8_000_080
    assert unsafe.LARGEST_CSV > 40 * unsafe.MEGABYTE and unsafe.LARGEST_WORKBOOK > 20 * unsafe.MEGABYTE
