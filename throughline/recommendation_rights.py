"""What a reader may see of recommendations, told before any is read: a view reads only the rows that it then picks."""

import polars as pl

# Codes of the reader's own partnerships; None stands for all there are, which no row need be asked about.
Own = pl.Series | None
# Told of an earlier recommendation only to who may read it.
HIDDEN = (
    "earlier_rec_id",
    "earlier_partnership_code",
    "earlier_theme_primary",
    "earlier_date_made",
    "days_between",
    "score",
)


def readable(recommendations: pl.LazyFrame, own: Own) -> pl.LazyFrame:
    """All recommendations of the reader's own partnerships (is_own), and of others those that may be shared.

    They are shared among partnerships: whoever has none, such as the public, reads none.
    """
    has_own = own is None or not own.is_empty()
    shared = pl.col("is_shareable") if has_own else pl.lit(False)
    return recommendations.with_columns(is_own=_among(own)).filter(pl.col("is_own") | shared)


def readable_members(members: pl.LazyFrame, own: Own, shared: pl.Series) -> pl.LazyFrame:
    """Of each chain the recommendations that are the reader's own (is_own) or among those shared by others."""
    told = members.with_columns(is_own=_among(own))
    return told.filter(pl.col("is_own") | _among(shared, "rec_id"))


def told_pairs(pairs: pl.LazyFrame, own: Own, shared: pl.Series) -> pl.LazyFrame:
    """Pairs whose later recommendation is the reader's own, and of the earlier what they may know (is_readable)."""
    is_readable = _among(own, "earlier_partnership_code") | _among(shared, "earlier_rec_id")
    told = pairs.filter(_among(own)).with_columns(is_readable=is_readable.fill_null(False))
    return told.with_columns(pl.when("is_readable").then(pl.col(name)).alias(name) for name in HIDDEN)


def _among(values: pl.Series | None, name: str = "partnership_code") -> pl.Expr:
    if values is None:
        return pl.lit(True)
    # Without values nothing need be looked up in every row.
    return pl.col(name).is_in(values.implode()) if len(values) else pl.lit(False)
