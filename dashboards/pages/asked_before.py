"""Has this been recommended before? Earlier recommendations near a draft, and the history of a theme."""

import dash
from dash import html

from dashboards import downloads
from dashboards.addresses import SHOW
from dashboards.data import needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses.asked_before import PATH, analyse
from throughline.query import Query
from throughline.release import Release
from throughline.wording.asked_before import QUESTION

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", notebook="repetition")
downloads.register_report(PATH, analyse)


@needs_release
def layout(release: Release, **query: str) -> html.Div:
    """The page for one draft, as seen from one partnership."""
    return report_page(analyse(release, viewer(), Query(query)), show=query.get(SHOW))
