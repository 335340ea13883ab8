"""Partnerships that have ended, with the month: they stand beside those that followed them, and must be told apart."""

from functools import cache

import polars as pl

from throughline.workspace import PROJECT

MEMBERS = PROJECT / "seeds" / "areas" / "partnership_local_authorities.csv"


@cache
def ended_in() -> dict[str, str]:
    """The month in which each partnership that is no more lost the last of its authorities."""
    rows = pl.read_csv(MEMBERS, infer_schema=False)
    last = (
        rows.group_by("partnership_code")
        .agg(is_ended=pl.col("valid_to").is_not_null().all(), day=pl.col("valid_to").str.to_date().max())
        .filter("is_ended")
    )
    return {code: f"{day:%B %Y}" for code, day in last.select("partnership_code", "day").iter_rows()}
