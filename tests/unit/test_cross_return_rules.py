"""Each rule between returns, over one small case that keeps them all and is then spoiled one thing at a time."""

import polars as pl
import pytest

from tests.fixtures.cross_return_case import CASE, findings, landed, several, spoiled
from tests.fixtures.cross_return_examples import EXAMPLES
from throughline.door.rules import load_rules
from throughline.workspace import PROJECT

RULES_FOLDER = PROJECT / "models" / "intermediate" / "rules"

IDS = [f"{example[0]}-{example[3]}-{number}" for number, example in enumerate(EXAMPLES)]
# These look at more than one submission, or at what we derive, and are tried below.
TRIED_APART = {"V28", "V29", "V31"}


def test_the_case_itself_keeps_every_rule():
    assert findings(landed(CASE)).is_empty()


@pytest.fixture(scope="module")
def results():
    """Every example in one house: a submission and a partnership of its own for each."""
    submissions = []
    for number, example in enumerate(EXAMPLES):
        for kind, apply in (("right", example[5]), ("wrong", example[6])):
            name = f"{number}-{kind}"
            submissions.append(landed(spoiled(apply), submission_ref=name, partnership_code=name))
    return findings(several(*submissions))


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=IDS)
def test_what_keeps_the_rule_is_not_told(results, number):
    rule = EXAMPLES[number][0]
    told = results.filter(submission_ref=f"{number}-right", rule=rule)
    assert told.is_empty()


@pytest.mark.parametrize("number", range(len(EXAMPLES)), ids=IDS)
def test_what_breaks_the_rule_is_told_at_its_record_and_field(results, number):
    rule, severity, return_name, record_key, field, _, _ = EXAMPLES[number]
    told = results.filter(submission_ref=f"{number}-wrong", rule=rule, record_key=record_key, field=field)
    assert told.select("severity", "return_name", "source_file", "source_sheet").rows() == [
        (severity, return_name, "kent.xlsx", return_name)
    ]
    assert told["source_row"][0] >= 2
    assert told["message"][0].endswith(".") and told["fix"][0].endswith(".")


def test_no_message_repeats_free_text(results):
    assert not results.filter(pl.col("message").str.contains("(?i)do this")).height


def test_every_rule_promised_between_returns_has_one_model_and_every_model_its_line():
    promised = {rule.rule for rule in load_rules().values() if rule.scope == "cross_return"}
    models = [path.stem[:3].upper() for path in RULES_FOLDER.glob("v[0-9][0-9]_*.sql")]
    assert sorted(models) == sorted(promised)
    assert {example[0] for example in EXAMPLES} | TRIED_APART == promised


def test_every_rule_of_the_domain_is_promised_once():
    numbered = [rule for rule in load_rules() if rule.startswith("V")]
    assert numbered == [f"V{number:02d}" for number in range(1, 34)]


def test_every_model_of_a_rule_is_among_the_findings_and_described():
    union = (RULES_FOLDER / "rule_findings.sql").read_text(encoding="utf-8")
    for path in RULES_FOLDER.glob("v[0-9][0-9]_*.sql"):
        assert f"'{path.stem}'" in union
        rule = path.stem[:3].upper()
        assert f"({rule}" in (RULES_FOLDER / f"{path.stem}.yml").read_text(encoding="utf-8").replace("\n", " ")


def test_no_rule_speaks_more_severely_than_the_list_says(results):
    severities = {rule.rule: rule.severity for rule in load_rules().values()}
    for rule, severity in results.select("rule", "severity").unique().rows():
        assert severity in (severities[rule], "query"), rule
