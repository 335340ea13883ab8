"""Readers: which release is current, and what each viewer may see of it."""

import json
import threading

import polars as pl
import pytest

from throughline import release
from throughline.release import Viewer
from throughline.workspace import Workspace


def make_release(workspace: Workspace, release_id: str) -> None:
    folder = workspace.releases / release_id
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"release_id": release_id, "as_at_date": "2026-09-30"}))
    pl.DataFrame(
        [
            ("england", "E92000001", 40.0, "ok"),
            ("region", "E12000003", 9.0, "ok"),
            ("partnership", "leeds", 2.0, "ok"),
            ("partnership", "kent", 3.0, "ok"),
            ("partnership", "bury", None, "x"),
            ("police_force", "E23000010", 5.0, "ok"),
        ],
        schema=["area_type", "area_code", "numerator", "status"],
        orient="row",
    ).with_columns(
        pl.lit("CV2").alias("indicator"),
        pl.lit("year").alias("period_type"),
        pl.lit("2026").alias("period"),
        pl.lit("total").alias("breakdown"),
        pl.lit("{}").alias("comparisons"),
        *(pl.col("numerator").alias(name) for name in ["denominator", *release.NUMBERS[2:], *release.COUNTS]),
    ).write_parquet(folder / "indicator_values.parquet")
    pl.DataFrame(
        [
            ("partnership", "leeds", "E12000003"),
            ("partnership", "kent", "E12000008"),
            ("local_authority", "E08000035", "E12000003"),
        ],
        schema=["area_type", "area_code", "region_code"],
        orient="row",
    ).write_parquet(folder / "areas.parquet")


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace(tmp_path)
    make_release(workspace, "first")
    release.point_to(workspace, "first")
    return workspace


def seen(workspace, viewer) -> dict:
    rows = release.open_current(workspace).indicator_values(viewer, indicator="CV2")
    return {row["area_code"]: (row["numerator"], row["status"]) for row in rows.iter_rows(named=True)}


def test_public_viewers_see_england_and_regions_and_no_smaller_area(workspace):
    assert seen(workspace, Viewer.public()) == {
        "E92000001": (40, "ok"),
        "E12000003": (9, "ok"),
        "leeds": (None, "c"),
        "kent": (None, "c"),
        "bury": (None, "x"),
        "E23000010": (None, "c"),
    }


def test_every_number_of_a_hidden_row_is_hidden(workspace):
    hidden = release.open_current(workspace).indicator_values(Viewer.public(), area_codes=["leeds"])
    for name in [*release.NUMBERS, *release.COUNTS, "comparisons"]:
        assert hidden[name].to_list() == [None], name


def test_a_region_sees_its_own_partnerships_only(workspace):
    rows = seen(workspace, Viewer.region("E12000003"))
    assert rows["leeds"] == (2, "ok") and rows["kent"] == (None, "c")


def test_a_partnership_sees_itself_only(workspace):
    rows = seen(workspace, Viewer.partnership("kent"))
    assert rows["kent"] == (3, "ok") and rows["leeds"] == (None, "c")


def test_the_panel_sees_all(workspace):
    assert [status for _, status in seen(workspace, Viewer.panel()).values()].count("c") == 0


def test_guarded_tables_cannot_be_read_without_saying_who_reads(workspace):
    with pytest.raises(PermissionError):
        release.open_current(workspace).table("indicator_values")


@pytest.mark.parametrize("text", ["", "panel:E12000003", "region", "partnership:", "everybody"])
def test_a_viewer_that_is_not_understood_is_refused(text):
    with pytest.raises(ValueError, match="write public, panel"):
        Viewer.from_text(text)


def test_without_a_release_the_reader_is_told_how_to_make_one(tmp_path):
    with pytest.raises(release.NoRelease, match="throughline demo"):
        release.open_current(Workspace(tmp_path))


def test_the_pointer_cannot_be_moved_to_a_release_that_is_not_whole(workspace):
    (workspace.releases / "half").mkdir()
    with pytest.raises(release.NoRelease):
        release.point_to(workspace, "half")
    assert release.open_current(workspace).release_id == "first"


def test_readers_always_find_a_whole_release_while_the_pointer_moves(workspace):
    make_release(workspace, "second")
    stop, faults, read = threading.Event(), [], set()

    def reader():
        while not stop.is_set():
            try:
                current = release.open_current(workspace)
                assert current.indicator_values(Viewer.panel()).height == 6
                read.add(current.release_id)
            except Exception as fault:
                faults.append(fault)

    readers = [threading.Thread(target=reader) for _ in range(2)]
    for thread in readers:
        thread.start()
    for turn in range(200):
        release.point_to(workspace, ("first", "second")[turn % 2])
    stop.set()
    for thread in readers:
        thread.join()
    assert not faults
    assert read == {"first", "second"}
