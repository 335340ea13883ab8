"""GOV.UK-styled pieces that every page is laid out from: form, key figures, tables, warnings."""

from collections.abc import Mapping, Sequence
from html import escape

from dash import html
from dash.development.base_component import Component

from dashboards.component_trees import Filled
from dashboards.titles import ABOUT
from throughline.query import Choice
from throughline.report import Column, Elsewhere, KeyFigure, Link, Reply
from throughline.wording import replies as words

WIDE, WIDEST = 4, 6  # columns: more than these scroll on a phone, in a box of their own
PROSE = 60  # letters: a longer cell is a sentence
BESIDE = 3  # lists that a form has room for in one row
Child = str | Component | Filled | Sequence["Child"] | None


def page(
    topic: str,
    question: str,
    headline: str,
    *children: Child,
    problems: Mapping[str, str] | None = None,
    elsewhere: Elsewhere | None = None,
    about: str = "",
    trail: Sequence[Link] = (),
) -> html.Div:
    """A page's content: what was wrong with the address, topic, question, one-sentence answer, then the rest.

    `about` says for its title what was chosen.
    """
    return html.Div(
        [
            problem_summary(problems or {}),
            shown_instead(elsewhere) if elsewhere else None,
            breadcrumbs(trail) if trail else None,
            html.Span(topic, className="govuk-caption-xl"),
            html.H1(question, className="govuk-heading-xl"),
            html.P(headline, id="headline", className="app-headline"),
            *children,
        ],
        **({ABOUT: about} if about else {}),
    )


def select(field_id: str, label: str, choices: Sequence[Choice], chosen: str, problem: str | None = None) -> html.Div:
    """A native drop-down list with its label, its groups and, beside it, what was wrong with the value given."""
    error = f"{field_id}-error"
    described = {"aria-describedby": error} if problem else {}
    return html.Div(
        [
            html.Label(label, htmlFor=field_id, className="govuk-label"),
            html.P(["Error: ", problem], id=error, className="govuk-error-message") if problem else None,
            Filled(
                "select",
                {
                    "id": field_id,
                    "name": field_id,
                    "className": "govuk-select" + (" govuk-select--error" if problem else ""),
                    **described,
                },
                options(choices, chosen),
            ),
        ],
        className="govuk-form-group" + (" govuk-form-group--error" if problem else ""),
    )


def text_area(field_id: str, label: str, hint: str, text: str, problem: str | None = None) -> html.Div:
    """A box to write in, with its label, its hint and what was wrong with what was written."""
    described = " ".join([f"{field_id}-hint", *([f"{field_id}-error"] if problem else [])])
    return html.Div(
        [
            html.Label(label, htmlFor=field_id, className="govuk-label"),
            html.Div(hint, id=f"{field_id}-hint", className="govuk-hint"),
            html.P(["Error: ", problem], id=f"{field_id}-error", className="govuk-error-message") if problem else None,
            html.Textarea(
                text,
                id=field_id,
                name=field_id,
                rows="4",
                className="govuk-textarea" + (" govuk-textarea--error" if problem else ""),
                **{"aria-describedby": described},
            ),
        ],
        className="govuk-form-group app-filter__text" + (" govuk-form-group--error" if problem else ""),
    )


def options(choices: Sequence[Choice], chosen: str) -> list[str]:
    """Options in order as HTML, gathered under their headings."""
    items: list[list[str]] = []
    groups: dict[str, list[str]] = {}
    for choice in choices:
        selected = " selected" if choice.value == chosen else ""
        option = f'<option value="{escape(choice.value)}"{selected}>{escape(choice.label)}</option>'
        if choice.group is None:
            items.append([option])
            continue
        if choice.group not in groups:
            groups[choice.group] = [f'<optgroup label="{escape(choice.group)}">']
            items.append(groups[choice.group])
        groups[choice.group].append(option)
    for group in groups.values():
        group.append("</optgroup>")
    return [text for item in items for text in item]


def filter_form(action: str, title: str, *fields: Child) -> html.Form:
    """A form that reloads the page with the choices in its address."""
    return html.Form(
        [
            html.H2(title, className="govuk-heading-s app-filter__title"),
            html.Div(
                [*fields, html.Button("Update the page", type="submit", className="govuk-button")],
                className="app-filter__fields" + (" app-filter__fields--many" if len(fields) > BESIDE else ""),
            ),
        ],
        action=action,
        method="get",
        # Going back, a browser would put the later choice into the lists of a page that shows the earlier one.
        autoComplete="off",
        className="app-filter",
    )


