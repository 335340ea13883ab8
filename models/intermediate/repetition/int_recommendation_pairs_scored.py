"""Pairs of recommendations that seem to ask for the same action, found by throughline.repetition."""


def model(dbt, session):
    import os
    from pathlib import Path

    import polars as pl

    from throughline import settings
    from throughline.repetition import find_repeats

    dbt.config(materialized="table")
    texts = dbt.ref("int_recommendation_texts").pl()
    places = dbt.ref("int_recommendation_places").pl().filter(pl.col("place_type") != "region")
    # Words that were worked out in an earlier build are read from a file beside the warehouse.
    prepared = Path(os.environ.get("THROUGHLINE_WAREHOUSE", "data/work.duckdb")).with_name("prepared_texts.npz")
    return find_repeats(
        texts.select("rec_id", "rec_text", "date_made", "partnership_code"),
        cache=prepared,
        places=places.select("partnership_code", "place"),
        everywhere=texts.height <= settings.whole("repetition_national_search_texts"),
    )
