"""Which pools of statistical neighbours may be told, so that no neighbour's own number can be worked out from one."""

import polars as pl

from throughline import settings

SAME_FIGURE = ["period_type", "period", "indicator", "breakdown"]


def safe_pool(pool: pl.DataFrame, public: pl.LazyFrame, neighbours: pl.Series, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The rows of a pool that may be told: ten cases or more, none of its counts small, and no neighbour beside it.

    `public` holds every row that the public reads, the neighbours' own among them; `catalogue` each indicator's unit.
    """
    is_neighbour = (pl.col("area_type") == "partnership") & pl.col("area_code").is_in(neighbours.to_list())
    is_shown = pl.col("numerator").is_not_null() & (pl.col("denominator") > 0)
    shown = public.filter(is_neighbour & is_shown).collect()
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
