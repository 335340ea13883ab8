"""What changed, and what needs attention? Then the questions that the pages answer, and how to read them."""

import dash
from dash import html

from dashboards import components, downloads
from dashboards.addresses import SHOW
from dashboards.data import needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses.overview import PATH, QUESTION, analyse
from throughline.query import Query
from throughline.release import Release

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", order=0, notebook="regional_briefing")
downloads.register_report(PATH, analyse)

QUESTIONS = [
    (
        "/notification-trends",
        "Are notifications really falling?",
        "DfE's published notifications beside the returns' own, the ratio of serious harm to death, and where fewer "
        "were notified than luck would give.",
        "For the national Panel",
    ),
    (
        "/conversion",
        "How often does one step lead to the next?",
        "From referral to local review: what each step leads to, how the Panel answered, and what was learned from "
        "incidents that went no further.",
        "For the national Panel and regions",
    ),
    (
        "/timeliness",
        "Are the steps taken in time, and where does the time go?",
        "The clocks, with open cases counted for as long as they have lasted, and the stage at which the time goes.",
        "For regional improvement programmes",
    ),
    (
        "/demographic-recording",
        "Were children's characteristics recorded, and were they considered?",
        "The ladder from a blank to what a review made of it, what was gained and lost between stages, and what can be "
        "said of who is notified.",
        "For the national Panel and regions",
    ),
    (
        "/recommendations",
        "Does the same recommendation come back, and does anything change?",
        "Repeats with their evidence, what recommendations aim at, and whether national ones were answered.",
        "For the national Panel and regions",
    ),
    (
        "/has-this-been-recommended-before",
        "Has this been recommended before?",
        "Write a draft recommendation or a theme: the nearest earlier ones, in your own area, the region and England, "
        "and what came of them.",
        "For whoever commissions or writes a review",
    ),
    (
        "/compare-partnerships",
        "Do partnerships differ by more than chance?",
        "Each partnership with its interval beside its region, its neighbours and England. No ranks: most differences "
        "between small numbers are luck, and the page says which are not.",
        "For regional improvement programmes",
    ),
    (
        "/profile",
        "What should I ask this partnership?",
        "One partnership on one page, and up to five questions that its figures support asking, each with how often "
        "luck alone would raise it.",
        "For independent scrutineers",
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


@needs_release
def layout(release: Release, **query: str) -> html.Div:
    """The overview, then the questions as cards and how to read the figures."""
    return report_page(
        analyse(release, viewer(), Query(query)),
        html.H2("The questions", id="questions", className="govuk-heading-l"),
        html.Ul([card(*question) for question in offered()], className="app-cards"),
        components.statements("reading", "How to read these pages", READING),
        show=query.get(SHOW),
    )


def offered() -> list[tuple[str, str, str, str]]:
    """The questions that have a page."""
    paths = {page["path"] for page in dash.page_registry.values()}
    return [question for question in QUESTIONS if question[0] in paths]


def card(path: str, question: str, answer: str, reader: str) -> html.Li:
    """One question, as a link with what stands behind it."""
    return html.Li(
        [
            html.P(reader, className="app-card__reader"),
            html.H3(html.A(question, href=path, className="govuk-link"), className="govuk-heading-m"),
            html.P(answer, className="govuk-body"),
        ],
        className="app-card",
    )
