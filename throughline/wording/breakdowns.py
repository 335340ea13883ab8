"""Every breakdown code of the catalogue in plain words, the order they stand in, and what a row of its own counts."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from throughline import settings
from throughline.workspace import PROJECT

TOTAL = "total"
CHARACTERISTICS = {
    "ethnicity": "Ethnicity",
    "disability": "Disability",
    "sexual_orientation": "Sexual orientation",
    "sex": "Sex",
}
CHANGES = {"gained": "gained", "lost": "lost"}
STAGES = {
    "notification": "at notification",
    "rapid_review": "at rapid review",
    "lcspr": "at local review",
    "notification_to_rapid_review": "between notification and rapid review",
    "rapid_review_to_lcspr": "between rapid review and local review",
}
REVIEWS = {"rapid_review": "Rapid reviews", "local_review": "Local reviews", "lcspr": "Local reviews"}
LEAD_CHILD = {"lead_child": "lead child of each notification only"}
TOLD = {"family_told": "family told", "practitioners_told": "practitioners told"}
NATURES = {"child_death": "Child death", "serious_harm": "Serious harm", "other": "Other"}
TIMES = {"late": "Done, but late", "overdue": "Due, and not done"}
DURATIONS = {
    "signed_off": "Decision to sign-off",
    "signed_off_less_pauses": "Decision to sign-off, less pauses",
    "published": "Decision to publication",
    "published_less_pauses": "Decision to publication, less pauses",
    "decision_to_reviewer": "Decision to the reviewer's appointment",
    "reviewer_to_first_draft": "Reviewer's appointment to first draft",
    "first_draft_to_sign_off": "First draft to sign-off",
    "sign_off_to_publication": "Sign-off to publication",
}
RECOMMENDATIONS = {
    "local": "Aimed at local bodies",
    "regional": "Aimed at regional bodies",
    "national": "Aimed at national bodies",
    "single": "Single loop: corrects an action",
    "double": "Double loop: questions assumptions",
    "triple": "Triple loop: changes norms and structures",
    "smart_structural": "SMART and structural",
    "smart_only": "SMART and not structural",
    "structural_only": "Structural and not SMART",
    "neither": "Neither SMART nor structural",
    "answered_or_acknowledged": "Answered or acknowledged",
    "same_words": "In nearly the same words",
    "theme_and_target": "Same theme, target and kind of change",
    "confirmed": "Confirmed by a person",
    "police": "To the police, across the force area",
    "health": "To health, across the care board",
    "same_area": "Of the same area",
}
OTHERS = {
    "national_review_suggested": "National review suggested instead",
    "awareness_not_recorded": "Day of becoming aware not recorded",
    "over_5_working_days": f"Over {settings.whole('notification_limit_working_days')} working days",
    "over_30_days": f"Over {settings.whole('late_notification_days')} days",
}
ALONE = NATURES | TIMES | DURATIONS | RECOMMENDATIONS | OTHERS

# What the undivided row is called where it stands beside others that are no part of it, or that add up to it.
TOTALS = {
    "CV3": "Local review",
    "NT1": "All natures",
    "RC2": "Suggested or confirmed",
    "RC6": "Of the area or across a shared force or board",
    "RC11": "Answered",
    "TM1": "Sent in time",
    "TM2": "Submitted in time",
    "TM4": "Published in time",
    "TM4b": "Signed off in time",
}
NOT_DIVIDED = "Not broken down"
# Whose breakdowns name a stage of the process rather than a kind of review.
BY_STAGE = "recording"

# Rows that count something else than the catalogue's own words for the indicator say.
COUNTED = {
    ("CV3", "national_review_suggested"): "Rapid reviews whose final decision suggests a national review instead",
    ("TM1", "awareness_not_recorded"): "Notifications without a date of awareness",
    ("TM2", "late"): "Notifications whose rapid review was submitted after its time",
    ("TM2", "overdue"): "Notifications whose rapid review is past its time and not submitted",
    ("TM4", "late"): "Local reviews published after their six months",
    ("TM4", "overdue"): "Local reviews past their six months and not published",
    ("TM4b", "late"): "Local reviews signed off after their six months",
    ("TM4b", "overdue"): "Local reviews past their six months and not signed off",
    ("RC2", "same_words"): (
        "Recommendations that say in nearly the same words what an earlier one of the same partnership said, in the 36 "
        "months before, in another review"
    ),
    ("RC2", "theme_and_target"): (
        "Recommendations of the same theme, to a shared target and for the same kind of change as an earlier one of "
        "the same partnership, in the 36 months before: context, and no repeat"
    ),
    ("RC2", "confirmed"): (
        "Recommendations of which a person has confirmed that they ask again what an earlier one of the same "
        "partnership asked, in the 36 months before, in another review"
    ),
    ("RC3", "police"): (
        "Recommendations to the police or to all partners that seem to ask again what another partnership of the same "
        "police force asked, in the 24 months before"
    ),
    ("RC3", "health"): (
        "Recommendations to health or to all partners that seem to ask again what another partnership of the same care "
        "board asked, in the 24 months before"
    ),
    ("RC6", "same_area"): (
        "Repeats of a recommendation of the same partnership whose action had been marked done by the day they were "
        "made"
    ),
    ("RC11", "answered_or_acknowledged"): (
        "National recommendations accepted, rejected, acted on or at least acknowledged within 12 months"
    ),
}
OUT_OF = {
    ("TM1", "awareness_not_recorded"): "Notifications, less duplicates and withdrawn ones",
    ("RC2", "theme_and_target"): "Recommendations with 36 months of returns before them",
    ("RC6", "same_area"): "Recommendations that repeat one of the same partnership",
}
LEFT_OUT = {
    ("TM1", "awareness_not_recorded"): "Duplicates, withdrawn notifications, deaths of care leavers",
    ("RC2", "theme_and_target"): "Those made less than 36 months after the first day that the return covers",
}


def in_words(catalogue: Mapping[str, Any], breakdown: str) -> str:
    """A breakdown as a list shows it: Ethnicity, at rapid review; Rapid reviews: No reviewer available."""
    indicator = catalogue["indicator"]
    if breakdown == TOTAL:
        return TOTALS.get(indicator, NOT_DIVIDED)
    first, *rest = breakdown.split(":")
    if first in CHARACTERISTICS:
        return ", ".join([CHARACTERISTICS[first], *((CHANGES | STAGES | LEAD_CHILD)[part] for part in rest)])
    if first in REVIEWS:
        if not rest:
            stage = STAGES[first]
            return stage[0].upper() + stage[1:] if catalogue["family"] == BY_STAGE else REVIEWS[first]
        return f"{REVIEWS[first]}: {' '.join((TOLD | delay_reasons())[part] for part in rest)}"
    return ALONE[breakdown]


def heading(breakdown: str) -> str | None:
    """Under what a breakdown is listed, where there are so many that a list needs headings."""
    first, *rest = breakdown.split(":")
    return (CHARACTERISTICS | REVIEWS)[first] if rest else None


def in_order(breakdowns: Iterable[str]) -> list[str]:
    """The undivided row first, then as a reader would look for them."""
    places = {part: place for place, part in enumerate([TOTAL, *_parts()])}
    return sorted(breakdowns, key=lambda breakdown: [places[part] for part in breakdown.split(":")])


def in_brief(breakdowns: Iterable[str]) -> list[str]:
    """The few rows that stand for a measure where there is no room for all: its total, else one of each kind."""
    held = in_order(breakdowns)
    if TOTAL in held:
        return [TOTAL]
    _, *first = held[0].split(":")
    return [breakdown for breakdown in held if breakdown.split(":")[1:] == first]


def title(catalogue: Mapping[str, Any], breakdown: str, name: str = "title") -> str:
    """The indicator's title, or its short one, with its breakdown where it has one."""
    if breakdown == TOTAL:
        return catalogue[name]
    words = in_words(catalogue, breakdown)
    return f"{catalogue[name]} ({words[0].lower() if words[:2].istitle() else words[0]}{words[1:]})"


