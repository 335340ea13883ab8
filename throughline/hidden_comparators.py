"""What a verdict beside England may be told of: a figure of England's that the reader sees as well.

How a known figure stands to a hidden one says something of the hidden one: of a small count, sometimes nearly all.
"""

import polars as pl

SAME_FIGURE = ["period_type", "period", "indicator", "breakdown"]
BESIDE_ENGLAND = r'"england": "\w+"(, )?'


def without_hidden_england(rows: pl.DataFrame, england: pl.DataFrame) -> pl.DataFrame:
    """The same rows, with no verdict beside England where England's figure is hidden from the reader.

    `england` are the rows of England as the reader sees them; those of one measure are enough for rows of one.
    """
    shown = england.filter(pl.col("value").is_not_null()).select(*SAME_FIGURE, is_england_shown=pl.lit(True))
    others = pl.col("comparisons").str.replace(BESIDE_ENGLAND, "").replace("{}", None)
    kept = pl.when(pl.col("is_england_shown")).then("comparisons").otherwise(others)
    beside = rows.join(shown, on=SAME_FIGURE, how="left", maintain_order="left")
    return beside.with_columns(comparisons=kept).drop("is_england_shown")
