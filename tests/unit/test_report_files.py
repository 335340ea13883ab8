"""Files say what the page says: real numbers, symbols as words, nothing that runs, and all that explains them."""

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures"))

from made_up_report import FORMULA, made_up_report

from throughline.report import Column, Filter, Finding, Table
from throughline.report_files.csv_file import limits
from throughline.report_files.make import CHARTS, TABLES, chart_file, table_file

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
SAID = ["2026-09-30-madeup", "30 September 2026", "Area: Leeds; Period: Year to March 2026", "Synthetic"]


@pytest.fixture(scope="module")
def report():
    return made_up_report()


@pytest.fixture(scope="module")
def csv_rows(report):
    return list(csv.DictReader(io.StringIO(table_file(report, "csv", "counts").content.decode("utf-8"))))


@pytest.fixture(scope="module")
def book(report):
    return load_workbook(io.BytesIO(table_file(report, "xlsx").content))


@pytest.fixture(scope="module")
def ods(report):
    return zipfile.ZipFile(io.BytesIO(table_file(report, "ods").content))


def text_of(sheet):
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def named_table(sheet):
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


@pytest.mark.parametrize(
    ("kind", "part", "name"),
    [
        ("csv", "counts", "throughline-made-up-counts-leeds-year-to-march-2026-as-at-2026-09-30-synthetic.csv"),
        ("xlsx", None, "throughline-made-up-leeds-year-to-march-2026-as-at-2026-09-30-synthetic.xlsx"),
    ],
)
def test_a_file_is_named_for_what_is_in_it(report, kind, part, name):
    assert table_file(report, kind, part).name == name


@pytest.mark.parametrize("area", ["East Midlands", "East of England"])
@pytest.mark.parametrize("year", [2025, 2026])
def test_a_long_measure_takes_neither_area_nor_year_out_of_a_name(report, area, year):
    measure = "Recommendations that another partnership of the same force or board had made before"
    chosen = [measure, "To the police, across the police force", area, f"Three years to March {year}", ""]
    filters = [Filter(f"list-{place}", "A list", (), one) for place, one in enumerate(chosen)]
    name = chart_file(replace(report, topic="Compare partnerships", filters=filters), "svg", "counts-chart").name

    assert f"{area.lower().replace(' ', '-')}-three-years-to-march-{year}-as-at-2026-09-30" in name
    assert len(name) < 210


def test_real_returns_are_not_called_synthetic():
    made = table_file(made_up_report(is_synthetic=False), "csv", "counts")

    assert "synthetic" not in made.name and b"ynthetic" not in made.content


@pytest.mark.parametrize(("kind", "part"), [("csv", "none"), ("doc", "counts")])
def test_there_is_no_file_of_what_is_not_there(report, kind, part):
    with pytest.raises(KeyError):
        table_file(report, kind, part)


def test_csv_numbers_are_for_machines_and_symbols_are_bare_letters(csv_rows):
    assert [row["Cases"] for row in csv_rows] == ["1234", "0", "c", "3", "-5"]
    assert [row["Percentage"] for row in csv_rows] == ["84.6%", "0.0%", "c", "3 of 4", "2.50"]  # one is no percentage
    assert [row["Area"] for row in csv_rows][:2] == ["England", "Leeds"]


def test_both_limits_of_an_interval_are_numbers_of_their_own_in_a_csv(csv_rows):
    assert [row["95% interval"] for row in csv_rows][:3] == ["82.5% to 86.5%", "0.0% to 27.8%", "c"]
    assert [row["95% interval: lower (%)"] for row in csv_rows] == ["82.5", "0.0", "c", "30.1", "z"]
    assert [row["95% interval: upper (%)"] for row in csv_rows] == ["86.5", "27.8", "c", "95.4", "z"]


@pytest.mark.parametrize(
    ("interval", "ends"),
    [
        ("1,045 to 1,176", ["1,045", "1,176"]),
        ("358 to not reached", ["358", "not reached"]),
        ("[c]", ["[c]", "[c]"]),
        ("3 (1 to 5)", ["", ""]),
        ("from here to there", ["", ""]),
    ],
)
def test_only_an_interval_has_two_limits(interval, ends):
    assert limits(interval) == ends


def test_percentages_keep_their_sign_in_a_csv_where_counts_stand_in_the_same_column():
    columns = [Column("State"), Column("By month 1", numeric=True), Column("By month 2", numeric=True)]
    rows = [["Waiting", "75.5%", "18.1%"], ["Still at risk", "1,790", "[c]"]]
    finding = Finding("mixed", "A heading", "What", tables=(Table("mixed-table", "A caption", columns, rows),))
    report = made_up_report(findings=(finding,))
    read = list(csv.DictReader(io.StringIO(table_file(report, "csv", "mixed").content.decode("utf-8"))))

    assert [row["By month 1"] for row in read] == ["75.5%", "1790"]
    assert [row["By month 2 (%)"] for row in read] == ["18.1", "c"]


