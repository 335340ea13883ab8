"""The page for an address that is not here."""

import dash
from dash import html

from dashboards import components

dash.register_page(__name__, path="/not-found", title="Page not found - Throughline")


def layout(**_: str) -> html.Div:
    """Where to go instead."""
    return components.page(
        "Throughline",
        "Page not found",
        "There is no page at this address. It may have been typed wrongly, or the page may have moved.",
        html.P(html.A("Go to the front page", href="/", className="govuk-link"), className="govuk-body"),
    )
