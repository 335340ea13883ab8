"""Two returns of one partnership: what changed, what was known when, and that nothing earlier is lost."""

import shutil

import openpyxl
import pytest

from throughline import build, release
from throughline.door import submit
from throughline.history import change_lines, changes_since_last, submissions_of
from throughline.release import Viewer
from throughline.workspace import Workspace


@pytest.fixture(scope="module")
def resubmitted(small_workspace, tmp_path_factory):
    """A copy of the small workspace to which Leeds has sent a corrected return."""
    workspace = Workspace(tmp_path_factory.mktemp("resubmitted") / "copy")
    shutil.copytree(small_workspace.root, workspace.root, symlinks=True)
    book = openpyxl.load_workbook(workspace.returns / "leeds.xlsx")
    sheet = book["notifications"]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(row=2, column=header.index("date_partners_told") + 1).value = None
    sheet.cell(row=3, column=header.index("late_reason") + 1).value = "CAPACITY"
    book["nil_returns"].delete_rows(2, 50)
    recommendations = book["recommendations"]
    recommendations.delete_rows(recommendations.max_row)
    book.save(workspace.root / "leeds.xlsx")
    [submission] = submit([workspace.root / "leeds.xlsx"], workspace)
    assert submission.state == "landed", submission.message
    return workspace


def test_the_earlier_submission_stays_beside_the_later(resubmitted):
    held = submissions_of(resubmitted, "leeds")
    assert len(held) == 2
    assert held[0]["received_at"] > held[1]["received_at"]
    for submission in held:
        assert list((resubmitted.landing / submission["submission_ref"] / "original").iterdir())


def test_changes_are_told_by_record_and_field(resubmitted):
    changes = {
        (row["return_name"], row["change"], row["field"]): row["records"]
        for row in changes_since_last(resubmitted, "leeds").iter_rows(named=True)
    }
    assert changes[("recommendations", "gone", None)] == 1
    assert changes[("notifications", "changed", "late_reason")] == 1
    assert ("notifications", "new", None) not in changes
    assert not any(return_name == "referrals" for return_name, _, _ in changes)


def test_changes_are_told_in_words_and_without_values(resubmitted):
    text = "\n".join(change_lines(changes_since_last(resubmitted, "leeds")))
    assert "recommendations: 1 gone" in text
    assert "late_reason changed in 1" in text
    assert "CAPACITY" not in text


def test_a_first_return_has_nothing_to_be_compared_with(resubmitted):
    assert changes_since_last(resubmitted, "kent") is None


def test_a_release_of_what_was_known_before_does_not_hold_the_later_return(resubmitted):
    current = release.open_current(resubmitted).release_id
    later, earlier = submissions_of(resubmitted, "leeds")
    for path in (resubmitted.landing / later["submission_ref"]).glob("submission.*"):
        _move_receipt_to(path, "2099-01-01T00:00:00.000000+00:00")
    then = build.build(resubmitted, known_by=earlier["received_at"][:10])
    assert earlier["submission_ref"] in then.manifest["submissions"]
    assert later["submission_ref"] not in then.manifest["submissions"]
    assert release.open_current(resubmitted).release_id == current
    now = build.build(resubmitted)
    assert later["submission_ref"] in now.manifest["submissions"]
    quality = now.submission_quality(Viewer.panel()).filter(partnership_code="leeds").row(0, named=True)
    assert (quality["submissions_held"], quality["records_gone"]) == (2, 1)
    untouched = now.submission_quality(Viewer.panel()).filter(partnership_code="kent").row(0, named=True)
    assert (untouched["submissions_held"], untouched["records_gone"]) == (1, None)


def _move_receipt_to(path, moment):
    """As if the return had been received on another day."""
    import json

    import polars as pl

    if path.suffix == ".json":
        path.write_text(json.dumps(json.loads(path.read_text()) | {"received_at": moment}))
    else:
        pl.read_parquet(path).with_columns(received_at=pl.lit(moment)).write_parquet(path)
