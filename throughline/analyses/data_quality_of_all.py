"""The returns of every partnership that a reader may see, in name order, and the rules that they are checked by."""

from urllib.parse import urlencode

from throughline import wording
from throughline.analyses.data_quality_view import View
from throughline.report import Cell, Column, Finding, Link, Strong, Table
from throughline.wording import data_quality as words

COUNTS = ["rows_accepted", "rows_quarantined", "errors", "queries_waiting"]


def every_partnership(view: View, path: str) -> Finding:
    """One row a partnership, or why there is none; what was not sent has no number."""
    if not view.rows.height:
        return Finding(
            "partnerships",
            "What each partnership has sent is not shown to you",
            "What each partnership has sent.",
            notices=[words.NO_PARTNERSHIP_SHOWN],
            is_withheld=True,
        )
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
    table = Table(
        "partnerships-table",
        f"What each partnership{view.place} has sent",
        columns,
        [partnership_row(view, path, row) for row in view.rows.iter_rows(named=True)],
        words.received_note(view.rows),
    )
    return Finding(
        "partnerships",
        words.received_finding(view.rows, view.place),
        "The newest return of each partnership: when it came, what was put aside, and what waits.",
        tables=[table],
    )


def partnership_row(view: View, path: str, row: dict) -> list[Cell]:
    """One partnership; its name leads to what it has sent."""
    sent = row["is_returned"]
    chosen = {"region": view.region, "partnership": row["partnership_code"]}
    return [
        Link(row["short_name"], f"{path}?{urlencode(chosen)}"),
        words.date_or_symbol(row["received_at"]) if sent else Strong("No return received"),
        words.date_or_symbol(row["as_at_date"]),
        row["specification_version"] or "[x]",
        wording.rounded(row["submissions_held"]) if sent else "None",
        *(words.count_or_symbol(row[name]) for name in COUNTS),
        words.changes_in_words(row),
    ]


def every_rule(view: View) -> Finding:
    """Every rule with what it asks, in the order of its id."""
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
    return Finding(
        "rules",
        words.rules_finding(view.rules),
        "The rules that every return is checked by, in the order of their ids.",
        tables=[Table("rules-table", "Every rule of the return", columns, rows, words.SEVERITIES_EXPLAINED)],
    )
