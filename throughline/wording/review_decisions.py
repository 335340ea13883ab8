"""What is said of decisions by what lay behind them: reasons, changes after the Panel, dissent and learning."""

from collections.abc import Mapping, Sequence

import polars as pl

from throughline.wording.measures import cases_of
from throughline.wording.values import listed, plural, rounded

AGAINST, FOR = "against a local review", "for a local review"
UNMET = "that did not meet the criteria"
NO_REASON, NOBODY_NAMED, ALL_ROUTES = "No reason given", "No agency named", "All routes together"
# Few enough words to stand beside their figures on a phone, for codes whose label in the code list is longer.
REASONS = {
    "LEARNING_CAPTURED": "Learning already captured",
    "ALREADY_COVERED": "Covered by an earlier review",
    "PLAN_IN_PROGRESS": "A plan is in progress",
    "RECURRENT_THEME": "Recurrent theme",
    "AGENCY_WORKING": "How agencies work together",
    "COST_CAPACITY": "Cost or capacity",
    "PROPORTIONALITY": "Proportionality",
    "PANEL_VIEW": "View of the Panel",
    "OTHER": "Other reason",
    "BLANK": NO_REASON,
}
NOT_MET_REASONS = {
    "HARM_NOT_SERIOUS": "Harm was not serious",
    "NO_ABUSE_NEGLECT": "Abuse or neglect not suspected",
    "OUT_OF_AREA": "Outside the area",
    "ADULT": "The person was an adult",
    "DUPLICATE": "Already referred",
    "INSUFFICIENT_INFO": "Not enough information",
    "OTHER": "Other reason",
    "BLANK": NO_REASON,
}
LAST = ("Other reason", NO_REASON)
SHORT_AGENCIES = {
    "LA_CSC": "Children's social care",
    "EDU_LA": "Local authority education",
    "MH_CAMHS": "Mental health services",
    "VCSE": "Voluntary or community body",
    "PARTNERSHIP": "All partners jointly",
    "PANEL": "The Panel",
    "FAMILY_PUBLIC": "Family or the public",
    "BLANK": NOBODY_NAMED,
}
VIEWS = {
    "AGREE": "Agreed",
    "DISAGREE_WANTS_LCSPR": "Wanted a local review",
    "DISAGREE_NO_LCSPR_NEEDED": "Saw no need for a local review",
    "MORE_INFO": "Asked for more information",
    "NATIONAL_REVIEW": "Considered a national review",
    "NO_RESPONSE_YET": "Answer dated, view not given",
    "BLANK": "View not filled in",
}
DECISIONS = {
    "LCSPR": "Local review",
    "NO_LCSPR": "No local review",
    "OTHER_LOCAL_REVIEW": "Another local review",
    "NATIONAL_SUGGESTED": "National review suggested",
}
NOT_CONFIRMED, UNCHANGED = "Not confirmed yet", "Unchanged"
LONGEST_LIST = 10
LISTED_AT_MOST = 3  # names that tie: a heading has room for no more, and to leave some out would put the others first
CHANGES_COLUMNS = ("The Panel's answer", "First decision", "Final decision")
CODE_LISTS = {"agreement": "agreement", "triage_outcome": "triage_outcome", "theme_codes": "theme"}
COUNTED_BY = {
    "agreement": "Triage decisions by how partners agreed",
    "triage_outcome": "Incidents that did not meet the criteria by what was decided",
    "theme_codes": "Incidents that did not meet the criteria by theme, each counted under all of its themes",
}
NOT_FOR_YOU = (
    "Reasons, changes after the Panel's answer, dissent and learning are counted for those with a right to the area: "
    "in small areas a count may be one child's case. How often each step leads to the next is there for everybody."
)
NOT_IN_RELEASE = (
    "This release was made before reasons, changes, dissent and learning were counted. The next one will hold them."
)
NOT_SHOWN_MEASURED = "Decisions by what lay behind them."
NOTHING_TO_COUNT = "Nothing can be drawn: there are no cases to count."
REASONS_CAVEATS = {
    AGAINST: (
        "These are the reasons that partners wrote down for their first decision. One decision may have several, so "
        "the shares add up to more than 100%. A good rapid review may rightly end the matter: that its learning was "
        "captured is no evasion, and neither a high nor a low share is good."
    ),
    FOR: (
        "A decision may have several reasons, so the shares add up to more than 100%, and neither a high nor a low "
        "share is good."
    ),
}
CHANGED_CAVEAT = (
    "Out of the decisions confirmed after an answer. A change after an answer need not be because of it, and standing "
    "by a decision is no mark against partners. Why a decision changed is not asked."
)
DISSENTING_CAVEAT = (
    "Agencies stand in the order of the code list. A decision may name several, so shares may add up to more than "
    "100%. Being named is no fault: it may be healthy challenge, or a partner that is asked more often. Who took part "
    "in each decision is not counted here."
)
NOT_MET_CAVEAT = (
    "One main reason for each incident. Incidents transferred to another partnership are not among them: they may have "
    "gone further there. A reason such as too little information may say more of the referral than of the incident."
)
LEARNED_CAVEAT = (
    "Recorded means that a recommendation or learning point in the return names the incident. Learning may have been "
    "shared without one, and that of recent incidents may still come. Whether practice changed is not collected."
)


