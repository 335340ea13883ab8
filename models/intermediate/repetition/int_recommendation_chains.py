"""Which chain of recommendations each belongs to, found by throughline.repetition."""


def model(dbt, session):
    import os
    from pathlib import Path

    import polars as pl

    from throughline.repetition.chains import find_chains

    dbt.config(materialized="table")
    pairs = dbt.ref("int_recommendation_pairs").pl()
    repeats = pairs.filter(
        (pl.col("kind") != "theme_and_target")
        & (pl.col("scope") != "SAME_REVIEW_SERIES")
        & (pl.col("state") != "rejected")
    )
    texts = dbt.ref("int_recommendation_texts").pl()
    prepared = Path(os.environ.get("THROUGHLINE_WAREHOUSE", "data/work.duckdb")).with_name("prepared_texts.npz")
    return find_chains(repeats, texts, prepared)
