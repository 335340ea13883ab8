"""The timeliness page for every reader: its clocks, its curves where they may be drawn, its list for some."""

import re
from datetime import date
from html import unescape

import dash
import polars as pl
import pytest
from made_up_release import partnerships_of

from dashboards.app import create_app
from throughline.analyses import overview, overview_attention
from throughline.analyses.measures import area_values
from throughline.analyses.open_reviews import MOST_CASES, cases
from throughline.analyses.scope import Scope
from throughline.analyses.timeliness import late_finding, open_finding, read_scope
from throughline.query import Query
from throughline.release import Viewer
from throughline.wording import timeliness as words

PATH = "/timeliness"
PARTNERSHIPS = partnerships_of(("E12000001", "E12000004"))
CODES = PARTNERSHIPS["partnership_code"].to_list()
FORCE = PARTNERSHIPS["police_force_code"][0]
READERS = [Viewer.public(), Viewer.region("E12000004"), Viewer.partnership(CODES[0]), Viewer.panel()]
CLOCKS = ["rapid_review", "local_review_signed_off", "local_review_published", "nothing"]


def words_of(text):
    """What a reader sees of a page's main part, without the lists to choose from."""
    main = text[text.index("<main") : text.index("</main>")]
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<select.*?</select>", "", main, flags=re.S)))


def said(made_up_workspace, viewer, query=""):
    return words_of(create_app(made_up_workspace, viewer).server.test_client().get(f"{PATH}?{query}").text)


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_every_area_period_and_clock_lays_out_for_every_reader(made_up_workspace, viewer):
    app = create_app(made_up_workspace, viewer)
    page = next(page for page in dash.page_registry.values() if page["path"] == PATH)
    with app.server.test_request_context(PATH):
        for place, area in enumerate(("", "E92000001", "E12000001", FORCE, CODES[0], CODES[-1], "nowhere")):
            for period in ("", "three_years:2021-2023", "year:2026", "year:2027"):
                tree = str(page["layout"](area=area, period=period, clock=CLOCKS[place % len(CLOCKS)]))
                assert "Are the steps taken in time" in tree
                assert "in time" in tree


def test_the_first_sentence_answers_with_cases(reader):
    assert re.search(
        r"In England in the three years ending March 2026, [\d,]+ of [\d,]+ notifications",
        words_of(reader.get(PATH).text),
    )


def test_a_partnership_sees_its_open_reviews_without_any_child(made_up_workspace):
    text = said(made_up_workspace, Viewer.partnership(CODES[0]))

    assert "LCSPR-00001" in text
    assert "120 days past" in text
    assert "Criminal investigation or trial and sign-off by partners" in text
    assert "In 6 days" in text
    assert "1 more open, and not due soon" in text
    assert "LCSPR-00004" not in text


def test_a_region_sees_its_partnerships_counts_with_links_and_no_case(made_up_workspace):
    region = PARTNERSHIPS["region_code"][0]
    text = create_app(made_up_workspace, Viewer.region(region)).server.test_client().get(PATH).text

    assert "LCSPR-0000" not in text
    assert f"area={CODES[0]}" in text
    assert "Reviews overdue or due soon by partnership" in text


def test_the_public_is_told_why_there_is_no_list(made_up_workspace):
    text = said(made_up_workspace, Viewer.public())

    assert "The list of open reviews is for those with a right to this area" in text
    assert "LCSPR-0000" not in text


def test_another_partnership_sees_no_list_of_the_first(made_up_workspace):
    text = said(made_up_workspace, Viewer.partnership(CODES[1]), f"area={CODES[0]}")

    assert "LCSPR-00001" not in text


@pytest.mark.parametrize("area", ["E92000001", "E12000001"])
def test_the_overviews_number_of_reviews_past_their_time_is_that_of_the_list_it_leads_to(made_up, area):
    scope = read_scope(made_up, Viewer.panel(), Query({"area": area}), ("TM4",), PATH)
    (matter,) = (
        one
        for one in overview_attention.matters(made_up, Viewer.panel(), overview.scope_of(made_up, area))
        if one.what == "Reviews open past their time"
    )
    found = open_finding(made_up, Viewer.panel(), scope)
    listed = sum(
        int(cell)
        for row in found.tables[0].rows
        for cell, column in zip(row, found.tables[0].columns, strict=True)
        if column.heading.endswith("overdue")
    )

    assert sum(int(number) for number in re.findall(r"\d+", found.heading)) == matter.number == listed
    assert "interval" not in found.measured and "Reference" not in found.caveat


def test_an_area_too_small_for_a_curve_says_so(made_up_workspace):
    text = said(made_up_workspace, Viewer.panel(), f"area={CODES[-1]}&clock=rapid_review")

    assert "fewer than 10 reviews of this clock" in text
    assert "Curves are made for England, regions and single partnerships" in said(
        made_up_workspace, Viewer.panel(), f"area={FORCE}"
    )


def test_the_public_sees_englands_curve_without_the_numbers_followed(made_up_workspace):
    text = said(made_up_workspace, Viewer.public(), "clock=rapid_review")

    assert "Still open (95% limits)" in text
    assert " Followed " not in text


def test_of_three_parts_that_add_up_none_is_shown_when_one_is_hidden(made_up, monkeypatch):
    """In time is what late and overdue leave of all that were due, so a hidden one must hide its fellows."""
    viewer, everything = Viewer.public(), Query({})
    scope = read_scope(made_up, viewer, everything, ("TM2",), PATH)
    held = dict(area_values(made_up, viewer, "TM4", scope.area_type, scope.area_code))
    place = (scope.area_type, "total", scope.period_type, scope.period)
    hidden = dict(held[place], numerator=None, denominator=None, value=None, status="c", reason="confidential")
    monkeypatch.setattr("throughline.analyses.measures.area_values", lambda *_: held | {place: hidden})

    finding = late_finding(made_up, viewer, scope, "local_review_published")

    assert finding.tables == ()
    assert finding.charts == ()
    assert "none of the three is shown" in finding.notices[0]


def test_what_is_due_on_the_day_of_the_return_itself_is_told_since_two_counts_differ_by_it():
    rows = pl.DataFrame({"days_past_due": [4, 0, 0, -3]})

    assert words.due_that_day(rows).startswith("2 reviews are due on the very day of the return")
    assert words.due_that_day(rows.head(2)).startswith("1 review is due")
    assert words.due_that_day(rows.head(1)) == ""


def test_a_list_of_open_reviews_that_a_page_cannot_hold_begins_with_the_longest_overdue_and_says_so():
    scope = Scope("partnership", CODES[0], "Its name", "year", "2026", False, True, (), ())
    rows = pl.DataFrame(
        {
            "record_ref": [f"LR-{number:03}" for number in range(MOST_CASES + 7)],
            "return_name": "lcsprs",
            "status": None,
            "due_state": "overdue",
            "days_past_due": list(range(MOST_CASES + 7)),
            "date_due": date(2026, 1, 1),
            "delay_reasons": None,
            "is_delay_told": None,
        }
    )
    table = cases(rows, scope)

    assert [row[0] for row in table.rows[:2]] == ["LR-056", "LR-055"] and len(table.rows) == MOST_CASES
    assert table.note.startswith("The first 50 of 57 are listed. 1 review is due on the very day of the return")
    assert "0 more open" in table.note
