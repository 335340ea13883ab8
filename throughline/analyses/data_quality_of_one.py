"""What is held of one partnership, which rules its newest return breaks, and what changed since the one before."""

from datetime import date

from throughline import wording
from throughline.analyses.data_quality_view import View
from throughline.analyses.return_titles import field_title, return_order, return_title
from throughline.report import Cell, Column, Finding, Strong, Table
from throughline.wording import data_quality as words

TO_BE_ACTED_ON = {"zero_unconfirmed", "missing"}


def of_one(view: View) -> list[Finding]:
    """The findings on the partnership chosen: none where none is, and one alone where it has sent nothing."""
    if not view.one:
        return []
    return [held(view), broken_rules(view), changes(view)] if view.one["is_returned"] else [held(view)]


def held(view: View) -> Finding:
    """What it has sent, a row a year and a column a return."""
    order = return_order()
    names = sorted(view.received["return_name"].unique(), key=lambda name: order.get(name, len(order)))
    cells = {
        (row["reporting_year"], row["return_name"]): state_cell(row["state"], row["records"])
        for row in view.received.iter_rows(named=True)
    }
    years = sorted(view.received["reporting_year"].unique())
    as_at = view.release.as_at_date
    rows = [[year_in_words(year, as_at), *(cells.get((year, name), "[x]") for name in names)] for year in years]
    table = Table(
        "received-table",
        f"Records held of {view.one['short_name']}, by year and return",
        [Column("Year ending March"), *(Column(return_title(name), numeric=True) for name in names)],
        rows,
        words.STATES_EXPLAINED,
    )
    return Finding(
        "held",
        words.held_finding(view.received, view.one["short_name"]),
        "What is held by return and year. No return, a confirmed nil and none that anybody confirmed are three things.",
        tables=[table],
    )


def state_cell(state: str, records: int) -> Cell:
    """What is held, in words; heavier where somebody still has to send or confirm."""
    said = words.state_in_words(state, records)
    return Strong(said) if state in TO_BE_ACTED_ON else said


def year_in_words(year: int, as_at: date) -> str:
    """A reporting year, and that it is not over when the data end before it does."""
    return f"{year} (not over)" if as_at < date(year, 3, 31) else str(year)


def broken_rules(view: View) -> Finding:
    """The rules that its return breaks, in the order of their ids."""
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
    name = view.one["short_name"]
    caption = f"Rules broken in {name}'s newest return"
    return Finding(
        "findings",
        words.findings_finding(view.findings, name),
        "Each rule that is broken, how often, and what has to happen about it.",
        tables=[Table("findings-table", caption, columns, rows, words.SEVERITIES_EXPLAINED)] if rows else [],
        notices=[] if rows else [words.NOTHING_TO_LIST],
    )


def changes(view: View) -> Finding:
    """What changed between its two newest returns."""
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
    name = view.one["short_name"]
    caption = f"Changes between {name}'s two newest returns"
    return Finding(
        "changes",
        words.changes_finding(view.one, name),
        "The newest return beside the one before it, record by record and field by field.",
        tables=[Table("changes-table", caption, columns, rows, words.CHANGES_EXPLAINED)] if rows else [],
        notices=[] if rows else [words.NOTHING_TO_LIST],
    )
