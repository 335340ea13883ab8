"""What is said of recommendations that come back: how often, how surely, from where, and what is not told to whom."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughline import settings
from throughline.wording.measures import cases_of, in_the, is_shown, upper_first
from throughline.wording.reasons import reason_in_words
from throughline.wording.values import fraction, listed, plural, rounded, some_of

OWN_MONTHS = settings.whole("repeat_same_area_months")
NONE_TOO = "None suggested does not prove that there is none, so it is given the same upper bound as one."
FEWEST_ACROSS = (
    "Across a force or a board more texts are alike by chance. Nobody has measured on real reviews how many "
    "suggestions are right there, and where a program wrote the texts fewer than half were: no fewest is told but 0."
)
FINDER_RANGE = "with the finder's errors"
REPEATS_CAVEAT = (
    "Suggested by their words, unless a person has decided: some are wrong and some are missed, and the second table "
    "says how many that may be. To repeat is not a failure: staff change, and old problems may need new answers. "
    "Forces and boards that serve more partnerships have more to repeat. Recommendations come in bunches, so the true "
    "ranges are wider than those shown."
)
EVIDENCE_CAVEAT = (
    "A suggestion is not a finding. Read both texts, then say whether they ask for the same: what people decide counts "
    "from the next build on. “Done” means that the action was marked done by the day of the later one."
)
CHAINS_CAVEAT = (
    "Each recommendation joins a chain only if it seems to ask again what the first of the chain asked. One wrong "
    "suggestion lengthens a chain, and a chain of several themes may join several asks. The counts are of all members, "
    "also of those that you may not read."
)
NO_EVIDENCE_FOR_PUBLIC = (
    "No pair is listed here. The words of recommendations are shown to those with a right to the area of the later "
    "one, because a text may point to a family. Everybody may read how often they come back, and the themes below."
)
NO_EVIDENCE_FOR_YOU = (
    "No pair is listed here, because you have no right to this area's own recommendations. Choose your own area to "
    "read its pairs."
)
NO_CHAINS_FOR_YOU = "Chains are told to those with a right to an area in which one of their recommendations was made."
EARLIER_UNREADABLE = "There is an earlier one, which you may not read: its owner has not shared it"
WITHOUT_WORDS = "Sent without words"
FIRST_READABLE = "What is asked stands in the words of the first recommendation of each chain that you may read."
THEMES_NOT_COUNTED = "[x] means not available: this release was made before themes of a chain were counted."
HOW_TO_READ = (
    ("First: is it new to those who must act?", "A new area, new staff or new leaders may need to be told again."),
    ("Then: was the earlier one done at all?", "One that was never done asks why, not what else to recommend."),
    (
        "Then: was it done without effect?",
        "Done and back again may mean that the action does not reach the cause. See whether its effect was ever "
        "checked.",
    ),
    (
        "Last: is it a local matter?",
        "What comes back in one partnership after another may have a cause that no partnership can reach alone.",
    ),
)
NOT_HELD = (
    (
        "What was meant",
        "Words alone are compared. Negation and numbers are not understood, and neither is the case behind the words.",
    ),
    (
        "Which SMART marks were missed",
        "The release holds how many of the five marks each recommendation met and not which, so it cannot say how many "
        "had no measure. Whether a day was set by which the action is due is held.",
    ),
    (
        "What other areas did not share",
        "Recommendations of other areas are shown where their local review is published or their owner has marked the "
        "words as shareable. Of all others only that there is one is told.",
    ),
)
LIKENESS = {
    "exact": "The same words",
    "near": "Nearly the same words",
    "same_ask": "Other words, likely the same ask",
    "named": "Named by a person",
}
# Between partnerships fewer than half of what is suggested in other words is right: docs/methods/repetition.md.
PERHAPS_THE_SAME = "Other words, perhaps the same ask"
SCOPES = {
    "SAME_AREA": "Same partnership",
    "SAME_FORCE": "Same police force",
    "SAME_ICB": "Same care board",
}
STATES = {
    "suggested": "Suggested",
    "confirmed": "Confirmed by a person",
    "disputed": "People differ",
    "unsure": "Somebody was not sure",
}


def likeness_in_words(kind: str, scope: str) -> str:
    """How alike two recommendations are, and how sure that makes it that they ask for the same."""
    return PERHAPS_THE_SAME if kind == "same_ask" and scope != "SAME_AREA" else LIKENESS[kind]


def headline(rows: pl.DataFrame, area_said: str, period_words: str, bounds: tuple[int, int] | None = None) -> str:
    """The answer: how often the area asks again, how sure that is, and how often of an action marked done.

    `bounds` are the fewest and the most repeats that the count can stand for.
    """
    held = {(row["indicator"], row["breakdown"]): row for row in rows.iter_rows(named=True)}
    again, done = held["RC2", "total"], held["RC6", "total"]
    if not is_shown(again):
        said = (
            f"How often recommendations come back in the same partnership cannot be shown for {area_said} "
            f"{in_the(period_words)}. {reason_in_words(again)}."
        )
        further = done_sentence(done, "In the same partnership or across a shared force or board")
        return " ".join(part for part in (said, across_sentence(rows), further) if part)
    said = (
        f"In {area_said} {in_the(period_words)}, {cases_of(again, 'recommendation', 'recommendations')} "
        f"{seem(again['numerator'])} to ask again what the same partnership had asked in the "
        f"{OWN_MONTHS} months before."
    )
    return " ".join(part for part in (said, stands_for(bounds), done_sentence(done)) if part)


def stands_for(bounds: tuple[int, int] | None) -> str:
    """What a count of suggestions may be in truth."""
    if not bounds:
        return ""
    fewest, most = map(rounded, bounds)
    return f"Some suggestions are wrong and some repeats are missed, so the true number may be from {fewest} to {most}."


def ranges_drawn(suggested: Sequence[str]) -> str:
    """What the lines of the chart are, by the names of the rows that count suggestions."""
    return (
        f"{listed([f'“{name}”' for name in suggested])} count what is suggested by words: their lines reach from the "
        "fewest to the most repeats that this can stand for. The lines of the other rows are 95% intervals."
    )


def range_of_suggested(row: Mapping[str, Any], fewest: int, most: int) -> str:
    """How many were suggested, and what that may stand for, in words that a key figure has room for."""
    return f"{fraction(row)} suggested; {FINDER_RANGE} from {rounded(fewest)} to {rounded(most)}"


def across_sentence(rows: pl.DataFrame) -> str:
    """What comes back across a shared force or board, where nothing can be said of the partnership itself."""
    shown = asked_again(rows)
    if not shown:
        return ""
    where, again, every = shown[0]
    further = [f"{place} {some_of(number, of)}" for place, number, of in shown[1:]]
    first = f"{upper_first(where)} {some_of(again, every)} recommendations {seem(again)} to ask again"
    return f"{', and '.join([first, *further])}."


def done_sentence(done: Mapping[str, Any], whose: str = "With those across a shared force or board") -> str:
    """How many repeats there are of an action that had been marked done, with those across a shared force or board."""
    if done["denominator"] == 0:
        return "No repeat was found, there or across a shared force or board."
    if not is_shown(done):
        return ""
    of = cases_of(done, "repeat", "repeats")
    return f"{whose}, {of} {'is' if done['numerator'] <= 1 else 'are'} of an action that had been marked done."


WHERE_ASKED = {
    ("RC2", "total"): "in the same partnership",
    ("RC3", "police"): "across the police force",
    ("RC3", "health"): "across the care board",
}


def asked_again(rows: pl.DataFrame) -> list[tuple[str, int, int]]:
    """Where recommendations are asked again, with how many of how many, as far as this may be shown."""
    held = {(row["indicator"], row["breakdown"]): row for row in rows.iter_rows(named=True)}
    return [
        (where, int(held[one]["numerator"]), int(held[one]["denominator"]))
        for one, where in WHERE_ASKED.items()
        if one in held and is_shown(held[one])
    ]


def repeats_heading(rows: pl.DataFrame, area_said: str) -> str:
    """What comes back nearest to where it was asked first."""
    shown = asked_again(rows)
    if not shown:
        return f"How often recommendations come back cannot be shown for {area_said}"
    where, again, every = shown[0]
    return f"{upper_first(some_of(again, every))} recommendations {seem(again)} to ask again {where}"


def seem(number: int) -> str:
    """The verb of one, of several and of none."""
    return "seems" if number <= 1 else "seem"


def elsewhere_sentence(rows: pl.DataFrame) -> str:
    """What comes back further away, below the heading that has the nearest."""
    said = [f"{where} {some_of(again, every)}" for where, again, every in asked_again(rows)[1:]]
    return f"{upper_first(listed(said))}." if said else ""


def method_sentence(right: int, taken: int, found: int, repeats: int, by_people: bool) -> str:
    """What the bounds rest on."""
    precision = (
        f"People found {right} of {taken} suggestions to be repeats"
        if by_people
        else f"{right} of {taken} suggestions among labelled pairs were repeats"
    )
    return (
        f"{precision}, and {found} of {repeats} labelled repeats were found. The lower 95% limits of both shares give "
        f"the fewest and the most that a count can stand for. The labelled pairs flatter the method, so real errors "
        f"may be larger. {FEWEST_ACROSS} {NONE_TOO}"
    )


def evidence_heading(every: int, area_said: str, is_own: bool) -> str:
    """How many pairs there are."""
    if not is_own:
        return f"The pairs behind these figures are not listed for {area_said}"
    if not every:
        return f"No pair of recommendations in {area_said} is suggested for this period"
    return f"{plural(every, 'pair')} in {area_said} {seem(every)} to ask the same"


def newest_sentence(shown: int, every: int) -> str:
    """How many of the pairs there is room for; nothing where all are listed."""
    return f"The {rounded(shown)} newest are listed." if shown < every else ""


def left_out_sentence(counts: Mapping[str, int]) -> str:
    """What is not in the list of pairs, each kind with its number; empty where there is nothing else."""
    said = {
        "elsewhere": "from elsewhere in England or longer ago than counts",
        "alike_in_codes": "alike in theme, target and kind of change alone, which is context and no repeat",
        "own_series": "of a rapid review and its own local review, which is never a repeat",
        "rejected": "that people rejected",
    }
    parts = [f"{rounded(counts[name])} {words}" for name, words in said.items() if counts.get(name)]
    return f"Not listed: {listed(parts)}." if parts else ""


def chains_heading(chains: Sequence[Mapping[str, Any]], area_said: str) -> str:
    """The longest and the widest chain."""
    if not chains:
        return f"No chain of repeated recommendations passes through {area_said}"
    longest = max(row["recommendations"] for row in chains)
    widest = max(row["partnerships"] for row in chains)
    return (
        f"The longest chain holds {plural(longest, 'recommendation')}, the widest reaches "
        f"{plural(widest, 'partnership')}"
    )


def yes_or_no(known: bool | None) -> str:
    """Yes, no, or that nobody wrote it down."""
    return {True: "Yes", False: "No", None: "Not written down"}[known]
