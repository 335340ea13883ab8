"""What may be said of a set of shares: with none, one, few or hidden cases, and when something differs."""

import polars as pl
import pytest

from tests.fixtures.share_rows import FEW_PUBLISHED, HIDDEN, NO_CASES, NO_RETURN, own, share_rows
from throughline.analyses.dots import with_most
from throughline.wording import measures as words

ENGLAND = own(900, 1000)


def rows(*given):
    return share_rows(*(("CV1", "total", f"Share {place}", each, ENGLAND) for place, each in enumerate(given, start=1)))


def row(**given):
    return rows(own(**given)).row(0, named=True)


@pytest.mark.parametrize(
    ("numerator", "denominator", "said"),
    [
        (958, 975, "958 of 975 notifications (98.3%)"),
        (3, 4, "3 of 4 notifications"),
        (1, 1, "1 of 1 notification"),
        (0, 40, "none of 40 notifications"),
    ],
)
def test_cases_come_with_a_percentage_only_where_they_are_not_few(numerator, denominator, said):
    given = row(numerator=numerator, denominator=denominator)

    assert words.cases_of(given, "notification", "notifications") == said


def test_a_published_fraction_without_a_percentage_stays_a_fraction():
    assert words.share_or_fraction(row(**FEW_PUBLISHED)) == "14 of 17"


def test_none_to_count_and_hidden_are_not_shown():
    assert not words.is_shown(row(**NO_CASES))
    assert not words.is_shown(row(**HIDDEN))
    assert words.is_shown(row(numerator=0, denominator=3))


def test_one_reason_for_all_is_said_once():
    assert words.why_hidden(rows(own(**NO_RETURN), own(**NO_RETURN))) == "No return was received."


def test_different_reasons_are_said_with_the_names_they_hold_for():
    said = words.why_hidden(rows(own(5, 50), own(**HIDDEN), own(**NO_CASES)))

    assert said == (
        "No figure for share 2: one or more of the counts is small, so this is not shown. "
        "No figure for share 3: there are no cases to count."
    )


def test_nothing_hidden_needs_no_reason():
    assert words.why_hidden(rows(own(5, 50))) == ""


def test_nothing_differs_says_how_many_were_compared():
    same = own(45, 50, standing="similar")

    assert words.standing_sentence(rows(same, same), "step", "steps") == (
        "None of the steps differs from England by more than chance would give."
    )
    assert words.standing_sentence(rows(same, same, own(**HIDDEN)), "step", "steps").startswith(
        "None of the 2 steps with a figure differs"
    )
    assert words.standing_sentence(rows(same, own(**HIDDEN)), "step", "steps").startswith(
        "The one step with a figure does not differ"
    )


def test_nothing_differs_of_three_cases_is_no_evidence_of_being_alike():
    few = own(3, 4, standing="similar")

    assert words.standing_sentence(rows(few, few), "step", "steps").endswith(
        "There are too few cases to show a difference, so this is not evidence that they are alike."
    )
    assert "1 of them rests on too few cases" in words.standing_sentence(
        rows(few, own(45, 50, standing="similar")), "step", "steps"
    )
    assert words.standing_heading(rows(few), "Leeds", "step", "steps").startswith("Leeds has too few cases")


def test_only_998_differs_and_recording_comes_first():
    said = words.standing_sentence(
        rows(own(10, 50, standing="lower_998"), own(40, 50, standing="lower_95")), "step", "steps"
    )

    assert said == (
        "1 of 2 steps differs from England by more than chance would give: share 1 (lower). Check recording first."
    )
    assert words.standing_heading(rows(own(40, 50, standing="lower_95")), "Leeds", "step", "steps") == (
        "No step in Leeds differs from England by more than chance"
    )


def test_england_is_compared_with_nothing():
    assert words.standing_sentence(rows(own(10, 50)), "step", "steps") == ""
    assert words.standing_heading(rows(own(10, 50)), "England", "step", "steps") == ""


def test_what_is_too_recent_is_told_or_said_not_to_be():
    assert words.recent_sentence(rows(own(5, 50, immature=1))) == "1 case is too recent to count, and in no share."
    assert words.recent_sentence(rows(own(5, 50))) == "No case here is too recent to count."
    assert "not published" in words.recent_sentence(rows(own(**HIDDEN, immature=None)))


