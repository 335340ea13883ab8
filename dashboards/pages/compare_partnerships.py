"""Do partnerships differ by more than chance? Each with its interval, over the years, on a funnel and on a map."""

import dash
from dash import html

from dashboards import downloads
from dashboards.addresses import SHOW
from dashboards.data import needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses.compare_partnerships import PATH, QUESTION, analyse
from throughline.query import Query
from throughline.release import Release

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", notebook="compare_partnerships")
downloads.register_report(PATH, analyse)


@needs_release
def layout(release: Release, **query: str) -> html.Div:
    """The page for one indicator, breakdown, group and period."""
    return report_page(analyse(release, viewer(), Query(query)), show=query.get(SHOW))
