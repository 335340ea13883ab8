"""Partnerships that have ended, with the month: they stand beside those that followed them, and must be told apart."""

from functools import lru_cache

import polars as pl

from throughline.analyses.scope import Scope
from throughline.release import Release, Viewer
from throughline.wording import comparison as words
from throughline.workspace import PROJECT

MEMBERS = PROJECT / "seeds" / "areas" / "partnership_local_authorities.csv"


def marked(release: Release, rows: pl.DataFrame) -> pl.DataFrame:
    """Partnerships by code and name, those that have ended with their last month as every list of them has it."""
    ended = ended_in(release)
    named = [
        words.ended(name, ended[code]) if code in ended else name
        for code, name in rows.select("area_code", "area_name").iter_rows()
    ]
    return rows.with_columns(area_name=pl.Series(named, dtype=pl.String))


def ended_with_figures(release: Release, viewer: Viewer, scope: Scope) -> int:
    """How many partnerships of England or a region ended, and still have a figure of the scope's period."""
    areas = release.areas().filter((pl.col("area_type") == "partnership") & ~pl.col("is_current"))
    here = areas if scope.is_england else areas.filter(pl.col("region_code") == scope.area_code)
    rates = release.indicator_values(
        viewer,
        indicator="NT2",
        breakdown="total",
        area_type="partnership",
        area_codes=here["area_code"].to_list(),
        period_type=scope.period_type,
        period=scope.period,
    )
    return rates["value"].drop_nulls().len()


@lru_cache(maxsize=4)
def ended_in(release: Release) -> dict[str, str]:
    """The month in which each partnership that was no more at the time of the release lost its last authority."""
    ended = release.areas().filter((pl.col("area_type") == "partnership") & ~pl.col("is_current"))["area_code"]
    members = pl.read_csv(MEMBERS, infer_schema=False).filter(pl.col("partnership_code").is_in(ended.implode()))
    last = members.group_by("partnership_code").agg(day=pl.col("valid_to").str.to_date().max())
    return {code: f"{day:%B %Y}" for code, day in last.select("partnership_code", "day").iter_rows()}
