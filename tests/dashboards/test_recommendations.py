"""The recommendations page for every reader: repeats for all, words for those with a right, and why not for others."""

import random
import re
from datetime import date, timedelta
from html import unescape

import dash
import polars as pl
import pytest
from made_up_recommendations import FAMILY_NAME, OWN_TEXT, SECRET_TEXT, SHARED_TEXT
from made_up_release import partnerships_of

from dashboards.app import create_app
from throughline.analyses.recommendation_pairs import longest_and_widest, newest_listed, pairs_by_day, part
from throughline.analyses.recommendations import analyse, decided_by_people
from throughline.query import Query
from throughline.release import Viewer
from throughline.report import Link
from throughline.report_files.facts import words

PATH = "/recommendations"
PARTNERSHIPS = partnerships_of(("E12000001", "E12000004"))
OWN, OTHER = PARTNERSHIPS["partnership_code"][:2]
FORCE = PARTNERSHIPS["police_force_code"][0]
PANEL, PUBLIC = Viewer.panel(), Viewer.public()
REGION, ELSEWHERE, PARTNERSHIP = Viewer.region("E12000001"), Viewer.region("E12000004"), Viewer.partnership(OWN)
READERS = [PUBLIC, REGION, PARTNERSHIP, PANEL]
OF_OWN = {"area": OWN, "period": "three_years:2024-2026"}


def report_of(release, viewer, **asked):
    return analyse(release, viewer, Query(asked))


def finding(report, name):
    return next(one for one in report.findings if one.name == name)


def table(report, name):
    return next(one for finding in report.findings for one in finding.tables if one.name == name)


def everything(report):
    """Every word of a report that a reader could meet."""
    cells = [words(cell) for one in report.findings for table in one.tables for row in table.rows for cell in row]
    headings = [text for one in report.findings for text in (one.heading, one.measured, one.caveat, *one.notices)]
    return " ".join([report.answer, *headings, *cells])


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_every_area_and_period_lays_out_for_every_reader(made_up_workspace, viewer):
    app = create_app(made_up_workspace, viewer)
    page = next(page for page in dash.page_registry.values() if page["path"] == PATH)
    with app.server.test_request_context(PATH):
        for area in ("", "E92000001", "E12000001", FORCE, OWN, OTHER, "nowhere"):
            for period in ("", "three_years:2021-2023", "year:2026", "year:2027", "year:1900"):
                tree = str(page["layout"](area=area, period=period))
                assert "Does the same recommendation come back" in tree
                assert "nan" not in tree.replace("financ", "").replace("dominan", ""), (area, period)


def test_pairs_stand_side_by_side_with_all_that_is_known_of_them(made_up):
    rows = table(report_of(made_up, PARTNERSHIP, **OF_OWN), "pairs-table").rows
    by_link = {row[0].words: row for row in rows if isinstance(row[0], Link)}

    near = by_link["Compare REC-2 with REC-1"]
    assert OWN_TEXT in near[1] and OWN_TEXT in near[2]
    assert near[3:] == [
        "Same partnership",
        "732",
        "Nearly the same words",
        "Yes",
        "Not written down",
        "Confirmed by a person",
    ]
    assert near[0].address == f"/review-pairs?pair={OWN}%7CREC-2%7E{OWN}%7CREC-1".replace("%7E", "~")
    shared = by_link["Compare REC-4 with REC-2"]
    assert SHARED_TEXT in shared[2]
    assert shared[3:] == ["Same police force", "461", "The same words", "Yes", "No", "People differ"]


def test_of_an_earlier_one_that_may_not_be_read_only_that_there_is_one_is_told(made_up):
    report = report_of(made_up, PARTNERSHIP, **OF_OWN)
    row = next(row for row in table(report, "pairs-table").rows if row[0] == "REC-3")

    assert "Sent without words" in row[1]
    assert row[2:4] == [
        "There is an earlier one, which you may not read: its owner has not shared it",
        "Same police force",
    ]
    assert row[4:] == ["[c]"] * 5
    assert SECRET_TEXT not in everything(report)
    assert f"{OTHER}|REC-1" not in str(report)


def test_who_has_a_right_to_both_areas_reads_both_texts(made_up):
    for viewer in (PANEL, REGION):
        assert SECRET_TEXT in everything(report_of(made_up, viewer, **OF_OWN))


@pytest.mark.parametrize("viewer", [PUBLIC, ELSEWHERE, Viewer.partnership(OTHER)], ids=["public", "region", "other"])
@pytest.mark.parametrize("area", ["E92000001", "E12000001", OWN])
def test_no_word_of_a_recommendation_reaches_a_reader_without_a_right(made_up, viewer, area):
    said = everything(report_of(made_up, viewer, area=area))

    assert OWN_TEXT not in said
    assert "REC-" not in said or viewer == Viewer.partnership(OTHER)


