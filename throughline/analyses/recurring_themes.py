"""The radar: which themes and which asks came up lately in several partnerships, counted by partnership."""

import polars as pl

from throughline.analyses.asked_before import codes_in_words
from throughline.analyses.recommendation_pairs import current_members, first_readable, members_of
from throughline.analyses.scope import Scope, names_of_areas
from throughline.charts import recommendations as charts
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Finding, Table
from throughline.wording import full_date, plural, rounded
from throughline.wording import recommendation_mix as words
from throughline.wording.recommendations import FIRST_READABLE
from throughline.working_days import add_months

MOST_DRAWN = 12
MOST_ASKS = 12
SCHEMA = {"name": pl.String, "count": pl.Int64, "said": pl.String}
KINDS = {"region": "Region", "police_force": "Police force area", "icb": "Integrated care board"}


def radar_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """Recurring themes and asks of the area; England's themes for everybody where the area's are not theirs to see."""
    if not scope.is_own or scope.area_type == "partnership":
        return public_radar(release, viewer, scope)
    rows = release.by_area("recurrences", viewer)
    here = rows.filter((pl.col("area_type") == scope.area_type) & (pl.col("area_code") == scope.area_code))
    themes = named(here.filter(pl.col("recurring") == "theme").to_dicts())
    asks = here.filter(pl.col("recurring") == "ask")
    every = len(current_members(release, scope))
    tables = [themes_table(themes, every, scope.area_name)] if themes else []
    tables += [asks_table(release, viewer, asks, scope.area_name)] if asks.height else []
    places = places_table(release, rows, scope)
    return finding(
        words.radar_heading(themes, scope.area_said),
        f"Themes and asks in {words.LEAST} or more of the {plural(every, 'partnership')} of {scope.area_said}",
        themes,
        every,
        scope.area_said,
        (*tables, *([places] if places else [])),
        () if asks.height else (f"No single ask came up in {words.LEAST} or more partnerships of {scope.area_said}.",),
    )


