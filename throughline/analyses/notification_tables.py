"""The tables that stand beside the charts of notification trends."""

from throughline import wording
from throughline.analyses.notification_view import View
from throughline.charts.notification_series import NATURES
from throughline.report import Column, Table
from throughline.statistics import Xmr
from throughline.wording import notification_trends as words
from throughline.wording.kind_of_data import PUBLISHED


def series_table(view: View) -> Table:
    """Every value of the first chart: one row a year."""
    unit = "count" if view.measure == "count" else "per_100000_children"
    is_rate = view.measure == "rate"
    of_rate = " rate" if is_rate else ""
    columns = [
        Column("Year ending March"),
        Column(f"Published{of_rate}", numeric=True),
        *([Column("95% interval", numeric=True)] if is_rate else []),
        Column(f"Returns{of_rate}", numeric=True),
        Column("95% interval", numeric=True),
        Column("How it is known"),
    ]
    by_year = {(row["reporting_year"], row["source"]): row for row in view.series.iter_rows(named=True)}
    rows = []
    for year in sorted({year for year, _ in by_year}):
        published, returned = by_year.get((year, "published")), by_year.get((year, "returns"))
        first = amounts(published, view.measure, unit)
        note = (published or returned)["note"]
        rows.append([str(year), *(first if is_rate else first[:1]), *amounts(returned, view.measure, unit), note])
    held = [status for status in view.series["status"].unique() if status not in ("ok", "x")]
    per = ", rate per 100,000 children" if is_rate else ""
    caption = f"{words.NATURE_LABELS[view.nature]}{per}, {view.area_name}"
    note = f"[x] means not available: not published, not returned, or no population held. {wording.symbol_note(held)}"
    return Table("series-table", caption, columns, rows, note.strip())


def amounts(row: dict | None, measure: str, unit: str) -> list[str]:
    """A value and its interval, or the status of what is not there."""
    if row is None or row[measure] is None:
        return [f"[{'x' if row is None or row['status'] == 'ok' else row['status']}]"] * 2
    limits = row[f"{measure}_lower"], row[f"{measure}_upper"]
    return [wording.measure(row[measure], unit), wording.interval(*limits, unit) if None not in limits else "[x]"]


def nature_table(view: View) -> Table:
    """Counts by nature, year and source."""
    columns = [
        Column("Year ending March"),
        Column("Source"),
        *(Column(words.NATURE_LABELS[nature], numeric=True) for nature in NATURES),
    ]
    cells = {
        (row["reporting_year"], row["source"], row["nature"]): (
            wording.rounded(row["count"]) if row["count"] is not None else f"[{row['status']}]"
        )
        for row in view.every_nature.iter_rows(named=True)
        if not row["is_part_period"]
    }
    keys = sorted({(year, source) for year, source, _ in cells})
    rows = [
        [
            str(year),
            PUBLISHED if source == "published" else "Returns",
            *(cells.get((year, source, nature), "[x]") for nature in NATURES),
        ]
        for year, source in keys
    ]
    caption = f"Notifications by nature, {view.area_name}, by year ending March and source"
    held = [status for status in view.every_nature["status"].unique() if status not in ("ok", "x")]
    note = f"[x] means not available: not found in a published source. {wording.symbol_note(held)}"
    return Table("nature-table", caption, columns, rows, note.strip())


def ratio_table(view: View) -> Table:
    """Serious harm and deaths with their ratio, by year and source."""
    columns = [
        Column("Year ending March"),
        Column("Source"),
        Column("Serious harm", numeric=True),
        Column("Deaths", numeric=True),
        Column("Ratio", numeric=True),
        Column("95% interval", numeric=True),
    ]
    rows = [
        [
            str(row["reporting_year"]),
            PUBLISHED if row["source"] == "published" else "Returns",
            *(
                wording.rounded(row[name]) if row[name] is not None else f"[{row['status']}]"
                for name in ("harm", "death")
            ),
            wording.measure(row["value"], "ratio") if row["value"] is not None else f"[{row['status']}]",
            wording.interval(row["lower"], row["upper"], "ratio") if row["value"] is not None else f"[{row['status']}]",
        ]
        for row in view.ratios.sort("reporting_year", "source").iter_rows(named=True)
    ]
    caption = f"Serious harm for each death notified, {view.area_name}"
    return Table("ratio-table", caption, columns, rows, wording.symbol_note(view.ratios["status"].unique()))


def quarters_table(view: View, chart: Xmr) -> Table:
    """One row a year, one column a quarter, with each signal in words."""
    cells = {
        period: words.quarter_cell(value, label)
        for period, value, label in zip(
            view.quarters["period"], view.quarters["value"], chart.points["label"], strict=True
        )
    }
    months = ("April to June", "July to September", "October to December", "January to March")
    columns = [
        Column("Year ending March"),
        *(Column(heading, numeric=True) for heading in months),
    ]
    years = sorted({period[:4] for period in cells})
    rows = [[year, *(cells.get(f"{year}-Q{quarter}", "[x]") for quarter in range(1, 5))] for year in years]
    caption = f"Notifications by quarter, {view.area_name}, from the returns"
    return Table("quarters-table", caption, columns, rows, words.SIGNALS_EXPLAINED)
