"""Are notifications really falling? DfE's published series and the returns' own, and what neither can show."""

import dash
import polars as pl
from dash import html

from dashboards import components, downloads
from dashboards.data import current_release, needs_release
from dashboards.views import notification_tables
from dashboards.views.notification_trends import MEASURES, View, area_choices, download, nature_choices, read_view
from throughline import wording
from throughline.charts import notification_trends
from throughline.charts.notification_series import NATURES
from throughline.query import Query
from throughline.release import Release
from throughline.statistics import xmr
from throughline.wording import notification_trends as words

QUESTION = "Are notifications really falling?"
PATH = "/notification-trends"
KEY = [
    ("published", "Published by DfE"),
    ("second-hand", "Published, but derived or second-hand"),
    ("returns", "Returns (synthetic), with 95% interval"),
]

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", order=1, notebook="notification_trends")
downloads.register(PATH, download)


@needs_release
def layout(area: str | None = None, measure: str | None = None, nature: str | None = None, **_) -> html.Div:
    """The page for one area, measure and nature of notification."""
    release = current_release()
    query = Query({"area": area, "measure": measure, "nature": nature})
    view = read_view(release, query)
    return components.page(
        "Notification trends",
        QUESTION,
        words.trend_headline(view.series, view.area_name, view.nature),
        components.key_figures("Key figures", key_figures(view)),
        form(release, view, query),
        both_series(view),
        by_nature(view),
        harm_to_death(view),
        control_chart(view),
        components.statements("limits", "What may not be concluded", words.NOT_TO_BE_CONCLUDED),
        problems=query.problems,
    )


def form(release: Release, view: View, query: Query) -> html.Form:
    """What can be chosen."""
    problems = query.problems
    return components.filter_form(
        PATH,
        "Choose what to show",
        components.select("area", "Area", area_choices(release), view.area, problems.get("area")),
        components.select("measure", "Measure", MEASURES, view.measure, problems.get("measure")),
        components.select("nature", "Nature", nature_choices(), view.nature, problems.get("nature")),
    )


def key_figures(view: View) -> list[components.KeyFigure]:
    """The newest figure of each kind, with its interval; those that cannot be given are left out."""
    published, returned = view.newest("published"), view.newest("returns")
    figures = [published_count(published), published_rate(published), newest_ratio(view), returned_count(returned)]
    return [figure for figure in figures if figure]


def published_count(row: dict | None) -> components.KeyFigure | None:
    """DfE's newest count."""
    if row is None:
        return None
    about = "about " if row["is_rounded"] else ""
    said = about + wording.rounded(row["count"])
    return components.KeyFigure(
        "Notifications published", said, f"DfE, year ending March {row['reporting_year']}", "published"
    )


def published_rate(row: dict | None) -> components.KeyFigure | None:
    """DfE's newest count over its population; none from a rounded count."""
    if row is None or row["rate_lower"] is None:
        return None
    unit = "per_100000_children"
    limits = wording.interval(row["rate_lower"], row["rate_upper"], unit)
    said = f"DfE count over ONS population; 95% interval {limits}"
    return components.KeyFigure("For every 100,000 children", wording.measure(row["rate"], unit), said, "published")


def newest_ratio(view: View) -> components.KeyFigure | None:
    """The newest ratio, the published one before the returns' own."""
    ratios = view.ratios.filter(pl.col("value").is_not_null()).sort(pl.col("source") == "published", "reporting_year")
    if not ratios.height:
        return None
    row = ratios.row(-1, named=True)
    origin = "DfE" if row["source"] == "published" else "Synthetic returns"
    said = f"{origin}, {row['reporting_year']}; 95% interval {wording.interval(row['lower'], row['upper'], 'ratio')}"
    value = wording.measure(row["value"], "ratio")
    return components.KeyFigure("Serious harm for each death", value, said, row["source"])


def returned_count(row: dict | None) -> components.KeyFigure | None:
    """The returns' own newest count."""
    if row is None:
        return None
    limits = wording.interval(row["count_lower"], row["count_upper"], "count")
    said = f"Synthetic, {row['reporting_year']}; 95% interval {limits}"
    return components.KeyFigure("Notifications in the returns", wording.rounded(row["count"]), said, "returns")