def counted(catalogue: Mapping[str, Any], breakdown: str) -> tuple[str, str, str]:
    """What a row counts, out of what, and what is left out."""
    row = catalogue["indicator"], breakdown
    return (
        COUNTED.get(row, catalogue["numerator"]),
        OUT_OF.get(row, catalogue["denominator"]),
        LEFT_OUT.get(row, catalogue["exclusions"]),
    )


def direction(catalogue: Mapping[str, Any], breakdown: str, breakdowns: Iterable[str]) -> str:
    """Which way is agreed to be good: late and overdue rows do not share the direction of the row done in time."""
    return catalogue["direction"] if breakdown == TOTAL or TOTAL not in set(breakdowns) else "none"


@cache
def delay_reasons() -> dict[str, str]:
    """The reasons for delay, from the code list of the returns."""
    from throughline.door.specification import read_code_lists

    listed = read_code_lists(PROJECT / "seeds" / "code_lists.csv")["delay_reason"]
    reasons = {code.code.lower(): code.label[0].lower() + code.label[1:] for code in listed if code.code != "NONE"}
    return reasons | {"not_recorded": "no reason recorded"}


@cache
def _parts() -> tuple[str, ...]:
    everything = [CHARACTERISTICS, CHANGES, STAGES, REVIEWS, LEAD_CHILD, TOLD, delay_reasons(), ALONE]
    return tuple(dict.fromkeys(part for words in everything for part in words))
