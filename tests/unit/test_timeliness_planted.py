"""Slow partnerships that were planted are seen where the data can show it, and nothing is said where it cannot."""

import json

import duckdb
import numpy as np
import polars as pl
import pytest

from throughline import statistics

CASES = """
    select footprints.area_code as partnership_code, cases.is_success, cases.cohort_date
    from intermediate.int_indicator_cases as cases
    inner join intermediate.int_footprints as footprints
        on
            footprints.area_type = 'partnership'
            and cases.new_la_code = footprints.new_la_code
            and cases.cohort_date between footprints.valid_from and footprints.valid_to
    where cases.indicator = 'TM2' and cases.breakdown = 'total' and cases.is_mature and not cases.is_excluded
    order by all
"""
LENGTHS = """
    select partnership_code, days, is_closed, cohort_date
    from intermediate.int_indicator_durations
    where indicator = 'TM5' and breakdown = 'signed_off' and not is_excluded
    order by all
"""


@pytest.fixture(scope="module")
def planted(small_workspace):
    truth = json.loads((small_workspace.returns / "truth.json").read_text(encoding="utf-8"))
    return {one["kind"]: one["area_code"] for one in truth["planted"]}


@pytest.fixture(scope="module")
def house(small_workspace):
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        yield {"cases": warehouse.sql(CASES).pl(), "lengths": warehouse.sql(LENGTHS).pl()}


def apart(rows: pl.DataFrame, code: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of one partnership, and those of all the others."""
    own = pl.col("partnership_code") == code
    return rows.filter(own), rows.filter(~own)


def test_slow_rapid_reviews_stand_out_over_all_years_together(house, planted):
    slow, others = apart(house["cases"], planted["slow_rapid_reviews"])
    _, upper = statistics.wilson_interval([slow["is_success"].sum()], [slow.height], 0.998)
    assert slow.height > 50
    assert upper[0] < others["is_success"].mean()
    shares = house["cases"].group_by("partnership_code").agg(pl.col("is_success").mean())
    assert shares.sort("is_success")["partnership_code"][0] == planted["slow_rapid_reviews"]


def test_three_late_rapid_reviews_are_too_few_to_say_so(house, planted):
    slow, others = apart(house["cases"], planted["slow_rapid_reviews"])
    late = slow.filter(~pl.col("is_success")).head(3)
    _, upper = statistics.wilson_interval([0], [late.height])
    assert upper[0] < others["is_success"].mean()  # the interval alone would have said it
    assert statistics.too_few(denominator=late.height) is not None


def test_slow_local_reviews_stand_out_where_enough_have_ended(house, planted):
    from lifelines.statistics import logrank_test

    slow, others = apart(house["lengths"], planted["slow_lcsprs"])
    own, rest = (statistics.kaplan_meier(group["days"], group["is_closed"]) for group in (slow, others))
    assert own.median_lower > rest.median
    p_values = {}
    for code in house["lengths"]["partnership_code"].unique():
        one, rest = apart(house["lengths"], code)
        if one["is_closed"].sum() >= 10:  # with fewer the test is often wrong
            compared = logrank_test(one["days"], rest["days"], one["is_closed"], rest["is_closed"])
            p_values[code] = compared.p_value
    assert len(p_values) > 5
    assert min(p_values, key=p_values.get) == planted["slow_lcsprs"]
    assert p_values[planted["slow_lcsprs"]] < 0.01


def test_a_few_local_reviews_of_the_same_partnership_have_no_median(house, planted):
    """As many as one partnership really decides in a year or two."""
    slow, _ = apart(house["lengths"], planted["slow_lcsprs"])
    few = slow.sort("cohort_date").head(4)
    assert statistics.kaplan_meier(few["days"], few["is_closed"]).refusal is not None


def test_finished_reviews_alone_look_faster_than_reviews_are(house):
    """The bias that TM5 is there to avoid, in years of decision with reviews still open."""
    recent = house["lengths"].filter(pl.col("cohort_date").dt.year() >= 2024)
    with_open = statistics.kaplan_meier(recent["days"], recent["is_closed"]).median
    assert with_open is None or with_open > np.median(recent.filter("is_closed")["days"])
