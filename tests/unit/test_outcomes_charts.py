"""What notifications come to: limits are drawn, a curve stops where it was cut, and all panels share one scale."""

import polars as pl
import pytest

from throughline.charts import outcomes
from throughline.wording import conversion as words

SCHEMA = {
    "outcome": pl.String,
    "months": pl.Int64,
    "share": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "at_risk": pl.Int64,
}


def curves(*rows):
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


@pytest.fixture
def own():
    return curves(
        ("lcspr", 0, 0.0, None, None, 40),
        ("lcspr", 1, 0.2, 0.1, 0.32, 30),
        ("no_further_review", 0, 0.0, None, None, 40),
        ("no_further_review", 1, 0.5, 0.35, 0.64, 30),
    )


def of(frame, outcome):
    return frame.filter(pl.col("outcome") == outcome)


def test_the_share_is_solid_its_limits_dotted_and_england_dashed(own):
    figure = outcomes.outcome_panel(of(own, "lcspr"), of(own, "no_further_review"), 6)

    assert [trace.line.dash for trace in figure.data] == ["dash", "dot", "solid"]
    assert len({trace.line.color for trace in figure.data}) == 2


def test_both_limits_are_drawn_with_a_gap_between_them(own):
    limits = outcomes.outcome_panel(of(own, "lcspr"), of(own, "lcspr").clear(), 6).data[0]

    assert list(limits.y) == [None, 10, None, None, 32, None]
    assert limits.connectgaps is False


def test_a_curve_ends_where_it_was_cut_and_the_scale_does_not_shrink_to_it(own):
    figure = outcomes.outcome_panel(of(own, "lcspr"), of(own, "lcspr").clear(), outcomes.months_shown(own))

    assert [x for x in figure.data[-1].x if x is not None] == [0, 1]
    assert figure.layout.xaxis.range[1] >= outcomes.LEAST_MONTHS
    assert figure.layout.yaxis.range[0] == 0
    assert figure.layout.yaxis.range[1] >= 100


def test_what_is_still_open_is_what_the_outcomes_leave(own):
    left = of(words.with_open(own), words.OPEN)

    assert left["share"].to_list() == pytest.approx([1.0, 0.3])
    assert left["at_risk"].to_list() == [40, 30]
    assert left["upper"].null_count() == 2


def test_what_is_still_open_has_no_limits_to_draw(own):
    figure = outcomes.outcome_panel(of(words.with_open(own), words.OPEN), own.clear(), 6)

    assert [trace.line.dash for trace in figure.data] == ["solid"]
    assert "95% limits" not in words.outcome_alternative(words.with_open(own), words.OPEN, "Leeds", False)


def test_the_heading_speaks_of_the_last_month_held_and_of_what_is_open(own):
    said = words.outcomes_heading(words.with_open(own), "Leeds")

    assert said == "By 1 month, 20.0% of notifications had come to a local review and 30.0% to nothing yet"


def test_without_curves_the_heading_says_so(own):
    assert (
        words.outcomes_heading(own.clear(), "Leeds") == "No curves of what notifications came to can be drawn for Leeds"
    )
    assert words.outcomes_heading(of(words.with_open(own).filter(pl.col("months") == 0), "lcspr"), "Leeds").startswith(
        "None"
    )


def test_the_table_has_a_few_months_and_always_the_last():
    held = pl.DataFrame({"months": list(range(24))})

    assert words.months_told(held) == [1, 2, 3, 6, 12, 23]
    assert words.months_told(held.filter(pl.col("months") == 0)) == [0]


def test_followed_cases_are_told_where_they_are_known(own):
    assert words.followed_sentence(own).startswith("40 notifications to begin with; 30 still open")
    assert words.followed_sentence(own.with_columns(at_risk=pl.lit(None, pl.Int64))) == ""
