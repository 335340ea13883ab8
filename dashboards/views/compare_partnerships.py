"""What the comparison page was asked for, and the frames that answer it."""

import polars as pl

from dashboards.data import ENGLAND, viewer
from dashboards.query import Choice, Query
from throughline import wording
from throughline.charts import comparison_rows
from throughline.release import Release
from throughline.wording import comparison as words

GROUPS = {
    "region": "Regions",
    "police_force": "Police force areas",
    "icb": "Integrated care boards",
    "statistical_neighbours": "One partnership and its statistical neighbours",
}
FAMILIES = {"conversion": "From one stage to the next", "notifications": "Notifications"}


class View:
    """What was chosen, and the frames that answer it."""

    def __init__(self, release: Release, catalogue: dict, group: str, period: str) -> None:
        self.chosen = {"indicator": catalogue["indicator"], "group": group, "period": period}
        self.catalogue = catalogue
        self.group_type, self.group_code = group.split(":", 1)
        self.period_type, self.period = period.split(":", 1)
        self.period_words = wording.period_in_words(self.period_type, self.period)
        self.group_name = group_name(self.group_type, area_names(release, self.group_type)[self.group_code])
        self.references = self._references(release)
        england_value = self.references.row(0, named=True)["value"]
        members = self._members(release)
        ended = set(release.areas().filter(~pl.col("is_current"))["area_code"])
        self.rows = comparison_rows.partnership_rows(
            comparison_rows.with_every_member(self._values(release, "partnership", members), members, ended),
            area_names(release, "partnership"),
            england_value,
            catalogue["unit"],
        )
        self.expected_flags = comparison_rows.flags_from_chance(self.rows, england_value, catalogue["unit"])
        self.is_part_period = bool(self.rows["is_part_period"].fill_null(False).any())

    def _values(self, release: Release, area_type: str, codes: list[str]) -> pl.DataFrame:
        return release.indicator_values(
            viewer(),
            indicator=self.catalogue["indicator"],
            area_type=area_type,
            area_codes=codes,
            period_type=self.period_type,
            period=self.period,
            breakdown="total",
        )

    def _members(self, release: Release) -> list[str]:
        here = (pl.col("group_type") == self.group_type) & (pl.col("group_code") == self.group_code)
        members = release.area_partnerships().filter(here)["partnership_code"].to_list()
        return [self.group_code, *members] if self.group_type == "statistical_neighbours" else members

    def _references(self, release: Release) -> pl.DataFrame:
        unit = self.catalogue["unit"]
        of_neighbours = self.group_type == "statistical_neighbours"
        pooled = "Neighbours together" if of_neighbours else f"{self.group_name} together"
        england = self._values(release, "england", [ENGLAND])
        group = self._values(release, self.group_type, [self.group_code])
        rows = [
            comparison_rows.reference_row(england, "England", "England", unit),
            comparison_rows.reference_row(group, pooled, "Together", unit),
        ]
        return pl.DataFrame(rows, infer_schema_length=None)


def area_names(release: Release, group_type: str) -> dict[str, str]:
    """Codes and names in order of name; a set of neighbours bears the name of the partnership that it is of."""
    area_type = "partnership" if group_type == "statistical_neighbours" else group_type
    areas = release.areas().filter(pl.col("area_type") == area_type).sort("area_name")
    return dict(areas.select("area_code", "area_name").iter_rows())


def read_view(release: Release, query: Query) -> View:
    """The view that an address asks for, with a default for whatever it does not say."""
    chosen = query.choose("indicator", "measure", indicator_choices(release), "CV2")
    group = query.choose("group", "group of partnerships", group_choices(release), default_group(release))
    periods = period_choices(release, chosen)
    period = query.choose("period", "period", periods, default_period(periods))
    catalogue = release.indicators().filter(pl.col("indicator") == chosen).row(0, named=True)
    return View(release, catalogue, group, period)


def indicator_choices(release: Release) -> list[Choice]:
    """Every indicator, under its family."""
    return [
        Choice(row["indicator"], row["title"], FAMILIES.get(row["family"], row["family"].capitalize()))
        for row in release.indicators().iter_rows(named=True)
    ]


def group_choices(release: Release) -> list[Choice]:
    """Every group that has partnerships, by type and then by name."""
    held = set(release.area_partnerships().select("group_type", "group_code").unique().iter_rows())
    choices = []
    for group_type, heading in GROUPS.items():
        for code, name in area_names(release, group_type).items():
            if (group_type, code) in held:
                shown = wording.short_name(name) if group_type == "statistical_neighbours" else name
                choices.append(Choice(f"{group_type}:{code}", shown, heading))
    return choices


def default_group(release: Release) -> str:
    """The reader's own region, else the first."""
    if viewer().role == "region":
        return f"region:{viewer().area_code}"
    return group_choices(release)[0].value


def period_choices(release: Release, indicator: str) -> list[Choice]:
    """Years and three-year windows that the indicator has, newest first."""
    held = (
        release.indicator_values(viewer(), indicator=indicator, area_type="england", breakdown="total")
        .filter(pl.col("period_type").is_in(["year", "three_years"]))
        .select("period_type", "period", "is_part_period")
        .unique()
        .sort("period", descending=True)
    )
    headings = {"three_years": "Three years together", "year": "Single years"}
    return [
        Choice(f"{kind}:{period}", said(kind, period, part), heading)
        for kind, heading in headings.items()
        for period, part in held.filter(pl.col("period_type") == kind).select("period", "is_part_period").iter_rows()
    ]


def said(period_type: str, period: str, is_part: bool) -> str:
    """A period as the list shows it."""
    words = wording.period_in_words(period_type, period).replace(" ending ", " to ")
    return words[0].upper() + words[1:] + (" (not over)" if is_part else "")


def default_period(periods: list[Choice]) -> str:
    """The newest whole three years: one year of such small numbers says almost nothing."""
    whole = [choice for choice in periods if not choice.label.endswith("(not over)")]
    return (whole or periods)[0].value


def group_name(group_type: str, area_name: str) -> str:
    """A group as a sentence would name it."""
    if group_type == "statistical_neighbours":
        return f"{wording.short_name(area_name)} and its statistical neighbours"
    return f"{area_name} police force area" if group_type == "police_force" else area_name


def download(release: Release, query: Query) -> tuple[str, pl.DataFrame]:
    """The table shown, with definition, caveats and dates in every row."""
    view = read_view(release, query)
    catalogue = view.catalogue
    both = pl.concat([view.references, view.rows], how="diagonal_relaxed")
    frame = both.select(
        pl.lit(catalogue["title"]).alias("indicator_title"),
        pl.lit(view.group_name).alias("group"),
        pl.lit(view.period_words).alias("period"),
        pl.col("area_name"),
        pl.col("numerator").cast(pl.Int64),
        *(pl.col(name) for name in ("denominator", "value", "lower95", "upper95", "status", "immature", "excluded")),
        pl.col("standing").alias("compared_with_england"),
        pl.col("is_part_period"),
        pl.lit(catalogue["caveat"]).alias("caveat"),
        pl.lit(words.NOT_A_PERFORMANCE_MEASURE).alias("how_to_read"),
    )
    return f"compare-partnerships-{catalogue['indicator']}-{view.group_name}-{view.period}", frame
