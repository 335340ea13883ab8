"""XmR charts: the published sixteen months, each rule at its edge, gaps, and when there are no limits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.statistics import xmr

SIXTEEN_MONTHS = [71, 68, 74, 70, 66, 73, 69, 72, 75, 77, 78, 76, 79, 80, 77, 91]
RULES = ("is_astronomical", "is_trend", "is_two_of_three", "is_shift")

# Twelve points that wander about 50 without a signal, for placing one rule among.
QUIET = [49, 52, 48, 51, 50, 52, 47, 51, 49, 52, 48, 51]


def marked(chart, rule: str) -> list[int]:
    return chart.points.filter(rule)["point"].to_list()


def test_sixteen_months_give_the_published_mean_and_limits():
    chart = xmr(SIXTEEN_MONTHS)
    assert (chart.mean, round(chart.lower, 2), round(chart.upper, 2)) == (74.75, 66.01, 83.49)
    assert chart.average_moving_range == pytest.approx(46 / 14)
    assert chart.points.filter("is_screened_out")["moving_range"].to_list() == [14]


def test_without_the_screen_the_limits_are_the_published_wider_ones():
    chart = xmr(SIXTEEN_MONTHS, screen=False)
    assert (round(chart.lower, 2), round(chart.upper, 2)) == (64.11, 85.39)
    assert not chart.points["is_screened_out"].any()


def test_sixteen_months_show_the_published_signals_with_one_label_each():
    chart = xmr(SIXTEEN_MONTHS)
    assert marked(chart, "is_shift") == list(range(1, 17))
    assert marked(chart, "is_astronomical") == [5, 16]
    assert chart.points["label"].to_list() == ["astronomical" if p in (5, 16) else "shift" for p in range(1, 17)]
    assert chart.points["side"].to_list() == ["below"] * 8 + ["above"] * 8


def test_seven_on_one_side_are_a_shift_and_six_are_not():
    seven_then_six = [10, 12, 10, 12, 10, 12, 10, 14, 15, 14, 15, 14, 15]
    assert marked(xmr(seven_then_six, screen=False), "is_shift") == [1, 2, 3, 4, 5, 6, 7]


def test_a_point_on_the_mean_breaks_a_shift():
    # The mean is exactly 50: six above, one on it, six above, twelve below.
    values = [51, 52, 51, 52, 51, 52, 50, 51, 52, 51, 52, 51, 52, *[48, 49] * 3, 50, *[48, 49] * 3]
    chart = xmr(values)
    assert chart.mean == 50
    assert marked(chart, "is_shift") == []


def test_a_trend_needs_six_rises_and_marks_where_it_started():
    rising = [50, 48, 52, 49, 40, 43, 46, 49, 52, 55, 58, 50, 48, 51]
    assert marked(xmr(rising), "is_trend") == [5, 6, 7, 8, 9, 10, 11]
    assert marked(xmr([50, 48, 52, 49, 43, 46, 49, 52, 55, 58, 50, 48, 51, 49]), "is_trend") == []


def test_an_equal_pair_breaks_a_trend():
    assert marked(xmr([50, 48, 52, 49, 40, 43, 46, 46, 49, 52, 55, 50, 48, 51]), "is_trend") == []


def test_two_of_three_marks_only_the_points_near_the_limit():
    chart = xmr([*QUIET, 57, 51, 57, *QUIET], screen=False)
    assert chart.near_upper < 57 <= chart.upper
    assert marked(chart, "is_two_of_three") == [13, 15]
    assert chart.points["label"][13] is None


def test_two_of_three_needs_all_three_on_one_side():
    assert marked(xmr([*QUIET, 57, 48, 57, *QUIET], screen=False), "is_two_of_three") == []


def test_a_point_beyond_the_limit_does_not_count_towards_two_of_three():
    chart = xmr([*QUIET, 51, 90, 57, *QUIET], screen=True)
    assert 14 in marked(chart, "is_astronomical")
    assert marked(chart, "is_two_of_three") == []


def test_a_gap_is_not_differenced_across_and_starts_every_run_again():
    # Without the gap the first seven points would be a shift, and their last rise part of a trend.
    whole = [40, 41, 40, 41, 40, 41, 40, 60, 61, 60, 61, 60, 61, 60]
    gapped = [40, 41, 40, None, 41, 40, 41, 40, 60, 61, 60, None, 61, 60, 61, 60]
    assert len(marked(xmr(whole), "is_shift")) == 14
    assert marked(xmr(gapped), "is_shift") == []
    assert xmr(gapped).points["moving_range"].to_list()[3:5] == [None, None]
    assert xmr(gapped).points["side"][3] is None


def test_a_gap_changes_nothing_about_the_mean():
    assert xmr([*QUIET, None, 50]).mean == xmr([*QUIET, 50]).mean


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        (QUIET[:11], {}, "Fewer than 12 points (11)"),
        ([], {}, "Fewer than 12 points (0)"),
        ([*QUIET[:11], None, None], {}, "Fewer than 12 points (11)"),
        ([1, 2, 0, 3] * 4, {"counts": True}, "The average is 1.5 a period, under 5"),
        ([7] * 20, {}, "No variation"),
        ([0.1 + 0.2, 0.3] * 8, {}, "No variation"),
        ([7] * 15 + [8], {}, "No variation"),
        ([5, None] * 12, {}, "No two points are next to each other"),
    ],
)
def test_no_limits_and_no_flags_where_a_chart_would_mislead(values, options, words):
    chart = xmr(values, **options)
    assert words in chart.refusal
    assert (chart.lower, chart.upper) == (None, None)
    assert chart.points.height == len(values)
    assert not any(chart.points[rule].any() for rule in RULES)
    assert chart.points["label"].null_count() == len(values)


def test_rare_values_that_are_not_counts_may_be_charted():
    assert xmr([0.71, 0.68, 0.74, 0.70] * 4).refusal is None


def test_limits_are_kept_true_when_they_pass_zero():
    assert xmr([6, 0, 12, 1, 9, 0, 14, 2, 8, 0, 11, 3], counts=True).lower < 0


@pytest.mark.parametrize(("values", "words"), [([[1, 2]], "one flat list"), ([1, float("inf")], "position 1")])
def test_what_is_not_a_series_is_refused(values, words):
    with pytest.raises(ValueError, match=words):
        xmr(values)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.one_of(st.none(), st.integers(0, 400)), max_size=40), st.booleans())
def test_a_label_is_given_to_exactly_the_points_with_a_flag_and_gaps_have_none(values, screen):
    chart = xmr(values, screen)
    for row in chart.points.iter_rows(named=True):
        met = [rule.removeprefix("is_") for rule in RULES if row[rule]]
        assert row["label"] == (met[0] if met else None)
        assert row["value"] is not None or not met
    if chart.refusal is None:
        assert chart.lower < chart.near_lower < chart.mean < chart.near_upper < chart.upper


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 400), min_size=12, max_size=30))
def test_turning_a_chart_upside_down_moves_no_flag(values):
    chart, turned = xmr(values), xmr([-value for value in values])
    assert chart.points.select(RULES).equals(turned.points.select(RULES))
