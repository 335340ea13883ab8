"""From counts to published values: what is said where there is nothing to say, and how areas compare."""

import json

import polars as pl
import pytest

from throughline.indicators import COLUMNS, indicator_values

CATALOGUE = pl.DataFrame(
    [
        ("CV2", "proportion", "wilson"),
        ("NT1", "count", "poisson"),
        ("NT2", "per_100000_children", "poisson"),
        ("NT4", "ratio", "exact_ratio"),
        ("NT5", "observed_over_expected", "poisson"),
    ],
    schema=["indicator", "unit", "method"],
    orient="row",
)
AREAS = pl.DataFrame(
    [("partnership", "leeds", "E12000003"), ("partnership", "kent", "E12000008")],
    schema=["area_type", "area_code", "region_code"],
    orient="row",
)
NO_QUARTERS = pl.DataFrame(
    schema={
        "area_type": pl.String,
        "area_code": pl.String,
        "period_type": pl.String,
        "period": pl.String,
        "indicator": pl.String,
        "breakdown": pl.String,
        "is_part_period": pl.Boolean,
        "numerator": pl.Int32,
        "denominator": pl.Float64,
        "excluded": pl.Int32,
    }
)


def values(*cells: dict) -> pl.DataFrame:
    """Indicator values of a few areas, in the order of their codes."""
    counts = pl.DataFrame(
        [
            {
                "area_type": "partnership",
                "area_code": "leeds",
                "period_type": "year",
                "period": "2026",
                "breakdown": "total",
                "is_part_period": False,
                "authorities": 1,
                "authorities_returned": 1,
                "immature": 0,
                "excluded": 0,
            }
            | cell
            for cell in cells
        ]
    ).with_columns(pl.col("denominator").cast(pl.Float64))
    return indicator_values(counts, NO_QUARTERS, CATALOGUE, AREAS)


def test_a_share_carries_its_wilson_interval():
    row = values({"indicator": "CV2", "numerator": 11, "denominator": 13}).row(0, named=True)
    assert row["status"] == "ok" and row["method"] == "wilson"
    assert round(row["lower95"], 3) == 0.578 and round(row["upper95"], 3) == 0.957
    assert round(row["lower998"], 3) == 0.423 and round(row["upper998"], 3) == 0.976


def test_a_share_of_no_cases_is_not_applicable():
    row = values({"indicator": "CV2", "numerator": 0, "denominator": 0}).row(0, named=True)
    assert (row["status"], row["value"], row["lower95"]) == ("z", None, None)


def test_no_return_is_not_zero():
    cells = [
        {"indicator": "NT1", "numerator": 0, "denominator": 0, "authorities_returned": 0},
        {"indicator": "NT1", "numerator": 0, "denominator": 0, "area_code": "kent"},
    ]
    by_area = {row["area_code"]: row for row in values(*cells).iter_rows(named=True)}
    assert (by_area["leeds"]["status"], by_area["leeds"]["numerator"]) == ("x", None)
    assert (by_area["kent"]["status"], by_area["kent"]["value"]) == ("ok", 0)


@pytest.mark.parametrize(
    ("count", "child_years", "rate", "lower", "upper", "method"),
    [(2, 71_500, 2.80, 0.34, 10.10, "exact"), (14, 214_500, 6.53, 3.57, 10.95, "byars")],
)
def test_a_rate_says_which_method_its_interval_has(count, child_years, rate, lower, upper, method):
    row = values({"indicator": "NT2", "numerator": count, "denominator": child_years}).row(0, named=True)
    assert [round(row[name], 2) for name in ("value", "lower95", "upper95")] == [rate, lower, upper]
    assert row["method"] == method


def test_a_rate_without_a_population_is_not_available():
    assert values({"indicator": "NT2", "numerator": 3, "denominator": 0})["status"].to_list() == ["x"]


def test_no_deaths_give_no_harm_to_death_ratio():
    row = values({"indicator": "NT4", "numerator": 3, "denominator": 0}).row(0, named=True)
    assert row["value"] is None and row["status"] != "ok"


def test_an_area_is_compared_by_its_own_interval_with_england_and_its_region():
    england = {
        "area_type": "england",
        "area_code": "E92000001",
        "indicator": "CV2",
        "numerator": 500,
        "denominator": 1000,
    }
    region = {"area_type": "region", "area_code": "E12000003", "indicator": "CV2", "numerator": 45, "denominator": 50}
    area = {"indicator": "CV2", "numerator": 19, "denominator": 20}
    rows = {row["area_code"]: row for row in values(england, region, area).iter_rows(named=True)}
    assert json.loads(rows["leeds"]["comparisons"]) == {"england": "higher_998", "region": "similar"}
    assert rows["E92000001"]["comparisons"] is None


def test_counts_are_never_compared_because_areas_differ_in_size():
    england = {"area_type": "england", "area_code": "E92000001", "indicator": "NT1", "numerator": 300, "denominator": 0}
    rows = values(england, {"indicator": "NT1", "numerator": 0, "denominator": 0})
    assert rows["comparisons"].null_count() == 2


def test_columns_are_those_that_readers_are_promised():
    assert values({"indicator": "CV2", "numerator": 1, "denominator": 2}).columns == COLUMNS
