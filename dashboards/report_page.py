"""Lays out a report as a page: its question, answer, form and findings, in the order in which they are read."""

from collections.abc import Sequence

from dash import html

from dashboards import components, file_links
from dashboards.frame import CHOSEN
from throughline import wording
from throughline.report import Chart, Filter, Finding, Link, Report, Table, TextFilter
from throughline.report_files.facts import choices

LONG = 4  # findings: from here on a list of them stands before the first


def report_page(report: Report, *after: components.Child) -> html.Div:
    """The whole page; what is given after the report stands between its findings and its statements.

    One partnership's reply stands before the figures that it is about; those of several follow them.
    """
    as_at = wording.as_at_in_words(report.as_at_date, report.is_synthetic)
    return components.page(
        report.topic,
        report.question,
        report.answer,
        components.key_figures("Key figures", report.key_figures) if report.key_figures else None,
        form(report.path, report.filters) if report.filters else None,
        html.P(choices(report), id=CHOSEN, className="app-print-only") if report.filters else None,
        *(components.warning(text) for text in report.warnings),
        *(components.inset(text) for text in report.notices),
        components.replies(report.replies) if len(report.replies) == 1 else None,
        components.contents([(f"{one.name}-title", one.heading) for one in report.findings])
        if len(report.findings) >= LONG
        else None,
        *(finding(one, as_at, file_links.finding_files(report, one)) for one in report.findings),
        components.replies(report.replies) if len(report.replies) > 1 else None,
        *after,
        *(components.statements(one.name, one.title, one.items) for one in report.statements),
        file_links.page_files(report),
        problems=report.problems,
    )


def form(path: str, filters: Sequence[Filter | TextFilter]) -> html.Form:
    """The choices, as lists that reload the page."""
    return components.filter_form(
        path,
        "Choose what to show",
        *(field(one) for one in filters),
    )


def field(one: Filter | TextFilter) -> html.Div:
    """One list, or one box to write in."""
    if isinstance(one, TextFilter):
        return components.text_area(one.name, one.label, one.hint, one.chosen, one.problem or None)
    return components.select(one.name, one.label, one.choices, one.chosen, one.problem or None)


def finding(one: Finding, as_at: str, files: components.Child = None) -> html.Section:
    """One finding with its charts, or with the reason why there are none, its tables and its files."""
    notices = [components.inset(text) for text in one.notices]
    key = components.key(*one.key) if one.key and one.charts else None
    return components.finding(
        one.name,
        one.heading,
        one.measured,
        drawing(one.charts),
        [table(shown) for shown in one.tables],
        one.caveat,
        as_at,
        before=html.Div([*notices, key]),
        data_title="Show these figures as a table" if one.charts else "Show the table",
        after=files,
    )


def drawing(charts: tuple[Chart, ...]) -> html.Div | None:
    """One chart over the whole width, or several side by side under their titles."""
    if not charts:
        return None
    graphs = [components.graph(one.name, one.figure, one.alternative) for one in charts]
    if len(charts) == 1:
        return graphs[0]
    return html.Div(
        [
            html.Div([html.H3(one.title, className="govuk-heading-s"), graph])
            for one, graph in zip(charts, graphs, strict=True)
        ],
        className="app-panels",
    )


def table(one: Table) -> html.Div:
    """A table whose cells may be links."""
    rows = [
        [
            html.A(cell.words, href=cell.address, className="govuk-link") if isinstance(cell, Link) else cell
            for cell in row
        ]
        for row in one.rows
    ]
    return components.table(one.name, one.caption, one.columns, rows, one.note)
