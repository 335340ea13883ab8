"""Words about returns at the edges: nothing sent, nothing wrong, one of each, and counts that cannot be compared."""

from datetime import date, datetime

import polars as pl
import pytest

from throughline.wording import data_quality as words

SENT = {
    "partnership_name": "Leeds Safeguarding Children Partnership",
    "short_name": "Leeds",
    "is_returned": True,
    "submissions_held": 2,
    "rows_accepted": 99,
    "rows_quarantined": 1,
    "queries_waiting": 1,
    "records_new": 0,
    "records_gone": 0,
    "records_changed": 0,
    "as_at_date": date(2026, 9, 30),
    "received_at": datetime(2026, 10, 1, 9),
}
SILENT = {name: None for name in SENT} | {
    "partnership_name": "Kent Safeguarding Children Partnership",
    "short_name": "Kent",
    "is_returned": False,
    "submissions_held": 0,
}
COUNTED = {
    "geographic_level": "national",
    "nature": "total",
    "reporting_year": 2026,
    "number_rounding": "unrounded",
    "published_notifications": 357,
    "returned_notifications": 357,
    "authorities": 153,
    "authorities_returned": 153,
}


def frame(*rows):
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides={"rows_accepted": pl.Int64})


def test_several_partnerships_are_counted_and_their_rows_added():
    said = words.quality_headline(frame(SENT, SILENT, {**SENT, "rows_quarantined": 2, "queries_waiting": 0}), "")

    assert said.startswith("2 of the 3 partnerships have sent a return. 3 of 201 rows were put aside for errors, ")
    assert "1 query waits for an explanation." in said
    assert said.endswith(words.LIMIT_OF_CHECKS)


def test_when_all_have_sent_and_nothing_is_wrong_nothing_more_is_claimed():
    clean = {**SENT, "rows_quarantined": 0, "queries_waiting": 0}
    said = words.quality_headline(frame(clean, clean), " in the North East")

    assert said.startswith("All 2 partnerships in the North East have sent a return. None of 198 rows was put aside")
    assert "no query waits" in said
    assert said.endswith(words.LIMIT_OF_CHECKS)


def test_one_of_many_keeps_its_grammar():
    assert words.quality_headline(frame(SENT, SILENT), "").startswith("1 of the 2 partnerships has sent a return. 1 of")


def test_where_nobody_has_sent_no_number_of_rows_is_given():
    said = words.quality_headline(frame(SILENT, SILENT), "")

    assert said == "None of the 2 partnerships has sent a return, so nothing can be said of them."


@pytest.mark.parametrize(
    ("row", "start"),
    [
        (SENT, "Leeds Safeguarding Children Partnership has sent a return. 1 of 100 rows was put aside for errors"),
        (SILENT, "Kent Safeguarding Children Partnership has not sent a return, so nothing is known"),
        (
            {**SENT, "rows_accepted": 0, "rows_quarantined": 0},
            "Leeds Safeguarding Children Partnership has sent a return. It holds no rows, and 1 query waits",
        ),
    ],
)
def test_one_partnership_is_named(row, start):
    assert words.quality_headline(frame(row), "").startswith(start)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "No change"),
        ({"records_new": None, "records_gone": None, "records_changed": None}, "First return"),
        ({"records_gone": 1}, "1 gone"),
        ({"records_new": 1200, "records_changed": 2}, "1,200 new, 2 changed"),
        ({"is_returned": False, "records_new": None}, "[x]"),
    ],
)
def test_no_change_a_first_return_and_no_return_are_three_things(changes, said):
    assert words.changes_in_words({**SENT, **changes}) == said


def test_missing_nil_zero_and_returned_are_four_different_words():
    said = [words.state_in_words(state, 0) for state in ("missing", "nil", "zero_unconfirmed", "returned")]

    assert len(set(said)) == 4
    assert [any(letter.isdigit() for letter in text) for text in said] == [False, False, False, True]
    assert words.state_in_words("returned", 1234) == "1,234"


def test_regional_counts_are_called_different_only_beyond_the_rounding():
    near = {
        "published_notifications": 30,
        "returned_notifications": 26,
        "authorities": 12,
        "authorities_returned": 12,
        "number_rounding": "nearest_10",
    }
    far = {**near, "returned_notifications": 36}

    assert words.regional_finding([near, far]) == "1 of 2 regional counts differ by more than DfE's rounding"
    assert words.regional_finding([]).startswith("No published count of a region")


