"""The way up from an area on the same page, partnership to region to England, and from a partnership to other pages."""

from urllib.parse import urlencode

from throughline.analyses.elsewhere import region_of, region_said
from throughline.analyses.scope import ENGLAND, Scope, areas_seen, names_of_areas
from throughline.release import Release, Viewer
from throughline.report import Link
from throughline.wording import elsewhere as words
from throughline.wording.scope import area_in_a_sentence


def trail(release: Release, viewer: Viewer, scope: Scope, path: str, indicators: tuple[str, ...]) -> tuple[Link, ...]:
    """The areas above the one shown, the largest first, as far as this page shows them to this reader."""
    if scope.is_england:
        return ()
    place = (scope.area_type, scope.area_code)
    above = [("england", ENGLAND), ("region", region_of(release, place))]
    seen, names = areas_seen(release, viewer, indicators), names_of_areas(release)
    return tuple(
        Link(names[one], f"{path}?{urlencode({'area': one[1]})}") for one in above if one != place and one in seen
    )


def trail_of_profile(release: Release, code: str) -> tuple[Link, ...]:
    """Above a partnership's profile stands the overview of its region, and above that England's."""
    names, region = names_of_areas(release), region_of(release, ("partnership", code))
    above = [("england", ENGLAND), *([("region", region)] if region else [])]
    return tuple(Link(names[one], f"/?{urlencode({'area': one[1]})}") for one in above)


def onward(release: Release, viewer: Viewer, code: str) -> tuple[Link, ...]:
    """The same partnership on every other page, marked where that page has no figures of it for this reader."""
    name = area_in_a_sentence("partnership", names_of_areas(release)["partnership", code])
    region = region_of(release, ("partnership", code))
    pages = [
        Link(words.on_page(topic, is_shown(release, viewer, code, indicators)), f"{path}?{urlencode({'area': code})}")
        for path, topic, indicators in area_pages()
    ]
    groups = [(f"statistical_neighbours:{code}", words.beside_neighbours(name))]
    if region:
        groups.append((f"region:{region}", words.beside_region(name, region_said(release, region))))
    return (*pages, *(Link(said, f"/compare-partnerships?{urlencode({'group': group})}") for group, said in groups))


def is_shown(release: Release, viewer: Viewer, code: str, indicators: tuple[str, ...]) -> bool:
    """Whether a page of these indicators shows a partnership to this reader."""
    return ("partnership", code) in areas_seen(release, viewer, indicators)


def area_pages() -> list[tuple[str, str, tuple[str, ...]]]:
    """The pages that any area can be chosen on: address, name, and the indicators that decide what is offered."""
    from throughline.analyses import conversion, demographic_recording, recommendations, timeliness

    pages = (conversion, timeliness, demographic_recording, recommendations)
    return [(page.PATH, page.TOPIC, page.INDICATORS) for page in pages]
