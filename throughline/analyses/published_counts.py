"""DfE's published counts with the returns' own beside each: England by nature, and the regions in all."""

import polars as pl

from throughline import wording
from throughline.charts.notification_series import NATURES, published_note
from throughline.release import Release
from throughline.report import Column, Finding, Table
from throughline.wording import data_quality as words
from throughline.wording.kind_of_data import PUBLISHED
from throughline.wording.notification_trends import NATURE_LABELS

NATIONAL, REGIONAL = "national", "regional"


def reconciliation(release: Release) -> pl.DataFrame:
    """DfE's counts and the returns' own by area, year and nature; England first, then regions by name."""
    order = {nature: place for place, nature in enumerate(NATURES)}
    return release.table("published_reconciliation").sort(
        pl.col("geographic_level") != NATIONAL,
        "area_name",
        "reporting_year",
        pl.col("nature").replace_strict(order, default=len(order), return_dtype=pl.Int64),
    )


def national(rows: pl.DataFrame, caveat: str) -> Finding:
    """England's counts by nature."""
    return level_finding(rows, NATIONAL, words.reconciliation_finding(rows), caveat)


def regional(rows: pl.DataFrame, caveat: str) -> Finding:
    """The regions' counts, all natures together."""
    return level_finding(rows, REGIONAL, words.regional_finding(held(rows, REGIONAL)), caveat)


def level_finding(rows: pl.DataFrame, level: str, heading: str, caveat: str) -> Finding:
    """One level's figures as a table; the notice says when there are none."""
    is_national = level == NATIONAL
    cells = [figures(row, is_national) for row in held(rows, level)]
    where = "in England, by nature" if is_national else "in the regions, all natures"
    is_missing = any("[x]" in row for row in cells)
    return Finding(
        level,
        heading,
        f"Notifications {where}, years ending 31 March, as DfE published them and as the returns hold them.",
        tables=(
            Table(
                f"{level}-table",
                f"Notifications {where}, by year and source",
                columns(is_national),
                cells,
                words.PUBLISHED_MISSING if is_missing else "",
            ),
        ),
        notices=() if cells else ("No published count is held to compare with.",),
        caveat=caveat,
    )


def held(rows: pl.DataFrame, level: str) -> list[dict]:
    """The figures of one level."""
    return rows.filter(pl.col("geographic_level") == level).to_dicts()


def columns(is_national: bool) -> list[Column]:
    """What stands beside each figure."""
    return [
        Column("Year ending March" if is_national else "Region and year ending March"),
        *([Column("Nature")] if is_national else []),
        Column(PUBLISHED, numeric=True),
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
