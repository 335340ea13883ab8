"""How long things take: limits are drawn, a curve stops where it was cut, scales start at zero, no median is no dot."""

import polars as pl
import pytest

from tests.fixtures.share_rows import MISSING_DAYS, days, share_rows
from throughline.charts import durations

LIMIT = (182.6, "6 months")
SCHEMA = {"days": pl.Int64, "share": pl.Float64, "lower": pl.Float64, "upper": pl.Float64}


@pytest.fixture
def own():
    return pl.DataFrame([(0, 1.0, 1.0, 1.0), (182, 0.9, 0.7, 0.98), (364, 0.6, 0.4, 0.8)], schema=SCHEMA, orient="row")


@pytest.fixture
def stages():
    rows = share_rows(
        ("TM6", "one", "Decision to reviewer", days(70, 60, 84, 30), days(76, 67, 84, 252)),
        ("TM6", "two", "Reviewer to first draft", days(220, 180, None, 12), days(223, 203, 241, 266)),
        ("TM6", "three", "Sign-off to publication", MISSING_DAYS, days(44, 42, 48, 267)),
    )
    return rows.with_columns(said=pl.Series(["70 days", "220 days", "[u] fewer than 5 closed"]))


def test_a_curve_has_its_limits_and_england_another_dash(own):
    figure = durations.share_open(own, own.head(2), LIMIT, 728)

    assert [trace.line.dash for trace in figure.data] == ["dash", "dot", "solid"]
    assert list(figure.data[1].y) == [100, 70, 40, None, 100, 98, 80, None]


def test_a_curve_is_not_carried_past_its_last_row_and_the_scale_starts_at_nothing(own):
    figure = durations.share_open(own, own.clear(), LIMIT, 728)

    assert max(day for day in figure.data[-1].x if day is not None) == 364
    assert figure.layout.xaxis.range[0] == 0
    assert figure.layout.yaxis.range == (0, 101)


def test_a_long_tail_is_cut_at_the_end_of_the_scale(own):
    figure = durations.share_open(own, own.clear(), LIMIT, 200)

    assert [day for day in figure.data[-1].x if day is not None] == [0, 182]


def test_the_time_allowed_is_a_line_with_its_words(own):
    figure = durations.share_open(own, own.clear(), LIMIT, 728)

    assert figure.layout.shapes[0].x0 == figure.layout.shapes[0].x1 == LIMIT[0]
    assert figure.layout.annotations[0].text == "6 months"


def test_the_scale_starts_at_zero_and_each_dot_has_its_interval(stages):
    england, own, _ = durations.stage_dots(stages).data

    assert durations.stage_dots(stages).layout.xaxis.range[0] <= 0
    assert list(own.x) == [70, 220]
    assert list(england.x) == [76, 223, 44]
    for trace in (own, england):
        for place in range(len(trace.x)):
            assert trace.error_x.array[place] + trace.error_x.arrayminus[place] > 0


def test_nothing_dark_is_drawn_over_or_under_an_interval(stages):
    figure = durations.stage_dots(stages)

    assert {trace.type for trace in figure.data} == {"scatter"}
    assert figure.data[0].marker.symbol != figure.data[1].marker.symbol


def test_a_stage_without_a_median_has_words_and_no_dot(stages):
    figure = durations.stage_dots(stages)

    assert len(figure.data[1].x) == 2
    assert "[u] fewer than 5 closed" in figure.data[-1].text


def test_a_limit_that_was_not_reached_runs_to_the_edge_and_does_not_stop_at_the_dot(stages):
    figure = durations.stage_dots(stages)
    own, end = figure.data[1], figure.layout.xaxis.range[1]

    assert own.x[1] + own.error_x.array[1] == pytest.approx(end)


def test_one_wide_interval_does_not_squeeze_the_rest(stages):
    wide = stages.with_columns(upper95=pl.lit(9000.0))

    assert durations.scale_end(wide) < 2 * 223


def test_with_nothing_to_draw_there_is_no_dot():
    rows = share_rows(("TM6", "one", "Decision to reviewer", MISSING_DAYS, None)).with_columns(said=pl.lit("[c]"))
    figure = durations.stage_dots(rows)

    assert [len(trace.x) for trace in figure.data[:2]] == [0, 0]
