"""Which analyses go into which pack, in the order in which they are read, and which of their findings lead it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module

from throughline.query import Query
from throughline.release import Release, Viewer
from throughline.report import Report


@dataclass(frozen=True)
class Part:
    """One analysis and what it is asked; {code} stands for the area's code.

    `leads` are the findings, by their names, that stand with their charts in the briefing on the first sheets: what
    this reader would miss if they read nothing else. Every other finding stands in the part that follows.
    """

    analysis: str
    asked: Mapping[str, str] = field(default_factory=dict)
    leads: Sequence[str] = ()

    @property
    def analyse(self) -> Callable[[Release, Viewer, Query], Report]:
        """The function that pages and notebooks call too."""
        return import_module(f"throughline.analyses.{self.analysis}").analyse

    def query(self, code: str) -> dict[str, str]:
        """What the page's address would say."""
        return {name: value.format(code=code) for name, value in self.asked.items()}


OF_AREA = {"area": "{code}"}
# Analyses that are in no pack: they answer somebody who writes a text, serve work in hand, or are of the release as a
# whole, which each part of a pack says of itself.
NOT_IN_PACKS = {"asked_before", "pair_review", "methods", "about_release"}

CONTENTS: dict[str, tuple[Part, ...]] = {
    "regional": (
        Part("overview", OF_AREA, leads=("attention", "standing", "side-by-side")),
        Part("notification_trends", OF_AREA),
        Part("conversion", OF_AREA),
        Part("timeliness", OF_AREA),
        Part("demographic_recording", OF_AREA),
        Part("recommendations", OF_AREA),
        Part("compare_partnerships", {"group": "region:{code}"}),
        Part("data_quality", {"region": "{code}"}),
    ),
    "scrutineer": (
        Part("partnership_profile", {"partnership": "{code}"}, leads=("question-*", "standing")),
        Part("conversion", OF_AREA),
        Part("timeliness", OF_AREA),
        Part("demographic_recording", OF_AREA),
        Part("recommendations", OF_AREA),
    ),
    "panel": (
        Part("overview", leads=("changed", "attention", "standing")),
        Part("notification_trends", leads=("series", "quarters", "watch")),
        Part("conversion"),
        Part("timeliness"),
        Part("demographic_recording"),
        Part("recommendations"),
        Part("compare_partnerships"),
        Part("data_quality"),
        Part("check_against_published"),
    ),
}

TITLES = {
    "regional": "Regional briefing: {area}",
    "scrutineer": "Questions for scrutiny: {area}",
    "panel": "Briefing for the national Panel",
}
READERS = {
    "regional": "For the regional improvement programme. It holds true values of the region's own areas, and of other "
    "areas what is published.",
    "scrutineer": "For those who scrutinise this partnership. It holds the partnership's own true values, and of other "
    "areas what is published.",
    "panel": "For the national Panel. It holds true values of every area.",
}
VIEWERS: dict[str, Callable[[str], Viewer]] = {
    "regional": Viewer.region,
    "scrutineer": Viewer.partnership,
    "panel": lambda _: Viewer.panel(),
}
AREA_TYPES = {"regional": "region", "scrutineer": "partnership"}
