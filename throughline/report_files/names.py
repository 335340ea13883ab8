"""Names of files: what is inside, of where, how old, and that it is synthetic when it is."""

import re

from throughline.report import Filter, Report

LONGEST = 160  # letters of the words, so that no system cuts the date off


def file_name(report: Report, *parts: str, ending: str) -> str:
    """throughline-conversion-steps-leeds-as-at-2026-09-30-synthetic.csv."""
    # Never what somebody wrote, nor that nothing was chosen.
    chosen = [slug(one.in_words) for one in report.filters if isinstance(one, Filter) and one.chosen]
    said = fitted(slug(" ".join(["throughline", report.topic, *parts])), chosen)
    kind = "-synthetic" if report.is_synthetic else ""
    return f"{said}-as-at-{report.as_at_date.isoformat()}{kind}.{ending}"


def slug(text: str) -> str:
    """Lower-case letters and digits with a hyphen between words."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", "").replace("’", "")).strip("-")


def fitted(topic: str, chosen: list[str]) -> str:
    """Topic and choices, of which the longest lose their last words until all fit: none of them is left out."""
    whole = "-".join([topic, *chosen])
    for most in range(max(map(len, chosen), default=0), 0, -1):
        if len(whole) <= LONGEST:
            break
        whole = "-".join([topic, *(shortened(one, most) for one in chosen)])
    return shortened(whole, LONGEST)


def shortened(text: str, most: int) -> str:
    """Cut at the end of a word."""
    return text if len(text) <= most else text[: most + 1].rpartition("-")[0] or text[:most]
