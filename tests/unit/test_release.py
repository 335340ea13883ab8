"""Readers: which release is current, and what each viewer may see of it."""

import json
import threading
import time

import polars as pl
import pytest

from throughline import release
from throughline.release import Viewer
from throughline.workspace import Workspace

NUMBERS = ["denominator", "value", "lower95", "upper95", "lower998", "upper998", "immature", "excluded"]
TRUE = [
    ("england", "E92000001", 400.0, "ok"),
    ("region", "E12000003", 90.0, "ok"),
    ("region", "E12000008", 80.0, "c"),
    ("partnership", "leeds", 2.0, "c"),
    ("partnership", "kent", 3.0, "c"),
    ("partnership", "bury", None, "x"),
    ("police_force", "E23000010", 5.0, "c"),
    ("statistical_neighbours", "kent", 30.0, "c"),
    ("statistical_neighbours", "leeds", 4.0, "c"),
]


def long_rows(hide: bool) -> pl.DataFrame:
    """One row an area of a made-up release: true ones, or those of the public table."""
    rows = pl.DataFrame(TRUE, schema=["area_type", "area_code", "numerator", "public_status"], orient="row")
    is_number = (pl.col("public_status") == "ok") | ((pl.col("public_status") == "c") & (not hide))
    shown = pl.when(is_number).then(pl.col("numerator"))
    return rows.with_columns(
        numerator=shown,
        status=pl.when(is_number).then(pl.lit("ok")).otherwise("public_status"),
        reason=pl.when(~is_number).then(pl.lit("confidential")),
        public_reason=pl.lit(None, pl.String),
        indicator=pl.lit("NT1"),
        period_type=pl.lit("three_years"),
        period=pl.lit("2024-2026"),
        breakdown=pl.lit("total"),
        comparisons=pl.when(is_number).then(pl.lit("{}")),
        **{name: shown * 2 for name in NUMBERS},
    )


def make_release(workspace: Workspace, release_id: str) -> None:
    folder = workspace.releases / release_id
    (folder / "restricted").mkdir(parents=True)
    manifest = {"release_id": release_id, "as_at_date": "2026-09-30", "layout": release.LAYOUT}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    long_rows(hide=False).write_parquet(folder / "restricted" / "indicator_values.parquet")
    public = long_rows(hide=True).drop("public_status", "public_reason")
    public.write_parquet(folder / "indicator_values.parquet")
    pl.DataFrame(
        [
            ("england", "E92000001", None),
            ("region", "E12000003", "E12000003"),
            ("region", "E12000008", "E12000008"),
            ("partnership", "leeds", "E12000003"),
            ("partnership", "kent", "E12000008"),
            ("partnership", "bury", "E12000002"),
            ("police_force", "E23000010", "E12000003"),
            ("statistical_neighbours", "kent", None),
            ("statistical_neighbours", "leeds", None),
        ],
        schema=["area_type", "area_code", "region_code"],
        orient="row",
    ).write_parquet(folder / "areas.parquet")
    pl.DataFrame(
        [("statistical_neighbours", "kent", "bury"), ("statistical_neighbours", "leeds", "bury")],
        schema=["group_type", "group_code", "partnership_code"],
        orient="row",
    ).write_parquet(folder / "area_partnerships.parquet")
    pl.DataFrame({"indicator": ["NT1"], "unit": ["count"]}).write_parquet(folder / "indicators.parquet")
    pl.DataFrame({"partnership_code": ["leeds", "kent"], "days_past_due": [10, 20]}).write_parquet(
        folder / "restricted" / "open_reviews.parquet"
    )
    curve = pl.DataFrame(
        [("england", "E92000001", 0.5, 100), ("partnership", "kent", 0.25, 11)],
        schema=["area_type", "area_code", "share", "at_risk"],
        orient="row",
    )
    curve.write_parquet(folder / "restricted" / "review_curves.parquet")
    curve.head(1).with_columns(at_risk=pl.lit(None, pl.Int64)).write_parquet(folder / "review_curves.parquet")


@pytest.fixture
def workspace(tmp_path):
    workspace = Workspace(tmp_path)
    make_release(workspace, "first")
    release.point_to(workspace, "first")
    return workspace


def seen(workspace, viewer) -> dict:
    rows = release.open_current(workspace).indicator_values(viewer, indicator="NT1")
    return {
        (row["area_type"], row["area_code"]): (row["numerator"], row["status"]) for row in rows.iter_rows(named=True)
    }


def test_public_viewers_see_what_is_published_and_no_more(workspace):
    rows = seen(workspace, Viewer.public())
    assert {place for place, (number, _) in rows.items() if number is not None} == {
        ("england", "E92000001"),
        ("region", "E12000003"),
    }
    assert rows["partnership", "bury"] == (None, "x")
    assert rows["region", "E12000008"] == rows["partnership", "leeds"] == (None, "c")


