"""A draft's quality profile: planted faults are found, codes are read as people write them, and no words are "
"printed."""

import re

import pytest
from typer.testing import CliRunner

from tests.fixtures.returns import write_csv, write_csv_folder, write_workbook
from throughline.cli import app
from throughline.door.findings import UnreadableReturn
from throughline.draft_recommendations import read_draft
from throughline.quality_profile import profile_lines, quality_profile
from throughline.release import Viewer
from throughline.repetition.draft_words import count_asks, read_words

TEXTS = {
    "training_only": "The police should deliver training on neglect to every officer by May 2027.",
    "boilerplate": "Seek assurance that practice is robust.",
    "several": "The police should share information on domestic abuse, and should train staff in routine enquiry.",
    "sound": "The partnership should review the bruising policy by 1 March 2027 and audit 20 cases.",
    "nobody": "Staff should always record what the child said in the case file.",
}
PERSON = "The worker should visit Mrs Jane Smith, born 3/4/2015, of 12 Acacia Avenue, LS1 4AB."
HEADINGS = ["Recommendation text", "Level it is aimed at", "Who it is aimed at", "Kind of change", "Depth of learning"]


def flags(report):
    return {row[0]: row[1] for row in table(report, "words-table").rows}


def table(report, name):
    return next(one for finding in report.findings for one in finding.tables if one.name == name)


def codes(report):
    return {row[0]: row[1] for row in table(report, "codes-table").rows}


@pytest.fixture
def plain(tmp_path):
    file = tmp_path / "draft.txt"
    file.write_text("\n\n".join(f"{number}. {text}" for number, text in enumerate(TEXTS.values(), 1)), encoding="utf-8")
    return file


def test_planted_faults_of_a_list_are_found_one_by_one(plain):
    report = quality_profile(read_draft(plain), None)

    assert flags(report) == {
        "Asks for several things at once": "1 of 5",
        "Fewer than 8 words": "1 of 5",
        "Nothing but formulas": "1 of 5",
        "Names no agency": "2 of 5",
        "Names no date": "3 of 5",
        "Names nothing to measure it by": "4 of 5",
        "Training or a briefing alone": "1 of 5",
    }
    told = {row[1]: row[2] for row in table(report, "texts-table").rows}
    assert told[TEXTS["sound"]] == "Nothing to ask"
    assert told[TEXTS["several"]].startswith("Asks for 2 things at once")
    assert "training or a briefing alone" in told[TEXTS["training_only"]].lower()


def test_a_list_without_codes_says_so_and_tells_no_axis(plain):
    report = quality_profile(read_draft(plain), None)

    assert "texts without codes" in report.notices[0]
    assert {one.name for one in report.findings} == {"words", "texts"}


def test_a_list_reads_alike_as_text_and_as_csv_with_commas_inside(plain, tmp_path):
    copy = tmp_path / "draft.csv"
    copy.write_bytes(plain.read_bytes())

    assert (
        read_draft(copy).rows["rec_text"].to_list()
        == read_draft(plain).rows["rec_text"].to_list()
        == list(TEXTS.values())
    )


def test_codes_are_understood_as_people_write_them(tmp_path):
    rows = [
        ["Train officers.", "local", "Police", "training", "Single loop"],
        ["Fund more placements.", "National", "Government department", "Capacity and resource", "triple"],
        ["Be better.", "Local", "", "briefing", "defensive"],
        ["Review the policy.", "LOCAL", "POLICE; ICB", "policy or procedure", "singel"],
    ]
    draft = read_draft(write_csv(tmp_path / "our draft.csv", [HEADINGS, *rows]))
    held = codes(quality_profile(draft, None))

    assert held["Aimed at local bodies"] == "3 of 4"
    assert held["Aimed at national bodies"] == "1 of 4"
    assert held["Training or briefing"] == "2 of 4"
    assert held["Structural"] == "1 of 4"
    assert held["Addressed to nobody"] == "1 of 4"
    assert (held["Single loop"], held["Triple loop"]) == ("1 of 2", "1 of 2")  # defensive and blank are no loop
    assert draft.not_understood == 1
    assert "SMART" not in held and "No measure" not in held


def test_a_workbook_of_the_return_gives_every_axis_with_smart_and_structural_apart(tmp_path):
    marks = {f"smart_{letter}": "Y" for letter in "smart"}
    made = [
        {"rec_ref": "R1", **marks, "change_type": "LAW_NATIONAL_POLICY", "date_due": None},
        {"rec_ref": "R2", **marks, "smart_m": "N"},
        {"rec_ref": "R3", **marks, "smart_m": "N", "smart_t": "N"},
        {"rec_ref": "R4", **marks, "smart_s": None},
    ]
    for write in (write_workbook, write_csv_folder):
        path = write(tmp_path / ("draft.xlsx" if write is write_workbook else "draft"), {"recommendations": made})
        held = codes(quality_profile(read_draft(path), None))
        assert held["SMART"] == "2 of 3"
        assert held["Structural"] == "1 of 4"
        assert held["No measure"] == "2 of 4"
        assert held["No day it is due"] == "1 of 4"


