"""The recording page for every reader: the ladder for those with a right, refusals in words, and the shares of all."""

import re
from html import unescape

import dash
import pytest
from made_up_marts import REFUSED
from made_up_release import partnerships_of

from dashboards.app import create_app
from throughline.analyses.demographic_recording import analyse
from throughline.query import Query
from throughline.release import Viewer
from throughline.wording.recording import CHARACTERISTICS

PATH = "/demographic-recording"
PARTNERSHIPS = partnerships_of(("E12000001", "E12000004"))
CODES = PARTNERSHIPS["partnership_code"].to_list()
FORCE = PARTNERSHIPS["police_force_code"][0]
PLACES = [("", ""), ("E12000001", "year:2026"), (FORCE, ""), (CODES[0], "year:2027"), ("nowhere", "never")]
READERS = [Viewer.public(), Viewer.region("E12000004"), Viewer.partnership(CODES[0]), Viewer.panel()]


def words_of(text):
    """What a reader sees of a page's main part, without the lists to choose from."""
    main = text[text.index("<main") : text.index("</main>")]
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<select.*?</select>", "", main, flags=re.S)))


def said(made_up_workspace, viewer, query=""):
    return words_of(create_app(made_up_workspace, viewer).server.test_client().get(f"{PATH}?{query}").text)


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_every_characteristic_area_and_period_lays_out_for_every_reader(made_up_workspace, viewer):
    app = create_app(made_up_workspace, viewer)
    page = next(page for page in dash.page_registry.values() if page["path"] == PATH)
    with app.server.test_request_context(PATH):
        for characteristic in (*CHARACTERISTICS, "nothing"):
            for area, period in (
                ("", ""),
                ("E12000001", "year:2026"),
                (FORCE, ""),
                (CODES[0], "year:2027"),
                ("x", "y"),
            ):
                tree = str(page["layout"](area=area, period=period, characteristic=characteristic))
                assert "Were children's characteristics recorded" in tree
                assert "recorded" in tree


def test_the_first_sentence_answers_for_the_characteristic_chosen(reader):
    text = words_of(reader.get(f"{PATH}?characteristic=disability").text)

    assert re.search(r"In England in the three years ending March 2026, disability was recorded for [\d,]+ of", text)


def test_the_ladder_is_for_those_with_a_right(made_up_workspace):
    with_right = said(made_up_workspace, Viewer.partnership(CODES[0]))
    public = said(made_up_workspace, Viewer.public())

    assert "Recorded (the return asks no more)" in with_right
    assert "States of recording of ethnicity" in with_right
    assert "States of recording of ethnicity" not in public
    assert "is for those with a right to this area" in public
    assert "The ladder is made for England" in said(made_up_workspace, Viewer.panel(), f"area={FORCE}")


def test_the_ladders_parts_add_up_and_leave_the_withheld_out(made_up):
    report = analyse(made_up, Viewer.partnership(CODES[0]), Query({}))
    table = report.findings[0].tables[0]
    for stage, every in ((1, 20), (2, 23)):  # at notification, which is not asked of the form, and at rapid review
        children = [int(row[stage].split(" ")[0]) for row in table.rows if row[stage] != "[z]"]
        assert sum(children[:-1]) == children[-1] == every


def test_a_step_that_cannot_happen_at_a_stage_is_not_applicable_and_no_zero(made_up):
    table = analyse(made_up, Viewer.partnership(CODES[0]), Query({})).findings[0].tables[0]
    rows = {row[0]: row[1:] for row in table.rows}

    assert rows["Recorded, and its effect considered"][0] == "[z]"
    assert rows["Recorded (the return asks no more)"][1:] == ["[z]", "[z]"]
    assert "[z] means not applicable" in table.note


def test_shares_from_the_ladder_agree_with_its_counts(made_up):
    """Language: 13 of 23 children recorded at rapid review; asked are these, 1 refused and 3 not known."""
    report = analyse(made_up, Viewer.partnership(CODES[0]), Query({"characteristic": "language"}))
    rows = {row[0]: row[1:4] for row in report.findings[1].tables[0].rows}

    assert rows["Recorded at rapid review"] == ["13", "23", "56.5%"]
    assert rows["Asked at rapid review"] == ["17", "23", "73.9%"]


def test_refused_ratios_are_words(made_up_workspace):
    text = said(made_up_workspace, Viewer.partnership(CODES[0]))

    assert "No ethnic group of" in text
    assert "Every comparison was refused" in text
    assert REFUSED in text
    assert "no population to compare with" in text


def test_the_public_has_no_ratios_and_is_told_why(made_up_workspace):
    text = said(made_up_workspace, Viewer.public())

    assert "Comparisons with residents rest on small counts of children" in text
    assert REFUSED not in text


def test_england_has_ratios_between_both_kinds_of_doubt(reader):
    text = words_of(reader.get(PATH).text)

    assert "1.30 (0.90 to 1.80)" in text
    assert "1.10 to 2.40" in text
    assert "The residents are of all ages" in text


def test_a_characteristic_of_the_ladder_alone_says_so(reader):
    text = words_of(reader.get(f"{PATH}?characteristic=religion").text)

    assert "it is no indicator" in text
    assert "Whether a review considered it is not returned." in text


def test_no_other_partnerships_counts_reach_a_partnership(made_up_workspace, made_up):
    ladders = made_up.by_area("recording_ladder", Viewer.partnership(CODES[0]))

    assert set(ladders["area_code"]) == {CODES[0]}
    assert "States of recording" not in said(made_up_workspace, Viewer.partnership(CODES[0]), "area=E92000001")
