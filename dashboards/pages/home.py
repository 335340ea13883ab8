"""The front page: what this is, for whom, and the questions it answers."""

import dash
from dash import html

from dashboards import components

dash.register_page(__name__, path="/", title="Throughline", order=0)

QUESTIONS = [
    (
        "/notification-trends",
        "Are notifications really falling?",
        "DfE's published notifications beside the returns' own, the ratio of serious harm to death, and what neither "
        "series can show.",
        "For the national Panel",
    ),
    (
        "/compare-partnerships",
        "Do partnerships differ by more than chance?",
        "Each partnership with its interval beside its region, its neighbours and England. No ranks: most differences "
        "between small numbers are luck, and the page says which are not.",
        "For regional improvement programmes",
    ),
    (
        "/data-quality",
        "Can the returns be relied on?",
        "What each partnership has sent and what was put aside, the rules that were broken, what changed since the "
        "last return, and how the counts stand to DfE's own.",
        "For independent scrutineers, and for whoever sends a return",
    ),
]
READING = [
    (
        "Nothing is ranked",
        "A partnership is called different only where chance would give such a figure about twice in a thousand looks. "
        "Even then the first question is whether it was recorded alike.",
    ),
    (
        "The numbers are small",
        "England has about 360 notifications a year, and the middle authority fewer than two. Every figure comes with "
        "its count and its interval.",
    ),
    (
        "Open cases count",
        "A case counts once it has had the time to be done. Cases that are too recent stand in a column of their own.",
    ),
    (
        "Missing is not zero",
        "No return, a confirmed nil, a true zero and a number hidden to protect a child are four different things, and "
        "are written as such.",
    ),
]


def layout(**_: str) -> html.Div:
    """The questions as cards, then how to read the figures."""
    return components.page(
        "Serious incidents, from notification to learning",
        "What do the returns show, and what can they not?",
        "Throughline follows each serious child-safeguarding incident from the day it is notified to the learning that "
        "came of it, across the safeguarding partnerships of England.",
        html.Ul([card(*question) for question in QUESTIONS], className="app-cards"),
        components.statements("reading", "How to read these pages", READING),
    )


def card(path: str, question: str, answer: str, reader: str) -> html.Li:
    """One question, as a link with what stands behind it."""
    return html.Li(
        [
            html.P(reader, className="app-card__reader"),
            html.H2(html.A(question, href=path, className="govuk-link"), className="govuk-heading-m"),
            html.P(answer, className="govuk-body"),
        ],
        className="app-card",
    )
