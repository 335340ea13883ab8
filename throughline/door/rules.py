"""Every rule by its id, from the one list that the house, the door and the pages share: seeds/rules.csv."""

import csv
from dataclasses import dataclass
from functools import cache

from throughline.workspace import PROJECT

RULES_FILE = PROJECT / "seeds" / "rules.csv"


@dataclass(frozen=True)
class Rule:
    """One rule: its id, what happens when it is broken, where it looks, and what it asks."""

    rule: str
    severity: str
    scope: str
    title: str
    source: str


@cache
def load_rules() -> dict[str, Rule]:
    """The rules by id, in the order of the list."""
    with RULES_FILE.open(encoding="utf-8", newline="") as file:
        return {row["rule"]: Rule(**row) for row in csv.DictReader(file)}
