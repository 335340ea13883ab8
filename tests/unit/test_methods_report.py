"""The page on methods gives every measure, every setting and every refusal, in the catalogue's own words."""

import pytest

from throughline.analyses.methods import analyse
from throughline.query import Query
from throughline.release import Viewer
from throughline.wording import reasons
from throughline.wording.catalogue import FAMILY_IN_WORDS


def cells(report):
    return [str(cell) for finding in report.findings for table in finding.tables for row in table.rows for cell in row]


@pytest.fixture(scope="module")
def report(small_release):
    return analyse(small_release, Viewer.public(), Query({}))


def test_every_measure_stands_once_with_its_definition(report, small_release):
    shown = cells(report)
    for row in small_release.indicators().iter_rows(named=True):
        assert shown.count(f"{row['indicator']} {row['title']}") == 1
        assert row["numerator"] in shown and row["denominator"] in shown
        assert any(row["caveat"] in cell for cell in shown)


def test_every_setting_stands_with_its_value_reason_and_source(report, small_release):
    shown = cells(report)
    for row in small_release.table("settings").iter_rows(named=True):
        assert f"{row['value']} {row['unit']}" in shown and row["reason"] in shown and row["source"] in shown


def test_every_symbol_and_every_reason_for_a_missing_figure_is_explained(report):
    shown = cells(report)
    assert {f"[{status}]" for status in reasons.STATUS} <= set(shown)
    assert set(reasons.REASONS.values()) <= set(shown)


def test_one_family_can_be_read_alone(small_release):
    report = analyse(small_release, Viewer.public(), Query({"family": "timeliness"}))
    assert [finding.name for finding in report.findings if finding.name in FAMILY_IN_WORDS] == ["timeliness"]


def test_an_unknown_family_shows_all_and_says_so(small_release):
    report = analyse(small_release, Viewer.public(), Query({"family": "weather"}))
    assert "family" in report.problems and len(report.findings) == len(FAMILY_IN_WORDS) + 2
