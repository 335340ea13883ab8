"""For which area and period a reader asks, which of them can be chosen, and why others cannot."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from throughline.analyses.elsewhere import not_shown
from throughline.own_areas import own_areas
from throughline.query import Choice, Query
from throughline.release import Release, Viewer
from throughline.report import Elsewhere, Filter
from throughline.wording import period_in_words
from throughline.wording import scope as words

ENGLAND = "E92000001"
GROUPS = {
    "england": None,
    "region": "Regions",
    "police_force": "Police force areas",
    "icb": "Integrated care boards",
    "partnership": "Partnerships",
}
PERIODS = {"three_years": "Three years together", "year": "Single years"}


@dataclass(frozen=True)
class Scope:
    """One area and period, as chosen and as a sentence names them, with the lists they were chosen from.

    `is_own` says whether the reader has a right to the area's true values, `beside` what a finding shows beside the
    period.
    """

    area_type: str
    area_code: str
    area_name: str
    period_type: str
    period: str
    is_part_period: bool
    is_own: bool
    filters: tuple[Filter, ...]
    notices: tuple[str, ...]
    elsewhere: Elsewhere | None = None
    beside: str = ""

    @property
    def period_words(self) -> str:
        """The period as a sentence names it."""
        return period_in_words(self.period_type, self.period) + self.beside

    @property
    def area_said(self) -> str:
        """The area as a sentence names it, with its article."""
        return words.area_in_a_sentence(self.area_type, self.area_name)

    @property
    def is_england(self) -> bool:
        """Whether there is nothing to set beside it."""
        return self.area_type == "england"

    @property
    def partnerships(self) -> tuple[str, ...]:
        """The partnership whose figures these are, where they are one partnership's."""
        return (self.area_code,) if self.area_type == "partnership" else ()

    @property
    def time(self) -> pl.Expr:
        """Picks the rows of this period."""
        return (pl.col("period_type") == self.period_type) & (pl.col("period") == self.period)

    @property
    def place(self) -> pl.Expr:
        """Picks the rows of this area and period."""
        return (pl.col("area_type") == self.area_type) & (pl.col("area_code") == self.area_code) & self.time


def read_scope(release: Release, viewer: Viewer, query: Query, indicators: tuple[str, ...], path: str) -> Scope:
    """The area and period that an address asks for, among those in which this reader sees any of these indicators.

    An area that is known but not shown here is no fault of the address: England stands in its stead, never the reader's
    own area, whose figures could be taken for those asked for.
    """
    seen = areas_seen(release, viewer, indicators)
    areas = area_choices(release, seen)
    place = place_named(release, query.given.get("area"))
    elsewhere = None
    if place is None or place in seen:
        area = query.choose("area", "area", areas, default_area(viewer, areas))
    else:
        area = ENGLAND
        name = words.area_in_a_sentence(place[0], names_of_areas(release)[place])
        elsewhere = not_shown(release, viewer, path, place, name, indicators)
    area_type = next(kind for kind, code in seen if code == area)
    held = periods_of(release, viewer, indicators, area_type, area)
    periods = [Choice(f"{row['period_type']}:{row['period']}", words.period_offered(row), row["group"]) for row in held]
    period = query.choose("period", "period", periods, newest_with_figures(held))
    period_type, name = period.split(":", 1)
    row = next(row for row in held if (row["period_type"], row["period"]) == (period_type, name))
    return Scope(
        area_type,
        area,
        names_of_areas(release)[area_type, area],
        period_type,
        name,
        row["is_part_period"],
        is_own(release, viewer, area_type, area),
        (
            Filter("area", "Area", areas, area, query.problems.get("area", "")),
            Filter("period", "Period", periods, period, query.problems.get("period", "")),
        ),
        notices(release, viewer, seen, row["has_figures"]),
        elsewhere,
    )


def place_named(release: Release, code: str | None) -> tuple[str, str] | None:
    """The type and code of an area that an address names; None where it names none, or one that is not known."""
    return next((place for place in names_of_areas(release) if place[1] == code), None)


def is_own(release: Release, viewer: Viewer, area_type: str, area_code: str) -> bool:
    """Whether a reader has a right to an area's true values, to say why something is not there; it opens nothing."""
    if viewer.role == "panel":
        return True
    if viewer.role == "partnership":
        return area_type == "partnership" and area_code == viewer.area_code
    if viewer.role != "region":
        return False
    here = (pl.col("area_type") == area_type) & (pl.col("area_code") == area_code)
    regions = release.areas().filter(here)["region_code"].to_list()
    return area_code == viewer.area_code or regions == [viewer.area_code]


