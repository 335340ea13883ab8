"""What does this release rest on? What went in, what the gate found, and how it stands to another release."""

from functools import lru_cache

import polars as pl

from throughline import wording
from throughline.query import Choice, Query
from throughline.release import LAYOUT, Release, Viewer, list_releases
from throughline.report import Column, Filter, Finding, Report, Statements, Table
from throughline.wording import about_release as words
from throughline.wording import breakdowns
from throughline.wording.catalogue import in_reading_order
from throughline.wording.kind_of_data import kind_of_data
from throughline.workspace import Workspace

PATH = "/about-this-release"
NONE = "none"
MEASURE = ["indicator", "breakdown", "period"]


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """What made the release, the gate's findings, and England's figures beside those of another release."""
    gate = release.gate_results()
    passed, notes = gate.filter(pl.col("outcome") == "passed"), gate.filter(pl.col("outcome") == "note")
    others = other_releases(release)
    choices = [Choice(NONE, "No other release"), *(Choice(one.release_id, one.release_id) for one in others)]
    chosen = query.choose("beside", "release", choices, NONE)
    other = next((one for one in others if one.release_id == chosen), None)
    return Report(
        path=PATH,
        topic="About this release",
        question=words.QUESTION,
        answer=words.answer(len(release.manifest["submissions"]), release.as_at_date, passed.height, notes.height),
        as_at_date=release.as_at_date,
        release_id=release.release_id,
        is_synthetic=release.is_synthetic,
        filters=[Filter("beside", "Compare with", choices, chosen, query.problems.get("beside", ""))],
        findings=[
            what_made_it(release),
            what_the_gate_found(passed.height, notes),
            beside(release, other, bool(others), viewer),
        ],
        statements=[Statements("kept", "How long it stays", [("For good", words.KEPT)])],
        problems=query.problems,
    )


def other_releases(release: Release) -> list[Release]:
    """Every other release that this version can read, newest first."""
    held = list_releases(Workspace(release.folder.parent.parent))
    readable = [one for one in held if one.manifest.get("layout") == LAYOUT and one.release_id != release.release_id]
    return readable[::-1]


def what_made_it(release: Release) -> Finding:
    """Days, returns, and the versions of the programs."""
    manifest = release.manifest
    rows = [
        ["Release", release.release_id],
        ["Made at", f"{manifest['made_at'].replace('T', ' ')[:16]} UTC"],
        ["Kind of data", kind_of_data(release.is_synthetic)],
        ["Data as at", wording.full_date(release.as_at_date)],
        ["As it was known on", manifest["known_by"] or "the day it was made"],
        ["Returns counted", wording.rounded(len(manifest["submissions"]))],
        ["Fingerprint of what went in", manifest["inputs_fingerprint"][:16]],
        *([f"Program: {name}", number] for name, number in manifest["versions"].items()),
    ]
    return Finding(
        name="made",
        heading=f"Made from {wording.plural(len(manifest['submissions']), 'return')} and these programs",
        measured="The same returns and definitions give the same tables, byte for byte.",
        tables=[Table("made-table", "What made this release", [Column("What"), Column("Which")], rows)],
    )


def what_the_gate_found(passed: int, notes: pl.DataFrame) -> Finding:
    """How many expectations hold, and in words each that asks for a look."""
    rows = [
        [
            row["expectation_id"],
            row["table"].replace("_", " "),
            row["message"],
            wording.rounded(row["rows_unexpected"] or 0),
        ]
        for row in notes.iter_rows(named=True)
    ]
    columns = [Column(heading, heading == words.GATE_COLUMNS[-1]) for heading in words.GATE_COLUMNS]
    return Finding(
        name="gate",
        heading=f"Of {wording.plural(passed + notes.height, 'check')} before publication, none refused it",
        measured=f"{passed:,} passed. Had one failed, the release before would still be the current one.",
        tables=[Table("gate-table", "Noted", columns, rows)] if rows else [],
        notices=[] if rows else ["Nothing was noted."],
    )


def beside(release: Release, other: Release | None, is_choice: bool, viewer: Viewer) -> Finding:
    """England's figures that differ between two releases."""
    measured = "Latest three years that both releases hold for England, every measure and breakdown."
    if other is None:
        return Finding(
            "beside",
            "This release beside another",
            measured,
            notices=[words.NOT_COMPARED if is_choice else words.NO_OTHER],
        )
    both = england_figures(release, viewer).join(england_figures(other, viewer), on=MEASURE, suffix="_other")
    differing = both.filter(
        pl.col("numerator").ne_missing(pl.col("numerator_other"))
        | pl.col("denominator").ne_missing(pl.col("denominator_other"))
        | pl.col("status").ne_missing(pl.col("status_other"))
    )
    catalogue = {row["indicator"]: row for row in in_reading_order(release.indicators().iter_rows(named=True))}
    order = {name: place for place, name in enumerate(catalogue)}
    rows = [
        [
            f"{row['indicator']} {breakdowns.title(catalogue[row['indicator']], row['breakdown'])}",
            wording.period_in_words("three_years", row["period"]),
            figure(row, "_other"),
            figure(row, ""),
        ]
        for row in sorted(differing.iter_rows(named=True), key=lambda row: (order[row["indicator"]], row["breakdown"]))
    ]
    columns = [Column(heading, heading in words.BESIDE_COLUMNS[2:]) for heading in words.BESIDE_COLUMNS]
    return Finding(
        name="beside",
        heading=words.differences_heading(differing.height, both.height),
        measured=measured,
        tables=[Table("beside-table", f"This release and {other.release_id}", columns, rows)] if rows else [],
        caveat=words.WHY_OTHER,
    )


def figure(row: dict, suffix: str) -> str:
    """The counts of a figure, or its symbol."""
    numerator, denominator = row[f"numerator{suffix}"], row[f"denominator{suffix}"]
    if numerator is None:
        return f"[{row[f'status{suffix}']}]"
    counted = wording.rounded(numerator)
    return counted if denominator is None else f"{counted} of {wording.rounded(denominator)}"


@lru_cache(maxsize=8)
def england_figures(release: Release, viewer: Viewer) -> pl.DataFrame:
    """The newest whole three years of each measure of England."""
    shown = [
        release.indicator_values(viewer, indicator=name, area_type="england", period_type="three_years")
        for name in release.indicators()["indicator"]
    ]
    rows = pl.concat(shown).filter(~pl.col("is_part_period"))
    newest = rows.filter(pl.col("period") == pl.col("period").max())
    return newest.select(*MEASURE, "numerator", "denominator", "status")
