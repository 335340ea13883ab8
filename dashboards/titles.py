"""The title of a page: its question, what was chosen, and the site; a bookmark then says which view it keeps."""

from collections.abc import Sequence

import dash
from dash.development.base_component import Component
from flask import g, has_request_context

from dashboards.component_trees import components_in
from throughline.report import Filter, TextFilter

ABOUT = "data-about"  # the attribute of a page's content that says what it is about
NAMED = ("indicator", "area", "group", "region", "partnership", "family", "period")
SITE = " - Throughline"


def about(filters: Sequence[Filter | TextFilter]) -> str:
    """The place, measure and time that are shown, as their lists have them; never words that a reader wrote."""
    held = {one.name: one for one in filters if isinstance(one, Filter) and one.chosen}
    if "partnership" in held:  # a region beside a partnership is chosen for one table alone
        held.pop("region", None)
    if "area" in held:  # a partnership beside an area is chosen for one finding alone
        held.pop("partnership", None)
    # A mark in brackets, such as that a period is not over, is said on the page.
    said = [held[name].in_words.split(" (")[0] for name in NAMED if name in held]
    return ", ".join(text if place == 0 else lower_first(text) for place, text in enumerate(said))


def lower_first(text: str) -> str:
    """A period inside a sentence: three years to March 2026; names stay as they are."""
    return text[0].lower() + text[1:] if text.startswith(("Three years", "Year")) else text


def title_of(page_title: str, content: Component) -> str:
    """The page's title with what its content is about."""
    # It stands near the top, so hardly any of a page's thousands of parts is looked at.
    said = next((getattr(part, ABOUT, "") for part in components_in([content]) if hasattr(part, ABOUT)), "")
    question = page_title.removesuffix(SITE)
    stop = "" if question.endswith("?") else "."
    return f"{question}{stop} {said}{SITE}" if said else page_title


def keep(content: Component, page_title: str) -> None:
    """Remembers the title for the rest of this request: Dash asks for it after the layout."""
    g.page_title = title_of(page_title, content)


def follow_what_is_chosen() -> None:
    """Has Dash set the title that belongs to the layout of the same request, where it would set the page's own."""
    for page in dash.page_registry.values():
        page["title"] = asked(page["supplied_title"])


def asked(page_title: str):
    """A function for Dash that gives the title of this request's layout."""
    return lambda **_: g.get("page_title", page_title) if has_request_context() else page_title