def notices(release: Release, viewer: Viewer, seen: frozenset[tuple[str, str]], has_figures: bool) -> tuple[str, ...]:
    """What is not offered and why, and what to do where a period has nothing to show."""
    unseen = Counter(kind for kind, _ in names_of_areas(release).keys() - seen)
    missing = {kind: unseen[kind] for kind in GROUPS}
    said = (words.areas_not_offered(missing, viewer.role), "" if has_figures else words.NOTHING_IN_PERIOD)
    return tuple(text for text in said if text)


def codes_of(seen: frozenset[tuple[str, str]], area_type: str) -> list[str]:
    """The codes of one type of area."""
    return sorted(code for kind, code in seen if kind == area_type)


@lru_cache(maxsize=64)
def areas_seen(release: Release, viewer: Viewer, indicators: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """Areas, by type and code, of which this reader may see a figure of any of the indicators; England always."""
    if viewer.role in ("public", "panel"):
        found, codes = {("england", ENGLAND)}, None
    else:
        # What everybody sees is worked out once for all readers; the rest are the reader's own.
        found, codes = set(areas_seen(release, Viewer.public(), indicators)), own_areas(release, viewer)["area_code"]
    for indicator in indicators:
        rows = release.indicator_values(viewer, indicator=indicator, area_codes=codes)
        shown = rows.filter(
            pl.col("numerator").is_not_null() & (pl.col("denominator") > 0) & pl.col("area_type").is_in(list(GROUPS))
        )
        found.update(shown.select("area_type", "area_code").unique().iter_rows())
    return frozenset(found & set(names_of_areas(release)))


@lru_cache(maxsize=4)
def partnerships_of(release: Release, scope: Scope) -> list[str]:
    """The current partnerships of England or of a region."""
    areas = release.areas().filter((pl.col("area_type") == "partnership") & pl.col("is_current"))
    here = areas if scope.is_england else areas.filter(pl.col("region_code") == scope.area_code)
    return here["area_code"].to_list()


@lru_cache(maxsize=4)
def names_of_areas(release: Release) -> dict[tuple[str, str], str]:
    """Every area's name as a sentence or a list shows it."""
    areas = release.areas().filter(pl.col("area_type").is_in(list(GROUPS)))
    return {
        (kind, code): words.area_in_words(kind, name)
        for kind, code, name in areas.select("area_type", "area_code", "area_name").iter_rows()
    }


@lru_cache(maxsize=64)
def area_choices(release: Release, seen: frozenset[tuple[str, str]]) -> tuple[Choice, ...]:
    """The areas by type and then by name."""
    names = names_of_areas(release)
    return tuple(
        Choice(code, names[kind, code], heading)
        for kind, heading in GROUPS.items()
        for code in sorted(codes_of(seen, kind), key=lambda code, kind=kind: names[kind, code])
    )


def default_area(viewer: Viewer, areas: Sequence[Choice]) -> str:
    """The reader's own area where it can be chosen, else England."""
    own = viewer.area_code
    return own if any(choice.value == own for choice in areas) else ENGLAND


@lru_cache(maxsize=256)
def periods_of(
    release: Release, viewer: Viewer, indicators: tuple[str, ...], area_type: str, area_code: str
) -> tuple[dict, ...]:
    """Blocks of three years and years, newest first, and whether this reader sees any figure in each."""
    rows = pl.concat(
        release.indicator_values(viewer, indicator=indicator, area_type=area_type, area_codes=[area_code])
        for indicator in indicators
    )
    held = (
        rows.filter(pl.col("period_type").is_in(list(PERIODS)))
        .group_by("period_type", "period")
        .agg(
            is_part_period=pl.col("is_part_period").any(),
            has_figures=(pl.col("numerator").is_not_null() & (pl.col("denominator") > 0)).any(),
        )
        .sort("period", descending=True)
    )
    return tuple(
        {**row, "group": heading}
        for kind, heading in PERIODS.items()
        for row in held.filter(pl.col("period_type") == kind).iter_rows(named=True)
    )


def newest_with_figures(held: Sequence[dict]) -> str:
    """The newest whole three years with figures, else the newest whole year with any, else the newest of all."""
    with_figures = [row for row in held if row["has_figures"] and not row["is_part_period"]]
    chosen = next(iter(with_figures or [row for row in held if row["has_figures"]] or held))
    return f"{chosen['period_type']}:{chosen['period']}"
