"""What is written to a sheet or CSV file is shown as it is, and never run."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from throughline.spreadsheet_safety import STARTS_OF_FORMULAS, as_text, could_be_formula, write_cell

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://example.org","click")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＋1+1",
    "+44 7700 900123",
    "-",
    "=",
    "\x00=1+1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_could_be_a_formula_is_marked_as_text(text):
    assert as_text(text).startswith("'") and not could_be_formula(as_text(text))


@pytest.mark.parametrize("value", [5, -5, 1.5, -0.25, True, None, date(2026, 9, 30)])
def test_numbers_dates_and_blanks_stay_what_they_are(value):
    assert as_text(value) is value


@pytest.mark.parametrize("text", ["-5", "+3", "-1.25", "-12%", "kent", "A-B", "a=b", "'=1", "2026-09-30", "", "£5"])
def test_harmless_text_is_not_changed(text):
    assert as_text(text) == text


@given(st.text())
def test_no_text_at_all_can_begin_a_formula(text):
    written = as_text(text)
    assert not could_be_formula(written)
    assert as_text(written) == written


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_of_a_workbook_holds_the_text_and_no_formula(tmp_path, text):
    workbook = Workbook()
    write_cell(workbook.active["A1"], text)
    workbook.save(tmp_path / "written.xlsx")
    cell = load_workbook(tmp_path / "written.xlsx").active["A1"]
    assert cell.data_type == "s" and cell.quotePrefix
    assert cell.value.replace("\r", "\n") == text.replace("\x00", "").replace("\r", "\n")


def test_numbers_in_a_workbook_stay_numbers(tmp_path):
    workbook = Workbook()
    for row, value in enumerate([-5, 2.5, date(2026, 9, 30)], start=1):
        write_cell(workbook.active.cell(row, 1), value)
    workbook.save(tmp_path / "written.xlsx")
    assert [cell.data_type for cell in load_workbook(tmp_path / "written.xlsx").active["A"]] == ["n", "n", "d"]


def test_a_csv_file_read_back_holds_no_start_of_a_formula():
    file = io.StringIO()
    csv.writer(file).writerows([[as_text(text) for text in FORMULAS]])
    [row] = csv.reader(io.StringIO(file.getvalue()))
    assert not any(value.startswith(STARTS_OF_FORMULAS) for value in row)
