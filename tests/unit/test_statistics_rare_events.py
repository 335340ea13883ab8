"""Rare events: how surprising a silence is, and the days between events."""

from datetime import date, timedelta

import numpy as np
import pytest

from throughline.statistics import days_between, silence_probability


def dates_after(gaps: list[int]) -> list[date]:
    return [date(2021, 4, 1) + timedelta(days=int(total)) for total in np.cumsum([0, *gaps])]


def test_a_middle_authority_is_silent_as_often_as_published():
    assert [round(100 * float(chance), 1) for chance in silence_probability(1.83, [1, 2, 3])] == [16.0, 2.6, 0.4]


def test_two_year_silences_are_to_be_expected_somewhere_among_153_authorities():
    assert round(153 * float(silence_probability(1.83, 2))) == 4


def test_no_time_and_no_events_expected_make_silence_certain():
    assert silence_probability(1.83, 0) == 1 and silence_probability(0, 5) == 1
    with pytest.raises(ValueError, match="years is -1"):
        silence_probability(1.83, -1)


def test_under_twelve_gaps_there_are_days_but_no_limits():
    chart = days_between(dates_after([30] * 5 + [90] * 6))
    assert chart.refusal == "Fewer than 12 gaps between events (11): too few for limits."
    assert chart.points["days"].to_list() == [30] * 5 + [90] * 6
    assert chart.lower is None and chart.points["label"].null_count() == 11


def test_limits_are_taken_on_the_transformed_scale_and_given_back_in_days():
    gaps = [20, 90, 45, 130, 60, 15, 200, 70, 35, 110, 50, 80]
    chart = days_between(dates_after(gaps), screen=False)
    scaled = np.array(gaps) ** (1 / 3.6)
    reach = 2.66 * np.abs(np.diff(scaled)).mean()
    assert chart.mean == pytest.approx(scaled.mean() ** 3.6)
    assert chart.upper == pytest.approx((scaled.mean() + reach) ** 3.6)
    assert chart.lower == pytest.approx((scaled.mean() - reach) ** 3.6)


def test_a_long_wait_stands_out_above():
    chart = days_between(dates_after([30, 40, 28, 35, 33, 41, 29, 36, 38, 31, 34, 37, 900]))
    last = chart.points.row(-1, named=True)
    assert (last["label"], last["side"], last["days"]) == ("astronomical", "above", 900)


def test_events_are_put_in_order_and_two_on_one_day_are_0_days_apart():
    chart = days_between([date(2024, 5, 3), date(2024, 5, 1), date(2024, 5, 3)])
    assert chart.points["days"].to_list() == [2, 0]
    assert chart.points["date"].to_list() == [date(2024, 5, 3), date(2024, 5, 3)]


def test_a_lower_limit_below_zero_is_no_limit():
    assert days_between(dates_after([0, 300] * 8)).lower is None


def test_no_events_or_one_have_no_gaps():
    assert days_between([]).refusal and days_between([date(2024, 5, 3)]).points.height == 0


def test_a_missing_date_is_refused():
    with pytest.raises(ValueError, match="missing date"):
        days_between([date(2024, 5, 1), None])
