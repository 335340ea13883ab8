"""What does this release rest on? What went in, what the gate found, and another release beside it."""

import dash
from dash import html

from dashboards import downloads
from dashboards.addresses import SHOW
from dashboards.data import needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses.about_release import PATH, analyse
from throughline.query import Query
from throughline.release import Release
from throughline.wording.about_release import QUESTION

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", checked_by="check_against_published")
downloads.register_report(PATH, analyse)


@needs_release
def layout(release: Release, **query: str) -> html.Div:
    """The page on the release that is served, beside another where one is chosen."""
    return report_page(analyse(release, viewer(), Query(query)), show=query.get(SHOW))
