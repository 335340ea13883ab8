"""What was asked about a comparison, and the frames that answer it."""

from collections.abc import Sequence

import polars as pl

from throughline import wording
from throughline.analyses import comparison_choices as choices
from throughline.analyses import own_group
from throughline.analyses.comparison_everywhere import Everywhere
from throughline.analyses.scope import ENGLAND
from throughline.charts import comparison_rows
from throughline.query import Choice, Query
from throughline.release import Release, Viewer
from throughline.wording import breakdowns
from throughline.wording import comparison as words
from throughline.wording.scope import area_in_a_sentence

AND_NEIGHBOURS = " and its statistical neighbours"


class View:
    """What was chosen, and the frames that answer it."""

    def __init__(
        self,
        release: Release,
        viewer: Viewer,
        catalogue: dict,
        lists: dict[str, Sequence[Choice]],
        chosen: dict[str, str],
        partnerships: pl.DataFrame,
    ) -> None:
        self.release, self.viewer = release, viewer
        self.lists, self.chosen, self.catalogue = lists, chosen, catalogue
        self.unit, self.breakdown = catalogue["unit"], chosen["breakdown"]
        self.group_type, self.group_code = chosen["group"].split(":", 1)
        self.period_type, self.period = chosen["period"].split(":", 1)
        self.everywhere = Everywhere(
            release, viewer, catalogue["indicator"], self.breakdown, self.period_type, self.period
        )
        self.period_words = self.everywhere.period_words
        self.members = own_group.members_of(release, self.group_type, self.group_code)
        self.group_name = group_name(release, self.group_type, self.group_code)
        self.group_said = group_said(self.group_type, self.group_name)
        self.title, self.short_title = self.everywhere.title, self.everywhere.short_title
        self.direction = breakdowns.direction(
            catalogue, self.breakdown, [choice.value for choice in lists["breakdown"]]
        )
        self.notices: list[str] = []
        self.references = self._references()
        self.england_value = england_value = self.references.row(0, named=True)["value"]
        ended = set(release.areas().filter(~pl.col("is_current"))["area_code"])
        self.rows = comparison_rows.partnership_rows(
            comparison_rows.with_every_member(partnerships, self.members, ended),
            choices.area_names(release, "partnership"),
            england_value,
            self.unit,
        )
        self.expected_flags = comparison_rows.flags_from_chance(self.rows, england_value, self.unit)
        self.has_figures = bool(self.rows["value"].drop_nulls().len())
        # Apart from England's by year, cases too recent to count are not published.
        self.shows_immature = bool(self.rows["immature"].drop_nulls().len())
        self.is_part_period = bool(self.rows["is_part_period"].fill_null(False).any())

    def _references(self) -> pl.DataFrame:
        england = self.everywhere.values("england", [ENGLAND])
        rows = [comparison_rows.reference_row(england, "England", "England", self.unit)]
        if not self.is_own:  # a set of one's own has no pooled figure in a release
            of_neighbours = self.group_type == "statistical_neighbours"
            pooled = "Neighbours together" if of_neighbours else f"{self.group_name} together"
            group = self.everywhere.values(self.group_type, [self.group_code])
            rows.append(comparison_rows.reference_row(group, pooled, "Together", self.unit))
        return pl.DataFrame(rows, infer_schema_length=None)

    @property
    def is_own(self) -> bool:
        """Whether the partnerships are a set that the reader chose."""
        return self.group_type == own_group.OWN


def read_view(release: Release, viewer: Viewer, query: Query) -> View:
    """The view that an address asks for, with a default for whatever it does not say."""
    lists: dict[str, Sequence[Choice]] = {
        "indicator": choices.indicator_choices(release),
        "group": choices.group_choices(release),
    }
    indicator = query.choose("indicator", "measure", lists["indicator"], choices.START)
    group, lists["group"] = own_group.choose_group(
        release, query, lists["group"], choices.default_group(viewer, lists["group"])
    )
    catalogue = release.indicator(indicator)
    lists["breakdown"] = choices.breakdown_choices(release, catalogue)
    breakdown, other = chosen_breakdown(query, lists["breakdown"])
    members = own_group.members_of(release, *group.split(":", 1))
    periods = choices.Periods(release, viewer, indicator, breakdown, members)
    lists["period"] = periods.choices()
    period = query.choose("period", "period", lists["period"], periods.default())
    chosen = {"indicator": indicator, "breakdown": breakdown, "group": group, "period": period}
    view = View(release, viewer, catalogue, lists, chosen, periods.partnerships(period))
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


def group_name(release: Release, group_type: str, code: str) -> str:
    """A group as a list would name it."""
    if group_type == own_group.OWN:
        return "your own set"
    area_name = choices.area_names(release, group_type)[code]
    if group_type == "statistical_neighbours":
        return f"{wording.short_name(area_name)}{AND_NEIGHBOURS}"
    return f"{area_name} police force area" if group_type == "police_force" else area_name


def group_said(group_type: str, name: str) -> str:
    """A group as a sentence names it, with its article."""
    if group_type == "statistical_neighbours":
        own = name.removesuffix(AND_NEIGHBOURS)
        return f"{area_in_a_sentence('partnership', own)}{AND_NEIGHBOURS}"
    return area_in_a_sentence(group_type, name)
