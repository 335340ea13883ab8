"""Addresses that name their release: a view that was mailed or kept shows the same figures in a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from dash import html
from dash.development.base_component import Component

from throughline.release import NoSuchRelease, Release, find_release, open_current
from throughline.report import RELEASE
from throughline.wording import about_release as words
from throughline.workspace import Workspace

FILES = "/download/"


@dataclass(frozen=True)
class Asked:
    """The release that an address asks for beside the current one; `is_missing` where there is none of that name."""

    release: Release
    current: Release
    is_missing: bool = False

    @property
    def is_older(self) -> bool:
        """Whether another release than the current one is shown."""
        return self.release != self.current


def asked(workspace: Workspace, query: Mapping[str, str]) -> Asked:
    """The release that an address names; the current one where it names none, or one that is not here.

    Raises NoRelease where there is not even a current one.
    """
    current = open_current(workspace)
    name = query.get(RELEASE)
    if not name:
        return Asked(current, current)
    try:
        return Asked(find_release(workspace, name), current)
    except NoSuchRelease:
        return Asked(current, current, is_missing=True)


def with_release(address: str, release: Release) -> str:
    """The same address, of this release."""
    parts = urlsplit(address)
    chosen = {**dict(parse_qsl(parts.query, keep_blank_values=True)), RELEASE: release.release_id}
    return parts._replace(query=urlencode(chosen)).geturl()


def keep_release(content: Component, found: Asked) -> None:
    """Writes the release into the addresses in a page.

    A file is always of the release that its page showed, and so is a view that a form asks for. Links to other pages
    name it only where it is not the current one: from a view of today they lead to the newest figures.
    """
    for part in content._traverse():
        address = getattr(part, "href", "") if isinstance(part, html.A) else ""
        if address.startswith(FILES) or (address.startswith("/") and found.is_older):
            part.href = with_release(address, found.release)
        elif isinstance(part, html.Form) and part.method == "get":
            for button in part._traverse():
                if isinstance(button, html.Button):
                    button.name, button.value = RELEASE, found.release.release_id


def notice(found: Asked, path: str, query: Mapping[str, str]) -> html.Div | None:
    """Says when the figures are not those of the current release, or not those that were asked for."""
    if found.is_missing:
        return banner(f"{words.no_such_release(query[RELEASE])} {words.instead(found.current.as_at_date)}")
    if not found.is_older:
        return None
    rest = {name: value for name, value in query.items() if name != RELEASE}
    newest = html.A(
        "See the same view in the current release",
        href=f"{path}?{urlencode(rest)}" if rest else path,
        className="govuk-link",
    )
    return banner(words.kept_release(found.release.as_at_date, found.current.as_at_date), newest)


def banner(said: str, *links: html.A) -> html.Div:
    """What must be known before anything on the page is read."""
    return html.Div(
        [html.P(html.Strong(said)), *(html.P(link) for link in links)],
        className="app-release-notice",
        role="region",
        **{"aria-label": "Which release this is"},
    )
