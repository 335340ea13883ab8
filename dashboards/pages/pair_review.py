"""Do these two ask for the same action? One suggested pair, the reasons, and four answers to choose from."""

from dataclasses import replace
from urllib.parse import urlencode

import dash
from dash import html

from dashboards import components, decisions
from dashboards.data import current_release, first_values, viewer, workspace
from dashboards.report_page import finding, report_page
from throughline import wording
from throughline.analyses.pair_review import PATH, analyse, pair_asked, pair_name
from throughline.query import Choice, Query
from throughline.release import NoRelease
from throughline.repetition.decisions import read_decisions
from throughline.roles import ROLES
from throughline.wording.pair_review import KEPT, QUESTION, VERDICTS

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline")


def layout(**query: str) -> html.Div:
    """The page for one pair; laid out anew each time, because decisions are made while a release is served."""
    try:
        release = current_release()
    except NoRelease as missing:
        return components.page("Throughline", "There is nothing to show yet", str(missing))
    asked = Query(first_values(query))
    decided = read_decisions(workspace().decisions)
    passed = decisions.decided_pairs(decided)
    report = analyse(release, viewer(), asked, decided, passed)
    pair = pair_asked(release, viewer(), asked, report.chosen["scope"], passed)
    *shown, precision = report.findings
    as_at = wording.as_at_in_words(report.as_at_date, report.is_synthetic)
    form = decision_form(pair, report.chosen["scope"], asked) if pair else None
    return report_page(replace(report, findings=shown), form, finding(precision, as_at))


def decision_form(pair: dict, scope: str, asked: Query) -> html.Form:
    """The role of whoever decides, and a button for each answer: to choose is to write down."""
    problem = asked.given.get("problem")
    roles = [Choice("", "Choose a role"), *(Choice(role, role) for role in ROLES)]
    return html.Form(
        [
            html.H2("What do you decide?", className="govuk-heading-l"),
            components.select(
                "role",
                "In what role do you decide?",
                roles,
                asked.given.get("role") or "",
                decisions.PROBLEMS.get(problem or ""),
            ),
            html.Div(
                [
                    html.Button(
                        words,
                        type="submit",
                        name="verdict",
                        value=verdict,
                        # All four look alike: a button that stands out would be the answer that is expected.
                        className="govuk-button govuk-button--secondary",
                    )
                    for verdict, words in VERDICTS.items()
                ],
                className="govuk-button-group",
            ),
            html.P(KEPT, className="govuk-body"),
        ],
        action=f"{decisions.ADDRESS}?{urlencode({'pair': pair_name(pair), 'scope': scope})}",
        method="post",
        id="decision",
        className="app-finding",
    )
