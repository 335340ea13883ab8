"""Are notifications really falling? DfE's published series and the returns' own, and what neither can show."""

import polars as pl

from throughline import wording
from throughline.analyses import notification_context, notification_waits, notification_watch
from throughline.analyses import notification_tables as tables
from throughline.analyses.measure_tables import definitions
from throughline.analyses.measures import term
from throughline.analyses.notification_view import MEASURES, View, area_choices, nature_choices
from throughline.analyses.region_asked import region_asked
from throughline.analyses.scope import ENGLAND
from throughline.charts import notification_trends as charts
from throughline.charts.notification_series import NATURES
from throughline.query import Query
from throughline.release import Release, Viewer
from throughline.replies import replies_of
from throughline.report import Chart, Filter, Finding, KeyFigure, Report, Statements, Term
from throughline.statistics import xmr
from throughline.wording import notification_trends as words
from throughline.wording.data_quality import published_caveat
from throughline.wording.kind_of_data import PUBLISHED, returns_label, returns_said

QUESTION = "Are notifications really falling?"
PATH = "/notification-trends"
DEFINED = ("NT1", "NT2", "NT4", "NT5", "NT6", "CV1")


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The trends of the area, measure and nature that an address names."""
    areas, partnerships = area_choices(release), notification_waits.partnership_choices(release, viewer)
    own = notification_waits.default_partnership(viewer, partnerships)
    partnership = query.choose("partnership", "partnership", partnerships, own)
    area, elsewhere = region_asked(release, query, PATH, areas, ENGLAND)
    chosen = {
        "area": area,
        "measure": query.choose("measure", "measure", MEASURES, "count"),
        "nature": query.choose("nature", "nature of notification", nature_choices(), "total"),
    }
    view = View(release, viewer, **chosen)
    labels = {"area": ("Area", areas), "measure": ("Measure", MEASURES), "nature": ("Nature", nature_choices())}
    # Without a right to any partnership there is nothing to choose from.
    days = {"partnership": ("Days between notifications of", partnerships)} if len(partnerships) > 1 else {}
    chosen["partnership"] = partnership
    return Report(
        path=PATH,
        topic="Notification trends",
        question=QUESTION,
        answer=words.trend_headline(view.series, view.area_said, view.nature),
        as_at_date=release.as_at_date,
        release_id=release.release_id,
        is_synthetic=release.is_synthetic,
        findings=(
            both_series(view),
            by_nature(view),
            harm_to_death(view),
            notification_context.context(release, viewer, view.area, view.area_name),
            control_chart(view),
            notification_watch.watch(release, viewer, view),
            notification_waits.waits(release, viewer, partnerships, partnership),
        ),
        filters=tuple(
            Filter(name, label, choices, chosen[name], query.problems.get(name, ""))
            for name, (label, choices) in (labels | days).items()
        ),
        key_figures=key_figures(view),
        statements=(
            Statements("limits", "What may not be concluded", words.NOT_TO_BE_CONCLUDED),
            definitions(release, DEFINED, "measure"),
        ),
        replies=replies_of(release, [partnership]),
        problems=query.problems,
        elsewhere=elsewhere,
    )


def key_figures(view: View) -> tuple[KeyFigure, ...]:
    """The newest figure of each kind, with its interval; those that cannot be given are left out."""
    published, returned = view.newest("published"), view.newest("returns")
    figures = (
        published_count(published),
        published_rate(published),
        newest_ratio(view),
        returned_count(returned, view.is_synthetic),
    )
    return tuple(figure for figure in figures if figure)


def published_count(row: dict | None) -> KeyFigure | None:
    """DfE's newest count."""
    if row is None:
        return None
    about = "about " if row["is_rounded"] else ""
    said = about + wording.rounded(row["count"])
    return KeyFigure("Notifications published", said, f"DfE, year ending March {row['reporting_year']}", "published")


def published_rate(row: dict | None) -> KeyFigure | None:
    """DfE's newest count over its population; none from a rounded count."""
    if row is None or row["rate_lower"] is None:
        return None
    unit = "per_100000_children"
    limits = wording.interval(row["rate_lower"], row["rate_upper"], unit)
    said = f"DfE count over ONS population; 95% interval {limits}"
    return KeyFigure("For every 100,000 children", wording.measure(row["rate"], unit), said, "published")


def newest_ratio(view: View) -> KeyFigure | None:
    """The newest ratio, the published one before the returns' own."""
    ratios = view.ratios.filter(pl.col("value").is_not_null()).sort(pl.col("source") == "published", "reporting_year")
    if not ratios.height:
        return None
    row = ratios.row(-1, named=True)
    origin = "DfE" if row["source"] == "published" else returns_label(view.is_synthetic)
    said = f"{origin}, {row['reporting_year']}; 95% interval {wording.interval(row['lower'], row['upper'], 'ratio')}"
    return KeyFigure("Serious harm for each death", wording.measure(row["value"], "ratio"), said, row["source"])


def returned_count(row: dict | None, is_synthetic: bool) -> KeyFigure | None:
    """The returns' own newest count."""
    if row is None:
        return None
    limits = wording.interval(row["count_lower"], row["count_upper"], "count")
    said = f"{returns_label(is_synthetic)}, {row['reporting_year']}; 95% interval {limits}"
    return KeyFigure("Notifications in the returns", wording.rounded(row["count"]), said, "returns")


