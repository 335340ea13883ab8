"""Do the returns count what DfE counts? Each published figure with the returns' own beside it."""

import polars as pl

from throughline import wording
from throughline.analyses import notification_trends
from throughline.charts.notification_series import NATURES, published_note
from throughline.query import Query
from throughline.release import Release, Viewer
from throughline.report import Column, Finding, Report, Table
from throughline.wording import data_quality as words
from throughline.wording.notification_trends import NATURE_LABELS

PATH = "/data-quality"
QUESTION = "Do the returns count what DfE counts?"
REAL_CAVEAT = (
    "A difference asks which notifications one side holds and the other does not: late, withdrawn, moved to another "
    "area, or counted by another date. Neither side is right by itself."
)
CAVEAT = f"Synthetic returns are made up to number about as many as DfE published. With real ones: {REAL_CAVEAT}"


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The answer for England and the regions, which is what DfE publishes."""
    rows = reconciliation(release)
    return Report(
        PATH,
        "Check against published figures",
        QUESTION,
        words.public_headline(rows),
        release.as_at_date,
        release.release_id,
        release.is_synthetic,
        [
            level_finding(rows, "national", words.reconciliation_finding(rows), release.is_synthetic),
            level_finding(rows, "regional", regional_heading(rows), release.is_synthetic),
            *(one for one in notification_trends.analyse(release, viewer, Query({})).findings if one.name == "series"),
        ],
        problems=query.problems,
    )


def reconciliation(release: Release) -> pl.DataFrame:
    """DfE's counts and the returns' own by area, year and nature; England first, then regions by name."""
    order = {nature: place for place, nature in enumerate(NATURES)}
    return release.table("published_reconciliation").sort(
        pl.col("geographic_level") != "national",
        "area_name",
        "reporting_year",
        pl.col("nature").replace_strict(order, default=len(order), return_dtype=pl.Int64),
    )


def regional_heading(rows: pl.DataFrame) -> str:
    """How many regional counts differ by more than DfE's rounding."""
    told = [words.difference_in_words(row) for row in held(rows, "regional")]
    if not told:
        return "No published count of a region is held to set beside the returns"
    more = sum("rounding explains" in said for said in told)
    return (
        f"{wording.rounded(more)} of {wording.plural(len(told), 'regional count')} differ by more than DfE's rounding"
    )


def level_finding(rows: pl.DataFrame, level: str, heading: str, is_synthetic: bool) -> Finding:
    """One level's figures as a table; the notice says when there are none."""
    is_national = level == "national"
    cells = [figures(row, is_national) for row in held(rows, level)]
    where = "in England, by nature" if is_national else "in the regions, all natures"
    return Finding(
        level,
        heading,
        f"Notifications {where}, years ending 31 March, as DfE published them and as the returns hold them.",
        tables=(Table(f"{level}-table", f"Notifications {where}, by year and source", columns(is_national), cells),),
        notices=() if cells else ("No published count is held to compare with.",),
        caveat=CAVEAT if is_synthetic else REAL_CAVEAT,
    )


def held(rows: pl.DataFrame, level: str) -> list[dict]:
    """The figures of one level."""
    return rows.filter(pl.col("geographic_level") == level).to_dicts()


def columns(is_national: bool) -> list[Column]:
    """What stands beside each figure."""
    return [
        Column("Year ending March" if is_national else "Region and year ending March"),
        *([Column("Nature")] if is_national else []),
        Column("Published by DfE", numeric=True),
        Column("How it is known"),
        Column("In the returns", numeric=True),
        Column("Authorities that have returned", numeric=True),
        Column("Difference"),
    ]


def figures(row: dict, is_national: bool) -> list[str]:
    """One area, year and nature."""
    year = str(row["reporting_year"])
    return [
        *([year, NATURE_LABELS[row["nature"]]] if is_national else [f"{row['area_name']}, {year}"]),
        words.published_count(row),
        published_note(row),
        words.returned_count(row),
        f"{wording.rounded(row['authorities_returned'])} of {wording.rounded(row['authorities'])}",
        words.difference_in_words(row),
    ]
