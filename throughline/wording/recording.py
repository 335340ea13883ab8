"""Sentences of the question "Were children's characteristics recorded, and were they considered?"."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from throughline.wording import measures
from throughline.wording.reasons import reason_in_words
from throughline.wording.values import interval, is_fraction, listed, measure, plural, rounded

CHARACTERISTICS = {
    "ethnicity": "Ethnicity",
    "disability": "Disability",
    "sexual_orientation": "Sexual orientation",
    "sex": "Sex",
    "gender_identity": "Gender identity",
    "religion": "Religion",
    "language": "Language",
}
IN_LADDER_ALONE = ("gender_identity", "religion", "language")
STAGES = {"notification": "At notification", "rapid_review": "At rapid review", "lcspr": "At local review"}
REVIEWS = {"rapid_review": "rapid reviews", "lcspr": "local reviews"}
RUNGS = {
    "considered": "Recorded, and its effect considered",
    "partly_considered": "Recorded, and partly considered",
    "not_considered": "Recorded, not considered",
    "not_assessed": "Recorded, with nothing assessed",
    "recorded": "Recorded (the return asks no more)",
    "refused": "Refused to say",
    "not_known": "Not known or not yet obtained",
    "not_asked": "Not asked",
    "no_prompt": "Not asked, and the form has no prompt",
    "blank": "Left blank",
}
JUDGED = ("considered", "partly_considered", "not_considered", "not_assessed")
RECORDED = (*JUDGED, "recorded")
GROUPS_IN_SHORT = {
    "Asian / Asian British": "Asian",
    "Black / African / Caribbean / Black British": "Black",
    "Mixed / Multiple ethnic groups": "Mixed or multiple",
    "Other ethnic group": "Other ethnic group",
    "White": "White",
}
LADDER_NOTE = (
    "Children to whom the characteristic does not apply, or whose value was withheld, are in no row. [z] means not "
    "applicable: a notification says nothing of what was made of a characteristic, and only a rapid review has a form "
    "that may have no prompt."
)
CLEAR = (
    "Clear of 1 at 95% is a reason to look again, and not a difference shown. The residents are of all ages, and "
    "children are more diverse than adults nearly everywhere, so minoritised groups look more over-represented here "
    "than they are."
)

LADDER_CAVEAT = (
    "A characteristic that is not recorded is not one that is absent. Refusing to say is neither a success nor a "
    "failure. The bars show the records as they are; intervals for the shares stand below. Every stage counts in the "
    "year of the notification, so the later stages of recent years still grow."
)
RECORDED_CAVEAT = (
    "A refusal lowers the share recorded and counts as asked. A higher share is not by itself a better one: it can "
    "come of fewer refusals, or of more questions put."
)
CONSIDERED_CAVEAT = (
    "What a review considered is judged for the review and holds for every child in it. Fully considered means the "
    "effect on the child's life and on practice, or that the review said why it did not matter. Writing a "
    "characteristic down is not considering it."
)
CHANGES_CAVEAT = (
    "Gained and lost are counted apart and do not cancel out. A value withheld from a published report was not lost."
)
TOGETHER_CAVEAT = (
    "Withholding can protect a child and be right. Terms of reference say what was meant to be looked at, not what "
    "was. A form that never asks is not the same as people who did not."
)
RATIO_CAVEAT = (
    "The interval is about chance. The dotted range is about recording: from none to all of the children whose "
    f"ethnicity is not recorded belonging to the group. Neither holds the other's doubt. {CLEAR}"
)
NO_LADDER = (
    "The ladder counts children in every state of recording, many of them few, and is for those with a right to this "
    "area. The shares below are published where no count is small."
)
NO_LADDER_HERE = "The ladder is made for England, regions and single partnerships, and not for other areas."
NO_CHILDREN = "No child of this area and period is counted at any stage."
NO_RATIO = (
    "Comparisons with residents rest on small counts of children by ethnic group, and are for those with a right to "
    "this area."
)
NO_RATIO_HERE = "Comparisons with residents are made for England, regions and single partnerships."
LADDER_ALONE = (
    "Returns may leave this characteristic out, so it is no indicator: the ladder and what follows from it is all "
    "there is, and what a review made of it is not returned."
)


def characteristic_said(characteristic: str) -> str:
    """A characteristic inside a sentence."""
    return CHARACTERISTICS[characteristic].lower()


def headline(recorded: pl.DataFrame, considered: pl.DataFrame, characteristic: str, area: str, period: str) -> str:
    """The answer: for how many children it was recorded, and for how many its effect was considered."""
    name = CHARACTERISTICS[characteristic]
    shown = [
        f"for {measures.cases_of(row, 'child', 'children')} {stage}"
        for row, stage in zip(
            recorded.filter(pl.col("indicator") == "DM1").iter_rows(named=True),
            [words.lower() for words in STAGES.values()],
            strict=True,
        )
        if measures.is_shown(row)
    ]
    if not shown:
        why = measures.why_hidden(recorded.filter(pl.col("indicator") == "DM1"))
        return f"How often {name.lower()} was recorded cannot be shown for {area} {measures.in_the(period)}. {why}"
    first = f"In {area} {measures.in_the(period)}, {name.lower()} was recorded {listed(shown)}."
    standing = measures.standing_sentence(recorded, "share", "shares")
    return " ".join(part for part in (first, considered_sentence(considered, characteristic), standing) if part)


def considered_sentence(considered: pl.DataFrame, characteristic: str) -> str:
    """For how many of those recorded the review considered what it meant; silence where that is hidden."""
    if characteristic in IN_LADDER_ALONE:
        return "Whether a review considered it is not returned."
    row = considered.filter((pl.col("indicator") == "DM5") & pl.col("breakdown").str.ends_with("rapid_review")).row(
        0, named=True
    )
    if not measures.is_shown(row):
        return f"Whether rapid reviews considered it is not shown: {measures.lower_first(reason_in_words(row))}."
    return (
        f"In rapid reviews its effect was considered for {measures.cases_of(row, 'child', 'children')} of whom it was "
        "recorded."
    )


def can_be(state: str, stage: str, characteristic: str) -> bool:
    """Whether a child can be in a state at a stage: what cannot happen is not a zero."""
    is_judged = stage in REVIEWS and characteristic not in IN_LADDER_ALONE
    if state == "no_prompt":
        return stage == "rapid_review"
    return is_judged if state in JUDGED else not is_judged if state == "recorded" else True


def ladder_heading(rungs: pl.DataFrame, characteristic: str, area: str) -> str:
    """How much of what was recorded at rapid review was considered, or how much was recorded at all."""
    if not rungs.height:
        return f"No ladder of {characteristic_said(characteristic)} can be shown for {area}"
    stages = [stage for stage in ("rapid_review", "notification", "lcspr") if stage in set(rungs["stage"])]
    here = rungs.filter(pl.col("stage") == stages[0])
    held = dict(here.select("state", "children").iter_rows())
    total = sum(held.values())
    done = sum(held.get(state, 0) for state in RECORDED)
    stage = STAGES[stages[0]]
    if total == 1:
        return f"{stage}, {characteristic_said(characteristic)} was {'' if done else 'not '}recorded for the one child"
    said = (
        f"{stage}, {characteristic_said(characteristic)} was recorded for {rounded(done)} of {rounded(total)} children"
    )
    considered = sum(held.get(state, 0) for state in ("considered", "partly_considered"))
    if held.get("not_considered", 0) + considered == 0:
        return said
    return f"{said}, and considered at least partly for {rounded(considered)}"


def ladder_alternative(rungs: pl.DataFrame, characteristic: str, area: str, period: str) -> str:
    """The text alternative of the ladder."""
    parts = [
        f"Stacked bars, one a stage: states of recording of {characteristic_said(characteristic)}, {area}, {period}."
    ]
    for stage, words in STAGES.items():
        here = rungs.filter(pl.col("stage") == stage)
        if here.height:
            most = here.filter(pl.col("share") == here["share"].max())
            states = listed([measures.lower_first(RUNGS[state]) for state in most["state"]])
            each = "each " if most.height > 1 else ""
            parts.append(f"{words}, most often: {states}, {each}{measure(most['share'][0], 'proportion')}.")
    return " ".join([*parts, "The table below has every state."])


def recorded_heading(rows: pl.DataFrame, characteristic: str, area: str) -> str:
    """For how many children it was recorded at the first stage and the next that can be shown."""
    shown = [
        f"{measures.of_many(row, 'child', 'children')} {stage.lower()}"
        for row, stage in zip(
            rows.filter(pl.col("indicator") == "DM1").iter_rows(named=True), STAGES.values(), strict=True
        )
        if measures.is_shown(row)
    ][:2]
    if not shown:
        return f"Shares recorded cannot be shown for {area}"
    return f"{CHARACTERISTICS[characteristic]} was recorded for {listed(shown)}"


def characteristics_heading(rows: pl.DataFrame, area: str) -> str:
    """Which characteristics are recorded least and most often at rapid review, with all that tie; none of few."""
    known = rows.filter(pl.col("value").is_not_null()).sort("value", maintain_order=True)
    if not known.height:
        return f"Shares at rapid review cannot be shown for {area}"
    low, high = known.row(0, named=True), known.row(-1, named=True)
    if known.height == 1 or low["value"] == high["value"]:
        return f"At rapid review, recorded for {measures.of_many(low, 'child', 'children')}"
    if any(is_fraction(row, measures.UNIT) for row in known.iter_rows(named=True)):
        return "At rapid review there are too few children to say what is recorded least or most"
    least, most = (
        [name.lower() for name in known.filter(pl.col("value") == end["value"])["name"]] for end in (low, high)
    )
    verb = "is" if len(least) == 1 else "are"
    comma = "," if len(least) + len(most) > 2 else ""
    return (
        f"At rapid review, {listed(least)} {verb} recorded least ({measures.share_or_fraction(low)}){comma} and "
        f"{listed(most)} most ({measures.share_or_fraction(high)})"
    )


def considered_heading(rows: pl.DataFrame, characteristic: str, area: str) -> str:
    """How often it was written down and no more."""
    row = rows.filter((pl.col("indicator") == "DM6") & pl.col("breakdown").str.ends_with("rapid_review")).row(
        0, named=True
    )
    if not measures.is_shown(row):
        return f"Whether {characteristic_said(characteristic)} was considered cannot be shown for {area}"
    if not row["numerator"]:
        return f"Wherever it was recorded, rapid reviews considered {characteristic_said(characteristic)}"
    noun = "child" if row["denominator"] == 1 else "children"
    return (
        f"In rapid reviews {characteristic_said(characteristic)} was recorded and not considered for "
        f"{rounded(row['numerator'])} of {rounded(row['denominator'])} {noun}"
    )


def changes_heading(rows: pl.DataFrame, area: str) -> str:
    """How many gained a record and how many lost one between the first two stages."""
    gained, lost = (rows.row(place, named=True) for place in (0, 1))
    shown = [
        f"{rounded(row['numerator'])} {verb}"
        for row, verb in ((gained, "gained"), (lost, "lost"))
        if measures.is_shown(row)
    ]
    if not shown:
        return f"What was gained and lost between stages cannot be shown for {area}"
    every = next(row for row in (gained, lost) if measures.is_shown(row))["denominator"]
    return f"Of {plural(int(every), 'child', 'children')} at both stages, {listed(shown)} a record by rapid review"


def together_heading(rows: pl.DataFrame, area: str) -> str:
    """How often more than one was recorded and one of them considered."""
    row = rows.filter(pl.col("indicator") == "DM8").row(0, named=True)
    if not measures.is_shown(row):
        return f"Whether more than one characteristic was looked at cannot be shown for {area}"
    return (
        f"For {measures.of_many(row, 'child', 'children')} in rapid reviews, two or more characteristics were recorded "
        "and one considered"
    )


def clear_of_one(row: Mapping[str, Any]) -> bool:
    """Whether a ratio's interval and its range by recording lie on the same side of 1."""
    if row["ratio"] is None:
        return False
    lower = min(row["ratio_lower95"], row["lowest_ratio"])
    upper = max(row["ratio_upper95"], row["highest_ratio"])
    return lower > 1 or upper < 1


