"""What the comparison page was asked for, and the frames that answer it."""

from collections.abc import Sequence

import polars as pl

from dashboards.data import ENGLAND, viewer
from dashboards.views import comparison_choices as choices
from throughline import wording
from throughline.charts import comparison_rows
from throughline.query import Choice, Query
from throughline.release import Release
from throughline.wording import breakdowns
from throughline.wording import comparison as words


class View:
    """What was chosen, and the frames that answer it."""

    def __init__(
        self,
        release: Release,
        catalogue: dict,
        lists: dict[str, Sequence[Choice]],
        chosen: dict[str, str],
        partnerships: pl.DataFrame,
    ) -> None:
        self.lists, self.chosen, self.catalogue = lists, chosen, catalogue
        self.unit, self.breakdown = catalogue["unit"], chosen["breakdown"]
        self.group_type, self.group_code = chosen["group"].split(":", 1)
        self.period_type, self.period = chosen["period"].split(":", 1)
        self.period_words = wording.period_in_words(self.period_type, self.period)
        self.group_name = group_name(self.group_type, choices.area_names(release, self.group_type)[self.group_code])
        self.title = breakdowns.title(catalogue, self.breakdown)
        self.short_title = breakdowns.title(catalogue, self.breakdown, "short_title")
        self.direction = breakdowns.direction(
            catalogue, self.breakdown, [choice.value for choice in lists["breakdown"]]
        )
        self.notices: list[str] = []
        self.references = self._references(release)
        england_value = self.references.row(0, named=True)["value"]
        members = choices.members_of(release, self.group_type, self.group_code)
        ended = set(release.areas().filter(~pl.col("is_current"))["area_code"])
        self.rows = comparison_rows.partnership_rows(
            comparison_rows.with_every_member(partnerships, members, ended),
            choices.area_names(release, "partnership"),
            england_value,
            self.unit,
        )
        self.expected_flags = comparison_rows.flags_from_chance(self.rows, england_value, self.unit)
        self.has_figures = bool(self.rows["value"].drop_nulls().len())
        self.is_part_period = bool(self.rows["is_part_period"].fill_null(False).any())

    def _values(self, release: Release, area_type: str, codes: list[str]) -> pl.DataFrame:
        return release.indicator_values(
            viewer(),
            indicator=self.catalogue["indicator"],
            area_type=area_type,
            area_codes=codes,
            period_type=self.period_type,
            period=self.period,
            breakdown=self.breakdown,
        )

    def _references(self, release: Release) -> pl.DataFrame:
        of_neighbours = self.group_type == "statistical_neighbours"
        pooled = "Neighbours together" if of_neighbours else f"{self.group_name} together"
        england = self._values(release, "england", [ENGLAND])
        group = self._values(release, self.group_type, [self.group_code])
        rows = [
            comparison_rows.reference_row(england, "England", "England", self.unit),
            comparison_rows.reference_row(group, pooled, "Together", self.unit),
        ]
        return pl.DataFrame(rows, infer_schema_length=None)


def read_view(release: Release, query: Query) -> View:
    """The view that an address asks for, with a default for whatever it does not say."""
    lists: dict[str, Sequence[Choice]] = {
        "indicator": choices.indicator_choices(release),
        "group": choices.group_choices(release),
    }
    indicator = query.choose("indicator", "measure", lists["indicator"], choices.default_indicator())
    group = query.choose("group", "group of partnerships", lists["group"], choices.default_group(lists["group"]))
    catalogue = release.indicators().filter(pl.col("indicator") == indicator).row(0, named=True)
    lists["breakdown"] = choices.breakdown_choices(release, catalogue)
    breakdown, other = chosen_breakdown(query, lists["breakdown"])
    periods = choices.Periods(release, indicator, breakdown, choices.members_of(release, *group.split(":", 1)))
    lists["period"] = periods.choices()
    period = query.choose("period", "period", lists["period"], periods.default())
    chosen = {"indicator": indicator, "breakdown": breakdown, "group": group, "period": period}
    view = View(release, catalogue, lists, chosen, periods.partnerships(period))
    if other:
        view.notices.append(words.other_breakdown(breakdowns.in_words(catalogue, breakdown)))
    if tuple(period.split(":", 1)) not in periods.published():
        view.notices.append(words.not_published(periods.published()))
    return view


def chosen_breakdown(query: Query, offered: Sequence[Choice]) -> tuple[str, bool]:
    """The breakdown asked for where this measure has it, else its first; and whether another was asked for."""
    wanted = query.given.get("breakdown")
    if any(choice.value == wanted for choice in offered):
        return wanted, False
    return offered[0].value, bool(wanted)


def group_name(group_type: str, area_name: str) -> str:
    """A group as a sentence would name it."""
    if group_type == "statistical_neighbours":
        return f"{wording.short_name(area_name)} and its statistical neighbours"
    return f"{area_name} police force area" if group_type == "police_force" else area_name


def download(release: Release, query: Query) -> tuple[str, pl.DataFrame]:
    """The table shown, with definition, caveats and dates in every row."""
    view = read_view(release, query)
    catalogue = view.catalogue
    references = view.references.with_columns(
        shown=pl.Series([wording.value_or_symbol(row, view.unit) for row in view.references.iter_rows(named=True)])
    )
    both = pl.concat([references, view.rows], how="diagonal_relaxed")
    is_fraction = pl.Series([wording.is_fraction(row, view.unit) for row in both.iter_rows(named=True)])
    frame = both.select(
        pl.lit(catalogue["title"]).alias("indicator_title"),
        pl.lit(breakdowns.in_words(catalogue, view.breakdown)).alias("breakdown"),
        pl.lit(view.group_name).alias("group"),
        pl.lit(view.period_words).alias("period"),
        pl.col("area_name"),
        pl.col("numerator").cast(pl.Int64),
        pl.col("denominator"),
        pl.col("shown").alias("value_in_words"),
        # Of so few cases a percentage would say too much, in a file too: the fraction is in words beside it.
        pl.when(~is_fraction).then(pl.col("value")).alias("value"),
        *(pl.col(name) for name in ("lower95", "upper95", "status", "reason", "immature", "excluded")),
        pl.col("standing").alias("compared_with_england"),
        pl.col("earlier").alias("compared_with_own_earlier_period"),
        pl.col("is_part_period"),
        pl.lit(catalogue["caveat"]).alias("caveat"),
        pl.lit(words.NOT_A_PERFORMANCE_MEASURE).alias("how_to_read"),
    )
    return f"compare-partnerships-{catalogue['indicator']}-{view.breakdown}-{view.group_name}-{view.period}", frame