def test_a_text_that_points_to_a_person_is_counted_and_goes_no_further(tmp_path):
    file = tmp_path / "draft.txt"
    file.write_text(f"{PERSON}\n{TEXTS['sound']}\n", encoding="utf-8")
    report = quality_profile(read_draft(file), None)

    assert "2 recommendations" in report.answer
    assert "Smith" not in str(report)
    assert table(report, "texts-table").rows[0][2].startswith("Held back")
    assert flags(report)["Names no date"] == "0 of 1"


def test_england_stands_beside_it_where_everybody_may_read_it(tmp_path, small_release):
    draft = read_draft(write_workbook(tmp_path / "draft.xlsx", {"recommendations": [{"rec_ref": "R1"}]}))
    beside = {row[0]: row[3] for row in table(quality_profile(draft, small_release), "codes-table").rows}
    values = small_release.indicator_values(
        Viewer.public(), indicator="RC9", area_type="england", period_type="three_years", breakdown="total"
    )
    published = [f"{100 * value:.1f}%" for value in values["value"].drop_nulls()]

    assert beside["Training or briefing"] in [*published, "[x]"]
    assert beside["Addressed to nobody"] == "[x]"


def test_an_interval_is_drawn_for_every_share_and_no_figure_of_england_where_there_is_none(tmp_path):
    draft = read_draft(write_workbook(tmp_path / "draft.xlsx", {"recommendations": [{"rec_ref": "R1"}]}))
    report = quality_profile(draft, None)
    markers = [trace for trace in report.findings[0].charts[0].figure.data if trace.mode == "markers"]

    assert len(markers) == 1
    assert all(up + down > 0 for up, down in zip(markers[0].error_x.array, markers[0].error_x.arrayminus, strict=True))


def test_it_is_never_a_grade(plain):
    said = "\n".join(profile_lines(quality_profile(read_draft(plain), None))).lower()

    assert "not a grade" in said
    assert not re.search(r"\b(good|poor|bad|excellent|inadequate|score|rating|pass(ed)?|fail(ed)?)\b", said)


@pytest.mark.parametrize("content", ["\n \n", ""])
def test_a_file_without_a_recommendation_is_told_in_words(tmp_path, content):
    file = tmp_path / "draft.txt"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableReturn, match="no recommendation"):
        read_draft(file)


def test_a_workbook_without_the_sheet_is_told_in_words(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Month", "Cost"])
    book.active.append(["May", 3])
    book.save(tmp_path / "costs.xlsx")
    with pytest.raises(UnreadableReturn, match="no sheet here is the sheet of recommendations"):
        read_draft(tmp_path / "costs.xlsx")


def test_the_command_prints_names_and_not_words_and_writes_a_page_to_hand_back(plain, tmp_path, small_workspace):
    page = tmp_path / "a folder that is new" / "profile.html"
    done = CliRunner(env={"THROUGHLINE_HOME": str(small_workspace.root)}).invoke(
        app, ["profile-recommendations", str(plain), "--output", str(page)]
    )
    written = page.read_text(encoding="utf-8")

    assert done.exit_code == 0, done.output
    assert "This draft holds 5 recommendations" in done.output
    assert not any(text in done.output for text in TEXTS.values())
    assert all(text.replace("'", "&#39;") in written for text in TEXTS.values())
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", written)


def test_without_a_release_it_still_prints_and_says_why_england_is_missing(plain, tmp_path):
    runner = CliRunner(env={"THROUGHLINE_HOME": str(tmp_path)})
    done = runner.invoke(app, ["profile-recommendations", str(plain)])

    assert done.exit_code == 0
    assert "England does not stand beside it" in done.output
    assert runner.invoke(app, ["profile-recommendations", str(plain), "--output", "x.docx"]).exit_code == 2


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("The police should review the policy. This should be completed within six months.", 1),
        ("The police should review the policy. Progress should be reported to the executive group.", 1),
        ("Audit bruising cases; train health visitors in bruising; tell parents about safer sleep.", 3),
        ("", 1),
    ],
)
def test_who_follows_up_and_by_when_is_no_ask(text, asks):
    assert count_asks(text) == asks


@pytest.mark.parametrize(
    ("text", "has_date", "has_measure"),
    [
        ("Review it by March 2027.", True, False),
        ("Review it within six months.", True, False),
        ("Review it each year.", False, False),
        ("Staff may review 5 cases.", False, False),
        ("Reduce the number of missed visits by 20%.", False, True),
        ("The effect should be checked after a year.", True, True),
    ],
)
def test_dates_and_measures_are_told_from_words_that_look_like_them(text, has_date, has_measure):
    told = read_words(text)
    assert (told.has_date, told.has_measure) == (has_date, has_measure)


@pytest.mark.parametrize(
    ("text", "is_training"),
    [
        ("Deliver training on neglect.", True),
        ("Remind staff of the importance of professional curiosity.", True),
        ("Deliver training on neglect and audit its effect.", False),
        ("Review the bruising policy.", False),
    ],
)
def test_training_with_anything_else_is_not_training_alone(text, is_training):
    assert read_words(text).is_training_only is is_training


def test_government_is_an_agency_and_staff_are_nobody():
    assert not read_words("Government should fund more placements.").names_nobody
    assert read_words("Practitioners should record what a child says.").names_nobody