def ratio_heading(groups: pl.DataFrame, area: str) -> str:
    """For how many groups both kinds of doubt leave the ratio on one side of 1."""
    given = [row for row in groups.iter_rows(named=True) if row["ratio"] is not None]
    if not given:
        return f"No ethnic group of {area} can be compared with its residents"
    clear = sum(clear_of_one(row) for row in given)
    many = plural(len(given), "ethnic group")
    if not clear:
        return (
            f"For none of {many} do both ranges lie clear of 1" if len(given) > 1 else "The one ratio is not clear of 1"
        )
    return f"For {rounded(clear)} of {many} both ranges lie clear of 1"


def clear_sentence(groups: pl.DataFrame) -> str:
    """Which groups those are, and how many chance alone would give; empty where there is none."""
    given = [row for row in groups.iter_rows(named=True) if row["ratio"] is not None]
    named = [row["name"] for row in given if clear_of_one(row)]
    if not named:
        return ""
    luck = rounded(0.05 * len(given), 2)
    return f"Clear of 1: {listed(named)}. Of {len(given)} looked at, chance alone would give about {luck} at 95%."


def ratio_said(row: Mapping[str, Any]) -> str:
    """A ratio with its interval, or that it was refused, in the few words that a chart has room for."""
    if row["ratio"] is None:
        return "refused: see the table"
    return f"{measure(row['ratio'], 'ratio')} ({interval(row['ratio_lower95'], row['ratio_upper95'], 'ratio')})"


def ratio_alternative(groups: pl.DataFrame, area: str) -> str:
    """The text alternative of the ratios."""
    said = [f"{row['name']} {ratio_said(row)}" for row in groups.iter_rows(named=True) if row["ratio"] is not None]
    refused = groups.height - len(said)
    parts = [
        f"Dot chart on a scale of doublings: rate of children notified of each ethnic group over everybody else's, "
        f"{area}, with 95% intervals and the range that unrecorded ethnicity leaves. {'; '.join(said)}."
    ]
    if refused:
        parts.append(f"{plural(refused, 'group')} refused, with the reason in the table.")
    return " ".join([*parts, "The table below has every range."])


def unrecorded_sentence(groups: pl.DataFrame) -> str:
    """How many children's ethnicity is not recorded, on which every range rests."""
    row = groups.row(0, named=True)
    every = row["recorded"] + row["unrecorded"]
    return (
        f"Ethnicity is not recorded for {rounded(row['unrecorded'])} of {rounded(every)} children "
        f"({measure(row['unrecorded_share'], 'proportion')})."
    )
