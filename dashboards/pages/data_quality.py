"""Can the returns be relied on? What each partnership has sent, what the rules found, and what changed."""

import dash
from dash import html

from dashboards import components, downloads
from dashboards.data import needs_release
from dashboards.report_page import FEW_ROWS, rows_in_words
from dashboards.views import data_quality_tables as tables
from dashboards.views.data_quality import (
    View,
    changes_file,
    findings_file,
    partnership_choices,
    partnerships,
    partnerships_file,
    read_view,
    received_file,
    reconciliation_file,
    region_choices,
    rules_file,
)
from dashboards.views.data_quality_elsewhere import instead_of
from throughline import wording
from throughline.query import Query
from throughline.release import Release
from throughline.replies import replies_of
from throughline.wording import data_quality as words

QUESTION = "Can the returns be relied on?"
PATH = "/data-quality"
HELD, FINDINGS, CHANGES = f"{PATH}-returns-held", f"{PATH}-findings", f"{PATH}-changes"
PUBLISHED, RULES = f"{PATH}-published-counts", f"{PATH}-rules"

dash.register_page(__name__, path=PATH, title=f"{QUESTION} - Throughline", order=3)
for path, maker in {
    PATH: partnerships_file,
    HELD: received_file,
    FINDINGS: findings_file,
    CHANGES: changes_file,
    PUBLISHED: reconciliation_file,
    RULES: rules_file,
}.items():
    downloads.register(path, maker)


@needs_release
def layout(release: Release, region: str | None = None, partnership: str | None = None, **_) -> html.Div:
    """The page for one region, or all, and for one partnership where one was chosen."""
    asked = {"region": region, "partnership": partnership}
    elsewhere = instead_of(release, PATH, partnerships(release), asked)
    query = Query({} if elsewhere else asked)
    view = read_view(release, query)
    headline = words.quality_headline(view.asked, view.place) if view.asked.height else ""
    sections = {**of_one(release, view), **of_all(release, view)}
    return components.page(
        "Data quality",
        QUESTION,
        headline or words.public_headline(view.reconciliation),
        components.key_figures("Key figures", key_figures(view)) if view.asked["is_returned"].any() else None,
        components.replies(replies_of(release, [view.one["partnership_code"]])) if view.one else None,
        form(release, view, query) if view.everyone.height > 1 else None,
        components.contents([(name, said) for name, (said, _) in sections.items()]),
        *(section for _, section in sections.values()),
        problems=query.problems,
        elsewhere=elsewhere,
        about=view.about,
    )


def form(release: Release, view: View, query: Query) -> html.Form:
    """What can be chosen: a reader is only offered the partnerships that it may see."""
    regions, names = region_choices(release, view.everyone), partnership_choices(release, view.everyone)
    return components.filter_form(
        PATH,
        "Choose what to show",
        components.select("region", "Region of the table", regions, view.region, query.problems.get("region")),
        components.select(
            "partnership", "One partnership in detail", names, view.partnership, query.problems.get("partnership")
        ),
    )


def key_figures(view: View) -> list[components.KeyFigure]:
    """What came, what was put aside, what waits, and what was sent again."""
    sent = view.asked.filter("is_returned")
    aside, accepted = int(sent["rows_quarantined"].sum()), int(sent["rows_accepted"].sum())
    raised, waiting = int(sent["queries"].sum()), int(sent["queries_waiting"].sum())
    errors = int(sent["errors"].sum())
    again = int((sent["submissions_held"] > 1).sum())
    if view.one:
        held, detail = view.one["submissions_held"], words.newest_received(view.one)
        came = components.KeyFigure("Returns held", wording.rounded(held), detail, "returns")
    else:
        share = f"{sent.height} of {view.asked.height}"
        came = components.KeyFigure("Partnerships that have sent", share, words.sent_again(again), "returns")
    return [
        came,
        components.KeyFigure(
            "Rows put aside", wording.rounded(aside), f"of {wording.plural(aside + accepted, 'row')} sent", "returns"
        ),
        components.KeyFigure("Errors to put right", wording.rounded(errors), words.ERRORS_FOUND, "returns"),
        components.KeyFigure("Queries waiting", wording.rounded(waiting), words.queries_raised(raised), "returns"),
    ]


