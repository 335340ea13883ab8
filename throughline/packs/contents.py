"""Which analyses go into which pack: one line each, in the order in which they are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from throughline.query import Query
from throughline.release import Release, Viewer
from throughline.report import Report


@dataclass(frozen=True)
class Part:
    """One analysis and what it is asked; {code} stands for the area's code."""

    analysis: str
    asked: Mapping[str, str] = field(default_factory=dict)

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
        Part("overview", OF_AREA),
        Part("notification_trends", OF_AREA),
        Part("conversion", OF_AREA),
        Part("timeliness", OF_AREA),
        Part("demographic_recording", OF_AREA),
        Part("recommendations", OF_AREA),
        Part("compare_partnerships", {"group": "region:{code}"}),
    ),
    "scrutineer": (
        Part("partnership_profile", {"partnership": "{code}"}),
        Part("conversion", OF_AREA),
        Part("timeliness", OF_AREA),
        Part("demographic_recording", OF_AREA),
        Part("recommendations", OF_AREA),
    ),
    "panel": (
        Part("overview"),
        Part("notification_trends"),
        Part("conversion"),
        Part("timeliness"),
        Part("demographic_recording"),
        Part("recommendations"),
        Part("compare_partnerships"),
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
