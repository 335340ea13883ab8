"""A text as words and stems, alike for every spelling, case and mark."""

import re
from functools import cache

_GRAMMAR = """
a about all also always an and any are as at be because been being between both but by can could did do does done during
each even every for from get gets getting go goes going had has have he her him his how i if in into is it its just kind
like many may might more most must new no not now of off on once one only or order other others our out over own rather
said same say says shall she should since so still such than that the their them then there these they this those three
through to too two under up us very was we well were what when where whether which while who whom whose will with within
would yet you your yourselves across
"""
GRAMMAR = frozenset(_GRAMMAR.split())
IRREGULAR = {
    "gave": "give", "given": "give", "held": "hold", "kept": "keep", "knew": "know", "known": "know", "left": "leave",
    "made": "make", "men": "man", "met": "meet", "saw": "see", "seen": "see", "sought": "seek", "spoke": "speak",
    "spoken": "speak", "taken": "take", "taught": "teach", "told": "tell", "understood": "understand",
    "brought": "bring", "felt": "feel", "found": "find", "written": "write", "wrote": "write",
}  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’‘")


def fold(text: str) -> str:
    """The text without case, punctuation or extra spaces: two texts that fold alike are the same text."""
    return " ".join(split_words(text))


def split_words(text: str) -> list[str]:
    """Words in order, in lower case; an apostrophe does not divide a word and a hyphen does."""
    return _WORD.findall(text.lower().translate(_APOSTROPHES))


@cache
def stem(word: str) -> str:
    """A word without its common endings, so that record, records, recorded and recording are one."""
    word = IRREGULAR.get(word, word)
    if len(word) <= 3:
        return word
    word = _without_ing_or_ed(_singular(word))
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_ing_or_ed(word: str) -> str:
    for ending in ("ing", "ed"):
        kept = word.removesuffix(ending)
        if kept != word and len(kept) >= 3 and re.search("[aeiouy]", kept):
            # "planned" is "plan", but "called" stays "call" and "assessed" stays "assess".
            return kept[:-1] if len(kept) > 3 and kept[-1] == kept[-2] and kept[-1] not in "ls" else kept
    return word[:-2] if word.endswith("ly") and len(word) > 5 else word
