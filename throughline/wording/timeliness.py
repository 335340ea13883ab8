"""Sentences of the question "Are the steps taken in time, and where does the time go?", from the frames drawn."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from throughline import settings
from throughline.wording import measures
from throughline.wording.reasons import reason_in_words
from throughline.wording.values import interval, listed, measure, plural, rounded

STEPS = {
    "TM1": ("notification", "notifications", "sent in time"),
    "TM2": ("rapid review due", "rapid reviews due", "submitted in time"),
    "TM4": ("local review due", "local reviews due", "published in time"),
}
CLOCKS = {
    "rapid_review": "Rapid review: notification to submission",
    "local_review_signed_off": "Local review: decision to sign-off",
    "local_review_published": "Local review: decision to publication",
}
OF_CLOCK = {
    "rapid_review": ("rapid reviews", "submitted"),
    "local_review_signed_off": ("local reviews", "signed off"),
    "local_review_published": ("local reviews", "published"),
}
LATE_FOR = {
    True: "late or overdue for submission",
    False: "late or overdue for publication",
}  # of a rapid review, or not
CHECKPOINTS = {"rapid_review": 28, "local_review_signed_off": 364, "local_review_published": 364}
STAGES = {
    "decision_to_reviewer": "Decision to reviewer",
    "reviewer_to_first_draft": "Reviewer to first draft",
    "first_draft_to_sign_off": "First draft to sign-off",
    "sign_off_to_publication": "Sign-off to publication",
}
OPEN_KINDS = {
    "lcsprs": "Local review",
    "rapid_reviews": "Rapid review",
    "notifications": "Rapid review, not begun",
}
DUE = {"overdue": "Overdue", "due_soon": "Due soon", "not_due": "Not due soon"}

CLOCKS_CAVEAT = (
    "Working days leave out bank holidays. The 15 working days of a rapid review are the Panel's expectation and not "
    "law, and no limit for the Panel's own answer has been published: its 15 working days are our assumption. A case "
    "that is open past its time counts as not in time; one whose time is not over is in no share."
)
CURVE_CAVEAT = (
    "Open cases count for as long as they have lasted (Kaplan-Meier). Leaving them out would show only those that "
    "ended quickly. The curve has at most one point a week: what is published leaves out those between which few "
    "reviews ended, and a straight line across such a gap is no figure. It ends where fewer than 10 are still followed."
)
STAGES_CAVEAT = (
    "Only stages that have ended are counted, so a stage in which many reviews are stuck looks shorter than it is. "
    "The medians do not add up to the median of the whole. Stages that ended in 2020-21 are short ones: returns begin "
    "with decisions of April 2020."
)
REASONS_CAVEAT = (
    "A case may give several reasons, so the shares add up to more than 100%. Which reason is recorded depends on who "
    "fills in the return. A review held back for a trial is late for a recorded reason, and is still late."
)
PARTS_HIDDEN = (
    "In time, late and not done add up to all that were due. One of these counts is small and not published, and the "
    "others would tell it, so none of the three is shown here."
)
LATE_CAVEAT = (
    "In time, late and not done add up to all that were due. Late is done after its time. Counted are the reviews of "
    "the period, from the end of their due day; the list of open reviews has those of whatever year, and calls one "
    "overdue from the day after."
)
TOLD_CAVEAT = (
    "Families are not part of a rapid review as it was designed, so a low share there is no breach. Reviews in which "
    "telling the family was judged not appropriate are left out."
)
NO_LIST = (
    "The list of open reviews is for those with a right to this area: each line is one case. Who may see it is decided "
    "by the sign-in, and not by this page."
)
NO_CURVES_HERE = "Curves are made for England, regions and single partnerships, and not for other areas."
NO_CURVE_FOR_YOU = (
    "The curve of this area and period is for those with a right to it: where cases are few, a step in a curve is a "
    "single review. England's is published over three years together, in blocks that share no year."
)
TOO_FEW_FOLLOWED = "There is no curve: fewer than 10 reviews of this clock, area and period could be followed."


def limit_of(clock: str) -> tuple[float, str]:
    """The day by which a clock's time is over, roughly, and the time in words."""
    if clock == "rapid_review":
        days = settings.whole("rapid_review_limit_working_days")
        return days * 7 / 5, f"{days} working days"
    months = settings.whole("local_review_limit_months")
    return months * 365.25 / 12, plural(months, "month")


