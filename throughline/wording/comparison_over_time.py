"""Sentences on a group's partnerships year by year, and on all partnerships against their size."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughline.wording.comparison import flags_in_words
from throughline.wording.points import in_unit
from throughline.wording.values import interval, listed, measure, plural, rounded, some_of

TRENDS_LIMIT = (
    "A year of one partnership rests on few cases: most of what goes up and down here is luck, as the intervals show. "
    "Look for a change that lasts, and not for a single year."
)
TRENDS_HIDDEN = (
    "No single year of these partnerships may be shown to you: each count could point to a child. Their three years "
    "together are above where they may be shown."
)
CUT_AT_THE_TOP = "An interval that runs beyond a drawing is cut at its top; the table has its full length. "
BEYOND_THE_TOP = (
    "A year that is not over does not set the scale, since few cases give it a rate that would flatten all others: a "
    "value of it beyond the top is a triangle there. "
)
FUNNEL_UNITS = {
    "count": "Counts follow the number of children, so no limits can be drawn around them.",
    "days": "A median of days has no limits that depend on the number of cases alone, so no funnel is drawn.",
    "ratio": "A ratio of two counts has no single size to be set against, so no funnel is drawn.",
}
FUNNEL_LIMIT = (
    "Inside the limits a difference is no larger than chance would give. That is no sign of being alike or of a place "
    "among others: with few cases nothing else could be seen, and the table says where that is so. Outside the 99.8% "
    "limits, check recording first. Between the two lines: look again next year."
)
ENGLAND = "england"
BEYOND_CHANCE = ("higher_998", "lower_998")


def scale_in_words(top: str, unit: str) -> str:
    """From where to where a scale runs: 0 to 12.3 per 100,000 children."""
    return f"{'0%' if unit == 'proportion' else '0'} to {in_unit(top, unit)}"


def trends_heading(short_title: str, group_said: str, shown: int, moves: Mapping[str, Sequence[str]]) -> str:
    """How many years differ from the one before, or where that is not compared from England, by more than chance.

    `moves` holds how each year stands, by what it is set against.
    """
    if not shown:
        return f"{short_title}: no single year can be shown for {group_said}"
    found = next(((beside, stands) for beside, stands in moves.items() if stands), None)
    if found is None:
        return f"{short_title}: yearly figures, which are not compared"
    beside, stands = found
    flagged = sum(standing in BEYOND_CHANCE for standing in stands)
    what = f"yearly {'figure' if beside == ENGLAND else 'change'}{'' if len(stands) == 1 else 's'}"
    verb = ("differs" if flagged <= 1 else "differ") if beside == ENGLAND else ("is" if flagged <= 1 else "are")
    end = "from England by more than chance" if beside == ENGLAND else "more than chance would give"
    return f"{short_title}: {some_of(flagged, len(stands))} {what} {verb} {end}"


def trends_alternative(short_title: str, group_name: str, rows: pl.DataFrame, unit: str, first: str, last: str) -> str:
    """The text alternative of the small drawings: how many, which years, from where to where."""
    known = rows.filter(pl.col("value").is_not_null())
    low, high = known["value"].min(), known["value"].max()
    return (
        f"Small point charts on one scale, with 95% intervals: {short_title}, {group_name}, years ending March {first} "
        f"to {last}, {plural(known['area_name'].n_unique(), 'partnership')} in name order. Values run from "
        f"{measure(low, unit)} to {measure(high, unit)}. The table below has every value."
    )


def funnel_heading(flagged: int, units: int, expected_flags: float) -> str:
    """How many lie outside the limits, and how many chance alone would put there."""
    luck = flags_in_words(expected_flags)
    if not flagged:
        return f"Of {units} partnerships none lies outside the 99.8% limits"
    verb = "lies" if flagged == 1 else "lie"
    return f"Of {units} partnerships {flagged} {verb} outside the 99.8% limits; chance alone would give {luck}"


def funnel_notice(names: list[str], centre: str, spread: str, left_off: int, expected_flags: float) -> str:
    """Who is outside, what the centre is, whether the spread between areas was judged, and who is not drawn."""
    outside = f"Outside, in order of name: {listed(names)}." if names else "Nobody is outside the 99.8% limits."
    missing = (
        ""
        if not left_off
        else f"{plural(left_off, 'partnership')} without a figure {'is' if left_off == 1 else 'are'} not drawn."
    )
    chance = f"Were all truly alike, chance would be expected to put {flags_in_words(expected_flags)} outside."
    return " ".join(part for part in (outside, chance, centre, spread, missing) if part)


def centre_in_words(kind: str, england: float, unit: str) -> str:
    """What the line in the middle is."""
    if kind == "proportion":
        return f"The line in the middle is England's share, {measure(england, unit)}."
    return "The line in the middle is as many as England's value would give."


def spread_in_words(refusal: str | None, times: float | None, tau2: float | None, outside: int) -> str:
    """What is known of the spread between areas beyond chance; `times` sets φ against its own value under chance."""
    if refusal:
        return f"The limits are of chance alone. {refusal}"
    if not tau2:
        return (
            f"The limits are of chance alone. The variation between areas is {rounded(times, 1)} times what chance "
            "alone gives, too little to tell a spread of their own: only a clear one can be seen."
        )
    return (
        f"The limits are of chance alone. Areas also differ for reasons of their own: the variation is "
        f"{rounded(times, 1)} times what chance alone gives; with that spread added, {outside} would be outside."
    )


def funnel_alternative(short_title: str, units: int, names: list[str], period: str) -> str:
    """The text alternative of the funnel."""
    outside = f"Outside the 99.8% limits: {listed(names)}." if names else "None lies outside the 99.8% limits."
    return (
        f"Funnel plot of {units} partnerships: {short_title} against the number of cases, {period}, with 95% and 99.8% "
        f"limits. {outside} The table below has every partnership."
    )


def limits_of(row: dict[str, Any], unit: str) -> str:
    """The 99.8% limits at one partnership's size."""
    return interval(row["lower998"], row["upper998"], unit)
