"""Many submissions at once, nothing lost, and nothing said that should not be."""

import subprocess
import sys

import pytest

from tests.fixtures.returns import write_workbook
from throughline import door
from throughline.door import checking, suite
from throughline.door.findings import Report, report_lines
from throughline.door.specification import load_specification

SECRET = "Jane Bloggs of 1 High Street"


def check_rows(tmp_path, rows):
    return door.check(write_workbook(tmp_path / "return.xlsx", rows))


def test_rows_in_are_rows_accepted_and_rows_put_aside(tmp_path):
    rows = {
        "referrals": [{"incident_ref": f"INC{n}", "abuse_neglect": "KNOWN" if n % 3 else "WRONG"} for n in range(20)],
        "children": [{"child_seq": n, "age_band": None, "sex_status": "WRONG"} for n in range(1, 6)],
        "rapid_reviews": [{}],
    }
    report = check_rows(tmp_path, rows)
    for name, sent in {"referrals": 20, "children": 5, "notifications": 0, "rapid_reviews": 1}.items():
        assert report.accepted[name].height + report.rejected[name].height == sent, name
    assert (report.rows_accepted, report.rows_quarantined) == (13 + 1, 7 + 5)


def test_a_row_with_several_errors_is_put_aside_once_with_all_its_rules(tmp_path):
    report = check_rows(
        tmp_path, {"notifications": [{"nature": "WRONG", "date_notified": "soon", "incident_ref": None}]}
    )
    assert report.rejected["notifications"]["rules"].to_list() == ["F01;F02;F04"]


def test_each_report_of_a_batch_holds_its_own_findings(tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "ROWS_IN_A_BATCH", 8)
    paths = []
    for number in range(10):
        rows = {"notifications": [{"nature": "WRONG"}] if number % 2 else [{}]}
        paths.append(write_workbook(tmp_path / f"{number}.xlsx", rows))
    reports = list(door.check_many(paths))
    assert [report.path for report in reports] == [str(path) for path in paths]
    assert [len(report.findings) for report in reports] == [0, 1] * 5


def test_one_file_that_cannot_be_read_does_not_stop_the_others(tmp_path):
    good = write_workbook(tmp_path / "good.xlsx", {"notifications": [{}]})
    (tmp_path / "bad.xlsx").write_bytes(b"")
    first, second = door.check_many([tmp_path / "bad.xlsx", good])
    assert isinstance(first, door.Refused) and "empty" in first.message
    assert isinstance(second, Report) and second.rows_accepted == 1


@pytest.mark.parametrize("field", ["rec_text", "owner_role", "gov_department", "source_ref", "rec_ref"])
def test_text_that_could_hold_a_name_is_never_repeated(tmp_path, field):
    report = check_rows(tmp_path, {"recommendations": [{field: SECRET * 200}]})
    assert [finding.rule for finding in report.findings] == ["V30"]
    assert "Bloggs" not in repr(report.findings) + "\n".join(report_lines(report))


def test_a_long_value_in_a_coded_field_is_cut_short(tmp_path):
    report = check_rows(tmp_path, {"notifications": [{"nature": "n" * 500}]})
    assert "n" * 40 in report.findings[0].message
    assert "n" * 41 not in report.findings[0].message


def test_a_column_wrong_all_the_way_down_is_summed_up(tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "MOST_FINDINGS_OF_A_KIND", 5)
    rows = [{"sin_ref": f"SIN{n}", "nature": "WRONG"} for n in range(12)]
    report = check_rows(tmp_path, {"notifications": rows})
    assert len(report.findings) == 6
    assert "7 more rows" in report.findings[-1].message
    assert report.rejected["notifications"].height == 12


def test_report_lines_say_where_what_and_how(tmp_path):
    lines = "\n".join(report_lines(check_rows(tmp_path, {"notifications": [{"date_notified": "31/02/2025"}]})))
    assert "kent, as at 2026-09-30" in lines
    assert "0 rows accepted, 1 row put aside" in lines
    assert "notifications, row 2, column F: “31/02/2025” is not a date between 1990 and 2035." in lines
    assert "Write the date as year-month-day" in lines


def test_a_broken_expectation_stops_the_check():
    import great_expectations as gx
    import polars as pl

    specification = load_specification().returns["nil_returns"]
    broken = gx.ExpectationSuite(
        name="broken", expectations=[gx.expectations.ExpectColumnValuesToNotBeNull(column="no_such_column")]
    )
    frame = pl.DataFrame({"submission": [0], "return_name": ["lcsprs"], "reporting_year": ["2026"]})
    with pytest.raises(suite.BrokenExpectation, match="no_such_column"):
        suite.run_suite(broken, frame, specification)


def test_every_expectation_says_its_rule_field_and_severity():
    for specification in load_specification().returns.values():
        for expectation in suite.compile_suite(specification).expectations:
            assert set(expectation.meta) >= {"rule", "field", "severity"}
            assert expectation.severity == suite.GX_SEVERITY[expectation.meta["severity"]]


def test_a_whole_valid_submission_has_nothing_to_fix(tmp_path):
    report = door.check(write_workbook(tmp_path / "return.xlsx", one_row_each=True))
    assert report.findings == []
    assert report.rows_accepted == 8
    assert report_lines(report)[-1] == "  Nothing to fix."


def test_the_door_opens_without_loading_great_expectations():
    command = "import sys, throughline.door; print('great_expectations' in sys.modules, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