def both_series(view: View) -> html.Section:
    """The published series and the returns' own, year by year."""
    measured = "Rate per 100,000 children" if view.measure == "rate" else "Number of notifications"
    has_figures = view.has_figures(view.series)
    return components.finding(
        "series",
        words.series_finding(view.series, view.measure, view.nature, view.area_name)
        if has_figures
        else f"No {words.NATURE_IN_WORDS[view.nature]} can be shown for {view.area_name}",
        f"{measured}: {words.NATURE_LABELS[view.nature].lower()}, {view.area_name}, years ending 31 March.",
        components.graph(
            "series-chart",
            notification_trends.published_and_returns(view.series, view.measure),
            words.series_alternative(view.series, view.measure, view.area_name, view.nature),
        )
        if has_figures
        else None,
        [
            notification_tables.series_table(view),
            components.download(
                downloads.address(PATH, {"area": view.area, "measure": view.measure, "nature": view.nature}),
                "Download these figures with their notes (CSV)",
            ),
        ],
        "The two series are not expected to agree: the returns are made up by a program, and DfE's figures are real. "
        + view.coverage,
        view.as_at,
        before=components.key(*KEY) if has_figures else components.inset(words.NO_SPLIT),
    )


def by_nature(view: View) -> html.Section:
    """Three small charts on one scale: deaths, serious harm, other."""
    panels = []
    split = view.every_nature.filter(pl.col("nature") != "total")
    highest = notification_trends.highest(split, view.measure)
    for nature in NATURES[1:]:
        rows = split.filter(pl.col("nature") == nature)
        panels.append(
            html.Div(
                [
                    html.H3(words.NATURE_LABELS[nature], className="govuk-heading-s"),
                    components.graph(
                        f"nature-{nature.replace('_', '-')}",
                        notification_trends.small_series(rows, view.measure, highest),
                        words.series_alternative(rows, view.measure, view.area_name, nature),
                    ),
                ]
            )
        )
    measured = "Rate per 100,000 children" if view.measure == "rate" else "Number of notifications"
    has_figures = view.has_figures(split)
    return components.finding(
        "nature",
        words.nature_finding(view.every_nature),
        f"{measured} by nature, {view.area_name}, years ending 31 March."
        + (" The three charts share one scale." if has_figures else ""),
        html.Div(panels, className="app-panels") if has_figures else None,
        notification_tables.nature_table(view),
        "The nature is what was known on the day of notifying. DfE's split was not found for every year, and the line "
        "breaks there.",
        view.as_at,
        before=components.key(*KEY) if has_figures else components.inset(words.NO_SPLIT),
    )


def harm_to_death(view: View) -> html.Section:
    """Whether serious harm is notified less often, set against deaths, which are hard to miss."""
    has_figures = bool(view.ratios["value"].drop_nulls().len())
    drawing = components.graph(
        "ratio-chart",
        notification_trends.harm_to_death(view.ratios),
        words.ratio_alternative(view.ratios, view.area_name),
    )
    return components.finding(
        "ratio",
        words.ratio_finding(view.ratios),
        f"Serious harm notifications divided by child death notifications, {view.area_name}, years ending 31 March.",
        drawing if has_figures else None,
        notification_tables.ratio_table(view),
        "A falling ratio may mean that harm is notified less often. It cannot tell whether less harm happened.",
        view.as_at,
        before=components.key(("published-point", "Published by DfE"), ("returns", "Returns (synthetic)"))
        if has_figures
        else components.inset(words.NO_SPLIT),
    )


def control_chart(view: View) -> html.Section:
    """Quarterly counts with limits, or why there are none."""
    if not view.are_quarters_published:
        return components.section(
            "quarters",
            "Quarters are not published for this area",
            f"Number of notifications by quarter, all natures, {view.area_name}, from the synthetic returns only.",
            components.inset(words.QUARTERS_NOT_PUBLISHED),
        )
    chart = xmr(view.quarters["value"], counts=True)
    data = notification_tables.quarters_table(view, chart)
    measured = f"Number of notifications by quarter, all natures, {view.area_name}, from the synthetic returns only."
    if chart.refusal:
        return components.finding(
            "quarters",
            "No control chart is drawn by quarter",
            measured,
            None,
            data,
            "",
            view.as_at,
            before=components.inset(html.P(chart.refusal)),
        )
    flagged = notification_trends.flagged_points(chart)
    return components.finding(
        "quarters",
        words.control_finding(view.quarters, flagged),
        measured,
        components.graph(
            "quarters-chart",
            notification_trends.control_chart(view.quarters, chart),
            words.control_alternative(view.quarters, chart.mean, chart.lower, chart.upper, view.area_name),
        ),
        data,
        "Limits and signals follow the NHS Making Data Count rules. A signal says that something changed, and not "
        "what: it may be recording. About one chart in five of this length shows a signal by luck alone.",
        view.as_at,
        before=components.key(("quarter", "Quarter"), ("signal", "Quarter with a signal of change")),
    )
