"""What axe-core found on each page when `make accessibility` was last run: the accessibility statement gives it."""

import csv
from functools import cache
from pathlib import Path

from throughline import wording

RESULTS = Path(__file__).with_name("accessibility_results.csv")


@cache
def results() -> list[dict[str, str]]:
    """What axe found when it was last asked: one row a state of a page."""
    with RESULTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_words() -> str:
    """How many pages and states axe looked at, and what it found."""
    rows = results()
    pages, broken = len({row["path"] for row in rows}), sum(int(row["rules_broken"]) for row in rows)
    found = "no breach" if not broken else wording.plural(broken, "breach", "breaches")
    return (
        f"axe-core {rows[0]['axe_version']} finds {found} of its WCAG 2.0 to 2.2 rules at levels A and AA, nor of its "
        f"best-practice rules, in {len(rows)} states of {pages} pages, with everything open that can be folded away."
    )
