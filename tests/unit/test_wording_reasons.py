"""Why a figure is missing is said in words: each reason its own, and none mistaken for zero."""

import re

import polars as pl
import pytest

from throughline import indicators, wording
from throughline.charts.comparison_rows import row_label
from throughline.wording import comparison, medians, points, reasons, standing


def row(value=None, status="ok", reason=None, numerator=None, denominator=None, **extra):
    return {
        "area_name": "A",
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "lower95": None,
        "upper95": None,
        "status": status,
        "reason": reason,
        **extra,
    }


def test_every_reason_that_a_release_can_give_has_a_sentence():
    assert set(indicators.STATUS_OF_REASON) <= set(reasons.REASONS)
    assert {"level", "confidential", "low_reliability"} <= set(reasons.REASONS)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (row(status="c", reason="confidential"), "One or more of the counts is small, so this is not shown"),
        (row(status="c", reason="level"), "Not published for this kind of area over this period"),
        (row(status="u", reason="too_few_closed", numerator=3, denominator=5), "Fewer than 5 closed"),
        (row(status="x", reason="not_reached"), "Not reached"),
        (
            row(status="u", reason="incomplete", numerator=3, denominator=5),
            "Too many records lack the field it rests on",
        ),
        (row(status="x", reason="no_return"), "No return was received"),
        (row(status="z", reason="no_cases"), "There are no cases to count"),
        (row(status="z", reason="not_begun"), "This partnership had not begun in that period"),
        (row(status="c"), "Confidential"),
    ],
)
def test_a_missing_figure_is_explained_where_it_would_stand(given, said):
    assert standing.standing_in_words(given, "proportion").startswith(said)


NONE_COUNTS = {"status": "z", "reason": "no_cases", "numerator": 0.0, "denominator": 0.0}


@pytest.mark.parametrize(
    ("waiting", "said", "short"),
    [
        (
            {"immature": 30, "excluded": 0},
            "No case is old enough to count yet (30 are too recent)",
            "[z] none old enough yet",
        ),
        (
            {"immature": 1, "excluded": 0},
            "No case is old enough to count yet (1 is too recent)",
            "[z] none old enough yet",
        ),
        ({"immature": 0, "excluded": 1200}, "All 1,200 cases were left out", "[z] all left out"),
        ({"immature": 0, "excluded": 1}, "The one case was left out", "[z] all left out"),
        (
            {"immature": 7, "excluded": 3},
            "No case can be counted (7 are too recent, and 3 left out)",
            "[z] too recent or left out",
        ),
        ({"immature": 0, "excluded": 0}, "There are no cases to count", "[z] no cases"),
        ({"immature": None, "excluded": None}, "There are no cases to count", "[z] no cases"),
    ],
)
def test_cases_that_wait_or_were_left_out_are_no_absence_of_cases(waiting, said, short):
    given = row(**NONE_COUNTS, **waiting)

    assert reasons.reason_in_words(given) == said
    assert reasons.reason_in_short(given) == short


def test_a_measure_that_leaves_out_all_its_first_years_says_why():
    given = row(**NONE_COUNTS, indicator="RC2", immature=0, excluded=2386)

    assert "All 2,386 cases were left out" in reasons.reason_in_words(given)
    assert "less than 36 months of returns before them" in reasons.reason_in_words(given)


def test_a_note_tells_no_cases_from_none_that_is_old_enough():
    empty = row(**NONE_COUNTS, immature=0, excluded=0)
    recent = row(**NONE_COUNTS, immature=30, excluded=0)

    assert reasons.symbol_note([empty, recent]) == (
        "[z] means there are no cases to count; or no case is old enough to count yet."
    )


def test_what_is_hidden_says_nothing_of_cases_that_wait():
    hidden = row(status="c", reason="confidential", immature=30, excluded=3)

    assert "30" not in reasons.reason_in_words(hidden) and "old enough" not in reasons.reason_in_words(hidden)


def test_a_figure_of_low_reliability_is_a_fraction_and_no_percentage():
    given = row(status="u", reason="low_reliability", numerator=14.0, denominator=17.0)

    assert wording.value_or_symbol(given, "proportion") == "14 of 17 [u]"


def test_a_median_that_is_not_reached_is_an_answer_and_not_a_letter():
    assert (
        wording.value_or_symbol(row(status="x", reason="not_reached", numerator=5.0, denominator=20.0), "days")
        == "not reached"
    )
    assert reasons.reason_in_short(row(status="x", reason="not_reached")) == "not reached"


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (180, 310.0, "180 to 310"),
        (180, None, "180 to not reached"),
        (None, 310, "not reached to 310"),
        (None, None, "[z]"),
    ],
)
def test_a_limit_of_a_median_that_was_not_reached_is_said_to_be(lower, upper, said):
    assert wording.interval(lower, upper, "days") == said


