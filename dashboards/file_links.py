"""Links to the files of what is shown, and the notebook in which the same analysis can be taken further."""

import dash
from dash import html

from dashboards import downloads
from dashboards.component_trees import like
from dashboards.components import Child, details
from throughline.report import Chart, Finding, Report

# What a page holds dozens of.
ITEM, LINK, HIDDEN = html.Li(), html.A(className="govuk-link"), html.Span(className="govuk-visually-hidden")
TABLES = {"csv": "CSV", "xlsx": "Excel, XLSX", "ods": "OpenDocument, ODS"}
CHARTS = {"svg": "SVG", "png": "PNG"}
# The keys under which a page names notebooks when it is registered, and what is said of them.
NOTEBOOKS = {
    "notebook": "The same analysis is a notebook that you can change.",
    "checked_by": "Another notebook checks what the returns count against what DfE has published.",
}


def finding_files(report: Report, one: Finding) -> html.Div | None:
    """The files of one finding."""
    if not downloads.has_files(report.path) or not (one.tables or one.charts):
        return None
    tables = [
        link(downloads.table_address(report, kind, one.name), f"Tables ({words})", one.heading)
        for kind, words in TABLES.items()
        if one.tables
    ]
    charts = [
        link(downloads.chart_address(report, kind, chart.name), f"{chart_name(one, chart)} ({words})", one.heading)
        for chart in one.charts
        for kind, words in CHARTS.items()
    ]
    # Folded, so that Tab need not go through every file on its way to the next finding.
    return html.Div(
        details("Download what is shown here", files(tables, charts), is_open=False), className="app-download"
    )


def chart_name(one: Finding, chart: Chart) -> str:
    """A chart by its title where there are several; the title keeps its capital, since it may be a name."""
    return f"Chart: {chart.title}" if len(one.charts) > 1 and chart.title else "Chart"


def link(address: str, words: str, about: str) -> html.Li:
    """One link, which a list of links alone still tells from the others."""
    hidden = like(HIDDEN, children=f" of the finding: {about}")
    return like(ITEM, children=like(LINK, children=[words, hidden], href=address))


def files(*groups: list[html.Li]) -> html.Ul:
    """Links beside each other."""
    return html.Ul([item for group in groups for item in group], className="app-files__list")


def page_files(report: Report) -> html.Section | None:
    """The files of the whole page and the notebook of its analysis."""
    book = notebook(report.path)
    if not downloads.has_files(report.path) and not book:
        return None
    return html.Section(
        [
            html.H2("Take this further", id="further", className="govuk-heading-m"),
            link_to_view(report),
            *whole_page(report),
            *book,
        ],
        className="app-download app-further",
        **{"aria-labelledby": "further"},
    )


def link_to_view(report: Report) -> html.P:
    """The address to mail or keep."""
    return html.P(
        [
            html.A("Link to this view of this release", href=report.address, className="govuk-link"),
            ": to mail or to keep. It shows the same figures when a newer release has come.",
        ],
        className="govuk-body",
    )


def whole_page(report: Report) -> list[Child]:
    """Links to every table of the page in one file; none where it has no table yet."""
    if not downloads.has_files(report.path) or not any(one.tables for one in report.findings):
        return []
    links = [
        html.Li(
            html.A(
                f"All tables on this page ({words})", href=downloads.table_address(report, kind), className="govuk-link"
            )
        )
        for kind, words in TABLES.items()
    ]
    return [html.Ul(links, className="app-files__list")]


def notebook(path: str) -> list[Child]:
    """Which notebook tells the same story, which one checks it from outside, and the commands that open them."""
    page = next((page for page in dash.page_registry.values() if page["path"] == path), {})
    return [opens(said, page[key]) for key, said in NOTEBOOKS.items() if page.get(key)]


def opens(said: str, name: str) -> html.P:
    """What a notebook holds, and the command that opens it."""
    command = html.Code(f".venv/bin/marimo edit --skip-update-check notebooks/{name}.py", className="app-code")
    return html.P([f"{said} In the project's folder, this opens it: ", command], className="govuk-body")
