"""How often does one step lead to the next? Referral, notification, rapid review and local review."""

import dash
from dash import html

from dashboards import downloads
from dashboards.addresses import SHOW
from dashboards.data import needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses.conversion import PATH, QUESTION, analyse
from throughline.query import Query
from throughline.release import Release

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", notebook="conversion")
downloads.register_report(PATH, analyse)


@needs_release
def layout(release: Release, **query: str) -> html.Div:
    """The page for one area and period."""
    return report_page(analyse(release, viewer(), Query(query)), show=query.get(SHOW))
