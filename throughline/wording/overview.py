"""Sentences of the question "What changed, and what needs attention?"."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from throughline.wording.comparison import flags_in_words
from throughline.wording.measures import lower_first, upper_first
from throughline.wording.reasons import aloud
from throughline.wording.values import full_date, listed, plural, rounded, some_of

NO_EARLIER = (
    "This is the only release held that this version can read, so there is none before it to set it against. The next "
    "one will be."
)
STANDING_LIMIT = (
    "These are pooled figures of many partnerships: they say how a place stands, and nothing of any one partnership in "
    "it. A difference from the three years before may be a change in recording."
)
ATTENTION_LIMIT = (
    "Attention is a question and no verdict. Luck alone puts a partnership on a list now and then: how often stands "
    "beside each number."
)
NOTHING_TO_ATTEND = "Nothing that you may see asks for attention by these rules. That is no sign that all is well."


# The 99.8% limits alone call a change more than chance; 95% is told apart.
BEYOND_CHANCE, AT_95 = "_998", "_95"
WAYS = {"higher": "rose", "lower": "fell"}
Rows = Sequence[Mapping[str, Any]]


def overview_headline(place: str, rows: Rows, matters: Sequence[str], since: str | None) -> str:
    """What moved of what was looked at, what needs attention, and since when."""
    asked = f"Worth attention: {listed(matters)}." if matters else "Nothing else asks for attention."
    return " ".join(part for part in (moves_sentence(place, rows), asked, since) if part)


def moves_sentence(place: str, rows: Rows) -> str:
    """How many of the measures looked at moved, and which; at 95% only and too few to say are told apart."""
    compared = looked_at(rows)
    few = sum(row["moved"] == "few" for row in rows)
    rest = f" {plural(few, 'other has', 'others have')} too few cases to say." if few and compared else ""
    if not compared:
        why = "has enough cases to be" if few else "can be"
        return f"No measure looked at for {place} {why} set against its three years before."
    moved, hinted = named_moves(rows, BEYOND_CHANCE), named_moves(rows, AT_95)
    if hinted:
        rest = f" At 95% only, {plural(len(hinted), 'other')} did.{rest}"
    since = "by more than chance since the three years before"
    change = upper_first(listed(moved)) if moved else "Nothing changed"
    of_all = f"{some_of(len(moved), len(compared))} measures" if len(compared) > 1 else "of the one measure"
    return f"{change} {since}, {of_all} looked at for {place} ({kinds(compared)}).{rest}"


def looked_at(rows: Rows) -> list[Mapping[str, Any]]:
    """The measures that have an earlier figure and enough cases to say whether they moved."""
    return [row for row in rows if row["moved"] not in (None, "few")]


def named_moves(rows: Rows, limits: str) -> list[str]:
    """The measures beyond some limits, each with its way: notifications per 100,000 children fell."""
    return [
        f"{lower_first(row['name'])} {WAYS[row['moved'].removesuffix(limits)]}"
        for row in looked_at(rows)
        if row["moved"].endswith(limits)
    ]


def kinds(rows: Rows) -> str:
    """What sort of measures these are: the rate of notifications and 14 shares."""
    shares = sum(row["unit"] == "proportion" for row in rows)
    rate = ["the rate of notifications"] if shares < len(rows) else []
    return listed([*rate, *([plural(shares, "share")] if shares else [])])


FIGURES_OF_BOTH = (
    "Of the same period. A figure moves when a return is corrected, a case comes to its end or a measure changes; what "
    "may not be shown in either release is not shown here."
)


def release_named(as_at: date, release_id: str) -> str:
    """A release in a list: its day, and its name, since two may be of one day."""
    return f"{full_date(as_at)} ({release_id})"


def change_heading(new: int, gone: int, as_at: date, before: date | None) -> str:
    """What came into this release."""
    if before is None:
        return "There is no earlier release to compare with"
    when = "before it, of the same day" if before == as_at else f"of {full_date(before)}"
    if not new and not gone:
        return f"The same returns as in the release {when}: only how they are counted can have changed"
    return f"{plural(new, 'return')} new, and {rounded(gone)} no longer counted, against the release {when}"


def change_sentence(new: int, as_at: date, before: date | None) -> str | None:
    """The same as part of the answer."""
    if before is None:
        return None
    if not new:
        when = "before" if before == as_at else f"of {full_date(before)}"
        return f"No return is new since the release {when}."
    when = "before it" if before == as_at else f"of {full_date(before)}"
    return f"{plural(new, 'return')} {'is' if new == 1 else 'are'} new in this release, against the one {when}."


def standing_heading(place: str, rows: Rows) -> str:
    """How many of the measures looked at moved."""
    compared, moved = len(looked_at(rows)), len(named_moves(rows, BEYOND_CHANCE))
    if not compared:
        return f"How {place} stands on each measure"
    if compared == 1:
        return f"The one measure looked at for {place} {'moved' if moved else 'did not move'} by more than chance"
    return f"{upper_first(some_of(moved, compared))} measures looked at for {place} moved by more than chance"


def standing_measured(area_name: str, is_england: bool, period_words: str) -> str:
    """What is drawn, and what is in the table alone."""
    beside = "" if is_england else " and England"
    return (
        f"Percentage of cases, {area_name}{beside}, {period_words}. The rate of notifications, which is no percentage, "
        "is in the table alone."
    )


def moved_in_words(rows: Rows) -> str:
    """Which measures moved, which way, and how surely."""
    moved, hinted = named_moves(rows, BEYOND_CHANCE), named_moves(rows, AT_95)
    parts = (
        f"Moved by more than chance since the three years before: {listed(moved)}." if moved else "",
        f"At 95% only, so look again next year: {listed(hinted)}." if hinted else "",
    )
    return " ".join(part for part in parts if part)


def family_alternative(family: str, place: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The text alternative of one family's dots."""
    said = "; ".join(f"{row['name']}: {aloud(row['shown'])}" for row in rows)
    return f"Dot chart with 95% intervals of {place}, {family.lower()}. {said}."