def test_every_number_of_a_hidden_row_is_hidden(workspace):
    hidden = release.open_current(workspace).indicator_values(
        Viewer.public(), area_type="partnership", area_codes=["leeds"]
    )
    for name in ["numerator", *NUMBERS, "comparisons"]:
        assert hidden[name].to_list() == [None], name


def test_the_restricted_file_is_never_opened_for_the_public(workspace):
    for file in (workspace.releases / "first" / "restricted").iterdir():
        file.unlink()
    current = release.open_current(workspace)
    assert current.indicator_values(Viewer.public()).height == len(TRUE)
    assert current.by_area("review_curves", Viewer.public())["area_type"].to_list() == ["england"]


def test_a_region_sees_what_lies_inside_it_and_others_as_everybody_does(workspace):
    rows = seen(workspace, Viewer.region("E12000003"))
    assert rows["partnership", "leeds"] == (2, "ok") and rows["police_force", "E23000010"] == (5, "ok")
    assert rows["partnership", "kent"] == (None, "c") and rows["region", "E12000008"] == (None, "c")


def test_a_partnership_sees_itself_only(workspace):
    rows = seen(workspace, Viewer.partnership("kent"))
    assert rows["partnership", "kent"] == (3, "ok")
    assert rows["partnership", "leeds"] == rows["region", "E12000008"] == (None, "c")


def test_each_area_has_one_row_for_every_viewer(workspace):
    for viewer in (Viewer.public(), Viewer.panel(), Viewer.region("E12000003"), Viewer.partnership("kent")):
        rows = release.open_current(workspace).indicator_values(viewer)
        assert rows.height == len(TRUE) and rows.select("area_type", "area_code").is_unique().all()
        assert "public_reason" not in rows.columns


def test_pooled_neighbours_are_for_their_own_partnership_and_never_a_small_number(workspace):
    assert seen(workspace, Viewer.partnership("kent"))["statistical_neighbours", "kent"] == (30, "ok")
    assert seen(workspace, Viewer.partnership("leeds"))["statistical_neighbours", "leeds"] == (None, "c")  # a pool of 4
    assert seen(workspace, Viewer.partnership("leeds"))["statistical_neighbours", "kent"] == (None, "c")
    assert seen(workspace, Viewer.region("E12000008"))["statistical_neighbours", "kent"] == (None, "c")


def test_the_panel_sees_all(workspace):
    assert [status for _, status in seen(workspace, Viewer.panel()).values()].count("c") == 0


def test_restricted_tables_hold_only_the_viewers_own_rows(workspace):
    current = release.open_current(workspace)
    assert current.by_partnership("open_reviews", Viewer.public()).height == 0
    assert current.by_partnership("open_reviews", Viewer.partnership("kent"))["days_past_due"].to_list() == [20]
    assert current.by_partnership("open_reviews", Viewer.region("E12000003"))["days_past_due"].to_list() == [10]
    curves = current.by_area("review_curves", Viewer.partnership("kent"))
    assert dict(curves.select("area_code", "at_risk").iter_rows()) == {"kent": 11, "E92000001": None}


@pytest.mark.parametrize("name", ["indicator_values", "open_reviews", "review_curves", "restricted/indicator_values"])
def test_guarded_tables_cannot_be_read_without_saying_who_reads(workspace, name):
    with pytest.raises(PermissionError):
        release.open_current(workspace).table(name)


@pytest.mark.parametrize("name", ["indicator_values", "../areas"])
def test_no_other_file_can_be_asked_for_by_name(workspace, name):
    current = release.open_current(workspace)
    with pytest.raises(PermissionError):
        current.by_area(name, Viewer.panel())
    with pytest.raises(PermissionError):
        current.by_partnership(name, Viewer.panel())


def test_a_release_of_another_layout_is_not_read_as_if_it_were_this_one(workspace):
    manifest = workspace.releases / "first" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"layout": release.LAYOUT - 1}))
    with pytest.raises(release.NoRelease, match="throughline build"):
        release.open_current(workspace)


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
                assert current.indicator_values(Viewer.panel()).height == len(TRUE)
                read.add(current.release_id)
            except Exception as fault:
                faults.append(fault)

    readers = [threading.Thread(target=reader) for _ in range(2)]
    for thread in readers:
        thread.start()
    patience = time.monotonic() + 20
    turn = 0
    while turn < 200 or (len(read) < 2 and time.monotonic() < patience):
        release.point_to(workspace, ("first", "second")[turn % 2])
        turn += 1
    stop.set()
    for thread in readers:
        thread.join()
    assert not faults
    assert read == {"first", "second"}
