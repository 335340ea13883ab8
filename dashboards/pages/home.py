"""What changed, and what needs attention? Then the questions that the pages answer, and how to read them."""

import dash
from dash import html

from dashboards import components, downloads
from dashboards.addresses import SHOW
from dashboards.data import needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses import (
    asked_before,
    compare_partnerships,
    conversion,
    data_quality,
    demographic_recording,
    notification_trends,
    partnership_profile,
    recommendations,
    timeliness,
)
from throughline.analyses.overview import PATH, QUESTION, analyse
from throughline.query import Query
from throughline.release import Release
from throughline.wording import asked_before as asked_before_words

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", notebook="regional_briefing")
downloads.register_report(PATH, analyse)

QUESTIONS = [
    (
        notification_trends.PATH,
        notification_trends.QUESTION,
        "DfE's published notifications beside the returns' own, the ratio of serious harm to death, and where fewer "
        "were notified than luck would give.",
        "For the national Panel",
    ),
    (
        conversion.PATH,
        conversion.QUESTION,
        "From referral to local review: what each step leads to, how the Panel answered, and what was learned from "
        "incidents that went no further.",
        "For the national Panel and regions",
    ),
    (
        timeliness.PATH,
        timeliness.QUESTION,
        "The clocks, with open cases counted for as long as they have lasted, and the stage at which the time goes.",
        "For regional improvement programmes",
    ),
    (
        demographic_recording.PATH,
        demographic_recording.QUESTION,
        "The ladder from a blank to what a review made of it, what was gained and lost between stages, and what can be "
        "said of who is notified.",
        "For the national Panel and regions",
    ),
    (
        recommendations.PATH,
        recommendations.QUESTION,
        "Repeats with their evidence, what recommendations aim at, and whether national ones were answered.",
        "For the national Panel and regions",
    ),
    (
        asked_before.PATH,
        asked_before_words.QUESTION,
        "Write a draft recommendation or a theme: the nearest earlier ones, in your own area, the region and England, "
        "and what came of them.",
        "For whoever commissions or writes a review",
    ),
    (
        compare_partnerships.PATH,
        compare_partnerships.QUESTION,
        "Each partnership with its interval beside its region, its neighbours and England. No ranks: most differences "
        "between small numbers are luck, and the page says which are not.",
        "For regional improvement programmes",
    ),
    (
        partnership_profile.PATH,
        partnership_profile.QUESTION,
        "One partnership on one page, and up to five questions that its figures support asking, each with how often "
        "luck alone would raise it.",
        "For independent scrutineers",
    ),
    (
        data_quality.PATH,
        data_quality.QUESTION,
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
