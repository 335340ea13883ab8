"""Sentences of the question "What should I ask this partnership?": each a question to ask, and never a verdict."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughline import settings
from throughline.wording import measures
from throughline.wording.measures import lower_first, upper_first
from throughline.wording.points import BREAK, open_review
from throughline.wording.reasons import aloud
from throughline.wording.standing import is_too_few
from throughline.wording.values import fraction, interval, is_fraction, listed, measure, plural, rounded

# What to ask for, by what a question is about.
ASK = {
    "time to notify": "Ask on which day the authority became aware, and where the days until sending go.",
    "time of rapid reviews": "Ask which step of a rapid review takes the time, and who can shorten it.",
    "time of local reviews": "Ask at which stage a local review waits, and what the partnership has done about it.",
    "Panel": "Ask what the Panel wrote, and what the partners did with it.",
    "local reviews": "Ask for the reasons written down when a local review was, or was not, decided on.",
    "recording": "Ask whether the form prompts for it, and who goes back to a blank.",
    "consideration": "Ask to see one recent review in which what it meant for the child was weighed.",
    "number of notifications": "Ask how the partners know that every incident that should be notified is.",
    "themes": "Ask how themes that come back are taken up, and by whom.",
    "kinds of recommendation": "Ask what a recommendation was meant to change, and whether it could.",
    "repeats": "Ask what was done the first time, and how the partners knew that it had worked.",
    "CV1": "Ask how triage decides, and what happens to an incident that is not notified.",
    "CV2": "Ask which notifications have no rapid review, and why.",
    "CV5": "Ask what was learned from incidents below the criteria, and where that was written down.",
    "CV8": "Ask who decides that the criteria were not met after all, and on what grounds.",
    "CV9": "Ask to see how a disagreement was settled, and whether everybody was heard.",
    "NT4": "Ask how serious harm comes to be known and notified, compared with deaths.",
    "NT8": "Ask where the decision on each of these deaths is written down.",
    "TM3": "Ask what was waiting for the Panel's answer.",
    "TM7": "Ask what has been done about this reason for delay.",
    "TM10": "Ask how the partnership knows that a finished action made a difference.",
    "TM11": "Ask how families and practitioners heard what the review had found.",
    "RC1": "Ask how many recommendations can be carried through at once.",
    "RC11": "Ask whether the recommendation reached the body it was aimed at, and who chased the answer.",
}
CHECK_RECORDING = "First ask whether it is recorded and counted here as it is elsewhere."
NO_LUCK = "Luck has no part in it: it is how things stand on the day of the return."
MATCHED_BY_PROGRAM = (
    "A program found these pairs by their words, and some of them ask for different things. Read the pairs first."
)
CLUSTERED = (
    "Children of one incident are mostly recorded alike, and recommendations of one review resemble each other. Luck "
    "therefore gives such figures somewhat more often than is said here."
)
A_QUESTION_IS_NO_FINDING = (
    "A question is no finding. It says where asking is likely to be worth the time, and a good answer may end it."
)


def chance_in_words(chance: float) -> str:
    """How often luck alone would do this, in a form that can be pictured."""
    if chance < 0.0001:
        return "less than once in 10,000 such looks"
    one_in = 1 / chance
    step = 10 ** max(0, len(str(int(one_in))) - 2)
    return f"about once in {rounded(step * int(one_in / step + 0.5))} such looks"


def question_heading(kind: str, title: str, direction: str, earlier: str) -> str:
    """What to ask, in one line."""
    if kind == "england":
        return f"{title}: what lies behind a figure {direction} than England's?"
    if kind == "earlier":
        return f"{title}: what has changed since {earlier}?"
    if kind == "few":
        return "Was every incident notified that should have been?"
    if kind == "repeats":
        return "What came of the actions that were finished and then recommended again?"
    most = "most cases" if direction == "higher" else "less than half of the cases"
    return f"{title}: what makes this so in {most}?"


def overdue_heading(indicator: str, number: int, not_begun: int) -> str:
    """What to ask about reviews past their time; `not_begun` of them are expected and not in the return."""
    kind = "local" if indicator.startswith("TM4") else "rapid"
    one = number == 1
    if number and number == not_begun:
        missing = "review that is past its time" if one else "reviews that are past their time"
        return f"What became of the {kind} {missing} and not in the return?"
    open_ones = "review that is open past its time" if one else "reviews that are open past their time"
    return f"What is holding up the {kind} {open_ones}?"


def subject_in_words(kind: str, short_title: str, indicator: str) -> str:
    """What a question is about, in the few words that a list of them has room for."""
    if kind == "overdue":
        return f"{'local' if indicator.startswith('TM4') else 'rapid'} reviews past their time"
    if kind == "few":
        return "few notifications"
    return short_title


def figure_in_words(row: Mapping[str, Any], unit: str) -> str:
    """A figure with its cases and interval, inside a sentence."""
    limits = f"95% interval {interval(row['lower95'], row['upper95'], unit)}"
    if unit == "proportion":
        few = is_fraction(row, unit)
        return f"{fraction(row)} ({'' if few else measure(row['value'], unit) + '; '}{limits})"
    joint = "to" if unit == "ratio" else "in" if unit == "per_review" else "against"
    behind = f", {rounded(row['numerator'])} {joint} {rounded(row['denominator'])}" if unit != "days" else ""
    if unit.startswith("per_1"):
        behind = f", {plural(int(row['numerator']), 'notification')}"
    if unit == "observed_over_expected":
        behind = f", {rounded(row['numerator'])} against {rounded(row['denominator'], 1)} expected"
    days = " days" if unit == "days" else ""
    return f"{measure(row['value'], unit)}{days}{behind} ({limits})"


def why(
    kind: str,
    own: Mapping[str, Any],
    other: Mapping[str, Any] | None,
    unit: str,
    chance: float,
    direction: str,
    earlier: str,
) -> str:
    """What the figures say, and how often luck alone would say it."""
    said = f"Here it is {figure_in_words(own, unit)}."
    often = f"Luck alone would give a figure so far away {chance_in_words(chance)}."
    if unit == "days":
        often = f"England's lies outside its 99.8% interval, which luck gives {chance_in_words(chance)} or less."
    if kind == "mostly":
        more = "more" if direction == "higher" else "less"
        return (
            f"{said} Even its 99.8% interval lies on the side of {more} than half. Were it so in half of all cases, "
            f"luck would give this {chance_in_words(chance)}."
        )
    beside = ""
    if other is not None and other["value"] is not None:
        whose = "England's" if kind == "england" else f"Its own of {earlier}"
        days = " days" if unit == "days" else ""
        value = fraction(other) if is_fraction(other, unit) else measure(other["value"], unit) + days
        beside = f" {whose} is {value}."
    return f"{said}{beside} {often}"


def why_few(cases: int, expected: float, years: Sequence[str], chance: float) -> str:
    """How many notifications came over how many years, how many were expected, and how often luck would give so few."""
    least = rounded(1 / settings.number("under_notification_chance"))
    return (
        f"{plural(cases, 'notification')} in the {len(years)} years ending March {years[0]} to {years[-1]}, where "
        f"{rounded(expected, 1)} would be expected of a place with as many children and as much deprivation. Luck "
        f"would give so few {chance_in_words(chance)}; a question is asked from once in {least}. It can also be that "
        "fewer incidents happened."
    )


def why_overdue(counts: Mapping[str, int], indicator: str, not_begun: int) -> str:
    """How many are past their time, not yet due, and soon due, and of how many past it the return holds nothing."""
    kind = "local" if indicator.startswith("TM4") else "rapid"
    overdue = counts.get("overdue", 0)
    verb = "is" if overdue == 1 else "are"
    parts = [f"{plural(overdue, f'{kind} review')} {verb} open past the time allowed"]
    if counts.get("due_soon"):
        parts.append(f"{rounded(counts['due_soon'])} due within {settings.whole('due_soon_days')} days")
    if counts.get("not_due"):
        parts.append(f"{rounded(counts['not_due'])} not due yet")
    return f"{listed(parts)}. {NO_LUCK}{none_in_return(overdue, not_begun)}"


def none_in_return(overdue: int, not_begun: int) -> str:
    """Of how many reviews past their time the return holds none, and what to ask of those; empty where it holds all."""
    if not not_begun:
        return ""
    if overdue == 1:
        which = "it"
    elif not_begun == overdue:
        which = "any of them"
    else:
        which = f"{rounded(not_begun)} of those past their time"
    return (
        f" For {which} the return holds no rapid review: ask whether one was held and is missing from the return, or "
        "why none was."
    )


def why_repeats(own: Mapping[str, Any]) -> str:
    """How many repeats there are of actions marked done."""
    return (
        f"{fraction(own)} repeated recommendations ask again for what an earlier action, marked done, was to bring. "
        f"{rounded(settings.whole('repeat_least_found'))} or more raise this question whatever England's share is, so "
        f"luck has no part in it. {MATCHED_BY_PROGRAM}"
    )


def question_alternative(title: str, rows: Sequence[Mapping[str, Any]], unit: str) -> str:
    """The text alternative of a question's chart: every place with its value and interval."""
    said = [
        f"{row['name']}: {aloud(row['shown'])}, 95% interval {interval(row['lower95'], row['upper95'], unit)}"
        if row["value"] is not None
        else f"{row['name']}: no figure"
        for row in rows
    ]
    return f"Dot chart with intervals: {lower_first(title)}. {'; '.join(said)}."


