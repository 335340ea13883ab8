"""The conversion page for every reader: it answers first, and says why what is not shown is not."""

import re
import shutil
from html import unescape

import dash
import pytest
from made_up_marts import areas_of
from made_up_release import partnerships_of

from dashboards.app import create_app
from throughline.release import Viewer
from throughline.workspace import Workspace

PATH = "/conversion"
PARTNERSHIPS = partnerships_of(("E12000001", "E12000004"))
CODES = PARTNERSHIPS["partnership_code"].to_list()
WITH_CURVES = [code for kind, code, _ in areas_of(PARTNERSHIPS) if kind == "partnership"]
READERS = [Viewer.public(), Viewer.region("E12000004"), Viewer.partnership(CODES[0]), Viewer.panel()]
FORCE = PARTNERSHIPS["police_force_code"][0]
AREAS = ["", "E92000001", "E12000001", FORCE, CODES[0], CODES[-1], "nowhere"]


def words_of(text):
    """What a reader sees of a page's main part, without the lists to choose from."""
    main = text[text.index("<main") : text.index("</main>")]
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<select.*?</select>", "", main, flags=re.S)))


def said(made_up_workspace, viewer, query=""):
    return words_of(create_app(made_up_workspace, viewer).server.test_client().get(f"{PATH}?{query}").text)


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_every_area_and_period_lays_out_for_every_reader(made_up_workspace, viewer):
    app = create_app(made_up_workspace, viewer)
    page = next(page for page in dash.page_registry.values() if page["path"] == PATH)
    with app.server.test_request_context(PATH):
        for area in AREAS:
            for period in ("", "three_years:2021-2023", "year:2026", "year:2027", "year:1900"):
                tree = str(page["layout"](area=area, period=period))
                assert "How often does one step lead to the next?" in tree
                assert "None of the" in tree or "No step" in tree or "led to" in tree, (area, period)
                assert "nan" not in tree.replace("financ", ""), (area, period)


def test_the_first_sentence_answers_with_the_cases_of_each_step(reader):
    text = words_of(reader.get(PATH).text)

    assert re.search(r"In England in the three years ending March 2026, [\d,]+ of [\d,]+ referrals \(", text)
    assert "Rapid review to national review" in text


def test_a_reader_starts_at_the_own_area(made_up_workspace):
    assert "In the East Midlands in the" in said(made_up_workspace, Viewer.region("E12000004"))
    assert "beside England" not in said(made_up_workspace, Viewer.panel())


def test_the_public_is_told_why_there_are_no_curves_and_no_small_areas(made_up_workspace):
    text = said(made_up_workspace, Viewer.public())

    assert "No curves of what notifications came to can be drawn for England" in text
    assert "a step in a curve is a single child's case" in text
    assert "Not in the list of areas:" in text
    assert "police force area" in text


def test_an_area_that_may_not_be_chosen_is_a_message_and_not_a_figure(made_up_workspace):
    app = create_app(made_up_workspace, Viewer.public()).server.test_client()
    unknown, hidden = (app.get(f"{PATH}?area={area}").text for area in ("nowhere", FORCE))

    assert "There is a problem" in unknown
    assert "The area in the address is not one that can be chosen" in unknown
    assert "There is a problem" not in hidden
    assert "on this page are not shown to you: each count could point to a child" in hidden
    for text in (unknown, hidden):
        assert "Not in the list of areas:" in text
        assert re.search(r"<option[^>]*selected[^>]*>England</option>", text)


def test_curves_are_drawn_with_open_cases_for_those_with_a_right(made_up_workspace):
    text = said(made_up_workspace, Viewer.region("E12000001"))

    assert "No outcome yet" in text
    assert "Still followed (notifications)" in text


def test_a_curve_of_a_month_is_not_drawn_since_it_would_be_read_as_what_became_of_all(made_up_workspace):
    text = said(made_up_workspace, Viewer.partnership(CODES[0]))

    assert CODES[0] in WITH_CURVES
    assert "it would end at 1 month, after which fewer than 10 notifications" in text
    assert "to nothing yet" not in text and "outcome-lcspr" not in text


