"""Each rule within a return, with rows that keep it and rows that break it, in real workbooks."""

from pathlib import Path

import pytest
import yaml

from tests.fixtures.returns import write_workbook
from throughline import door
from throughline.door.return_rules import KINDS
from throughline.door.rules import load_rules
from throughline.door.specification import load_specification

EXAMPLES = [
    (*(case["about"][name] for name in ("rule", "severity", "return", "field")), case["keeps"], case["breaks"])
    for case in yaml.safe_load(Path(__file__).with_name("rules_within_return.yml").read_text(encoding="utf-8"))
]
IDS = [f"{example[0]}-{example[3]}-{number}" for number, example in enumerate(EXAMPLES)]


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Two workbooks a case, checked together: a run of the suites costs the same for one as for many."""
    folder = tmp_path_factory.mktemp("returns")
    paths = []
    for number, (_, _, return_name, _, right, wrong) in enumerate(EXAMPLES):
        for kind, row in (("right", right), ("wrong", wrong)):
            paths.append(write_workbook(folder / f"{number}-{kind}.xlsx", {return_name: [row]}))
    found = list(door.check_many(paths))
    return {number: (found[2 * number], found[2 * number + 1]) for number in range(len(EXAMPLES))}


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=IDS)
def test_a_row_that_keeps_the_rule_is_accepted_without_a_word(reports, number):
    report, _ = reports[number]
    assert report.findings == []
    assert report.rows_quarantined == 0


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=IDS)
def test_a_row_that_breaks_the_rule_is_told_at_the_field_at_fault(reports, number):
    rule, severity, return_name, field, _, _ = EXAMPLES[number]
    _, report = reports[number]
    told = [(finding.rule, finding.severity, finding.sheet, finding.row, finding.field) for finding in report.findings]
    assert told == [(rule, severity, return_name, 2, field)]
    [finding] = report.findings
    assert finding.column and finding.message.endswith(".") and finding.fix.endswith(".")
    assert "{" not in finding.message + finding.fix


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=IDS)
def test_an_error_puts_the_row_aside_and_a_query_keeps_it(reports, number):
    rule, severity, return_name, _, _, _ = EXAMPLES[number]
    _, report = reports[number]
    aside = report.rejected[return_name].select("source_row", "rules").rows()
    assert aside == ([(2, rule)] if severity == "error" else [])


def rules_written():
    return [rule for returned in load_specification().returns.values() for rule in returned.rules]


def test_every_rule_within_a_return_has_an_example():
    assert {rule.rule for rule in rules_written()} | {"F01"} == {example[0] for example in EXAMPLES}


def test_every_rule_promised_within_a_return_is_written_there_and_nowhere_else():
    promised = {rule.rule: rule for rule in load_rules().values() if rule.scope == "return"}
    written = {rule.rule for rule in rules_written()} - {"F01"}
    assert written == set(promised)
    for rule in rules_written():
        assert rule.severity == load_rules()[rule.rule].severity, rule.rule


def test_every_kind_of_rule_is_used_and_can_be_worked_out():
    from throughline.door import conditions

    assert set(conditions.KINDS) == set(KINDS)
    assert {rule.kind for rule in rules_written()} == set(KINDS)


def test_a_field_stopped_or_wrong_by_itself_is_not_told_twice(tmp_path):
    rows = {"children": [{"age_band": "TODDLER"}, {"child_seq": 2, "ethnicity_value": "WHITE"}]}
    report = door.check(write_workbook(tmp_path / "return.xlsx", rows))
    assert [finding.rule for finding in report.findings] == ["F02", "F02"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"kind": "dates_near"}, "no kind of rule called dates_near"),
        ({"fields": ["date_notified", "date_sent"]}, "date_sent is not a field"),
        ({"severity": "warning"}, "severity must be"),
        ({"fix": ""}, "fix is missing"),
        ({"colour": "red"}, "colour is not a setting of dates_in_order"),
        ({"when": [{"field": "nature", "in": ["DEATH"]}]}, "DEATH is not a code of nature"),
        ({"when": [{"field": "nature"}]}, "not a kind of clause"),
        ({"when": {"field": "nature", "in": ["OTHER"]}}, "when must be a list"),
    ],
)
def test_a_rule_that_is_written_wrongly_says_where_and_what(rule, says):
    from throughline.door.return_rules import read_rule
    from throughline.door.specification import SpecificationError

    fields = load_specification().returns["notifications"].fields
    codes = {field.name: {code.code for code in field.codes} for field in fields}
    right = {
        "id": "V99",
        "severity": "error",
        "kind": "dates_in_order",
        "fields": ["date_la_aware", "date_notified"],
        "message": "{title} is early.",
        "fix": "Correct it.",
    }
    assert read_rule(right, "notifications.yml", codes.get, SpecificationError).rule == "V99"
    with pytest.raises(SpecificationError, match=says) as problem:
        read_rule(right | rule, "notifications.yml", codes.get, SpecificationError)
    assert str(problem.value).startswith("notifications.yml, rule V99")
