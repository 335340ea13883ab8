"""How areas and periods are named where they are chosen, and why some cannot be."""

from collections.abc import Mapping
from typing import Any

from throughline.wording.values import listed, period_in_words, plural, short_name

WITHOUT_ARTICLE = ("London", "Yorkshire and The Humber")
WITH_ARTICLE = ("Isle of Wight", "East Riding of Yorkshire")  # of all partnerships, which have none as a rule
KINDS = {
    "region": ("region", "regions"),
    "police_force": ("police force area", "police force areas"),
    "icb": ("integrated care board", "integrated care boards"),
    "partnership": ("partnership", "partnerships"),
}
WHY = {
    "public": "each count could point to a child, or tell one that could. Figures of partnerships are published over "
    "three years, and only where no count is small.",
}
WHY_OF_OTHERS = (
    "they lie outside your own area, and none of their figures here are published: each count could point to a child."
)
NOTHING_IN_PERIOD = (
    "No figure of this area may be shown for this period. Choose one that the list does not mark as having nothing to "
    "show."
)
PART_PERIOD = (
    "This period is not over. Its figures cover only the part up to the as-at date, and will change as cases reach the "
    "age at which they count."
)


def area_in_words(area_type: str, area_name: str) -> str:
    """An area as a list and a sentence name it."""
    if area_type == "partnership":
        return short_name(area_name)
    if area_type == "police_force":
        return f"{area_name} force area"
    if area_type == "icb":
        return area_name.removeprefix("NHS ").replace("Integrated Care Board", "ICB")
    return area_name


def area_in_a_sentence(area_type: str, area_name: str) -> str:
    """An area's name with its article, where English has one: the North West; London; the Isle of Wight."""
    has_article = {
        "region": area_name not in WITHOUT_ARTICLE,
        "police_force": True,
        "icb": True,
        "partnership": area_name in WITH_ARTICLE,
    }
    return f"the {area_name}" if has_article.get(area_type, False) else area_name


def period_offered(row: Mapping[str, Any]) -> str:
    """A period as the list shows it: marked where it is not over, or where this reader sees nothing in it."""
    said = period_in_words(row["period_type"], row["period"]).replace(" ending ", " to ")
    marks = (" (not over)" if row["is_part_period"] else "") + ("" if row["has_figures"] else " (nothing to show)")
    return said[0].upper() + said[1:] + marks


def areas_not_offered(missing: Mapping[str, int], role: str) -> str:
    """How many areas of each kind are not in the list, and why; empty where all that hold anything are."""
    if role == "panel":
        return ""
    left_out = [plural(missing[kind], *names) for kind, names in KINDS.items() if missing.get(kind)]
    if not left_out:
        return ""
    return f"Not in the list of areas: {listed(left_out)}, because {WHY.get(role, WHY_OF_OTHERS)}"