def test_an_area_without_curves_says_that_too_few_were_followed(made_up_workspace):
    without = next(code for code in CODES if code not in WITH_CURVES)

    assert "fewer than 10 notifications" in said(made_up_workspace, Viewer.panel(), f"area={without}")
    assert "not for police force areas" in said(made_up_workspace, Viewer.panel(), f"area={FORCE}")


def test_a_period_that_is_not_over_is_marked(reader):
    assert "This period is not over" in words_of(reader.get(f"{PATH}?period=year:2027").text)
    assert "This period is not over" not in words_of(reader.get(PATH).text)


def test_what_the_release_does_not_hold_is_said(reader):
    text = words_of(reader.get(PATH).text)

    assert "What this release does not hold" in text
    assert "What local learning changed" in text


def test_what_lay_behind_decisions_is_told_to_those_with_a_right(made_up_workspace):
    text = said(made_up_workspace, Viewer.partnership(CODES[0]))

    assert "“Learning already captured” is given for 3 of 4 first decisions against a local review" in text
    assert "“Recurrent theme” is given for 1 of 2 first decisions for a local review" in text
    assert "1 of 4 decisions changed after the Panel answered" in text
    assert re.search(r"Wanted a local review\s+No local review\s+Local review\s+1\s", text)
    assert re.search(r"Agreed\s+No local review\s+Unchanged\s+3\s", text)
    assert "1 decision is answered and not confirmed yet, and in no share." in text
    assert "Who did not agree is named for 1 of 2 triage decisions with dissent" in text
    assert "“Harm was not serious” is the main reason for 4 of 5 incidents that did not meet the criteria" in text
    assert "Learning is recorded from 1 of 2 incidents sent to local learning" in text


def test_the_panel_sees_englands_reasons_beside_an_areas(made_up_workspace):
    app = create_app(made_up_workspace, Viewer.panel()).server.test_client()
    text = app.get(f"{PATH}?area={CODES[0]}").text
    table = text[text.index('id="reasons-against-table"') :].split("</table>")[0]

    assert "England" in table and "75.0%" in table and "3 of 4" in table

    own = create_app(made_up_workspace, Viewer.partnership(CODES[0])).server.test_client().get(PATH).text
    assert "England" not in own[own.index('id="reasons-against-table"') :].split("</table>")[0]


@pytest.mark.parametrize("viewer", [Viewer.public(), Viewer.region("E12000004")], ids=lambda viewer: viewer.role)
def test_those_without_a_right_are_told_why_and_see_no_reason(made_up_workspace, viewer):
    text = said(made_up_workspace, viewer, "area=E92000001")

    assert "Why decisions were made, and what changed after the Panel's answer, is not shown for England" in text
    assert "in small areas a count may be one child's case" in text
    assert "Learning already captured" not in text and "Recurrent theme" not in text


def test_the_curves_name_their_cases_which_are_fewer_than_all_notifications(made_up_workspace):
    text = said(made_up_workspace, Viewer.panel(), "area=E92000001")

    cases = "notifications that are the Panel's to consider, less duplicates and care leavers' deaths, that had come to"
    assert cases in text


def test_an_area_without_any_decision_says_so(made_up_workspace):
    text = said(made_up_workspace, Viewer.panel(), f"area={FORCE}")

    assert "No first decision was against a local review in" in text
    assert "No incident in" in text and "was sent to local learning" in text
    assert "there are no cases to count" in text


def test_a_release_made_before_decisions_were_counted_still_answers(made_up_workspace, tmp_path):
    older = shutil.copytree(made_up_workspace.root, tmp_path / "older", symlinks=True)
    for file in older.rglob("rapid_review_decisions.parquet"):
        file.unlink()
    for viewer in (Viewer.panel(), Viewer.public()):
        text = said(Workspace(older), viewer)
        assert "This release was made before reasons, changes, dissent and learning were counted" in text
        assert "led to a notification" in text