def test_days_and_recommendations_for_each_review_have_their_own_decimals():
    assert wording.measure(180.5, "days") == "181"
    assert wording.measure(6.9, "per_review") == "6.90"


def test_one_letter_with_two_reasons_explains_both_once():
    note = wording.symbol_note(
        [
            row(status="c", reason="level"),
            row(status="c", reason="confidential"),
            row(status="c", reason="level"),
            row(0.5),
            row(status="x", reason="not_reached"),
        ]
    )

    assert note == (
        "[c] means not published for this kind of area over this period; or one or more of the counts is small, so "
        "this is not shown."
    )


def test_a_headline_without_figures_says_why_for_each_kind():
    rows = pl.DataFrame(
        [row(status="c", reason="level"), row(status="c", reason="level"), row(status="c", reason="confidential")],
        schema_overrides={"value": pl.Float64},
    ).with_columns(standing=pl.lit(None, pl.String), differs=False, immature=None)
    said = comparison.comparison_headline(rows, "proportion", 0.0)

    assert "nothing can be compared" in said
    assert "Not published for this kind of area over this period (2 partnerships)." in said
    assert "small, so this is not shown (1 partnership)." in said


def test_hidden_counts_of_recent_cases_are_not_said_to_be_none():
    hidden = pl.DataFrame({"immature": [None, None]}, schema={"immature": pl.Int64})

    assert comparison.immature_sentence(hidden) == ""


def test_medians_promise_no_number_of_false_flags():
    assert "at most 2 in 1,000, and none with fewer than 10 cases" in comparison.chance_sentence(7, None)
    assert comparison.chance_in_short(None) == "at most 2 in 1,000 by chance"


def test_own_earlier_period_is_compared_in_words():
    cases = {"numerator": 30.0, "denominator": 40.0, "expected": None}
    assert standing.earlier_in_words(row(0.75, **cases, earlier="similar"), "proportion").startswith(
        "No more of a change"
    )
    assert standing.earlier_in_words(row(0.75, **cases, earlier="lower_998"), "proportion").startswith("Lower")
    few = row(0.75, numerator=3.0, denominator=4.0, earlier="similar", expected=None)
    assert standing.earlier_in_words(few, "proportion") == standing.TOO_FEW
    assert standing.earlier_in_words(row(0.75, **cases, earlier=None), "proportion") == standing.NO_EARLIER
    assert standing.earlier_in_words(row(status="c"), "proportion") == "[c]"


def test_neighbours_name_their_model_their_value_and_how_many_had_data():
    pool = row(0.7, numerator=70.0, denominator=100.0, authorities=10, authorities_returned=8)
    pool |= {"lower95": 0.6, "upper95": 0.8}
    own = row(0.9, numerator=18.0, denominator=20.0, neighbours="higher_95", expected=None)
    said = comparison.beside_neighbours(own, pool, "proportion", 2025)

    assert "statistical neighbour model of 2025, pooled" in said
    assert "data from 8 of 10 authorities" in said
    assert "A is at 90.0%: above them at 95% only" in said
    assert "data from 8 of 10 authorities" in comparison.reference_detail(
        pool | {"lower95": 0.6, "upper95": 0.8}, "proportion"
    )


def test_the_cases_behind_the_median_of_open_reviews_are_never_called_closed_or_ended():
    open_reviews = row(229.0, indicator="TM8", numerator=13.0, denominator=13.0, lower95=100.0, upper95=300.0)
    few = row(status="u", reason="too_few_closed", indicator="TM8")
    said = [
        comparison.reference_detail(open_reviews, "days"),
        medians.cases_heading("days", "TM8"),
        reasons.reason_in_words(few),
        reasons.reason_in_short(few),
        reasons.symbol_note([few]),
        comparison.missing_reasons(pl.DataFrame([few])),
    ]
    label = row_label(open_reviews, "days")
    beside_dots = [
        label,
        points.compared(open_reviews | {"label": label, "shown": "229", "differs": False}, "days"),
        medians.label_heading([label]),
    ]

    assert all("open and overdue" in each.lower() for each in said)
    assert label == "13 open"
    assert not [each for each in [*said, *beside_dots] if re.search("[Cc]losed|ended", each)]


def test_the_cases_behind_other_medians_have_ended():
    review = row(229.0, indicator="TM5", numerator=5.0, denominator=13.0, lower95=100.0, upper95=300.0)
    assert comparison.reference_detail(review, "days").startswith("5 of 13 ended")
    assert medians.cases_heading("days", "TM5") == "Closed"
    assert row_label(review, "days") == "5 of 13"
    assert medians.label_heading(["5 of 13"]) == "Closed"
    assert medians.label_in_words("5 of 13") == "5 of 13 closed"
    assert "5 closed" in reasons.reason_in_words(row(status="u", reason="too_few_closed", indicator="TM5"))
    assert medians.cases_heading("proportion", "CV2") == "Cases"
