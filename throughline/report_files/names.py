"""Names of files: what is inside, of where, how old, and that it is synthetic when it is."""

import re

from throughline.report import Filter, Report

LONGEST = 90  # letters of the words, so that no system cuts the date off


def file_name(report: Report, *parts: str, ending: str) -> str:
    """throughline-conversion-steps-leeds-as-at-2026-09-30-synthetic.csv."""
    chosen = [one.in_words for one in report.filters if isinstance(one, Filter)]  # never what somebody wrote
    said = slug(" ".join(["throughline", report.topic, *parts, *chosen]))
    kind = "-synthetic" if report.is_synthetic else ""
    return f"{shortened(said)}-as-at-{report.as_at_date.isoformat()}{kind}.{ending}"


def slug(text: str) -> str:
    """Lower-case letters and digits with a hyphen between words."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", "").replace("’", "")).strip("-")


def shortened(text: str) -> str:
    """Cut at the end of a word."""
    return text if len(text) <= LONGEST else text[: LONGEST + 1].rpartition("-")[0]
