"""Writes down what axe found on each page, for the accessibility statement: `make accessibility`.

Each state of a page is one line of dashboards/accessibility_results.csv: where, as whom, how many rules held, how many
were broken, and by which version of axe. Nothing is written unless THROUGHLINE_AXE_RESULTS names the file.
"""

import csv
import os
from pathlib import Path

COLUMNS = ("path", "state", "reader", "rules_held", "rules_broken", "axe_version")


def write(state: str, reader: str, response: dict) -> None:
    """Adds one line where a file is named."""
    name = os.environ.get("THROUGHLINE_AXE_RESULTS")
    if not name:
        return
    file = Path(name)
    is_new = not file.exists()
    with file.open("a", encoding="utf-8", newline="") as out:
        lines = csv.writer(out, lineterminator="\n")
        if is_new:
            lines.writerow(COLUMNS)
        path, _, choices = state.partition("?")
        held, broken = len(response["passes"]), len(response["violations"])
        lines.writerow((path, choices, reader, held, broken, response["testEngine"]["version"]))
