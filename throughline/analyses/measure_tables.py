"""The table that stands beside a chart of shares, and the statements that say how each share is defined."""

import polars as pl

from throughline import wording
from throughline.analyses.measures import meaning
from throughline.analyses.scope import Scope
from throughline.release import Release
from throughline.report import Column, Statements, Table, Term
from throughline.wording import breakdowns
from throughline.wording import measures as words
from throughline.wording.standing import standing_in_words

UNIT = "proportion"


def measure_table(name: str, caption: str, first: str, rows: pl.DataFrame, scope: Scope) -> Table:
    """The same figures as words and numbers, with what is left out where that may be told, and what is too recent."""
    is_told = bool(rows["immature"].drop_nulls().len())
    # Where every row says that no case waits, the note has it: a column of noughts would only make the table wider.
    waits = is_told and (rows["immature"] != 0).fill_null(True).any()
    columns = [
        Column(first),
        Column("Cases", numeric=True),
        Column("Out of", numeric=True),
        Column("Percentage", numeric=True),
        Column("95% interval", numeric=True),
        *([Column("Too recent to count", numeric=True)] if waits else []),
        *([Column("Left out", numeric=True)] if is_told else []),
        *([] if scope.is_england else [Column("England", numeric=True), Column("Compared with England")]),
    ]
    shown = [cells(row, waits, is_told, scope.is_england) for row in rows.iter_rows(named=True)]
    return Table(name, f"{caption}, {scope.area_name}, {scope.period_words}", columns, shown, note(rows, scope))


def note(rows: pl.DataFrame, scope: Scope) -> str:
    """What the letters in a table mean, why some shares are fractions, and what is not in them."""
    england = [{"status": row["england_status"], "reason": row["england_reason"]} for row in rows.iter_rows(named=True)]
    parts = (
        wording.symbol_note([*rows.iter_rows(named=True), *([] if scope.is_england else england)]),
        words.fraction_note(rows),
        words.recent_sentence(rows),
    )
    return " ".join(part for part in parts if part)


def cells(row: dict, waits: bool, is_told: bool, is_england: bool) -> list[str | Term]:
    """One row's cells; whatever has no number shows its status."""
    status = f"[{row['status'] if row['status'] != 'ok' else 'z'}]"

    def count(name: str) -> str:
        return wording.rounded(row[name]) if row[name] is not None else status

    waiting = [*([count("immature")] if waits else []), *([count("excluded")] if is_told else [])]
    beside = [] if is_england else [row["england_shown"], standing_in_words(row, UNIT)]
    return [
        Term(row["name"], row["meaning"]) if row["meaning"] else row["name"],
        count("numerator"),
        count("denominator"),
        row["shown"],
        wording.interval(row["lower95"], row["upper95"], UNIT) if row["value"] is not None else status,
        *waiting,
        *beside,
    ]


def chart_key(rows: pl.DataFrame, scope: Scope, limits: str = "95% interval") -> tuple[tuple[str, str], ...]:
    """What the marks of a chart of shares stand for, and what its lines are."""
    entries = [("dot", f"{scope.area_name}, with its {limits}")]
    if rows["differs"].any():
        entries.append(("differs", "Differs from England by more than chance (99.8%)"))
    if rows["england_value"].drop_nulls().len():
        entries.append(("england-square", f"England, with its {limits}"))
    return tuple(entries)


def definitions(release: Release, indicators: tuple[str, ...], what: str = "share") -> Statements:
    """What each share or other measure counts, out of what, and what is left out, word for word from the catalogue."""
    titles = dict(release.indicators().select("indicator", "title").iter_rows())
    items = [(titles[one], meaning(release, one, breakdowns.TOTAL)) for one in indicators]
    return Statements("definitions", f"How each {what} is defined", items)
