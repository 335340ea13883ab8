"""Lays out a report as a page: its question, answer, form and findings, in the order in which they are read."""

from collections.abc import Sequence
from html import escape

from dash import html

from dashboards import components, file_links, findings
from dashboards.addresses import CHARTS, SHOW, WORDS, with_choices
from dashboards.component_trees import Filled, like
from dashboards.frame import CHOSEN
from dashboards.point_reading import reader
from dashboards.titles import about
from throughline import wording
from throughline.report import Cell, Chart, Filter, Finding, Link, Reply, Report, Strong, Table, Term, TextFilter
from throughline.wording.measures import why_withheld

PLACES = ("area", "partnership")  # the names of the lists from which one partnership is chosen
LONG = 4  # findings: from here on a list of them stands before the first
NOT_SHOWN = "not-shown"
TERMS = "What is measured here"
ONWARD = "The same partnership on other pages"
LINK = html.A(className="govuk-link")
FEW_ROWS = 15  # of a table that stands open; a longer one would push the next finding out of sight


def report_page(report: Report, *after: components.Child, show: str | None = None) -> html.Div:
    """The whole page; what is given after the report stands between its findings and its statements.

    The reply of the partnership that the page is about stands before its figures; those of others follow them. `show`
    is what the address says of the order of words and charts.
    """
    own, others = own_reply(report)
    in_words = show == WORDS
    as_at = wording.as_at_in_words(report.as_at_date, report.is_synthetic)
    return components.page(
        report.topic,
        report.question,
        report.answer,
        components.key_figures("Key figures", report.key_figures) if report.key_figures else None,
        form(report.path, report.filters) if is_choice(report.filters) else None,
        html.P(report.choices_said, id=CHOSEN, className="app-print-only") if report.filters else None,
        components.onward(ONWARD, report.onward) if report.onward else None,
        order_switch(report, in_words) if any(one.charts for one in report.findings) else None,
        *(components.warning(text) for text in report.warnings),
        *(components.inset(text) for text in (*report.form_notices, *report.notices)),
        components.replies(own),
        components.contents(links_to(report)) if len(report.findings) >= LONG else None,
        *(finding(one, as_at, file_links.finding_files(report, one), in_words) for one in report.shown),
        not_shown(report.withheld) if report.withheld else None,
        components.replies(others, "replies-of-others" if own else "replies"),
        *after,
        *(components.statements(one.name, one.title, one.items) for one in report.statements),
        file_links.page_files(report),
        problems=report.problems,
        elsewhere=report.elsewhere,
        about=about(report.filters),
        trail=report.trail,
    )


def links_to(report: Report) -> list[tuple[str, str]]:
    """Every finding that is shown, and all that are not together."""
    shown = [(f"{one.name}-title", one.heading) for one in report.shown]
    return [*shown, *([(NOT_SHOWN, wording.not_shown(len(report.withheld)))] if report.withheld else [])]


def own_reply(report: Report) -> tuple[list[Reply], list[Reply]]:
    """The reply of the one partnership that was chosen, or the only one that there is, and those of others."""
    chosen = {one.in_words for one in report.filters if one.name in PLACES and one.chosen}
    alone = len(report.replies) == 1 and not chosen
    own = [one for one in report.replies if alone or one.who in chosen]
    return own, [one for one in report.replies if one not in own]


def not_shown(withheld: Sequence[Finding]) -> html.Section:
    """What may not be shown to this reader, a line each with the reason, in place of as many empty findings."""
    return html.Section(
        [
            html.H2(wording.not_shown(len(withheld)), id=NOT_SHOWN, className="govuk-heading-l app-finding__title"),
            html.Ul(
                [
                    html.Li([html.Strong(one.heading, id=f"{one.name}-title"), f". {why_withheld(one.notices)}"])
                    for one in withheld
                ],
                className="govuk-list govuk-list--bullet govuk-list--spaced app-prose",
            ),
        ],
        className="app-finding",
        **{"aria-labelledby": NOT_SHOWN},
    )


