"""Incidents considered, notifications, and the share of the first that led to the second: three series side by side."""

from functools import lru_cache

import polars as pl

from throughline import wording
from throughline.analyses.measures import term
from throughline.charts import notification_watch as charts
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Finding, Table
from throughline.wording import notification_watch as words
from throughline.wording.kind_of_data import returns_label, returns_said
from throughline.wording.notification_trends import SURE_BELOW, YEARS_BACK

# Each series: its indicator, its unit, its title, and the day that decides its year.
SERIES = (
    ("NT6", "count", "Incidents considered", "year of referral"),
    ("NT1", "count", "Notifications", "year of notification"),
    ("CV1", "proportion", "Share of incidents notified", "year of referral"),
)
COLUMNS = ["period", "numerator", "denominator", "value", "lower95", "upper95", "status", "reason"]


@lru_cache(maxsize=16)  # England and nine regions, whatever else is chosen
def context(release: Release, viewer: Viewer, area: str, area_name: str) -> Finding:
    """Whether fewer came or fewer were notified, as far as these can tell."""
    series = {indicator: whole_years(release, viewer, area, indicator) for indicator, _, _, _ in SERIES}
    shown = {name: rows for name, rows in series.items() if rows["value"].drop_nulls().len()}
    considered, share, first, last = moves(series["NT6"], series["CV1"])
    drawn = tuple(
        Chart(
            f"context-{indicator.lower()}",
            charts.yearly_points(as_points(series[indicator], unit), unit),
            words.context_alternative(title, as_points(series[indicator], unit), unit, area_name),
            title,
        )
        for indicator, unit, title, _ in SERIES
        if indicator in shown
    )
    has_context = {"NT6", "CV1"} <= shown.keys()
    told = words.fits(considered, share) if has_context else words.CONTEXT_HIDDEN
    return Finding(
        "context",
        words.context_heading(considered, share, first, last),
        f"Incidents considered at triage, notifications, and the share of incidents that led to a notification, "
        f"{area_name}, years ending 31 March, from the {returns_said(release.is_synthetic)} only.",
        drawn if has_context else (),
        (("returns", f"{returns_label(release.is_synthetic)}, with 95% interval"),),
        (context_table(series, area_name),),
        (told,) if told else (),
        words.CONTEXT_LIMIT,
        terms=[term(release, indicator, title) for indicator, _, title, _ in SERIES],
    )


def whole_years(release: Release, viewer: Viewer, area: str, indicator: str) -> pl.DataFrame:
    """The whole years of one indicator."""
    found = release.indicator_values(
        viewer, indicator=indicator, area_codes=[area], period_type="year", breakdown="total"
    )
    return found.filter(~pl.col("is_part_period")).select(COLUMNS).sort("period")


def as_points(rows: pl.DataFrame, unit: str) -> pl.DataFrame:
    """Rows as the chart takes them."""
    shown = [wording.value_or_symbol(row, unit) for row in rows.iter_rows(named=True)]
    drawn = rows.select(year="period", value="value", lower="lower95", upper="upper95")
    return drawn.with_columns(shown=pl.Series(shown, dtype=pl.String))


def moves(considered: pl.DataFrame, share: pl.DataFrame) -> tuple[str | None, str | None, str, str]:
    """Which way each moved by more than luck over the same years, and which years; None where it cannot be told."""
    from throughline.statistics import compare_proportions, compare_rates

    known = [rows.filter(pl.col("value").is_not_null()) for rows in (considered, share)]
    years = sorted(set(known[0]["period"]) & set(known[1]["period"]))
    if len(years) < 2:
        return None, None, "", ""
    last = years[-1]
    first = next((year for year in years if year >= str(int(last) - YEARS_BACK)), years[0])
    ends = [[rows.row(by_predicate=pl.col("period") == year, named=True) for year in (first, last)] for rows in known]
    (before, after), (share_before, share_after) = ends
    is_empty = not before["value"] and not after["value"]
    count_p = 1.0 if is_empty else float(compare_rates(after["value"], 1, before["value"], 1).p_value)
    share_p = float(
        compare_proportions(
            share_after["numerator"], share_after["denominator"], share_before["numerator"], share_before["denominator"]
        )
    )
    return (
        moved(before["value"], after["value"], count_p),
        moved(share_before["value"], share_after["value"], share_p),
        first,
        last,
    )


def moved(before: float, after: float, p_value: float) -> str:
    """Fell or rose where luck would seldom do it, else nothing."""
    if not p_value < SURE_BELOW:
        return ""
    return "fell" if after < before else "rose"


def context_table(series: dict[str, pl.DataFrame], area_name: str) -> Table:
    """One row a year, with the share as the fraction that it is."""
    by_year = {name: {row["period"]: row for row in rows.iter_rows(named=True)} for name, rows in series.items()}
    years = sorted({year for rows in by_year.values() for year in rows})
    columns = [
        Column("Year ending March"),
        Column("Incidents considered", numeric=True),
        Column("95% interval", numeric=True),
        Column("Notifications", numeric=True),
        Column("95% interval", numeric=True),
        Column("Notified, of those decided", numeric=True),
        Column("Share", numeric=True),
        Column("95% interval", numeric=True),
    ]
    rows = []
    for year in years:
        cells = [year]
        for name, unit, _, _ in SERIES:
            row = by_year[name].get(year)
            if unit == "proportion":
                cells.append("[x]" if row is None else fraction_or_symbol(row))
            cells += ["[x]", "[x]"] if row is None else value_and_interval(row, unit)
        rows.append(cells)
    held = [row for each in by_year.values() for row in each.values() if row["status"] != "ok"]
    note = (
        "Incidents considered and the share belong to the year of referral, and notifications to the year in which "
        f"they were sent. {wording.symbol_note(held)}"
    )
    return Table("context-table", f"What came before notification, {area_name}", columns, rows, note.strip())


def fraction_or_symbol(row: dict) -> str:
    """The cases behind a share."""
    return wording.fraction(row) if row["numerator"] is not None else f"[{row['status']}]"


def value_and_interval(row: dict, unit: str) -> list[str]:
    """A value and its interval, or the status of what is not there."""
    if row["value"] is None:
        return [f"[{row['status']}]"] * 2
    return [wording.value_or_symbol(row, unit), wording.interval(row["lower95"], row["upper95"], unit)]