def waiting(*given):
    """Rows of (indicator, breakdown, denominator, cases too recent to count)."""
    return share_rows(
        *(
            (indicator, breakdown, f"{indicator} {place}", own(1, denominator, immature=immature), None)
            for place, (indicator, breakdown, denominator, immature) in enumerate(given)
        )
    )


def test_a_case_that_waits_in_three_parts_of_one_whole_is_counted_once():
    parts = waiting(("TM4", "total", 220, 7), ("TM4", "late", 220, 7), ("TM4", "overdue", 220, 7))

    assert words.recent_sentence(parts) == "7 cases are too recent to count, and in no share."


def test_cases_of_different_steps_are_given_no_total_since_one_may_wait_at_each():
    steps = waiting(("TM3", "total", 24, 2), ("TM4", "total", 220, 7), ("TM4b", "total", 220, 7))

    assert words.recent_sentence(steps) == (
        "How many cases of each row are too recent to count, and in no share, stands in its own column."
    )


def test_cases_that_wait_at_one_step_alone_are_told():
    steps = waiting(("TM1", "total", 90, 0), ("TM4", "total", 220, 7))

    assert words.recent_sentence(steps).startswith("7 cases are")


def test_cases_of_different_years_add_up():
    years = waiting(("CV1", "total", 50, 2), ("CV1", "total", 50, 2), ("CV1", "total", 40, 1))

    assert words.recent_sentence(years).startswith("5 cases are")


def test_the_alternative_has_the_ends_england_and_what_is_missing():
    said = words.shares_alternative(rows(own(45, 50), own(10, 50), own(**HIDDEN)), "Steps", "Leeds", "year")

    assert "Lowest: share 2, 20.0% (England 90.0%). Highest: share 1, 90.0%" in said
    assert "1 row without a value" in said
    assert words.shares_alternative(rows(own(**HIDDEN)), "Steps", "Leeds", "year").count("Lowest") == 0


def test_shares_that_tie_are_neither_lowest_nor_highest_alone():
    def said(*given):
        return words.shares_alternative(rows(*given), "Steps", "Leeds", "year")

    equal = said(own(1, 2), own(1, 2))
    assert "All 2 are equal: 1 of 2." in equal and "Lowest" not in equal
    assert "All 2 are equal: 50.0%." in said(own(10, 20), own(20, 40))
    assert "Lowest: share 1 and share 3, each 0 of 4. Highest: share 2, 3 of 4" in said(own(0, 4), own(3, 4), own(0, 4))
    assert "Lowest: 4 that are equal, each 0 of 4." in said(*[own(0, 4)] * 4, own(1, 4))


def test_a_chart_of_the_fullest_rows_alone_says_so_and_calls_none_the_lowest_of_all():
    said = words.shares_alternative(rows(own(45, 50), own(10, 50)), "Reasons", "Leeds", "year", 19)

    assert "The 2 of 19 with most cases." in said and "Lowest drawn: share 2" in said
    assert words.drawn_sentence(8, 19) == "Drawn are the 8 of 19 with most cases; the table has every one."


def test_rows_that_tie_with_the_last_one_drawn_are_drawn_as_well():
    tied = rows(own(9, 50), own(5, 50), own(5, 50), own(1, 50))

    assert with_most(tied, 2)["numerator"].to_list() == [9, 5, 5]
    assert with_most(tied, 3).height == 3 and with_most(tied, 9).height == 4
    assert with_most(rows(own(**HIDDEN), own(**HIDDEN)), 1).height == 1


def test_a_chart_with_nothing_in_it_is_replaced_by_words():
    assert words.hidden_notice(rows(own(5, 50))) == ()
    assert words.hidden_notice(rows(own(**HIDDEN))) == (
        "Nothing can be drawn. No figure for share 1: one or more of the counts is small, so this is not shown.",
    )


def test_a_year_that_is_not_over_is_never_named_highest_or_lowest():
    years = rows(own(10, 100), own(40, 100), own(95, 100)).with_columns(is_part_period=pl.Series([False, False, True]))
    said = words.shares_alternative(years, "Share", "Leeds", "years")

    assert "Lowest: share 1, 10.0%" in said and "Highest: share 2, 40.0%" in said
    alone = years.filter("is_part_period")
    assert "Share 3: 95.0%" in words.shares_alternative(alone, "Share", "Leeds", "years")
