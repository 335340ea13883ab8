"""The partnerships of a group year by year, on one scale."""

import polars as pl

from throughline import wording
from throughline.analyses import comparison_choices as choices
from throughline.analyses.comparison_view import View
from throughline.analyses.ended_partnerships import marked
from throughline.charts import comparison_over_time as charts
from throughline.report import Chart, Column, Finding, Table
from throughline.wording import comparison_over_time as words

COLUMNS = ["area_code", "period", "numerator", "denominator", "value", "lower95", "upper95"]
COLUMNS += ["status", "reason", "indicator", "comparisons"]


def trends_finding(view: View) -> Finding:
    """Every year of every partnership of the group."""
    rows = yearly(view)
    years = sorted(rows["year"].unique())
    first, last = (years[0], years[-1]) if years else ("", "")
    shown = rows["value"].drop_nulls().len()
    chart = (
        Chart(
            "trends-chart",
            charts.small_multiples(rows, view.unit),
            words.trends_alternative(view.short_title, view.group_said, rows, view.unit, first, last),
        )
        if shown
        else None
    )
    cut = words.CUT_AT_THE_TOP if shown and charts.is_cut(rows, view.unit) else ""
    is_beyond = bool(shown) and charts.is_beyond(rows, view.unit)
    return Finding(
        "trends",
        words.trends_heading(view.short_title, view.group_said, shown, moves(rows)),
        f"{view.title}: {view.group_name}, years ending 31 March, all on one scale from zero.",
        (chart,) if chart else (),
        (
            ("returns", "A year, with its 95% interval"),
            *((("part-year", "A year that is not over"),) if bool(rows["is_part_period"].any()) else ()),
            *((("beyond", "A year that is not over, beyond the scale"),) if is_beyond else ()),
        ),
        (trends_table(view, marked(view.release, rows), years),),
        () if chart else (words.TRENDS_HIDDEN,),
        f"{words.BEYOND_THE_TOP if is_beyond else ''}{cut}{words.TRENDS_LIMIT}",
    )


def yearly(view: View) -> pl.DataFrame:
    """One row a partnership and year, with its short name; one that the release holds nothing of is left out."""
    names = choices.area_names(view.release, "partnership")
    found = view.release.indicator_values(
        view.viewer,
        indicator=view.catalogue["indicator"],
        breakdown=view.breakdown,
        area_type="partnership",
        area_codes=view.members,
        period_type="year",
    )
    shown = [wording.value_or_symbol(row, view.unit) for row in found.iter_rows(named=True)]
    named = [wording.short_name(names.get(code, code)) for code in found["area_code"]]
    return (
        found.select(*COLUMNS, pl.col("is_part_period").fill_null(False))
        .with_columns(
            area_name=pl.Series(named, dtype=pl.String), shown=pl.Series(shown, dtype=pl.String), year=pl.col("period")
        )
        # An ended partnership has no years but those in which it was.
        .filter(pl.col("area_code").is_in(view.rows["area_code"].to_list()))
        .sort("area_name", "year")
    )


def moves(rows: pl.DataFrame) -> dict[str, list[str]]:
    """How each year stands to the one before, and to England, as the release compared them."""
    return {
        beside: rows["comparisons"].str.json_path_match(f"$.{beside}").drop_nulls().to_list()
        for beside in ("earlier", "england")
    }


def trends_table(view: View, rows: pl.DataFrame, years: list[str]) -> Table:
    """One row a partnership, with each year's value and interval."""
    cells = {(row["area_name"], row["year"]): row for row in rows.iter_rows(named=True)}
    body = [
        [name, *(value_with_interval(cells.get((name, year)), view.unit) for year in years)]
        for name in sorted(rows["area_name"].unique())
    ]
    not_over = set(rows.filter("is_part_period")["year"])
    columns = [
        Column("Partnership"),
        *(Column(f"{year} (not over)" if year in not_over else year, numeric=True) for year in years),
    ]
    note = wording.symbol_note(rows.filter(pl.col("status") != "ok").iter_rows(named=True))
    caption = f"{view.title}, {view.group_name}, by year ending March, with 95% intervals"
    return Table("trends-table", caption, columns, body, note)


def value_with_interval(row: dict | None, unit: str) -> str:
    """A year's value with its interval, or its status."""
    if row is None:
        return "[x]"
    if row["value"] is None:
        return wording.value_or_symbol(row, unit)
    return f"{row['shown']} ({wording.interval(row['lower95'], row['upper95'], unit)})"
