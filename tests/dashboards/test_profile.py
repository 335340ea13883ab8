"""The partnership profile for each reader: the questions, what is hidden and that it says so."""

import json
import re

import polars as pl
import pytest
from made_up_release import partnerships_of
from test_comparison import READERS, nested_lists, words_of

from dashboards.app import create_app
from throughline.analyses import partnership_profile
from throughline.analyses.question_findings import overdue_finding
from throughline.analyses.questions import LEAD_CHILD, ONLY_BESIDE_ANOTHER
from throughline.query import Query
from throughline.release import Viewer
from throughline.wording.questions import overdue_heading, why_overdue
from throughline.wording.questions_found import HOW_CHOSEN

PATH = "/profile"
CODES = partnerships_of(("E12000001", "E12000004"))["partnership_code"].to_list()


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("code", CODES)
def test_every_partnership_has_a_profile_for_every_reader(made_up_workspace, made_up, viewer, code):
    report = partnership_profile.analyse(made_up, viewer, Query({"partnership": code}))

    assert not report.problems
    assert len([one for one in report.findings if one.name.startswith("question-")]) <= 5
    assert "luck alone would be expected" in report.answer or "you may see" in report.answer
    for finding in report.findings:
        assert finding.charts or finding.notices or finding.tables
        for table in finding.tables:
            assert all(len(row) == len(table.columns) for row in table.rows)
            assert all(cell != "" for row in table.rows for cell in row)
        assert all(len(chart.alternative) >= 40 for chart in finding.charts)


def test_whatever_the_comparison_flags_the_profile_asks_about_or_refuses_in_words(made_up):
    """A partnership that is told on one page to be different is never told on its profile that nothing is."""
    viewer, flags = Viewer.panel(), 0
    refused = {*ONLY_BESIDE_ANOTHER}
    for code in CODES:
        asked = partnership_profile.read_asked(made_up, viewer, code)
        candidates = {(one.kind, one.indicator, one.breakdown) for one in asked.found.candidates}
        for row in asked.own.filter(pl.col("status") == "ok").iter_rows(named=True):
            for kind, standing in json.loads(row["comparisons"] or "{}").items():
                if kind in {"england", "earlier"} and standing.endswith("_998"):
                    is_refused = row["indicator"] in refused or row["breakdown"].endswith(LEAD_CHILD)
                    assert is_refused or (kind, row["indicator"], row["breakdown"]) in candidates
                    flags += not is_refused

    assert flags >= 3
    told = " ".join(text for _, text in HOW_CHOSEN)
    assert "figures of the lead child alone" in told and "figures kept only to reconcile others" in told


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_the_page_lays_out(made_up_workspace, viewer):
    client = create_app(made_up_workspace, viewer).server.test_client()
    text = client.get(f"{PATH}?partnership={CODES[0]}").text

    assert "What should I ask this partnership?" in text
    assert "How the questions are chosen" in text


def test_what_is_open_past_its_time_is_asked_about_by_its_own_reference_and_nothing_of_a_child(reader):
    text = words_of(reader.get(f"{PATH}?partnership={CODES[0]}").text)

    assert "What is holding up the local review that is open past its time?" in text
    assert "1 local review is open past the time allowed" in text
    assert "LCSPR-00001" in text and "120 days past" in text
    assert "PARALLEL" not in text  # reasons stand in the list of open reviews alone


def test_a_question_about_open_reviews_has_its_chart_however_few_they_are(made_up):
    asked = partnership_profile.read_asked(made_up, Viewer.panel(), CODES[0])
    one = next(one for one in asked.found.chosen if one.kind == "overdue")
    finding = overdue_finding(asked, one, 1)

    assert max(asked.open_counts[one.indicator].values()) == 1
    assert len(finding.charts) == 1 and len(finding.tables[0].rows) == 1
    assert "1 local review is open" in finding.notices[0] and "Time allowed: 6 months" in finding.measured


