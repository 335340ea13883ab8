"""Sentences on the map of England: which regions hold a partnership that differs, and what a tile does not say."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughline.wording.reasons import aloud
from throughline.wording.scope import area_in_a_sentence
from throughline.wording.standing import STANDING_IN_WORDS, TOO_FEW
from throughline.wording.values import listed, plural, value_or_symbol

NO_MAP = "No map is drawn for this measure here"
NOTHING_TO_SEE = "No partnership and no region has a figure that may be shown to you, so there is nothing to draw."
NO_ENGLAND = "England's own figure is not shown, so there is nothing to set an area against."
NO_PARTNERSHIP = "No partnership has a figure that may be shown to you, so authorities are not drawn. Regions are."
LOOK_IN_WORDS = {**STANDING_IN_WORDS, "few": TOO_FEW, "none": "Nothing to compare: the letter says why"}
MOST_REGIONS = 2  # named in a heading
LIMIT = (
    "A tile is a place in a drawing and no area on the ground: its size says nothing of an area or its children, and "
    "neighbours here need not be neighbours there. Tiles show how sure a difference is and never the value itself, "
    "which among so few cases is mostly luck. Alike tiles side by side are no pattern by that alone."
)
JOINT = "Authorities of a joint partnership all have its figure, so rows cannot be added up."


def measured(title: str, period: str) -> str:
    """What the map shows."""
    return f"{title}: how each authority's partnership, and each region, stands to England, {period}."


def refusal(unit: str, england_value: float | None) -> str:
    """Why there can be no map; empty where there can."""
    if unit == "count":
        return "Counts follow the number of children, so a map of them would only show where children live."
    return NO_ENGLAND if england_value is None else ""


def heading(compared: pl.DataFrame, regions: pl.DataFrame, expected_flags: float | None) -> str:
    """How many partnerships differ, and where unless luck would give as many; of regions where no partnership shows."""
    if not compared.height:
        named = regions.filter(pl.col("differs"))["area_name"].to_list()
        if not named:
            return "Map: no region differs from England by more than chance"
        verb = "differs" if len(named) == 1 else "differ"
        return f"Map: {in_sentence(named)} {verb} from England by more than chance"
    differing = compared.filter("differs")
    if not differing.height:
        if compared.height == 1:
            return "Map: the one partnership with a figure does not differ from England by more than chance"
        return f"Map: none of {compared.height} partnerships differs from England by more than chance"
    verb = "differs" if differing.height == 1 else "differ"
    who = f"Map: {differing.height} of {plural(compared.height, 'partnership')} {verb} from England"
    if expected_flags is not None and expected_flags >= differing.height:
        return f"{who}, no more than chance alone would give"
    named = sorted(differing["region_name"].unique())
    where = in_sentence(named) if len(named) <= MOST_REGIONS else f"{len(named)} regions"
    return f"{who} by more than chance, in {where}"


def in_sentence(names: list[str]) -> str:
    """Regions with their articles: London and the North West."""
    return listed([area_in_a_sentence("region", name) for name in names])


def mark(row: Mapping[str, Any]) -> str:
    """The letter in the tile of an area without a figure."""
    return "" if row["value"] is not None else f"[{row['status']}]"


def who_differs(compared: pl.DataFrame) -> str:
    """Those above and those below by more than chance, each with its region."""
    differing = compared.filter("differs").select("standing", "area_name", "region_name").rows()
    found = [
        f"{side}: {listed(named)}."
        for side, standing in (("Higher than England", "higher_998"), ("Lower than England", "lower_998"))
        if (named := [f"{name} ({region})" for stands, name, region in differing if stands == standing])
    ]
    return " ".join(found) or "Nobody differs from England by more than chance."


def too_few(few: int, compared: int) -> str:
    """How many of those compared have too few cases to be called anything."""
    if not few:
        return ""
    if few == compared:
        return "All with a figure have too few cases to show a difference, so this is not evidence that they are alike."
    verb = "has" if few == 1 else "have"
    return f"{few} of the {compared} with a figure {verb} too few cases to say either way."


def regions_that_differ(regions: pl.DataFrame) -> str:
    """Regions above or below England by more than chance; empty where there is none."""
    found = [
        f"{in_sentence(names)} {'is' if len(names) == 1 else 'are'} {side} than England"
        for side, standing in (("higher", "higher_998"), ("lower", "lower_998"))
        if (names := sorted(regions.filter(standing=standing)["area_name"]))
    ]
    return f"Of the regions, {listed(found)} by more than chance." if found else ""


def not_drawn(ended: int) -> str:
    """Partnerships that had ended by the as-at date: no tile is theirs."""
    if not ended:
        return ""
    verb = "has a figure of this period and is" if ended == 1 else "have a figure of this period and are"
    return f"{plural(ended, 'partnership')} that ended since {verb} not drawn."


def authorities_alternative(short_title: str, period: str, drawn: pl.DataFrame, compared: pl.DataFrame) -> str:
    """The text alternative of the map of authorities: what differs, by region, and how many have no figure."""
    partnerships, differing = {}, {}
    for region, code in drawn.select("region_name", "partnership_code").iter_rows():
        partnerships.setdefault(region, set()).add(code)
    for region, differs in compared.select("region_name", "differs").iter_rows():
        differing.setdefault(region, []).append(differs)
    parts = [
        f"Tile map of {plural(drawn.height, 'authority', 'authorities')} in {plural(len(partnerships), 'region')}: how "
        f"the partnership of each stands to England, {short_title}, {period}.",
        who_differs(compared),
    ]
    for region in sorted(partnerships):
        parts.append(f"{region}: {of_one_region(len(partnerships[region]), differing.get(region, []))}.")
    return " ".join([*parts, "The table below has every authority."])


def of_one_region(partnerships: int, compared: Sequence[bool]) -> str:
    """How many of a region's partnerships have a figure, and how many of them differ, as each compared one does."""
    if not compared:
        return f"no figure for any of {plural(partnerships, 'partnership')}"
    differing = sum(compared)
    shown = (
        plural(partnerships, "partnership")
        if len(compared) == partnerships
        else f"{len(compared)} of {plural(partnerships, 'partnership')} with a figure"
    )
    return f"{shown}, {differing or 'none'} {'differ' if differing > 1 else 'differs'}"


def regions_alternative(
    short_title: str, period: str, regions: pl.DataFrame, england: Mapping[str, Any], unit: str
) -> str:
    """The text alternative of the map of regions: from where to where, England, and who differs."""
    known = regions.filter(pl.col("value").is_not_null()).sort("value", "area_name")
    low, high = known.row(0, named=True), known.row(-1, named=True)
    parts = [
        f"Tile map of {plural(regions.height, 'region')}, each with its figure and 95% interval: {short_title}, "
        f"{period}."
    ]
    if known.height > 1:
        ends = [
            f"{aloud(value_or_symbol(row, unit))} in {area_in_a_sentence('region', row['area_name'])}"
            for row in (low, high)
        ]
        parts.append(f"Values run from {ends[0]} to {ends[1]}.")
    parts.append(f"England: {aloud(value_or_symbol(england, unit))}.")
    for side, standing in (("Higher", "higher_998"), ("Lower", "lower_998")):
        if named := known.filter(standing=standing)["area_name"].to_list():
            parts.append(f"{side} by more than chance: {listed(sorted(named))}.")
    if not known["differs"].any():
        parts.append("None differs from England by more than chance.")
    return " ".join([*parts, "The table below has every region."])
