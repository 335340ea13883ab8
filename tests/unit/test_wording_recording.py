"""Sentences of the recording page at the edges: nobody, one child, all hidden, refused ratios, nothing gained."""

import polars as pl
import pytest

from tests.fixtures.share_rows import HIDDEN, NO_CASES, own, share_rows
from throughline.wording import recording as words

PERIOD = "three years ending March 2026"
RATIO = {"ratio": 1.22, "ratio_lower95": 1.03, "ratio_upper95": 1.45, "lowest_ratio": 1.06, "highest_ratio": 2.72}
NO_RATIO = dict.fromkeys(RATIO)


def recorded(*given):
    return share_rows(
        *(("DM1", f"ethnicity:{stage}", stage, row, None) for stage, row in zip(words.STAGES, given, strict=True))
    )


def considered(dm5, dm6):
    return share_rows(
        ("DM5", "ethnicity:rapid_review", "Rapid reviews: considered", dm5, None),
        ("DM6", "ethnicity:rapid_review", "Rapid reviews: not considered", dm6, None),
    )


def test_the_answer_says_recorded_at_each_stage_and_considered():
    said = words.headline(
        recorded(own(1086, 1217), own(981, 1049), own(2, 3)),
        considered(own(447, 981), own(534, 981)),
        "ethnicity",
        "England",
        PERIOD,
    )

    assert said == (
        "In England in the three years ending March 2026, ethnicity was recorded for 1,086 of 1,217 children (89.2%) "
        "at notification, for 981 of 1,049 children (93.5%) at rapid review and for 2 of 3 children at local review. "
        "In rapid reviews its effect was considered for 447 of 981 children (45.6%) of whom it was recorded."
    )


def test_one_child_and_nobody():
    none = own(**NO_CASES)
    said = words.headline(recorded(own(1, 1), none, none), considered(none, none), "ethnicity", "Leeds", PERIOD)

    assert "recorded for 1 of 1 child at notification." in said
    assert said.endswith("Whether rapid reviews considered it is not shown: there are no cases to count.")


def test_all_hidden_is_said_with_the_reason():
    hidden = own(**HIDDEN)
    said = words.headline(recorded(hidden, hidden, hidden), considered(hidden, hidden), "sex", "the North West", PERIOD)

    assert said == (
        f"How often sex was recorded cannot be shown for the North West in the {PERIOD}. "
        "One or more of the counts is small, so this is not shown."
    )


def test_what_is_not_returned_is_not_called_not_considered():
    shown = recorded(own(5, 20), own(5, 20), own(5, 20))
    said = words.headline(shown, shown.clear(), "language", "Leeds", PERIOD)

    assert said.endswith("Whether a review considered it is not returned.")


def rungs(*rows):
    frame = pl.DataFrame(rows, schema=["stage", "state", "children"], orient="row")
    return frame.with_columns(share=pl.col("children") / pl.col("children").sum().over("stage"))


def test_the_ladder_counts_what_was_recorded_and_what_was_considered():
    said = words.ladder_heading(
        rungs(("rapid_review", "considered", 3), ("rapid_review", "not_considered", 5), ("rapid_review", "refused", 2)),
        "ethnicity",
        "Leeds",
    )

    assert said == "At rapid review, ethnicity was recorded for 8 of 10 children, and considered at least partly for 3"


@pytest.mark.parametrize(
    ("state", "stage", "characteristic", "can_be"),
    [
        ("considered", "notification", "ethnicity", False),
        ("not_assessed", "notification", "ethnicity", False),
        ("recorded", "notification", "ethnicity", True),
        ("considered", "lcspr", "ethnicity", True),
        ("recorded", "lcspr", "ethnicity", False),
        ("considered", "rapid_review", "religion", False),
        ("recorded", "rapid_review", "religion", True),
        ("no_prompt", "rapid_review", "ethnicity", True),
        ("no_prompt", "lcspr", "ethnicity", False),
        ("refused", "notification", "ethnicity", True),
    ],
)
def test_a_step_that_cannot_happen_is_told_from_one_that_did_not(state, stage, characteristic, can_be):
    """Notifications, and three characteristics, have no field for what was made of it; only rapid reviews a form."""
    assert words.can_be(state, stage, characteristic) is can_be


def test_a_ladder_of_one_child_and_of_nobody():
    assert words.ladder_heading(rungs(("notification", "refused", 1)), "religion", "Leeds") == (
        "At notification, religion was not recorded for the one child"
    )
    assert words.ladder_heading(rungs(("notification", "blank", 1)).clear(), "religion", "Leeds") == (
        "No ladder of religion can be shown for Leeds"
    )


