"""What goes with a reader from page to page in the address: the release, so that a view stays what it was, the place
that it is about, and words before charts for those who prefer them."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from dash import html
from dash.development.base_component import Component

from dashboards.component_trees import components_in
from dashboards.places import Place, with_place
from throughline.release import NoSuchRelease, Release, find_release, open_current
from throughline.report import RELEASE
from throughline.wording import about_release as words
from throughline.workspace import Workspace

FILES = "/download/"
ALWAYS_CURRENT = {"/review-pairs"}  # decisions are about the current release, whatever the address says
SHOW, WORDS, CHARTS = "show", "words", "charts"  # the name in an address that says what stands first, and its values


@dataclass(frozen=True)
class Asked:
    """The release that an address asks for beside the current one; `is_missing` where there is none of that name.

    `in_words` says that words and tables stand before charts.
    """

    release: Release
    current: Release
    is_missing: bool = False
    in_words: bool = False

    @property
    def is_older(self) -> bool:
        """Whether another release than the current one is shown."""
        return self.release != self.current


def asked(workspace: Workspace, query: Mapping[str, str]) -> Asked:
    """The release that an address names; the current one where it names none, or one that is not here.

    Raises NoRelease where there is not even a current one.
    """
    current = open_current(workspace)
    name, in_words = query.get(RELEASE), query.get(SHOW) == WORDS
    if not name:
        return Asked(current, current, in_words=in_words)
    try:
        return Asked(find_release(workspace, name), current, in_words=in_words)
    except NoSuchRelease:
        return Asked(current, current, is_missing=True, in_words=in_words)


def with_choices(address: str, chosen: Mapping[str, str]) -> str:
    """The same address with these choices in it; what it says already stays as it is."""
    parts = urlsplit(address)
    said = {text.partition("=")[0] for text in parts.query.split("&")}
    added = urlencode({name: value for name, value in chosen.items() if name not in said})
    return parts._replace(query="&".join(text for text in (added, parts.query) if text)).geturl()


def keep_choices(content: Component, found: Asked, place: Place | None = None) -> None:
    """Writes the release, the place, and words before charts where they were asked for, into the addresses in a page.

    A file is always of the release that its page showed, and so is a view that a form asks for. Links to other pages
    name it only where it is not the current one: from a view of today they lead to the newest figures. A link that says
    itself what it is about stays so.
    """
    release = {RELEASE: found.release.release_id}
    show = {SHOW: WORDS} if found.in_words else {}
    to_pages = {**(release if found.is_older else {}), **show}
    for part in components_in(content):
        kind = type(part)  # to ask each of thousands whether it is an instance takes longer
        address = getattr(part, "href", "") if kind is html.A else ""
        if address.startswith(FILES):
            part.href = with_choices(address, release)
        elif address.startswith("/"):
            about = with_place(found.release, address, place) if place else address
            kept = show if urlsplit(address).path in ALWAYS_CURRENT else to_pages
            part.href = with_choices(about, kept) if kept else about
        elif kind is html.Form and part.method == "get":
            keep_in_form(part, release, show)


def keep_in_form(form: html.Form, release: Mapping[str, str], show: Mapping[str, str]) -> None:
    """The button that sends a form names the release; a list that nobody sees says to go on with words."""
    for button in components_in(form):
        if isinstance(button, html.Button):
            ((button.name, button.value),) = release.items()
    form.children += [
        html.Select(html.Option(value, value=value, selected=True), name=name, hidden=True)
        for name, value in show.items()
    ]


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
