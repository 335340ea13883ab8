"""The tile map: every authority once, by how sure a difference is and never by value, and nothing that is hidden."""

import re
from collections import deque
from html import escape

import plotly.graph_objects as go
import polars as pl
import pytest
from made_up_release import RELEASE_ID, tile_map

from dashboards import findings
from throughline.analyses.compare_partnerships import analyse
from throughline.charts import tile_map as charts
from throughline.charts.svg_text import width_of
from throughline.charts.tile_looks import LOOKS
from throughline.query import Query
from throughline.release import Viewer, open_current
from throughline.wording.comparison_map import LOOK_IN_WORDS
from throughline.wording.standing import kind_of_standing
from throughline.workspace import PROJECT

TILES = pl.read_csv(PROJECT / "seeds" / "areas" / "authority_tiles.csv")
AUTHORITIES = pl.read_csv(PROJECT / "seeds" / "areas" / "local_authorities.csv", infer_schema=False)
APART = {"E06000046", "E06000053"}  # the Isle of Wight and the Isles of Scilly are islands
RATE = {"indicator": "NT2", "group": "region:E12000001", "period": "three_years:2024-2026"}


def map_of(release, viewer, **changes):
    report = analyse(release, viewer, Query({**RATE, **changes}))
    return next(one for one in report.findings if one.name == "map")


def rows_of(finding, table):
    found = next(one for one in finding.tables if one.name == table)
    return [[str(cell) for cell in row] for row in found.rows]


def test_every_authority_has_one_tile_and_no_two_share_a_place():
    assert TILES["new_la_code"].sort().to_list() == AUTHORITIES["new_la_code"].sort().to_list()
    assert TILES.unique(["tile_column", "tile_row"]).height == TILES.height == 153
    assert TILES["tile_name"].is_unique().all() and TILES["tile_name"].str.len_chars().max() <= 6


@pytest.mark.parametrize("region", AUTHORITIES["region_code"].unique().sort())
def test_a_region_is_in_one_piece_but_for_islands(region):
    here = TILES.join(AUTHORITIES, on="new_la_code").filter(
        (pl.col("region_code") == region) & ~pl.col("new_la_code").is_in(list(APART))
    )
    places = set(here.select("tile_column", "tile_row").iter_rows())
    reached, waiting = set(), deque([next(iter(places))])
    while waiting:
        column, row = waiting.popleft()
        if (column, row) in reached:
            continue
        reached.add((column, row))
        waiting.extend(beside(column, row) & places)

    assert reached == places


def beside(column, row):
    return {(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)}


def test_an_island_touches_no_tile():
    places = set(TILES.select("tile_column", "tile_row").iter_rows())
    islands = TILES.filter(pl.col("new_la_code").is_in(list(APART)))
    for column, row in islands.select("tile_column", "tile_row").iter_rows():
        assert not beside(column, row) & places


def test_joint_partnerships_have_tiles_side_by_side_but_for_cornwalls_islands():
    members = pl.read_csv(PROJECT / "seeds" / "areas" / "partnership_local_authorities.csv", infer_schema=False)
    current = members.filter(pl.col("valid_to").is_null()).join(TILES, on="new_la_code")
    for (code,), found in current.group_by("partnership_code"):
        places = set(found.select("tile_column", "tile_row").iter_rows())
        if len(places) > 1 and code != "cornwall_and_isles_of_scilly":
            assert all(beside(*place) & places for place in places), code


def test_a_tiles_letters_fit_it():
    widest = max(width_of(escape(name), charts.LETTERS["size"]) for name in TILES["tile_name"])

    assert widest <= charts.SIDE * (1 - 2 * charts.GAP)


def test_regions_keep_their_gap_and_no_tile_lies_over_another():
    placed = charts.with_places(TILES.join(AUTHORITIES, on="new_la_code"))
    squares = list(placed.select("region_code", "x", "y").iter_rows())
    for place, (region, x, y) in enumerate(squares):
        for other_region, other_x, other_y in squares[:place]:
            apart = max(abs(x - other_x), abs(y - other_y))
            assert apart >= (1 if region == other_region else 1.3) - 1e-9, (x, y, other_x, other_y)


@pytest.mark.parametrize("place", charts.LABELS.values())
def test_a_regions_name_begins_on_no_tile(place):
    placed = charts.with_places(TILES.join(AUTHORITIES, on="new_la_code"))

    assert placed.filter((pl.col("x") - place[0]).abs() < 0.5, (pl.col("y") - place[1]).abs() < 0.5).is_empty()


