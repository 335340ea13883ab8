"""Can the returns be relied on? What each partnership has sent, what the rules found, and what changed."""

from throughline import wording
from throughline.analyses import published_counts
from throughline.analyses.data_quality_elsewhere import instead_of
from throughline.analyses.data_quality_of_all import every_partnership, every_rule
from throughline.analyses.data_quality_of_one import of_one
from throughline.analyses.data_quality_view import View, partnerships, read_view
from throughline.query import Query
from throughline.release import Release, Viewer
from throughline.replies import replies_of
from throughline.report import KeyFigure, Report, Statements
from throughline.wording import data_quality as words

QUESTION = "Can the returns be relied on?"
PATH = "/data-quality"


def analyse(release: Release, viewer: Viewer, query: Query) -> Report:
    """The returns of the partnerships of one region, or of all, and one partnership's in detail where it was chosen.

    A place whose returns this reader may not see is no fault of the address: what the reader may see stands instead.
    """
    everyone = partnerships(release, viewer)
    elsewhere = instead_of(release, viewer, PATH, everyone, query.given)
    asked = Query({}) if elsewhere else query
    view = read_view(release, viewer, everyone, asked)
    published = published_counts.reconciliation(release)
    return Report(
        path=PATH,
        topic="Data quality",
        question=QUESTION,
        answer=words.quality_headline(view.asked, view.place)
        if view.asked.height
        else words.public_headline(published),
        as_at_date=release.as_at_date,
        release_id=release.release_id,
        is_synthetic=release.is_synthetic,
        findings=[
            *of_one(view),
            every_partnership(view, PATH),
            published_counts.national(published, words.published_caveat(release.is_synthetic)),
            published_counts.regional(
                published, words.published_caveat(release.is_synthetic, words.NO_AUTHORITY_COUNTS)
            ),
            every_rule(view),
        ],
        filters=view.filters,
        key_figures=key_figures(view) if view.asked["is_returned"].any() else (),
        statements=[Statements("limits", "What this page cannot say", words.NOT_SAID)],
        replies=replies_of(release, {*view.rows["partnership_code"], *view.asked["partnership_code"]}),
        problems=asked.problems,
        elsewhere=elsewhere,
    )


def key_figures(view: View) -> list[KeyFigure]:
    """What came, what was put aside, what waits, and what was sent again."""
    sent = view.asked.filter("is_returned")
    aside, accepted = int(sent["rows_quarantined"].sum()), int(sent["rows_accepted"].sum())
    raised, waiting = int(sent["queries"].sum()), int(sent["queries_waiting"].sum())
    errors = int(sent["errors"].sum())
    again = int((sent["submissions_held"] > 1).sum())
    if view.one:
        held, detail = view.one["submissions_held"], words.newest_received(view.one)
        came = KeyFigure("Returns held", wording.rounded(held), detail, "returns")
    else:
        share = f"{sent.height} of {view.asked.height}"
        came = KeyFigure("Partnerships that have sent", share, words.sent_again(again), "returns")
    return [
        came,
        KeyFigure(
            "Rows put aside", wording.rounded(aside), f"of {wording.plural(aside + accepted, 'row')} sent", "returns"
        ),
        KeyFigure("Errors to put right", wording.rounded(errors), words.ERRORS_FOUND, "returns"),
        KeyFigure("Queries waiting", wording.rounded(waiting), words.queries_raised(raised), "returns"),
    ]
