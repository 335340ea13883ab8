"""Are the steps taken in time, and where does the time go? The clocks, the stages and what is overdue."""

import dash
from dash import html

from dashboards import downloads
from dashboards.addresses import SHOW
from dashboards.data import needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses.timeliness import PATH, QUESTION, analyse
from throughline.query import Query
from throughline.release import Release

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", notebook="timeliness")
downloads.register_report(PATH, analyse)


@needs_release
def layout(release: Release, **query: str) -> html.Div:
    """The page for one area, period and clock."""
    return report_page(analyse(release, viewer(), Query(query)), show=query.get(SHOW))