def not_shown_heading(area_said: str) -> str:
    """In place of the findings that a reader may not see."""
    return f"Why decisions were made, and what changed after the Panel's answer, is not shown for {area_said}"


def most_named(rows: pl.DataFrame) -> tuple[list[str], dict]:
    """The names that have most cases, and one of their rows."""
    top = rows.filter(pl.col("numerator") == rows["numerator"].max())
    return top["name"].to_list(), top.row(0, named=True)


def quoted(names: Sequence[str]) -> str:
    """Names in a heading, set apart from its own words."""
    return listed([f"“{name}”" for name in names])


def reasons_heading(rows: pl.DataFrame, area_said: str, kind: str) -> str:
    """The reason that is given most often for first decisions of one kind."""
    if not rows.height:
        return f"No first decision was {kind} in {area_said}"
    given = rows.filter(pl.col("name") != NO_REASON)
    if not given.height:
        return f"No reason is given for {plural(int(rows['denominator'][0]), 'first decision')} {kind}"
    names, row = most_named(given)
    of = cases_of(row, f"first decision {kind}", f"first decisions {kind}")
    if len(names) > LISTED_AT_MOST:
        return f"{len(names)} reasons are given equally often, each for {of}"
    if len(names) > 1:
        return f"{quoted(names)}: each given for {of}"
    return f"“{names[0]}” is given for {of}"


def changed_heading(held: Mapping[tuple[str, ...], int], area_said: str) -> str:
    """How many decisions changed after an answer; the table says to what."""
    confirmed = {codes: cases for codes, cases in held.items() if codes[2] != "BLANK"}
    every = sum(confirmed.values())
    if not every:
        return f"No decision of {area_said} was confirmed after an answer of the Panel"
    changed = sum(cases for (_, first, final), cases in confirmed.items() if first != final)
    of = f"{rounded(changed)} of {plural(every, 'decision')}"
    if not changed:
        return f"No decision changed after the Panel answered ({of})"
    return f"{of} changed after the Panel answered"


def waiting_sentence(waiting: int) -> str:
    """Answered and not confirmed, told apart; empty where there are none."""
    if not waiting:
        return ""
    verb = "is" if waiting == 1 else "are"
    return f"{plural(waiting, 'decision')} {verb} answered and not confirmed yet, and in no share."


def longest_list_note(every: int) -> str:
    """Said of a list of themes that is cut."""
    return f"The {LONGEST_LIST} themes with most cases, of {every}, in the order of the code list."


def dissenting_heading(every: int, unnamed: int, area_said: str) -> str:
    """How many of the decisions with dissent name who did not agree; no agency is put first."""
    if not every:
        return f"No dissent at triage is recorded in {area_said}"
    return (
        f"Who did not agree is named for {rounded(every - unnamed)} of {plural(every, 'triage decision')} with dissent"
    )


def not_met_heading(rows: pl.DataFrame, area_said: str) -> str:
    """The main reason given most often for incidents that did not meet the criteria."""
    if not rows.height:
        return f"No incident in {area_said} was found not to meet the criteria"
    names, row = most_named(rows)
    of = cases_of(row, f"incident {UNMET}", f"incidents {UNMET}")
    if len(names) > LISTED_AT_MOST:
        return f"{len(names)} reasons come equally often, each the main reason for {of}"
    if len(names) > 1:
        return f"{quoted(names)}: each the main reason for {of}"
    return f"“{names[0]}” is the main reason for {of}"


def learned_heading(rows: pl.DataFrame, area_said: str) -> str:
    """From how many incidents sent to local learning anything is recorded."""
    if not rows.height:
        return f"No incident in {area_said} was sent to local learning"
    row = rows.row(0, named=True)
    if not row["numerator"]:
        return f"No learning is recorded from {plural(int(row['denominator']), 'incident')} sent to local learning"
    of = cases_of(row, "incident", "incidents")
    return f"Learning is recorded from {of} sent to local learning"
