"""The rules between returns at the door: found without a warehouse, over the rows as they were sent."""

import pytest

from tests.fixtures.returns import write_csv_folder, write_workbook
from throughline import door

RULES_BETWEEN_RETURNS = True

CASE = {
    "referrals": [{}],
    "children": [{"stage": stage} for stage in ("TRIAGE", "SIN", "RR", "LCSPR")],
    "notifications": [{"duplicate_of": None}],
    "rapid_reviews": [{"partners_decision": "LCSPR", "final_decision": "LCSPR"}],
    "lcsprs": [{"rr_refs": "RR0001"}],
    "recommendations": [{}],
}


def case(**changes):
    """The case with the first row of some returns changed."""
    return CASE | {name: [CASE[name][0] | values, *CASE[name][1:]] for name, values in changes.items()}


def check(tmp_path, rows):
    return door.check(write_workbook(tmp_path / "return.xlsx", rows))


def told(report):
    return [(finding.rule, finding.severity, finding.sheet, finding.row, finding.column) for finding in report.findings]


def test_a_case_that_agrees_with_itself_has_nothing_to_fix(tmp_path):
    report = check(tmp_path, CASE)
    assert report.findings == []
    assert (report.rows_accepted, report.rows_quarantined) == (9, 0)


def test_an_error_puts_its_row_aside_and_says_where(tmp_path):
    report = check(tmp_path, case(recommendations={"source_ref": "LCSPR0009"}))
    assert told(report) == [("V01", "error", "recommendations", 2, "C")]
    assert report.rejected["recommendations"].select("source_row", "rules").rows() == [(2, "V01")]
    assert report.accepted["recommendations"].is_empty()


def test_a_query_keeps_its_row(tmp_path):
    report = check(tmp_path, case(lcsprs={"date_lcspr_decision": "2025-11-27"}))
    assert told(report) == [("V10", "query", "lcsprs", 2, "E")]
    assert report.rows_quarantined == 0


def test_a_row_broken_by_itself_and_with_others_is_put_aside_once_with_both_rules(tmp_path):
    report = check(tmp_path, case(recommendations={"source_ref": "LCSPR0009", "level": "COUNTY"}))
    assert report.rejected["recommendations"]["rules"].to_list() == ["F02;V01"]
    assert report.rows_accepted + report.rows_quarantined == 9


def test_a_child_put_aside_does_not_turn_its_referral_away(tmp_path):
    report = check(tmp_path, case(children={"known_to_any_agency": "PERHAPS"}))
    assert told(report) == [("F02", "error", "children", 2, "AF")]
    assert report.accepted["referrals"].height == 1


def test_a_record_whose_parent_was_put_aside_is_kept_and_told_so(tmp_path):
    report = check(tmp_path, case(notifications={"nature": "DEATH"}))
    assert told(report) == [
        ("F02", "error", "notifications", 2, "G"),
        ("V01", "query", "rapid_reviews", 2, "B"),
    ]
    assert report.findings[1].message == "Its notification was put aside for errors, so this record stands without it."
    assert report.accepted["rapid_reviews"].height == 1


def test_a_reference_that_is_not_one_is_never_repeated_by_another_rule(tmp_path):
    report = check(tmp_path, case(recommendations={"source_ref": "the Bloggs review"}))
    assert [finding.rule for finding in report.findings] == ["F08"]
    assert "Bloggs" not in repr(report.findings)


def test_a_date_that_is_not_one_stops_no_rule(tmp_path):
    report = check(tmp_path, case(notifications={"date_notified": "31/02/2025"}))
    assert ("F04", "error", "notifications", 2, "F") in told(report)


def test_submissions_of_one_partnership_checked_together_stand_by_themselves(tmp_path):
    right = write_workbook(tmp_path / "right.xlsx", CASE)
    wrong = write_workbook(tmp_path / "wrong.xlsx", case(lcsprs={"date_lcspr_decision": "2025-11-27"}))
    reports = list(door.check_many([wrong, right, wrong]))
    assert [[finding.rule for finding in report.findings] for report in reports] == [["V10"], [], ["V10"]]


def test_one_csv_by_itself_is_compared_with_nothing(tmp_path):
    folder = write_csv_folder(tmp_path / "kent", CASE)
    assert door.check(folder).findings == []
    assert door.check(folder / "rapid_reviews.csv").findings == []


@pytest.mark.parametrize("name", ["referrals", "notifications", "rapid_reviews", "recommendations"])
def test_the_same_key_twice_is_told_of_as_that_and_breaks_nothing(tmp_path, name):
    report = check(tmp_path, CASE | {name: CASE[name] * 2})
    assert {("F07", "error", name, 2, "A"), ("F07", "error", name, 3, "A")} <= set(told(report))
    assert not {"V05", "V13", "V28"} & {finding.rule for finding in report.findings}


def test_a_finding_repeated_down_a_column_is_told_as_often_as_is_worth_it(tmp_path, monkeypatch):
    from throughline.door import checking

    monkeypatch.setattr(checking, "MOST_FINDINGS_OF_A_KIND", 5)
    many = [{"rec_ref": f"REC{n}", "source_ref": "LCSPR0009"} for n in range(12)]
    report = check(tmp_path, CASE | {"recommendations": many})
    assert report.rejected["recommendations"].height == 12
    messages = [finding.message for finding in report.findings]
    assert len(messages) == 6 and "7 more rows" in messages[-1]
