"""Sentences of the question "How often does one step lead to the next?", each made from the frame that is drawn."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughline.wording import measures
from throughline.wording.values import interval, listed, measure, plural, rounded

STEPS = {
    "CV1": ("referral", "referrals", "a notification"),
    "CV2": ("notification in scope", "notifications in scope", "a rapid review"),
    "CV3": ("rapid review", "rapid reviews", "a local review"),
}
# Each step as a cohort of the funnel: what its cases are, and to what they lead.
COHORTS = {
    "CV1": "Referrals that led to a notification",
    "CV2": "Notifications that led to a rapid review",
    "CV3": "Rapid reviews that led to a local review",
}
COHORTS_TITLE, SHARES_TITLE = "Cases of each step, and those that led to the next", "The same as shares"
COHORTS_KEY = (
    ("led-on", "Led to the next step, with the 95% interval"),
    ("not-on", "Did not, or not in time"),
)
OUTCOMES = {
    "lcspr": "Local review",
    "no_further_review": "No further review",
    "other_local_review": "Another local review",
    "national_review_suggested": "National review suggested",
    "not_met_or_withdrawn": "Not met or withdrawn",
    "open": "No outcome yet",
}
OUTCOMES_MEASURED = (
    "Share of notifications that are the Panel's to consider, less duplicates and care leavers' deaths, that had come "
    "to each outcome"
)
OPEN = "open"
NO_LIMITS = "No outcome yet is what the others leave of 100%, and has no limits of its own."
HEADING_MONTHS = 6
STEPS_CAVEAT = (
    "Each step is a cohort of its own: its cases are of the period by their own date and count once they have had the "
    "time to lead on. So a bar need not be as long as the filled part above it, and no two shares multiply to a third. "
    "Neither a high nor a low share is good by itself: a rapid review may rightly end the "
    "matter, and areas mean different things by a referral."
)
OUTCOMES_CAVEAT = (
    "Cases without an outcome count for as long as they have been followed (Aalen-Johansen), so that a case that was "
    "notified last month does not make reviews look rarer than they are. A curve ends where fewer than 10 cases are "
    "still followed."
)
PANEL_CAVEAT = (
    "Partners may decide otherwise than the Panel, and disagreement is no mark against either. Answers that asked for "
    "more information, considered a national review or gave no view are in neither share."
)
DISSENT_CAVEAT = (
    "Recorded dissent can be a sign of healthy challenge, and not recording it is not agreement. A notification can be "
    "found not to meet the criteria once more is known: neither a high nor a low share is good."
)
SCREENED_CAVEAT = (
    "What is called local learning differs between areas. The share says that an incident went to a learning route, "
    "and not that anything was learned there."
)
NO_CURVES_HERE = (
    "Curves are made for England, regions and single partnerships, and not for police force areas and integrated care "
    "boards."
)
NO_CURVES_FOR_YOU = (
    "Curves month by month are for those with a right to this area: where cases are few, a step in a curve is a single "
    "child's case. England's are not published either, because too few cases end in each month for its steps to be "
    "hidden."
)
ENDS_TOO_SOON = (
    "There is no curve: it would end at {when}, after which fewer than 10 notifications were still without an outcome "
    "and followed, and would be read as what became of all of them. The steps above have what they led to."
)
TOO_FEW_FOLLOWED = "There is no curve: fewer than 10 notifications of this area and period could be followed."
NOT_HELD = [
    (
        "Why the Panel thought otherwise, and why a decision changed",
        "The returns hold the Panel's view and the reasons for the first decision. Neither the Panel's reasons nor "
        "those for a change are asked.",
    ),
    (
        "Who took part in each triage decision and agreed",
        "Agencies that did not agree are counted. Those that did are not, so how often an agency agrees cannot be "
        "said.",
    ),
    (
        "What local learning changed",
        "The return says by which route an incident's learning was sought, and which recommendations and learning "
        "points name it. Whether practice changed is not collected.",
    ),
]


def headline(rows: pl.DataFrame, area_name: str, period_words: str) -> str:
    """The answer: what each step led to, with its cases, and whether any differs from England."""
    steps = rows.filter(pl.col("indicator").is_in(list(STEPS)) & (pl.col("breakdown") == "total"))
    shown = [row for row in steps.iter_rows(named=True) if measures.is_shown(row)]
    if not shown:
        return f"No step can be shown for {area_name} {measures.in_the(period_words)}. {measures.why_hidden(steps)}"
    said = [
        f"{measures.cases_of(row, *STEPS[row['indicator']][:2])} led to {STEPS[row['indicator']][2]}" for row in shown
    ]
    first = f"In {area_name} {measures.in_the(period_words)}, {listed(said)}."
    hidden = measures.why_hidden(steps) if len(shown) < steps.height else ""
    return " ".join(part for part in (first, hidden, measures.standing_sentence(rows, "step", "steps")) if part)


def steps_heading(rows: pl.DataFrame, area_name: str) -> str:
    """What the steps show, in about ten words."""
    found = measures.standing_heading(rows, area_name, "step", "steps")
    if found:
        return found
    steps = rows.filter(pl.col("indicator").is_in(list(STEPS)) & (pl.col("breakdown") == "total"))
    shown = [row for row in steps.iter_rows(named=True) if row["value"] is not None][-2:]
    if not shown:
        return f"No share of a step can be given for {area_name}"
    said = [
        f"{measures.of_many(row, *STEPS[row['indicator']][:2])} led to {STEPS[row['indicator']][2]}" for row in shown
    ]
    return measures.upper_first(listed(said))


def cohorts_alternative(cohorts: pl.DataFrame, area_name: str, period_words: str) -> str:
    """The text alternative of the funnel of cohorts."""
    said = [
        f"{row['cohort'][0].lower()}{row['cohort'][1:]}: {measures.cases_of(row, 'case', 'cases')}"
        for row in cohorts.iter_rows(named=True)
        if measures.is_shown(row)
    ]
    hidden = cohorts.height - len(said)
    more = f" {plural(hidden, 'step')} cannot be shown." if hidden else ""
    return f"Bar chart of the cases of each step, {area_name}, {period_words}: {'; '.join(said)}.{more}"


def month_of_heading(curves: pl.DataFrame) -> int:
    """The month that the heading speaks of: half a year, or the last that the curves hold."""
    return min(HEADING_MONTHS, int(curves["months"].max()))


def with_open(curves: pl.DataFrame) -> pl.DataFrame:
    """Adds the share without an outcome by each month: what the outcomes leave over, so without limits of its own."""
    same = [name for name in curves.columns if name not in ("outcome", "share", "lower", "upper")]
    left = curves.group_by(same, maintain_order=True).agg(
        outcome=pl.lit(OPEN),
        share=(1 - pl.col("share").sum()).clip(0, 1),
        lower=pl.lit(None, pl.Float64),
        upper=pl.lit(None, pl.Float64),
    )
    return pl.concat([curves, left.select(curves.columns)])


def share_at(curves: pl.DataFrame, outcome: str, month: int) -> float:
    """One outcome's share by a month; nought where the curves hold none of it."""
    found = curves.filter((pl.col("outcome") == outcome) & (pl.col("months") == month))["share"]
    return float(found[0]) if found.len() else 0.0


