"""The accessibility statement: what was tested, how, and what was not."""

import dash
from dash import html

from dashboards import components

dash.register_page(__name__, path="/accessibility", title="Accessibility statement - Throughline", order=9)

TESTED = [
    "axe-core finds no breach of its WCAG 2.0 to 2.2 rules at levels A and AA, nor of its best-practice rules.",
    "Every link, list and button can be reached and used with the keyboard alone, and the one in use is outlined.",
    "Nothing but a wide table, in its own box, scrolls sideways at a width of 320 pixels.",
    "Every chart has a text alternative made from its own data, and its values as a table below it.",
    "Colour is never the only sign: series also differ in shape, and are named beside the line.",
]
NOT_TESTED = [
    "A screen reader, by a person who uses one.",
    "Zoom of 400%, Windows high contrast and print in greys, by eye.",
    "The pages by disabled people. Without these tests we do not claim full conformance.",
]


def layout(**_: str) -> html.Div:
    """The statement in plain words."""
    return components.page(
        "About these pages",
        "Accessibility statement",
        "These pages aim at WCAG 2.2 level AA. They have been tested by program and not yet by people, so we call them "
        "partially conforming.",
        html.H2("What is tested each time the pages change", className="govuk-heading-m"),
        html.Ul([html.Li(item) for item in TESTED], className="govuk-list govuk-list--bullet app-prose"),
        html.H2("What has not been tested", className="govuk-heading-m"),
        html.Ul([html.Li(item) for item in NOT_TESTED], className="govuk-list govuk-list--bullet app-prose"),
        html.H2("What we know does not work", className="govuk-heading-m"),
        html.P(
            "Charts need JavaScript. Without it the page still gives every sentence and every table. Values that show "
            "when a mouse rests on a chart cannot be reached by keyboard; the table below each chart has all of them.",
            className="govuk-body app-prose",
        ),
        html.H2("Telling us of a problem", className="govuk-heading-m"),
        html.P(
            "Tell whoever runs this installation, with the address of the page and what you could not do.",
            className="govuk-body app-prose",
        ),
    )