def headline(steps: pl.DataFrame, median: Mapping[str, Any], stages: pl.DataFrame, area: str, period: str) -> str:
    """The answer: what was in time, how long local reviews take, and where most of it goes."""
    wanted = steps.filter(pl.col("indicator").is_in(list(STEPS)) & (pl.col("breakdown") == "total"))
    shown = [row for row in wanted.iter_rows(named=True) if measures.is_shown(row)]
    if not shown:
        first = f"Nothing can be shown for {area} {measures.in_the(period)}. {measures.why_hidden(wanted)}"
    else:
        said = [
            f"{measures.cases_of(row, *STEPS[row['indicator']][:2])} {'was' if is_one(row) else 'were'} "
            f"{STEPS[row['indicator']][2]}"
            for row in shown
        ]
        first = f"In {area} {measures.in_the(period)}, {listed(said)}."
        if len(shown) < wanted.height:
            first = f"{first} {measures.why_hidden(wanted)}"
    parts = (
        first,
        median_sentence(median),
        stage_sentence(stages),
        measures.standing_sentence(steps, "share", "shares"),
    )
    return " ".join(part for part in parts if part)


def is_one(row: Mapping[str, Any]) -> bool:
    """Whether the cases counted are a single one."""
    return row["numerator"] == 1


def median_sentence(row: Mapping[str, Any]) -> str:
    """How long local reviews last to publication, open ones counted; not reached is an answer, hidden is silence."""
    if row["value"] is not None:
        return (
            f"Half of the local reviews decided took {measure(row['value'], 'days')} days or longer to be published "
            f"(95% interval {interval(row['lower95'], row['upper95'], 'days')})."
        )
    if row["reason"] == "not_reached":
        return "Fewer than half of the local reviews decided have been published yet, so there is no median."
    if row["reason"] == "too_few_closed":
        return "Too few local reviews have been published to say how long they take."
    return ""


def longest(stages: pl.DataFrame) -> dict[str, Any] | None:
    """The stage with the longest median, of two or more that have one."""
    known = stages.filter(pl.col("value").is_not_null()).sort("value", descending=True)
    return known.row(0, named=True) if known.height > 1 else None


def stage_sentence(stages: pl.DataFrame) -> str:
    """Where most of the time goes."""
    row = longest(stages)
    if row is None:
        return ""
    every = "" if stages["value"].null_count() == 0 else " of those that can be shown"
    return f"The longest stage{every} is {stage_named(row)}, with a median of {measure(row['value'], 'days')} days."


def stage_named(row: Mapping[str, Any]) -> str:
    """A stage in a sentence: decision to reviewer."""
    return f"“{measures.lower_first(row['name'])}”"


def clocks_heading(rows: pl.DataFrame, area: str) -> str:
    """What the clocks show, in about ten words."""
    found = measures.standing_heading(rows, area, "share in time", "shares in time")
    if found:
        return found
    wanted = rows.filter(pl.col("indicator").is_in(["TM2", "TM4"]))
    shown = [row for row in wanted.iter_rows(named=True) if measures.is_shown(row)]
    if not shown:
        return f"No share in time can be given for {area}"
    said = []
    for row in shown:
        singular, several, done = (words.removesuffix(" due") for words in STEPS[row["indicator"]])
        said.append(f"{measures.of_many(row, singular, several)} {'was' if is_one(row) else 'were'} {done}")
    return measures.upper_first(listed(said))


def late_heading(rows: pl.DataFrame, clock: str, area: str) -> str:
    """How many of those due were late, and how many are not done."""
    shown = {row["breakdown"]: row for row in rows.iter_rows(named=True) if measures.is_shown(row)}
    reviews = OF_CLOCK[clock][0]
    if not {"late", "overdue"} <= set(shown):
        return f"How many {reviews} were late cannot be shown for {area}"
    late, overdue = shown["late"], shown["overdue"]
    if not late["numerator"] and not overdue["numerator"]:
        return f"None of {plural(int(late['denominator']), *due_names(clock))} was late or is not done"
    verb = "was" if late["numerator"] == 1 else "were"
    now = "is" if overdue["numerator"] == 1 else "are"
    return (
        f"Of {plural(int(late['denominator']), *due_names(clock))}, {rounded(late['numerator'])} {verb} late and "
        f"{rounded(overdue['numerator'])} {now} not done"
    )


