"""A submission lands whole or not at all, and the same content lands once."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import time

import polars as pl
import pytest

from tests.fixtures.returns import write_csv_folder, write_workbook
from throughline import door
from throughline.door import landing
from throughline.door.landing import ALREADY_LANDED, LANDED, REFUSED
from throughline.door.specification import RETURNS, load_specification
from throughline.workspace import Workspace


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "home")


@pytest.fixture
def workbook(tmp_path):
    rows = {"notifications": [{"sin_ref": "SIN1"}, {"sin_ref": "SIN2", "nature": "WRONG"}]}
    return write_workbook(tmp_path / "return.xlsx", rows)


def landed(workspace):
    return sorted(folder.name for folder in workspace.landing.iterdir())


def test_a_submission_lands_with_every_return_and_its_originals(workspace, workbook):
    [submission] = door.submit([workbook], workspace)
    folder = workspace.landing / submission.submission_ref
    assert submission.state == LANDED
    for name in RETURNS[1:]:
        frame = pl.read_parquet(folder / f"{name}.parquet")
        names = load_specification().returns[name].field_names
        assert frame.columns == [*names, "source_file", "source_sheet", "source_row", "submission_ref"]
        assert set(frame.schema.values()) == {pl.String, pl.Int64} and frame.schema["source_row"] == pl.Int64
    assert (folder / "original" / "return.xlsx").read_bytes() == workbook.read_bytes()


def test_the_submission_row_says_who_when_and_how_much(workspace, workbook):
    [submission] = door.submit([workbook], workspace)
    row = pl.read_parquet(workspace.landing / submission.submission_ref / "submission.parquet").row(0, named=True)
    assert row["partnership_code"] == "kent" and row["as_at_date"] == "2026-09-30"
    assert (row["rows_accepted"], row["rows_quarantined"]) == (1, 1)
    assert row["submission_ref"] == f"kent-2026-09-30-{row['content_sha256'][:12]}"
    assert row["received_at"].endswith("+00:00")
    assert (
        json.loads((workspace.landing / row["submission_ref"] / "submission.json").read_text())["is_synthetic"] == "Y"
    )


def test_quarantine_says_where_and_why_and_holds_no_values(workspace, workbook):
    [submission] = door.submit([workbook], workspace)
    folder = workspace.landing / submission.submission_ref
    assert pl.read_parquet(folder / "quarantine.parquet").rows(named=True) == [
        {
            "submission_ref": submission.submission_ref,
            "return": "notifications",
            "source_file": "return.xlsx",
            "source_sheet": "notifications",
            "source_row": 3,
            "rules": "F02",
        }
    ]
    assert pl.read_parquet(folder / "findings.parquet")["rule"].to_list() == ["F02"]


def test_a_return_that_was_not_sent_lands_with_columns_and_no_rows(workspace, tmp_path):
    folder = write_csv_folder(tmp_path / "kent")
    (folder / "lcsprs.csv").unlink()
    [submission] = door.submit([folder], workspace)
    place = workspace.landing / submission.submission_ref
    assert pl.read_parquet(place / "lcsprs.parquet").height == 0
    assert pl.read_parquet(place / "submission.parquet")["returns_absent"].to_list() == ["lcsprs"]
    assert len(list((place / "original").iterdir())) == len(RETURNS) - 1


def test_the_same_content_twice_lands_once(workspace, workbook, tmp_path):
    copy = tmp_path / "another name.xlsx"
    shutil.copy(workbook, copy)
    states = [submission.state for submission in door.submit([workbook, copy], workspace)]
    again = [submission.state for submission in door.submit([workbook], workspace)]
    assert states == [LANDED, ALREADY_LANDED] and again == [ALREADY_LANDED]
    assert len(landed(workspace)) == 1


def test_different_content_of_one_day_lands_beside_the_first(workspace, tmp_path):
    paths = [
        write_workbook(tmp_path / f"{number}.xlsx", {"notifications": [{"sin_ref": f"SIN{number}"}]})
        for number in range(2)
    ]
    door.submit(paths, workspace)
    assert len(landed(workspace)) == 2


def test_a_failure_between_writing_and_renaming_leaves_nothing(workspace, workbook, monkeypatch):
    def crash(source, target):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(landing.os, "rename", crash)
        with pytest.raises(KeyboardInterrupt):
            door.submit([workbook], workspace)
    assert landed(workspace) == []

    [submission] = door.submit([workbook], workspace)
    assert submission.state == LANDED
    assert landed(workspace) == [submission.submission_ref]


def test_what_a_process_left_half_written_is_cleared_once_the_process_is_gone(workspace):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    stopped = workspace.landing / f"{landing.ARRIVING}kent.{landing._machine()}.{gone.pid}.ab12"
    running = workspace.landing / f"{landing.ARRIVING}kent.{landing._machine()}.{os.getpid()}.ab12"
    elsewhere = workspace.landing / f"{landing.ARRIVING}kent.another-machine.{gone.pid}.ab12"
    for folder in (stopped, running, elsewhere):
        folder.mkdir(parents=True)
    door.submit([], workspace)
    assert landed(workspace) == sorted([running.name, elsewhere.name])


def test_what_another_machine_left_half_written_is_cleared_once_it_is_old(workspace):
    old, new = workspace.landing / ".arriving-old.elsewhere.1.a", workspace.landing / ".arriving-new.elsewhere.2.a"
    for folder in (old, new):
        folder.mkdir(parents=True)
    hours_ago = time.time() - 2 * landing.ABANDONED_AFTER_SECONDS
    os.utime(old, (hours_ago, hours_ago))
    door.submit([], workspace)
    assert landed(workspace) == [new.name]


@pytest.mark.skipif(os.name == "nt", reason="modes do not apply there")
def test_only_the_owner_may_read_a_submission_and_its_originals(workspace, tmp_path):
    [submission] = door.submit([write_csv_folder(tmp_path / "kent")], workspace)
    folder = workspace.landing / submission.submission_ref
    for private in (folder, folder / "original"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    originals = list((folder / "original").iterdir())
    assert originals and all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in originals)


def test_the_hash_of_each_original_is_kept(workspace, tmp_path):
    sent = write_csv_folder(tmp_path / "kent")
    [submission] = door.submit([sent], workspace)
    about = json.loads((workspace.landing / submission.submission_ref / "submission.json").read_text())
    assert {one["name"]: one["sha256"] for one in about["original_files"]} == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sent.iterdir()
    }


def test_a_period_start_that_is_no_date_is_not_kept(workspace, tmp_path):
    path = write_workbook(tmp_path / "return.xlsx", {"submission": [{"period_start": "spring"}]})
    [submission] = door.submit([path], workspace)
    row = pl.read_parquet(workspace.landing / submission.submission_ref / "submission.parquet").row(0, named=True)
    assert row["period_start"] is None


def test_two_processes_landing_the_same_content_leave_one_copy(workspace, workbook, monkeypatch):
    rename = os.rename

    def other_was_first(source, target):
        shutil.copytree(source, target)
        rename(source, target)

    monkeypatch.setattr(landing.os, "rename", other_was_first)
    [submission] = door.submit([workbook], workspace)
    assert submission.state == ALREADY_LANDED
    assert landed(workspace) == [submission.submission_ref]


def test_a_bad_file_among_many_is_reported_and_the_others_land(workspace, workbook, tmp_path):
    (tmp_path / "bad.xlsx").write_bytes(b"")
    leeds = write_workbook(tmp_path / "leeds.xlsx", {"submission": [{"partnership_code": "leeds"}]})
    told = []
    submissions = door.submit([workbook, tmp_path / "bad.xlsx", leeds], workspace, lambda *said: told.append(said))
    assert [submission.state for submission in submissions] == [LANDED, REFUSED, LANDED]
    assert "the file is empty" in submissions[1].message
    assert told == [(1, 3, "return.xlsx"), (2, 3, "bad.xlsx"), (3, 3, "leeds.xlsx")]


def test_one_csv_file_cannot_be_submitted(workspace, tmp_path):
    folder = write_csv_folder(tmp_path / "kent")
    [submission] = door.submit([folder / "notifications.csv"], workspace)
    assert submission.state == REFUSED and "one return by itself" in submission.message
    assert landed(workspace) == []


def test_findings_that_are_landed_hold_no_free_text(workspace, tmp_path):
    rows = {"recommendations": [{"rec_text": "Jane Bloggs " * 400, "owner_role": "Jane Bloggs " * 20}]}
    [submission] = door.submit([write_workbook(tmp_path / "return.xlsx", rows)], workspace)
    findings = pl.read_parquet(workspace.landing / submission.submission_ref / "findings.parquet")
    assert findings.height == 2
    assert "Bloggs" not in repr(findings.rows())
