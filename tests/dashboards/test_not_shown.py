"""What a reader may not see stands in one list with its reasons, after everything that is shown."""

import re
from html import unescape

import pytest
from made_up_release import partnerships_of
from test_elsewhere import client

from throughline.analyses import conversion, demographic_recording, recommendations, timeliness
from throughline.query import Query
from throughline.release import Viewer

ANALYSES = [conversion, timeliness, demographic_recording, recommendations]
CODES = partnerships_of(("E12000001",))["partnership_code"].to_list()


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda one: one.TOPIC)
def test_nothing_is_withheld_from_whoever_has_a_right(made_up, analysis):
    for area in ("E92000001", "E12000001", CODES[0]):
        withheld = analysis.analyse(made_up, Viewer.panel(), Query({"area": area})).withheld

        assert all("not yours" not in one.heading for one in withheld)
        assert not {"evidence", "chains", "change", "ladder", "open", "curve", "outcomes"} & {
            one.name for one in withheld
        }


@pytest.mark.parametrize("analysis", ANALYSES, ids=lambda one: one.TOPIC)
@pytest.mark.parametrize("area", ["E92000001", "E12000001"])
def test_what_is_withheld_holds_no_figure_and_says_why(made_up, analysis, area):
    report = analysis.analyse(made_up, Viewer.public(), Query({"area": area}))

    # Of England's made-up timeliness everything is published.
    assert report.withheld or (analysis, area) == (timeliness, "E92000001")
    assert len(report.shown) + len(report.withheld) == len(report.findings)
    for one in report.withheld:
        assert not one.charts and one.notices
        assert not re.search(r"\d", one.heading)


def test_the_list_stands_after_every_finding_that_is_shown_and_counts_its_lines(made_up_workspace, made_up):
    text = client(made_up_workspace, Viewer.public()).get("/recommendations").text
    report = recommendations.analyse(made_up, Viewer.public(), Query({}))
    number = len(report.withheld)
    place = text.index(f">Not shown to you here ({number}), and why</h2>")
    told = text[place : text.index("</section>", place)]

    assert told.count("<li>") == number
    for one in report.withheld:
        assert one.heading in unescape(told) and one.notices[-1] in unescape(told)
        assert text.count(f'id="{one.name}-title"') == 1
        assert f'href="#{one.name}-title"' not in text
    assert all(text.index(f'id="{one.name}-title"') < place for one in report.shown)
    assert 'href="#not-shown"' in text


def test_a_reader_from_whom_nothing_is_withheld_sees_no_such_list(made_up_workspace, made_up):
    address = f"/recommendations?area={CODES[0]}"
    assert not recommendations.analyse(made_up, Viewer.panel(), Query({"area": CODES[0]})).withheld
    assert "Not shown to you here" not in client(made_up_workspace, Viewer.panel()).get(address).text