def due_names(clock: str) -> tuple[str, str]:
    """What is due, as one and as several."""
    several = OF_CLOCK[clock][0]
    return f"{several.removesuffix('s')} due", f"{several} due"


def checkpoint(curve: pl.DataFrame, clock: str) -> dict[str, Any]:
    """The row of the curve that its heading speaks of: a usual day, or the last that the curve holds."""
    return curve.filter(pl.col("days") <= CHECKPOINTS[clock]).sort("days").row(-1, named=True)


def curve_heading(curve: pl.DataFrame, clock: str, area: str) -> str:
    """How many were still open some time after the start."""
    reviews, done = OF_CLOCK[clock]
    if not curve.height:
        return f"No curve of {reviews} still open can be drawn for {area}"
    row = checkpoint(curve, clock)
    weeks = row["days"] // 7
    said = f"After {plural(weeks, 'week')}, {measure(row['share'], 'proportion')} of {reviews} were not {done} yet"
    is_cut = curve["days"].max() < limit_of(clock)[0]
    return f"{said}; the curve ends there, before their time is over" if is_cut else said


def half_sentence(curve: pl.DataFrame, clock: str, median: Mapping[str, Any] | None) -> str:
    """When half were done: the median where the release has one, else the first day of the curve by which they were."""
    done = OF_CLOCK[clock][1]
    if median is not None and median["value"] is not None:
        limits = interval(median["lower95"], median["upper95"], "days")
        return f"Half were {done} within {measure(median['value'], 'days')} days (95% interval {limits})."
    reached = curve.filter(pl.col("share") <= 0.5).sort("days")
    read_off = f"Half were {done} by day {reached['days'][0]}" if reached.height else ""
    if median is not None:
        why = f"No median: {measures.lower_first(reason_in_words(median))}."
        return f"{read_off}, as the curve shows. {why}" if read_off else why
    if not reached.height:
        return (
            f"On day {curve['days'].max()}, where the curve ends, more than half were not {done} yet, so no median is "
            "reached."
        )
    return f"{read_off}."


def curve_alternative(curve: pl.DataFrame, clock: str, area: str, has_england: bool) -> str:
    """The text alternative of the curve."""
    reviews, done = OF_CLOCK[clock]
    first, last = checkpoint(curve, clock), curve.sort("days").row(-1, named=True)
    beside = ", with England's dashed beside it" if has_england else ""
    return (
        f"Survival curve with dotted 95% limits: share of {reviews} in {area} not yet {done}, by days since the start"
        f"{beside}. {share_with_limits(first)} by day {first['days']}; {share_with_limits(last)} by day "
        f"{last['days']}. A line marks {limit_of(clock)[1]}. The table below has the days."
    )


def share_with_limits(row: Mapping[str, Any]) -> str:
    """20.3% (17.8% to 22.9%); without limits where there are none, as before anything has ended."""
    share = measure(row["share"], "proportion")
    if row["lower"] is None or row["upper"] is None or row["lower"] == row["upper"]:
        return share
    return f"{share} ({interval(row['lower'], row['upper'], 'proportion')})"


def stages_heading(rows: pl.DataFrame, area: str) -> str:
    """Which stage is the longest."""
    row = longest(rows)
    if row is None:
        return f"Where the time goes cannot be said for {area}"
    return f"The longest stage is {stage_named(row)}: a median of {measure(row['value'], 'days')} days"


def stages_alternative(rows: pl.DataFrame, area: str) -> str:
    """The text alternative of the median of each stage."""
    known = rows.filter(pl.col("value").is_not_null())
    said = [
        f"{measures.lower_first(row['name'])} {measure(row['value'], 'days')}" for row in known.iter_rows(named=True)
    ]
    missing = rows.height - known.height
    parts = [f"Dot chart with 95% intervals: median days of each stage of a local review, {area}. {listed(said)}."]
    if missing:
        parts.append(f"{plural(missing, 'stage')} without a median, said in words.")
    return " ".join([*parts, "The table below has every value."])


