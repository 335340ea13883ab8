"""Sentences of the conversion page at the edges: nothing, 0 of 0, one case, all hidden, nothing differs."""

from tests.fixtures.share_rows import HIDDEN, NO_CASES, NO_RETURN, own, share_rows
from throughline.wording import conversion as words
from throughline.wording.scope import area_in_a_sentence, area_in_words, areas_not_offered, period_offered

PERIOD = "three years ending March 2026"


def steps(cv1, cv2, cv3, england=None):
    return share_rows(
        ("CV1", "total", "Referral to notification", cv1, england),
        ("CV2", "total", "Notification to rapid review", cv2, england),
        ("CV3", "total", "Rapid review to local review", cv3, england),
        ("CV3", "national_review_suggested", "Rapid review to national review", own(0, 16), england),
    )


def test_the_answer_gives_each_step_its_own_cases():
    said = words.headline(steps(own(24, 45), own(16, 16), own(3, 16)), "Leeds", PERIOD)

    assert said == (
        "In Leeds in the three years ending March 2026, 24 of 45 referrals (53.3%) led to a notification, 16 of 16 "
        "notifications in scope (100.0%) led to a rapid review and 3 of 16 rapid reviews (18.8%) led to a local review."
    )


def test_one_case_is_one_case():
    said = words.headline(steps(own(1, 1), own(0, 1), own(**NO_CASES)), "Leeds", PERIOD)

    assert "1 of 1 referral led to a notification and 0 of 1 notification in scope led to a rapid review." in said
    assert "No figure for rapid review to local review: there are no cases to count." in said
    assert "%" not in said


def test_nothing_at_all_is_said_with_its_reason_and_without_a_number():
    for missing, reason in (
        (HIDDEN, "One or more of the counts is small, so this is not shown."),
        (NO_RETURN, "No return was received."),
        (NO_CASES, "There are no cases to count."),
    ):
        said = words.headline(steps(own(**missing), own(**missing), own(**missing)), "the North West", PERIOD)
        assert said == f"No step can be shown for the North West in the {PERIOD}. {reason}"


def test_a_national_review_suggested_is_not_called_a_local_review():
    assert "0 of 16" not in words.headline(steps(own(24, 45), own(16, 16), own(3, 16)), "Leeds", PERIOD)


def test_the_heading_of_england_gives_the_last_steps():
    heading = words.steps_heading(steps(own(1413, 3220), own(958, 975), own(250, 972)), "England")

    assert heading == (
        "98.3% of notifications in scope led to a rapid review and 25.7% of rapid reviews led to a local review"
    )
    hidden = steps(own(**HIDDEN), own(**HIDDEN), own(**HIDDEN))
    assert words.steps_heading(hidden, "England") == "No share of a step can be given for England"


def panel(agreed, changed):
    return share_rows(("CV6", "total", "Agreed", agreed, None), ("CV7", "total", "Changed", changed, None))


def test_what_changed_is_said_only_where_the_panel_disagreed():
    assert words.panel_heading(panel(own(832, 928), own(52, 96)), "England") == (
        "The Panel agreed with 89.7% of decisions; where it did not, 52 of 96 changed"
    )
    assert words.panel_heading(panel(own(9, 9), own(**NO_CASES)), "Leeds") == "The Panel agreed with 9 of 9 decisions"
    assert words.panel_heading(panel(own(3, 4), own(0, 1)), "Leeds") == (
        "The Panel agreed with 3 of 4 decisions; no decision changed where it did not"
    )
    assert "cannot be shown" in words.panel_heading(panel(own(**HIDDEN), own(**HIDDEN)), "Leeds")


def test_no_dissent_recorded_is_not_called_agreement():
    rows = share_rows(("CV9", "total", "Dissent", own(0, 1), None))

    assert words.dissent_heading(rows, "Leeds") == "No dissent is recorded in 1 triage decision"
    assert "is not agreement" in words.DISSENT_CAVEAT


def test_a_share_that_is_refused_is_not_told_in_the_heading():
    four_of_six = own(4, 4, status="u", reason="incomplete") | {"excluded": 2}
    none_of_ten = own(0, 10, status="u", reason="incomplete") | {"excluded": 3}
    four_of_six, none_of_ten = (
        share_rows(("CV9", "total", "Dissent", row, None)) for row in (four_of_six, none_of_ten)
    )

    assert words.dissent_heading(four_of_six, "Lewisham") == (
        "Agreement is recorded for 4 of 6 triage decisions: too few to say how often partners dissented"
    )
    assert words.dissent_heading(none_of_ten, "Bradford") == (
        "Agreement is recorded for 10 of 13 triage decisions: too few to say how often partners dissented"
    )


def test_screened_out_incidents_at_the_edges():
    def heading(given):
        rows = share_rows(("CV5", "total", "Screened", given, None))
        return words.screened_heading(rows, "Leeds", rows.row(0, named=True))

    assert heading(own(571, 1823)) == "31.3% of screened-out incidents went to a local learning route"
    assert heading(own(1, 1)) == "1 of 1 screened-out incident went to a local learning route"
    assert heading(own(0, 12)) == "None of 12 screened-out incidents went to a learning route"
    assert heading(own(**NO_CASES)) == "Learning from screened-out incidents cannot be shown for Leeds"


def test_areas_are_named_as_english_has_them():
    assert area_in_a_sentence("region", "North West") == "the North West"
    assert area_in_a_sentence("region", "London") == "London"
    assert area_in_a_sentence("partnership", "Isle of Wight") == "the Isle of Wight"
    assert area_in_a_sentence("partnership", "Leeds") == "Leeds"
    assert area_in_a_sentence("england", "England") == "England"
    assert area_in_words("police_force", "Cumbria") == "Cumbria force area"
    assert area_in_words("icb", "NHS Lincolnshire Integrated Care Board") == "Lincolnshire ICB"
    assert area_in_words("partnership", "Leeds Safeguarding Children Partnership") == "Leeds"


def test_periods_are_marked_where_they_are_not_over_or_hold_nothing():
    row = {"period_type": "year", "period": "2027", "is_part_period": True, "has_figures": False}

    assert period_offered(row) == "Year to March 2027 (not over) (nothing to show)"
    whole = row | {"is_part_period": False, "has_figures": True, "period_type": "three_years", "period": "2024-2026"}
    assert period_offered(whole) == "Three years to March 2026"


def test_areas_that_are_not_offered_are_counted_with_the_reason():
    said = areas_not_offered({"region": 0, "police_force": 1, "partnership": 44}, "public")

    assert said.startswith("Not in the list of areas: 1 police force area and 44 partnerships, because")
    assert "point to a child" in said
    assert areas_not_offered({"partnership": 0}, "public") == ""
    assert areas_not_offered({"partnership": 3}, "panel") == ""
    assert "outside your own area" in areas_not_offered({"partnership": 3}, "region")
