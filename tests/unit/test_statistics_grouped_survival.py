"""Durations of many groups at once: the same answers as one group at a time, from rows or from counts by day."""

import time

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.statistics import kaplan_meier, median_durations, share_open

TWELVE_DAYS = [95, 130, 188, 188, 240, 301, 365, 410, 150, 220, 400, 90]
TWELVE_CLOSED = [True] * 7 + [False] * 5
FOUR_DAYS = [40, 60, 100, 130]


@pytest.fixture(scope="module")
def two_areas():
    return {
        "group": ["twelve"] * 12 + ["four"] * 4,
        "days": [*TWELVE_DAYS, *FOUR_DAYS],
        "closed": [*TWELVE_CLOSED, *[True] * 4],
    }


def rounded(parts) -> list[float | None]:
    return [None if part is None else round(part, 3) for part in parts]


def test_two_areas_give_the_published_medians_in_the_order_they_came(two_areas):
    medians = median_durations(**two_areas)
    assert medians.columns == ["group", "cases", "closed", "left_out", "median", "lower", "upper", "refusal"]
    assert medians.row(0) == ("twelve", 12, 7, 0, 240.0, 130.0, None, None)
    # Half of the four are open from day 60 to day 100, and the middle of that stretch is their median.
    assert medians.select("group", "cases", "closed", "median").row(1) == ("four", 4, 4, 80.0)


def test_two_areas_give_the_published_shares_still_open(two_areas):
    shares = share_open(**two_areas)
    assert shares.select("group", "days").rows() == [("twelve", 182), ("twelve", 364), ("four", 182), ("four", 364)]
    assert rounded(shares.select("share", "lower", "upper").row(0)) == [0.818, 0.447, 0.951]
    assert rounded(shares.select("share", "lower", "upper").row(1)) == [0.368, 0.093, 0.657]
    assert shares.select("share", "lower", "upper").row(3) == (0.0, None, None)
    assert shares["at_risk"].to_list() == [8, 3, 0, 0] and not shares["is_shown"].any()


def test_a_curve_is_shown_from_ten_at_risk(two_areas):
    assert share_open(**two_areas, at=(90, 130, 131))["is_shown"].to_list()[:3] == [True, True, False]


def test_rows_of_areas_may_come_in_any_order(two_areas):
    shuffled = pl.DataFrame(two_areas).sample(fraction=1, shuffle=True, seed=4)
    medians = median_durations(shuffled["group"], shuffled["days"], shuffled["closed"])
    assert medians.sort("group").equals(median_durations(**two_areas).sort("group"))


def test_counts_by_day_stand_for_so_many_cases():
    # The twelve reviews, with the two of day 188 in one row, and a row of none that changes nothing.
    days, closed, cases = [*TWELVE_DAYS[:2], *TWELVE_DAYS[3:], 5], [*TWELVE_CLOSED[1:], True], [1, 1, 2, *[1] * 8, 0]
    medians = median_durations(["area"] * 12, days, closed, cases=cases)
    assert medians.row(0)[1:] == (12, 7, 0, 240.0, 130.0, None, None)
    assert rounded(share_open(["area"] * 12, days, closed, cases=cases)["share"]) == [0.818, 0.368]


def test_further_levels_of_confidence_are_named_after_themselves(two_areas):
    both = median_durations(**two_areas, confidence=(0.95, 0.998))
    wide = median_durations(**two_areas, confidence=0.998)
    assert both.columns[4:] == ["median", "lower", "upper", "lower998", "upper998", "refusal"]
    assert both.select("lower998", "upper998").rows() == wide.select("lower", "upper").rows()
    assert both.drop("lower998", "upper998").equals(median_durations(**two_areas))
    shares = share_open(**two_areas, confidence=(0.95, 0.998))
    assert (shares["lower998"] <= shares["lower"]).all() and (shares["upper998"] >= shares["upper"]).all()


@pytest.mark.parametrize(
    ("days", "closed", "words"),
    [
        ([31, 410, 150], [False] * 3, "None closed yet; the longest open has run 410 days."),
        ([31], [True], "One case only, closed after 31 days: no median."),
        ([31], [False], "None closed yet; the longest open has run 31 days."),
        ([31, 40, 50, 60], [True] * 4, "Fewer than 5 closed (4): too few for a median."),
        ([31, 40, 50, 60, 70], [True] * 5, None),
        ([None], [True], "No cases, so there is nothing to time."),
    ],
)
def test_why_a_median_should_not_be_shown_is_said_for_each_group(days, closed, words):
    medians = median_durations(["other"] * 12 + ["this"] * len(days), TWELVE_DAYS + days, TWELVE_CLOSED + closed)
    assert medians["refusal"].to_list() == [None, words]
    assert kaplan_meier(days, closed).refusal == words


def test_one_case_has_no_median_but_still_a_share_open():
    assert median_durations(["a"], [31], [True]).row(0)[4:7] == (None, None, None)
    assert share_open(["a"], [31], [True], at=(30, 31)).select("share", "lower", "upper").rows() == [
        (1.0, 1.0, 1.0),
        (0.0, None, None),
    ]