def test_the_public_is_told_why_there_are_no_pairs_and_sees_themes_of_england(made_up):
    report = report_of(made_up, PUBLIC)

    assert "No pair is listed here" in finding(report, "evidence").notices[0]
    assert table(report, "radar-table").rows == [
        ["Information sharing", f"9 of {PARTNERSHIPS.height}", "14"],
        ["Whole-family assessment, fathers and men", f"6 of {PARTNERSHIPS.height}", "6"],
    ]
    assert "no count below 5" in finding(report, "radar").notices[0]
    assert not any(
        one.name in ("asks-table", "places-table", "register-table") for f in report.findings for one in f.tables
    )


def test_what_is_no_repeat_is_counted_and_not_listed(made_up):
    counts = pairs_by_day(made_up, PARTNERSHIP)
    parts = dict(counts.group_by("part").agg(pl.col("pairs").sum()).iter_rows())

    assert parts == {"listed": 3, "own_series": 1, "rejected": 1, "alike_in_codes": 1, "elsewhere": 1}
    assert newest_listed(made_up.recommendation_pairs(PARTNERSHIP), counts, 20).height == 3
    note = table(report_of(made_up, PARTNERSHIP, **OF_OWN), "pairs-table").note
    assert "1 of a rapid review and its own local review, which is never a repeat" in note
    assert "1 that people rejected" in note


@pytest.mark.parametrize("most", [1, 3, 7, 500])
def test_the_newest_pairs_are_listed_whatever_the_order_of_the_file(most):
    """Of 300 pairs on 40 days of 5 partnerships, in no order; some cannot count."""
    numbers = random.Random(most)
    rows = [
        {
            "rec_id": f"{code}|{numbers.randrange(60):03}",
            "earlier_rec_id": f"{code}|{900 + number}",
            "partnership_code": code,
            "scope": "SAME_AREA",
            "kind": numbers.choice(["same_ask", "near", "theme_and_target"]),
            "state": "suggested",
            "is_in_window": numbers.random() < 0.8,
            "score": numbers.choice([None, 0.7, 0.9]),
            "date_made": date(2026, 1, 1) + timedelta(numbers.randrange(40)),
        }
        for number, code in ((number, numbers.choice("abcde")) for number in range(300))
    ]
    may_count = [row for row in rows if row["kind"] != "theme_and_target" and row["is_in_window"]]
    by_order = sorted(may_count, key=lambda row: row["earlier_rec_id"])
    by_order.sort(key=lambda row: (row["date_made"].toordinal() * -1, row["rec_id"], -(row["score"] or -1)))
    pairs = pl.LazyFrame(rows)
    counts = pairs.group_by("partnership_code", "date_made", part=part()).agg(pairs=pl.len().cast(pl.Int64)).collect()

    assert newest_listed(pairs, counts, most).to_dicts() == by_order[:most]


def test_pairs_of_another_period_are_not_listed(made_up):
    report = report_of(made_up, PARTNERSHIP, area=OWN, period="three_years:2021-2023")

    assert not finding(report, "evidence").tables
    assert "No pair of recommendations" in finding(report, "evidence").heading


def test_a_chain_is_told_in_words_that_the_reader_may_read(made_up):
    own = table(report_of(made_up, PARTNERSHIP, **OF_OWN), "chains-table").rows
    panel = table(report_of(made_up, PANEL, **OF_OWN), "chains-table").rows

    assert own[0][1] == "Sent without words"  # the first of the chain that is its own
    assert panel[0][1] == SECRET_TEXT
    # Three recommendations of two partnerships, of two themes, one of them marked done.
    assert own[0][2:6] == panel[0][2:6] == ["3", "2", "2", "1"]
    assert not table_names(report_of(made_up, ELSEWHERE, area="E12000001")) & {"chains-table"}


def table_names(report):
    return {one.name for finding in report.findings for one in finding.tables}


def test_the_radar_counts_partnerships_of_the_area_chosen(made_up):
    report = report_of(made_up, PANEL, area="E12000001")
    in_region = PARTNERSHIPS.filter(PARTNERSHIPS["region_code"] == "E12000001").height

    assert table(report, "radar-table").rows[0][:3] == ["Information sharing", f"5 of {in_region}", "6"]
    assert finding(report, "radar").heading.startswith("2 themes recur in the North East, ")
    assert [row[:4] for row in table(report, "places-table").rows] == [
        ["Durham force area", "Police force area", "2", "0"]
    ]
    assert len(table(report, "asks-table").rows) == 1


def test_one_partnership_sees_england_beside_how_often_it_spoke_of_each_theme(made_up):
    report = report_of(made_up, PARTNERSHIP)

    assert [row[-1] for row in table(report, "radar-table").rows] == ["0", "3"]
    assert "One partnership is one partnership" in finding(report, "radar").notices[0]


