"""The funnel of cohorts: bars from nothing, an interval on each, and no bar where a count may not be shown."""

import polars as pl
import pytest

from tests.fixtures.share_rows import HIDDEN, NO_CASES, own, share_rows
from throughline.charts import cohorts
from throughline.charts.points import point_words
from throughline.wording import conversion as words

ENGLAND = own(900, 1000)


@pytest.fixture
def steps():
    rows = share_rows(
        ("CV1", "total", "Referral to notification", own(60, 200, standing="similar"), ENGLAND),
        ("CV2", "total", "Notification to rapid review", own(0, 40, standing="similar"), ENGLAND),
        ("CV3", "total", "Rapid review to local review", own(**HIDDEN), ENGLAND),
    )
    return rows.with_columns(cohort=pl.col("indicator").replace_strict(words.COHORTS))


def bars(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def test_the_two_parts_of_each_bar_make_its_cohort(steps):
    led, rest = bars(cohorts.cohort_bars(steps))

    assert list(led.x) == [60, 0]
    assert [one + other for one, other in zip(led.x, rest.x, strict=True)] == [200, 40]
    assert cohorts.cohort_bars(steps).layout.barmode == "stack"


def test_bars_begin_at_nothing_and_the_scale_holds_the_largest_cohort(steps):
    low, high = cohorts.cohort_bars(steps).layout.xaxis.range

    assert low == 0 and high > 200
    assert all(trace.base is None for trace in bars(cohorts.cohort_bars(steps)))


def test_the_interval_of_the_share_is_drawn_as_cases_also_where_none_led_on(steps):
    (limits,) = (trace for trace in cohorts.cohort_bars(steps).data if trace.error_x.array is not None)
    lower = steps["lower95"].drop_nulls().to_list()

    assert limits.x[0] - limits.error_x.arrayminus[0] == pytest.approx(200 * lower[0])
    assert limits.error_x.array[1] > 0  # none of 40 is not surely none


def test_what_may_not_be_shown_has_words_and_no_bar(steps):
    figure = cohorts.cohort_bars(steps)
    texts = figure.data[-1]

    assert all(len(trace.x) == 2 for trace in bars(figure))
    assert texts.text[-1].startswith("[c]") and "0" not in texts.text[-1]


def test_where_nothing_can_be_drawn_there_is_no_bar():
    rows = share_rows(("CV1", "total", "Referral to notification", own(**NO_CASES), own(**HIDDEN)))
    figure = cohorts.cohort_bars(rows.with_columns(cohort=pl.lit(words.COHORTS["CV1"])))

    assert all(not len(trace.x) for trace in bars(figure))


def test_each_cohort_is_told_with_its_interval(steps):
    (series,) = point_words(cohorts.cohort_bars(steps))

    assert series.points[0].words.startswith("Referrals that led to a notification: 30.0%, 60 of 200, 95% interval ")
    assert len(series.points) == 2


def test_the_alternative_says_the_counts_and_how_many_steps_are_hidden(steps):
    said = words.cohorts_alternative(steps, "Leeds", "three years ending March 2026")

    assert "referrals that led to a notification: 60 of 200 cases (30.0%)" in said
    assert said.endswith("1 step cannot be shown.")
