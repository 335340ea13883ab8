"""The marked copy: every problem where it is, the sender's own content kept, and nothing in it that can run."""

from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from tests.fixtures.returns import edit_workbook, write_csv_folder, write_workbook
from throughline import door
from throughline.door.reporting import problems_sheet, workbook_copy
from throughline.door.reporting.checked import check_and_tell
from throughline.door.reporting.outcome import outcome_of
from throughline.door.reporting.problems_sheet import FILLS
from throughline.door.reporting.written import write_reports

WRONG = {"notifications": [{"sin_ref": "S1", "nature": "WRONG"}, {"sin_ref": "S2", "date_notified": "soon"}]}


def tell(path, folder):
    return write_reports(outcome_of(door.check(path)), path, folder)


def marked(path, folder):
    return load_workbook(tell(path, folder).copy)


def lines(book):
    rows = list(book["problems"].iter_rows(values_only=True))
    start = next(place for place, row in enumerate(rows) if row[0] == "number")
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


def test_each_problem_is_a_coloured_cell_with_a_comment(tmp_path):
    book = marked(write_workbook(tmp_path / "kent.xlsx", WRONG), tmp_path / "told")
    cell = book["notifications"]["G2"]
    assert cell.value == "WRONG" and cell.fill.fgColor.rgb == f"00{FILLS['error']}"
    assert "Error F02. “WRONG” is not a code" in cell.comment.text and "Example: SERIOUS_HARM" in cell.comment.text
    assert book["notifications"]["F3"].comment.text.count("Error F04") == 1
    assert book["notifications"]["G3"].comment is None