def test_each_csv_row_still_says_what_it_is(csv_rows):
    for row in csv_rows:
        assert row["table"] == "Reviews on time, Leeds & <Bradford>"
        assert row["choices"] == "Area: Leeds; Period: Year to March 2026"
        assert (row["as_at_date"], row["release_id"]) == ("2026-09-30", "2026-09-30-madeup")
        assert row["kind_of_data"].startswith("Synthetic")
        assert "[c] means" in row["how_to_read"] and "Neither a high nor a low" in row["how_to_read"]


def test_tables_with_other_columns_share_a_csv(report):
    rows = list(csv.DictReader(io.StringIO(table_file(report, "csv", "panels").content.decode("utf-8"))))

    assert len(rows) == 60 + 5
    assert rows[0]["Year"] == "" and rows[-1]["Year"] == "2026"


def test_a_finding_without_tables_still_gives_a_csv_with_headings(report):
    assert table_file(report, "csv", "nothing").content.startswith(b"table,measured")


def test_nothing_in_a_csv_is_taken_for_a_formula(csv_rows):
    assert csv_rows[-1]["Area"] == f"'{FORMULA}"


def test_sheets_come_in_order(book):
    assert book.sheetnames == ["Cover", "Contents", "Notes", "Table 1", "Table 2", "Table 3"]


def test_numbers_are_numbers_and_symbols_are_text(book):
    _, england, leeds, kirklees, calderdale, odd = named_table(book["Table 1"])

    assert england == ["England", 2026, 1234, 0.846, "82.5% to 86.5%"]
    assert leeds[2:4] == [0, 0]
    assert kirklees[2:] == ["[c]"] * 3
    assert calderdale[3] == "3 of 4"
    assert odd[2:4] == [-5, 2.5]


def test_numbers_are_shown_as_the_page_shows_them(book):
    table = next(iter(book["Table 1"].tables.values()))
    forms = [[cell.number_format for cell in row] for row in book["Table 1"][table.ref]]

    assert forms[1][1:4] == ["0", "#,##0", "0.0%"]
    assert forms[5][3] == "#,##0.00"


def test_a_formula_stays_text(book):
    cell = next(cell for row in book["Table 1"].iter_rows() for cell in row if cell.value == FORMULA)

    assert cell.data_type == "s" and cell.quotePrefix


def test_headings_of_a_named_table_are_text_and_none_is_twice(book):
    headings = named_table(book["Table 2"])[0]

    assert len(set(headings)) == len(headings) == 12
    table = next(iter(book["Table 2"].tables.values()))
    assert [column.name for column in table.tableColumns] == headings


def test_sheets_follow_the_guidance_on_accessible_spreadsheets(book):
    for sheet in book:
        assert sheet["A1"].value and sheet["A1"].font.bold and sheet["A1"].font.name == "Arial"
        assert not sheet.merged_cells.ranges and sheet.freeze_panes is None and not sheet.auto_filter.ref
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        for table in sheet.tables.values():
            rows = list(sheet[table.ref])
            assert all(cell.value not in (None, "") for row in rows for cell in row)
            assert rows[-1][0].row == sheet.max_row, "nothing stands below a table"
    assert book.properties.title == "Is anything here real?" and book.properties.language == "en-GB"


def test_contents_lead_to_every_sheet(book):
    links = [
        cell.hyperlink.location or cell.hyperlink.target
        for (cell, *_) in book["Contents"].iter_rows()
        if cell.hyperlink
    ]

    assert [link.lstrip("#") for link in links] == ["'Notes'!A1", "'Table 1'!A1", "'Table 2'!A1", "'Table 3'!A1"]


@pytest.mark.parametrize("said", SAID)
def test_cover_and_every_table_say_release_date_choices_and_kind(book, said):
    for name in ("Cover", "Table 1", "Table 2", "Table 3"):
        assert any(said in text for text in text_of(book[name])), name


def test_notes_explain_symbols_caveats_and_limits(book):
    told = dict(named_table(book["Notes"])[1:])

    assert told["[c]"].startswith("confidential") and told["[z]"].startswith("not applicable")
    assert "Neither a high nor a low" in told["Leeds had no review on time & none was late"]
    assert told["Who is best"] == "Small numbers."


