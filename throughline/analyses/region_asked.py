"""Which area a page of England and its regions is about, where an address may also name a smaller one."""

from collections.abc import Sequence

from throughline.analyses.elsewhere import region_of, too_small
from throughline.analyses.scope import ENGLAND, names_of_areas, place_named
from throughline.query import Choice, Query
from throughline.release import Release
from throughline.report import Elsewhere
from throughline.wording.scope import area_in_a_sentence


def region_asked(
    release: Release, query: Query, path: str, areas: Sequence[Choice], default: str
) -> tuple[str, Elsewhere | None]:
    """The area asked for; of a smaller one its region, or England where it lies in none, and why."""
    place = place_named(release, query.given.get("area"))
    if place is None or place[0] in ("england", "region"):
        return query.choose("area", "area", areas, default), None
    area = region_of(release, place) or ENGLAND
    shown = next(choice.label for choice in areas if choice.value == area)
    name = area_in_a_sentence(place[0], names_of_areas(release)[place])
    said = shown if area == ENGLAND else area_in_a_sentence("region", shown)
    return area, too_small(release, path, place, name, said)
