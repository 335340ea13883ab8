"""Which pools of statistical neighbours may be told, so that no neighbour's own number can be worked out from one."""

import polars as pl

from throughline import settings

SAME_FIGURE = ["period_type", "period", "indicator", "breakdown"]


def safe_pool(pool: pl.DataFrame, shown: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The rows of a pool that may be told: ten cases or more, none of its counts small, and no neighbour beside it.

    `shown` are the neighbours' own rows that the public reads; `catalogue` gives each indicator's unit.
    """
    rest = pl.col("denominator") - pl.col("numerator")
    least = settings.whole("public_percentage_least_denominator")
    safe = is_no_small_number(pl.col("numerator")) & (
        (pl.col("is_share") & (pl.col("denominator") >= least) & is_no_small_number(rest)) | ~pl.col("is_share")
    )
    return (
        pool.join(shown, on=SAME_FIGURE, how="anti")
        .join(catalogue.select("indicator", "unit"), on="indicator")
        .with_columns(is_share=pl.col("unit").is_in(["proportion", "days"]))
        .filter(safe)
        .select(pool.columns)
    )


def is_no_small_number(count: pl.Expr) -> pl.Expr:
    """Zero, or large enough to be told."""
    return (count == 0) | (count >= settings.whole("suppression_threshold"))
