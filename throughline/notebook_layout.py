"""Lays out a report in a marimo notebook: the same words, figures and tables as its page, finding by finding."""

import os
from collections.abc import Mapping
from fnmatch import fnmatchcase
from html import escape
from typing import Any

from throughline import wording
from throughline.charts.key_marks import key_svg
from throughline.charts.svg import to_svg
from throughline.release import Release, Viewer, find_release, open_current
from throughline.report import Chart, Finding, Report, Table
from throughline.report_files.facts import replies, words
from throughline.wording.kind_of_data import kind_of_data
from throughline.workspace import Workspace

BESIDE = "display: inline-flex; align-items: center; gap: 0.4em; margin-right: 1.5em"
WIDE, PANEL = 760, 370  # pixels: the width of a medium notebook, and half of it
PAGES = "http://127.0.0.1:8050"  # where `throughline serve` shows them
NOT_IN_ADDRESS = ("release", "viewer")


def asked(**written: str) -> dict[str, str]:
    """What was given for each name after `--` or in the notebook's own address, or else what is written in it.

    Every notebook also takes `release`, the release to read, and `viewer`, whose eyes to read it with. What is empty is
    left out, so that the analysis chooses.
    """
    import marimo as mo

    given = {**mo.query_params().to_dict(), **mo.cli_args().to_dict()}
    found = {name: str(given.get(name) or value) for name, value in written.items()}
    return {name: value for name, value in found.items() if value}


def release_and_viewer(given: Mapping[str, str]) -> tuple[Release, Viewer]:
    """The release that was asked for or the current one, as a public reader unless told otherwise."""
    workspace = Workspace.default()
    wanted = given.get("release")
    release = find_release(workspace, wanted) if wanted else open_current(workspace)
    return release, release.viewer(given.get("viewer") or os.environ.get("THROUGHLINE_VIEWER", "public"))


def choices_of(given: Mapping[str, str]) -> dict[str, str]:
    """What the page's address would say."""
    return {name: value for name, value in given.items() if name not in NOT_IN_ADDRESS}


def question(report: Report) -> Any:
    """The question, its answer, what was chosen, and the page that shows the same."""
    import marimo as mo

    faults = "".join(f"\n\n**There is a problem:** {problem}" for problem in report.problems.values())
    if report.elsewhere:
        faults += f"\n\n**{report.elsewhere.instead}** {report.elsewhere.why}"
    told = "".join(
        f"\n\n> {text}" for text in (*report.warnings, *report.form_notices, *report.notices, *replies(report))
    )
    return mo.md(
        f"# {report.question}\n\n**{report.answer}**{faults}\n\n"
        f"{report.choices_said}. {kind_of_data(report.is_synthetic)}. "
        f"Data as at {wording.full_date(report.as_at_date)}, release `{report.release_id}`.{told}\n\n"
        f"The same analysis as a page, while `throughline serve` runs: <{PAGES}{report.address}>"
    )


def findings(report: Report, wanted: str, ask_next: str = "") -> Any:
    """The finding of a name, or all that match one such as question-*, and what to ask when it has been read.

    Where this choice of area and period gives none, that is said.
    """
    import marimo as mo

    held = [finding(one) for one in report.findings if fnmatchcase(one.name, wanted)]
    asked_next = [mo.md(f"**What to ask next.** {ask_next}")] if ask_next else []
    return mo.vstack([*(held or [mo.md("*There is nothing of this for what was chosen.*")]), *asked_next])


def finding(one: Finding) -> Any:
    """Its sentence, what was measured, the charts, the tables and the caveat."""
    import marimo as mo

    head = f"## {one.heading}\n\n{one.measured}" + "".join(f"\n\n> {text}" for text in one.notices)
    parts = [mo.md(head), *([key(one)] if one.key and one.charts else [])]
    drawings = [
        mo.vstack([*([mo.md(f"**{chart.title}**")] if chart.title else []), mo.Html(drawing(one, chart))])
        for chart in one.charts
    ]
    parts += drawings if len(drawings) < 2 else [mo.hstack(drawings, justify="start", wrap=True)]
    parts += [mo.md(f"*{chart.alternative}*") for chart in one.charts]
    parts += [part for table in one.tables for part in table_parts(table)]
    if one.caveat:
        parts.append(mo.md(f"**How to read it.** {one.caveat}"))
    return mo.vstack(parts)


def drawing(one: Finding, chart: Chart) -> str:
    """The chart as it stands in a pack: marimo's own view of a Plotly figure loads a script from another host."""
    name = f"{one.name}-{chart.name}"
    width = WIDE if len(one.charts) == 1 or chart.is_wide else PANEL
    return to_svg(chart.figure, chart.title or one.heading, chart.alternative, name, width)


def key(one: Finding) -> Any:
    """What each mark in the charts stands for."""
    import marimo as mo

    marks = (f'<span style="{BESIDE}">{key_svg(mark)} {escape(said)}</span>' for mark, said in one.key)
    return mo.Html(f"<p>{''.join(marks)}</p>")


def table_parts(table: Table) -> list[Any]:
    """A table under its caption, with its note."""
    import marimo as mo

    headings = [column.heading for column in table.columns]
    unique = [text if headings.index(text) == place else f"{text} ({place + 1})" for place, text in enumerate(headings)]
    rows = [dict(zip(unique, map(words, row), strict=True)) for row in table.rows]
    shown = (
        mo.ui.table(rows, selection=None, pagination=len(rows) > 20, label=table.caption) if rows else mo.md("No rows.")
    )
    return [shown, *([mo.md(table.note)] if table.note else [])]


def method(report: Report) -> Any:
    """Definitions, and what may not be concluded."""
    import marimo as mo

    groups = (
        f"### {group.title}\n\n" + "\n\n".join(f"**{claim}.** {reason}" for claim, reason in group.items)
        for group in report.statements
    )
    return mo.md("\n\n".join(["## Method and caveats", *groups]))
