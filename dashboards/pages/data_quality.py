"""Can the returns be relied on? What each partnership has sent, what the rules found, and what changed."""

import dash
from dash import html

from dashboards import downloads
from dashboards.addresses import SHOW
from dashboards.data import needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses.data_quality import PATH, QUESTION, analyse
from throughline.query import Query
from throughline.release import Release

dash.register_page(
    __name__,
    path=PATH,
    title=f"{QUESTION} - Throughline",
    notebook="data_quality",
    checked_by="check_against_published",
)
downloads.register_report(PATH, analyse)


@needs_release
def layout(release: Release, **query: str) -> html.Div:
    """The page for one region, or all, and for one partnership where one was chosen."""
    return report_page(analyse(release, viewer(), Query(query)), show=query.get(SHOW))
