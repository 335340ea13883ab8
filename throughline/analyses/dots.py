"""A finding whose chart is a set of shares, each with its interval and England's beside it."""

import polars as pl

from throughline.analyses.measure_tables import chart_key, measure_table
from throughline.analyses.scope import Scope
from throughline.charts import shares
from throughline.report import Chart, Finding
from throughline.wording import measures


def dots_finding(
    name: str,
    heading: str,
    what: str,
    rows: pl.DataFrame,
    scope: Scope,
    caveat: str,
    first: str,
    drawn: pl.DataFrame | None = None,
    by_most: bool = False,
) -> Finding:
    """The chart with its table, or why nothing can be drawn.

    `what` says what is measured, `first` heads the table's first column, `drawn` names the rows of the chart where
    they are fewer than those of the table, and `by_most` that those are the rows with most cases.
    """
    in_chart = rows if drawn is None else drawn
    has_values = bool(in_chart["value"].drop_nulls().len())
    of = rows.height if by_most and in_chart.height < rows.height else None
    alternative = measures.shares_alternative(in_chart, what, scope.area_name, scope.period_words, of)
    fewer = measures.drawn_sentence(in_chart.height, of) if of else ""
    return Finding(
        name,
        heading,
        " ".join(part for part in (f"{what}: {scope.area_name}, {scope.period_words}.", fewer) if part),
        (Chart(f"{name}-chart", shares.beside_england(in_chart), alternative),) if has_values else (),
        chart_key(in_chart, scope),
        (measure_table(f"{name}-table", what, first, rows, scope),),
        measures.hidden_notice(in_chart),
        caveat,
        is_withheld=are_withheld(rows),
    )


def with_most(rows: pl.DataFrame, many: int) -> pl.DataFrame:
    """The first so many of rows that are in order of their cases, and whichever tie with the last of them."""
    last = rows["numerator"].head(many).drop_nulls().tail(1)
    if rows.height <= many or last.is_empty():
        return rows.head(many)
    return rows.filter(pl.col("numerator") >= last[0])


def are_withheld(rows: pl.DataFrame) -> bool:
    """Whether nothing of the area's own rows may be shown, because of what they would tell."""
    return not (rows["numerator"].drop_nulls().len() or rows["value"].drop_nulls().len()) and "c" in rows["status"]
