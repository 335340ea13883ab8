"""From counts to indicator values: value, intervals, method, status and reason for every area and period."""

import numpy as np
import polars as pl
import polars.selectors as cs

from throughline import settings, statistics
from throughline.comparators import with_comparisons
from throughline.units import UNIT_MULTIPLIERS

COLUMNS = [
    "area_type", "area_code", "period_type", "period", "indicator", "breakdown",
    "numerator", "denominator", "value", "lower95", "upper95", "lower998", "upper998",
    "method", "status", "reason", "comparisons", "immature", "excluded",
    "authorities", "authorities_returned", "is_part_period",
]  # fmt: skip

CELL = ["area_type", "area_code", "period_type", "period", "indicator", "breakdown"]
LIMITS = ["lower95", "upper95", "lower998", "upper998"]
LEVELS = (("95", 0.95), ("998", 0.998))


def indicator_values(
    counts: pl.DataFrame,
    quarter_counts: pl.DataFrame,
    durations: pl.DataFrame,
    catalogue: pl.DataFrame,
    areas: pl.DataFrame,
) -> pl.DataFrame:
    """One row per area, period, indicator and breakdown, in no particular order, in the shape that COLUMNS names."""
    quarters = quarter_counts.with_columns(
        authorities=pl.lit(1, pl.Int64), authorities_returned=pl.lit(1, pl.Int64), immature=pl.lit(0, pl.Int32)
    )
    # Some millions of names, of which few are different: as numbers they join ten times as fast.
    cells = pl.concat([counts, quarters], how="diagonal_relaxed").with_columns(pl.col(CELL).cast(pl.Categorical))
    catalogue, durations = (
        frame.with_columns((cs.by_name(CELL, require_all=False)).cast(pl.Categorical))
        for frame in (catalogue, durations)
    )
    areas = areas.with_columns(pl.col("area_type", "area_code", "region_code").cast(pl.Categorical))
    cells = cells.join(
        catalogue.select("indicator", "unit", "exclusions_are_missing", interval="method"), on="indicator"
    )
    valued = pl.concat(
        [
            _with_median(group, durations) if interval == "kaplan_meier" else _with_intervals(group, interval)
            for (interval,), group in cells.group_by("interval", maintain_order=True)
        ],
        how="diagonal",
    )
    compared = with_comparisons(_with_status(valued), durations, areas)
    return compared.select(COLUMNS).with_columns(pl.col(CELL).cast(pl.String))


def _with_intervals(cells: pl.DataFrame, interval: str) -> pl.DataFrame:
    """Value, 95% and 99.8% limits and method for cells that share one kind of interval."""
    numerator = cells["numerator"].to_numpy().astype(float)
    multiplier = cells["unit"].replace_strict(UNIT_MULTIPLIERS, return_dtype=pl.Float64).to_numpy()
    is_count = (cells["unit"] == "count").to_numpy()
    denominator = np.where(is_count, 1.0, cells["denominator"].to_numpy().astype(float))

    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(denominator > 0, numerator / denominator, np.nan) * multiplier
    limits = {}
    base = np.where(denominator > 0, denominator, np.nan) if interval == "poisson" else denominator
    for name, confidence in LEVELS:
        lower, upper = _interval(interval, numerator, base, confidence)
        limits[f"lower{name}"], limits[f"upper{name}"] = lower * multiplier, upper * multiplier
    method = statistics.rate_method(numerator) if interval == "poisson" else np.full(len(numerator), interval)
    # A share of no cases is not applicable; a rate whose base is not held is not available.
    no_value = "no_base" if interval == "poisson" else "no_cases"
    return cells.with_columns(
        pl.col("numerator").cast(pl.Float64),
        denominator=pl.Series(np.where(is_count, np.nan, denominator)),
        value=pl.Series(value),
        method=pl.Series(method.astype(str)),
        reason=pl.when(pl.Series(np.isnan(value))).then(pl.lit(no_value)),
        **{name: pl.Series(limit) for name, limit in limits.items()},
    )


def _interval(interval: str, numerator: np.ndarray, denominator: np.ndarray, confidence: float):
    if interval == "wilson":
        return statistics.wilson_interval(numerator, denominator, confidence)
    if interval == "exact_ratio":
        return statistics.ratio_interval(numerator, denominator, confidence)
    if interval == "poisson":
        return statistics.rate_interval(numerator, denominator, per=1, confidence=confidence)
    raise ValueError(f"seeds/indicators.csv: method {interval!r} is none of wilson, poisson, exact_ratio, kaplan_meier")


def _with_median(cells: pl.DataFrame, durations: pl.DataFrame) -> pl.DataFrame:
    """Kaplan-Meier medians with their limits; too few closed, or a median not reached, gives a reason and no number."""
    # One measure after another: with all days of all areas at once the curves take several times the memory.
    measures = durations.partition_by("indicator") or [durations]
    medians = pl.concat([_medians(days) for days in measures])
    return (
        cells.join(medians, on=CELL, how="left")
        .with_columns(
            pl.col("numerator", "denominator").cast(pl.Float64),
            method=pl.lit("kaplan_meier"),
            reason=pl.when(pl.col("denominator") == 0)
            .then(pl.lit("no_cases"))
            .when(pl.col("numerator") < settings.whole("median_least_closed"))
            .then(pl.lit("too_few_closed"))
            .when(pl.col("value").is_null())
            .then(pl.lit("not_reached")),
        )
        .with_columns(pl.when(pl.col("reason").is_null()).then(pl.col(name)).alias(name) for name in ["value", *LIMITS])
    )


def _medians(durations: pl.DataFrame) -> pl.DataFrame:
    """The median of each area, period and breakdown with its limits at both levels."""
    groups = durations.select(CELL).unique(maintain_order=True).with_row_index("group")
    timed = durations.join(groups, on=CELL).select("group", "days", "is_closed", "cases")
    found = statistics.median_durations(
        timed["group"], timed["days"], timed["is_closed"], timed["cases"], [confidence for _, confidence in LEVELS]
    ).select("group", "lower998", "upper998", value="median", lower95="lower", upper95="upper")
    return groups.join(found, on="group", how="left").drop("group")


# What a cell without a number says, and whether its counts may still stand beside it.
STATUS_OF_REASON = {
    "no_return": "x",
    "no_base": "x",
    "not_reached": "x",
    "no_cases": "z",
    "too_few_closed": "u",
    "incomplete": "u",
}


def _with_status(cells: pl.DataFrame) -> pl.DataFrame:
    """Status from reason; no return at all is not zero, and a measure whose key field is often blank is not shown."""
    asked = pl.col("denominator") + pl.col("excluded")
    incomplete = (
        pl.col("exclusions_are_missing")
        & (pl.col("denominator") < settings.number("completeness_floor") * asked)
        & pl.col("reason").is_null()
    )
    reason = (
        pl.when(pl.col("authorities_returned") == 0)
        .then(pl.lit("no_return"))
        .when(incomplete)
        .then(pl.lit("incomplete"))
        .otherwise(pl.col("reason"))
    )
    counted = pl.col("reason").is_null() | ~pl.col("reason").is_in(["no_return", "no_base"])
    return (
        cells.with_columns(reason=reason)
        .with_columns(status=pl.col("reason").replace_strict(STATUS_OF_REASON, default="ok", return_dtype=pl.String))
        .with_columns(
            *(pl.when(counted).then(pl.col(name).fill_nan(None)).alias(name) for name in ("numerator", "denominator")),
            *(
                pl.when(pl.col("reason").is_null()).then(pl.col(name).fill_nan(None)).alias(name)
                for name in ("value", *LIMITS)
            ),
        )
    )
