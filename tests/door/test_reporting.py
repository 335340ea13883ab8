"""What a person is told after a check: short on the screen, whole in the page, and the same for machines."""

import json
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from typer.testing import CliRunner

from tests.fixtures.returns import edit_workbook, write_csv_folder, write_workbook
from throughline import door
from throughline.cli import app
from throughline.door.findings import ERROR, QUERY, Finding, Report
from throughline.door.reporting import checked
from throughline.door.reporting.grouping import MOST_VARIANTS, group_findings, row_ranges
from throughline.door.reporting.html_report import html_report
from throughline.door.reporting.json_report import as_object, json_report
from throughline.door.reporting.outcome import outcome_of, summary_lines

SECRET = "Jane Bloggs of 1 High Street"


def finding(row=None, rule="F02", severity=ERROR, message="Wrong.", fix="Right it.", **where):
    place = {"file": "kent.xlsx", "sheet": "referrals", "column": "I", "field": "abuse_neglect", "title": "Abuse"}
    return Finding(rule, severity, row=row, message=message, fix=fix, **(place | where))


def run(*arguments):
    return CliRunner().invoke(app, ["check", *map(str, arguments)])


def outcome_with(*findings):
    return outcome_of(Report(path="kent.xlsx", findings=list(findings)))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([], ""),
        ([4], "row 4"),
        ([4, 4], "row 4"),
        ([22, *range(4, 19)], "rows 4 to 18, 22"),
        ([2, 3], "rows 2, 3"),
        ([2, 3, 4], "rows 2 to 4"),
        ([2, 9, 10], "rows 2, 9, 10"),
    ],
)
def test_rows_are_told_as_ranges(rows, told):
    assert row_ranges(rows) == told


def test_very_many_ranges_are_cut_short_and_counted():
    told = row_ranges(range(2, 102, 2))
    assert told.endswith(", 40 and 30 more rows")


def test_findings_of_one_kind_are_one_group():
    groups = group_findings([*(finding(row) for row in range(4, 19)), finding(22), finding(5, rule="F01")])
    assert [(group.rule, group.count, group.rows) for group in groups] == [
        ("F01", 1, "row 5"),
        ("F02", 16, "rows 4 to 18, 22"),
    ]


def test_errors_come_before_queries():
    groups = group_findings([finding(2, rule="A01", severity=QUERY), finding(2, rule="Z01")])
    assert [group.severity for group in groups] == [ERROR, QUERY]


def test_no_finding_is_lost_where_every_message_differs():
    [group] = group_findings([finding(row, message=f"“{row}” is wrong.") for row in range(2, 102)])
    assert len(group.variants) == MOST_VARIANTS
    assert sum(variant.count for variant in group.variants) == group.count == 100
    assert {row for variant in group.variants for row in variant.rows} == set(range(2, 102))


def test_the_rest_of_many_do_not_borrow_the_answer_of_one():
    [group] = group_findings([finding(row, message=f"{row}", fix=f"Did you mean {row}?") for row in range(2, 40)])
    assert "mean" not in group.variants[-1].fix


@pytest.mark.parametrize(
    ("where", "told"),
    [({"column": "I"}, "the whole column"), ({"column": None, "field": None}, "the whole sheet")],
)
def test_a_finding_without_a_row_says_what_it_is_about(where, told):
    [group] = group_findings([finding(None, **where)])
    assert group.rows == told


def test_the_summary_is_short_whatever_is_wrong():
    findings = [finding(row, rule=f"X{number:02}", field=f"f{number}") for number in range(50) for row in range(2, 99)]
    lines = summary_lines(outcome_with(*findings))
    assert len(lines) < 20 and lines[-1] == "  And 38 more kinds."


