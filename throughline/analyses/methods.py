"""How is each figure made? Every measure of the catalogue, every setting, every refusal."""

import polars as pl

from throughline import wording
from throughline.query import Choice, Query
from throughline.release import Release, Viewer
from throughline.report import Column, Filter, Finding, Report, Statements, Table
from throughline.wording import methods as words
from throughline.wording import reasons
from throughline.wording.catalogue import FAMILY_IN_WORDS, family_in_words, in_reading_order

PATH = "/methods"
ALL = "all"
DEFINED = ("Measure", "Counted", "Out of", "Left out", "Given as", "Waits", "Year of", "Read with care")


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The definitions of one family of measures or of all, with settings, symbols and refusals."""
    catalogue = in_reading_order(release.indicators().iter_rows(named=True))
    families = [Choice(ALL, "All measures"), *(Choice(name, label) for name, label in FAMILY_IN_WORDS.items())]
    family = query.choose("family", "family of measures", families, ALL)
    shown = [name for name in FAMILY_IN_WORDS if family in (ALL, name)]
    settings = release.table("settings")
    series = release.indicator_values(Viewer.public(), area_type="england").select("indicator", "breakdown").n_unique()
    return Report(
        path=PATH,
        topic="Methods",
        question=words.QUESTION,
        answer=words.answer(len(catalogue), series, settings.height),
        as_at_date=release.as_at_date,
        release_id=release.release_id,
        is_synthetic=release.is_synthetic,
        filters=[Filter("family", "Measures", families, family, query.problems.get("family", ""))],
        findings=[
            *(definitions(name, [row for row in catalogue if row["family"] == name]) for name in shown),
            refusals(),
            all_settings(settings),
        ],
        statements=[
            Statements("reading", "How to read them", [("No ranks", words.NO_RANKS), ("Worked examples", words.WORKED)])
        ],
        problems=query.problems,
    )


def definitions(family: str, catalogue: list[dict]) -> Finding:
    """The measures of one family, word for word from the catalogue."""
    rows = [
        [
            words.indicator_heading(row),
            row["numerator"],
            row["denominator"],
            row["exclusions"],
            words.given_as(row),
            words.waits(row),
            wording.FIELD_IN_WORDS[row["cohort_date"]],
            f"{row['caveat']} Source: {row['source']}.",
        ]
        for row in catalogue
    ]
    return Finding(
        name=family,
        heading=f"{family_in_words(family)}: {wording.plural(len(rows), 'measure')}",
        measured="As the catalogue defines them; the same words stand beside each figure.",
        tables=[
            Table(
                f"{family}-table",
                family_in_words(family),
                [Column(name) for name in DEFINED],
                rows,
                words.intervals_note(catalogue),
            )
        ],
    )


def refusals() -> Finding:
    """Every reason for which a figure is not given, with its symbol where it has one."""
    rows = [[f"[{status}]", meaning[0].upper() + meaning[1:]] for status, meaning in reasons.STATUS.items()]
    why = [[name.replace("_", " "), said] for name, said in reasons.REASONS.items()]
    return Finding(
        name="refusals",
        heading=f"A figure is missing for one of {len(why)} reasons, and never silently",
        measured="Symbols are those of official statistics; the reason stands beside them wherever there is room.",
        tables=[
            Table("symbols-table", "Symbols", [Column("Symbol"), Column("Meaning")], rows),
            Table("refusals-table", "Reasons", [Column("Reason"), Column("What is said")], why),
        ],
    )


def all_settings(settings: pl.DataFrame) -> Finding:
    """Every clock, limit and threshold, with who set it and why."""
    rows = [
        [row["title"], f"{row['value']} {row['unit']}", row["reason"], row["source"]]
        for row in settings.iter_rows(named=True)
    ]
    headings = ("Setting", "Value", "Why", "Whose")
    own = settings.filter(pl.col("source").str.contains("(?i)our ")).height
    return Finding(
        name="settings",
        heading=f"{own} of {len(rows)} settings are our own assumptions or proposals, meant to be changed",
        measured="Each is set in one file, seeds/settings.csv, and holds everywhere.",
        tables=[Table("settings-table", "Settings", [Column(name) for name in headings], rows)],
    )
