"""Each rule of a field, with a value that passes and one that does not, in a real workbook."""

import pytest

from tests.fixtures.returns import write_workbook
from throughline import door
from throughline.door.rules import load_rules

# Rule, return, field, column letter, a value that is right, a value that is wrong.
EXAMPLES = [
    ("F01", "notifications", "incident_ref", "B", "INC0009", None),
    ("F02", "notifications", "nature", "G", "OTHER", "DEATH"),
    ("F02", "referrals", "harm_cumulative", "K", None, "MAYBE"),
    ("F03", "recommendations", "targets", "I", "GP;ACUTE", "GP;HOSPITAL"),
    ("F03", "children", "disability_value", "K", "AUT;LD", "AUT,LD"),
    ("F04", "notifications", "date_notified", "F", "2025-11-10", "31/02/2025"),
    ("F04", "lcsprs", "date_withdrawn", "Q", None, "2025-02-30"),
    ("F05", "notifications", "children_on_form", "I", 4, 5),
    ("F05", "children", "age_years", "E", 5, "four"),
    ("F06", "recommendations", "coder_confidence", "X", 0.25, 1.25),
    ("F06", "lcsprs", "cost_reviewer_gbp", "BF", 0, "£14,500"),
    ("F08", "notifications", "sin_ref", "A", "SIN-2025/001.a", "SIN 1"),
    ("F08", "notifications", "new_la_code", "C", "Kent", "E1000016"),
    ("F08", "lcsprs", "rr_refs", "B", "RR1;RR2", "RR1,RR2"),
    ("F08", "recommendations", "owner_role", "J", "Head of quality", "x" * 101),
    ("F08", "recommendations", "rec_text", "E", "A thing to do, for all.", "x" * 4001),
    ("F09", "lcsprs", "pause_intervals", "R", "2026-01-01//CAPACITY", "January to March"),
]
IDS = [f"{example[0]}-{example[2]}" for example in EXAMPLES]


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Two workbooks a case, checked together: a run of the suites costs the same for one as for many."""
    folder = tmp_path_factory.mktemp("returns")
    paths = []
    for number, (_, return_name, field, _, right, wrong) in enumerate(EXAMPLES):
        for kind, value in (("right", right), ("wrong", wrong)):
            rows = {return_name: [{field: value}]}
            paths.append(write_workbook(folder / f"{number}-{kind}.xlsx", rows))
    found = list(door.check_many(paths))
    return {number: (found[2 * number], found[2 * number + 1]) for number in range(len(EXAMPLES))}


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=IDS)
def test_a_right_value_is_accepted(reports, number):
    report, _ = reports[number]
    assert report.findings == []
    assert (report.rows_accepted, report.rows_quarantined) == (1, 0)


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=IDS)
def test_a_wrong_value_is_found_where_it_stands_and_its_row_put_aside(reports, number):
    rule, return_name, field, column, _, _ = EXAMPLES[number]
    _, report = reports[number]
    assert [
        (finding.rule, finding.severity, finding.sheet, finding.row, finding.column, finding.field)
        for finding in report.findings
    ] == [(rule, "error", return_name, 2, column, field)]
    assert report.rejected[return_name].select("source_row", "rules").rows() == [(2, rule)]
    assert report.accepted[return_name].is_empty()


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=IDS)
def test_a_finding_says_what_is_wrong_and_what_would_be_right(reports, number):
    for finding in reports[number][1].findings:
        assert finding.message.endswith(".") and finding.fix and finding.example and finding.title


def test_every_rule_of_a_field_has_an_example():
    assert {rule for rule in load_rules() if rule.startswith("F")} == {example[0] for example in EXAMPLES} | {"F07"}


def test_a_key_may_appear_once_in_a_submission(tmp_path):
    rows = [{"sin_ref": "SIN1"}, {"sin_ref": "SIN2"}, {"sin_ref": "SIN1"}]
    report = door.check(write_workbook(tmp_path / "return.xlsx", {"notifications": rows}))
    assert [(finding.rule, finding.row, finding.column) for finding in report.findings] == [
        ("F07", 2, "A"),
        ("F07", 4, "A"),
    ]
    assert report.findings[0].message == "The same sin_ref as row 4."
    assert report.accepted["notifications"]["sin_ref"].to_list() == ["SIN2"]


def test_a_compound_key_repeats_only_when_all_its_parts_do(tmp_path):
    rows = [{"stage": "SIN"}, {"stage": "RR"}, {"stage": "RR", "child_seq": 2}, {"stage": "RR"}]
    report = door.check(write_workbook(tmp_path / "return.xlsx", {"children": rows}))
    assert [finding.row for finding in report.findings] == [3, 5]


def test_the_same_reference_in_two_partnerships_is_two_records(tmp_path):
    paths = []
    for code, authority in (("kent", "E10000016"), ("leeds", "E08000035")):
        rows = {"submission": [{"partnership_code": code}], "notifications": [{"new_la_code": authority}]}
        paths.append(write_workbook(tmp_path / f"{code}.xlsx", rows))
    assert all(report.findings == [] for report in door.check_many(paths))


def test_a_near_miss_is_offered_its_code(tmp_path):
    rows = {
        "referrals": [{"referral_agency": "Polise"}, {"incident_ref": "INC2", "referral_agency": "general practise"}]
    }
    report = door.check(write_workbook(tmp_path / "return.xlsx", rows))
    assert [finding.fix for finding in report.findings] == [
        "Did you mean POLICE (Police)?",
        "Did you mean GP (General practice)?",
    ]


def test_a_short_list_is_given_whole(tmp_path):
    report = door.check(write_workbook(tmp_path / "return.xlsx", {"notifications": [{"panel_in_scope": "perhaps"}]}))
    assert report.findings[0].fix == "Use one of Y (Yes), N (No)."
