"""Why the returns of a partnership or region that an address names are not shown, and what is shown instead."""

from collections.abc import Mapping

import polars as pl

from throughline.analyses.elsewhere import ways
from throughline.analyses.scope import names_of_areas
from throughline.release import Release, Viewer
from throughline.report import Elsewhere
from throughline.wording import elsewhere as words
from throughline.wording.scope import area_in_a_sentence


def instead_of(
    release: Release, viewer: Viewer, path: str, everyone: pl.DataFrame, asked: Mapping[str, str | None]
) -> Elsewhere | None:
    """Why the place in an address is not shown; None where it is, or is not known at all."""
    names = names_of_areas(release)
    for area_type, held in (("partnership", everyone["partnership_code"]), ("region", everyone["region_code"])):
        place = (area_type, asked.get(area_type) or "")
        if place in names and place[1] not in held:
            name = area_in_a_sentence(area_type, names[place])
            return Elsewhere(
                words.not_yours(name),
                words.instead(shown_to(viewer, everyone)),
                ways(release, path, place, name, shows_region=True),
            )
    return None


def shown_to(viewer: Viewer, everyone: pl.DataFrame) -> str:
    """What this reader sees whatever the address says."""
    if everyone.is_empty():
        return words.FOR_EVERYBODY
    own = everyone["short_name"]
    return own[0] if own.len() == 1 else words.OWN_REGION if viewer.role == "region" else words.EVERY_PARTNERSHIP