def is_choice(filters: Sequence[Filter | TextFilter]) -> bool:
    """Whether there is anything to choose: lists of one are told in words, unless the address is at fault."""
    return any(isinstance(one, TextFilter) or len(one.choices) > 1 or one.problem for one in filters)


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


def order_switch(report: Report, in_words: bool) -> html.P:
    """A link to the same view with words and tables before its charts, or with the charts first again."""
    words = "Show the charts before words and tables" if in_words else "Show words and tables before the charts"
    chosen = {**report.chosen, SHOW: CHARTS if in_words else WORDS}
    return html.P(
        html.A(words, href=with_choices(report.path, chosen), className="govuk-link"), className="govuk-body app-switch"
    )


def finding(one: Finding, as_at: str, files: components.Child = None, in_words: bool = False) -> html.Section:
    """One finding with its charts, or with the reason why there are none, its tables and its files."""
    notices = [components.inset(text) for text in one.notices]
    key = components.key(*one.key) if one.key and one.charts else None
    if in_words and one.charts:
        return findings.finding_in_words(
            one.name,
            one.heading,
            one.measured,
            [f"{chart.title}: {chart.alternative}" if chart.title else chart.alternative for chart in one.charts],
            [table(shown) for shown in one.tables],
            html.Div([key, drawing(one.charts, one.heading)]),
            one.caveat,
            as_at,
            before=html.Div(notices),
            after=files,
            terms=terms(one.terms),
        )
    rows = sum(len(shown.rows) for shown in one.tables)
    return findings.finding(
        one.name,
        one.heading,
        one.measured,
        drawing(one.charts, one.heading),
        [table(shown) for shown in one.tables],
        one.caveat,
        as_at,
        before=html.Div([*notices, key]),
        data_title=f"Show {'these figures as a table' if one.charts else 'the table'}{rows_in_words(rows)}",
        is_open=rows <= FEW_ROWS,
        after=files,
        terms=terms(one.terms),
    )


def terms(named: Sequence[Term]) -> html.Ul | None:
    """The measures that a finding is about, each of which opens what it means."""
    if not named:
        return None
    return html.Ul([html.Li(shown(one)) for one in named], className="app-terms", **{"aria-label": TERMS})


def rows_in_words(rows: int) -> str:
    """How long a table is that must first be opened."""
    return "" if rows <= FEW_ROWS else f" ({rows:,} rows)"


def drawing(charts: tuple[Chart, ...], heading: str) -> html.Div | None:
    """One chart over the whole width, or several side by side under their titles, and below them the keys' reader.

    Where every one needs more room than a share, they stand one below the other.
    """
    if not charts:
        return None
    graphs = [findings.graph(one.name, one.figure, one.alternative) for one in charts]
    if len(charts) == 1:
        return html.Div([graphs[0], reader(charts, heading)])
    in_rows = all(one.is_wide for one in charts)
    panels = html.Div(
        [
            html.Div(
                [html.H3(one.title, className="govuk-heading-s"), graph],
                className="app-panels__wide" if one.is_wide and not in_rows else None,
            )
            for one, graph in zip(charts, graphs, strict=True)
        ],
        className="app-rows" if in_rows else "app-panels",
    )
    return html.Div([panels, reader(charts, heading)])


def table(one: Table) -> html.Div:
    """A table whose cells may be links, or terms that open what they mean."""
    rows = [[shown(cell) for cell in row] for row in one.rows]
    return components.table(one.name, one.caption, one.columns, rows, one.note)


def shown(cell: Cell) -> components.Child:
    """A cell as it stands in its table: words, heavier ones, a link, or a term that opens what it means."""
    if isinstance(cell, Link):
        return like(LINK, children=cell.words, href=cell.address)
    if isinstance(cell, Term):
        words = f'<summary class="app-term__words">{escape(cell.words)}</summary>'
        meaning = f'<div class="app-term__meaning">{escape(cell.meaning)}</div>'
        return Filled("details", {"className": "app-term"}, [words, meaning])
    if isinstance(cell, Strong):
        return html.Strong(cell.words)
    return cell
