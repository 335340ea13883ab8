"""Do the returns count what DfE counts? Each published figure with the returns' own beside it."""

from throughline.analyses import notification_trends, published_counts
from throughline.query import Query
from throughline.release import Release, Viewer
from throughline.report import Report
from throughline.wording import data_quality as words

PATH = "/data-quality"
QUESTION = "Do the returns count what DfE counts?"


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The answer for England and the regions, which is what DfE publishes."""
    rows = published_counts.reconciliation(release)
    caveat = words.published_caveat(release.is_synthetic)
    return Report(
        PATH,
        "Check against published figures",
        QUESTION,
        words.public_headline(rows),
        release.as_at_date,
        release.release_id,
        release.is_synthetic,
        [
            published_counts.national(rows, caveat),
            published_counts.regional(rows, caveat),
            *(one for one in notification_trends.analyse(release, viewer, Query({})).findings if one.name == "series"),
        ],
        problems=query.problems,
    )
