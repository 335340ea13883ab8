"""Beside which figures a verdict may be told: those that its reader sees as well.

How a known figure stands to a hidden one says something of the hidden one: of a small count, sometimes nearly all.
"""

import polars as pl

SAME_FIGURE = ["period_type", "period", "indicator", "breakdown"]
BESIDE = ["england", "region", "neighbours"]
SAME_SERIES = ["area_type", "area_code", "period_type", "indicator", "breakdown"]


def without_unseen(rows: pl.DataFrame, seen: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """The same rows, with no verdict beside England, a region or a pool of neighbours that the reader does not see.

    `seen` are the rows of these as the reader sees them; those of one measure are enough for rows of one. `areas` gives
    each area's region.
    """
    numbered = rows.lazy().with_row_index("row")
    said = _beside(numbered, seen.lazy(), areas.lazy()).select("row", said=_kept(BESIDE))
    return _with_said(numbered, said)


def without_any_hidden(rows: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """All rows that one reader sees, with no verdict beside one that is not among them with its value.

    `areas` gives each area's region.
    """
    numbered = rows.lazy().with_row_index("row")
    known = numbered.filter(pl.col("value").is_not_null())
    told = (
        _beside(known, known, areas.lazy())
        .with_columns(last_year=_last_year())
        .join(_followed(known), on=[*SAME_SERIES, "last_year"], how="left")
    )
    return _with_said(numbered, told.select("row", said=_kept([*BESIDE, "earlier"])))


def _beside(numbered: pl.LazyFrame, seen: pl.LazyFrame, areas: pl.LazyFrame) -> pl.LazyFrame:
    """The rows that hold a verdict, each with a column a comparator: true where that is seen."""
    region_of = areas.select("area_type", "area_code", "region_code")
    return (
        numbered.filter(pl.col("comparisons").is_not_null())
        .join(region_of, on=["area_type", "area_code"], how="left")
        .join(_shown(seen, "england"), on=SAME_FIGURE, how="left")
        .join(
            _shown(seen, "region", "area_code").rename({"area_code": "region_code"}),
            on=[*SAME_FIGURE, "region_code"],
            how="left",
        )
        .join(
            _shown(seen, "statistical_neighbours", "area_code", name="neighbours"),
            on=[*SAME_FIGURE, "area_code"],
            how="left",
        )
    )


def _with_said(numbered: pl.LazyFrame, said: pl.LazyFrame) -> pl.DataFrame:
    """The rows with what may be said of each, and no verdict in those of which nothing may."""
    kept = numbered.join(said, on="row", how="left", maintain_order="left")
    return kept.with_columns(comparisons="said").drop("row", "said").collect()


def _shown(rows: pl.LazyFrame, area_type: str, *code: str, name: str = "") -> pl.LazyFrame:
    """The figures that are there of one kind of area."""
    shown = rows.filter((pl.col("area_type") == area_type) & pl.col("value").is_not_null())
    return shown.select(*SAME_FIGURE, *code, pl.lit(True).alias(name or area_type))


def _followed(known: pl.LazyFrame) -> pl.LazyFrame:
    """For each figure that is there, the last year of the next period that shares no year with it."""
    years = pl.when(pl.col("period_type") == "year").then(1).otherwise(3)
    whole = known.filter(pl.col("period_type") != "quarter")
    return whole.select(*SAME_SERIES, last_year=_last_year() + years, earlier=pl.lit(True))


def _last_year() -> pl.Expr:
    return pl.col("period").str.slice(-4).cast(pl.Int32, strict=False)


def _kept(names: list[str]) -> pl.Expr:
    """The comparisons without those of these names beside which nothing is shown; null where none is left."""
    text = pl.col("comparisons")
    for name in names:
        text = pl.when(pl.col(name)).then(text).otherwise(text.str.replace(rf'"{name}": "\w+"(, )?', ""))
    text = text.str.replace(", }", "}", literal=True)
    return pl.when(text != "{}").then(text)
