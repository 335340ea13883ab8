"""One partnership as it is asked about: its figures, its open reviews, and the questions that were found."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from throughline.analyses.questions import Questions
from throughline.release import Release, Viewer
from throughline.wording.scope import area_in_a_sentence

LONGEST_NAME = 14  # letters that a phone has room for beside the years and the figure


@dataclass(frozen=True)
class Asked:
    """One partnership's figures of three years, its open reviews by state, and the questions that were found."""

    release: Release
    viewer: Viewer
    code: str
    name: str
    region_code: str
    period: str
    before: str
    own: pl.DataFrame
    england: pl.DataFrame
    open_counts: dict[str, dict[str, int]]
    found: Questions

    @property
    def said(self) -> str:
        """The partnership as a sentence names it, with its article."""
        return area_in_a_sentence("partnership", self.name)

    @property
    def has_right(self) -> bool:
        """Whether the reader sees true figures of this partnership."""
        wanted = {"partnership": self.code, "region": self.region_code}.get(self.viewer.role)
        return self.viewer.role == "panel" or (wanted is not None and wanted == self.viewer.area_code)

    def figure(self, indicator: str, breakdown: str) -> dict | None:
        """One of the partnership's figures."""
        return self.figures.get((indicator, breakdown))

    @cached_property
    def figures(self) -> dict[tuple[str, str], dict]:
        """All of them, by indicator and breakdown."""
        return {(row["indicator"], row["breakdown"]): row for row in self.own.iter_rows(named=True)}


def own_name(asked: Asked, period: str) -> str:
    """The partnership and the years of a row; a long name would touch the figure on a phone."""
    return f"{asked.name if len(asked.name) <= LONGEST_NAME else 'Here'}, {years(period)}"


def years(period: str) -> str:
    """A block of years in a few words: 2024 to 2026."""
    return period.replace("-", " to ")
