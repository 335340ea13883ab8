"""The tables of the page on data quality."""

from datetime import date

import polars as pl
from dash import html

from dashboards import components
from dashboards.components import Column
from dashboards.views.data_quality import View, field_title, return_order, return_title
from throughline import wording
from throughline.charts.notification_series import published_note
from throughline.wording import data_quality as words
from throughline.wording.notification_trends import NATURE_LABELS

COUNTS = ["rows_accepted", "rows_quarantined", "errors", "queries_waiting"]
TO_BE_ACTED_ON = {"zero_unconfirmed", "missing"}


def partnerships_table(view: View) -> html.Div:
    """One row a partnership, in name order; what was not sent has no number."""
    columns = [
        Column("Partnership"),
        Column("Received"),
        Column("Data as at"),
        Column("Version"),
        Column("Returns held", numeric=True),
        Column("Rows accepted", numeric=True),
        Column("Rows put aside", numeric=True),
        Column("Errors", numeric=True),
        Column("Queries waiting", numeric=True),
        Column("Records since the last return"),
    ]
    rows = [partnership_row(view, row) for row in view.rows.iter_rows(named=True)]
    caption = f"What each partnership{view.place} has sent"
    return components.table("partnerships-table", caption, columns, rows, words.received_note(view.rows))


def partnership_row(view: View, row: dict) -> list[components.Child]:
    """One partnership; its name leads to what it has sent."""
    sent = row["is_returned"]
    return [
        html.A(row["short_name"], href=view.leading_to(row["partnership_code"]), className="govuk-link"),
        words.date_or_symbol(row["received_at"]) if sent else html.Strong("No return received"),
        words.date_or_symbol(row["as_at_date"]),
        row["specification_version"] or "[x]",
        wording.rounded(row["submissions_held"]) if sent else "None",
        *(words.count_or_symbol(row[name]) for name in COUNTS),
        words.changes_in_words(row),
    ]


def received_table(view: View, as_at: date) -> html.Div:
    """What is held of one partnership, a row a year and a column a return, in words."""
    order = return_order()
    names = sorted(view.received["return_name"].unique(), key=lambda name: order.get(name, len(order)))
    cells = {
        (row["reporting_year"], row["return_name"]): state_cell(row["state"], row["records"])
        for row in view.received.iter_rows(named=True)
    }
    years = sorted(view.received["reporting_year"].unique())
    rows = [[year_in_words(year, as_at), *(cells.get((year, name), "[x]") for name in names)] for year in years]
    columns = [Column("Year ending March"), *(Column(return_title(name)) for name in names)]
    caption = f"What is held of {view.one['short_name']}, by year and return"
    return components.table("received-table", caption, columns, rows, words.STATES_EXPLAINED)


def state_cell(state: str, records: int) -> components.Child:
    """What is held, in words; heavier where somebody still has to send or confirm."""
    said = words.state_in_words(state, records)
    return html.Strong(said) if state in TO_BE_ACTED_ON else said


def year_in_words(year: int, as_at: date) -> str:
    """A reporting year, and that it is not over when the data end before it does."""
    return f"{year} (not over)" if as_at < date(year, 3, 31) else str(year)


def findings_table(view: View) -> html.Div | html.P:
    """The rules that one partnership's return breaks, in the order of their ids."""
    if not view.findings.height:
        return html.P("There is nothing to list.", className="govuk-body")
    columns = [
        Column("Rule"),
        Column("What it asks"),
        Column("Error or query"),
        Column("Times broken", numeric=True),
        Column("What happens next"),
    ]
    rows = [
        [
            row["rule"],
            row["title"] or "[x]",
            words.in_words(words.SEVERITY_IN_WORDS, row["severity"]),
            wording.rounded(row["findings"]),
            words.next_step(row),
        ]
        for row in view.findings.iter_rows(named=True)
    ]
    caption = f"Rules broken in {view.one['short_name']}'s newest return"
    return components.table("findings-table", caption, columns, rows, words.SEVERITIES_EXPLAINED)


def changes_table(view: View) -> html.Div | html.P:
    """What changed between one partnership's two newest returns."""
    if not view.changes.height:
        return html.P("There is nothing to list.", className="govuk-body")
    columns = [Column("Return"), Column("What changed"), Column("Field"), Column("Records", numeric=True)]
    rows = [
        [
            return_title(row["return_name"]),
            words.in_words(words.CHANGE_IN_WORDS, row["change"]),
            field_title(row["return_name"], row["field"]) if row["field"] else "The whole record",
            wording.rounded(row["records"]),
        ]
        for row in view.changes.iter_rows(named=True)
    ]
    caption = f"Changes between {view.one['short_name']}'s two newest returns"
    return components.table("changes-table", caption, columns, rows, words.CHANGES_EXPLAINED)


def reconciliation_table(view: View, level: str) -> html.Div:
    """DfE's counts and the returns' own: England by nature, or regions in all."""
    is_national = level == "national"
    columns = [
        Column("Year ending March" if is_national else "Region and year ending March"),
        *([Column("Nature")] if is_national else []),
        Column("Published by DfE", numeric=True),
        Column("How it is known"),
        Column("In the returns", numeric=True),
        Column("Authorities that have returned", numeric=True),
        Column("Difference"),
    ]
    held = view.reconciliation.filter(pl.col("geographic_level") == level)
    rows = [reconciliation_row(row, is_national) for row in held.iter_rows(named=True)]
    where = "in England, by nature" if is_national else "in the regions, all natures"
    missing = any("[x]" in row for row in rows)
    note = "[x] means not available: not published, or not returned." if missing else ""
    return components.table(f"{level}-table", f"Notifications {where}, by year and source", columns, rows, note)


def reconciliation_row(row: dict, is_national: bool) -> list[str]:
    """One area, year and nature."""
    year = str(row["reporting_year"])
    return [
        *([year, NATURE_LABELS[row["nature"]]] if is_national else [f"{row['area_name']}, {year}"]),
        words.published_count(row),
        published_note(row),
        words.returned_count(row),
        f"{wording.rounded(row['authorities_returned'])} of {wording.rounded(row['authorities'])}",
        words.difference_in_words(row),
    ]


def rules_table(view: View) -> html.Div:
    """Every rule in the order of its id."""
    columns = [
        Column("Rule"),
        Column("What it asks"),
        Column("Error or query"),
        Column("What it looks at"),
        Column("Source"),
    ]
    rows = [
        [
            row["rule"],
            row["title"],
            words.in_words(words.SEVERITY_IN_WORDS, row["severity"]),
            words.in_words(words.SCOPE_IN_WORDS, row["scope"]),
            row["source"],
        ]
        for row in view.rules.iter_rows(named=True)
    ]
    return components.table("rules-table", "Every rule of the return", columns, rows, words.SEVERITIES_EXPLAINED)