def public_radar(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """England's themes as everybody may read them, with how often the reader's own partnership spoke of each."""
    themes = named(release.table("recurring_themes").to_dicts())
    every = release.areas().filter((pl.col("area_type") == "partnership") & pl.col("is_current")).height
    own = own_counts(release, viewer, scope) if scope.is_own else None
    tables = [themes_table(themes, every, "England", own, scope.area_said)] if themes else []
    why = words.NO_RADAR_HERE if scope.is_own else words.PUBLIC_RADAR
    measured = f"How many of England's {rounded(every)} partnerships each theme came up in, by the returns sent"
    return finding(words.radar_heading(themes, "England"), measured, themes, every, "England", tables, (why,))


def finding(
    heading: str,
    measured: str,
    themes: list[dict],
    every: int,
    area_said: str,
    tables: tuple[Table, ...] | list[Table],
    notices: tuple[str, ...],
) -> Finding:
    """The bars of the widest themes with their tables."""
    drawn = [
        {
            "name": row["name"],
            "count": row["partnerships"],
            "said": f"{rounded(row['partnerships'])} of {rounded(every)}",
        }
        for row in widest(themes)
    ]
    bars = charts.count_bars(pl.DataFrame(drawn, schema=SCHEMA), "Partnerships") if drawn else None
    alternative = words.radar_alternative(drawn, len(themes), area_said) if drawn else ""
    return Finding(
        "radar",
        heading,
        f"{measured}, in the last {words.MONTHS} months. The chosen period does not change this."
        f"{words.drawn_themes(len(drawn), len(themes))}",
        (Chart("radar-chart", bars, alternative),) if bars else (),
        (),
        tuple(tables),
        notices,
        words.RADAR_CAVEAT,
    )


def widest(themes: list[dict]) -> list[dict]:
    """The themes that are drawn: the widest, and whichever are as wide as the last of them."""
    least = themes[:MOST_DRAWN][-1]["partnerships"] if themes else 0
    return [row for row in themes if row["partnerships"] >= least]


def named(rows: list[dict]) -> list[dict]:
    """Themes by name, the widest first."""
    themes = codes_in_words("theme")
    told = [{**row, "name": themes.get(row["theme_primary"], row["theme_primary"])} for row in rows]
    return sorted(told, key=lambda row: (-row["partnerships"], -row["recommendations"], row["name"]))


def own_counts(release: Release, viewer: Viewer, scope: Scope) -> dict[str, int]:
    """How often one partnership spoke of each theme in the same months."""
    recent = release.recommendations(viewer).filter(
        (pl.col("partnership_code") == scope.area_code)
        & (pl.col("date_made") > add_months(release.as_at_date, -words.MONTHS))
    )
    return dict(recent.group_by("theme_primary").len().collect().iter_rows())


def themes_table(
    themes: list[dict], every: int, area_name: str, own: dict[str, int] | None = None, own_name: str = ""
) -> Table:
    """Every recurring theme with its reach."""
    has_done = "marked_done" in themes[0]
    rows = [
        [
            row["name"],
            f"{rounded(row['partnerships'])} of {rounded(every)}",
            rounded(row["recommendations"]),
            *([rounded(row["marked_done"])] if has_done else []),
            *([rounded(own.get(row["theme_primary"], 0))] if own is not None else []),
        ]
        for row in themes
    ]
    columns = [
        Column("Theme"),
        Column("Partnerships", numeric=True),
        Column("Recommendations", numeric=True),
        *([Column("Marked done", numeric=True)] if has_done else []),
        *([Column(f"Made in {own_name}", numeric=True)] if own is not None else []),
    ]
    return Table("radar-table", f"Recurring themes, {area_name}, last {words.MONTHS} months", columns, rows)


def asks_table(release: Release, viewer: Viewer, asks: pl.DataFrame, area_name: str) -> Table:
    """The asks that recur, each in the words of the first of its chain that may be read, the widest first."""
    ordered = asks.sort("partnerships", "recommendations", "subject", descending=[True, True, False]).head(MOST_ASKS)
    first = first_readable(release, viewer, ordered["subject"])
    rows = [
        [
            *first[row["subject"]],
            rounded(row["partnerships"]),
            rounded(row["recommendations"]),
            rounded(row["marked_done"]),
            full_date(row["last_made"]),
        ]
        for row in ordered.iter_rows(named=True)
    ]
    columns = [
        Column("Theme"),
        Column("What is asked"),
        Column("Partnerships", numeric=True),
        Column("Recommendations", numeric=True),
        Column("Marked done", numeric=True),
        Column("Last made"),
    ]
    left = asks.height - ordered.height
    more = f" {rounded(left)} more in as many or fewer partnerships are not listed." if left else ""
    caption = f"Recurring asks, {area_name}, last {words.MONTHS} months"
    return Table("asks-table", caption, columns, rows, f"{FIRST_READABLE}{more}")


def places_table(release: Release, rows: pl.DataFrame, scope: Scope) -> Table | None:
    """What recurs in each region, force area and board inside the area; None where there is none inside."""
    if scope.area_type not in ("england", "region"):
        return None
    names, inside = names_of_areas(release), set(members_of(release, scope))
    members: dict[tuple[str, str], set[str]] = {}
    for kind, code, partnership in release.area_partnerships().iter_rows():
        members.setdefault((kind, code), set()).add(partnership)
    asks = {
        (kind, code): number
        for kind, code, number in rows.group_by("area_type", "area_code")
        .agg((pl.col("recurring") == "ask").sum())
        .iter_rows()
    }
    themes: dict[tuple[str, str], list[dict]] = {place: [] for place in asks}
    for row in rows.filter(pl.col("recurring") == "theme").iter_rows(named=True):
        themes[row["area_type"], row["area_code"]].append(row)
    lines = [
        place_line(KINDS[kind], names[kind, code], themes[kind, code], number, len(members[kind, code]))
        for (kind, code), number in asks.items()
        if kind in KINDS and kind != scope.area_type and members[kind, code] <= inside
    ]
    if not lines:
        return None
    columns = [
        Column("Area"),
        Column("Kind"),
        Column("Recurring themes", numeric=True),
        Column("Recurring asks", numeric=True),
        Column("Theme in most partnerships"),
        Column("Partnerships", numeric=True),
    ]
    caption = f"What recurs in the areas of {scope.area_said}, last {words.MONTHS} months"
    note = f"In order of name. An area without a theme or ask in {words.LEAST} or more partnerships is not listed."
    ordered = sorted(lines, key=lambda line: (list(KINDS.values()).index(line[1]), line[0]))
    return Table("places-table", caption, columns, ordered, note)


def place_line(kind: str, name: str, rows: list[dict], asks: int, members: int) -> list[str]:
    """One area with the theme that reaches most of its partnerships."""
    themes = named(rows)
    widest = themes[0] if themes else None
    return [
        name,
        kind,
        rounded(len(themes)),
        rounded(asks),
        widest["name"] if widest else "[z]",
        f"{rounded(widest['partnerships'])} of {rounded(members)}" if widest else "[z]",
    ]