def outcomes_heading(curves: pl.DataFrame, area_name: str) -> str:
    """How many had reached a local review, and how many were still open."""
    if not curves.height:
        return f"No curves of what notifications came to can be drawn for {area_name}"
    month = month_of_heading(curves)
    if month == 0:
        return "None was followed for a whole month"
    return (
        f"By {plural(month, 'month')}, {measure(share_at(curves, 'lcspr', month), 'proportion')} of notifications had "
        f"come to a local review and {measure(share_at(curves, OPEN, month), 'proportion')} to nothing yet"
    )


def ends_too_soon(last: int) -> str:
    """Why a curve of a month or two is not drawn."""
    return ENDS_TOO_SOON.format(when="the start" if not last else plural(last, "month"))


def outcome_title(curves: pl.DataFrame, outcome: str) -> str:
    """An outcome with its share at the end of its curve, short enough for a panel's title."""
    month = int(curves["months"].max())
    return f"{OUTCOMES[outcome]}: {measure(share_at(curves, outcome, month), 'proportion')}"


def outcome_alternative(curves: pl.DataFrame, outcome: str, area_name: str, has_england: bool) -> str:
    """The text alternative of one panel."""
    own = curves.filter(pl.col("outcome") == outcome).sort("months")
    last = own.row(-1, named=True)
    beside = "; England's is dashed beside it" if has_england else ""
    limits = "" if outcome == OPEN else " with dotted 95% limits"
    return (
        f"Line chart{limits}: share of notifications in {area_name} that had come to "
        f"{OUTCOMES[outcome].lower()}, by months since notification{beside}. It ends at "
        f"{share_with_limits(last)} by month {last['months']}. The table below has the months."
    )


