"""From a comparison to a partnership, from there to its other pages and up again; a file keeps the names alone."""

import csv
import io
import re
from html import unescape

import polars as pl
import pytest
from made_up_release import partnerships_of, write_release
from test_elsewhere import client, links

from throughline.analyses import comparison_tables, partnership_profile, trail
from throughline.analyses.ended_partnerships import ended_in
from throughline.query import Query
from throughline.release import Release, Viewer, open_current
from throughline.report import Link
from throughline.wording import short_name

EAST = partnerships_of(("E12000004",))
CODE, NAME = EAST["partnership_code"][1], short_name(EAST["partnership_name"][1])


def test_each_name_of_a_comparison_leads_to_its_profile_in_the_same_release_and_order(reader):
    text = reader.get("/compare-partnerships?group=region:E12000004&show=words").text
    table = text[text.index('id="comparison-table"') :]
    leading = links(table[: table.index("</table>")])

    assert leading == {
        short_name(name): f"/profile?show=words&partnership={code}"
        for code, name in EAST.select("partnership_code", "partnership_name").iter_rows()
    }


def test_pooled_rows_lead_nowhere_and_a_file_holds_names_alone(reader):
    text = reader.get("/download/compare-partnerships/comparison.csv?group=region:E12000004").text
    names = [row["Partnership"] for row in csv.DictReader(io.StringIO(text))]

    assert names[:2] == ["England", "East Midlands together"]
    assert NAME in names and not any("profile" in name for name in names)


def test_a_partnership_that_has_ended_is_marked_and_leads_to_no_profile(tmp_path):
    release = open_current(write_release(tmp_path, ("E12000004",)))
    row = {"area_code": "pan_dorset", "area_name": "Pan-Dorset"}
    # A release that is older than its end knows the partnership as a current one.
    assert comparison_tables.name_of(row, release) == Link("Pan-Dorset", "/profile?partnership=pan_dorset")

    areas = release.areas()
    ended = areas.head(1).with_columns(
        area_type=pl.lit("partnership"), area_code=pl.lit("pan_dorset"), is_current=pl.lit(False)
    )
    pl.concat([areas, ended]).write_parquet(release.folder / "areas.parquet")
    later = release.folder.rename(release.folder.with_name("2026-12-31-later"))
    release = Release(later)

    assert ended_in(release) == {"pan_dorset": "December 2024"}
    assert comparison_tables.name_of(row, release) == "Pan-Dorset (to December 2024)"
    assert comparison_tables.name_of({"area_code": "leeds", "area_name": "Leeds"}, release) == Link(
        "Leeds", "/profile?partnership=leeds"
    )


def test_a_profile_leads_to_the_same_partnership_everywhere_and_up(reader):
    text = reader.get(f"/profile?partnership={CODE}").text
    onward = links(text[text.index('id="onward"') :].split("</nav>")[0])

    assert onward == {
        "Conversion": f"/conversion?area={CODE}",
        "Timeliness": f"/timeliness?area={CODE}",
        "Demographic recording": f"/demographic-recording?area={CODE}",
        "Recommendations": f"/recommendations?area={CODE}",
        f"{NAME} beside its statistical neighbours": f"/compare-partnerships?group=statistical_neighbours%3A{CODE}",
        f"{NAME} beside the others of the East Midlands": "/compare-partnerships?group=region%3AE12000004",
    }
    up = links(text[text.index("govuk-breadcrumbs") :].split("</nav>")[0])
    assert list(up.items()) == [("England", "/?area=E92000001"), ("East Midlands", "/?area=E12000004")]


@pytest.mark.parametrize("role", ["public", "panel", "region", "partnership"])
def test_a_way_onward_is_marked_exactly_where_its_page_shows_something_else(made_up_workspace, made_up, role):
    viewer = {
        "public": Viewer.public(),
        "panel": Viewer.panel(),
        "region": Viewer.region("E12000004"),
        "partnership": Viewer.partnership("county_durham"),
    }[role]
    reader = client(made_up_workspace, viewer)
    for link in trail.onward(made_up, viewer, CODE):
        text = reader.get(link.address).text

        assert "There is a problem" not in text
        assert ("app-instead" in text) == link.words.endswith("(nothing to show)")


def test_an_area_leads_up_to_its_region_and_england_on_the_same_page(reader):
    text = reader.get(f"/timeliness?area={CODE}").text
    up = links(text[text.index("govuk-breadcrumbs") :].split("</nav>")[0])

    assert list(up.items()) == [
        ("England", "/timeliness?area=E92000001"),
        ("East Midlands", "/timeliness?area=E12000004"),
    ]
    assert "govuk-breadcrumbs" not in reader.get("/timeliness").text


def test_ways_onward_belong_to_the_page_and_never_to_its_figures(made_up):
    report = partnership_profile.analyse(made_up, Viewer.panel(), Query({"partnership": CODE}))

    assert report.onward and not re.search("href", unescape(str(report.findings)))
