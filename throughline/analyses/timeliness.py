"""Are the steps taken in time, and where does the time go? The clocks, what is still open, the stages, the reasons."""

import polars as pl

from throughline import wording
from throughline.analyses.dots import are_withheld, dots_finding, with_most
from throughline.analyses.measure_tables import definitions
from throughline.analyses.measures import Measure, measure_rows, without_england
from throughline.analyses.open_reviews import open_rows, open_table, past_their_time
from throughline.analyses.review_lengths import MEDIANS, curve_finding, stages_finding
from throughline.analyses.scope import Scope, read_scope
from throughline.analyses.trail import trail
from throughline.query import Choice, Query
from throughline.release import Release, Viewer
from throughline.replies import replies_of
from throughline.report import Filter, Finding, KeyFigure, Report
from throughline.wording import measures
from throughline.wording import timeliness as words
from throughline.wording.breakdowns import delay_reasons
from throughline.wording.scope import PART_PERIOD

PATH = "/timeliness"
TOPIC = "Timeliness"
QUESTION = "Are the steps taken in time, and where does the time go?"
IN_TIME = [
    Measure("TM1", "total", "Notification sent"),
    Measure("TM2", "total", "Rapid review submitted"),
    Measure("TM3", "total", "Panel's answer"),
    Measure("TM4b", "total", "Local review signed off"),
    Measure("TM4", "total", "Local review published"),
    Measure("TM10", "total", "Action's effect checked"),
]
OF_CLOCK = {"rapid_review": "TM2", "local_review_signed_off": "TM4b", "local_review_published": "TM4"}
STAGES = [Measure("TM6", stage, name) for stage, name in words.STAGES.items()]
TOLD = [
    Measure("TM11", f"{review}:{who}_told", f"{name}: {who}")
    for review, name in (("rapid_review", "Rapid review"), ("local_review", "Local review"))
    for who in ("family", "practitioners")
]
INDICATORS = ("TM1", "TM2", "TM3", "TM4")
REASONS_DRAWN = 8


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The answer for one area and period, with one clock more closely."""
    scope = read_scope(release, viewer, query, INDICATORS, PATH)
    clocks = [Choice(name, label) for name, label in words.CLOCKS.items()]
    clock = query.choose("clock", "clock", clocks, "local_review_published")
    steps = measure_rows(release, viewer, scope, IN_TIME)
    medians = measure_rows(
        release, viewer, scope, [Measure("TM5", breakdown, breakdown) for breakdown in MEDIANS.values()], "days"
    )
    stages = measure_rows(release, viewer, scope, STAGES, "days")
    published = medians.row(1, named=True)
    return Report(
        PATH,
        TOPIC,
        QUESTION,
        words.headline(steps, published, stages, scope.area_said, scope.period_words),
        release.as_at_date,
        release.release_id,
        release.is_synthetic,
        [
            clocks_finding(steps, scope),
            curve_finding(release, viewer, scope, clock, medians),
            late_finding(release, viewer, scope, clock),
            stages_finding(release, viewer, scope, stages),
            reasons_finding(release, viewer, scope, clock),
            told_finding(release, viewer, scope),
            open_finding(release, viewer, scope),
        ],
        filters=(*scope.filters, Filter("clock", "Clock", clocks, clock, query.problems.get("clock", ""))),
        key_figures=key_figures(steps, published),
        warnings=(PART_PERIOD,) if scope.is_part_period else (),
        form_notices=scope.notices,
        statements=(definitions(release, ("TM1", "TM2", "TM3", "TM4", "TM4b", "TM5", "TM10", "TM11")),),
        replies=replies_of(release, scope.partnerships),
        problems=query.problems,
        elsewhere=scope.elsewhere,
        trail=trail(release, viewer, scope, PATH, INDICATORS),
    )


def key_figures(steps: pl.DataFrame, published: dict) -> tuple[KeyFigure, ...]:
    """The headline clocks in large, and the median to publication."""
    shown = [row for row in steps.iter_rows(named=True) if row["indicator"] in words.STEPS and measures.is_shown(row)]
    figures = [
        KeyFigure(f"{row['name']} in time", measures.share_or_fraction(row), measures.range_of(row), "returns")
        for row in shown
    ]
    if published["value"] is not None:
        limits = wording.interval(published["lower95"], published["upper95"], "days")
        said = f"to publication; {published['label']} ended; 95% interval {limits}"
        figures.append(KeyFigure("Median days of a local review", published["shown"], said, "returns"))
    return tuple(figures)


def clocks_finding(steps: pl.DataFrame, scope: Scope) -> Finding:
    """Each clock's share in time."""
    return dots_finding(
        "clocks",
        words.clocks_heading(steps, scope.area_said),
        "Share of each step's cases that was done in time",
        steps,
        scope,
        words.CLOCKS_CAVEAT,
        "Step",
    )


