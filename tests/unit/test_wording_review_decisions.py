"""What is said of decisions by what lay behind them, at the edges: nothing, one, ties, no change, nobody named."""

import pytest
from pytest import param

from tests.fixtures.share_rows import own, share_rows
from throughline.analyses.asked_before import codes_in_words
from throughline.analyses.review_decisions import largest_first
from throughline.wording import review_decisions as words

LONGEST_BESIDE_ITS_FIGURE = 32  # letters of a name on a phone, with "81.7%, 1,504 of 1,617" at its right


def named(**cases):
    return share_rows(*(("", "", name.replace("_", " "), own(*of), None) for name, of in cases.items()))


def test_the_reason_given_most_often_heads_with_its_cases():
    rows = named(Proportionality=(125, 617), Learning=(504, 617))

    assert words.reasons_heading(rows, "England", words.AGAINST) == (
        "“Learning” is given for 504 of 617 first decisions against a local review (81.7%)"
    )


def test_few_decisions_have_no_percentage_and_one_is_one():
    assert words.reasons_heading(named(Learning=(3, 4)), "Leeds", words.FOR) == (
        "“Learning” is given for 3 of 4 first decisions for a local review"
    )
    assert words.reasons_heading(named(Learning=(1, 1)), "Leeds", words.FOR) == (
        "“Learning” is given for 1 of 1 first decision for a local review"
    )


def test_reasons_given_as_often_stand_side_by_side():
    rows = named(Learning=(2, 4), Cost=(2, 4), Other=(1, 4))

    assert words.reasons_heading(rows, "Leeds", words.AGAINST) == (
        "“Learning” and “Cost”: each given for 2 of 4 first decisions against a local review"
    )


def test_more_reasons_that_tie_than_a_heading_holds_are_counted_and_none_is_left_out():
    tied = named(Learning=(1, 5), Cost=(1, 5), Other=(1, 5), Plan=(1, 5), Panel=(1, 5))

    assert words.reasons_heading(tied, "Leeds", words.AGAINST) == (
        "5 reasons are given equally often, each for 1 of 5 first decisions against a local review"
    )
    assert words.not_met_heading(tied, "Leeds") == (
        "5 reasons come equally often, each the main reason for 1 of 5 incidents that did not meet the criteria"
    )
    three = words.reasons_heading(tied.head(3), "Leeds", words.AGAINST)
    assert three.startswith("“Learning”, “Cost” and “Other”: each given for 1 of 5")


def test_without_reasons_the_heading_speaks_of_first_decisions_since_a_final_one_may_differ():
    for kind in (words.FOR, words.AGAINST):
        assert words.reasons_heading(named(), "Leeds", kind) == f"No first decision was {kind} in Leeds"


def test_no_decision_and_no_reason_are_not_the_same():
    assert words.reasons_heading(named(), "Leeds", words.FOR) == "No first decision was for a local review in Leeds"
    assert words.reasons_heading(named(No_reason_given=(2, 2)), "Leeds", words.FOR) == (
        "No reason is given for 2 first decisions for a local review"
    )


@pytest.mark.parametrize(
    ("held", "said"),
    [
        param({}, "No decision of Leeds was confirmed after an answer of the Panel", id="nothing"),
        param(
            {("MORE_INFO", "LCSPR", "BLANK"): 2},
            "No decision of Leeds was confirmed after an answer of the Panel",
            id="none confirmed",
        ),
        param(
            {("DISAGREE_WANTS_LCSPR", "NO_LCSPR", "NO_LCSPR"): 1},
            "No decision changed after the Panel answered (0 of 1 decision)",
            id="stood by it",
        ),
        param(
            {
                ("AGREE", "NO_LCSPR", "NO_LCSPR"): 5,
                ("DISAGREE_WANTS_LCSPR", "NO_LCSPR", "LCSPR"): 2,
                ("DISAGREE_WANTS_LCSPR", "OTHER_LOCAL_REVIEW", "LCSPR"): 1,
                ("DISAGREE_NO_LCSPR_NEEDED", "LCSPR", "NO_LCSPR"): 1,
                ("MORE_INFO", "LCSPR", "BLANK"): 9,
            },
            "4 of 9 decisions changed after the Panel answered",
            id="both ways",
        ),
    ],
)
def test_what_changed_is_counted_among_confirmed_decisions(held, said):
    assert words.changed_heading(held, "Leeds") == said


def test_cases_that_wait_are_told_and_not_counted():
    assert words.waiting_sentence(0) == ""
    assert words.waiting_sentence(1).startswith("1 decision is answered and not confirmed yet")


def test_no_agency_is_put_first():
    assert words.dissenting_heading(553, 119, "England") == (
        "Who did not agree is named for 434 of 553 triage decisions with dissent"
    )
    assert (
        words.dissenting_heading(1, 1, "Leeds") == "Who did not agree is named for 0 of 1 triage decision with dissent"
    )
    assert words.dissenting_heading(0, 0, "Leeds") == "No dissent at triage is recorded in Leeds"


def test_nothing_recorded_is_not_nothing_learned():
    assert words.learned_heading(named(All=(83, 571)), "England") == (
        "Learning is recorded from 83 of 571 incidents (14.5%) sent to local learning"
    )
    assert words.learned_heading(named(Audit=(0, 1)), "Leeds") == (
        "No learning is recorded from 1 incident sent to local learning"
    )
    assert words.learned_heading(named(), "Leeds") == "No incident in Leeds was sent to local learning"
    assert "may have been shared without one" in words.LEARNED_CAVEAT


def test_the_main_reason_for_going_no_further():
    assert words.not_met_heading(named(Adult=(1, 1)), "Leeds") == (
        "“Adult” is the main reason for 1 of 1 incident that did not meet the criteria"
    )
    assert words.not_met_heading(named(), "Leeds") == "No incident in Leeds was found not to meet the criteria"


def test_the_largest_stands_first_and_what_says_little_last():
    rows = named(Other_reason=(9, 12), Cost=(1, 12), Learning=(4, 12)).to_dicts()

    assert largest_first(rows, words.LAST)["name"].to_list() == ["Learning", "Cost", "Other reason"]
    assert largest_first([], words.LAST).height == 0


@pytest.mark.parametrize(
    ("code_list", "said"),
    [
        ("decision_reason", words.REASONS),
        ("not_met_reason", words.NOT_MET_REASONS),
        ("panel_view", words.VIEWS),
        ("review_decision", words.DECISIONS),
    ],
)
def test_every_code_has_a_name(code_list, said):
    assert set(codes_in_words(code_list)) == set(said) - {"BLANK"}


def test_every_name_in_a_chart_leaves_room_for_its_figure():
    agencies = codes_in_words("agency") | words.SHORT_AGENCIES
    assert set(words.SHORT_AGENCIES) - {"BLANK"} <= set(codes_in_words("agency"))
    for names in (words.REASONS, words.NOT_MET_REASONS, words.VIEWS, agencies, codes_in_words("local_learning_route")):
        assert max(map(len, names.values())) <= LONGEST_BESIDE_ITS_FIGURE, names


def test_a_list_that_is_cut_says_of_how_many():
    assert words.longest_list_note(30) == "The 10 themes with most cases, of 30, in the order of the code list."
