"""What was asked about notification trends, and the frames that answer it."""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from throughline.analyses.scope import ENGLAND
from throughline.charts import notification_series
from throughline.charts.notification_series import NATURES
from throughline.query import Choice
from throughline.release import Release, Viewer
from throughline.wording import notification_trends as words
from throughline.wording.scope import area_in_a_sentence

MEASURES = (Choice("count", "Number of notifications"), Choice("rate", "Rate per 100,000 children"))


@dataclass(frozen=True, eq=False)
class AreaSeries:
    """What one area shows whatever else is chosen: yearly series of every nature, harm to deaths, whole quarters."""

    every_nature: pl.DataFrame
    ratios: pl.DataFrame
    quarters: pl.DataFrame
    are_quarters_published: bool


@lru_cache(maxsize=16)  # England and nine regions
def area_series(release: Release, viewer: Viewer, area: str) -> AreaSeries:
    """The series of one area, as this reader may see them."""

    def values(indicator: str, period_type: str = "year", **narrowed: str) -> pl.DataFrame:
        return release.indicator_values(
            viewer, indicator=indicator, area_codes=[area], period_type=period_type, **narrowed
        )

    every_nature = notification_series.notification_series(
        release.published_notifications().filter(pl.col("area_code") == area),
        values("NT1"),
        values("NT2", breakdown="total"),
    )
    quarters = values("NT1", period_type="quarter", breakdown="total")
    return AreaSeries(
        every_nature,
        notification_series.ratio_series(every_nature, values("NT4", breakdown="total")),
        quarters.filter(~pl.col("is_part_period") & pl.col("value").is_not_null()).sort("period"),
        quarters.is_empty() or bool((quarters["reason"].fill_null("") != "level").any()),
    )


class View:
    """What was chosen, and the frames that answer it."""

    def __init__(self, release: Release, viewer: Viewer, area: str, measure: str, nature: str) -> None:
        self.release, self.viewer, self.is_synthetic = release, viewer, release.is_synthetic
        self.area, self.measure, self.nature = area, measure, nature
        self.area_name = next(choice.label for choice in area_choices(release) if choice.value == area)
        self.area_said = area_in_a_sentence("england" if area == ENGLAND else "region", self.area_name)
        found = area_series(release, viewer, area)
        self.every_nature, self.ratios = found.every_nature, found.ratios
        self.quarters, self.are_quarters_published = found.quarters, found.are_quarters_published
        self.series = self.every_nature.filter(pl.col("nature") == nature)
        self.coverage = words.returns_coverage(release.returns_received(viewer), self.newest_year("returns"))

    def has_figures(self, series: pl.DataFrame) -> bool:
        """Whether there is anything of these rows to draw."""
        return bool(series.filter(pl.col(self.measure).is_not_null() & ~pl.col("is_part_period")).height)

    def newest_year(self, source: str) -> int | None:
        """The last whole year that a source has."""
        whole = self.every_nature.filter(
            (pl.col("source") == source) & ~pl.col("is_part_period") & pl.col("count").is_not_null()
        )
        return whole["reporting_year"].max()

    def newest(self, source: str, nature: str = "total") -> dict | None:
        """A source's last whole year of one nature."""
        rows = self.every_nature.filter(
            (pl.col("source") == source)
            & (pl.col("nature") == nature)
            & ~pl.col("is_part_period")
            & pl.col("count").is_not_null()
        ).sort("reporting_year")
        return rows.row(-1, named=True) if rows.height else None

    @property
    def measured(self) -> str:
        """What is measured, as a line above a chart begins."""
        return "Rate per 100,000 children" if self.measure == "rate" else "Number of notifications"


def area_choices(release: Release) -> list[Choice]:
    """England and the regions: smaller areas have too few notifications to show a trend."""
    areas = release.areas().filter(pl.col("area_type") == "region").sort("area_name")
    return [
        Choice(ENGLAND, "England"),
        *(Choice(code, name, "Regions") for code, name in areas.select("area_code", "area_name").iter_rows()),
    ]


def nature_choices() -> list[Choice]:
    """The natures that a notification can have."""
    return [Choice(nature, words.NATURE_LABELS[nature]) for nature in NATURES]