def late_finding(release: Release, viewer: Viewer, scope: Scope, clock: str) -> Finding:
    """In time, late and overdue: together all that were due."""
    names = {"total": "In time", "late": "Done, but late", "overdue": "Due, and not done"}
    rows = measure_rows(release, viewer, scope, [Measure(OF_CLOCK[clock], part, name) for part, name in names.items()])
    if (rows["england_status"] == "c").any():
        rows = without_england(rows)
    is_hidden = bool((rows["status"] == "c").any())
    what = f"{words.CLOCKS[clock]}, shares of all that were due"
    heading = words.late_heading(rows.clear() if is_hidden else rows, clock, scope.area_said)
    if is_hidden:  # the third of three parts is the difference of the other two
        measured = f"{what}: {scope.area_name}, {scope.period_words}."
        return Finding("late", heading, measured, notices=(words.PARTS_HIDDEN,), is_withheld=True)
    return dots_finding("late", heading, what, rows, scope, words.LATE_CAVEAT, "Share")


def reasons_finding(release: Release, viewer: Viewer, scope: Scope, clock: str) -> Finding:
    """Why cases were late, commonest first; those that nobody gave stand in the table alone."""
    review = "rapid_review" if clock == "rapid_review" else "local_review"
    named = [
        Measure("TM7", f"{review}:{code}", words_of_reason[0].upper() + words_of_reason[1:])
        for code, words_of_reason in delay_reasons().items()
    ]
    rows = measure_rows(release, viewer, scope, named)
    ordered = rows.sort(pl.col("numerator").fill_null(-1), descending=True, maintain_order=True)
    given = ordered.filter(pl.col("numerator").fill_null(1) > 0)
    return dots_finding(
        "reasons",
        words.reasons_heading(rows, clock, scope.area_said),
        words.reasons_measured(clock),
        ordered,
        scope,
        words.REASONS_CAVEAT,
        "Reason",
        with_most(given if given.height else ordered, REASONS_DRAWN),
        by_most=True,
    )


def told_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """Whether families and practitioners were told."""
    rows = measure_rows(release, viewer, scope, TOLD)
    return dots_finding(
        "told",
        words.told_heading(rows, scope.area_said),
        "Reviews in which families and practitioners were told by the day of submission or publication",
        rows,
        scope,
        words.TOLD_CAVEAT,
        "Who was told",
    )


def open_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """What is overdue and due soon on the day of the return."""
    day = release.as_at_date
    year = str(day.year + (day.month > 3))
    row = measure_rows(release, viewer, scope, [Measure("TM8", "total", "Open and overdue")], "days", ("year", year))
    reviews = open_rows(release, viewer, scope)
    table = None if reviews is None else open_table(reviews, release, scope, PATH)
    past = None if reviews is None else past_their_time(reviews)
    return Finding(
        "open",
        words.open_heading(row.row(0, named=True), scope.area_said, past),
        words.open_measured(row.row(0, named=True), scope.area_name),
        tables=(table,) if table else (),
        notices=() if table else (words.NO_LIST,),
        caveat=words.open_caveat(scope.area_type == "partnership") if table else "",
        is_withheld=table is None and are_withheld(row),
    )
