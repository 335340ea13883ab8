"""How is each figure made, and when is none given? Definitions, settings and refusals."""

import dash
from dash import html

from dashboards import downloads
from dashboards.addresses import SHOW
from dashboards.data import needs_release, viewer
from dashboards.report_page import report_page
from throughline.analyses.methods import PATH, analyse
from throughline.query import Query
from throughline.release import Release
from throughline.wording.methods import QUESTION

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", checked_by="check_against_published")
downloads.register_report(PATH, analyse)


@needs_release
def layout(release: Release, **query: str) -> html.Div:
    """The page for one family of measures, or for all."""
    return report_page(analyse(release, viewer(), Query(query)), show=query.get(SHOW))
