"""Areas beside each other on one measure of each mart: England's regions, or the partnerships of one region."""

import re
from collections import Counter

import polars as pl

from throughline import wording
from throughline.analyses.comparison_choices import area_names
from throughline.analyses.comparison_tables import figure_cells, figure_columns
from throughline.analyses.ended_partnerships import ended_with_figures
from throughline.analyses.measures import Measure, meaning, term
from throughline.analyses.scope import ENGLAND, Scope, partnerships_of
from throughline.charts import comparison_rows, heat_table
from throughline.charts.tile_looks import LOOKS
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Finding, Link, Table
from throughline.wording import side_by_side as words
from throughline.wording.overview import ended_note
from throughline.wording.standing import kind_of_standing, pooled_in_words, standing_in_words

# One measure of each mart, where most partnerships have cases.
LOOKED_AT = (
    Measure("NT2", "total", "Notified per 100,000"),
    Measure("CV1", "total", "Referrals notified"),
    Measure("TM2", "total", "Rapid review in time"),
    Measure("TM4", "total", "Local review in time"),
    Measure("DM6", "ethnicity:rapid_review", "Ethnicity not considered"),
)
ADDRESSES = {"region": "/?area=", "partnership": "/profile?partnership="}
LETTER = re.compile(r" (\[[a-z]\])$")
CELL = ("measure", "unit", "look", "stands", "limits", "figure", "below", "said")  # what a figure's cell holds
MOST_AREAS = 10  # of one drawing
POOLED = "england"  # the look of England's own row, which is what the others are set against


def finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """Every area of the scope by every measure, how each stands to England, and how many luck alone would flag."""
    area_type = "region" if scope.is_england else "partnership"
    kind = words.kind(area_type, scope.area_name)
    found = [cells_of(release, viewer, scope, area_type, one) for one in LOOKED_AT]
    cells = with_flags(pl.concat([rows for rows, _ in found], how="diagonal_relaxed"))
    expected = sum(luck for _, luck in found)
    compared = cells.filter(~pl.col("look").is_in([POOLED, "none"]))
    said = wording.period_in_words(scope.period_type, scope.period)
    ended = "" if scope.is_england else ended_note(ended_with_figures(release, viewer, scope))
    heading = words.heading(kind, compared.height, int(compared["differs"].sum()), expected)
    measured = words.measured(kind, len(LOOKED_AT), said)
    if compared.is_empty():
        return Finding("side-by-side", heading, measured, notices=(words.NOTHING_TO_SEE,))
    return Finding(
        "side-by-side",
        heading,
        measured,
        charts(cells, area_type),
        [(f"tile-{look.replace('_', '-')}", words.LOOK_IN_WORDS[look]) for look in LOOKS if look in set(cells["look"])],
        [table(release, cells, area_type, one, f"{kind} beside England, {said}") for one in LOOKED_AT],
        (" ".join(part for part in (words.notice(compared, expected), ended) if part),),
        words.LIMIT,
        terms=[term(release, one.indicator, one.name, one.breakdown) for one in LOOKED_AT],
    )


