"""Which area an address is about, and the name that each page has for it: a link to another page goes on with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, urlencode, urlsplit

from throughline.analyses import comparison_choices
from throughline.analyses.scope import names_of_areas
from throughline.release import Release

AREA_PAGES = {
    "/",
    "/notification-trends",
    "/conversion",
    "/timeliness",
    "/demographic-recording",
    "/recommendations",
}
COMPARE, PROFILE, DATA_QUALITY = "/compare-partnerships", "/profile", "/data-quality"
# A profile of a region is none, but the page then begins with the region's partnerships.
NAMED_BY_TYPE = {PROFILE: ("partnership", "region"), DATA_QUALITY: ("partnership", "region")}
# On the comparison a partnership stands among its neighbours.
GROUP_OF = {
    "partnership": "statistical_neighbours",
    "region": "region",
    "police_force": "police_force",
    "icb": "icb",
}
TYPE_OF = {group: area_type for area_type, group in GROUP_OF.items()}


@dataclass(frozen=True)
class Place:
    """One area, by its type and code."""

    area_type: str
    area_code: str


def place_asked(release: Release, path: str, query: Mapping[str, str]) -> Place | None:
    """The area that an address names; None where it names none, or one that this release does not know."""
    if path in AREA_PAGES:
        return known(release, query.get("area"))
    if path == COMPARE:
        group_type, _, code = (query.get("group") or "").partition(":")
        return known(release, code) if group_type in TYPE_OF else None
    for name in NAMED_BY_TYPE.get(path, ()):
        found = known(release, query.get(name))
        if found is not None:
            return found
    return None


def known(release: Release, code: str | None) -> Place | None:
    """The place of a code."""
    return places_by_code(release).get(code or "")


@lru_cache(maxsize=4)
def places_by_code(release: Release) -> dict[str, Place]:
    """Every area that pages can be about."""
    return {code: Place(area_type, code) for area_type, code in names_of_areas(release)}


@lru_cache(maxsize=4096)  # the same links stand in view after view
def with_place(release: Release, address: str, place: Place) -> str:
    """The same address about this place, where its page can be and does not say already what it is about."""
    parts = urlsplit(address)
    named = naming(release, parts.path, place)
    if named is None or names_of(parts.path) & parse_qs(parts.query, keep_blank_values=True).keys():
        return address
    query = "&".join(text for text in (urlencode([named], safe=":"), parts.query) if text)
    return parts._replace(query=query).geturl()


def names_of(path: str) -> set[str]:
    """The names in an address that say what its page is about."""
    if path in AREA_PAGES:
        return {"area"}
    return {"group"} if path == COMPARE else set(NAMED_BY_TYPE.get(path, ()))


def naming(release: Release, path: str, place: Place) -> tuple[str, str] | None:
    """The name and value that say to a page what it is about; None where the page knows no such place."""
    if path in AREA_PAGES:
        return "area", place.area_code
    if path == COMPARE:
        group = f"{GROUP_OF.get(place.area_type)}:{place.area_code}"
        offered = {choice.value for choice in comparison_choices.group_choices(release)}
        return ("group", group) if group in offered else None
    return (place.area_type, place.area_code) if place.area_type in NAMED_BY_TYPE.get(path, ()) else None
