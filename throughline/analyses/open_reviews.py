"""Reviews that are overdue or due soon: case by case for one partnership, counted by partnership for larger areas."""

from functools import lru_cache
from urllib.parse import urlencode

import polars as pl

from throughline.analyses.scope import Scope, names_of_areas
from throughline.release import Release, Viewer
from throughline.report import Column, Link, Table
from throughline.wording import full_date, listed, rounded
from throughline.wording import timeliness as words
from throughline.wording.breakdowns import delay_reasons
from throughline.workspace import PROJECT

LISTED = ["overdue", "due_soon"]
MOST_CASES = 50


def open_rows(release: Release, viewer: Viewer, scope: Scope) -> pl.DataFrame | None:
    """The area's open reviews, for whoever has a right to them; None for others."""
    if not scope.is_own:
        return None
    rows = release.by_partnership("open_reviews", viewer)
    if scope.area_type == "partnership":
        return rows.filter(pl.col("partnership_code") == scope.area_code)
    if scope.is_england:
        return rows
    members = release.area_partnerships().filter(
        (pl.col("group_type") == scope.area_type) & (pl.col("group_code") == scope.area_code)
    )
    return rows.filter(pl.col("partnership_code").is_in(members["partnership_code"].to_list()))


def open_table(rows: pl.DataFrame, release: Release, scope: Scope, path: str) -> Table:
    """What is overdue or due soon: case by case of one partnership, counted by partnership of a larger area."""
    return cases(rows, scope) if scope.area_type == "partnership" else counts(rows, release, scope, path)


def past_their_time(rows: pl.DataFrame) -> tuple[int, int]:
    """How many local and how many rapid reviews are overdue, as the table below them counts them."""
    local, rapid = (rows.select(count_of(kind, "overdue")).item() for kind in KINDS_IN_SHORT)
    return local, rapid


def cases(rows: pl.DataFrame, scope: Scope) -> Table:
    """One line a review, the longest overdue first: its own reference, and nothing about a child."""
    listed_rows = rows.filter(pl.col("due_state").is_in(LISTED)).sort(
        "days_past_due", "record_ref", descending=[True, False]
    )
    shown = [
        [
            row["record_ref"],
            words.OPEN_KINDS[row["return_name"]],
            status_in_words(row["status"]),
            words.DUE[row["due_state"]],
            words.days_past(row),
            full_date(row["date_due"]),
            reasons_in_words(row["delay_reasons"]),
            {True: "Yes", False: "No", None: "[z]"}[row["is_delay_told"]],
        ]
        for row in listed_rows.head(MOST_CASES).iter_rows(named=True)
    ]
    columns = [
        Column("Reference"),
        Column("Review"),
        Column("Status"),
        Column("State"),
        Column("Past its due day"),
        Column("Due day"),
        Column("Reasons recorded"),
        Column("Panel told of delay"),
    ]
    later = rows.filter(pl.col("due_state") == "not_due").height
    first = (
        f"The first {len(shown)} of {rounded(listed_rows.height)} are listed. "
        if listed_rows.height > len(shown)
        else ""
    )
    return Table(
        "open-table",
        f"Reviews overdue or due soon, {scope.area_name}",
        columns,
        shown or [["None", *["[z]"] * (len(columns) - 1)]],
        f"{first}{words.due_that_day(rows)}{rounded(later)} more open, and not due soon. "
        "[z] means not applicable: the return does not ask it.",
    )


def counts(rows: pl.DataFrame, release: Release, scope: Scope, path: str) -> Table:
    """How many are overdue and due soon in each partnership that has any, with a link to its own list."""
    names = names_of_areas(release)
    by_partnership = (
        rows.group_by("partnership_code")
        .agg(*(count_of(kind, state).alias(f"{kind}:{state}") for kind, state in COUNTED))
        .filter(pl.sum_horizontal(pl.exclude("partnership_code")) > 0)
    )
    shown = sorted(by_partnership.iter_rows(named=True), key=lambda row: names["partnership", row["partnership_code"]])
    period = {"period": f"{scope.period_type}:{scope.period}"}
    lines = [
        [
            Link(
                names["partnership", row["partnership_code"]],
                f"{path}?{urlencode({'area': row['partnership_code'], **period})}#open-title",
            ),
            *(rounded(row[f"{kind}:{state}"]) for kind, state in COUNTED),
        ]
        for row in shown
    ]
    columns = [
        Column("Partnership"),
        *(Column(f"{KINDS_IN_SHORT[kind]} {words.DUE[state].lower()}", numeric=True) for kind, state in COUNTED),
    ]
    return Table(
        "open-table",
        f"Reviews overdue or due soon by partnership, {scope.area_name}",
        columns,
        lines or [["None", *["0"] * len(COUNTED)]],
        f"{words.due_that_day(rows)}In order of name; a partnership with neither is not listed.",
    )


KINDS_IN_SHORT = {"lcsprs": "Local reviews", "rapid_reviews": "Rapid reviews"}
COUNTED = [(kind, state) for kind in KINDS_IN_SHORT for state in LISTED]


def count_of(kind: str, state: str) -> pl.Expr:
    """Reviews of one kind in one state; a rapid review that has not begun is one."""
    kinds = [kind, "notifications"] if kind == "rapid_reviews" else [kind]
    return (pl.col("return_name").is_in(kinds) & (pl.col("due_state") == state)).sum()


def reasons_in_words(codes: str | None) -> str:
    """The reasons recorded for a delay, as the code list has them."""
    known = delay_reasons()
    given = [known[code.strip().lower()] for code in (codes or "").split(";") if code.strip().lower() in known]
    return listed(given).capitalize() if given else "None recorded"


def status_in_words(code: str) -> str:
    """A review's status, as the code lists have it."""
    return statuses().get(code, "Not begun")


@lru_cache(maxsize=1)
def statuses() -> dict[str, str]:
    """Every status of a review in words."""
    from throughline.door.specification import read_code_lists

    lists = read_code_lists(PROJECT / "seeds" / "code_lists.csv")
    return {one.code: one.label for name in ("rapid_review_status", "lcspr_status") for one in lists[name]}
