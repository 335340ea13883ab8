"""From counts to published values: value, intervals, method, status and comparison for every area and period."""

import numpy as np
import polars as pl

from throughline import statistics

UNIT_MULTIPLIERS = {
    "proportion": 1,
    "count": 1,
    "ratio": 1,
    "observed_over_expected": 1,
    "per_100000_children": 100_000,
    "per_10000_children_in_need": 10_000,
}

COLUMNS = [
    "area_type", "area_code", "period_type", "period", "indicator", "breakdown",
    "numerator", "denominator", "value", "lower95", "upper95", "lower998", "upper998",
    "method", "status", "comparisons", "immature", "excluded", "is_part_period",
]  # fmt: skip

CELL = ["period_type", "period", "indicator", "breakdown"]


def indicator_values(
    counts: pl.DataFrame, quarter_counts: pl.DataFrame, catalogue: pl.DataFrame, areas: pl.DataFrame
) -> pl.DataFrame:
    """One row per area, period, indicator and breakdown, sorted by them, in the shape that COLUMNS names."""
    quarters = quarter_counts.with_columns(
        authorities=pl.lit(1, pl.Int64), authorities_returned=pl.lit(1, pl.Int64), immature=pl.lit(0, pl.Int32)
    )
    cells = pl.concat([counts, quarters], how="diagonal_relaxed")
    cells = cells.join(catalogue.select("indicator", "unit", interval="method"), on="indicator")
    valued = pl.concat(
        [_with_intervals(group, interval) for (interval,), group in cells.group_by("interval", maintain_order=True)]
    )
    return with_comparisons(valued, areas).select(COLUMNS).sort(COLUMNS[:6])


def _with_intervals(cells: pl.DataFrame, interval: str) -> pl.DataFrame:
    """Value, 95% and 99.8% limits, method and status for cells that share one kind of interval."""
    numerator = cells["numerator"].to_numpy().astype(float)
    multiplier = cells["unit"].replace_strict(UNIT_MULTIPLIERS, return_dtype=pl.Float64).to_numpy()
    is_count = (cells["unit"] == "count").to_numpy()
    denominator = np.where(is_count, 1.0, cells["denominator"].to_numpy().astype(float))

    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(denominator > 0, numerator / denominator, np.nan) * multiplier
    limits = {}
    base = np.where(denominator > 0, denominator, np.nan) if interval == "poisson" else denominator
    for name, confidence in (("95", 0.95), ("998", 0.998)):
        lower, upper = _interval(interval, numerator, base, confidence)
        limits[f"lower{name}"], limits[f"upper{name}"] = lower * multiplier, upper * multiplier
    method = statistics.rate_method(numerator) if interval == "poisson" else np.full(len(numerator), interval)

    # No return at all is not zero; a share of no cases is not applicable; a rate without its base is not available.
    no_base = "x" if interval == "poisson" else "z"
    status = (
        pl.when(pl.col("authorities_returned") == 0)
        .then(pl.lit("x"))
        .when(pl.col("value").is_nan())
        .then(pl.lit(no_base))
        .otherwise(pl.lit("ok"))
    )
    numbers = ["numerator", "denominator", "value", *limits]
    return (
        cells.with_columns(
            pl.col("numerator").cast(pl.Float64),
            denominator=pl.Series(np.where(is_count, np.nan, denominator)),
            value=pl.Series(value),
            method=pl.Series(method.astype(str)),
            **{name: pl.Series(limit) for name, limit in limits.items()},
        )
        .with_columns(status=status)
        .with_columns(
            pl.when(pl.col("status") == "x").then(None).otherwise(pl.col(name).fill_nan(None)).alias(name)
            for name in numbers
        )
    )


def _interval(interval: str, numerator: np.ndarray, denominator: np.ndarray, confidence: float):
    if interval == "wilson":
        return statistics.wilson_interval(numerator, denominator, confidence)
    if interval == "exact_ratio":
        return statistics.ratio_interval(numerator, denominator, confidence)
    if interval == "poisson":
        return statistics.rate_interval(numerator, denominator, per=1, confidence=confidence)
    raise ValueError(f"seeds/indicators.csv: method {interval!r} is none of wilson, poisson, exact_ratio")


def with_comparisons(values: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """Adds `comparisons`: how each area's own interval stands to England's value and to its region's."""
    england = values.filter(pl.col("area_type") == "england").select(*CELL, england_value="value")
    region = values.filter(pl.col("area_type") == "region").select(*CELL, region_code="area_code", region_value="value")
    within_region = areas.filter(pl.col("area_type").is_in(["partnership", "local_authority"])).select(
        "area_type", "area_code", "region_code"
    )
    joined = (
        values.join(england, on=CELL, how="left")
        .join(within_region, on=["area_type", "area_code"], how="left")
        .join(region, on=[*CELL, "region_code"], how="left")
    )
    comparable = (pl.col("area_type") != "england") & (pl.col("unit") != "count") & (pl.col("status") == "ok")
    against_england = pl.when(comparable).then(_standing("england_value"))
    against_region = pl.when(comparable).then(_standing("region_value"))
    return joined.with_columns(england=against_england, region=against_region).with_columns(
        comparisons=pl.when(pl.col("england").is_not_null()).then(pl.struct("england", "region").struct.json_encode())
    )


def _standing(comparator: str) -> pl.Expr:
    """Above or below only when the area's own interval leaves the comparator out; null without a comparator."""
    return (
        pl.when(pl.col(comparator).is_null() | pl.col("lower95").is_null())
        .then(None)
        .when(pl.col("lower998") > pl.col(comparator))
        .then(pl.lit("higher_998"))
        .when(pl.col("upper998") < pl.col(comparator))
        .then(pl.lit("lower_998"))
        .when(pl.col("lower95") > pl.col(comparator))
        .then(pl.lit("higher_95"))
        .when(pl.col("upper95") < pl.col(comparator))
        .then(pl.lit("lower_95"))
        .otherwise(pl.lit("similar"))
    )
