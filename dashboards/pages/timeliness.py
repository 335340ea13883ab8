"""Are the steps taken in time, and where does the time go? The clocks, the stages and what is overdue."""

import dash
from dash import html

from dashboards import downloads
from dashboards.data import current_release, needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses.timeliness import PATH, QUESTION, analyse
from throughline.query import Query

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", order=3, notebook="timeliness")
downloads.register_report(PATH, analyse)


@needs_release
def layout(**query: str) -> html.Div:
    """The page for one area, period and clock."""
    return report_page(analyse(current_release(), viewer(), Query(query)))