def test_north_lies_above_south_and_west_left_of_east():
    at = {code: (column, row) for code, column, row, _ in TILES.iter_rows()}
    newcastle, leeds, london, cornwall, kent = (
        at[code] for code in ("E08000021", "E08000035", "E09000001", "E06000052", "E10000016")
    )

    assert newcastle[1] < leeds[1] < london[1] < kent[1]
    assert cornwall[0] < london[0] and cornwall[0] < kent[0]


def test_the_map_tells_each_authority_once_with_the_words_of_the_table(made_up):
    found = map_of(made_up, Viewer.panel())
    figure = found.charts[0].figure
    said = [said for trace in figure.data if trace.hovertext for said in trace.hovertext]
    rows = rows_of(found, "map-table")

    assert sorted(words.split(":")[0] for words in said) == sorted(row[0] for row in rows)
    assert len(rows) == tile_map(("E12000001", "E12000004")).height
    for row in rows:
        assert any(words.startswith(f"{row[0]}: ") and words.endswith(row[-1]) for words in said), row


def test_what_has_no_figure_is_drawn_as_none_and_never_as_low(made_up):
    found = map_of(made_up, Viewer.panel())
    figure = found.charts[0].figure
    missing = {row[0] for row in rows_of(found, "map-table") if row[5].startswith("[")}
    without = [trace for trace in figure.data if trace.hovertext and trace.mode == "text"]

    assert missing
    assert {words.split(":")[0] for trace in without for words in trace.hovertext} == missing
    assert all(re.fullmatch(r"\[[a-z]\]", letter) for trace in without for letter in trace.text)


def test_the_public_map_shows_no_more_than_the_public_table(made_up):
    panel, public = (map_of(made_up, viewer, indicator="CV1") for viewer in (Viewer.panel(), Viewer.public()))
    hidden = [row[0] for row in rows_of(public, "map-table") if row[5] == "[c]"]

    assert hidden
    told = " ".join(words for chart in public.charts for trace in chart.figure.data for words in trace.hovertext or ())
    values = {row[0]: row[5] for row in rows_of(panel, "map-table")}
    for name in hidden:
        assert f"{name}: One or more of the counts is small" in told and f"{name}: {values[name]}" not in told


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ({"value": None, "standing": "lower_998"}, "none"),
        ({"value": 3.0, "standing": None}, "none"),
        ({"value": 3.0, "standing": "similar", "expected": 1.8}, "few"),
        ({"value": 3.0, "standing": "similar", "expected": 20.0}, "similar"),
        ({"value": 9.0, "standing": "higher_998", "expected": 20.0}, "higher_998"),
    ],
)
def test_a_tile_shows_how_sure_a_difference_is(row, kind):
    assert kind_of_standing(row, "per_100000_children") == kind and kind in LOOKS


def test_no_two_looks_differ_by_colour_alone():
    assert len({(look.symbol, look.fill == "#FFFFFF") for look in LOOKS.values()}) == len(LOOKS)


@pytest.mark.parametrize("name", charts.LABELS)
def test_each_regions_name_stands_beside_its_tiles(name):
    assert name in set(AUTHORITIES["region_code"])


def test_a_joint_partnerships_authorities_all_have_its_figure_and_are_not_to_be_added_up(made_up):
    found = map_of(made_up, Viewer.panel())
    rows = {row[0]: row for row in rows_of(found, "map-table")}

    assert rows["Derby"][2:] == rows["Derbyshire"][2:]
    assert "cannot be added up" in next(one for one in found.tables if one.name == "map-table").note


def test_another_regions_hidden_tiles_are_letters_and_never_a_standing(made_up):
    found = map_of(made_up, Viewer.region("E12000004"), indicator="CV2", period="year:2025")
    elsewhere = [row for row in rows_of(found, "map-table") if row[1] == "North East"]

    assert elsewhere and all(row[3:6] == ["[c]"] * 3 for row in elsewhere)
    assert not any("England by" in row[-1] for row in elsewhere)