def test_a_table_without_rows_is_said_to_have_none():
    report = made_up_report()
    empty = report.findings[0].tables[0].__class__("none", "Nobody", report.findings[0].tables[0].columns, [])
    finding = report.findings[0].__class__("none", "None", "None.", tables=(empty,))
    book = load_workbook(io.BytesIO(table_file(made_up_report(findings=(finding,)), "xlsx").content))

    assert not book["Table 1"].tables
    assert "This sheet holds no rows: there is nothing to show." in text_of(book["Table 1"])


def ods_sheets(ods):
    root = ElementTree.fromstring(ods.read("content.xml"))
    return {sheet.get(f"{TABLE}name"): sheet for sheet in root.iter(f"{TABLE}table")}


def ods_cells(row):
    return [
        float(cell.get(f"{OFFICE}value")) if cell.get(f"{OFFICE}value") else "".join(cell.itertext())
        for cell in row.iter(f"{TABLE}table-cell")
    ]


def test_ods_is_an_opendocument_file_that_programs_know_by_its_first_bytes(ods):
    first = ods.infolist()[0]

    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert ods.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
    assert b"en-GB" in ods.read("meta.xml") and b"Is anything here real?" in ods.read("meta.xml")


def test_ods_holds_the_same_numbers_and_words_as_xlsx(ods, book):
    sheets = ods_sheets(ods)
    assert list(sheets) == book.sheetnames
    for name, sheet in sheets.items():
        cells = [ods_cells(row) for row in sheet.iter(f"{TABLE}table-row")]
        expected = [[cell for cell in row if cell is not None] for row in book[name].iter_rows(values_only=True)]
        assert cells == expected, name


def test_ods_tables_are_named_and_their_headings_repeat_on_paper(ods):
    text = ods.read("content.xml").decode()

    assert re.findall(r'database-range table:name="([^"]+)"', text) == [
        "contents",
        "notes",
        "table_1",
        "table_2",
        "table_3",
    ]
    assert text.count("<table:table-header-rows>") == 5


def test_the_same_view_gives_the_same_ods_and_csv(report):
    for kind in ("ods", "csv"):
        assert table_file(report, kind).content == table_file(made_up_report(), kind).content


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_libreoffice_opens_the_workbook_and_loses_no_number(report, kind, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine")
    file = tmp_path / f"book.{kind}"
    file.write_bytes(table_file(report, kind).content)
    sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,4"
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        [office, home, "--headless", "--convert-to", sheet, "--outdir", tmp_path, file], check=True, capture_output=True
    )
    (made,) = tmp_path.glob("*.csv")

    lines = made.read_text(encoding="utf-8").splitlines()
    assert "England,2026,1234,84.6%,82.5% to 86.5%" in lines
    assert "Kirklees,2026,[c],[c],[c]" in lines
    assert next(line for line in lines if "HYPERLINK" in line).endswith(",2026,-5,2.5,[z]")


@pytest.mark.parametrize(
    "said", [*SAID, "Neither a high nor a low share", "Leeds had no review on time & none was late"]
)
def test_a_picture_says_what_its_page_says_to_eyes_and_to_ears(report, said):
    picture = ElementTree.fromstring(chart_file(report, "svg", "counts-chart").content)
    svg = "{http://www.w3.org/2000/svg}"
    seen = " ".join("".join(text.itertext()) for text in picture.iter(f"{svg}text"))
    heard = " ".join(part.text for part in picture if part.tag in (f"{svg}title", f"{svg}desc"))

    assert said in seen and said in heard


def test_a_picture_holds_the_key_and_the_text_alternative(report):
    text = chart_file(report, "svg", "panel-girls").content.decode()

    assert "Girls: two dots." in text and ">Leeds<" in text and ">Girls<" in text


def test_png_is_the_same_picture(report):
    made = chart_file(report, "png", "counts-chart")

    assert made.content.startswith(b"\x89PNG") and made.mimetype == "image/png"


def test_every_kind_of_file_is_made(report):
    assert {table_file(report, kind).mimetype for kind in TABLES} == {mimetype for mimetype, _ in TABLES.values()}
    assert {chart_file(report, kind, "counts-chart").mimetype for kind in CHARTS} == {"image/svg+xml", "image/png"}


def test_every_mark_of_the_style_sheet_has_a_static_drawing():
    from throughline.charts.key_marks import key_mark
    from throughline.workspace import PROJECT

    styles = (PROJECT / "dashboards" / "styles" / "_figures.scss").read_text(encoding="utf-8")
    marks = set(re.findall(r"\.app-mark--([a-z0-9-]*[a-z0-9])\b", styles)) - {"rung"}
    assert marks and all(key_mark(name) for name in marks)