def overdue_alternative(indicator: str, reviews: Sequence[Mapping[str, Any]]) -> str:
    """The text alternative of the line of time of open reviews."""
    kind = "local" if indicator.startswith("TM4") else "rapid"
    said = "; ".join(open_review(row).replace(BREAK, " ") for row in reviews)
    return f"Timeline of {plural(len(reviews), f'open {kind} review')}. {said}."


def more_open(number: int) -> str:
    """How many more are open than are listed; empty where all are."""
    return f"{plural(number, 'more review')} open, due later than these." if number else ""


def timeline_alternative(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The text alternative of one event's bars."""
    said = "; ".join(f"{row['year']}: {aloud(row['shown'])}" for row in rows)
    return f"Bar chart of {lower_first(name)} by year ending March, with 95% intervals. {said}."


def timeline_heading(name: str, counts: Mapping[str, float | None], first: str, last: str) -> str:
    """How many notifications and local reviews the years held."""
    notified, reviews = counts.get("NT1"), counts.get("TM5")
    if notified is None:
        return f"What is known of {name}, year by year"
    local = "" if reviews is None else f" and {plural(int(reviews), 'local review')} begun"
    return f"{plural(int(notified), 'notification')}{local} in {name} from {first} to {last}"


STANDING_KEY = (
    ("dot", "The partnership, with its 95% interval"),
    ("england-square", "England, with its 95% interval"),
)
NEVER_SETTLED = (
    "These few are worth asking of any partnership, whatever they say. The questions above were chosen among all "
    "figures, so a figure may differ there and none here. Most rest on too few cases to tell the partnership from "
    "luck, and none says how well a decision was made."
)


def standing_heading(rows: pl.DataFrame, said: str) -> str:
    """How the figures that are worth asking about anywhere stand to England's: these alone, not those asked above."""
    known = measures.compared(rows)
    if not rows["value"].drop_nulls().len():
        found = f"no figure can be drawn for {said}"
    elif not known.height:
        found = f"the figures of {said}"
    elif flagged := int(known["differs"].sum()):
        verb = "differs" if flagged == 1 else "differ"
        found = f"{flagged} of {plural(known.height, 'figure')} for {said} {verb} from England"
    elif all(is_too_few(row, measures.UNIT) for row in known.iter_rows(named=True)):
        found = f"{said} has too few cases to differ from England"
    elif known.height == 1:
        found = f"the one figure for {said} does not differ by more than chance"
    else:
        found = f"none of {known.height} figures for {said} differs by more than chance"
    return f"Worth asking anywhere: {found}"


def standing_alternative(rows: Sequence[Mapping[str, Any]], name: str) -> str:
    """The text alternative of those figures."""
    said = "; ".join(f"{row['name']}: {aloud(row['shown'])} (England {aloud(row['england_shown'])})" for row in rows)
    return f"Dot chart with 95% intervals of {name}, with England's beside it. {said}."


def hidden_notice(hidden: int, every: int, name: str) -> str:
    """Said to a reader without a right to the partnership."""
    return (
        f"You see what is published about {name}, and not its true small numbers: {rounded(hidden)} of its "
        f"{rounded(every)} figures for these years are not shown to you, nor are its open reviews and the state of its "
        "returns. The partnership itself, its region and the Panel see more, and can be asked more."
    )


def returns_heading(name: str, states: Mapping[str, int]) -> str:
    """How many of the returns of the years shown came."""
    every = sum(states.values())
    sent = states.get("returned", 0) + states.get("nil", 0)
    if not every or not sent:
        return f"{upper_first(name)} has sent no return"
    if sent == every:
        return f"{upper_first(name)} has sent, or confirmed as nil, every return of every year"
    return f"{upper_first(name)} has sent, or confirmed as nil, {sent} of {every} returns and years"