@pytest.mark.parametrize(
    "viewer", [Viewer.public(), Viewer.region("E12000004"), Viewer.panel()], ids=lambda one: one.role
)
@pytest.mark.parametrize("period", ["year:2025", "three_years:2024-2026"])
def test_a_tile_has_a_number_only_where_the_release_gives_this_reader_one(made_up, viewer, period):
    kind, name = period.split(":")
    asked = {"indicator": "CV2", "breakdown": "total", "area_type": "partnership", "period_type": kind, "period": name}
    given = made_up.indicator_values(viewer, **asked)
    seen = set(given.filter(pl.col("numerator").is_not_null())["area_code"])
    found = map_of(made_up, viewer, indicator="CV2", period=period)
    tables = {one.name for one in found.tables}
    whose = dict(made_up.tile_map().select("la_name", "partnership_code").iter_rows())

    assert "map-table" in tables or not given["value"].drop_nulls().len()
    for row in rows_of(found, "map-table") if "map-table" in tables else ():
        assert any(letter.isdigit() for letter in row[3] + row[5]) == (whose[row[0]] in seen), row


def test_where_every_partnership_is_hidden_no_authority_is_drawn_and_it_is_said(made_up):
    found = map_of(made_up, Viewer.public(), indicator="DM5", period="year:2025")

    assert "map-chart" not in {chart.name for chart in found.charts}
    assert any("No partnership" in text for text in found.notices)


def test_the_key_names_the_chosen_group_and_every_look_that_is_drawn(made_up):
    found = map_of(made_up, Viewer.panel())
    key = dict(found.key)
    told = {row[-1] for table in ("map-table", "map-regions-table") for row in rows_of(found, table)}

    assert key.pop("tile-group") == "Outlined: North East"
    key.pop("tile-none", None)
    assert set(key.values()) == told & set(LOOK_IN_WORDS.values())


def test_a_partnership_that_had_not_begun_is_not_said_to_have_sent_nothing(small_release):
    found = map_of(small_release, Viewer.panel(), indicator="CV2", period="three_years:2021-2023")
    rows = {row[0]: row for row in rows_of(found, "map-table")}

    assert rows["Dorset"][-1] == "This partnership had not begun in that period" and rows["Dorset"][3] == "[z]"
    assert rows["Bristol, City of"][-1] == "No return was received"


def test_the_box_of_the_map_is_as_high_as_its_squares_make_it(made_up):
    (chart,) = (one for one in map_of(made_up, Viewer.panel()).charts if one.name == "map-chart")
    box = findings.graph(chart.name, chart.figure, chart.alternative)
    (left, right), (bottom, top) = chart.figure.layout.xaxis.range, chart.figure.layout.yaxis.range

    assert float(box.style["aspectRatio"]) == pytest.approx((right - left) / (bottom - top), abs=0.001)
    assert box.style["maxHeight"] == f"{chart.figure.layout.height}px"


def test_counts_are_not_mapped_and_the_page_says_why(made_up):
    found = map_of(made_up, Viewer.panel(), indicator="NT1")

    assert not found.charts and found.notices


def test_a_release_older_than_its_tiles_has_no_map_and_says_nothing_of_it(made_up_workspace, tmp_path):
    import shutil

    from throughline.workspace import Workspace

    shutil.copytree(made_up_workspace.root, tmp_path / "older", symlinks=True)
    older = Workspace(tmp_path / "older")
    (older.releases / RELEASE_ID / "tile_map.parquet").unlink()
    report = analyse(open_current(older), Viewer.panel(), Query(RATE))

    assert "map" not in [one.name for one in report.findings]


def test_the_heading_counts_who_differs_and_the_words_say_what_chance_would_give(made_up):
    found = map_of(made_up, Viewer.panel())
    differing = [row for row in rows_of(found, "map-table") if "by more than chance" in row[-1]]
    partnerships = {row[2] for row in differing}

    number = re.match(r"Map: (no|\d+)", found.heading)[1]
    assert (0 if number == "no" else int(number)) == len(partnerships)
    assert "chance" in found.notices[0]
    assert "no area on the ground" in found.caveat


def test_the_next_group_is_outlined_on_the_same_map_and_the_one_before_no_more(made_up):
    def outlined(group):
        finding = map_of(made_up, Viewer.panel(), group=group)
        outline = next(one for one in finding.charts[0].figure.data if one.line == go.scatter.Line(charts.CHOSEN))
        return list(outline.x), finding.key[-1], finding.tables

    first, key, tables = outlined("region:E12000001")
    then, other_key, same_tables = outlined("region:E12000004")

    assert tables == same_tables
    assert first != then and key != other_key
    assert outlined("region:E12000001")[0] == first
