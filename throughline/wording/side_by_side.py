"""Sentences on areas beside each other: how many of their figures differ from England, and whose."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughline.wording.comparison import chance_sentence
from throughline.wording.measures import lower_first
from throughline.wording.points import BREAK, INTERVAL, cases, in_unit, no_figure
from throughline.wording.reasons import aloud
from throughline.wording.scope import area_in_a_sentence
from throughline.wording.standing import STANDING_IN_WORDS, TOO_FEW
from throughline.wording.values import listed, plural, rounded

NOTHING_TO_SEE = "None of these areas has a figure here that may be shown to you beside England's."
LIMIT = (
    "The shade and the mark say how sure a difference is, and never how large a figure is or whether it is good. Rows "
    "are in order of name. Figures of one area rest partly on the same children, so two marks in one row need not be "
    "two findings, and a pattern across rows is first a question of how each area records."
)
LOOK_IN_WORDS = {
    **STANDING_IN_WORDS,
    "few": TOO_FEW,
    "none": "No figure, or nothing to compare: the letter says why",
}
MOST_NAMED = 8  # differences that a notice names; with more, the table has them


def kind(area_type: str, place: str) -> str:
    """The areas that stand beside each other: regions; partnerships in the North West."""
    return "regions" if area_type == "region" else f"partnerships in {area_in_a_sentence('region', place)}"


def heading(kind: str, compared: int, differing: int, expected: float) -> str:
    """How many figures differ, and whether luck would give as many."""
    figures = f"{rounded(compared)} figures of {kind}" if compared != 1 else f"The one figure of {kind}"
    if not compared:
        return f"No figure of {kind} can be set beside England's"
    if not differing:
        subject = f"None of {figures} differs" if compared != 1 else f"{figures} does not differ"
        return f"{subject} from England by more than chance"
    subject = figures if compared == 1 else f"{rounded(differing)} of {figures}"
    verb = "differs" if differing == 1 else "differ"
    if expected >= differing:
        return f"{subject} {verb} from England, no more than chance alone would give"
    return f"{subject} {verb} from England by more than chance"


def measured(kind: str, measures: int, period_words: str) -> str:
    """What the table shows."""
    return f"{plural(measures, 'measure')} of {kind}, each figure set beside England's, {period_words}."


def who_differs(differing: pl.DataFrame) -> str:
    """Each figure that differs, above and below, by area and measure."""
    if differing.height > MOST_NAMED:
        return f"The tables name all {rounded(differing.height)} that differ."
    found = []
    for side in ("higher", "lower"):
        rows = differing.filter(look=f"{side}_998").group_by("area_name", maintain_order=True).agg("measure")
        named = [f"{area} ({listed([lower_first(one) for one in measures])})" for area, measures in rows.iter_rows()]
        if named:
            found.append(f"{side.capitalize()} than England: {listed(named)}.")
    return " ".join(found) or "None differs from England by more than chance."


def notice(compared: pl.DataFrame, expected: float) -> str:
    """Who differs, how many rest on too few cases, and how many luck would flag."""
    parts = (
        who_differs(compared.filter("differs")),
        too_few(compared.filter(look="few").height, compared.height),
        chance_sentence(compared.height, expected),
    )
    return " ".join(part for part in parts if part)


def too_few(few: int, compared: int) -> str:
    """How many of the figures cannot show a difference; that they are not marked is no evidence of likeness."""
    if not few:
        return ""
    if few == compared:
        return "All rest on too few cases to show a difference, so this is no evidence that they are alike."
    verb = "rests" if few == 1 else "rest"
    return f"{rounded(few)} of the {rounded(compared)} {verb} on too few cases to say either way."


def flags(differing: int, compared: int) -> str:
    """What stands at the end of an area's row."""
    return (
        f"{rounded(differing)} of {rounded(compared)} {'differs' if differing == 1 else 'differ'}" if differing else ""
    )


def cell(row: Mapping[str, Any]) -> str:
    """One cell so that it stands alone: North East, referrals notified: 62.3%, 33 of 53. Too few to say."""
    name = f"{row['area_name']}, {lower_first(row['measure'])}"
    if row["value"] is None:
        return f"{name}: {no_figure(row)}"
    said = ", ".join(part for part in (in_unit(row["shown"], row["unit"]), cases(row, row["unit"])) if part)
    limits = f",{BREAK}{INTERVAL} {row['limits']}" if row["limits"] else ""
    stands = f".{BREAK}{row['stands']}" if row["stands"] else ""
    return f"{name}: {said}{limits}{stands}"


def first_to_last(areas: Sequence[str]) -> str:
    """The title of a drawing that holds some of the areas: Ash to Birch."""
    return areas[0] if len(areas) == 1 else f"{areas[0]} to {areas[-1]}"


def alternative(area_type: str, areas: Sequence[str], cells: pl.DataFrame) -> str:
    """The text alternative: how many areas by how many measures, England's figures, and which cells differ."""
    england = cells.filter(look="england")
    own = "; ".join(
        f"{lower_first(name)} {aloud(shown)}" for name, shown in england.select("measure", "shown").iter_rows()
    )
    of = f"{plural(cells['measure'].n_unique(), 'measure')} of {plural(len(areas), area_type)}"
    return (
        f"Heat table of {of}, {first_to_last(areas)}, each cell with its figure and, by shade and mark, how it stands "
        f"to England. England: {own}. {who_differs(cells.filter('differs'))} The tables below have every figure."
    )
