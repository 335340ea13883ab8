"""Refusals: each reason not to rank, and each reason for a figure to be too few, in words."""

import numpy as np
import pytest

from throughline.statistics import refuse_rank, too_few

VALUES = np.linspace(0.5, 0.95, 30)


def refusal(values=VALUES, half_width=0.02, direction="high", **more) -> str | None:
    values = np.asarray(values, dtype=float)
    return refuse_rank(values, values - half_width, values + half_width, direction, **more)


def test_many_clear_complete_units_with_an_agreed_direction_may_be_ranked():
    assert refusal() is None
    assert refusal(reliability=np.full(30, 0.7), denominator=10, completeness=0.8) is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"direction": "none"}, "Neither a high nor a low value is agreed to be better."),
        ({"reliability": np.full(30, 0.23)}, "only 23% of its difference from the pooled rate is likely to be real"),
        ({"half_width": 0.2}, "95% interval is wider than the gap between the lower and upper quarter of areas"),
        ({"values": VALUES[:19]}, "There are 19 areas with a value; a rank needs at least 20."),
        ({"values": [*VALUES, *[np.nan] * 4]}, "More than 10% of areas are missing or hidden."),
        ({"values": [0.5] * 9 + list(np.linspace(0.6, 0.9, 21))}, "More than a quarter of areas share one value."),
        ({"denominator": 9}, "This area's own denominator is under 10."),
        ({"completeness": 0.79}, "The field it rests on is under 80% complete."),
    ],
)
def test_one_failing_condition_is_enough_and_is_the_only_reason_given(options, words):
    reason = refusal(**options)
    assert words in reason and reason.count(". ") == 0


def test_every_reason_that_holds_is_given():
    reason = refusal(VALUES[:5], direction="none", denominator=3)
    assert "Neither a high" in reason and "There are 5 areas" in reason and "own denominator" in reason


def test_a_quarter_tied_and_a_tenth_missing_are_still_allowed():
    assert refusal([*np.linspace(0.5, 0.9, 27), *[np.nan] * 3]) is None
    assert refusal([0.5] * 5 + list(np.linspace(0.6, 0.95, 15))) is None


def test_no_values_at_all_are_refused():
    assert "There are 0 areas" in refusal([])
    assert "There are 0 areas" in refusal([np.nan] * 30)


def test_an_unknown_direction_is_an_error():
    with pytest.raises(ValueError, match="give high, low or none"):
        refusal(direction="up")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"expected": 1.83}, "Too few to say: 1.8 expected, and at least 5 are needed."),
        ({"expected": 5}, None),
        ({"denominator": 9}, "Fewer than 10 cases: the fraction is shown, not a percentage."),
        ({"denominator": 10}, None),
        ({"timed": 9}, "Fewer than 10 cases: even if all lay on one side, luck could put them there."),
        ({"timed": 10}, None),
        ({}, None),
    ],
)
def test_a_figure_on_too_few_cases_says_so(figure, words):
    assert too_few(**figure) == words
