"""The house: dbt's own unit tests, and the promises that a build makes to those who read while it runs."""

import json
import os
import shutil
import subprocess
import sys
import threading

import pytest

from throughline import build, release
from throughline.workspace import PROJECT, Workspace


@pytest.fixture
def copied_workspace(small_workspace, tmp_path):
    """A workspace of the test's own, so that it may break things."""
    shutil.copytree(small_workspace.root, tmp_path / "copy", symlinks=True)
    return Workspace(tmp_path / "copy")


def run_dbt(workspace, *arguments):
    data = workspace.root / "data"
    return subprocess.run(
        [
            *(sys.executable, "-c", "from dbt.cli.main import cli; cli()", *arguments),
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
            *("--target-path", str(data / "target"), "--log-path", str(data / "logs")),
        ],
        cwd=PROJECT,
        env=os.environ
        | {"THROUGHLINE_WAREHOUSE": str(workspace.warehouse), "THROUGHLINE_LANDING": str(workspace.landing)},
        capture_output=True,
        text=True,
    )


def test_every_worked_example_beside_a_model_holds(copied_workspace):
    done = run_dbt(copied_workspace, "test", "--select", "test_type:unit")
    assert done.returncode == 0, done.stdout[-4000:]
    assert "PASS=0" not in done.stdout


def test_every_model_says_its_grain_first():
    described = {}
    for file in (PROJECT / "models").rglob("*.yml"):
        import yaml

        for model in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("models", []):
            described[model["name"]] = model.get("description", "").strip()
    models = {path.stem for path in (PROJECT / "models").rglob("*") if path.suffix in (".sql", ".py")}
    assert models == set(described)
    assert [name for name, text in described.items() if not text.startswith("One row per ")] == []


def test_readers_are_served_while_a_build_runs(copied_workspace):
    before = release.open_current(copied_workspace).release_id
    seen, faults, stop = [], [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                current = release.open_current(copied_workspace)
                rows = current.indicator_values(release.Viewer.panel(), indicator="NT1", area_type="england")
                assert rows.height > 0
                seen.append(current.release_id)
            except Exception as fault:
                faults.append(fault)
            stop.wait(0.01)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        made = build.build(copied_workspace)
        stop.wait(0.2)
    finally:
        stop.set()
        reader.join()
    assert not faults
    assert seen[0] == before and seen[-1] == made.release_id
    assert len(set(seen)) == 2


def test_the_same_inputs_give_the_same_bytes(copied_workspace):
    before = release.open_current(copied_workspace)
    after = build.build(copied_workspace)
    files = [file.relative_to(before.folder) for file in before.folder.rglob("*.parquet")]
    assert len(files) > 20
    for file in files:
        assert (before.folder / file).read_bytes() == (after.folder / file).read_bytes(), file


def test_restricted_files_are_for_their_owner_alone(small_release):
    restricted = small_release.folder / "restricted"
    assert restricted.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in restricted.iterdir())


def test_nothing_changed_means_nothing_to_build(small_workspace):
    assert build.is_up_to_date(small_workspace)


def test_one_more_submission_means_there_is_something_to_build(copied_workspace):
    (copied_workspace.landing / "leeds-2026-12-31-0123456789ab").mkdir()
    assert not build.is_up_to_date(copied_workspace)


def test_a_release_says_what_went_into_it(small_release, small_workspace):
    manifest = small_release.manifest
    landed = sorted(folder.name for folder in small_workspace.landing.glob("[!.]*"))
    assert manifest["submissions"] == landed
    assert manifest["is_synthetic"] is True
    assert manifest["rows"]["areas"] == small_release.areas().height
    assert manifest["versions"]["duckdb"] and manifest["versions"]["python"]


def test_building_from_nothing_says_what_to_do(tmp_path):
    with pytest.raises(build.BuildFailed, match="throughline submit"):
        build.build(Workspace(tmp_path))


def test_a_release_holds_no_reference_to_a_case(small_release, small_workspace):
    """No incident, notification, review or recommendation of a return is named in anything that readers reach."""
    import polars as pl

    references = set()
    for folder in small_workspace.landing.glob("[!.]*"):
        for name, column in [("notifications", "sin_ref"), ("referrals", "incident_ref"), ("rapid_reviews", "rr_ref")]:
            references |= set(pl.read_parquet(folder / f"{name}.parquet")[column])
    for file in small_release.folder.glob("*.parquet"):
        for column in pl.read_parquet(file).select(pl.col(pl.String)).iter_columns():
            assert not references & set(column.drop_nulls()), (file.name, column.name)
    assert not any(reference in json.dumps(small_release.manifest) for reference in list(references)[:500])
