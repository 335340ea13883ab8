"""An area that an address names and that its page does not show: why not, what is shown instead, and where to look."""

from functools import lru_cache
from urllib.parse import urlencode

from throughline.release import Release, Viewer
from throughline.report import Elsewhere, Link
from throughline.wording import elsewhere as words
from throughline.wording.scope import area_in_a_sentence

# What can still be looked at of an area, in the words of its page's address.
PROFILE, COMPARE = "/profile", "/compare-partnerships"
COMPARED = ("police_force", "icb")


def not_shown(
    release: Release, viewer: Viewer, path: str, place: tuple[str, str], name: str, indicators: tuple[str, ...]
) -> Elsewhere:
    """Why none of these indicators is shown of an area, with England in its stead.

    It rests on nothing but the statuses that this reader is given anyway.
    """
    statuses = {
        status
        for indicator in indicators
        for status in release.indicator_values(viewer, indicator=indicator, area_codes=[place[1]])["status"].unique()
    }
    why = words.hidden(name) if "c" in statuses else words.without_figures(name)
    return Elsewhere(why, words.instead("England"), ways(release, path, place, name))


def too_small(release: Release, path: str, place: tuple[str, str], name: str, shown: str) -> Elsewhere:
    """Why a page of England and its regions does not show a smaller area, with what stands in its stead."""
    return Elsewhere(
        words.only_regions(name), words.instead(shown), ways(release, path, place, name, shows_region=True)
    )


def region_of(release: Release, place: tuple[str, str]) -> str | None:
    """The code of the region that an area lies in; None where it is no part of one."""
    return regions_of_areas(release).get(place)


@lru_cache(maxsize=4)
def regions_of_areas(release: Release) -> dict[tuple[str, str], str | None]:
    """The region of every area, by its type and code."""
    areas = release.areas().select("area_type", "area_code", "region_code")
    return {(kind, code): region for kind, code, region in areas.iter_rows()}


def ways(
    release: Release, path: str, place: tuple[str, str], name: str, shows_region: bool = False
) -> tuple[Link, ...]:
    """Where else the area can be looked at, and its region on this page where that is not what is shown already."""
    area_type, code = place
    found = []
    if area_type == "partnership" and is_current(release, code):
        found.append(Link(words.profile_of(name), f"{PROFILE}?{urlencode({'partnership': code})}"))
    if area_type in COMPARED:
        found.append(Link(words.partnerships_of(name), f"{COMPARE}?{urlencode({'group': f'{area_type}:{code}'})}"))
    region = region_of(release, place)
    if region and region != code and not shows_region:
        found.append(
            Link(words.region_here(region_said(release, region), name), f"{path}?{urlencode({'area': region})}")
        )
    return tuple(found)


def is_current(release: Release, code: str) -> bool:
    """Whether a partnership has not ended."""
    areas = release.areas()
    return bool(areas.filter(area_type="partnership", area_code=code, is_current=True).height)


def region_said(release: Release, code: str) -> str:
    """A region as a sentence names it."""
    name = release.areas().filter(area_type="region", area_code=code)["area_name"][0]
    return area_in_a_sentence("region", name)
