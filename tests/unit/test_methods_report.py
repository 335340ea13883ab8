"""The page on methods gives every measure, every setting and every refusal, in the catalogue's own words."""

import pytest

from throughline.analyses.methods import analyse
from throughline.query import Query
from throughline.release import Viewer
from throughline.wording import reasons
from throughline.wording.catalogue import FAMILY_IN_WORDS
from throughline.wording.values import METHOD_IN_WORDS


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


def test_how_intervals_are_made_is_said_once_a_family_and_not_in_every_row(report, small_release):
    held = small_release.indicators()
    assert held.height
    for (family,), measures in held.group_by("family"):
        (table,) = next(finding.tables for finding in report.findings if finding.name == family)
        for method in measures["method"].unique():
            assert table.note.count(METHOD_IN_WORDS[method]) == 1
        assert not [cell for row in table.rows for cell in row if "99.8%" in str(cell)]


def test_an_end_is_called_good_only_where_that_is_agreed(report, small_release):
    shown = {row[0]: row[4] for finding in report.findings for row in finding.tables[0].rows if len(row) > 4}
    for row in small_release.indicators().iter_rows(named=True):
        said = shown[f"{row['indicator']} {row['title']}"]
        assert ("agreed to be good" in said) == (row["direction"] != "none")
        assert row["direction"] == "none" or f"; {row['direction']} is agreed" in said


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
