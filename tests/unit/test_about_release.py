"""The page about a release says what it rests on, what the gate noted, and what another release has otherwise."""

import json
import shutil

import polars as pl
import pytest

from throughline.analyses.about_release import NONE, analyse, figure
from throughline.query import Query
from throughline.release import Release, Viewer
from throughline.wording.about_release import differences_heading


def finding(report, name):
    return next(one for one in report.findings if one.name == name)


@pytest.fixture(scope="module")
def beside_another(small_release, tmp_path_factory) -> Release:
    """The same release twice, of which the older counts one case fewer in one measure of England."""
    folder = tmp_path_factory.mktemp("beside") / "releases"
    now, then = folder / small_release.release_id, folder / "2020-01-01-older"
    for target in (now, then):
        shutil.copytree(small_release.folder, target)
    manifest = json.loads((then / "manifest.json").read_text(encoding="utf-8")) | {"release_id": then.name}
    (then / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    file = then / "indicator_values.parquet"
    changed = (pl.col("indicator") == "NT1") & (pl.col("area_type") == "england") & (pl.col("breakdown") == "total")
    rows = pl.read_parquet(file, memory_map=False)
    rows.with_columns(
        numerator=pl.when(changed).then(pl.col("numerator") - 1).otherwise(pl.col("numerator"))
    ).write_parquet(file)
    return Release(now)


def test_it_says_how_many_returns_and_what_the_gate_noted(small_release):
    report = analyse(small_release, Viewer.public(), Query({}))
    notes = small_release.gate_results().filter(pl.col("outcome") == "note").height
    assert f"It rests on {len(small_release.manifest['submissions'])} returns" in report.answer
    assert sum(len(table.rows) for table in finding(report, "gate").tables) == notes


def test_without_another_release_it_says_so(small_release, tmp_path):
    shutil.copytree(small_release.folder, tmp_path / small_release.release_id)
    report = analyse(Release(tmp_path / small_release.release_id), Viewer.public(), Query({}))
    assert report.chosen == {"beside": NONE} and "No other release" in finding(report, "beside").notices[0]


def test_only_what_differs_is_listed_and_both_figures_stand_side_by_side(beside_another):
    report = analyse(beside_another, Viewer.public(), Query({"beside": "2020-01-01-older"}))
    rows = finding(report, "beside").tables[0].rows
    assert [row[0].split()[0] for row in rows] == ["NT1"]
    then, now = (int(cell.split(" of ")[0].replace(",", "")) for cell in rows[0][2:])
    assert now - then == 1


def test_a_release_that_is_not_there_is_told_and_none_is_compared(small_release):
    report = analyse(small_release, Viewer.public(), Query({"beside": "nowhere"}))
    assert "release" in report.problems["beside"] and report.chosen == {"beside": NONE}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"numerator": None, "denominator": None, "status": "c"}, "[c]"),
        ({"numerator": 0.0, "denominator": 12.0, "status": "ok"}, "0 of 12"),
        ({"numerator": 1200.0, "denominator": None, "status": "ok"}, "1,200"),
    ],
)
def test_a_hidden_figure_is_a_symbol_and_never_zero(row, said):
    assert figure(row, "") == said


def test_one_differs_and_two_differ():
    assert differences_heading(1, 9).endswith("differs")
    assert differences_heading(2, 9).endswith("differ")


@pytest.mark.parametrize(("differing", "compared", "start"), [(0, 0, "No figure"), (0, 9, "None of"), (2, 9, "2 of")])
def test_the_heading_counts_what_differs(differing, compared, start):
    assert differences_heading(differing, compared).startswith(start)
