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
        ("TM1", "proportion", "wilson"),
        ("TM5", "days", "kaplan_meier"),
        ("RC1", "per_review", "poisson"),
    ],
    schema=["indicator", "unit", "method"],
    orient="row",
).with_columns(exclusions_are_missing=pl.col("indicator") == "TM1")
AREAS = pl.DataFrame(
    [("partnership", "leeds", "E12000003"), ("partnership", "kent", "E12000008")],
    schema=["area_type", "area_code", "region_code"],
    orient="row",
)
CELL = ["area_type", "area_code", "period_type", "period", "indicator", "breakdown"]
NO_DURATIONS = pl.DataFrame(
    schema=dict.fromkeys(CELL, pl.String) | {"days": pl.Int64, "is_closed": pl.Boolean, "cases": pl.Int64}
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


def values(*cells: dict, durations: pl.DataFrame | None = None) -> pl.DataFrame:
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
    return indicator_values(
        counts, NO_QUARTERS, NO_DURATIONS if durations is None else durations, CATALOGUE, AREAS
    ).sort(COLUMNS[:6])


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
    row = values({"indicator": "NT2", "numerator": 3, "denominator": 0}).row(0, named=True)
    assert (row["status"], row["reason"], row["numerator"]) == ("x", "no_base", None)


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


def test_few_cases_of_an_area_are_no_difference_from_nearly_all_of_england():
    england = {"area_type": "england", "area_code": "E92000001", "numerator": 983, "denominator": 1000}
    few, none = {"numerator": 2, "denominator": 3}, {"area_code": "kent", "numerator": 0, "denominator": 3}
    rows = values(*({"indicator": "CV2"} | cell for cell in (england, few, none)))
    said = dict(rows.select("area_code", "comparisons").iter_rows())
    # At 98.3%, chance gives 2 or fewer of 3 one time in twenty, and 0 of 3 five times in a million.
    assert (said["leeds"], said["kent"]) == ('{"england": "similar"}', '{"england": "lower_998"}')


def test_each_kind_of_measure_is_set_against_england_in_its_own_unit():
    england = {"area_type": "england", "area_code": "E92000001"}
    cells = [
        england | {"indicator": "NT2", "numerator": 300, "denominator": 12_000_000},
        {"indicator": "NT2", "numerator": 12, "denominator": 100_000},  # 2.5 expected
        england | {"indicator": "NT4", "numerator": 200, "denominator": 100},
        {"indicator": "NT4", "numerator": 0, "denominator": 9},  # harm in none of nine, where it is in two of three
    ]
    rows = values(*cells).filter(pl.col("area_type") == "partnership")
    said = dict(rows.select("indicator", "comparisons").iter_rows())
    assert said == {"NT2": '{"england": "higher_998"}', "NT4": '{"england": "lower_998"}'}


def test_an_area_without_anything_to_be_set_against_is_not_compared():
    assert values({"indicator": "CV2", "numerator": 19, "denominator": 20})["comparisons"].to_list() == [None]


def test_counts_are_never_compared_because_areas_differ_in_size():
    england = {"area_type": "england", "area_code": "E92000001", "indicator": "NT1", "numerator": 300, "denominator": 0}
    rows = values(england, {"indicator": "NT1", "numerator": 0, "denominator": 0})
    assert rows["comparisons"].null_count() == 2


def durations(days: list[int], is_closed: list[bool]) -> pl.DataFrame:
    cell = ("partnership", "leeds", "year", "2026", "TM5", "total")
    rows = [(*cell, day, closed, 1) for day, closed in zip(days, is_closed, strict=True)]
    return pl.DataFrame(rows, schema=NO_DURATIONS.schema, orient="row")


def test_a_median_counts_open_reviews_as_lasting_at_least_as_long_as_they_have():
    days = [95, 130, 188, 188, 240, 301, 365, 410, 150, 220, 400, 90]
    row = values(
        {"indicator": "TM5", "numerator": 7, "denominator": 12},
        durations=durations(days, [True] * 7 + [False] * 5),
    ).row(0, named=True)
    assert (row["value"], row["lower95"], row["upper95"], row["method"]) == (240, 130, None, "kaplan_meier")
    assert row["status"] == "ok"


def test_a_median_of_few_closed_reviews_is_refused_and_its_counts_stay():
    row = values(
        {"indicator": "TM5", "numerator": 4, "denominator": 6},
        durations=durations([10, 20, 30, 40, 50, 60], [True] * 4 + [False] * 2),
    ).row(0, named=True)
    assert (row["status"], row["reason"], row["value"]) == ("u", "too_few_closed", None)
    assert (row["numerator"], row["denominator"]) == (4, 6)


def test_a_median_that_fewer_than_half_have_reached_is_not_the_longest_time():
    row = values(
        {"indicator": "TM5", "numerator": 5, "denominator": 20},
        durations=durations([10, 20, 30, 40, 50] + [60] * 15, [True] * 5 + [False] * 15),
    ).row(0, named=True)
    assert (row["status"], row["reason"], row["value"], row["lower95"]) == ("x", "not_reached", None, None)


ENGLANDS_REVIEWS = [10 * place for place in range(1, 101)]  # all ended; the middle is day 505


def beside_england(days: list[int], is_closed: list[bool]) -> str:
    """How a partnership's median stands to that of England, whose reviews took 10 to 1,000 days."""
    england = durations(ENGLANDS_REVIEWS, [True] * 100).with_columns(
        area_type=pl.lit("england"), area_code=pl.lit("E92000001")
    )
    rows = values(
        {"area_type": "england", "area_code": "E92000001", "indicator": "TM5", "numerator": 100, "denominator": 100},
        {"indicator": "TM5", "numerator": sum(is_closed), "denominator": len(days)},
        durations=pl.concat([england, durations(days, is_closed)]),
    )
    return json.loads(rows.filter(area_code="leeds")["comparisons"].item())["england"]


def test_five_reviews_that_all_took_longer_than_englands_median_are_no_difference():
    # One time in sixteen all five lie on one side of it by luck, and their 99.8% limit is the shortest of them.
    assert beside_england([600, 650, 700, 750, 800], [True] * 5) == "similar"


def test_twelve_reviews_that_all_took_longer_than_englands_median_are_a_difference():
    assert beside_england([600 + 20 * place for place in range(12)], [True] * 12) == "higher_998"


def test_a_review_still_open_past_englands_median_counts_as_longer_and_one_not_yet_past_it_as_nothing():
    longer = [600 + 20 * place for place in range(9)]
    assert beside_england(longer, [True] * 9) == "higher_95"
    assert beside_england([*longer, 900], [True] * 9 + [False]) == "higher_998"
    assert beside_england([*longer, 100], [True] * 9 + [False]) == "higher_95"


def test_no_review_has_no_duration():
    assert values({"indicator": "TM5", "numerator": 0, "denominator": 0})["status"].to_list() == ["z"]


@pytest.mark.parametrize(("missing", "status", "reason"), [(2, "ok", None), (3, "u", "incomplete")])
def test_a_measure_whose_key_field_is_under_80_percent_complete_is_not_shown(missing, status, reason):
    row = values({"indicator": "TM1", "numerator": 7, "denominator": 9, "excluded": missing}).row(0, named=True)
    assert (row["status"], row["reason"], row["value"] is None) == (status, reason, reason is not None)


def test_recommendations_per_review_have_a_poisson_interval_over_the_reviews():
    row = values({"indicator": "RC1", "numerator": 14, "denominator": 4}).row(0, named=True)
    assert (row["value"], row["method"], round(row["lower95"], 2)) == (3.5, "byars", 1.91)


def test_an_area_is_compared_with_its_pooled_neighbours_and_the_pool_with_nothing_of_the_kind():
    pool = {"area_type": "statistical_neighbours", "indicator": "CV2", "numerator": 20, "denominator": 100}
    rows = values(pool, {"indicator": "CV2", "numerator": 19, "denominator": 20})
    by_type = {row["area_type"]: row["comparisons"] for row in rows.iter_rows(named=True)}
    assert json.loads(by_type["partnership"]) == {"neighbours": "higher_998"}
    assert by_type["statistical_neighbours"] is None


def test_an_area_is_compared_with_its_own_earlier_period_that_shares_no_year():
    cells = [
        {"indicator": "CV2", "numerator": 5, "denominator": 40, "period": "2025"},
        {"indicator": "CV2", "numerator": 30, "denominator": 40, "period": "2026"},
        {"indicator": "NT2", "numerator": 10, "denominator": 170_000, "period": "2025"},
        {"indicator": "NT2", "numerator": 3, "denominator": 165_000, "period": "2026"},
        {"indicator": "CV2", "numerator": 30, "denominator": 40, "period": "2024-2026", "period_type": "three_years"},
        {"indicator": "CV2", "numerator": 1, "denominator": 40, "period": "2023-2025", "period_type": "three_years"},
    ]
    rows = {(row["indicator"], row["period"]): row["comparisons"] for row in values(*cells).iter_rows(named=True)}
    assert json.loads(rows["CV2", "2026"]) == {"earlier": "higher_998"}
    assert json.loads(rows["NT2", "2026"]) == {"earlier": "similar"}  # p = 0.103
    assert rows["CV2", "2025"] is None and rows["CV2", "2024-2026"] is None


def test_a_part_year_is_not_set_against_a_whole_one():
    cells = [
        {"indicator": "CV2", "numerator": 5, "denominator": 40, "period": "2025"},
        {"indicator": "CV2", "numerator": 30, "denominator": 40, "period": "2026", "is_part_period": True},
    ]
    assert values(*cells)["comparisons"].null_count() == 2


def test_columns_are_those_that_readers_are_promised():
    assert values({"indicator": "CV2", "numerator": 1, "denominator": 2}).columns == COLUMNS
