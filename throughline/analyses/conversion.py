"""How often does one step lead to the next? Each step's own cases, what they come to in time, and what is not known."""

from dataclasses import replace

import polars as pl

from throughline.analyses.dots import dots_finding
from throughline.analyses.measure_tables import definitions
from throughline.analyses.measures import Measure, measure_rows, yearly_rows
from throughline.analyses.review_decisions import decision_findings
from throughline.analyses.scope import ENGLAND, Scope, read_scope
from throughline.analyses.trail import trail
from throughline.charts import cohorts, outcomes
from throughline.query import Query
from throughline.release import Release, Viewer
from throughline.replies import replies_of
from throughline.report import Chart, Column, Finding, KeyFigure, Report, Statements, Table
from throughline.wording import conversion as words
from throughline.wording import measures, rounded
from throughline.wording.scope import PART_PERIOD

PATH = "/conversion"
TOPIC = "Conversion"
QUESTION = "How often does one step lead to the next?"
STEPS = [
    Measure("CV1", "total", "Referral to notification"),
    Measure("CV2", "total", "Notification to rapid review"),
    Measure("CV3", "total", "Rapid review to local review"),
    Measure("CV3", "national_review_suggested", "Rapid review to national review"),
    Measure("CV4", "total", "Notification to local review"),
]
PANEL = [Measure("CV6", "total", "Panel agreed"), Measure("CV7", "total", "Changed after it did not")]
DISSENT = [Measure("CV9", "total", "Partners not of one mind"), Measure("CV8", "total", "Found not to meet criteria")]
SCREENED = Measure("CV5", "total", "Screened out with learning")
# What lay behind the decisions stands beside the share that it explains; the first says why none is.
BEFORE_PANEL, AFTER_PANEL = ("reasons-not-shown", "reasons-against", "reasons-for"), ("changed",)
AFTER_DISSENT, AFTER_SCREENED = ("dissenting", "not-met"), ("learned",)
INDICATORS = ("CV1", "CV2", "CV3", "CV4")
# Months: a curve that ends before says how fast the first cases ended, and would be read as what became of all.
LEAST_MONTHS = 3
CURVE_KEY = (
    ("curve", "Share by that month"),
    ("limits", "Its 95% limits"),
)
WITH_CURVES = ("england", "region", "partnership")


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The answer for one area and period."""
    scope = read_scope(release, viewer, query, INDICATORS, PATH)
    steps = measure_rows(release, viewer, scope, STEPS)
    behind = decision_findings(release, viewer, scope)
    return Report(
        PATH,
        TOPIC,
        QUESTION,
        words.headline(steps, scope.area_said, scope.period_words),
        release.as_at_date,
        release.release_id,
        release.is_synthetic,
        [
            steps_finding(steps, scope),
            outcomes_finding(release, viewer, scope),
            *(behind[name] for name in BEFORE_PANEL if name in behind),
            panel_finding(release, viewer, scope),
            *(behind[name] for name in AFTER_PANEL if name in behind),
            dissent_finding(release, viewer, scope),
            *(behind[name] for name in AFTER_DISSENT if name in behind),
            screened_finding(release, viewer, scope),
            *(behind[name] for name in AFTER_SCREENED if name in behind),
        ],
        filters=scope.filters,
        key_figures=key_figures(steps),
        warnings=(PART_PERIOD,) if scope.is_part_period else (),
        form_notices=scope.notices,
        statements=(
            Statements("not-held", "What this release does not hold", words.NOT_HELD),
            definitions(release, ("CV1", "CV2", "CV3", "CV4", "CV5", "CV6", "CV7", "CV8", "CV9")),
        ),
        replies=replies_of(release, scope.partnerships),
        problems=query.problems,
        elsewhere=scope.elsewhere,
        trail=trail(release, viewer, scope, PATH, INDICATORS),
    )


def key_figures(steps: pl.DataFrame) -> tuple[KeyFigure, ...]:
    """The steps that have figures, in large."""
    shown = [row for row in steps.iter_rows(named=True) if measures.is_shown(row) and row["breakdown"] == "total"]
    return tuple(
        KeyFigure(row["name"], measures.share_or_fraction(row), measures.range_of(row), "returns") for row in shown
    )


def steps_finding(steps: pl.DataFrame, scope: Scope) -> Finding:
    """Each step as a cohort, and as a share beside England's."""
    shares = dots_finding(
        "steps",
        words.steps_heading(steps, scope.area_said),
        "Share of each step's cases that led to the next",
        steps,
        scope,
        words.STEPS_CAVEAT,
        "Step",
    )
    funnel = steps.filter(
        pl.col("indicator").is_in(list(words.COHORTS)) & (pl.col("breakdown") == "total")
    ).with_columns(cohort=pl.col("indicator").replace_strict(words.COHORTS))
    if not shares.charts or not funnel["numerator"].drop_nulls().len():
        return shares
    bars = Chart(
        "cohorts-chart",
        cohorts.cohort_bars(funnel),
        words.cohorts_alternative(funnel, scope.area_name, scope.period_words),
        words.COHORTS_TITLE,
        is_wide=True,
    )
    dots = replace(shares.charts[0], title=words.SHARES_TITLE, is_wide=True)
    return replace(shares, charts=(bars, dots), key=(*words.COHORTS_KEY, *shares.key))


