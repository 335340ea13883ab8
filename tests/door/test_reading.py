"""What can be opened, what cannot, and what each cell becomes."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.fixtures.returns import edit_workbook, write_csv, write_csv_folder, write_workbook
from throughline import door
from throughline.door import UnreadableReturn, dates, sheets_apart
from throughline.door.coded import spellings_of_codes
from throughline.door.headings import spellings_of_headings
from throughline.door.specification import load_specification
from throughline.door.spelling import key, synonyms


def refusal(path) -> str:
    with pytest.raises(UnreadableReturn) as problem:
        door.check(path)
    message = str(problem.value)
    assert "\n" not in message
    return message


def test_a_path_that_is_not_there(tmp_path):
    assert "not found" in refusal(tmp_path / "absent.xlsx")


def test_an_empty_file(tmp_path):
    (tmp_path / "return.xlsx").write_bytes(b"")
    assert "the file is empty" in refusal(tmp_path / "return.xlsx")


def test_a_workbook_with_a_password(tmp_path):
    # A protected workbook is a file of the old kind in which a stream of this name stands for the workbook.
    content = bytearray((Path(__file__).parent / "corpus" / "samples" / "kent.xls").read_bytes())
    entry = content.index("Workbook".encode("utf-16-le"))
    content[entry : entry + 32] = "EncryptedPackage".encode("utf-16-le")
    content[entry + 64] = 34
    (tmp_path / "return.xlsx").write_bytes(content)
    assert "protected by a password" in refusal(tmp_path / "return.xlsx")


@pytest.mark.parametrize("content", [b"not a workbook at all", b"PK\x03\x04 cut short"])
def test_a_damaged_workbook(tmp_path, content):
    (tmp_path / "return.xlsx").write_bytes(content)
    assert "not a workbook, or damaged" in refusal(tmp_path / "return.xlsx")


def test_a_kind_of_file_we_do_not_read(tmp_path):
    (tmp_path / "return.pdf").write_bytes(b"%PDF")
    assert "Save it as .xlsx or .csv" in refusal(tmp_path / "return.pdf")


def test_some_other_workbook(tmp_path):
    workbook = Workbook()
    workbook.active.append(["month", "rota"])
    workbook.save(tmp_path / "rota.xlsx")
    assert "no sheet or file here is one of our returns" in refusal(tmp_path / "rota.xlsx")


def test_a_folder_without_csv_files(tmp_path):
    (tmp_path / "notes.txt").write_text("hello")
    assert "holds no CSV files" in refusal(tmp_path)


def test_a_csv_that_is_not_text(tmp_path):
    (tmp_path / "notifications.csv").write_bytes(b"sin_ref\n\x81\x00\x8d")
    assert "not text that we can read" in refusal(tmp_path / "notifications.csv")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"partnership_code": "kemt"}, "Did you mean kent?"),
        ({"partnership_code": None}, "partnership_code is blank"),
        ({"as_at_date": "31/09/2026"}, "as_at_date is “31/09/2026”"),
        ({"as_at_date": None}, "as_at_date is blank"),
        ({"specification_version": "0.8"}, "template of version 1.2"),
        ({"is_synthetic": None}, "is_synthetic is blank"),
    ],
)
def test_a_submission_sheet_that_cannot_place_the_return(tmp_path, row, says):
    assert says in refusal(write_workbook(tmp_path / "return.xlsx", {"submission": [row]}))


@pytest.mark.parametrize("rows", [[], [{}, {}]])
def test_a_submission_sheet_has_exactly_one_row(tmp_path, rows):
    assert f"it has {len(rows)} rows" in refusal(write_workbook(tmp_path / "return.xlsx", {"submission": rows}))


def test_a_workbook_without_a_submission_sheet(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx")
    edit_workbook(path, lambda workbook: workbook.remove(workbook["submission"]))
    assert "there is no submission sheet" in refusal(path)


def test_cells_are_read_as_canonical_text(tmp_path):
    row = {
        "sin_ref": "  SIN1 ",
        "date_la_aware": datetime(2025, 1, 2),
        "date_notified": "2025-01-03",
        "children_count": 3.0,
        "late_reason": "   ",
    }
    accepted = door.check(write_workbook(tmp_path / "return.xlsx", {"notifications": [row]})).accepted["notifications"]
    assert accepted.select(list(row)).row(0) == ("SIN1", "2025-01-02", "2025-01-03", "3", None)


def test_lists_of_codes_lose_stray_spaces_and_semicolons(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx", {"referrals": [{"partners_present": " LA ; ICB;POLICE; "}]})
    assert door.check(path).accepted["referrals"]["partners_present"].to_list() == ["LA;ICB;POLICE"]


def test_a_folder_of_csv_files_says_the_same_as_a_workbook(tmp_path):
    rows = {"notifications": [{"sin_ref": "SIN1"}, {"sin_ref": "SIN2", "nature": "OTHER"}]}
    sheets = door.check(write_workbook(tmp_path / "return.xlsx", rows)).accepted
    files = door.check(write_csv_folder(tmp_path / "kent", rows)).accepted
    for name, frame in sheets.items():
        source = ["source_file", "source_sheet"]
        assert frame.drop(source).rows() == files[name].drop(source).rows(), name


def test_one_csv_file_can_be_checked_by_itself(tmp_path):
    folder = write_csv_folder(tmp_path / "kent", {"notifications": [{}]})
    report = door.check(folder / "notifications.csv")
    assert report.partnership_code is None
    assert report.rows_accepted == 1 and not report.findings


def test_blank_rows_are_passed_over_and_row_numbers_stay_those_of_the_sheet(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx", {"notifications": [{"sin_ref": "SIN1"}, {"sin_ref": "SIN2"}]})
    edit_workbook(path, lambda workbook: workbook["notifications"].insert_rows(3, amount=2))
    assert door.check(path).accepted["notifications"]["source_row"].to_list() == [2, 5]


def test_a_line_break_inside_a_csv_value_does_not_move_the_row_numbers(tmp_path):
    rows = [{"rec_ref": "REC1", "rec_text": "one\ntwo"}, {"rec_ref": "REC2", "level": "WRONG"}]
    report = door.check(write_csv_folder(tmp_path / "kent", {"recommendations": rows}))
    assert [finding.row for finding in report.findings] == [3]


def test_a_comma_outside_quotation_marks_puts_the_row_aside(tmp_path):
    folder = write_csv_folder(tmp_path / "kent", {"nil_returns": []})
    write_csv(folder / "nil_returns.csv", [["return_name", "reporting_year"], ["lcsprs", 2026], ["lcsprs", 2025, "x"]])
    report = door.check(folder)
    assert [(finding.rule, finding.row) for finding in report.findings] == [("S05", 3)]
    assert report.accepted["nil_returns"].height == 1
    assert report.rejected["nil_returns"]["rules"].to_list() == ["S05"]


def test_a_reader_that_ends_without_an_answer_is_a_refusal(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets_apart, "MOST_SECONDS", 0.001)
    content = (Path(__file__).parent / "corpus" / "samples" / "kent.ods").read_bytes()
    (tmp_path / "return.ods").write_bytes(content)
    assert "not a workbook, or damaged" in refusal(tmp_path / "return.ods")


def test_a_code_list_s_spellings_each_mean_one_code():
    specification = load_specification()
    for name, codes in specification.code_lists.items():
        for code in codes:
            assert spellings_of_codes(name, codes)[key(code.code)] == code.code
        labels = [key(code.label) for code in codes]
        assert len(set(labels)) == len(labels), name


def test_a_return_s_headings_each_mean_one_field():
    for name, returned in load_specification().returns.items():
        fields = dict.fromkeys(returned.field_names)
        spellings = spellings_of_headings(name, {field.name: field.title for field in returned.fields}, fields)
        for field in returned.fields:
            assert spellings[key(field.name)] == field.name
            assert spellings.get(key(field.title), field.name) == field.name


def test_every_synonym_is_of_something_that_the_specification_has():
    specification = load_specification()
    named = {field for returned in specification.returns.values() for field in returned.field_names}
    assert set(synonyms()["headings"]["any"]) <= named
    assert set(synonyms()["sheets"]) <= set(specification.returns)
    for name, codes in synonyms()["codes"].items():
        assert set(codes) <= {code.code for code in specification.code_lists[name]}
    statuses = {code.code for code in specification.code_lists["recording_status"]}
    assert set(synonyms()["nothing"]) <= statuses - {"RECORDED"}


def test_a_column_of_dates_is_read_together():
    alone = dates.read_dates(["03/04/2025"])
    assert alone.iso == {"03/04/2025": "2025-04-03"} and not alone.refused_as_ambiguous
    beside = dates.read_dates(["03/04/2025", "11/25/2025", "05/05/2025"])
    assert beside.iso == {"05/05/2025": "2025-05-05"} and beside.refused_as_ambiguous == ["03/04/2025"]


@given(st.dates(dates.EARLIEST_DATE, dates.LATEST_DATE))
def test_a_day_is_the_same_day_in_every_form(day):
    serial = (day - dates.EXCEL_DAY_ZERO).days
    forms = [f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d %B %Y}", f"{day} 00:00:00", str(serial)]
    assert set(dates.read_dates(forms).iso.values()) == {day.isoformat()}
    assert dates.read_dates([str(serial - 1462)], starts_1904=True).iso == {str(serial - 1462): day.isoformat()}
