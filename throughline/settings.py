"""Every clock, limit and threshold, by name, from seeds/settings.csv: the one file where they are set and explained."""

import csv
from functools import cache

from throughline.workspace import PROJECT

FILE = PROJECT / "seeds" / "settings.csv"


@cache
def settings() -> dict[str, dict[str, str]]:
    """Each setting's row (value, unit, title, reason, source) by its name, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["setting"]: row for row in csv.DictReader(file)}


def text(name: str) -> str:
    """A setting that is a word, such as the event at which a clock starts."""
    return settings()[name]["value"]


def whole(name: str) -> int:
    """A setting that is a whole number."""
    return int(text(name))


def number(name: str) -> float:
    """A setting that is a number, such as a share."""
    return float(text(name))
