"""How a page gets the current release and knows who is reading: the one way in, so that tests can stand in for it."""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps

from dash.development.base_component import Component
from flask import current_app

from dashboards import components
from throughline.release import NoRelease, Release, Viewer, open_current
from throughline.workspace import Workspace

WORKSPACE = "THROUGHLINE_WORKSPACE"
VIEWER = "THROUGHLINE_VIEWER"
KEPT_PAGES = 128


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


def needs_release(layout: Callable[..., Component]) -> Callable[..., Component]:
    """Lays out a page once for each release, reader and address; says in words when there is no release.

    A release never changes, so neither does its page: the HTML and the script that follows it share one layout.
    """

    @lru_cache(maxsize=KEPT_PAGES)
    def laid_out_once(release: Release, reader: Viewer, query: tuple[tuple[str, str], ...]) -> Component:
        return layout(**dict(query))

    @wraps(layout)
    def laid_out(**query: str) -> Component:
        try:
            return laid_out_once(current_release(), viewer(), tuple(sorted(first_values(query).items())))
        except NoRelease as missing:
            return components.page("Throughline", "There is nothing to show yet", str(missing))

    return laid_out