def test_what_is_addressed_to_nobody_or_has_no_day_is_told(made_up):
    measured = finding(report_of(made_up, PARTNERSHIP, **OF_OWN), "change").measured

    assert "3 of 10 are addressed to nobody." in measured
    assert "1 of 4 has no day by which the action is due." in measured


def test_kinds_of_change_are_bars_in_the_order_of_their_list_and_blank_is_not_coded(made_up):
    rows = table(report_of(made_up, PARTNERSHIP, **OF_OWN), "change-table").rows

    assert [row[:2] for row in rows] == [
        ["Training", "4"],
        ["Policy or procedure", "3"],
        ["Participation of children, families and communities", "2"],
        ["Not coded", "1"],
    ]


def test_the_register_begins_with_the_longest_overdue_and_ends_with_what_was_answered(made_up):
    report = report_of(made_up, PANEL)
    rows = table(report, "register-table").rows

    assert [(row[3], row[-1]) for row in rows] == [
        ("Overdue", "1,368"),
        ("Overdue", "1"),
        ("Not due yet", "[z]"),
        ("Answered late", "332"),
    ]
    assert rows[1][4] == "Acknowledged, 1 December 2025"
    assert finding(report, "national").heading.startswith("2 of 4 national recommendations have waited")
    assert len(table(report_of(made_up, PARTNERSHIP), "register-table").rows) == 3


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (OWN, "The first 2 of 3 are listed."),
        ("E92000001", "The first 2 of 4 are listed. Choose a smaller area to see more of its own."),
    ],
)
def test_a_register_that_a_page_cannot_hold_says_how_much_of_it_is_listed(made_up, monkeypatch, area, said):
    monkeypatch.setattr("throughline.analyses.national_answers.MOST_REGISTERED", 2)
    report = report_of(made_up, PANEL, area=area)

    assert len(table(report, "register-table").rows) == 2
    assert table(report, "register-table").note.endswith(said)
    assert (
        " have waited over" in finding(report, "national").heading
        or " has waited" in finding(report, "national").heading
    )


def test_bounds_are_given_beside_each_count_that_is_shown(made_up):
    rows = table(report_of(made_up, PANEL), "bounds-table").rows

    assert [row[0] for row in rows] == ["In the same partnership", "Across the police force", "Across the care board"]
    for _, suggested, out_of, fewest, most in ([cell.replace(",", "") for cell in row] for row in rows):
        assert int(fewest) <= int(suggested) <= int(most) <= int(out_of)


def test_no_share_of_suggestions_stands_without_how_far_off_it_may_be(made_up):
    report = report_of(made_up, PANEL)
    _, suggested, out_of, fewest, most = table(report, "bounds-table").rows[0]
    asked_before = next(one for one in report.key_figures if one.label == "Asked before in the same partnership")

    assert f"the true number may be from {fewest} to {most}." in report.answer
    assert (
        asked_before.detail.startswith(f"{suggested} of {out_of} suggested")
        and f"{fewest} to {most}" in asked_before.detail
    )
    drawn = finding(report, "repeats").charts[0].figure.data
    said = [text for trace in drawn for text in (trace.hovertext if trace.hovertext is not None else ())]
    assert all("with the finder's errors" in text for text in said if "Across the" in text or "In the same" in text)


def test_only_what_people_decided_of_suggestions_measures_their_precision(made_up):
    assert decided_by_people(made_up, PARTNERSHIP) == (1, 3)
    assert decided_by_people(made_up, PUBLIC) == (0, 0)


def test_a_text_is_never_taken_for_markup(made_up_workspace):
    page = create_app(made_up_workspace, PARTNERSHIP).server.test_client().get(f"{PATH}?area={OWN}").text

    assert FAMILY_NAME not in page
    assert FAMILY_NAME in unescape(re.sub(r"</?p[^>]*>", "", page))


def test_widest_and_longest_are_both_there_and_none_twice(made_up):
    chains = made_up.recommendation_chains(PANEL).collect()

    assert longest_and_widest(chains).height == 1


def test_a_recommendation_that_is_not_there_brings_no_other_and_none_twice(made_up):
    there = made_up.recommendations(Viewer.panel()).sort("rec_id").collect()["rec_id"].to_list()
    # Each stands in order just before one that is asked for as well, or after all of them.
    absent = [*(f"{rec_id[:-1]}{chr(ord(rec_id[-1]) - 1)}~" for rec_id in there[1:4]), "~"]

    found = made_up.recommendations_in_words(Viewer.panel(), [*there[1:4], *absent])
    assert found["rec_id"].to_list() == there[1:4]
    assert made_up.recommendations_in_words(Viewer.panel(), absent).is_empty()
