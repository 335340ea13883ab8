"""Areas beside each other: every area by every measure, as the release flags them, and nothing that is hidden."""

import json

import polars as pl
import pytest
from made_up_release import write_release
from test_comparison import READERS

from tests.fixtures.heat_cells import is_shaded_or_marked
from throughline.analyses import overview, side_by_side
from throughline.charts.points import point_words
from throughline.query import Query
from throughline.release import RESTRICTED, Viewer, open_current

NORTH_EAST = "E12000001"
PLANTED = {
    ("NT2", "county_durham"): "higher_998",
    ("CV1", "county_durham"): "lower_998",
    ("CV1", "sunderland"): "lower_998",
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The made-up release, in which three figures of the North East differ, and one of England's is hidden."""
    workspace = write_release(tmp_path_factory.mktemp("planted"), (NORTH_EAST,))
    current = open_current(workspace)
    for path in (current.folder / "indicator_values.parquet", current.folder / RESTRICTED / "indicator_values.parquet"):
        rows = pl.read_parquet(path)
        for (indicator, code), standing in PLANTED.items():
            here = (pl.col("indicator") == indicator) & (pl.col("area_code") == code) & (pl.col("breakdown") == "total")
            compared = pl.lit(json.dumps({"england": standing}))
            rows = rows.with_columns(
                comparisons=pl.when(here & pl.col("value").is_not_null()).then(compared).otherwise("comparisons")
            )
        hidden = (pl.col("area_type") == "england") & (pl.col("indicator") == "TM4")
        numbers = ("numerator", "denominator", "value", "lower95", "upper95")
        rows.with_columns(
            *(pl.when(~hidden).then(pl.col(name)).alias(name) for name in numbers),
            status=pl.when(hidden).then(pl.lit("c")).otherwise("status"),
            reason=pl.when(hidden).then(pl.lit("confidential")).otherwise("reason"),
        ).write_parquet(path)
    return current


def shown(release, viewer, area):
    report = overview.analyse(release, viewer, Query({"area": area}))
    return next(one for one in report.findings if one.name == "side-by-side"), report


def rows_of(finding):
    """Every row of every table, with the measure that the table is of after the area's name."""
    return [
        [getattr(area, "words", area), table.caption.partition(", ")[0], *cells]
        for table in finding.tables
        for area, *cells in table.rows
    ]


def held(release, viewer, area_type, measure):
    found = release.indicator_values(
        viewer,
        indicator=measure.indicator,
        breakdown=measure.breakdown,
        area_type=area_type,
        period_type="three_years",
        period="2024-2026",
    )
    return found.with_columns(standing=pl.col("comparisons").str.json_path_match("$.england"))


def test_england_has_her_regions_and_a_region_its_partnerships(made_up):
    panel = Viewer.panel()
    regions, _ = shown(made_up, panel, "E92000001")
    partnerships, _ = shown(made_up, panel, NORTH_EAST)
    areas = made_up.areas()
    here = areas.filter(area_type="partnership", region_code=NORTH_EAST, is_current=True)

    names = list(dict.fromkeys(row[0] for row in rows_of(regions)))
    assert names[0] == "England"
    assert set(names[1:]) == set(areas.filter(area_type="region")["area_name"])
    assert names[1:] == sorted(names[1:])
    assert len(rows_of(partnerships)) == (here.height + 1) * len(side_by_side.LOOKED_AT)


def test_the_figures_that_differ_are_named_by_area_and_measure(planted):
    finding, _ = shown(planted, Viewer.panel(), NORTH_EAST)
    differing = {(row[1], row[0]): row[-1] for row in rows_of(finding) if "by more than chance: check" in row[-1]}

    assert set(differing) == {
        ("Notified per 100,000", "County Durham"),
        ("Referrals notified", "County Durham"),
        ("Referrals notified", "Sunderland"),
    }
    assert differing["Notified per 100,000", "County Durham"].startswith("Higher than England")
    assert finding.heading.startswith("3 of ")
    assert finding.notices[0].startswith(
        "Higher than England: County Durham (notified per 100,000). "
        "Lower than England: County Durham (referrals notified) and Sunderland (referrals notified)."
    )


def test_attention_counts_the_same_figures(planted):
    _, report = shown(planted, Viewer.panel(), NORTH_EAST)
    counted = {
        row[0].address.partition("indicator=")[2].partition("&")[0]: row[1]
        for row in report.findings[0].tables[0].rows
        if "indicator=" in row[0].address
    }

    assert counted == {"NT2": "1", "CV1": "2"}


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_a_reader_is_told_of_no_flag_that_the_release_does_not_show_them(planted, viewer):
    finding, _ = shown(planted, viewer, NORTH_EAST)
    seen = sum(
        int(
            held(planted, viewer, "partnership", one)
            .filter(pl.col("area_code").is_in(["county_durham", "sunderland"]) & pl.col("value").is_not_null())[
                "standing"
            ]
            .str.ends_with("998")
            .sum()
        )
        for one in side_by_side.LOOKED_AT
    )

    marked = [row for row in rows_of(finding) if "by more than chance: check" in row[-1]] if finding.tables else []
    assert len(marked) == seen


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("area", ["E92000001", NORTH_EAST])
def test_a_figure_that_this_reader_may_not_see_is_a_letter_in_table_and_drawing(made_up, viewer, area):
    finding, _ = shown(made_up, viewer, area)
    if not finding.charts:
        assert finding.notices and not finding.tables
        return
    area_type = "region" if area == "E92000001" else "partnership"
    here = made_up.areas().filter(area_type=area_type)
    here = here if area_type == "region" else here.filter(region_code=area, is_current=True)
    hidden = sum(
        held(made_up, viewer, kind, one)
        .filter(pl.col("area_code").is_in([*here["area_code"], "E92000001"]) & (pl.col("status") == "c"))
        .height
        for one in side_by_side.LOOKED_AT
        for kind in ("england", area_type)
    )
    # A region that is split has England in each drawing; the table has her once.
    again = (len(finding.charts) - 1) * sum(row[0] == "England" and row[4] == "[c]" for row in rows_of(finding))
    letters = [
        is_shaded_or_marked(chart.figure, x, y)
        for chart in finding.charts
        for text, x, y in zip(*(chart.figure.data[-2][name] for name in ("text", "x", "y")), strict=True)
        if text == "<b>[c]</b>"
    ]

    assert sum(row[4] == "[c]" for row in rows_of(finding)) == hidden
    assert letters == [False] * (hidden + again)


def test_a_large_region_is_drawn_in_parts_that_fit_a_page_each_below_england(made_up, monkeypatch):
    monkeypatch.setattr(side_by_side, "MOST_AREAS", 4)
    finding, _ = shown(made_up, Viewer.panel(), NORTH_EAST)
    whole = list(dict.fromkeys(row[0] for row in rows_of(finding)))
    parts = [[one.name for one in point_words(chart.figure)] for chart in finding.charts]

    assert len(whole) == 11 and [len(part) for part in parts] == [5, 5, 3]
    assert all(part[0] == "England" for part in parts)
    assert [name for part in parts for name in part[1:]] == whole[1:]
    assert [chart.title for chart in finding.charts] == [f"{part[1]} to {part[-1]}" for part in parts]
    assert len({chart.name for chart in finding.charts}) == 3


def test_the_longest_part_fits_a_printed_page(made_up):
    finding, _ = shown(made_up, Viewer.panel(), NORTH_EAST)
    one = finding.charts[0].figure.layout.height / len(point_words(finding.charts[0].figure))

    assert one * (side_by_side.MOST_AREAS + 1) < 1000  # pixels of A4 between its margins


def test_each_area_leads_on_and_england_nowhere(made_up):
    for area, path in (("E92000001", "/?area=E1"), (NORTH_EAST, "/profile?partnership=")):
        finding, _ = shown(made_up, Viewer.panel(), area)
        first, *others = [row[0] for row in finding.tables[0].rows]
        assert first == "England"
        assert all(one.address.startswith(path) for one in others)


def test_where_england_may_not_be_seen_the_table_says_why(planted):
    finding, _ = shown(planted, Viewer.panel(), NORTH_EAST)
    england = {row[1]: row[2:] for row in rows_of(finding) if row[0] == "England"}

    assert england["Local review in time"][:4] == ["[c]"] * 4
    assert england["Local review in time"][4] == "One or more of the counts is small, so this is not shown"
    assert england["Referrals notified"][4] == "Not compared: pooled figure"


def test_how_many_luck_would_flag_is_told_beside(made_up):
    finding, _ = shown(made_up, Viewer.panel(), "E92000001")

    assert "chance alone would be expected to flag" in finding.notices[0]
