"""Curves by area and period, and what of England's everybody may read."""

import polars as pl

from throughline import statistics
from throughline.curves import PLACE, as_public, outcome_curves, review_curves

ENGLAND = dict(zip(PLACE, ("england", "E92000001", "three_years", "2024-2026"), strict=True))
SMALL = ENGLAND | {"area_type": "partnership", "area_code": "leeds"}


def rows(place: dict, **columns: list) -> pl.DataFrame:
    return pl.DataFrame(columns).with_columns(**{name: pl.lit(text) for name, text in place.items()})


OUTCOMES = rows(
    ENGLAND,
    days=[20, 50, 50, 400, 400],
    outcome=["lcspr", "lcspr", "no_further_review", "no_further_review", None],
    cases=[6, 2, 30, 40, 22],
)


def test_shares_of_outcomes_by_month_are_those_of_the_aalen_johansen_curve():
    curves = outcome_curves(OUTCOMES)
    at_month_2 = dict(curves.filter(pl.col("months") == 2).select("outcome", "share").iter_rows())
    assert {name: round(share, 9) for name, share in at_month_2.items()} == {"lcspr": 0.08, "no_further_review": 0.30}


def test_the_share_of_reviews_still_open_is_that_of_one_kaplan_meier_curve():
    days, closed, cases = [5, 12, 12, 40], [True, True, False, True], [4, 8, 3, 5]
    curves = review_curves(rows(ENGLAND, clock=["rapid_review"] * 4, days=days, is_closed=closed, cases=cases))
    alone = statistics.kaplan_meier(
        [day for day, many in zip(days, cases, strict=True) for _ in range(many)],
        [is_closed for is_closed, many in zip(closed, cases, strict=True) for _ in range(many)],
    )
    after_a_week = curves.filter(pl.col("days") == 7)["share"].item()
    assert abs(after_a_week - alone.survival_at(7)[0]) < 1e-12
    assert (
        curves["at_risk"].min() >= 10 and curves["days"].max() == 7
    )  # from the second week on fewer than ten are left


def test_fewer_than_ten_cases_have_no_curve():
    assert outcome_curves(OUTCOMES.with_columns(cases=pl.lit(1))).is_empty()


def test_the_public_sees_england_alone_and_no_step_of_one_to_four_cases():
    both = pl.concat(
        [outcome_curves(OUTCOMES), outcome_curves(OUTCOMES.with_columns(**{k: pl.lit(v) for k, v in SMALL.items()}))]
    )
    public = as_public(both, when="months", curve=[], periods=["2024-2026"])
    assert set(public["area_type"]) == {"england"} and public["at_risk"].null_count() == len(public)
    # By month 1 six have come to a local review; the two more by month 2 wait until nobody can count them.
    assert public["months"].unique().sort().to_list() == [0, 1]


def test_periods_that_share_years_are_not_public_together():
    assert as_public(outcome_curves(OUTCOMES), when="months", curve=[], periods=["2021-2023"]).is_empty()