@pytest.mark.parametrize(
    ("states", "said"),
    [
        (["missing", "missing"], "Leeds: nothing is held for any year"),
        (["returned", "nil"], "Leeds: every empty return is a confirmed nil"),
        (["returned", "zero_unconfirmed"], "Leeds: 1 empty return is not confirmed as a nil"),
        (["zero_unconfirmed", "zero_unconfirmed"], "Leeds: 2 empty returns are not confirmed as nils"),
        (["returned", "returned"], "Leeds: records are held of every return and year"),
    ],
)
def test_what_is_held_is_told_by_what_is_still_unsure(states, said):
    assert words.held_finding(pl.DataFrame({"state": states}), "Leeds") == said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "The same"),
        ({"returned_notifications": 340}, "17 fewer in the returns"),
        ({"returned_notifications": 358}, "1 more in the returns"),
        ({"returned_notifications": 0, "authorities_returned": 0}, "Nothing to compare"),
        ({"published_notifications": None}, "Nothing to compare"),
        ({"authorities_returned": 152}, "Not compared: returns are missing"),
        (
            {"published_notifications": 20, "returned_notifications": 25, "number_rounding": "nearest_10"},
            "No more than the rounding",
        ),
        (
            {"published_notifications": 20, "returned_notifications": 26, "number_rounding": "nearest_10"},
            "More in the returns than rounding explains",
        ),
        (
            {"published_notifications": 20, "returned_notifications": 14, "number_rounding": "nearest_10"},
            "Fewer in the returns than rounding explains",
        ),
    ],
)
def test_a_difference_is_said_no_more_exactly_than_it_is_known(changed, said):
    assert words.difference_in_words({**COUNTED, **changed}) == said


def test_no_return_is_never_a_count_of_zero():
    assert words.returned_count({**COUNTED, "returned_notifications": 0, "authorities_returned": 0}) == "[x]"
    assert words.returned_count({**COUNTED, "returned_notifications": 0}) == "0"
    assert words.count_or_symbol(None) == "[x]" and words.count_or_symbol(0) == "0"


def test_a_public_reader_is_told_how_much_of_england_is_covered():
    said = words.public_headline(frame(COUNTED, {**COUNTED, "reporting_year": 2025, "authorities_returned": 1}))

    assert said.startswith("The returns for the year ending March 2026 cover 153 of England's 153 authorities.")
    assert words.public_headline(frame(COUNTED).clear()).startswith("Nothing can be said")


@pytest.mark.parametrize(
    ("severity", "findings", "explained", "said"),
    [
        ("error", 2, 0, "To be put right"),
        ("query", 1, 0, "Waits for an explanation"),
        ("query", 2, 0, "Wait for an explanation"),
        ("query", 3, 1, "1 explained, 2 waiting"),
        ("query", 2, 2, "Explained"),
    ],
)
def test_an_error_is_put_right_and_a_query_explained(severity, findings, explained, said):
    assert words.next_step({"severity": severity, "findings": findings, "explained": explained}) == said


def test_a_rule_that_can_be_error_or_query_is_one_rule():
    both = pl.DataFrame({"rule": ["V04", "V04", "V13"]})

    assert words.findings_finding(both, "Leeds") == "Leeds: 2 rules are broken in the return that counts"
    assert words.findings_finding(both.clear(), "Leeds") == "Leeds: no rule is broken in the return that counts"


def test_a_code_that_has_no_words_yet_is_still_readable():
    assert words.in_words(words.SCOPE_IN_WORDS, "between_years") == "Between years"


def test_no_words_of_praise_or_blame():
    spoken = " ".join(
        [
            *(text for pair in words.NOT_SAID for text in pair),
            *words.STATE_IN_WORDS.values(),
            words.SEVERITIES_EXPLAINED,
            words.STATES_EXPLAINED,
            words.CHANGES_EXPLAINED,
            words.DIFFERENCE_IS_A_QUESTION,
        ]
    ).lower()

    assert not {"best", "worst", "good", "poor", "better", "worse", "careless", "late", "fail"} & set(
        spoken.replace(".", " ").replace(",", " ").split()
    )