def test_cases_without_a_start_are_left_out_and_counted_and_keep_their_group():
    medians = median_durations(["a", "b", "b"], [None, 3, None], [True, False, True], cases=[2, 1, 4])
    assert medians.select("group", "cases", "closed", "left_out").rows() == [("a", 0, 0, 2), ("b", 1, 0, 4)]
    shares = share_open(["a", "b", "b"], [None, 3, None], [True, False, True], at=(2, 4))
    assert shares["share"].to_list() == [None, None, 1.0, None] and shares["at_risk"].to_list() == [0, 0, 1, 0]


def test_no_rows_give_no_groups():
    assert median_durations([], [], []).height == 0
    assert share_open([], [], []).height == 0 and share_open(["a"], [3], [True], at=()).height == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (dict(group=["a", "b"], days=[1, -3], closed=[True, True]), "days at position 1 is -3"),
        (dict(group=["a"], days=[1, 3], closed=[True, True]), "group has 1 values for 2 durations"),
        (dict(group=["a", None], days=[1, 3], closed=[True, True]), "group at position 1 is missing"),
        (dict(group=["a", "b"], days=[1, 3], closed=[True]), "closed has 1 values for 2"),
        (dict(group=["a", "b"], days=[1, 3], closed=[True, None]), "closed at position 1 is neither true nor false"),
        (
            dict(group=["a", "b"], days=[1, 3], closed=pl.Series([True, None])),
            "closed at position 1 is neither true nor false",
        ),
        (dict(group=["a", "b"], days=[1, 3], closed=[True, False], cases=[1]), "cases has 1 values for 2 durations"),
        (dict(group=["a", "b"], days=[1, 3], closed=[True, False], cases=[1, None]), "cases at position 1 is missing"),
        (dict(group=["a", "b"], days=[1, 3], closed=[True, False], cases=[1.5, 1]), "cases at position 0 is 1.5"),
        (dict(group=["a"], days=[1], closed=[True], confidence=95), "confidence is 95"),
    ],
)
def test_what_cannot_be_timed_is_refused_by_place(arguments, words):
    for method in (median_durations, share_open):
        with pytest.raises(ValueError, match=words):
            method(**arguments)


def test_a_negative_day_is_not_an_answer_to_ask_for():
    with pytest.raises(ValueError, match="at at position 1 is -1"):
        share_open(["a"], [3], [True], at=(5, -1))


# Few different days, so that ties, flat stretches and exact halves all come up.
rows = st.lists(
    st.tuples(st.integers(0, 3), st.one_of(st.none(), st.integers(0, 12)), st.booleans(), st.integers(0, 3)),
    min_size=1,
    max_size=40,
)


def one_group(cases, wanted):
    """The rows of a group written out case by case."""
    return [(days, closed) for group, days, closed, count in cases if group == wanted for _ in range(count)]


@settings(deadline=None, max_examples=60)
@given(rows, st.sampled_from([0.8, 0.95, 0.998]))
def test_each_groups_median_is_the_one_it_has_alone(cases, confidence):
    group, days, closed, count = zip(*cases, strict=True)
    medians = median_durations(group, days, closed, count, confidence)
    assert medians["group"].to_list() == list(dict.fromkeys(group))
    for row in medians.iter_rows(named=True):
        alone = one_group(cases, row["group"])
        expected = kaplan_meier([case[0] for case in alone], [case[1] for case in alone], confidence)
        assert (row["cases"], row["closed"], row["left_out"]) == (expected.cases, expected.closed, expected.left_out)
        assert (row["median"], row["lower"], row["upper"]) == (
            expected.median,
            expected.median_lower,
            expected.median_upper,
        )
        assert row["refusal"] == expected.refusal


@settings(deadline=None, max_examples=60)
@given(rows, st.lists(st.floats(0, 14), min_size=1, max_size=4, unique=True))
def test_each_groups_share_still_open_is_the_one_it_has_alone(cases, at):
    group, days, closed, count = zip(*cases, strict=True)
    for row in share_open(group, days, closed, at, count).iter_rows(named=True):
        alone = one_group(cases, row["group"])
        expected = kaplan_meier([case[0] for case in alone], [case[1] for case in alone])
        shares = expected.survival_at(row["days"])
        assert [row["share"], row["lower"], row["upper"]] == [
            None if part is None else pytest.approx(part, abs=1e-12) for part in shares
        ]
        assert row["at_risk"] == expected.at_risk(row["days"])


def test_two_hundred_thousand_rows_in_ten_thousand_groups_take_well_under_a_second():
    rng = np.random.default_rng(8)
    group, days, closed = rng.integers(0, 10_000, 200_000), rng.integers(0, 700, 200_000), rng.random(200_000) < 0.7
    median_durations(group[:100], days[:100], closed[:100])
    started = time.perf_counter()
    median_durations(group, days, closed, confidence=(0.95, 0.998))
    assert time.perf_counter() - started < 1
