"""What is said of recurring themes, of what recommendations ask for, and of the answers of national bodies."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from throughline import settings
from throughline.wording.measures import cases_of, is_shown
from throughline.wording.values import full_date, listed, plural, rounded

LEAST = settings.whole("radar_least_partnerships")
MONTHS = settings.whole("radar_months")
RADAR_CAVEAT = (
    "Counted by partnership: one that says a thing five times counts once. A theme is a choice of whoever coded it, "
    "and an ask is suggested by its words. Larger areas hold more partnerships, so more recurs in them. What recurs "
    "may be where the need is, where reviews look, or what is easy to recommend."
)
PUBLIC_RADAR = (
    "For everybody: themes in England alone, and no count below "
    f"{settings.whole('suppression_threshold')}. What recurs in a force, a care board or a region is told to those "
    "with a right to it, and so are the asks."
)
NO_RADAR_HERE = (
    "One partnership is one partnership: what recurs is counted over an area of several. England stands here."
)
LEVEL_CAVEAT = (
    "Few national ones may mean that little needed national change, or that it was left unsaid. Where whoever coded "
    "them thought that the cause sat higher than the recommendation was aimed, the table of the kinds of change says "
    "so."
)
LOOP_CAVEAT = (
    "No loop is bad in itself: look for a balance. Single corrects an action, double questions assumptions, triple "
    "changes norms and structures. Training may be what was needed; a high share asks what else was considered. The "
    "codes are judgements, and two coders may differ."
)
SMART_CAVEAT = (
    f"SMART means at least {settings.whole('smart_least_score')} of the five marks. Structural means a change of "
    "leadership, resources, services or law. They are separate questions: neither excludes the other, and neither is a "
    "grade."
)
CHANGE_CAVEAT = (
    "More is not better. The codes were chosen by whoever coded each recommendation. Cells that hold several codes "
    "count under each."
)
NATIONAL_CAVEAT = (
    "An acknowledgement says that a letter arrived: it is no answer. A rejection is one. One that was never sent "
    "counts as not answered. The return holds the latest answer alone."
)
NO_MIX_FOR_YOU = (
    "Kinds of change are counted for those with a right to the area: in small areas a count may be one case."
)
NO_REGISTER_FOR_YOU = (
    "The register of single recommendations is read by those with a right to the area of the "
    "partnership that made them."
)
AXES = {
    "level": ("Level it is aimed at", "level"),
    "level_gap": ("Level needed", None),
    "loop": ("Depth of learning", "loop"),
    "smart_score": ("SMART marks met", None),
    "structural": ("Structural change", None),
    "form": ("Form", "recommendation_form"),
    "source_type": ("Made by", "source_type"),
    "accepted": ("Accepted", "accepted"),
    "action_status": ("Status of the action", "action_status"),
}
VALUES = {
    "level_gap": {
        "AS_AIMED": "The level it was aimed at",
        "HIGHER_NEEDED": "Higher than it was aimed at",
        "LOWER_NEEDED": "Lower than it was aimed at",
    },
    "structural": {"Y": "Yes", "N": "No"},
}
STATES = {
    "overdue": "Overdue",
    "not_due": "Not due yet",
    "answered_late": "Answered late",
    "answered_undated": "Answered, day not given",
    "answered_in_time": "Answered in time",
}


def radar_heading(themes: Sequence[Mapping[str, Any]], area_said: str, least: int = LEAST) -> str:
    """How many themes recur, and which reaches most partnerships."""
    if not themes:
        return f"No theme came up in {least} or more partnerships of {area_said} in the last {MONTHS} months"
    widest = max(row["partnerships"] for row in themes)
    named = [row["name"] for row in themes if row["partnerships"] == widest]
    reach = f"{listed([f'“{name}”' for name in named[:3]])} in {plural(widest, 'partnership')}"
    return (
        f"{plural(len(themes), 'theme')} came up in {least} or more partnerships of {area_said} in the last {MONTHS} "
        f"months: {reach}"
    )


def radar_alternative(drawn: Sequence[Mapping[str, Any]], every: int, area_said: str) -> str:
    """The bars in words."""
    first, last = drawn[0], drawn[-1]
    return (
        f"Bar chart from zero: partnerships of {area_said} in which a theme came up in the last {MONTHS} months, the "
        f"{len(drawn)} widest of {every}. Most: {first['name']}, {plural(first['count'], 'partnership')}. Fewest "
        f"shown: {last['name']}, {last['count']:,}. The table below has every theme."
    )


def level_heading(rows: pl.DataFrame, area_said: str) -> str:
    """How many are aimed beyond the area."""
    held = {row["breakdown"]: row for row in rows.iter_rows(named=True)}
    national, regional = held["national"], held["regional"]
    if not is_shown(national):
        return f"The level at which recommendations are aimed cannot be shown for {area_said}"
    aimed = "is" if national["numerator"] == 1 else "are"
    others = {0: "none", 1: "one"}.get(regional["numerator"], rounded(regional["numerator"] or 0))
    beside = f", and {others} at regional ones" if is_shown(regional) else ""
    return (
        f"{cases_of(national, 'recommendation', 'recommendations')} in {area_said} {aimed} aimed at national "
        f"bodies{beside}"
    )


def loop_heading(rows: pl.DataFrame, area_said: str) -> str:
    """How many are training or a briefing, and how many go deepest."""
    held = {(row["indicator"], row["breakdown"]): row for row in rows.iter_rows(named=True)}
    parts = [
        f"{rounded(row['numerator'])} {ask if row['numerator'] == 1 else asks} {what}"
        for row, ask, asks, what in (
            (held["RC9", "total"], "asks", "ask", "for training or a briefing"),
            (held["RC8", "triple"], "would", "would", "change norms and structures"),
        )
        if is_shown(row)
    ]
    if not parts:
        return f"The depth of learning cannot be shown for {area_said}"
    every = max(row["denominator"] for row in held.values() if is_shown(row))
    return f"Of {plural(int(every), 'recommendation')} in {area_said}, {' and '.join(parts)}"


def smart_heading(rows: pl.DataFrame, area_said: str) -> str:
    """How many are SMART, how many structural and how many both: two questions and their overlap."""
    held = {row["breakdown"]: row for row in rows.iter_rows(named=True)}
    if not all(is_shown(row) for row in held.values()):
        return f"SMART and structural cannot be told apart for {area_said}"
    both = held["smart_structural"]["numerator"]
    smart, structural = both + held["smart_only"]["numerator"], both + held["structural_only"]["numerator"]
    noun = "recommendation" if held["neither"]["denominator"] == 1 else "recommendations"
    return (
        f"Of {rounded(held['neither']['denominator'])} {noun} in {area_said}, {rounded(smart)} "
        f"{'is' if smart == 1 else 'are'} SMART, {rounded(structural)} {'is' if structural == 1 else 'are'} "
        f"structural, and {rounded(both)} {'is' if both == 1 else 'are'} both"
    )


def change_heading(rows: Sequence[Mapping[str, Any]], area_said: str) -> str:
    """The kind of change asked for most often."""
    every = sum(row["count"] for row in rows)
    most = max(row["count"] for row in rows)
    named = [f"“{row['name']}”" for row in rows if row["count"] == most]
    return (
        f"Of {plural(every, 'recommendation')} in {area_said}, {rounded(most)} "
        f"{'asks' if most == 1 else 'ask'} for {listed(named[:3])}, more than for any other kind of change"
        if len(named) == 1
        else f"{plural(every, 'recommendation')} in {area_said}, of {plural(len(rows), 'kind')} of change"
    )


def change_alternative(rows: Sequence[Mapping[str, Any]], area_name: str, period_words: str) -> str:
    """The bars of kinds of change in words."""
    most, least = (pick(rows, key=lambda row: row["count"]) for pick in (max, min))
    return (
        f"Bar chart from zero: recommendations by kind of change, {area_name}, {period_words}. Most: {most['name']}, "
        f"{most['count']:,}. Fewest: {least['name']}, {least['count']:,}. The table below has every kind."
    )


def nobody_sentence(to_nobody: int, every: int, without_day: int, with_day_known: int) -> str:
    """How many are addressed to nobody, and how many have no day by which their action is due."""
    if not every:
        return ""
    said = f"{rounded(to_nobody)} of {rounded(every)} {'is' if to_nobody == 1 else 'are'} addressed to nobody."
    if with_day_known:
        said += (
            f" {rounded(without_day)} of {rounded(with_day_known)} {'has' if without_day == 1 else 'have'} no day by "
            "which the action is due."
        )
    return said


def national_heading(rows: pl.DataFrame, area_said: str, is_own: bool) -> str:
    """How many national recommendations wait for an answer beyond their time, as the register has them today."""
    if not is_own:
        return f"Answers of national bodies are listed for those with a right to {area_said}"
    if not rows.height:
        return f"No national recommendation was made in {area_said}"
    overdue = rows.filter(pl.col("state") == "overdue").height
    verb = "has" if overdue == 1 else "have"
    return (
        f"{rounded(overdue)} of {plural(rows.height, 'national recommendation')} from {area_said} {verb} waited longer "
        "than a year for an answer"
    )


def register_note(listed: int, every: int, is_one_partnership: bool) -> str:
    """How the register is ordered, and how much of it there is no room for."""
    note = "All years held; overdue first. [z] means not applicable: it is not late."
    if listed == every:
        return note
    smaller = "" if is_one_partnership else " Choose a smaller area to see more of its own."
    return f"{note} The first {rounded(listed)} of {rounded(every)} are listed.{smaller}"


def latest_answer(status: str | None, day: date | None) -> str:
    """Where the answer stands, and since when if that is written down."""
    said = status or "Not given"
    return f"{said}, {full_date(day)}" if day else said
