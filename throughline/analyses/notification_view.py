"""What was asked about notification trends, and the frames that answer it."""

import polars as pl

from throughline.analyses.scope import ENGLAND
from throughline.charts import notification_series
from throughline.charts.notification_series import NATURES
from throughline.query import Choice
from throughline.release import Release, Viewer
from throughline.wording import notification_trends as words
from throughline.wording.scope import area_in_a_sentence

MEASURES = (Choice("count", "Number of notifications"), Choice("rate", "Rate per 100,000 children"))


class View:
    """What was chosen, and the frames that answer it."""

    def __init__(self, release: Release, viewer: Viewer, area: str, measure: str, nature: str) -> None:
        self.release, self.viewer, self.is_synthetic = release, viewer, release.is_synthetic
        self.area, self.measure, self.nature = area, measure, nature
        self.area_name = next(choice.label for choice in area_choices(release) if choice.value == area)
        self.area_said = area_in_a_sentence("england" if area == ENGLAND else "region", self.area_name)
        self.every_nature = notification_series.notification_series(
            release.published_notifications().filter(pl.col("area_code") == area),
            self.values("NT1"),
            self.values("NT2", breakdown="total"),
        )
        self.series = self.every_nature.filter(pl.col("nature") == nature)
        self.ratios = notification_series.ratio_series(self.every_nature, self.values("NT4", breakdown="total"))
        quarters = self.values("NT1", period_type="quarter", breakdown="total")
        self.are_quarters_published = quarters.is_empty() or bool((quarters["reason"].fill_null("") != "level").any())
        self.quarters = quarters.filter(~pl.col("is_part_period") & pl.col("value").is_not_null()).sort("period")
        self.coverage = words.returns_coverage(release.returns_received(viewer), self.newest_year("returns"))

    def values(self, indicator: str, period_type: str = "year", **narrowed: str) -> pl.DataFrame:
        """The area's rows of one indicator, as this reader may see them."""
        return self.release.indicator_values(
            self.viewer, indicator=indicator, area_codes=[self.area], period_type=period_type, **narrowed
        )

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