def panel_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """Whether the Panel agreed, and what followed where it did not."""
    rows = measure_rows(release, viewer, scope, PANEL)
    return dots_finding(
        "panel",
        words.panel_heading(rows, scope.area_said),
        "Rapid reviews with whose decision the Panel agreed, and decisions changed after it disagreed",
        rows,
        scope,
        words.PANEL_CAVEAT,
        "Share",
    )


def dissent_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """Whether partners were of one mind, and whether the threshold held."""
    rows = measure_rows(release, viewer, scope, DISSENT)
    return dots_finding(
        "dissent",
        words.dissent_heading(rows, scope.area_said),
        "Triage decisions with dissent, and notifications later found not to meet the criteria",
        rows,
        scope,
        words.DISSENT_CAVEAT,
        "Share",
    )


def screened_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """Incidents below the criteria from which learning was captured: the period's share, then year by year."""
    together = measures.upper_first(scope.period_words)
    period = measure_rows(release, viewer, scope, [SCREENED]).with_columns(name=pl.lit(together))
    years = yearly_rows(release, viewer, scope, SCREENED)
    rows = pl.concat([period, years]) if scope.period_type != "year" else years
    return dots_finding(
        "screened",
        words.screened_heading(rows, scope.area_said, period.row(0, named=True)),
        "Screened-out incidents, which did not meet the criteria, that went to a local learning route",
        rows,
        replace(scope, beside=", and every year"),
        words.SCREENED_CAVEAT,
        "Period, or year ending March",
    )


def outcomes_finding(release: Release, viewer: Viewer, scope: Scope) -> Finding:
    """What notifications came to, month by month, with open cases kept in."""
    every = release.by_area("outcome_curves", viewer, scope.time)
    curves = words.with_open(every.filter(scope.place))
    last = int(curves["months"].max()) if curves.height else 0
    can_be_drawn = last >= LEAST_MONTHS
    england = every.filter(
        (pl.col("area_code") == ENGLAND)
        & (pl.col("period_type") == scope.period_type)
        & (pl.col("period") == scope.period)
    )
    if scope.is_england or not can_be_drawn or england["months"].max() in (0, None):
        england = england.clear()
    shown = curves if can_be_drawn else curves.clear()
    return Finding(
        "outcomes",
        words.outcomes_heading(shown, scope.area_said),
        f"{words.OUTCOMES_MEASURED}: {scope.area_name}, {scope.period_words}. "
        f"{words.followed_sentence(shown) if can_be_drawn else ''}".strip(),
        outcome_charts(shown, england, scope) if can_be_drawn else (),
        (*CURVE_KEY, *((("curve-england", "England"),) if england.height else ())),
        (outcome_table(shown, scope),) if can_be_drawn else (),
        () if can_be_drawn else (why_no_curves(scope, last, bool(curves.height)),),
        words.OUTCOMES_CAVEAT,
        is_withheld=not (can_be_drawn or scope.is_own),
    )


def why_no_curves(scope: Scope, last: int, begins: bool) -> str:
    """Why nothing is drawn: no such curve is made, it is not this reader's to see, or there are too few cases."""
    if scope.area_type not in WITH_CURVES:
        return words.NO_CURVES_HERE
    if not scope.is_own:
        return words.NO_CURVES_FOR_YOU
    return words.ends_too_soon(last) if begins else words.TOO_FEW_FOLLOWED


def outcome_charts(curves: pl.DataFrame, england: pl.DataFrame, scope: Scope) -> tuple[Chart, ...]:
    """One panel an outcome, on scales that all of them share."""
    months = outcomes.months_shown(curves)
    held = set(curves["outcome"])
    return tuple(
        Chart(
            f"outcome-{outcome.replace('_', '-')}",
            outcomes.outcome_panel(
                curves.filter(pl.col("outcome") == outcome),
                england.filter((pl.col("outcome") == outcome) & (pl.col("months") <= months)),
                months,
            ),
            words.outcome_alternative(curves, outcome, scope.area_said, bool(england.height)),
            words.outcome_title(curves, outcome),
        )
        for outcome in words.OUTCOMES
        if outcome in held
    )


def outcome_table(curves: pl.DataFrame, scope: Scope) -> Table:
    """Each outcome by a few months, with its limits, and what is still open."""
    months = words.months_told(curves)
    rows = []
    for outcome, name in words.OUTCOMES.items():
        by_month = {row["months"]: row for row in curves.filter(pl.col("outcome") == outcome).iter_rows(named=True)}
        if by_month:
            rows.append([name, *(words.share_with_limits(by_month[month]) for month in months)])
    at_risk = dict(curves.select("months", "at_risk").unique().iter_rows())
    if at_risk[months[0]] is not None:
        rows.append(["Still followed (notifications)", *(rounded(at_risk[month]) for month in months)])
    columns = [Column("Outcome"), *(Column(f"By month {month}", numeric=True) for month in months)]
    caption = f"What notifications came to, with 95% limits, {scope.area_name}, {scope.period_words}"
    return Table("outcomes-table", caption, columns, rows, words.NO_LIMITS)
