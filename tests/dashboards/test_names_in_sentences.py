"""A place in a sentence has the article that English gives it, on every page that names one."""

import re
from importlib import import_module

import pytest

from throughline.query import Query
from throughline.release import Viewer

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


def sentences(report):
    """Every sentence of a report in which a place may stand, but what is said of the curves of outcomes."""
    yield report.answer
    yield from (*report.warnings, *report.notices, *(one.words for one in report.onward))
    if report.elsewhere:
        yield report.elsewhere.why
    for found in report.findings:
        yield from (found.heading, found.measured, found.caveat, *found.notices)
        if found.name != "outcomes":
            yield from (chart.alternative for chart in found.charts)
        yield from (table.note for table in found.tables)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("viewer", [Viewer.panel(), Viewer.public(), Viewer.region(REGION)], ids=lambda one: one.role)
def test_a_region_has_its_article(made_up, page, viewer):
    report = import_module(f"throughline.analyses.{page}").analyse(made_up, viewer, Query(PAGES[page]))

    said = list(sentences(report))
    assert [one for one in said if BARE.search(one)] == []
    assert any("the East Midlands" in one for one in said)  # there is a place to be named
