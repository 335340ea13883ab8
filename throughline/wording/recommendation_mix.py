"""What is said of recurring themes, of what recommendations ask for, and of the answers of national bodies."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from throughline import settings
from throughline.wording.measures import is_shown, upper_first
from throughline.wording.values import full_date, plural, rounded, some, some_of

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
    """How many themes recur, and which reaches most partnerships, or how many where several reach as many."""
    if not themes:
        return f"No theme came up in {least} or more partnerships of {area_said}"
    widest = max(row["partnerships"] for row in themes)
    named = [row["name"] for row in themes if row["partnerships"] == widest]
    most = f"most widely “{named[0]}”" if len(named) == 1 else f"the widest in {plural(widest, 'partnership')} each"
    return f"{plural(len(themes), 'theme')} {'recurs' if len(themes) == 1 else 'recur'} in {area_said}, {most}"


def drawn_themes(drawn: int, every: int) -> str:
    """How many themes the chart has, where the table has more."""
    return f" Drawn are the {drawn} widest of {every}; the table has every theme." if drawn < every else ""


def radar_alternative(drawn: Sequence[Mapping[str, Any]], every: int, area_said: str) -> str:
    """The bars in words."""
    first, last = drawn[0], drawn[-1]
    return (
        f"Bar chart from zero: partnerships of {area_said} in which a theme came up in the last {MONTHS} months, the "
        f"{len(drawn)} widest of {every}. Most: {first['name']}, {plural(first['count'], 'partnership')}. Fewest "
        f"shown: {last['name']}, {last['count']:,}. The table below has every theme."
    )


def level_heading(rows: pl.DataFrame, area_said: str) -> str:
    """How many are aimed at national bodies."""
    national = rows.row(by_predicate=pl.col("breakdown") == "national", named=True)
    if not is_shown(national):
        return f"The level at which recommendations are aimed cannot be shown for {area_said}"
    return f"{recommendations(national)} in {area_said} {is_or_are(national)} aimed at national bodies"


def recommendations(row: Mapping[str, Any]) -> str:
    """How many of how many at the beginning of a sentence: None of 12 recommendations."""
    noun = "recommendation" if row["denominator"] == 1 else "recommendations"
    return f"{upper_first(some_of(row['numerator'], row['denominator']))} {noun}"


def is_or_are(row: Mapping[str, Any]) -> str:
    """The verb of one, of several and of none."""
    return "is" if row["numerator"] <= 1 else "are"


def loop_heading(rows: pl.DataFrame, area_said: str) -> str:
    """How many are training or a briefing, or where that is hidden how many go deepest."""
    held = {(row["indicator"], row["breakdown"]): row for row in rows.iter_rows(named=True)}
    training, deepest = held["RC9", "total"], held["RC8", "triple"]
    if is_shown(training):
        ask = "asks" if training["numerator"] <= 1 else "ask"
        return f"{recommendations(training)} in {area_said} {ask} for training or a briefing"
    if is_shown(deepest):
        return f"{recommendations(deepest)} in {area_said} would change norms and structures"
    return f"The depth of learning cannot be shown for {area_said}"


def smart_heading(rows: pl.DataFrame, area_said: str) -> str:
    """How many are SMART and structural: the overlap of two questions."""
    held = {row["breakdown"]: row for row in rows.iter_rows(named=True)}
    if not all(is_shown(row) for row in held.values()):
        return f"SMART and structural cannot be told apart for {area_said}"
    both = held["smart_structural"]
    return f"{recommendations(both)} in {area_said} {is_or_are(both)} both SMART and structural"


def smart_sentence(rows: pl.DataFrame) -> str:
    """How many are SMART and how many structural, with those that are both in each; nothing where that is hidden."""
    held = {row["breakdown"]: row for row in rows.iter_rows(named=True)}
    if not all(is_shown(row) for row in held.values()):
        return ""
    both = held["smart_structural"]["numerator"]
    smart, structural = both + held["smart_only"]["numerator"], both + held["structural_only"]["numerator"]
    if not smart and not structural:
        return "None is SMART, and none structural."
    return (
        f"{upper_first(some(smart))} {'is' if smart <= 1 else 'are'} SMART and {some(structural)} "
        f"{'is' if structural <= 1 else 'are'} structural, with those that are both in each."
    )


def change_heading(rows: Sequence[Mapping[str, Any]], area_said: str) -> str:
    """The kind of change asked for most often."""
    every = sum(row["count"] for row in rows)
    most = max(row["count"] for row in rows)
    named = [f"“{row['name']}”" for row in rows if row["count"] == most]
    if len(named) == 1:
        return f"{named[0]} is asked for most often: {rounded(most)} of {plural(every, 'recommendation')}"
    return f"{plural(every, 'recommendation')} in {area_said}, of {plural(len(rows), 'kind')} of change"


def change_alternative(rows: Sequence[Mapping[str, Any]], area_name: str, period_words: str) -> str:
    """The bars of kinds of change in words."""
    most, least = (pick(rows, key=lambda row: row["count"]) for pick in (max, min))
    return (
        f"Bar chart from zero: recommendations by kind of change, {area_name}, {period_words}. Most: {most['name']}, "
        f"{most['count']:,}. Fewest: {least['name']}, {least['count']:,}. The table below has every kind."
    )


def nobody_sentence(to_nobody: int, every: int, without_day: int, with_day_known: int) -> str:
    """How many are addressed to nobody, and how many have no day by which their action is due, where any are."""
    if not every:
        return ""
    said = []
    if to_nobody:
        is_or = "is" if to_nobody == 1 else "are"
        said.append(f"{rounded(to_nobody)} of {rounded(every)} {is_or} addressed to nobody.")
    if without_day:
        has_or = "has" if without_day == 1 else "have"
        said.append(f"{rounded(without_day)} of {rounded(with_day_known)} {has_or} no day by which the action is due.")
    return " ".join(said)


def national_heading(rows: pl.DataFrame, area_said: str, is_own: bool) -> str:
    """How many national recommendations wait for an answer beyond their time, as the register has them today."""
    if not is_own:
        return f"Answers of national bodies are listed for those with a right to {area_said}"
    if not rows.height:
        return f"No national recommendation was made in {area_said}"
    overdue = rows.filter(pl.col("state") == "overdue").height
    noun = "national recommendation" if rows.height == 1 else "national recommendations"
    verb = "has" if overdue <= 1 else "have"
    return f"{upper_first(some_of(overdue, rows.height))} {noun} {verb} waited over a year for an answer"


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