def test_the_first_sheet_lists_every_problem_with_a_link_to_its_cell(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx", WRONG)
    book = marked(path, tmp_path / "told")
    assert book.sheetnames[0] == "problems" and book.active.title == "problems"
    assert len(lines(book)) == len(door.check(path).findings) == 2
    assert [(one["rule"], one["row"], one["column"]) for one in lines(book)] == [("F02", 2, "G"), ("F04", 3, "F")]
    links = [cell.hyperlink.location for cell in book["problems"]["D"] if cell.hyperlink]
    assert links == ["'notifications'!G2", "'notifications'!F3"]
    assert not [sheet.title for sheet in book if sheet.sheet_view.tabSelected and sheet.title != "problems"]


def test_the_file_that_was_sent_is_not_touched(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx", WRONG)
    before = path.read_bytes()
    tell(path, tmp_path)
    tell(path, tmp_path)
    assert path.read_bytes() == before


def test_the_senders_own_content_is_kept(tmp_path):
    def change(book):
        sheet = book["notifications"]
        sheet["G2"].comment = Comment("Ask Sam", "Alex")
        sheet["A2"].font = sheet["A2"].font.copy(b=True)
        sheet.column_dimensions["A"].width = 33
        book.create_sheet("Workings")["B2"] = 7

    path = edit_workbook(write_workbook(tmp_path / "kent.xlsx", WRONG), change)
    book = marked(path, tmp_path / "told")
    assert book["Workings"]["B2"].value == 7
    assert book["notifications"]["A2"].font.b and book["notifications"].column_dimensions["A"].width == 33
    assert book["notifications"]["G2"].comment.text.startswith("Ask Sam")
    assert "Error F02" in book["notifications"]["G2"].comment.text


def test_a_marked_copy_checked_again_shows_only_what_is_still_wrong(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx", WRONG)
    first = tell(path, tmp_path / "told").copy
    edit_workbook(first, lambda book: book["notifications"].cell(2, 7, "SERIOUS_HARM"))
    book = marked(first, tmp_path / "again")
    assert book["notifications"]["G2"].comment is None and book["notifications"]["G2"].fill.fill_type is None
    assert book["notifications"]["F3"].comment.text.count("Error F04") == 1
    assert [name for name in book.sheetnames if name.startswith("problems")] == ["problems"]


def test_nothing_in_the_copy_can_run(tmp_path):
    def change(book):
        sheet = book["notifications"]
        sheet["P2"] = '=HYPERLINK("http://example.org/?"&A2,"x")'
        sheet["O2"] = "=cmd|'/c calc'!A0"
        sheet["N2"].value = "=1+1"
        sheet["N2"].data_type = "s"
        book.defined_names["run"] = DefinedName("run", attr_text="cmd|'/c calc'!A0")
        book.defined_names["cells"] = DefinedName("cells", attr_text="notifications!$A$1:$A$3")

    path = edit_workbook(write_workbook(tmp_path / "kent.xlsx", WRONG), change)
    written = tell(path, tmp_path / "told").copy
    with ZipFile(written) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert not [name for name, text in parts.items() if "<f>" in text or "<f " in text or "cmd|" in text]
    assert not [name for name in parts if "externalLink" in name or "vba" in name.lower()]
    book = load_workbook(written)
    assert (book["notifications"]["N2"].value, book["notifications"]["N2"].data_type) == ("=1+1", "s")
    assert list(book.defined_names) == ["cells"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_what_we_write_stays_text(tmp_path, start):
    path = write_workbook(tmp_path / "kent.xlsx")

    def change(book):
        book.create_sheet(f"{start}SUM(A1)")["A1"] = "x"
        book["notifications"].cell(1, 20, f"{start}extra")
        book["notifications"]["T1"].data_type = "s"

    written = tell(edit_workbook(path, change), tmp_path / "told")
    book = load_workbook(written.copy)
    cells = [cell for row in book["problems"].iter_rows() for cell in row if isinstance(cell.value, str)]
    dangerous = [cell for cell in cells if cell.value.startswith(("=", "+", "-", "@"))]
    assert dangerous
    assert all(cell.data_type in ("s", "inlineStr") and cell.quotePrefix for cell in dangerous)


def test_a_problem_with_a_column_is_marked_at_its_heading(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx")
    edit_workbook(path, lambda book: book["notifications"].cell(1, 20, "extra"))
    book = marked(path, tmp_path / "told")
    assert "Query S03" in book["notifications"]["T1"].comment.text


def test_merged_cells_are_marked_at_their_first_cell(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx", WRONG)
    edit_workbook(path, lambda book: book["notifications"].merge_cells("O1:P3"))
    book = marked(path, tmp_path / "told")
    assert book["notifications"]["G2"].comment


def test_csv_files_get_the_list_without_cells(tmp_path):
    written = tell(write_csv_folder(tmp_path / "kent", WRONG), tmp_path / "told")
    book = load_workbook(written.copy)
    assert written.copy.name == "kent-problems.xlsx" and book.sheetnames == ["problems"]
    assert {one["sheet"] for one in lines(book)} == {"notifications.csv"}
    assert "without your cells" in written.notes[0]


def test_a_workbook_that_cannot_be_copied_gets_the_list(tmp_path, monkeypatch):
    def odd(*_):
        raise TypeError("something odd inside")

    monkeypatch.setattr(workbook_copy, "_load", odd)
    written = tell(write_workbook(tmp_path / "kent.xlsx", WRONG), tmp_path / "told")
    assert written.copy.name == "kent-problems.xlsx" and "could not be copied" in written.notes[0]
    assert len(lines(load_workbook(written.copy))) == 2


def test_a_large_workbook_gets_the_list(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_copy, "MOST_BYTES_TO_MARK", 1_000)
    written = tell(write_workbook(tmp_path / "kent.xlsx", WRONG), tmp_path / "told")
    assert written.copy.name == "kent-problems.xlsx" and "too large" in written.notes[0]


def test_limits_on_comments_and_lines_are_said(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_copy, "MOST_COMMENTS", 3)
    monkeypatch.setattr(workbook_copy, "MOST_LISTED", 4)
    monkeypatch.setattr(problems_sheet, "MOST_LISTED", 4)
    rows = {"notifications": [{"sin_ref": f"S{row}", "nature": "WRONG"} for row in range(10)]}
    written = tell(write_workbook(tmp_path / "kent.xlsx", rows), tmp_path / "told")
    book = load_workbook(written.copy)
    cells = [book["notifications"].cell(row, 7) for row in range(2, 12)]
    assert sum(cell.comment is not None for cell in cells) == 3
    assert all(cell.fill.fgColor.rgb == f"00{FILLS['error']}" for cell in cells)
    assert len(lines(book)) == 4
    told = " ".join(written.notes)
    assert "7 more are coloured" in told and "first 4 problems of 10" in told


def test_a_return_put_right_no_longer_has_an_old_copy_beside_it(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx", WRONG)
    assert tell(path, tmp_path / "told").copy.exists()
    write_workbook(path)
    assert tell(path, tmp_path / "told").copy is None
    assert sorted(file.name for file in (tmp_path / "told").iterdir()) == ["report.html", "report.json"]


def test_a_cell_stopped_as_personal_data_is_empty_in_the_copy(tmp_path):
    sent = write_workbook(
        tmp_path / "return.xlsx", {"recommendations": [{"rec_text": "Write to Mrs Bloggs about the plan."}]}
    )
    assert check_and_tell([sent], lambda _: None, lambda _: None) is False
    assert list((tmp_path / "return-check").glob("*-marked.xlsx"))
    for book in (tmp_path / "return-check").glob("*.xlsx"):
        for sheet in load_workbook(book):
            for row in sheet.iter_rows():
                for cell in row:
                    assert "Bloggs" not in str(cell.value) + str(cell.comment and cell.comment.text)
