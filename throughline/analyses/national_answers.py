"""What national bodies were asked and what they answered: the share answered in time, and the register."""

import polars as pl

from throughline.analyses.asked_before import codes_in_words, partnership_names
from throughline.analyses.dots import dots_finding
from throughline.analyses.measures import Measure, measure_rows
from throughline.analyses.recommendation_pairs import members_of
from throughline.analyses.scope import Scope
from throughline.release import Release, Viewer
from throughline.report import Column, Finding, Table
from throughline.wording import full_date, listed, rounded
from throughline.wording import recommendation_mix as words

ANSWERED = [
    Measure("RC11", "total", "Answered within a year"),
    Measure("RC11", "answered_or_acknowledged", "Answered or acknowledged"),
]
ORDER = list(words.STATES)
MOST_REGISTERED = 200


def national_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """The share answered among those a year old or more, and the register of the area, overdue first."""
    rows = measure_rows(release, viewer, scope, ANSWERED)
    register = registered(release, viewer, scope)
    found = dots_finding(
        "national",
        words.national_heading(register, scope.area_said, scope.is_own),
        "National recommendations that were answered within 12 months, of those made 12 months ago or more",
        rows,
        scope,
        words.NATIONAL_CAVEAT,
        "Share",
    )
    table = (register_table(release, register, scope),) if register.height else ()
    why = () if scope.is_own else (words.NO_REGISTER_FOR_YOU,)
    return Finding(
        found.name,
        found.heading,
        found.measured,
        found.charts,
        found.key,
        (*found.tables, *table),
        (*found.notices, *why),
        found.caveat,
        found.is_withheld,
    )


def registered(release: Release, viewer: Viewer, scope: Scope) -> pl.DataFrame:
    """National recommendations of the area, of whatever year: the longest overdue first, then by the day due."""
    rows = release.by_partnership("national_recommendations", viewer)
    if not scope.is_own:
        return rows.clear()
    here = rows.filter(pl.col("partnership_code").is_in(members_of(release, scope)))
    place = pl.col("state").replace_strict(ORDER, range(len(ORDER)), return_dtype=pl.Int64)
    return here.sort(place, "response_due_date", "partnership_code", "rec_ref")


def register_table(release: Release, register: pl.DataFrame, scope: Scope) -> Table:
    """One line a recommendation, by its own reference, as far as a page can hold them."""
    names, themes = partnership_names(release), codes_in_words("theme")
    agencies, statuses = codes_in_words("agency"), codes_in_words("national_response_status")
    rows = [
        [
            f"{names[row['partnership_code']]}, {row['rec_ref']}",
            themes.get(row["theme_primary"], "[z]"),
            listed([agencies.get(code, code) for code in (row["targets"] or "").split(";") if code]) or "Nobody",
            words.STATES[row["state"]],
            words.latest_answer(statuses.get(row["national_response_status"]), row["national_response_date"]),
            full_date(row["date_made"]),
            full_date(row["response_due_date"]),
            rounded(row["days_overdue"]) if row["days_overdue"] is not None else "[z]",
        ]
        for row in register.head(MOST_REGISTERED).iter_rows(named=True)
    ]
    columns = [
        Column("Recommendation"),
        Column("Theme"),
        Column("Asked of"),
        Column("State"),
        Column("Latest answer"),
        Column("Made"),
        Column("Answer due"),
        Column("Days past its due day", numeric=True),
    ]
    note = words.register_note(len(rows), register.height, scope.area_type == "partnership")
    return Table("register-table", f"Register of national recommendations, {scope.area_name}", columns, rows, note)
