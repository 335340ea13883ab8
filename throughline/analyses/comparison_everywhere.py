"""One measure and period in all of England: what of a comparison is the same whichever group is compared."""

from dataclasses import dataclass

import polars as pl

from throughline import wording
from throughline.analyses.scope import ENGLAND
from throughline.release import Release, Viewer
from throughline.wording import breakdowns


@dataclass(frozen=True)
class Everywhere:
    """A measure, breakdown and period of one release, for one reader: what is made of it can be kept by it."""

    release: Release
    viewer: Viewer
    indicator: str
    breakdown: str
    period_type: str
    period: str

    @property
    def catalogue(self) -> dict:
        """The measure's row of the catalogue."""
        return self.release.indicator(self.indicator)

    @property
    def unit(self) -> str:
        """What its values are."""
        return self.catalogue["unit"]

    @property
    def title(self) -> str:
        """Its name with its breakdown."""
        return breakdowns.title(self.catalogue, self.breakdown)

    @property
    def short_title(self) -> str:
        """Its short name with its breakdown."""
        return breakdowns.title(self.catalogue, self.breakdown, "short_title")

    @property
    def period_words(self) -> str:
        """The period as a sentence names it."""
        return wording.period_in_words(self.period_type, self.period)

    @property
    def england_value(self) -> float | None:
        """England's own figure, as far as this reader may see it."""
        return next(iter(self.values("england", [ENGLAND])["value"]), None)

    def values(self, area_type: str, codes: list[str] | None = None) -> pl.DataFrame:
        """The figures of the areas of a type, or of some of them, as the release gives them to this reader."""
        return self.release.indicator_values(
            self.viewer,
            indicator=self.indicator,
            breakdown=self.breakdown,
            area_type=area_type,
            area_codes=codes,
            period_type=self.period_type,
            period=self.period,
        )
