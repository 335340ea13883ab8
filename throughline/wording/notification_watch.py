"""Sentences on notifications beside what came before them, and on where fewer came than luck would give."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughline import settings
from throughline.wording.measures import upper_first
from throughline.wording.values import interval, listed, measure, plural, rounded, some_of

MOVED = {"fell": "fell", "rose": "rose", "": "did not clearly change"}
# What a change in the number considered, and in the share of them notified, would fit with. Where one did not clearly
# change nothing is read from it: that may be because it stayed as it was, or because the cases are few.
FITS = {
    ("fell", "fell"): "Fewer incidents came, and fewer of them were notified.",
    ("fell", ""): (
        "That would fit with fewer incidents coming; whether the criteria were read more firmly cannot be told "
        "from these figures."
    ),
    ("fell", "rose"): "Fewer incidents came, and more of them were notified.",
    (
        "",
        "fell",
    ): "Of the incidents that came fewer were notified; whether fewer came cannot be told from these figures.",
    ("", ""): "Neither moved by more than luck would give, which does not show that both stayed as they were.",
    ("", "rose"): "Of the incidents that came more were notified; whether more came cannot be told from these figures.",
    ("rose", "fell"): "More incidents came, and a smaller share of them was notified.",
    ("rose", ""): (
        "That would fit with more incidents coming; whether the criteria were read otherwise cannot be told "
        "from these figures."
    ),
    ("rose", "rose"): "More incidents came, and more of them were notified.",
}
CONTEXT_LIMIT = (
    "DfE holds notifications alone and says that it cannot tell fewer incidents from fewer notified. Nor can this "
    "where areas changed what they call a referral."
)
CONTEXT_HIDDEN = (
    "Incidents considered at triage, and the share of them that was notified, are not shown to you for this area."
)
WATCH_LIMIT = (
    "Few notifications can mean few incidents, incidents that were not notified, or luck. The number expected knows "
    "the number of children and the deprivation of a place, and nothing else of it. Ask how the partners know that "
    "every incident that should be notified is; do not conclude that they do not."
)
NOT_ENOUGH_YEARS = (
    "Fewer than {} whole years are held, and by chance alone several partnerships have no notification for two years."
)
WATCH_HIDDEN = "No partnership's notifications against the number expected may be shown to you here."


def context_heading(considered: str | None, share: str | None, first: str, last: str) -> str:
    """What moved by more than luck, between the first year and the last."""
    if considered is None or share is None:
        return "What came before notification cannot be shown for this area"
    if considered == share:
        both = f"both {considered}" if considered else "neither clearly changed"
        return f"Incidents considered and the share notified: {both} from {first} to {last}"
    return f"Incidents considered {MOVED[considered]} and the share notified {MOVED[share]} from {first} to {last}"


def fits(considered: str | None, share: str | None) -> str:
    """What the two together would fit with."""
    return "" if considered is None or share is None else FITS[considered, share]


def context_alternative(title: str, rows: pl.DataFrame, unit: str, area_name: str) -> str:
    """The text alternative of one of the three small charts."""
    said = [
        f"{row['year']}: {measure(row['value'], unit)} ({interval(row['lower'], row['upper'], unit)})"
        for row in rows.iter_rows(named=True)
        if row["value"] is not None
    ]
    return f"Point chart with 95% intervals: {title}, {area_name}, by year ending March. {'; '.join(said)}."


def watch_heading(flagged: int, looked: int) -> str:
    """How many are on the list; the notice has how many luck alone would put there."""
    if looked == 1 and not flagged:
        return "The one partnership shown does not notify few enough to ask about"
    verb = "notifies" if flagged <= 1 else "notify"
    noun = "partnership" if looked == 1 else "partnerships"
    return f"{upper_first(some_of(flagged, looked))} {noun} {verb} few enough to ask about"


def luck_in_words(expected: float) -> str:
    """A number of false alarms too small to be exact about."""
    return "fewer than 0.1" if expected < 0.05 else f"about {rounded(expected, 1)}"


def watch_notice(names: Sequence[str], looked: int, expected: float, years: Sequence[str]) -> str:
    """Who is on the list, by which rule, and what luck alone would do."""
    least = rounded(1 / settings.number("under_notification_chance"))
    rule = (
        f"Asked about: notifications in the years ending March {years[0]} to {years[-1]} so few, beside the number "
        f"expected, that luck alone would give them less than once in {least}."
    )
    luck = (
        f"Were all {looked} notifying as expected, luck alone would put {luck_in_words(expected)} on this list."
        if looked > 1
        else ""
    )
    said = f"On the list, in order of name: {listed(names)}." if names else "Nobody is on the list."
    return " ".join(part for part in (rule, said, luck) if part)


def watch_alternative(rows: pl.DataFrame, span: int, area_name: str) -> str:
    """The text alternative of the chart of observed against expected."""
    flagged = rows.filter("is_few")
    said = [
        f"{row['area_name']}: {rounded(row['count'])} where {rounded(row['expected'], 1)} expected"
        for row in flagged.sort("area_name").iter_rows(named=True)
    ]
    below = f"Below the line: {'; '.join(said)}." if said else "None lies below the line."
    return (
        f"Point chart of {plural(rows.height, 'partnership')} in {area_name}: notifications in {span} years against "
        f"the number expected, with the line below which luck would seldom put one. {below} The table has every "
        "partnership."
    )


def watch_note(is_confirmation_seen: bool) -> str:
    """Who is not in the table, as far as this reader may see what was sent."""
    order = "In order of name, and never of number. Partnerships with a year whose figure is not shown"
    if is_confirmation_seen:
        return (
            f"{order}, for which nothing was returned, or whose return holds no notification and nothing that says "
            "there was none, are left out."
        )
    return (
        f"{order}, or for which nothing was returned, are left out. Whether a year without notifications was confirmed "
        "is shown to those with a right to the partnership alone; here it counts as none."
    )


def watched_in_words(row: Mapping[str, Any]) -> str:
    """How one partnership stands to the number expected of it."""
    if row["is_few"]:
        return "Fewer than luck would give: ask"
    if row["can_never_be_few"]:
        return "Too few expected for a low number to stand out"
    return f"Not so few that a question is asked (1 in {rounded(1 / settings.number('under_notification_chance'))})"


def chance_of_so_few(chance: float) -> str:
    """A chance as a table shows it."""
    if chance < 0.001:
        return "under 0.1%"
    return measure(chance, "proportion")