def charts(cells: pl.DataFrame, area_type: str) -> list[Chart]:
    """One drawing, or as many as it takes for each to fit a printed page; each begins with England's own row."""
    areas = cells.filter(pl.col("look") != POOLED)["area_name"].unique(maintain_order=True).to_list()
    pages = -(-len(areas) // MOST_AREAS)
    each = -(-len(areas) // pages)
    found = []
    for start in range(0, len(areas), each):
        here = areas[start : start + each]
        drawn = cells.filter((pl.col("look") == POOLED) | pl.col("area_name").is_in(here))
        found.append(
            Chart(
                "side-by-side-chart" + (f"-{len(found) + 1}" if found else ""),
                heat_table.heat_table(drawn),
                words.alternative(area_type, here, drawn),
                words.first_to_last(here),
                is_wide=True,
            )
        )
    return found


def cells_of(
    release: Release, viewer: Viewer, scope: Scope, area_type: str, measure: Measure
) -> tuple[pl.DataFrame, float]:
    """One measure's column: England, then each area in order of name; and how many flags luck would raise in it."""
    unit = release.indicator(measure.indicator)["unit"]
    held = release.indicator_values(
        viewer,
        indicator=measure.indicator,
        breakdown=measure.breakdown,
        period_type=scope.period_type,
        period=scope.period,
    )
    names = area_names(release, area_type)
    codes = list(names) if scope.is_england else partnerships_of(release, scope)
    is_here = (pl.col("area_type") == area_type) & pl.col("area_code").is_in(codes)
    rows = held.filter(is_here | (pl.col("area_type") == "england"))
    england = rows.filter(pl.col("area_type") == "england")["value"].to_list()
    england_value = england[0] if england else None
    every = comparison_rows.with_every_member(rows, [*codes, *([ENGLAND] if england else [])], set())
    rows = comparison_rows.partnership_rows(every, {**names, ENGLAND: "England"}, england_value, unit)
    return in_cells(rows, measure, unit), comparison_rows.flags_from_chance(rows, england_value, unit) or 0.0


def in_cells(rows: pl.DataFrame, measure: Measure, unit: str) -> pl.DataFrame:
    """Each area's figure as its cell shows it and as a pointer hears it."""
    cells = [cell(row, measure.name, unit) for row in rows.iter_rows(named=True)]
    return rows.with_columns(
        indicator=pl.lit(measure.indicator),
        breakdown=pl.lit(measure.breakdown),
        **{name: pl.Series([one[name] for one in cells], dtype=pl.String) for name in CELL},
    )


def cell(row: dict, measure: str, unit: str) -> dict[str, str | None]:
    """One area's figure of one measure: what is drawn of it and what is said."""
    is_pooled = row["area_code"] == ENGLAND
    limits = wording.interval(row["lower95"], row["upper95"], unit)
    letter = LETTER.search(row["shown"])
    made = {
        "measure": measure,
        "unit": unit,
        "look": POOLED if is_pooled else kind_of_standing(row, unit),
        "stands": "" if is_pooled else standing_in_words(row, unit),
        "limits": "" if limits == "[z]" else limits,
        "figure": LETTER.sub("", row["shown"]),
    }
    # A figure with a letter has it in the line below, where others have their interval.
    below = (letter[1] if letter else made["limits"]) if made["figure"] else None
    return {**made, "below": below, "said": words.cell({**row, **made})}


def with_flags(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells area by area, each with how many of its area's figures differ."""
    differing, compared = Counter(), Counter()
    for code, differs, look in cells.select("area_code", "differs", "look").iter_rows():
        differing[code] += differs
        compared[code] += look != "none"
    flags = [words.flags(differing[code], compared[code]) for code in cells["area_code"]]
    order = pl.col("look") != POOLED
    return cells.with_columns(flags=pl.Series(flags, dtype=pl.String)).sort(order, "area_name", maintain_order=True)


def table(release: Release, cells: pl.DataFrame, area_type: str, measure: Measure, said: str) -> Table:
    """One measure of every area, with the cases behind each figure, its interval and how it stands."""
    rows = cells.filter(measure=measure.name)
    columns = (Column("Area"), *figure_columns(rows["unit"][0], measure.indicator), Column("Compared with England"))
    body = []
    for row in rows.iter_rows(named=True):
        is_pooled = row["look"] == POOLED
        body.append(
            [
                row["area_name"] if is_pooled else Link(row["area_name"], ADDRESSES[area_type] + row["area_code"]),
                *figure_cells(row, row["unit"]),
                pooled_in_words(row) if is_pooled else row["stands"],
            ]
        )
    counted = meaning(release, measure.indicator, measure.breakdown)
    note = f"{counted} {wording.symbol_note(rows.iter_rows(named=True))}".strip()
    return Table(f"side-by-side-{measure.indicator.lower()}", f"{measure.name}, {said}", columns, body, note)