def test_a_rapid_review_that_the_return_does_not_hold_is_never_said_to_have_begun(made_up):
    """The clock of a rapid review starts with the notification, whether anybody began it or not."""
    asked = partnership_profile.read_asked(made_up, Viewer.panel(), CODES[3])
    one = next(one for one in asked.found.chosen if one.kind == "overdue")
    finding = overdue_finding(asked, one, 1)
    (table,) = finding.tables

    assert finding.heading == "1. What became of the rapid review that is past its time and not in the return?"
    assert [column.heading for column in table.columns[:3]] == ["Reference", "Review", "Clock started"]
    assert table.rows[0][:2] == ("SIN-00005", "Rapid review, not begun")
    assert "ask whether one was held and is missing from the return" in finding.notices[0]
    assert "which step of a rapid review takes the time" not in finding.notices[0]
    said = f"{finding.charts[0].alternative} {finding.notices[0]} {finding.heading}"
    assert "clock started" in said and "begun" not in said


@pytest.mark.parametrize(
    ("overdue", "not_begun", "heading", "said"),
    [
        (3, 1, "What is holding up the rapid reviews that are open past their time?", "For 1 of those past their time"),
        (2, 2, "What became of the rapid reviews that are past their time and not in the return?", "For any of them"),
        (2, 0, "What is holding up the rapid reviews that are open past their time?", ""),
    ],
)
def test_what_is_asked_follows_what_the_return_holds(overdue, not_begun, heading, said):
    assert overdue_heading("TM2", overdue, not_begun) == heading
    assert said in why_overdue({"overdue": overdue}, "TM2", not_begun)
    assert ("missing from the return" in why_overdue({"overdue": overdue}, "TM2", not_begun)) == bool(not_begun)


def test_a_reader_without_a_right_is_told_so_and_sees_no_open_review(public_reader, reader):
    public = words_of(public_reader.get(f"{PATH}?partnership={CODES[0]}").text)

    assert "You see what is published about" in public
    assert "open past the time allowed" not in public and "LCSPR-00001" not in public
    assert "The state of its returns is not shown to you" in public
    assert "You see what is published about" not in words_of(reader.get(f"{PATH}?partnership={CODES[0]}").text)


def test_a_partnership_sees_its_own_in_full_and_another_as_everybody_does(made_up_workspace, made_up):
    viewer = Viewer.partnership(CODES[0])
    own, other = (partnership_profile.analyse(made_up, viewer, Query({"partnership": code})) for code in CODES[:2])
    public = partnership_profile.analyse(made_up, Viewer.public(), Query({"partnership": CODES[1]}))

    assert len(own.notices) == 1
    assert len(other.notices) == 2
    assert other.answer == public.answer


def test_a_partnership_opens_on_its_own_profile_and_a_region_on_one_of_its_own(made_up):
    east = partnerships_of(("E12000004",))["partnership_code"].to_list()

    own = partnership_profile.analyse(made_up, Viewer.partnership(CODES[3]), Query({}))
    region = partnership_profile.analyse(made_up, Viewer.region("E12000004"), Query({}))
    assert own.chosen == {"partnership": CODES[3]}
    assert region.chosen["partnership"] in east


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_the_first_of_a_list_is_never_taken_for_a_choice(made_up, viewer):
    bare = partnership_profile.analyse(made_up, viewer, Query({}))
    chosen = partnership_profile.analyse(made_up, viewer, Query({"partnership": bare.filters[0].chosen}))

    shown = next(one for one in bare.filters[0].choices if one.value == bare.filters[0].chosen)
    first = next(one for one in bare.filters[0].choices if one.group == shown.group)
    told = f"No partnership was chosen, so the first under its region stands here: {first.label}."
    assert any(told in notice for notice in bare.notices) == (viewer.role != "partnership")
    assert not any(told in notice for notice in chosen.notices)


def test_a_partnership_that_sent_nothing_has_no_zero(reader):
    text = reader.get(f"{PATH}?partnership={CODES[2]}").text
    table = text[text.index('id="timeline-table"') :]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table[: table.index("</table>")])

    assert cells and set(cells) == {"[x]"}
    assert "has sent no return" in text


def test_a_value_that_cannot_be_chosen_is_told(reader):
    assert "There is a problem" in reader.get(f"{PATH}?partnership=nobody").text


def test_no_part_holds_a_list_in_a_list(panel_app):
    import dash

    page = next(page for page in dash.page_registry.values() if page["path"] == PATH)
    with panel_app.server.test_request_context(PATH):
        assert not nested_lists(page["layout"](partnership=CODES[0]))