def both_series(view: View) -> Finding:
    """The published series and the returns' own, year by year."""
    has_figures = view.has_figures(view.series)
    alternative = words.series_alternative(view.series, view.measure, view.area_said, view.nature, view.is_synthetic)
    chart = Chart(
        "series-chart", charts.published_and_returns(view.series, view.is_synthetic, view.measure), alternative
    )
    return Finding(
        "series",
        words.series_finding(view.series, view.measure, view.nature, view.area_said)
        if has_figures
        else f"No {words.NATURE_IN_WORDS[view.nature]} can be shown for {view.area_said}",
        f"{view.measured}: {words.NATURE_LABELS[view.nature].lower()}, {view.area_name}, years ending 31 March.",
        (chart,) if has_figures else (),
        key(view),
        (tables.series_table(view),),
        () if has_figures else (words.NO_SPLIT,),
        words.dfe_release(view.newest_year("published")) + published_caveat(view.is_synthetic, view.coverage),
        terms=(returned_term(view),),
    )


def key(view: View) -> tuple[tuple[str, str], ...]:
    """What the marks of the two series stand for."""
    return (
        ("published", PUBLISHED),
        ("second-hand", "Published, but derived or second-hand"),
        ("returns", f"{returns_label(view.is_synthetic)}, with 95% interval"),
    )


def returned_term(view: View) -> Term:
    """What the returns' own series counts; DfE's is what its release says."""
    is_rate = view.measure == "rate"
    return term(view.release, "NT2" if is_rate else "NT1", f"Notification{' rate' if is_rate else 's'} in the returns")


def by_nature(view: View) -> Finding:
    """Three small charts on one scale: deaths, serious harm, other."""
    split = view.every_nature.filter(pl.col("nature") != "total")
    highest = charts.highest(split, view.measure)
    has_figures = view.has_figures(split)
    panels = []
    for nature in NATURES[1:]:
        rows = split.filter(pl.col("nature") == nature)
        panels.append(
            Chart(
                f"nature-{nature.replace('_', '-')}",
                charts.small_series(rows, view.is_synthetic, view.measure, highest),
                words.series_alternative(rows, view.measure, view.area_said, nature, view.is_synthetic),
                words.NATURE_LABELS[nature],
            )
        )
    scale = " The three charts share one scale." if has_figures else ""
    return Finding(
        "nature",
        words.nature_finding(view.every_nature),
        f"{view.measured} by nature, {view.area_name}, years ending 31 March.{scale}",
        tuple(panels) if has_figures else (),
        key(view),
        (tables.nature_table(view),),
        () if has_figures else (words.NO_SPLIT,),
        words.dfe_release(view.newest_year("published"))
        + "The nature is what was known on the day of notifying. DfE's split was not found for every year, and the "
        "line breaks there.",
        terms=(returned_term(view),),
    )


def harm_to_death(view: View) -> Finding:
    """Whether serious harm is notified less often, set against deaths, which are hard to miss."""
    has_figures = bool(view.ratios["value"].drop_nulls().len())
    alternative = words.ratio_alternative(view.ratios, view.area_said, view.is_synthetic)
    return Finding(
        "ratio",
        words.ratio_finding(view.ratios, view.is_synthetic),
        f"Serious harm notifications divided by child death notifications, {view.area_name}, years ending 31 March.",
        (Chart("ratio-chart", charts.harm_to_death(view.ratios, view.is_synthetic), alternative),)
        if has_figures
        else (),
        (("published-point", PUBLISHED), ("returns", returns_label(view.is_synthetic))),
        (tables.ratio_table(view),),
        () if has_figures else (words.NO_SPLIT,),
        words.dfe_release(view.newest_year("published"))
        + "A falling ratio may mean that harm is notified less often. It cannot tell whether less harm happened.",
        terms=(term(view.release, "NT4", "Serious harm for each death"),),
    )


def control_chart(view: View) -> Finding:
    """Quarterly counts with limits, or why there are none."""
    source = f"from the {returns_said(view.is_synthetic)} only"
    measured = f"Number of notifications by quarter, all natures, {view.area_name}, {source}."
    if not view.are_quarters_published:
        heading = "Quarters are not published for this area"
        return Finding("quarters", heading, measured, notices=(words.QUARTERS_NOT_PUBLISHED,), is_withheld=True)
    chart = xmr(view.quarters["value"], counts=True)
    table = tables.quarters_table(view, chart)
    if chart.refusal:
        heading = "No control chart is drawn by quarter"
        return Finding("quarters", heading, measured, tables=(table,), notices=(chart.refusal,))
    flagged = charts.flagged_points(chart)
    alternative = words.control_alternative(
        view.quarters, chart.mean, chart.lower, chart.upper, view.area_said, view.is_synthetic
    )
    return Finding(
        "quarters",
        words.control_finding(view.quarters, flagged),
        measured,
        (Chart("quarters-chart", charts.control_chart(view.quarters, chart), alternative),),
        (("quarter", "Quarter"), ("signal", "Quarter with a signal of change")),
        (table,),
        (),
        "Limits and signals follow the NHS Making Data Count rules. A signal says that something changed, and not "
        "what: it may be recording. About one chart in five of this length shows a signal by luck alone.",
        terms=(term(view.release, "NT1", "Notifications in the returns"),),
    )
