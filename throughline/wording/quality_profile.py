"""What is said of a draft set of recommendations: what it asks for and what it leaves open, and never a grade."""

from collections.abc import Mapping, Sequence

from throughline import settings
from throughline.repetition.draft_words import LEAST_WORDS, Told
from throughline.wording.values import listed, plural

QUESTION = "What does this draft ask for, and what does it leave open?"
READER = "For those who commissioned the review, to hand back to those who wrote its recommendations. It is no grade."
NOT_A_GRADE = (
    (
        "A profile, not a grade",
        "No share is right or wrong. Training may be what is needed, and a set of local recommendations may be "
        "complete. Each line is a question to ask of the draft.",
    ),
    (
        "Small sets",
        "In a set of seven, one recommendation more or less moves a share by 14 points. That is why each share is a "
        "fraction first, and why no difference from England is called one.",
    ),
    (
        "Codes and words",
        "Codes are the judgement of whoever gave them. Words are compared with a list of phrases: another wording may "
        "say the same and go unnoticed, and negation is not understood.",
    ),
    (
        "SMART and structural",
        f"SMART means at least {settings.whole('smart_least_score')} of the five marks. Structural means a change of "
        "leadership, resources, services or law. They are separate questions, and one can be both.",
    ),
)
CODES_CAVEAT = (
    "England's shares are those that everybody may read. The interval says how much a share of so few would move by "
    "chance. A draft is not compared with England by a test."
)
WORDS_CAVEAT = (
    "Found by the words alone, with a list of phrases. No date and no measure may be right where the action plan has "
    "them. Several asks in one are hard to follow up: each may be done or not."
)
NOT_CODED = (
    "This file holds texts without codes, so level, kind of change, depth of learning and SMART marks are not told. "
    "Give the return's sheet of recommendations to see them."
)
HELD_BACK = "Held back: it looks as if it points to a person. Take that out"
WITHOUT_WORDS = "Sent without words"
FLAGS = {
    "several_asks": "Asks for several things at once",
    "short": f"Fewer than {LEAST_WORDS} words",
    "boilerplate": "Nothing but formulas",
    "no_agency": "Names no agency",
    "no_date": "Names no date",
    "no_measure": "Names nothing to measure it by",
    "training_only": "Training or a briefing alone",
}

# How a count of each is said: of one, and of several.
RAISED = {
    "several_asks": ("asks for several things at once", "ask for several things at once"),
    "short": (f"has fewer than {LEAST_WORDS} words", f"have fewer than {LEAST_WORDS} words"),
    "boilerplate": ("holds nothing but formulas", "hold nothing but formulas"),
    "no_agency": ("names no agency", "name no agency"),
    "no_date": ("names no date", "name no date"),
    "no_measure": ("names nothing to measure it by", "name nothing to measure it by"),
    "training_only": ("is training or a briefing alone", "are training or a briefing alone"),
}
CODED = {
    "total": ("is for training or a briefing", "are for training or a briefing"),
    "structural": ("is for structural change", "are for structural change"),
    "nobody": ("is addressed to nobody", "are addressed to nobody"),
}


def count_said(number: int, of: int, said: tuple[str, str]) -> str:
    """2 of 7 name no agency."""
    return f"{number} of {of} {said[0] if number == 1 else said[1]}"


def flags_of(told: Told) -> dict[str, bool]:
    """Which of the questions one text raises."""
    return {
        "several_asks": told.asks > 1,
        "short": told.words < LEAST_WORDS,
        "boilerplate": told.is_boilerplate,
        "no_agency": told.names_nobody,
        "no_date": not told.has_date,
        "no_measure": not told.has_measure,
        "training_only": told.is_training_only,
    }


def flags_said(flags: Mapping[str, bool], asks: int) -> str:
    """One text's questions in words."""
    said = [FLAGS[name] for name, raised in flags.items() if raised]
    if flags["several_asks"]:
        said[0] = f"Asks for {asks} things at once"
    return "; ".join([said[0], *(one[:1].lower() + one[1:] for one in said[1:])]) if said else "Nothing to ask"


def answer(recommendations: int, counts: Sequence[str]) -> str:
    """The first sentence: how many there are, and what those ask or leave open; each count with what it is out of."""
    held = f"This draft holds {plural(recommendations, 'recommendation')}"
    if not counts:
        return f"{held}, of which neither words nor codes can be read."
    return f"{held}: {listed(counts)}."


def codes_heading(counts: Sequence[str]) -> str:
    """What the codes say of training, of structures and of addressees."""
    return listed(counts) if counts else "What the codes say of this draft"


def words_heading(raised: Mapping[str, int], texts: int) -> str:
    """What the words leave open most often."""
    if not texts:
        return "There are no words to read"
    most = max(raised.values())
    if not most:
        return f"The words of {plural(texts, 'recommendation')} raise none of these questions"
    return count_said(most, texts, RAISED[next(flag for flag, number in raised.items() if number == most)])


def codes_note(not_understood: int) -> str:
    """Codes that are in no list, which count as not given."""
    if not not_understood:
        return ""
    verb = "holds" if not_understood == 1 else "hold"
    return (
        f"{plural(not_understood, 'cell')} {verb} a code or date that is not understood, and "
        f"{'counts' if not_understood == 1 else 'count'} as not given. `throughline check` says which."
    )
