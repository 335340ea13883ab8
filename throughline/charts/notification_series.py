"""Puts DfE's published notifications and the returns' own side by side: one row a source and year."""

import polars as pl

NATURES = ["total", "child_death", "serious_harm", "other"]
SCHEMA = {
    "source": pl.String,
    "reporting_year": pl.Int64,
    "nature": pl.String,
    "count": pl.Float64,
    "count_lower": pl.Float64,
    "count_upper": pl.Float64,
    "population": pl.Float64,
    "rate": pl.Float64,
    "rate_lower": pl.Float64,
    "rate_upper": pl.Float64,
    "status": pl.String,
    "is_rounded": pl.Boolean,
    "is_first_hand": pl.Boolean,
    "is_part_period": pl.Boolean,
    "note": pl.String,
}
PER = 100_000
HOW_KNOWN = {
    "published": "as published",
    "published_secondary": "from a press or other secondary report",
    "derived_residual": "derived: the total less its other parts",
    "derived_from_published_change": "derived from a published change",
}


def notification_series(published: pl.DataFrame, returned: pl.DataFrame, rates: pl.DataFrame) -> pl.DataFrame:
    """Both sources by year and nature, as counts and as rates per 100,000 children.

    `published` are DfE's figures for one area, `returned` its NT1 rows (by breakdown), `rates` its NT2 rows,
    whose denominators are the populations used for both sources.
    """
    populations = rates.select(
        pl.col("period").cast(pl.Int64).alias("reporting_year"),
        pl.col("denominator").cast(pl.Float64).alias("population"),
    ).unique("reporting_year")
    both = pl.concat([published_rows(published), returned_rows(returned)])
    joined = both.join(populations, on="reporting_year", how="left")
    return with_rates(joined).select(list(SCHEMA)).cast(SCHEMA).sort("source", "nature", "reporting_year")


def published_rows(published: pl.DataFrame) -> pl.DataFrame:
    """DfE's figures; a count stands as published, so it has no interval of its own."""
    return dfe_full_years(published).select(
        pl.lit("published").alias("source"),
        pl.col("reporting_year").cast(pl.Int64),
        pl.col("nature").cast(pl.String),
        pl.col("number_notifications").cast(pl.Float64).alias("count"),
        pl.lit(None, dtype=pl.Float64).alias("count_lower"),
        pl.lit(None, dtype=pl.Float64).alias("count_upper"),
        pl.when(pl.col("number_notifications").is_null()).then(pl.lit("x")).otherwise(pl.lit("ok")).alias("status"),
        (pl.col("number_rounding").fill_null("unrounded") != "unrounded").alias("is_rounded"),
        (pl.col("value_status").fill_null("published") == "published").alias("is_first_hand"),
        pl.lit(False).alias("is_part_period"),
        pl.struct("value_status", "number_rounding").map_elements(published_note, return_dtype=pl.String).alias("note"),
    )


def dfe_full_years(published: pl.DataFrame) -> pl.DataFrame:
    """DfE's own whole years: Ofsted's earlier series was another collection, and half years are not years."""
    whole = pl.col("period").is_in(["full_year", "year"])
    return published.filter(whole & (pl.col("publisher") != "Ofsted")).unique(
        ["reporting_year", "nature"], keep="first"
    )


def published_note(row: dict[str, str | None]) -> str:
    """What a reader must know of one published figure: how it is known, and whether it was rounded."""
    how = HOW_KNOWN.get(row["value_status"] or "published", (row["value_status"] or "").replace("_", " "))
    return how + ("; rounded to the nearest 10" if row["number_rounding"] == "nearest_10" else "")


def returned_rows(returned: pl.DataFrame) -> pl.DataFrame:
    """The returns' own counts with their intervals; suppressed and missing rows keep their status and no number."""
    return returned.select(
        pl.lit("returns").alias("source"),
        pl.col("period").cast(pl.Int64).alias("reporting_year"),
        pl.col("breakdown").cast(pl.String).alias("nature"),
        pl.coalesce("numerator", "value").cast(pl.Float64).alias("count"),
        pl.col("lower95").cast(pl.Float64).alias("count_lower"),
        pl.col("upper95").cast(pl.Float64).alias("count_upper"),
        pl.col("status"),
        pl.lit(False).alias("is_rounded"),
        pl.lit(True).alias("is_first_hand"),
        pl.col("is_part_period").fill_null(False),
        pl.when(pl.col("is_part_period").fill_null(False))
        .then(pl.lit("part of a year: not drawn"))
        .otherwise(pl.lit("from the returns"))
        .alias("note"),
    )


def with_rates(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds the rate of each count and its interval; a rounded count has no interval that means anything."""
    from throughline.statistics import rate_interval

    known = pl.col("count").is_not_null() & pl.col("population").is_not_null()
    usable = rows.with_columns(
        pl.when(known).then("count").alias("_count"), pl.when(known).then("population").alias("_n")
    )
    counts = usable["_count"].to_numpy()
    lower, upper = rate_interval(counts, usable["_n"].to_numpy(), per=PER)
    limits = rows.with_columns(
        (PER * pl.col("count") / pl.col("population")).alias("rate"),
        pl.Series("rate_lower", lower, dtype=pl.Float64).fill_nan(None),
        pl.Series("rate_upper", upper, dtype=pl.Float64).fill_nan(None),
    )
    # A part year has no rate: its population is a whole year's.
    hidden = pl.col("is_rounded") | pl.col("is_part_period")
    return limits.with_columns(
        pl.when(~pl.col("is_part_period")).then("rate").alias("rate"),
        pl.when(~hidden).then("rate_lower").alias("rate_lower"),
        pl.when(~hidden).then("rate_upper").alias("rate_upper"),
    )


def ratio_series(series: pl.DataFrame, returned: pl.DataFrame) -> pl.DataFrame:
    """Serious harm notifications for each death, with 95% intervals: published counts divided, and the NT4 rows."""
    from throughline.statistics import ratio_interval

    counts = (
        series.filter((pl.col("source") == "published") & ~pl.col("is_rounded"))
        .pivot("nature", index="reporting_year", values="count")
        .sort("reporting_year")
    )
    if {"serious_harm", "child_death"} <= set(counts.columns):
        counts = counts.filter(pl.col("serious_harm").is_not_null() & (pl.col("child_death") > 0))
    else:
        counts = pl.DataFrame(
            schema={"reporting_year": pl.Int64, "serious_harm": pl.Float64, "child_death": pl.Float64}
        )
    lower, upper = ratio_interval(counts["serious_harm"].to_numpy(), counts["child_death"].to_numpy())
    published = counts.select(
        pl.lit("published").alias("source"),
        "reporting_year",
        harm="serious_harm",
        death="child_death",
        value=pl.col("serious_harm") / pl.col("child_death"),
        lower=pl.Series("lower", lower, dtype=pl.Float64),
        upper=pl.Series("upper", upper, dtype=pl.Float64),
        status=pl.lit("ok"),
    )
    own = returned.filter(~pl.col("is_part_period")).select(
        pl.lit("returns").alias("source"),
        reporting_year=pl.col("period").cast(pl.Int64),
        harm=pl.col("numerator").cast(pl.Float64),
        death=pl.col("denominator").cast(pl.Float64),
        value="value",
        lower="lower95",
        upper="upper95",
        status="status",
    )
    return pl.concat([published, own]).sort("source", "reporting_year")
