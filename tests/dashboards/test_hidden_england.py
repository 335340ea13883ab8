"""Nothing is said of how a figure stands to one of England's, or another's, that its reader may not see."""

import shutil

import polars as pl
import pytest
from made_up_release import partnerships_of
from made_up_values import BLOCKS

from throughline.analyses import conversion, demographic_recording, timeliness
from throughline.analyses.comparison_view import read_view
from throughline.query import Query
from throughline.release import Viewer, open_current
from throughline.wording.standing import NO_ENGLAND, STANDING_IN_WORDS, TOO_FEW, kind_of_standing
from throughline.workspace import Workspace

CODE = partnerships_of(("E12000004",))["partnership_code"][-1]
READERS = [Viewer.public(), Viewer.region("E12000004"), Viewer.partnership(CODE)]
SAME_FIGURE = ["period_type", "period", "indicator", "breakdown"]
VERDICTS = {*STANDING_IN_WORDS.values(), TOO_FEW}


def beside_england(release, viewer):
    """Every figure that a reader sees but England's own, with the verdict on it and England's value."""
    rows = release.indicator_values(viewer).filter(pl.col("value").is_not_null())
    england = rows.filter(pl.col("area_type") == "england").select(*SAME_FIGURE, england="value")
    return (
        rows.filter(pl.col("area_type") != "england")
        .join(england, on=SAME_FIGURE, how="left")
        .with_columns(verdict=pl.col("comparisons").str.json_path_match("$.england"))
    )


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_a_verdict_beside_england_has_england_beside_it(made_up, viewer):
    rows = beside_england(made_up, viewer)

    assert rows.filter(pl.col("england").is_null() & pl.col("verdict").is_not_null()).is_empty()
    assert rows.filter(pl.col("verdict").is_not_null()).height > 100
    assert viewer.role == "public" or rows.filter(pl.col("england").is_null()).height > 100


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_so_it_has_where_the_public_file_of_an_older_release_still_holds_others(made_up_workspace, tmp_path, viewer):
    shutil.copytree(made_up_workspace.releases, tmp_path / "releases", symlinks=True)
    older = open_current(Workspace(tmp_path))
    file = older.folder / "indicator_values.parquet"
    pl.read_parquet(file).with_columns(comparisons=pl.lit('{"england": "lower_998"}')).write_parquet(file)
    rows = beside_england(older, viewer)

    assert rows.filter(pl.col("england").is_null() & pl.col("verdict").is_not_null()).is_empty()
    assert rows.filter(pl.col("verdict") == "lower_998").height > 100


@pytest.mark.parametrize("viewer", READERS[1:], ids=lambda viewer: viewer.role)
def test_so_has_one_beside_a_region_or_the_neighbours(made_up, viewer):
    rows = made_up.indicator_values(viewer)
    seen = rows.filter(pl.col("value").is_not_null()).select("area_type", "area_code", *SAME_FIGURE)
    region_of = made_up.areas().select("area_type", "area_code", "region_code")
    said = rows.join(region_of, on=["area_type", "area_code"], how="left")
    for name, area_type, code in (
        ("region", "region", "region_code"),
        ("neighbours", "statistical_neighbours", "area_code"),
    ):
        compared = said.filter(pl.col("comparisons").str.json_path_match(f"$.{name}").is_not_null())
        theirs = seen.filter(pl.col("area_type") == area_type).rename({"area_code": code})
        assert compared.join(theirs, on=[code, *SAME_FIGURE], how="anti").is_empty(), name


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_it_is_the_same_whatever_part_of_the_release_is_asked_for(made_up, viewer):
    keys = ["area_type", "area_code", *SAME_FIGURE]
    every = made_up.indicator_values(viewer).select(*keys, whole="comparisons")
    for narrowed in ({"area_type": "partnership"}, {"indicator": "TM7"}, {"area_codes": [CODE], "indicator": "DM1"}):
        part = made_up.indicator_values(viewer, **narrowed)
        both = part.join(every, on=keys)
        assert both.height == part.height > 0
        assert both.filter(~pl.col("comparisons").eq_missing(pl.col("whole"))).is_empty()


def test_hiding_england_leaves_the_other_verdicts(made_up):
    region, panel = (
        made_up.indicator_values(viewer, area_type="partnership", area_codes=[CODE]).sort(SAME_FIGURE)
        for viewer in (Viewer.region("E12000004"), Viewer.panel())
    )
    for name in ("region", "earlier"):
        path = f"$.{name}"
        said = region["comparisons"].str.json_path_match(path)
        assert said.equals(panel["comparisons"].str.json_path_match(path))
        assert said.drop_nulls().len()


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize(
    "question", [timeliness, conversion, demographic_recording], ids=lambda module: module.__name__
)
def test_no_table_gives_a_verdict_beside_a_hidden_england(made_up, viewer, question):
    not_compared = 0
    for area in ("E12000004", CODE):
        for block in BLOCKS:
            report = question.analyse(made_up, viewer, Query({"area": area, "period": f"three_years:{block}"}))
            for table in (table for finding in report.findings for table in finding.tables):
                headings = [column.heading for column in table.columns]
                if not {"England", "Compared with England"} <= set(headings):
                    continue
                for row in table.rows:
                    england, said = row[headings.index("England")], row[headings.index("Compared with England")]
                    assert not (england.startswith("[") and said in VERDICTS), (table.caption, row)
                    not_compared += said == NO_ENGLAND
    assert not_compared or viewer.role == "public"


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_no_dot_or_tile_is_marked_by_a_hidden_england(made_up, viewer):
    hidden = 0
    for indicator in ("TM4", "TM7", "DM1", "CV4"):
        for block in BLOCKS:
            asked = {"indicator": indicator, "period": f"three_years:{block}", "group": "region:E12000004"}
            view = read_view(made_up, viewer, Query(asked))
            if view.england_value is not None:
                continue
            hidden += 1
            assert not view.rows["differs"].any()
            assert {kind_of_standing(row, view.unit) for row in view.rows.iter_rows(named=True)} == {"none"}
    assert hidden