def share_with_limits(row: dict) -> str:
    """23.0% (20.5% to 25.6%); without limits where the release gives none."""
    share = measure(row["share"], "proportion")
    if row["lower"] is None or row["upper"] is None:
        return share
    return f"{share} ({interval(row['lower'], row['upper'], 'proportion')})"


def followed_sentence(curves: pl.DataFrame) -> str:
    """How many cases the curves begin and end with; nothing where that is not published."""
    first = curves.filter(pl.col("months") == 0)["at_risk"].drop_nulls()
    last = curves.filter(pl.col("months") == curves["months"].max())["at_risk"].drop_nulls()
    if not first.len() or not last.len():
        return ""
    end = int(curves["months"].max())
    return (
        f"{plural(int(first[0]), 'notification')} to begin with; {rounded(last[0])} still open and followed at "
        f"{plural(end, 'month')}. Each title has the share by then."
    )


def panel_heading(rows: pl.DataFrame, area_name: str) -> str:
    """How often the Panel agreed, and what followed where it did not."""
    agreed, changed = (rows.row(place, named=True) for place in (0, 1))
    if not measures.is_shown(agreed):
        return f"How often the Panel agreed cannot be shown for {area_name}"
    first = f"The Panel agreed with {measures.of_many(agreed, 'decision', 'decisions')}"
    if not measures.is_shown(changed):
        return first
    if not changed["numerator"]:
        return f"{first}; no decision changed where it did not"
    return f"{first}; where it did not, {rounded(changed['numerator'])} of {rounded(changed['denominator'])} changed"


def dissent_heading(rows: pl.DataFrame, area_name: str) -> str:
    """How often partners were not of one mind at triage."""
    row = rows.row(0, named=True)
    if not measures.is_shown(row):
        return f"How often partners dissented cannot be shown for {area_name}"
    if row["reason"] == "incomplete":
        return f"{agreement_recorded(row)} to say how often partners dissented"
    if not row["numerator"]:
        return f"No dissent is recorded in {plural(int(row['denominator']), 'triage decision')}"
    return f"Partners were not of one mind on {measures.of_many(row, 'triage decision', 'triage decisions')}"


def agreement_recorded(row: Mapping[str, Any]) -> str:
    """How few decisions have their agreement recorded, where the release refuses a share of them."""
    if row["excluded"] is None:
        return "Agreement is recorded for too few triage decisions"
    every = row["denominator"] + row["excluded"]
    decisions = plural(int(every), "triage decision")
    return f"Agreement is recorded for {rounded(row['denominator'])} of {decisions}: too few"


def screened_heading(rows: pl.DataFrame, area_name: str, first: dict) -> str:
    """How many incidents below the criteria went to a local learning route."""
    if not measures.is_shown(first):
        return f"Learning from screened-out incidents cannot be shown for {area_name}"
    if not first["numerator"]:
        return f"None of {plural(int(first['denominator']), 'screened-out incident')} went to a learning route"
    return (
        f"{measures.of_many(first, 'screened-out incident', 'screened-out incidents')} went to a local learning route"
    )


def months_told(curves: pl.DataFrame, wanted: Sequence[int] = (1, 2, 3, 6, 12, 24)) -> list[int]:
    """The months of the table: a few that readers ask for, and the last that the curves hold."""
    held = sorted(curves["months"].unique())
    return sorted({*(month for month in wanted if month in held), held[-1]})