def problem_summary(problems: Mapping[str, str]) -> html.Div | None:
    """What was wrong with the address, with a link to each field; nothing when all was well."""
    if not problems:
        return None
    return html.Div(
        html.Div(
            [
                html.H2("There is a problem", className="govuk-error-summary__title"),
                html.Ul(
                    [html.Li(html.A(text, href=f"#{name}")) for name, text in problems.items()],
                    className="govuk-list govuk-error-summary__list",
                ),
            ],
            role="alert",
        ),
        className="govuk-error-summary",
    )


def breadcrumbs(trail: Sequence[Link]) -> html.Nav:
    """The way up from what is shown, the largest first."""
    steps = [
        html.Li(
            html.A(link.words, href=link.address, className="govuk-breadcrumbs__link"),
            className="govuk-breadcrumbs__list-item",
        )
        for link in trail
    ]
    return html.Nav(
        html.Ol(steps, className="govuk-breadcrumbs__list"),
        className="govuk-breadcrumbs",
        **{"aria-label": "The larger areas that this one lies in"},
    )


def onward(title: str, links: Sequence[Link]) -> html.Nav:
    """Where else the same can be looked at, in as few lines as they need."""
    return html.Nav(
        [
            html.H2(title, id="onward", className="govuk-heading-s"),
            html.Ul(
                [html.Li(html.A(link.words, href=link.address, className="govuk-link")) for link in links],
                className="app-files__list",
            ),
        ],
        className="govuk-!-margin-bottom-6",
        **{"aria-labelledby": "onward"},
    )


def shown_instead(elsewhere: Elsewhere) -> html.Div:
    """Why the page is not about the place in the address, before anything on it is read, and where that place is."""
    links = [html.Li(html.A(link.words, href=link.address, className="govuk-link")) for link in elsewhere.links]
    return html.Div(
        [
            html.P([html.Strong(elsewhere.instead), f" {elsewhere.why}"]),
            html.Ul(links, className="govuk-list") if links else None,
        ],
        className="govuk-inset-text app-instead",
        role="region",
        **{"aria-label": "What is shown instead"},
    )


def key_figures(title: str, figures: Sequence[KeyFigure]) -> html.Section:
    """A strip of large numbers, each with what it is and how sure it is."""
    return html.Section(
        [
            html.H2(title, id="key-figures", className="govuk-visually-hidden"),
            html.Dl(
                [
                    html.Div(
                        [
                            html.Dt(figure.label, className="app-key__label"),
                            html.Dd(figure.value, className="app-key__value"),
                            html.Dd(figure.detail, className="app-key__detail"),
                        ],
                        className=f"app-key app-key--{figure.source}",
                    )
                    for figure in figures
                ],
                className="app-keys",
            ),
        ],
        **{"aria-labelledby": "key-figures"},
    )


def details(title: str, content: Child, is_open: bool) -> html.Details:
    """A part that can be folded away and opened again, without a script."""
    return html.Details(
        [
            html.Summary(
                html.Span(title, className="govuk-details__summary-text"),
                className="govuk-details__summary",
            ),
            html.Div(content, className="govuk-details__text app-details__text"),
        ],
        open=is_open,
        className="govuk-details",
    )


def contents(links: Sequence[tuple[str, str]]) -> html.Nav:
    """Links to the sections of a long page."""
    return html.Nav(
        [
            html.H2("On this page", id="contents", className="govuk-heading-s"),
            html.Ul(
                [html.Li(html.A(words, href=f"#{name}", className="govuk-link")) for name, words in links],
                className="govuk-list govuk-list--bullet",
            ),
        ],
        className="govuk-!-margin-bottom-8",
        **{"aria-labelledby": "contents"},
    )