def of_one(release: Release, view: View) -> dict[str, tuple[str, html.Section]]:
    """What is held of the partnership chosen, which rules it breaks and what changed; nothing where none is chosen."""
    if not view.one:
        return {}
    name = view.one["short_name"]
    held = components.section(
        "held",
        words.held_finding(view.received, name),
        "What is held by return and year. No return, a confirmed nil and none that anybody confirmed are three things.",
        tables.received_table(view, release.as_at_date),
        file_link(HELD, view, "Download what is held (CSV)"),
    )
    sections = {"held": (f"What {name} has sent", held)}
    if not view.one["is_returned"]:
        return sections
    findings = components.section(
        "findings",
        words.findings_finding(view.findings, name),
        "Each rule that is broken, how often, and what has to happen about it.",
        tables.findings_table(view),
        file_link(FINDINGS, view, "Download these findings (CSV)") if view.findings.height else None,
    )
    changes = components.section(
        "changes",
        words.changes_finding(view.one, name),
        "The newest return beside the one before it, record by record and field by field.",
        tables.changes_table(view),
        file_link(CHANGES, view, "Download these changes (CSV)") if view.changes.height else None,
    )
    return {
        **sections,
        "findings": (f"Rules that {name}'s return breaks", findings),
        "changes": (f"What changed since {name}'s last return", changes),
    }


def of_all(release: Release, view: View) -> dict[str, tuple[str, html.Section]]:
    """The partnerships in name order, DfE's counts, the rules, and what none of it says."""
    cannot_say = "What this page cannot say"
    return {
        "partnerships": ("Each partnership's return", every_partnership(release, view)),
        "published": ("DfE's counts beside the returns'", published_counts(release, view)),
        "rules": ("Every rule of the return", rule_catalogue(view)),
        "limits": (cannot_say, components.statements("limits", cannot_say, words.NOT_SAID)),
    }


def every_partnership(release: Release, view: View) -> html.Section:
    """One row a partnership, or why there is none."""
    if not view.rows.height:
        heading = "What each partnership has sent is not shown to you"
        return components.section("partnerships", heading, words.NO_PARTNERSHIP_SHOWN)
    return components.section(
        "partnerships",
        words.received_finding(view.rows, view.place),
        wording.as_at_in_words(release.as_at_date, release.is_synthetic),
        components.details(
            f"Show the table{rows_in_words(view.rows.height)}",
            tables.partnerships_table(view),
            is_open=view.rows.height <= FEW_ROWS,
        ),
        file_link(PATH, view, "Download this table (CSV)"),
    )


def published_counts(release: Release, view: View) -> html.Section:
    """DfE's counts and the returns' own, for England and for the regions."""
    disagree = f"{words.SYNTHETIC_DOES_NOT_AGREE} " if release.is_synthetic else ""
    return components.section(
        "published",
        words.reconciliation_finding(view.reconciliation),
        words.DIFFERENCE_IS_A_QUESTION,
        html.P(f"{disagree}{words.NO_AUTHORITY_COUNTS}", className="govuk-body app-prose"),
        *(tables.reconciliation_table(view, level) for level in ("national", "regional")),
        file_link(PUBLISHED, view, "Download both tables (CSV)"),
    )


def rule_catalogue(view: View) -> html.Section:
    """Every rule with what it asks."""
    return components.section(
        "rules",
        words.rules_finding(view.rules),
        "The rules that every return is checked by, in the order of their ids.",
        tables.rules_table(view),
        file_link(RULES, view, "Download the rules (CSV)"),
    )


def file_link(path: str, view: View, text: str) -> html.P:
    """A link to the file of one table as it is shown."""
    return components.download(downloads.address(path, view.chosen), text)