def differing_why(flagged: int, compared: int, expected: float | None) -> str:
    """Why differing partnerships are on the list, with what luck alone would do."""
    luck = "at most 2 in 1,000" if expected is None else flags_in_words(expected)
    differ = "differs" if flagged == 1 else "differ"
    return f"{flagged} of {compared} {differ} from England at 99.8%; chance alone would give {luck}"


def unlike_matter(numbers: Mapping[str, int]) -> str:
    """Differing partnerships as part of the answer: how many on each measure; one may be among them twice."""
    if len(numbers) == 1:
        [(measure, number)] = numbers.items()
        return f"{plural(number, 'partnership')} unlike England on {measure}"
    return f"partnerships unlike England on {listed([f'{measure} ({number})' for measure, number in numbers.items()])}"


def overdue_matter(number: int, place: str | None = None) -> str:
    """Open reviews past their time as part of the answer, and whose they are where they are one partnership's."""
    where = f" in {place}" if place else ""
    return f"{plural(number, 'review')} open past {'its' if number == 1 else 'their'} time{where}"


def overdue_why(number: int, past: int, places: int, soon: int) -> str:
    """How many open reviews are past their time, of which kinds, where, and how many soon will be."""
    if past < number:
        of = f"Of {plural(number, 'open review')}, {rounded(past)} {'is' if past == 1 else 'are'}"
    else:
        of = {1: "The one open review is", 2: "Both open reviews are"}.get(
            past, f"All {rounded(past)} open reviews are"
        )
    its = "its" if past == 1 else "their"
    where = "one partnership" if places == 1 else plural(places, "partnership")
    due = "none is" if not soon else f"{rounded(soon)} {'is' if soon == 1 else 'are'}"
    return (
        f"{of} past {its} time in {where}, and {due} due soon. Counted are rapid and local reviews of whatever year "
        "that stand open on the day of the return: facts of the day, and no matter of luck"
    )


def few_matter(number: int) -> str:
    """Few notifications as part of the answer."""
    return f"{plural(number, 'partnership')} with few notifications"


def missing_matter(number: int) -> str:
    """Returns that did not come as part of the answer."""
    return f"{plural(number, 'partnership')} without a return"


def ended_note(many: int) -> str:
    """That partnerships which have ended are told elsewhere, so that numbers there and totals here are understood."""
    if not many:
        return ""
    them = "is not among these: its figures are" if many == 1 else "are not among these: their figures are"
    return f"{plural(many, 'partnership')} that ended in these years {them} on Compare partnerships, and in the totals."


def as_far_as_seen(role: str) -> str:
    """That there may be more than this reader sees; the Panel sees all."""
    return "" if role == "panel" else ", as far as you may see it"


def attention_heading(matters: int) -> str:
    """How many things ask for attention."""
    if not matters:
        return "Nothing asks for attention by the rules below"
    return "One thing asks for attention" if matters == 1 else f"{matters} things ask for attention, and why"
