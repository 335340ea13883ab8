"""Sentences of every page stand on their own: a place has its article, and a letter of a table is said in words."""

import re
from importlib import import_module

import polars as pl
import pytest

from throughline.analyses import ended_partnerships
from throughline.query import Query
from throughline.release import Viewer
from throughline.wording.reasons import aloud

REGION = "E12000004"  # East Midlands
BARE = re.compile(r"\b(?:in|of|for|from|at|through|across) East Midlands\b|(?:^|\. )East Midlands (?:has|is|with)\b")
PAGES = {
    "overview": {"area": REGION},
    "notification_trends": {"area": REGION},
    "conversion": {"area": REGION},
    "timeliness": {"area": REGION},
    "demographic_recording": {"area": REGION},
    "recommendations": {"area": REGION},
    "compare_partnerships": {"indicator": "NT2", "group": f"region:{REGION}"},
    "partnership_profile": {"region": REGION},
}
READERS = [Viewer.panel(), Viewer.public(), Viewer.region(REGION)]
LETTER = re.compile(r"\[[a-z]\]")


def report_of(release, page, viewer):
    return import_module(f"throughline.analyses.{page}").analyse(release, viewer, Query(PAGES[page]))


def sentences(report):
    """Every sentence of a report in which a place may stand, but what is said of the curves of outcomes."""
    yield report.answer
    yield from (*report.warnings, *report.form_notices, *report.notices, *(one.words for one in report.onward))
    if report.elsewhere:
        yield report.elsewhere.why
    for found in report.findings:
        yield from (found.heading, found.measured, found.caveat, *found.notices)
        if found.name != "outcomes":
            yield from (chart.alternative for chart in found.charts)
        yield from (table.note for table in found.tables)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("viewer", READERS, ids=lambda one: one.role)
def test_a_region_has_its_article(made_up, page, viewer):
    said = list(sentences(report_of(made_up, page, viewer)))

    assert [one for one in said if BARE.search(one)] == []
    assert any("the East Midlands" in one for one in said)  # there is a place to be named


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("viewer", READERS, ids=lambda one: one.role)
def test_no_text_alternative_holds_a_letter_that_only_a_table_explains(made_up, page, viewer):
    charts = [chart for found in report_of(made_up, page, viewer).findings for chart in found.charts]

    assert [chart.alternative for chart in charts if LETTER.search(chart.alternative)] == []


def test_a_letter_is_read_aloud_as_words():
    assert aloud("[c]") == "not shown"
    assert aloud("1 of 4 [u]") == "1 of 4, not reliable"
    assert aloud("84.6%") == "84.6%"


def test_the_small_drawings_have_a_finding_for_their_heading(made_up):
    headings = {one.name: one.heading for one in report_of(made_up, "compare_partnerships", Viewer.panel()).findings}

    assert "yearly change" in headings["trends"] and "chance" in headings["trends"]


def test_a_partnership_that_has_ended_is_marked_as_every_list_of_them_has_it(made_up, monkeypatch):
    monkeypatch.setattr(ended_partnerships, "ended_in", lambda release: {"old": "March 2019"})
    rows = pl.DataFrame({"area_code": ["old", "new"], "area_name": ["Pan-Dorset", "Dorset"]})

    assert ended_partnerships.marked(made_up, rows)["area_name"].to_list() == ["Pan-Dorset (to March 2019)", "Dorset"]