def table(
    name: str, caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Child]], note: str = ""
) -> html.Div:
    """A table with a caption and scoped headings, in a box that scrolls sideways by itself when it must."""
    label = f"{name}-caption"
    headings = "".join(
        f'<th scope="col" class="{cell("header", column)}">{escape(column.heading)}</th>' for column in columns
    )
    return html.Div(
        [
            html.P(note, className="app-table__note") if note else None,
            html.Div(
                html.Table(
                    [
                        html.Caption(
                            html.Span(caption, id=label, className="app-table__caption"),
                            className="govuk-table__caption govuk-table__caption--s",
                        ),
                        Filled("thead", {"className": "govuk-table__head"}, [f"<tr>{headings}</tr>"]),
                        Filled("tbody", {"className": "govuk-table__body"}, body(columns, rows)),
                    ],
                    className=f"govuk-table app-table{width(len(columns))}{prose(rows)}",
                    id=name,
                ),
                className="app-table__scroll",
                tabIndex="0",
                role="region",
                **{"aria-labelledby": label},
            ),
        ]
    )


def body(columns: Sequence[Column], rows: Sequence[Sequence[Child]]) -> list[Child]:
    """The rows of a table as HTML, with the components of cells that are more than words."""
    header = ('<th scope="row" class="govuk-table__header">', "</th>")
    tags = [header, *((f'<td class="{cell("cell", column)}">', "</td>") for column in columns[1:])]
    inside: list[Child] = []
    for row in rows:
        inside.append('<tr class="govuk-table__row">')
        for (opening, closing), shown in zip(tags, row, strict=True):
            inside += (opening, escape(shown) if type(shown) is str else shown, closing)
        inside.append("</tr>")
    return inside


def width(columns: int) -> str:
    """The class name of a table that must not be squeezed."""
    if columns > WIDEST:
        return " app-table--widest"
    return " app-table--wide" if columns > WIDE else ""


def prose(rows: Sequence[Sequence[Child]]) -> str:
    """The class name of a table that holds sentences, which a phone may not squeeze into a narrow column."""
    return " app-table--prose" if any(isinstance(one, str) and len(one) > PROSE for row in rows for one in row) else ""


def cell(kind: str, column: Column) -> str:
    """The class names of one cell."""
    return f"govuk-table__{kind}" + (f" govuk-table__{kind}--numeric" if column.numeric else "")


def key(*entries: tuple[str, str]) -> Filled:
    """What each mark in a chart stands for: shape, colour and words."""
    items = [
        f'<li><span class="app-mark app-mark--{mark}" aria-hidden="true"></span>{escape(words)}</li>'
        for mark, words in entries
    ]
    return Filled("ul", {"className": "app-marks"}, items)


def warning(text: str) -> html.Div:
    """A warning that must be seen before the figures are used."""
    return html.Div(
        [
            html.Span("!", className="govuk-warning-text__icon", **{"aria-hidden": "true"}),
            html.Strong(
                [html.Span("Warning", className="govuk-visually-hidden"), text], className="govuk-warning-text__text"
            ),
        ],
        className="govuk-warning-text",
    )


def inset(*children: Child) -> html.Div:
    """Text set apart from the rest."""
    return html.Div(list(children), className="govuk-inset-text")


def replies(told: Sequence[Reply], name: str = "replies") -> html.Section | None:
    """What partnerships reply to the figures, each under its name and date; nothing where none does."""
    if not told:
        return None
    is_alone = len(told) == 1
    return html.Section(
        [
            html.H2(words.heading(told[0].who) if is_alone else words.HEADING, id=name, className="govuk-heading-m"),
            *(
                html.Div(
                    [
                        None if is_alone else html.H3(words.heading(one.who), className="govuk-heading-s"),
                        html.P(one.text, className="govuk-body"),
                        html.P(f"{one.about} {words.NOT_CHECKED}", className="app-as-at"),
                    ],
                    className="app-reply",
                )
                for one in told
            ),
        ],
        className="app-finding",
        **{"aria-labelledby": name},
    )


def statements(name: str, title: str, items: Sequence[tuple[str, str]]) -> html.Section:
    """A titled set of short statements, each with its reason."""
    return html.Section(
        [
            html.H2(title, id=name, className="govuk-heading-l"),
            html.Div(
                [
                    html.Div([html.H3(claim, className="govuk-heading-s"), html.P(reason, className="govuk-body")])
                    for claim, reason in items
                ],
                className="app-statements",
            ),
        ],
        className="app-finding",
        **{"aria-labelledby": name},
    )