def reasons_heading(rows: pl.DataFrame, clock: str, area: str) -> str:
    """Which reason is given most often; said with its cases, and with all that tie."""
    shown = [row for row in rows.iter_rows(named=True) if measures.is_shown(row)]
    if not shown:
        return f"Reasons for delay of {OF_CLOCK[clock][0]} cannot be shown for {area}"
    cases = late_cases(int(shown[0]["denominator"]), clock)
    unsaid = sum(row["numerator"] for row in shown if is_unsaid(row))
    shown = [row for row in shown if not is_unsaid(row)]
    most = max((row["numerator"] for row in shown), default=0)
    if not most and not unsaid:
        return f"No reason is recorded for {cases}"
    if unsaid > most:
        return f"No reason is recorded for {rounded(unsaid)} of {cases}"
    often = [measures.lower_first(row["name"]) for row in shown if row["numerator"] == most]
    if len(often) > 3:
        return f"{len(often)} reasons are given equally often: {rounded(most)} of {cases} each"
    if len(often) == 1:
        return f"The reason given most often is {often[0]}: {rounded(most)} of {cases}"
    return f"The reasons given most often are {listed(often)}: {rounded(most)} of {cases} each"


def is_unsaid(row: Mapping[str, Any]) -> bool:
    """Whether a row counts reviews for which nobody wrote down a reason, which is none."""
    return row["breakdown"].endswith(":not_recorded")


def late_cases(many: int, clock: str) -> str:
    """What reasons are counted of: rapid reviews late for submission, local reviews late for publication."""
    return f"{plural(many, OF_CLOCK[clock][0].removesuffix('s'))} {LATE_FOR[clock == 'rapid_review']}"


def reasons_measured(clock: str) -> str:
    """What reasons are counted of, and that by sign-off they are not counted."""
    what = f"Reasons given for {OF_CLOCK[clock][0]} {LATE_FOR[clock == 'rapid_review']}"
    return f"{what} (not counted by sign-off)" if clock == "local_review_signed_off" else what


def told_heading(rows: pl.DataFrame, area: str) -> str:
    """How often families were told."""
    names = {"rapid_review:family_told": "rapid review", "local_review:family_told": "local review"}
    shown = [
        measures.of_many(row, names[row["breakdown"]], names[row["breakdown"]] + "s")
        for row in rows.iter_rows(named=True)
        if row["breakdown"] in names and measures.is_shown(row)
    ]
    return f"Families were told in {listed(shown)}" if shown else f"Who was told cannot be shown for {area}"


def open_heading(row: Mapping[str, Any], area: str, past: tuple[int, int] | None = None) -> str:
    """How many reviews are open past their time on the day of the return; local ones alone where no list is told.

    `past` are the local and the rapid ones of the list.
    """
    if past is not None:
        return past_heading(*past, area)
    if row["numerator"] is None:
        return f"How many local reviews are overdue cannot be shown for {area}"
    if not row["numerator"]:
        return f"No local review in {area} is open past its six months"
    many = plural(int(row["numerator"]), "local review")
    return f"{many} in {area} {'is' if row['numerator'] == 1 else 'are'} open past the six months"


def past_heading(local: int, rapid: int, area: str) -> str:
    """Local and rapid reviews past their time, together as every link to this list counts them."""
    if not local and not rapid:
        return f"No review in {area} is open past its time"
    if local and rapid:
        many = f"{rounded(local)} local and {plural(rapid, 'rapid review')}"
    else:
        many = plural(local, "local review") if local else plural(rapid, "rapid review")
    return f"{many} in {area} {'is open past its' if local + rapid == 1 else 'are open past their'} time"


def open_caveat(has_references: bool) -> str:
    """What the list is; whose its references are, where it has any."""
    references = "References are the partnership's own; nothing" if has_references else "Nothing"
    return (
        f"A list of one day: what is open on the day of the return, of whatever year. {references} about a child is in "
        "this list."
    )


def open_measured(row: Mapping[str, Any], area: str) -> str:
    """By how much they are overdue."""
    days = (
        f"The median of the local ones is {measure(row['value'], 'days')} days past the due day."
        if row["value"] is not None
        else ""
    )
    return f"Open reviews on the day of the return, of whatever year: {area}. {days}".strip()


def due_that_day(rows: pl.DataFrame) -> str:
    """Reviews whose due day is the day of the return; empty where there is none."""
    many = rows.filter(pl.col("days_past_due") == 0).height
    if not many:
        return ""
    return (
        f"{plural(many, 'review')} {'is' if many == 1 else 'are'} due on the very day of the return: due soon here, "
        "and not done in the shares above. "
    )


def days_past(row: Mapping[str, Any]) -> str:
    """How far past, or before, its due day a review is."""
    days = row["days_past_due"]
    if days > 0:
        return f"{plural(days, 'day')} past"
    return "Due today" if days == 0 else f"In {plural(-days, 'day')}"
