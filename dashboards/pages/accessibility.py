"""The accessibility statement: what was tested, how, and what was not."""

import dash
from dash import html

from dashboards import components
from dashboards.accessibility_results import in_words, results
from dashboards.contact import whom_to_tell
from dashboards.frame import ABOUT, NAVIGATION
from throughline.analyses.pair_review import PATH as PAIRS
from throughline.report import Column
from throughline.wording.pair_review import QUESTION as ONE_PAIR

NAMES = {**dict(NAVIGATION), **dict(ABOUT), PAIRS: ONE_PAIR}

dash.register_page(__name__, path="/accessibility", title="Accessibility statement - Throughline")

TESTED = [
    "Every link, list and button can be reached and used with the keyboard alone, and the one in use is outlined.",
    "Nothing but a wide table, in its own box, scrolls sideways at a width of 320 pixels.",
    "Every chart has a text alternative made from its own data, and its values as a table below it.",
    "Charts are read point by point with the arrow keys. The words are those of the table, and Tab and Escape leave.",
    "Colour is never the only sign: series also differ in shape, and are named beside the line.",
]
ENFORCEMENT = (
    "Where a public body serves these pages, the Public Sector Bodies (Websites and Mobile Applications) (No. 2) "
    "Accessibility Regulations 2018 apply to it, and the Equality and Human Rights Commission enforces them. Whoever "
    "is not content with how it answers can ask the Equality Advisory and Support Service for help."
)
READING = [
    "Go with Tab to “Read this chart point by point”, below the chart, and press Enter. Charts side by side share one.",
    "Right and Left arrows go to the next and the previous point, Home and End to the first and the last.",
    "Up and Down go to another series at the same place: from the published figures to the returns, say.",
    "Each point is announced, written below the chart, and marked by a ring in the drawing.",
    "Escape leads back to the button, and Tab goes on.",
]
NOT_TESTED = [
    "A screen reader, by a person who uses one.",
    "Zoom of 400%, Windows high contrast and print in greys, by eye.",
    "The pages by disabled people. Without these tests we do not claim full conformance.",
]


def in_order_of_the_pages(item: tuple[str, list[dict[str, str]]]) -> int:
    """Where a page stands in the navigation and the footer; one that is in neither comes last."""
    return [*NAMES, item[0]].index(item[0])


def results_table() -> html.Div:
    """One row a page: its states, the fewest rules that applied and held, and those broken."""
    by_page: dict[str, list[dict[str, str]]] = {}
    for row in results():
        by_page.setdefault(row["path"], []).append(row)
    rows = [
        [
            NAMES.get(path, path),
            str(len(states)),
            str(min(int(one["rules_held"]) for one in states)),
            str(sum(int(one["rules_broken"]) for one in states)),
        ]
        for path, states in sorted(by_page.items(), key=in_order_of_the_pages)
    ]
    columns = [
        Column("Page"),
        Column("States tried", numeric=True),
        Column("Rules that held, at least", numeric=True),
        Column("Rules broken", numeric=True),
    ]
    return components.table("axe-table", "What axe-core found on each page", columns, rows)


def layout(**_: str) -> html.Div:
    """The statement in plain words."""
    return components.page(
        "About these pages",
        "Accessibility statement",
        "These pages aim at WCAG 2.2 level AA. They have been tested by program and not yet by people, so we call them "
        "partially conforming.",
        html.H2("What is tested each time the pages change", className="govuk-heading-m"),
        html.Ul([html.Li(item) for item in [in_words(), *TESTED]], className="govuk-list govuk-list--bullet app-prose"),
        results_table(),
        html.H2("Reading a chart with the keyboard", className="govuk-heading-m govuk-!-margin-top-7"),
        html.Ul([html.Li(item) for item in READING], className="govuk-list govuk-list--bullet app-prose"),
        html.H2("What has not been tested", className="govuk-heading-m"),
        html.Ul([html.Li(item) for item in NOT_TESTED], className="govuk-list govuk-list--bullet app-prose"),
        html.H2("What we know does not work", className="govuk-heading-m"),
        html.P(
            "Without JavaScript charts are drawings that answer neither a pointer nor a key; every sentence and table "
            "is there. Without a keyboard, as on a phone, a chart cannot be read point by point; its table has the "
            "values.",
            className="govuk-body app-prose",
        ),
        html.H2("Telling us of a problem", className="govuk-heading-m"),
        html.P([*whom_to_tell(), " Say what you could not do."], className="govuk-body app-prose"),
        html.H2("If you are not content with the answer", className="govuk-heading-m"),
        html.P(ENFORCEMENT, className="govuk-body app-prose"),
    )
