"""The indicators in the order in which readers meet them: by family, then by number."""

import re
from collections.abc import Iterable
from typing import Any

FAMILY_IN_WORDS = {
    "conversion": "From one stage to the next",
    "timeliness": "Timeliness",
    "recording": "Recording of characteristics",
    "recommendations": "Recommendations",
    "notifications": "Notifications",
}


def family_in_words(family: str) -> str:
    """A family's name as a heading."""
    return FAMILY_IN_WORDS.get(family, family.capitalize())


def in_reading_order(indicators: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of the catalogue by family as the process runs, a family not named there last; DM2 before DM10."""
    families = list(FAMILY_IN_WORDS)

    def place(row: dict[str, Any]) -> tuple:
        family = families.index(row["family"]) if row["family"] in families else len(families)
        prefix, number, letter = re.fullmatch(r"(\D*)(\d*)(.*)", row["indicator"]).groups()
        return family, row["family"], prefix, int(number or 0), letter

    return sorted(indicators, key=place)
