"""How a page gets the current release and knows who is reading: the one way in, so that tests can stand in for it."""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache, wraps

import dash
from dash import html
from dash.development.base_component import Component
from flask import current_app

from dashboards import addresses, components, titles
from dashboards.addresses import Asked
from dashboards.places import place_asked
from throughline import replies
from throughline.release import NoRelease, Release, Viewer, open_current
from throughline.report import RELEASE
from throughline.workspace import Workspace

WORKSPACE = "THROUGHLINE_WORKSPACE"
VIEWER = "THROUGHLINE_VIEWER"
# Trees of components are large, so few are kept: enough for the HTML and the script that follows it to share one.
KEPT_PAGES = 8


def current_release() -> Release:
    """The release that the pointer names at this moment; its frames are cached by release."""
    workspace: Workspace = current_app.config[WORKSPACE]
    return open_current(workspace)


def workspace() -> Workspace:
    """Where this server's releases and decisions are."""
    return current_app.config[WORKSPACE]


def viewer() -> Viewer:
    """Who this server serves."""
    return current_app.config[VIEWER]


def first_values(query: Mapping[str, str | list[str]]) -> dict[str, str]:
    """One value a name: an address may name the same thing twice."""
    return {name: value if isinstance(value, str) else value[0] for name, value in query.items()}


def asked(query: Mapping[str, str]) -> Asked:
    """The release that an address names, or the current one."""
    return addresses.asked(workspace(), query)


def needs_release(layout: Callable[..., Component]) -> Callable[..., Component]:
    """Lays out a page once for each release, reader and address; says in words when there is no release.

    The layout is given the release that the address names. A release never changes, so neither does its page until
    somebody replies to it or another release is made: the HTML and the script that follows it share one layout.
    """

    @lru_cache(maxsize=KEPT_PAGES)
    def laid_out_once(found: Asked, reader: Viewer, query: tuple[tuple[str, str], ...], _: tuple) -> Component:
        given = dict(query)
        path = dash.page_registry[layout.__module__]["path"]
        chosen = {name: value for name, value in given.items() if name != RELEASE}
        content = layout(found.release, **chosen)
        addresses.keep_choices(content, found, place_asked(found.release, path, chosen))
        return html.Div([addresses.notice(found, path, given), content])

    @wraps(layout)
    def laid_out(**query: str) -> Component:
        given = first_values(query)
        try:
            found = asked(given)
            content = laid_out_once(found, viewer(), tuple(sorted(given.items())), changed_at(found.release))
        except NoRelease as missing:
            return components.page("Throughline", "There is nothing to show yet", str(missing))
        titles.keep(content, dash.page_registry[layout.__module__]["supplied_title"])
        return content

    laid_out.is_kept = True
    return laid_out


def state_of(page: Mapping, query: Mapping[str, str]) -> Hashable | None:
    """All that a page's content depends on besides its address; None where it is laid out anew each time."""
    if not getattr(page["layout"], "is_kept", False):
        return None
    try:
        found = asked(query)
    except NoRelease:
        return None
    return found, viewer(), changed_at(found.release)


def changed_at(release: Release) -> tuple[int, int]:
    """When something last changed that a page of this release shows beside it: a reply, or which releases are held."""
    return replies.changed_at(release), workspace().releases.stat().st_mtime_ns