def test_json_holds_every_finding_with_stable_keys(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx", {"notifications": [{"nature": "WRONG"}, {"sin_ref": "S2"}]})
    report = door.check(path)
    told = json.loads(json_report(outcome_of(report)))
    assert list(told) == [
        *("format", "format_version", "file", "state", "refusal", "content_sha256", "specification_version"),
        *("partnership_code", "as_at_date", "submission_ref", "counts", "returns", "findings"),
    ]
    assert told["counts"] == {"rows_accepted": 1, "rows_put_aside": 1, "errors": 1, "queries": 0}
    [found] = [one for one in told["findings"] if one["rule"] == "F02"]
    assert list(found) == [
        *("rule", "rule_title", "severity", "file", "sheet", "row", "column", "field", "title"),
        *("message", "fix", "example"),
    ]
    assert (found["sheet"], found["row"], found["column"], found["field"]) == ("notifications", 2, "G", "nature")
    assert json_report(outcome_of(door.check(path))) == json_report(outcome_of(report))


def test_json_says_what_could_not_be_read():
    told = as_object(outcome_of(door.Refused("kent.xlsx", "kent.xlsx: the file is empty.")))
    assert (told["state"], told["refusal"], told["findings"]) == ("unreadable", "kent.xlsx: the file is empty.", [])


class Page(HTMLParser):
    """Reads the tags of a page, and fails on one that is left open."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.words = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in ("meta", "col", "link", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def page(tmp_path):
    rows = {
        "notifications": [{"sin_ref": f"S{row}", "nature": "WRONG"} for row in range(4)],
        "recommendations": [{"rec_text": SECRET * 200}],
    }
    path = edit_workbook(write_workbook(tmp_path / "kent.xlsx", rows), lambda book: book.create_sheet("Mine <b>"))
    edit_workbook(path, lambda book: book["Mine <b>"].append(["x"]))
    return html_report(outcome_of(door.check(path)))


def test_the_page_is_whole_and_fetches_nothing(page):
    read = Page(page)
    assert read.all("html") == [{"lang": "en-GB"}]
    assert "http" not in page and not read.all("script") and not read.all("img") and not read.all("link")
    assert [attributes for attributes in read.all("a")] == [{"class": "skip", "href": "#main"}]


def test_tables_have_captions_and_scoped_headings_and_headings_are_in_order(page):
    read = Page(page)
    assert len(read.all("table")) == len(read.all("caption")) >= 3
    assert read.all("th") and all(attributes.get("scope") in ("row", "col") for attributes in read.all("th"))
    levels = [int(tag[1]) for tag, _ in read.tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_each_finding_is_told_in_full(page):
    words = " ".join(" ".join(Page(page).words).split())
    for told in (
        *("Error F02", "notifications", "Nature of the notification", "Rows 2 to 5", "is not a code for"),
        *("What happens next", "put aside", "Query S06", "SERIOUS_HARM"),
    ):
        assert told in words


def test_what_the_file_holds_cannot_become_part_of_the_page(page):
    assert "<b>" not in page and "Mine &lt;b&gt;" in page


def test_a_page_for_a_clean_return_says_so(tmp_path):
    page = html_report(outcome_of(door.check(write_workbook(tmp_path / "kent.xlsx"))))
    assert "Nothing to put right" in page and "<h2>Errors" not in page


def test_queries_alone_end_with_0_and_errors_with_1(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx")
    assert run(path).exit_code == 0
    edit_workbook(path, lambda book: book["nil_returns"].cell(1, 40, "extra"))
    done = run(path)
    assert "query" in done.output and done.exit_code == 0
    edit_workbook(path, lambda book: book["nil_returns"].append(["WRONG", 2026]))
    assert run(path).exit_code == 1


@pytest.mark.parametrize("name", ["not_there.xlsx", "empty.xlsx", "damaged.xlsx"])
def test_what_cannot_be_read_ends_with_1_in_one_line(tmp_path, name):
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "damaged.xlsx").write_bytes(b"PK not a workbook")
    done = run(tmp_path / name)
    assert done.exit_code == 1 and name in done.output and "Traceback" not in done.output
    assert (tmp_path / f"{name[:-5]}-check" / "report.html").exists() == (name != "not_there.xlsx")


def test_a_wrong_call_ends_with_2(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx")
    assert run().exit_code == 2
    assert run(path, "--report", tmp_path, "--no-report").exit_code == 2
    assert run(path, "--report", path).exit_code == 2


def test_each_file_has_a_report_of_its_own_beside_it(tmp_path):
    (tmp_path / "a").mkdir()
    first = write_workbook(tmp_path / "a" / "kent.xlsx")
    second = write_csv_folder(tmp_path / "b" / "kent")
    assert run(first, second).exit_code == 0
    for folder, name in (("a", "kent.xlsx"), ("b", "kent")):
        told = json.loads((tmp_path / folder / "kent-check" / "report.json").read_text(encoding="utf-8"))
        assert told["file"] == name


def test_reports_of_files_of_one_name_do_not_fall_on_each_other(tmp_path):
    (tmp_path / "a").mkdir()
    first = write_workbook(tmp_path / "a" / "kent.xlsx")
    second = write_csv_folder(tmp_path / "b" / "kent")
    run(first, second, "--report", tmp_path / "told")
    assert sorted(folder.name for folder in (tmp_path / "told").iterdir()) == ["kent-check", "kent-check-2"]


def test_a_report_of_an_earlier_check_is_not_taken_for_a_return(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx")
    run(path)
    done = run(path, tmp_path / "kent-check")
    assert done.exit_code == 0 and "passed over" in done.output


def test_nothing_is_written_when_none_is_wanted(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx")
    run(path, "--no-report")
    assert [file.name for file in tmp_path.iterdir()] == ["kent.xlsx"]


def test_a_folder_that_cannot_be_written_to_is_said_in_words(tmp_path):
    path = write_workbook(tmp_path / "kent.xlsx")
    (tmp_path / "kent-check").write_text("a file in the way")
    done = run(path)
    assert done.exit_code == 1 and "could not be written" in done.output and "--report" in done.output


def test_a_fault_of_ours_is_told_without_a_traceback_or_a_value(tmp_path, monkeypatch):
    good, bad = write_workbook(tmp_path / "good.xlsx"), write_workbook(tmp_path / "bad.xlsx")
    real = door.check_many

    def broken(paths):
        if any(path.name == "bad.xlsx" for path in paths):
            raise KeyError(SECRET)
        return real(paths)

    monkeypatch.setattr(checked, "check_many", broken)
    done = run(bad, good)
    assert done.exit_code == 1 and "KeyError" in done.output and "accepted" in done.output
    assert "Bloggs" not in done.output and "Traceback" not in done.output
    assert not (tmp_path / "bad-check").exists()


def test_no_form_of_the_report_repeats_words_that_could_name_someone(tmp_path):
    rows = {"recommendations": [{"rec_text": SECRET * 200, "owner_role": SECRET * 10, "rec_ref": SECRET}]}
    path = write_csv_folder(tmp_path / "kent", rows)
    done = run(path)
    assert done.exit_code == 1 and "Bloggs" not in done.output
    from openpyxl import load_workbook

    folder = tmp_path / "kent-check"
    book = load_workbook(folder / "kent-problems.xlsx")
    told = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    told += [(folder / name).read_text(encoding="utf-8") for name in ("report.html", "report.json")]
    assert not [text for text in told if "Bloggs" in text]
