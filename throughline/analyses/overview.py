"""What changed, and what needs attention? This release against the one before, each mart, and what to look at."""

from collections.abc import Sequence

import polars as pl

from throughline import wording
from throughline.analyses import overview_attention, release_changes, side_by_side
from throughline.analyses.comparison_tables import figure_cells
from throughline.analyses.ended_partnerships import ended_with_figures
from throughline.analyses.measures import SCHEMA, Measure, measure_rows
from throughline.analyses.region_asked import region_asked
from throughline.analyses.scope import ENGLAND, Scope
from throughline.charts import comparison_rows, shares
from throughline.query import Choice, Query
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Filter, Finding, KeyFigure, Report, Table, Term
from throughline.wording import catalogue
from throughline.wording import overview as words
from throughline.wording.comparison import cases_in_words
from throughline.wording.standing import earlier_in_words, kind_of_move

QUESTION = "What changed, and what needs attention?"
PATH = "/"
BLOCK = "three_years"
SHARE = "proportion"  # what a chart of percentages has room for
MOVES = {"unit": pl.String, "expected": pl.Float64, "moved": pl.String, "since": pl.String}
# The few measures that stand for each mart, by their rows in the catalogue. None of repeats: what came before the first
# years is not held, so a repeat in them is of a recent recommendation, and any measure of repeats would seem to move.
FAMILIES = {
    "conversion": (
        Measure("CV1", "total", "Referrals notified"),
        Measure("CV3", "total", "Led to a local review"),
        Measure("CV6", "total", "Agreed by the Panel"),
    ),
    "timeliness": (
        Measure("TM1", "total", "Notified in time"),
        Measure("TM2", "total", "Rapid review in time"),
        Measure("TM4", "total", "Local review in time"),
    ),
    "recording": (
        Measure("DM1", "ethnicity:rapid_review", "Ethnicity recorded"),
        Measure("DM6", "ethnicity:rapid_review", "Ethnicity not considered"),
        Measure("DM6", "disability:rapid_review", "Disability not considered"),
    ),
    "recommendations": (
        Measure("RC9", "total", "Training or briefing"),
        Measure("RC8", "single", "Single loop"),
        Measure("RC11", "total", "National answers in a year"),
    ),
    "notifications": (
        Measure("NT2", "total", "Notifications per 100,000 children"),
        Measure("NT8", "total", "Deaths with no decision"),
    ),
}


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The overview of England, or of the region that an address names."""
    areas = area_choices(release)
    area, elsewhere = region_asked(release, query, PATH, areas, default_area(release, viewer))
    scope = scope_of(release, area)
    rows = {name: with_moves(release, viewer, scope, measures) for name, measures in FAMILIES.items()}
    every = pl.concat(rows.values())
    matters = overview_attention.matters(release, viewer, scope)
    before, to_choose = release_changes.choose_earlier(release, query)
    change = release_changes.changes(release, before)
    then = figures_before(before, viewer, scope) if before else None
    return Report(
        path=PATH,
        topic="Overview",
        question=QUESTION,
        answer=words.overview_headline(
            scope.area_said,
            every.to_dicts(),
            overview_attention.in_brief(matters),
            words.change_sentence(len(change.new), release.as_at_date, change.as_at_before),
        ),
        as_at_date=release.as_at_date,
        release_id=release.release_id,
        is_synthetic=release.is_synthetic,
        findings=(
            overview_attention.finding(matters, scope.area_name, viewer, ended_with_figures(release, viewer, scope)),
            standing(scope, rows, every),
            side_by_side.finding(release, viewer, scope),
            release_changes.finding(release, change, then, every, f"{scope.area_name}, {scope.period_words}"),
        ),
        filters=(Filter("area", "Area", areas, area, query.problems.get("area", "")), *to_choose),
        key_figures=key_figures(release, viewer, scope),
        problems=query.problems,
        elsewhere=elsewhere,
    )


def figures_before(before: Release, viewer: Viewer, scope: Scope) -> pl.DataFrame:
    """The same figures as an earlier release has them, of the measures that it knows."""
    known = set(before.indicators()["indicator"])
    return with_moves(
        before, viewer, scope, [one for family in FAMILIES.values() for one in family if one.indicator in known]
    )


def area_choices(release: Release) -> tuple[Choice, ...]:
    """England and the regions."""
    areas = release.areas().filter(pl.col("area_type") == "region").sort("area_name")
    return (
        Choice(ENGLAND, "England"),
        *(Choice(code, name, "Regions") for code, name in areas.select("area_code", "area_name").iter_rows()),
    )


def default_area(release: Release, viewer: Viewer) -> str:
    """The reader's own region, or that of the reader's partnership, else England."""
    if viewer.area_code is None:
        return ENGLAND
    own = release.areas().filter(
        (pl.col("area_code") == viewer.area_code) & pl.col("area_type").is_in(["region", "partnership"])
    )["region_code"]
    return own[0] if own.len() and own[0] else ENGLAND


def scope_of(release: Release, area: str) -> Scope:
    """England or a region over the newest whole three years."""
    held = release.indicator_values(Viewer.public(), indicator="NT1", area_type="england", period_type=BLOCK)
    return Scope(
        area_type="england" if area == ENGLAND else "region",
        area_code=area,
        area_name=next(choice.label for choice in area_choices(release) if choice.value == area),
        period_type=BLOCK,
        period=held.filter(~pl.col("is_part_period"))["period"].max(),
        is_part_period=False,
        is_own=False,
        filters=(),
        notices=(),
    )


def with_moves(release: Release, viewer: Viewer, scope: Scope, measures: Sequence[Measure]) -> pl.DataFrame:
    """Some measures, each in its unit, with how each moved since the three years before."""
    rows = []
    for one in measures:
        unit = release.indicator(one.indicator)["unit"]
        row = measure_rows(release, viewer, scope, [one], unit).row(0, named=True)
        row |= {"unit": unit, "expected": comparison_rows.expected(row, row["england_value"], unit)}
        if unit != SHARE and row["value"] is not None:
            row["label"] = cases_in_words(row, unit)
        rows.append(row | {"moved": kind_of_move(row, unit), "since": earlier_in_words(row, unit)})
    return pl.DataFrame(rows, schema=SCHEMA | MOVES)


def standing(scope: Scope, rows: dict[str, pl.DataFrame], every: pl.DataFrame) -> Finding:
    """Where the area stands on each mart: a few measures each, with their intervals; a rate is in the table alone."""
    drawn = {name: family.filter(unit=SHARE) for name, family in rows.items()}
    charts = tuple(
        Chart(
            f"standing-{name}",
            shares.beside_england(family),
            words.family_alternative(catalogue.family_in_words(name), scope.area_said, family.to_dicts()),
            catalogue.family_in_words(name),
        )
        for name, family in drawn.items()
        if family["value"].drop_nulls().len()
    )
    said = wording.period_in_words(scope.period_type, scope.period)
    key = [("dot", f"{scope.area_name}, with its 95% interval")]
    if not scope.is_england:
        key.append(("england-square", "England, with its 95% interval"))
    if any(bool(family["differs"].any()) for family in drawn.values()):
        key.append(("differs", "Differs from England by more than chance (99.8%)"))
    note = words.moved_in_words(every.to_dicts())
    return Finding(
        "standing",
        words.standing_heading(scope.area_said, every.to_dicts()),
        words.standing_measured(scope.area_name, scope.is_england, said),
        charts,
        tuple(key),
        (standing_table(scope, rows, said),),
        (note,) if note else (),
        words.STANDING_LIMIT,
    )


def standing_table(scope: Scope, rows: dict[str, pl.DataFrame], said: str) -> Table:
    """Every measure with its cases, its interval and how it moved."""
    columns = [
        Column("Measure"),
        Column("Cases", numeric=True),
        Column("Out of", numeric=True),
        Column("Percentage or rate", numeric=True),
        Column("95% interval", numeric=True),
        *([] if scope.is_england else [Column("England", numeric=True)]),
        Column("Compared with the three years before"),
        Column("Kind"),
    ]
    body = []
    for name, family in rows.items():
        for row in family.iter_rows(named=True):
            body.append(
                [
                    Term(row["name"], row["meaning"]),
                    *figure_cells(row, row["unit"]),
                    *([] if scope.is_england else [row["england_shown"]]),
                    row["since"],
                    catalogue.family_in_words(name),
                ]
            )
    held = pl.concat(rows.values()).to_dicts()
    return Table(
        "standing-table", f"Each measure in brief, {scope.area_name}, {said}", columns, body, wording.symbol_note(held)
    )


def key_figures(release: Release, viewer: Viewer, scope: Scope) -> tuple[KeyFigure, ...]:
    """Notifications, their rate, and how many returns stand behind them."""
    figures = []
    for indicator, label in (("NT1", "Notifications"), ("NT2", "For every 100,000 children a year")):
        found = release.indicator_values(
            viewer,
            indicator=indicator,
            breakdown="total",
            area_type=scope.area_type,
            area_codes=[scope.area_code],
            period_type=scope.period_type,
            period=scope.period,
        )
        if not found.height or found["value"][0] is None:
            continue
        row = found.row(0, named=True)
        unit = "count" if indicator == "NT1" else "per_100000_children"
        value = wording.rounded(row["value"]) if unit == "count" else wording.measure(row["value"], unit)
        detail = f"{wording.period_in_words(scope.period_type, scope.period)}; 95% interval "
        figures.append(
            KeyFigure(label, value, detail + wording.interval(row["lower95"], row["upper95"], unit), "returns")
        )
        if indicator == "NT1" and row["authorities"]:
            said = f"{row['authorities_returned']} of {row['authorities']}"
            figures.append(KeyFigure("Authorities with data", said, "in these three years", "returns"))
    return tuple(figures)
