"""What people really send: each case of the corpus is read, and found to hold what is written beside it."""

from pathlib import Path

import pytest
import yaml

from tests.door.corpus.build import build
from throughline import door
from throughline.door.findings import Report
from throughline.door.rules import load_rules

CASES = yaml.safe_load((Path(__file__).parent / "corpus" / "cases.yml").read_text(encoding="utf-8"))
NAMES = [case["name"] for case in CASES]

# Rules between fields and of personal data have tests of their own.
RULES_OF_READING = ("S", "F")


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """Every case checked together, since a run of the suites costs the same for one as for many."""
    folder = tmp_path_factory.mktemp("corpus")
    paths = [build(case, folder / str(number)) for number, case in enumerate(CASES)]
    return dict(zip(NAMES, door.check_many(paths), strict=True))


def test_the_corpus_is_large_and_its_names_differ():
    assert len(set(NAMES)) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_case_is_read_as_it_says(case, answers):
    answer = answers[case["name"]]
    if "refused" in case:
        assert isinstance(answer, door.Refused), answer.findings
        assert case["refused"] in answer.message and "\n" not in answer.message
        return
    assert isinstance(answer, Report), answer.message
    assert found(answer) == sorted([tuple(finding) for finding in case.get("findings", ())], key=str)
    assert (answer.rows_accepted, answer.rows_quarantined) == (case.get("accepted", 0), case.get("aside", 0))
    for return_name, columns in case.get("landed", {}).items():
        for field, values in columns.items():
            assert answer.accepted[return_name][field].to_list() == values, field


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_finding_says_what_is_wrong_and_what_would_be_right(case, answers):
    answer = answers[case["name"]]
    for finding in answer.findings if isinstance(answer, Report) else ():
        assert finding.message.endswith(".") and finding.fix.endswith((".", "?")), finding


def found(report: Report) -> list[tuple]:
    places = [
        (finding.rule, finding.sheet, finding.row, finding.column)
        for finding in report.findings
        if finding.rule.startswith(RULES_OF_READING)
    ]
    return sorted(places, key=str)


def test_every_rule_of_a_file_has_a_case():
    of_files = {rule.rule for rule in load_rules().values() if rule.rule.startswith("S")}
    assert of_files == {finding[0] for case in CASES for finding in case.get("findings", ()) if finding[0][0] == "S"}
