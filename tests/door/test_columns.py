"""Sheets and columns that are missing, unknown, repeated or in another order are findings, not crashes."""

import pytest

from tests.fixtures.returns import edit_workbook, write_workbook
from throughline import door
from throughline.door.tables import letter


def check_edited(tmp_path, change):
    return door.check(edit_workbook(write_workbook(tmp_path / "return.xlsx", {"notifications": [{}]}), change))


def kinds(report):
    return [(finding.rule, finding.severity, finding.sheet, finding.column) for finding in report.findings]


@pytest.mark.parametrize(
    ("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_letters_of_a_spreadsheet(place, letters):
    assert letter(place) == letters


def test_a_missing_sheet_is_a_query_and_the_rest_is_kept(tmp_path):
    report = check_edited(tmp_path, lambda workbook: workbook.remove(workbook["lcsprs"]))
    assert kinds(report) == [("S01", "query", "lcsprs", None)]
    assert report.returns_absent == ["lcsprs"]
    assert report.rows_accepted == 1


def test_nil_returns_may_be_left_out(tmp_path):
    assert not check_edited(tmp_path, lambda workbook: workbook.remove(workbook["nil_returns"])).findings


def test_a_missing_required_column_puts_every_row_aside_and_is_said_once(tmp_path):
    report = check_edited(tmp_path, lambda workbook: workbook["notifications"].delete_cols(7))
    assert [(finding.rule, finding.field) for finding in report.errors] == [("S02", "nature")]
    assert report.rejected["notifications"]["rules"].to_list() == ["S02"]


def test_a_missing_optional_column_is_a_query(tmp_path):
    report = check_edited(tmp_path, lambda workbook: workbook["notifications"].delete_cols(16))
    assert [(finding.severity, finding.field) for finding in report.findings] == [("query", "late_reason")]
    assert report.accepted["notifications"]["late_reason"].to_list() == [None]


def test_an_unknown_column_is_named_with_its_letter(tmp_path):
    def change(workbook):
        workbook["notifications"]["Q1"] = "panel_region"
        workbook["notifications"]["Q2"] = "secret"

    report = check_edited(tmp_path, change)
    assert kinds(report) == [("S03", "query", "notifications", "Q")]
    assert "secret" not in report.findings[0].message


def test_a_repeated_column_puts_every_row_aside(tmp_path):
    def change(workbook):
        workbook["notifications"]["Q1"] = "nature"

    report = check_edited(tmp_path, change)
    assert kinds(report) == [("S04", "error", "notifications", "Q")]
    assert report.accepted["notifications"].is_empty()


def test_a_note_beside_the_table_is_a_query(tmp_path):
    def change(workbook):
        workbook["notifications"]["S2"] = "ask Sam"

    report = check_edited(tmp_path, change)
    assert kinds(report) == [("S05", "query", "notifications", "S")]
    assert report.accepted["notifications"].height == 1


def test_an_unknown_sheet_is_a_query_and_a_guidance_sheet_is_not(tmp_path):
    def change(workbook):
        workbook.create_sheet("Guidance")
        workbook.create_sheet("rota")

    assert kinds(check_edited(tmp_path, change)) == [("S06", "query", "rota", None)]


def test_a_sheet_without_headings_is_said_once(tmp_path):
    report = check_edited(tmp_path, lambda workbook: workbook["notifications"].delete_rows(1))
    assert [(finding.rule, finding.row) for finding in report.findings] == [("S02", 1)]
    assert report.accepted["notifications"].is_empty()


def test_headings_below_a_title_are_found_and_rows_keep_their_numbers(tmp_path):
    def change(workbook):
        workbook["notifications"].insert_rows(1, amount=3)
        workbook["notifications"]["A1"] = "Serious incident notifications, Kent"

    report = check_edited(tmp_path, change)
    assert report.findings == []
    assert report.accepted["notifications"]["source_row"].to_list() == [5]


def test_columns_in_another_order_are_read_and_found_where_they_stand(tmp_path):
    def change(workbook):
        sheet = workbook["notifications"]
        sheet.insert_cols(1)
        sheet["A1"], sheet["A2"] = "nature", "WRONG"
        sheet.delete_cols(8)

    report = check_edited(tmp_path, change)
    assert [(finding.rule, finding.row, finding.column) for finding in report.findings] == [("F02", 2, "A")]


def test_blank_columns_before_the_table_count_for_letters(tmp_path):
    def change(workbook):
        workbook["notifications"]["G2"] = "WRONG"
        workbook["notifications"].insert_cols(1, amount=2)

    report = check_edited(tmp_path, change)
    assert [(finding.rule, finding.row, finding.column) for finding in report.findings] == [("F02", 2, "I")]
