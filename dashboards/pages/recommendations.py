"""Does the same recommendation come back, and does anything change?"""

import dash
from dash import html

from dashboards import downloads
from dashboards.data import current_release, needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses.recommendations import PATH, QUESTION, analyse
from throughline.query import Query

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", order=6, notebook="repetition")
downloads.register_report(PATH, analyse)


@needs_release
def layout(**query: str) -> html.Div:
    """The page for one area and period."""
    return report_page(analyse(current_release(), viewer(), Query(query)))
