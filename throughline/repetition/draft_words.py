"""What the words of a recommendation alone can tell: how many asks, whom they name, and what they leave open."""

import re
from dataclasses import dataclass

from throughline.repetition.asks import split_asks
from throughline.repetition.find import NEAR_LEAST_WORDS
from throughline.repetition.lexicon import Unit, read_lexicon
from throughline.repetition.words import split_words

LEAST_WORDS = NEAR_LEAST_WORDS
# Concepts of agencies that name nobody in particular: staff, practitioners, professionals.
NOBODY = frozenset({"professional"})
TRAINING = frozenset({"training", "safeguarding children training", "awareness", "briefing"})
# Verbs that any ask may have; they do not make training anything else.
CARRIERS = frozenset({"service provision", "create", "lead", "extend"})
MEASURES = frozenset({"audit", "compliance", "feedback", "test"})
# Bodies that the lexicon of repeats does not hold, or holds as a subject.
_BODIES = re.compile(
    r"\b(?:government|department for|ministry|ofsted|inspectorates?|the panel|housing services?|ambulance|cafcass"
    r"|courts?|coroners?)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:should|must|shall|needs?|to be|will|require[sd]?)\b", re.IGNORECASE)
_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = re.compile(
    rf"\b(?:20\d\d|(?:by|in|before|until|end of|\d{{1,2}}(?:st|nd|rd|th)?)\s+(?:the end of\s+)?(?:{_MONTH})"
    r"|(?:within|after|in)\s+(?:\w+\s+){1,3}(?:days?|weeks?|months?|years?)"
    r"|(?:within|after|in)\s+a\s+(?:week|month|year)|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\b(?:measur\w+|per ?cent|percentage|proportion of|number of|how many|how often|target|dip samples?|data"
    r"|effect should be checked|evaluat\w+)\b|\d\s?%",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """One text's answers: each is what is there to be asked about, and none is a fault by itself."""

    asks: int
    words: int
    is_boilerplate: bool
    names_nobody: bool
    has_date: bool
    has_measure: bool
    is_training_only: bool


def read_words(text: str) -> Told:
    """What one text's words tell, by the lexicon that finds repeats; another wording may say the same unnoticed."""
    units = read_lexicon().units(text)
    actions = {unit.name for unit in units.values() if unit.kind == "action"}
    return Told(
        asks=count_asks(text),
        words=len(split_words(text)),
        is_boilerplate=not _says_something(units),
        names_nobody=not (_BODIES.search(text) or any(_is_named(unit) for unit in units.values())),
        has_date=bool(_DATE.search(text)),
        has_measure=bool(actions & MEASURES or _MEASURE.search(text)),
        is_training_only=bool(actions & TRAINING) and actions <= TRAINING | CARRIERS,
    )


def count_asks(text: str) -> int:
    """How many parts of a text ask for something of their own; who follows it up, and by when, is no ask."""
    return max(1, sum(_is_ask(part) for part in split_asks(text)))


def _is_ask(part: str) -> bool:
    units = read_lexicon().units(part)
    has_object = any(unit.kind in ("subject", "practice") for unit in units.values())
    has_action = any(unit.kind == "action" for unit in units.values())
    return (has_action and len(units) > 1) or (has_object and bool(_ASKS.search(part)))


def _is_named(unit: Unit) -> bool:
    return unit.kind == "agency" and unit.name not in NOBODY


def _says_something(units: dict[str, Unit]) -> bool:
    """Whether anything is left beside formulas, agencies and moments."""
    return any(unit.kind not in ("agency", "moment") for unit in units.values())
