"""Every indicator and breakdown of the house, as the made-up release has them; a test holds the two together."""

from itertools import product

from throughline.wording.breakdowns import delay_reasons

CHARACTERISTICS = ["ethnicity", "disability", "sex", "sexual_orientation"]
STAGES = ["notification", "rapid_review", "lcspr"]
REVIEWED = STAGES[1:]
BETWEEN = ["notification_to_rapid_review", "rapid_review_to_lcspr"]


def crossed(*parts: list[str]) -> list[str]:
    """Every combination, as a breakdown joins them."""
    return [":".join(each) for each in product(*parts)]


BROKEN_DOWN = {
    "CV3": ["total", "national_review_suggested"],
    "DM1": [*crossed(CHARACTERISTICS, STAGES), *crossed(CHARACTERISTICS, STAGES, ["lead_child"])],
    "DM2": crossed(CHARACTERISTICS, STAGES),
    "DM3": crossed(CHARACTERISTICS, STAGES),
    "DM4": crossed(CHARACTERISTICS, ["rapid_review"]),
    "DM5": crossed(CHARACTERISTICS, REVIEWED),
    "DM5b": crossed(CHARACTERISTICS, REVIEWED),
    "DM6": crossed(CHARACTERISTICS, REVIEWED),
    "DM7": crossed(CHARACTERISTICS, ["gained", "lost"], BETWEEN),
    "DM8": REVIEWED,
    "DM9": CHARACTERISTICS,
    "NT1": ["total", "child_death", "serious_harm", "other"],
    "NT7": ["over_5_working_days", "over_30_days"],
    "RC1": REVIEWED,
    "RC7": ["local", "regional", "national"],
    "RC8": ["single", "double", "triple"],
    "RC10": ["smart_structural", "smart_only", "structural_only", "neither"],
    "RC2": ["total", "same_words", "theme_and_target", "confirmed"],
    "RC3": ["police", "health"],
    "RC6": ["total", "same_area"],
    "RC11": ["total", "answered_or_acknowledged"],
    "TM1": ["total", "awareness_not_recorded"],
    "TM2": ["total", "late", "overdue"],
    "TM4": ["total", "late", "overdue"],
    "TM4b": ["total", "late", "overdue"],
    "TM5": ["signed_off", "signed_off_less_pauses", "published", "published_less_pauses"],
    "TM6": [
        "decision_to_reviewer",
        "reviewer_to_first_draft",
        "first_draft_to_sign_off",
        "sign_off_to_publication",
    ],
    "TM7": crossed(["rapid_review", "local_review"], list(delay_reasons())),
    "TM11": crossed(["rapid_review", "local_review"], ["family_told", "practitioners_told"]),
}


def series(indicators: list[str]) -> list[tuple[str, str]]:
    """Every indicator with each of its breakdowns."""
    return [(indicator, breakdown) for indicator in indicators for breakdown in BROKEN_DOWN.get(indicator, ["total"])]
