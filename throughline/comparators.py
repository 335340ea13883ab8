"""How each area stands to England, its region, its statistical neighbours and its own earlier period."""

import numpy as np
import polars as pl

from throughline import statistics
from throughline.units import UNIT_MULTIPLIERS

SAME_FIGURE = ["period_type", "period", "indicator", "breakdown"]
CELL = ["area_type", "area_code", *SAME_FIGURE]
SMALL_AREAS = ["partnership", "local_authority"]
EARLIER_UNITS = ["proportion", "per_100000_children", "per_10000_children_in_need"]


def with_comparisons(values: pl.DataFrame, durations: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """Adds `comparisons`, JSON or null: england, region, neighbours and earlier, each with where the area stands.

    Against a pooled area: statistics.flag_against, or for a median statistics.flag_median, which needs the days of
    every case. Against its own earlier period, which never shares a year with this one: an exact test at the same two
    levels.
    """
    numbered = values.with_row_index("row")
    pooled = {
        name: values.filter(pl.col("area_type") == area_type).select(*SAME_FIGURE, *code, pl.col("value").alias(name))
        for name, area_type, code in (
            ("england", "england", []),
            ("region", "region", [pl.col("area_code").alias("region_code")]),
            ("neighbours", "statistical_neighbours", ["area_code"]),
        )
    }
    regions = areas.filter(pl.col("area_type").is_in(SMALL_AREAS)).select("area_type", "area_code", "region_code")
    comparable = numbered.filter(
        (pl.col("area_type") != "england") & (pl.col("unit") != "count") & (pl.col("status") == "ok")
    )
    found = (
        comparable.join(pooled["england"], on=SAME_FIGURE, how="left")
        .join(regions, on=["area_type", "area_code"], how="left")
        .join(pooled["region"], on=[*SAME_FIGURE, "region_code"], how="left")
        .join(pooled["neighbours"], on=[*SAME_FIGURE, "area_code"], how="left")
    )
    beside = found.select(
        "row", *(pl.when(_meant_for(name)).then(_standing(found, durations, name)).alias(name) for name in pooled)
    )
    compared = numbered.select("row").join(beside, on="row", how="left").join(_earlier(numbered), on="row", how="left")
    parts = [
        pl.format('"{}": "{}"', pl.lit(name), pl.col(name)) for name in ("england", "region", "neighbours", "earlier")
    ]
    listed = pl.concat_str(parts, separator=", ", ignore_nulls=True)
    compared = compared.select(
        "row", comparisons=pl.when(listed != "").then(pl.concat_str(pl.lit("{"), listed, pl.lit("}")))
    )
    return numbered.join(compared, on="row", how="left", maintain_order="left").drop("row")


def _meant_for(comparator: str) -> pl.Expr:
    """Only one area's own figure is set beside its neighbours, and never the pool itself."""
    return pl.col("area_type").is_in(SMALL_AREAS) if comparator == "neighbours" else pl.lit(True)


def _standing(found: pl.DataFrame, durations: pl.DataFrame, comparator: str) -> pl.Series:
    """Higher or lower only when the area's figure is flagged against the comparator; null without a comparator."""
    standing = np.full(len(found), None, dtype=object)
    for (method,), rows in found.with_row_index("at").group_by("method"):
        is_median = method == "kaplan_meier"
        standing[rows["at"].to_numpy()] = (
            _median_standing(rows, durations, comparator) if is_median else _count_standing(rows, method, comparator)
        )
    return pl.Series(comparator, standing.tolist(), dtype=pl.String)


def _count_standing(rows: pl.DataFrame, method: str, comparator: str) -> np.ndarray:
    """By the rule that fits the kind of interval: `statistics.flag_against`."""
    count, size, value = (rows[name].cast(pl.Float64).to_numpy() for name in ("numerator", "denominator", comparator))
    value = value / rows["unit"].replace_strict(UNIT_MULTIPLIERS, return_dtype=pl.Float64).to_numpy()
    if method == "exact_ratio":  # one count over another: the share that it makes of both
        return statistics.flag_against(count, count + size, value / (1 + value), "odds")
    return statistics.flag_against(count, size, value, "proportion" if method == "wilson" else "ratio")


def _median_standing(rows: pl.DataFrame, durations: pl.DataFrame, comparator: str) -> np.ndarray:
    """By its interval and by the cases on either side of the comparator: a median hangs on more than its counts."""
    told = rows.select(*CELL, comparator).join(durations, on=CELL).filter(pl.col("days") != pl.col(comparator))
    is_later = pl.col("days") > pl.col(comparator)
    sides = told.group_by(CELL).agg(
        sooner=pl.col("cases").filter(~is_later & pl.col("is_closed")).sum(),
        later=pl.col("cases").filter(is_later).sum(),
    )
    found = rows.join(sides, on=CELL, how="left", maintain_order="left")
    sooner, later = (found[side].fill_null(0) for side in ("sooner", "later"))
    lower, upper = (
        {level: found[f"{limit}{level}"].cast(pl.Float64).to_numpy() for level in ("95", "998")}
        for limit in ("lower", "upper")
    )
    return statistics.flag_median(lower, upper, sooner, later, found[comparator].cast(pl.Float64).to_numpy())


def _earlier(numbered: pl.DataFrame) -> pl.DataFrame:
    """For each row, this period against the last whole one before it that shares no year with it."""
    whole = (pl.col("status") == "ok") & pl.col("unit").is_in(EARLIER_UNITS) & (pl.col("period_type") != "quarter")
    figures = numbered.filter(whole & ~pl.col("is_part_period")).with_columns(
        last_year=pl.col("period").cast(pl.String).str.slice(-4).cast(pl.Int32),
        years=pl.when(pl.col("period_type") == "year").then(1).otherwise(3),
    )
    same_area = ["area_type", "area_code", "period_type", "indicator", "breakdown", "last_year"]
    before = figures.with_columns(last_year=pl.col("last_year") + pl.col("years")).select(
        *same_area, numerator_2="numerator", denominator_2="denominator"
    )
    pairs = figures.join(before, on=same_area)
    return pairs.select("row", earlier=pl.Series(_change(pairs).tolist(), dtype=pl.String))


def _change(pairs: pl.DataFrame) -> np.ndarray:
    """Higher, lower or similar for each pair of periods, by the exact test that fits shares or rates."""
    x, n, x_before, n_before = (
        pairs[name].to_numpy() for name in ("numerator", "denominator", "numerator_2", "denominator_2")
    )
    is_share = (pairs["unit"] == "proportion").to_numpy()
    p_value = np.full(len(pairs), np.nan)
    p_value[is_share] = statistics.compare_proportions(*(each[is_share] for each in (x, n, x_before, n_before)))
    p_value[~is_share] = statistics.compare_rates(*(each[~is_share] for each in (x, n, x_before, n_before))).p_value
    with np.errstate(divide="ignore", invalid="ignore"):
        direction = np.where(x / n > x_before / n_before, "higher", "lower").astype(object)
    level = np.select([p_value < 0.002, p_value < 0.05], ["_998", "_95"], "")
    words = np.where(level == "", "similar", direction + level.astype(object))
    return np.where(np.isnan(p_value), None, words)