def test_considered_wherever_recorded_is_said_so():
    assert words.considered_heading(considered(own(9, 9), own(0, 9)), "sex", "Leeds") == (
        "Wherever it was recorded, rapid reviews considered sex"
    )
    assert words.considered_heading(considered(own(0, 1), own(1, 1)), "sex", "Leeds") == (
        "In rapid reviews sex was recorded and not considered for 1 of 1 child"
    )
    assert "cannot be shown" in words.considered_heading(considered(own(**HIDDEN), own(**HIDDEN)), "sex", "Leeds")


def changes(gained, lost):
    return share_rows(("DM7", "a:gained:b", "Gained", gained, None), ("DM7", "a:lost:b", "Lost", lost, None))


def test_gained_and_lost_do_not_cancel_out():
    assert words.changes_heading(changes(own(16, 166), own(16, 166)), "Leeds") == (
        "Of 166 children at both stages, 16 gained and 16 lost a record by rapid review"
    )
    assert words.changes_heading(changes(own(0, 1), own(**HIDDEN)), "Leeds") == (
        "Of 1 child at both stages, 0 gained a record by rapid review"
    )
    assert "cannot be shown" in words.changes_heading(changes(own(**HIDDEN), own(**NO_CASES)), "Leeds")


def characteristics(*given):
    return share_rows(*(("DM1", str(place), f"Name {place}", row, None) for place, row in enumerate(given)))


def test_least_and_most_need_a_difference():
    assert words.characteristics_heading(characteristics(own(50, 100), own(90, 100)), "England") == (
        "At rapid review, name 0 is recorded least (50.0%) and name 1 most (90.0%)"
    )
    assert words.characteristics_heading(characteristics(own(9, 9), own(9, 9)), "Leeds") == (
        "At rapid review, recorded for 9 of 9 children"
    )
    assert "cannot be shown" in words.characteristics_heading(characteristics(own(**HIDDEN)), "Leeds")


def test_characteristics_recorded_alike_are_named_together():
    tied_at_the_top = characteristics(own(71, 73), own(40, 73), own(11, 70), own(71, 73))
    tied_at_the_bottom = characteristics(own(20, 40), own(30, 40), own(10, 20))

    assert words.characteristics_heading(tied_at_the_top, "the East Midlands") == (
        "At rapid review, name 2 is recorded least (15.7%), and name 0 and name 3 most (97.3%)"
    )
    assert words.characteristics_heading(tied_at_the_bottom, "Leeds") == (
        "At rapid review, name 0 and name 2 are recorded least (50.0%), and name 1 most (75.0%)"
    )


def test_fewer_than_ten_children_put_no_characteristic_last():
    said = words.characteristics_heading(characteristics(own(30, 30), own(0, 1)), "Leeds")

    assert said == "At rapid review there are too few children to say what is recorded least or most"


def groups(*rows):
    return pl.DataFrame([{"name": f"Group {place}", **row} for place, row in enumerate(rows)], infer_schema_length=None)


def test_a_ratio_is_clear_of_one_only_when_both_ranges_are():
    assert words.clear_of_one(RATIO)
    assert not words.clear_of_one(RATIO | {"lowest_ratio": 0.99})
    assert not words.clear_of_one(RATIO | {"ratio_lower95": 0.99})
    assert not words.clear_of_one(NO_RATIO)
    assert words.clear_of_one({name: 1 / number for name, number in RATIO.items()} | {"highest_ratio": 0.95})


def test_the_heading_counts_groups_and_never_ranks_them():
    assert words.ratio_heading(groups(RATIO, RATIO | {"lowest_ratio": 0.5}), "England") == (
        "For 1 of 2 ethnic groups both ranges lie clear of 1"
    )
    assert words.ratio_heading(groups(RATIO | {"lowest_ratio": 0.5}, NO_RATIO), "Leeds") == (
        "The one ratio is not clear of 1"
    )
    assert words.clear_sentence(groups(RATIO, RATIO | {"lowest_ratio": 0.5})) == (
        "Clear of 1: Group 0. Of 2 looked at, chance alone would give about 0.10 at 95%."
    )
    assert words.clear_sentence(groups(RATIO | {"lowest_ratio": 0.5}, NO_RATIO)) == ""
    assert words.ratio_heading(groups(NO_RATIO), "Leeds") == (
        "No ethnic group of Leeds can be compared with its residents"
    )


def test_refusals_are_words_in_the_chart_and_its_alternative():
    assert words.ratio_said(NO_RATIO) == "refused: see the table"
    assert words.ratio_said(RATIO) == "1.22 (1.03 to 1.45)"
    said = words.ratio_alternative(groups(RATIO, NO_RATIO), "Leeds")
    assert "Group 0 1.22 (1.03 to 1.45)." in said
    assert "1 group refused" in said
