"""What the page and the command say where a person decides whether two recommendations ask for the same."""

from collections.abc import Mapping
from typing import Any

from throughline.wording.values import plural

QUESTION = "Do these two ask for the same action?"
VERDICTS = {
    "repeat": "The same is asked again",
    "same_theme": "Same theme, another ask",
    "different": "About different things",
    "unsure": "Not sure",
}
GUIDELINE = (
    (
        "The same is asked again",
        "Whoever had fully done what one asks would have done all, or the main part, of what the other asks. Wording, "
        "length, area, addressee and strength do not matter.",
    ),
    (
        "Same theme, another ask",
        "The same subject, but another thing to do, another moment or other children: to do one would leave the other "
        "undone. A general and a particular ask are of this kind.",
    ),
    ("About different things", "Another subject. Shared formulas do not make two texts alike."),
    (
        "In doubt",
        "Would it be fair to tell a partnership that it was asked to do this before? If not, it is the same theme.",
    ),
)
SCOPES = {
    "SAME_REVIEW_SERIES": "one review and its own rapid review: never a repeat",
    "SAME_AREA": "the same partnership",
    "SAME_FORCE": "two partnerships that share a police force",
    "SAME_ICB": "two partnerships that share a care board",
    "SAME_REGION": "two partnerships of one region",
    "NATIONAL": "two partnerships of different regions",
}
KINDS = {
    "exact": "the same words",
    "near": "nearly the same words",
    "same_ask": "other words, likely the same ask",
    "named": "named by a person",
    "theme_and_target": "same theme, target and kind of change; not suggested by its words",
}
STATES = {
    "suggested": "nobody has decided yet",
    "confirmed": "confirmed as a repeat",
    "rejected": "rejected: not a repeat",
    "disputed": "people differ, and both are kept",
    "unsure": "somebody was not sure",
}
FEATURES = {
    "covered": "How much of each the other covers",
    "meaning": "How near they lie in meaning",
    "beyond_subject": "Whether the same is to be done, whatever the subject",
}
KEPT = (
    "A decision is written down with the role and the time, and kept for ever. It takes effect with the next build. It "
    "holds for these words: where a later return changes them, the pair is asked about again."
)


def answer(pair: Mapping[str, Any] | None, waiting: int, is_public: bool) -> str:
    """The first sentence of the page."""
    if is_public:
        return "Pairs of recommendations are shown to those with a right to the area of the later one."
    if pair is None:
        return "No suggested pair that you may read is waiting for a decision."
    likely = "" if pair["score"] is None else f" with a score of {pair['score']:.2f} of 1"
    across = pair["kind"] == "same_ask" and pair["scope"] != "SAME_AREA"
    kind = "other words, perhaps the same ask" if across else KINDS[pair["kind"]]
    return (
        f"They come from {SCOPES[pair['scope']]}, and are suggested{likely} ({kind}); "
        f"{STATES[pair['state']]}. {plural(waiting, 'suggested pair waits', 'suggested pairs wait')} for a decision."
    )


def precision_heading(right: int, decided: int, least: int) -> str:
    """What people found of the suggestions."""
    if not decided:
        return "Nobody has decided on a suggested pair yet"
    if decided < least:
        return f"People have decided on {plural(decided, 'suggested pair')}: too few to say how often they are right"
    return f"People found {right} of {decided} suggested pairs to be repeats"
