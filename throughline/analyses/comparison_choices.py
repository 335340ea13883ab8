"""What can be chosen on the comparison page, and what stands chosen where an address does not say."""

from collections.abc import Sequence
from functools import lru_cache

import polars as pl

from throughline import wording
from throughline.analyses.scope import ENGLAND
from throughline.query import Choice, in_order_of_label
from throughline.release import Release, Viewer
from throughline.wording import breakdowns, catalogue

GROUPS = {
    "region": "Regions",
    "police_force": "Police force areas",
    "icb": "Integrated care boards",
    "statistical_neighbours": "One partnership and its statistical neighbours",
}
PERIODS = {"three_years": "Three years together", "year": "Single years"}
NOT_OVER = " (not over)"
NOT_PUBLISHED = " (not for partnerships)"

START = "NT2"  # of every reader: the measure of which most partnerships have a figure that everybody may see


@lru_cache(maxsize=32)
def area_names(release: Release, group_type: str) -> dict[str, str]:
    """Codes and names in order of name; a set of neighbours bears the name of the partnership that it is of."""
    area_type = "partnership" if group_type == "statistical_neighbours" else group_type
    areas = release.areas().filter(pl.col("area_type") == area_type).sort("area_name")
    return dict(areas.select("area_code", "area_name").iter_rows())


def members_of(release: Release, group_type: str, group_code: str) -> list[str]:
    """The partnerships of a group; those of a set of neighbours begin with the one whose neighbours they are."""
    here = (pl.col("group_type") == group_type) & (pl.col("group_code") == group_code)
    members = release.area_partnerships().filter(here)["partnership_code"].to_list()
    return [group_code, *members] if group_type == "statistical_neighbours" else members


@lru_cache(maxsize=8)
def indicator_choices(release: Release) -> tuple[Choice, ...]:
    """Every indicator, under its family."""
    return tuple(
        Choice(row["indicator"], row["title"], catalogue.family_in_words(row["family"]))
        for row in catalogue.in_reading_order(release.indicators().iter_rows(named=True))
    )


def breakdown_choices(release: Release, indicator: dict) -> list[Choice]:
    """The breakdowns that an indicator has, the undivided row first, under headings where they are many."""
    # Which rows there are is the same for every reader; only what they hold is not.
    england = release.indicator_values(Viewer.public(), indicator=indicator["indicator"], area_type="england")
    held = breakdowns.in_order(england["breakdown"].unique())
    headings = [breakdowns.heading(breakdown) for breakdown in held]
    return [
        Choice(breakdown, breakdowns.in_words(indicator, breakdown), heading if len(set(headings)) > 1 else None)
        for breakdown, heading in zip(held, headings, strict=True)
    ]


@lru_cache(maxsize=8)
def group_choices(release: Release) -> tuple[Choice, ...]:
    """Every group that has partnerships, by type and then by name."""
    held = set(release.area_partnerships().select("group_type", "group_code").unique().iter_rows())
    choices: list[Choice] = []
    for group_type, heading in GROUPS.items():
        is_short = group_type == "statistical_neighbours"
        choices += in_order_of_label(
            Choice(f"{group_type}:{code}", wording.short_name(name) if is_short else name, heading)
            for code, name in area_names(release, group_type).items()
            if (group_type, code) in held
        )
    return tuple(choices)


def default_group(viewer: Viewer, groups: Sequence[Choice]) -> str:
    """The reader's own region, or own partnership with its neighbours, else the first."""
    own = {"region": "region", "partnership": "statistical_neighbours"}.get(viewer.role)
    wanted = f"{own}:{viewer.area_code}"
    return wanted if any(choice.value == wanted for choice in groups) else groups[0].value


class Periods:
    """Years and blocks of three years that a measure has, newest first, and in which a group's partnerships are shown.

    Periods overlap, so that to the public not all of them can be open.
    """

    def __init__(self, release: Release, viewer: Viewer, indicator: str, breakdown: str, members: list[str]) -> None:
        measure = {"indicator": indicator, "breakdown": breakdown}
        self._partnerships = release.indicator_values(viewer, **measure, area_type="partnership", area_codes=members)
        period = ["period_type", "period"]
        shown = self._partnerships.group_by(period).agg(
            is_published=(pl.col("reason").is_null() | (pl.col("reason") != "level")).any(),
            has_figures=(pl.col("numerator").is_not_null() & (pl.col("denominator") > 0).fill_null(True)).any(),
        )
        self._held = (
            release.indicator_values(Viewer.public(), **measure, area_type="england", area_codes=[ENGLAND])
            .filter(pl.col("period_type").is_in(list(PERIODS)))
            .select(*period, "is_part_period")
            .join(shown, on=period, how="left")
            .with_columns(pl.col("is_published", "has_figures").fill_null(False))
            .sort("period", descending=True)
        )

    def partnerships(self, period: str) -> pl.DataFrame:
        """The members' rows of one period."""
        period_type, name = period.split(":", 1)
        return self._partnerships.filter((pl.col("period_type") == period_type) & (pl.col("period") == name))

    def choices(self) -> list[Choice]:
        """The periods as a list shows them, each marked where it is not over or its partnerships are not published."""
        return [
            Choice(f"{kind}:{row['period']}", said(row), heading)
            for kind, heading in PERIODS.items()
            for row in self._held.filter(pl.col("period_type") == kind).iter_rows(named=True)
        ]

    def default(self) -> str:
        """The newest whole three years with figures, else the newest period with any, else the newest."""
        best = self._held.sort(
            "has_figures",
            ~pl.col("is_part_period"),
            pl.col("period_type") == "three_years",
            "period",
            descending=True,
        ).row(0, named=True)
        return f"{best['period_type']}:{best['period']}"

    def published(self) -> list[tuple[str, str]]:
        """The periods in which partnerships are published, newest first."""
        return list(self._held.filter(pl.col("is_published")).select("period_type", "period").iter_rows())


def said(row: dict) -> str:
    """A period as the list shows it."""
    words = wording.period_in_words(row["period_type"], row["period"]).replace(" ending ", " to ")
    marks = (NOT_OVER if row["is_part_period"] else "") + ("" if row["is_published"] else NOT_PUBLISHED)
    return words[0].upper() + words[1:] + marks
