"""Open reviews on a line of time: begun, due and past, to the day of the return and no further."""

from datetime import date, timedelta

import polars as pl
import pytest

from throughline.charts import open_reviews as charts
from throughline.charts.points import point_words
from throughline.charts.svg import to_svg
from throughline.wording import questions as words
from throughline.wording.timeliness import days_past

AS_AT = date(2026, 9, 30)


def review(reference, begun, due):
    row = {"record_ref": reference, "date_started": begun, "date_due": due, "as_at_date": AS_AT}
    return row | {"past": days_past({"days_past_due": (AS_AT - due).days})}


@pytest.fixture
def reviews():
    return pl.DataFrame(
        [
            review("LCSPR-00001", date(2025, 9, 30), date(2026, 3, 30)),
            review("LCSPR-00002", date(2026, 3, 30), AS_AT),
            review("LCSPR-00003", date(2026, 6, 1), date(2026, 12, 1)),
        ]
    )


def stretches(trace):
    return [(trace.x[place], trace.x[place + 1]) for place in range(0, len(trace.x), 3)]


def test_time_allowed_ends_at_the_due_day_and_time_past_at_the_day_of_the_return(reviews):
    within, past, ahead = charts.open_reviews(reviews).data[:3]

    assert stretches(within) == [(-365, -184), (-184, 0), (-121, 0)]
    assert stretches(past) == [(-184, 0)]
    assert stretches(ahead) == [(0, 62)]


def test_what_is_past_differs_by_the_mark_between_as_well_as_by_colour(reviews):
    within, past, _, due = charts.open_reviews(reviews).data[:4]

    assert within.line.color != past.line.color
    assert list(due.x) == [-184, 0, 62] and due.marker.symbol == "diamond"


def test_everything_lies_on_the_scale(reviews):
    figure = charts.open_reviews(reviews)
    start, end = figure.layout.xaxis.range

    assert start < -365 and end > 62
    assert all(start <= day <= 0 for day in figure.layout.xaxis.tickvals)


@pytest.mark.parametrize("days", [1, 20, 100, 700, 3000])
def test_months_along_the_foot_are_few_and_stand_at_their_first_day(days):
    ticks, names = charts.ticks(AS_AT, -float(days))

    assert len(ticks) == len(names) <= charts.MOST_TICKS + 2
    for day, name in zip(ticks, names, strict=True):
        first = AS_AT + timedelta(days=day)
        assert first.day == 1 and name == f"{first:%b %Y}" and -days < day <= 0


@pytest.mark.parametrize("days", [217, 700, 2066, 3000])
def test_no_month_stands_so_near_an_end_that_its_name_would_be_cut_off(days):
    ticks, _ = charts.ticks(AS_AT, -float(days))

    assert len(ticks) >= 2
    assert all(-0.9 * days <= day <= -0.05 * days for day in ticks)


def test_each_review_is_told_with_its_dates(reviews):
    (series,) = point_words(charts.open_reviews(reviews))

    assert [point.words for point in series.points] == [
        "LCSPR-00001: clock started 30 September 2025, due 30 March 2026, 184 days past",
        "LCSPR-00002: clock started 30 March 2026, due 30 September 2026, due today",
        "LCSPR-00003: clock started 1 June 2026, due 1 December 2026, in 62 days",
    ]


def test_the_alternative_says_the_same_and_one_review_is_singular(reviews):
    said = words.overdue_alternative("TM4", reviews.to_dicts())
    one = words.overdue_alternative("TM2", reviews.head(1).to_dicts())

    assert said.startswith(
        "Timeline of 3 open local reviews. LCSPR-00001: clock started 30 September 2025, due 30 March 2026"
    )
    assert one.startswith("Timeline of 1 open rapid review.")


def test_it_can_be_drawn_without_a_browser(reviews):
    assert "day of the return" in to_svg(charts.open_reviews(reviews), "A title", "An alternative")


@pytest.mark.parametrize(("more", "said"), [(0, ""), (1, "1 more review open, due later than these."), (4, "4 more")])
def test_a_list_that_ends_says_how_many_more_are_open(more, said):
    assert words.more_open(more).startswith(said) and bool(words.more_open(more)) == bool(more)
