"""The commands: thin, with progress on anything over a second; 0 done, 1 the data failed, 2 the call was wrong."""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from throughline.packs.commands import app as packs
from throughline.progress import progress_bar
from throughline.reply_command import reply
from throughline.workspace import Workspace

if TYPE_CHECKING:
    from throughline.release import Viewer

app = typer.Typer(
    help="Follow serious incidents from notification to learning, and compare safeguarding partnerships honestly.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(packs, name="pack")

Files = Annotated[list[Path], typer.Argument(help="Workbooks, CSV files, or folders of CSVs.", metavar="FILE…")]


@app.command()
def template(
    file: Annotated[
        Path | None,
        typer.Argument(help="The workbook to write; otherwise one named for its version, here.", metavar="[FILE.xlsx]"),
    ] = None,
    blank_csv: Annotated[
        Path | None,
        typer.Option("--blank-csv", metavar="FOLDER", help="Write blank CSV files into this folder instead."),
    ] = None,
    partnership: Annotated[
        str | None, typer.Option(metavar="CODE", help="Fill in this partnership on the submission sheet.")
    ] = None,
) -> None:
    """Write the template of a return, with its guidance, help and lists of codes."""
    from throughline.door.template import template_name, write_blank_csv, write_template

    if file is not None and blank_csv is not None:
        raise typer.BadParameter("Name a workbook or a folder for CSV files, not both.")
    if file is not None and file.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{file}: the template is a workbook, so its name ends in .xlsx.")
    try:
        written = (
            write_blank_csv(blank_csv, partnership)
            if blank_csv is not None
            else write_template(file or Path(template_name()), partnership)
        )
    except (FileExistsError, ValueError) as problem:
        raise typer.BadParameter(str(problem)) from None
    typer.echo(f"{written} is ready. Start with its {'guidance.txt' if blank_csv else 'first sheet'}.")


@app.command()
def check(
    files: Files,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Write reports into this folder; otherwise each is written beside its file."
        ),
    ] = None,
    no_report: Annotated[bool, typer.Option("--no-report", help="Write nothing: only print the summary.")] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Compare the draft with England and the region in the current release.")
    ] = False,
) -> None:
    """Check returns where they are: nothing is sent, and a report is written beside each file.

    Ends with 0 when nothing has to be put right (queries may remain), 1 when there are errors or a file cannot
    be read, and 2 when the command itself is wrong.
    """
    from throughline.door.reporting.checked import check_and_tell

    if report is not None and no_report:
        raise typer.BadParameter("Give --report or --no-report, not both.")
    if report is not None and report.exists() and not report.is_dir():
        raise typer.BadParameter(f"{report} is a file. Name a folder.")

    def complain(line: str) -> None:
        typer.echo(line, err=True)

    further = _comparison_with_current_release() if preview else (lambda _: [])
    with progress_bar() as progress:
        all_right = check_and_tell(files, typer.echo, complain, report, not no_report, progress, further)
    raise typer.Exit(0 if all_right else 1)


@app.command()
def submit(files: Files) -> None:
    """Send returns: good rows are landed, bad ones quarantined, and what was held already stays."""
    from throughline.door import report_lines, submit
    from throughline.history import change_lines, changes_since_last

    workspace = Workspace.default()
    with progress_bar() as progress:
        submissions = submit(files, workspace, lambda done, total, _: progress("Checking and landing", done, total))
    for submission in submissions:
        if submission.failed:
            typer.echo(submission.message, err=True)
            continue
        typer.echo(f"{submission.path.name}: {submission.state} as {submission.submission_ref}")
        for line in report_lines(submission.report):
            typer.echo(line)
        if (
            len(files) == 1
            and (changes := changes_since_last(workspace, submission.report.partnership_code)) is not None
        ):
            for line in change_lines(changes):
                typer.echo(line)
    wrong = any(submission.failed or submission.report.rows_quarantined for submission in submissions)
    raise typer.Exit(1 if wrong else 0)


@app.command()
def build(
    as_at: Annotated[
        str, typer.Option(help="Build from what was known on this day (yyyy-mm-dd); otherwise from everything held.")
    ] = "",
    allow_falls: Annotated[
        bool,
        typer.Option("--allow-falls", help="Publish although tables have far fewer rows than in the last release."),
    ] = False,
) -> None:
    """Build the marts, pass them through the gate, and publish a release if they pass."""
    from throughline.build import build

    with progress_bar() as progress:
        made = build(Workspace.default(), known_by=_read_day(as_at), progress=progress, allow_falls=allow_falls)
    as_at_date = f"{made.as_at_date.day} {made.as_at_date:%B %Y}"
    if as_at:
        typer.echo(
            f"Release {made.release_id} holds what was known on {as_at}; its data are as at {as_at_date}. "
            f"It is not current: `throughline rollback {made.release_id}` would make it so."
        )
    else:
        typer.echo(f"Release {made.release_id} is current; its data are as at {as_at_date}.")


@app.command("profile-recommendations")
def profile_recommendations(
    file: Annotated[
        Path,
        typer.Argument(
            help="The return's workbook or CSV, or a text file with one recommendation a line.", metavar="FILE"
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE.html", help="Also write a page to hand back, with the draft's own words."
        ),
    ] = None,
) -> None:
    """Say what a draft set of recommendations asks for and leaves open, beside England: a profile, not a grade."""
    from throughline.draft_recommendations import read_draft
    from throughline.quality_profile import profile_lines, quality_profile, write_profile
    from throughline.release import NoRelease, open_current

    if output is not None and output.suffix.lower() not in (".html", ".htm"):
        raise typer.BadParameter(f"{output}: the page is HTML, so its name ends in .html.")
    draft = read_draft(file)
    try:
        current = open_current(Workspace.default())
    except NoRelease as missing:
        if output is not None:
            raise
        current = None
        typer.echo(f"England does not stand beside it. {missing}", err=True)
    report = quality_profile(draft, current)
    for line in profile_lines(report):
        typer.echo(line)
    if output is not None:
        typer.echo(f"\n{write_profile(report, current, output)} is ready. It holds the words of the draft.")


@app.command()
def trace(
    indicator: Annotated[str, typer.Argument(help="Indicator, such as CV3.")],
    area_type: Annotated[
        str, typer.Argument(help="partnership, local_authority, police_force, icb, region, england …")
    ],
    area_code: Annotated[str, typer.Argument(help="The area's code, as in the page's address.")],
    period: Annotated[str, typer.Argument(help="2025, or 2024-2026.")],
) -> None:
    """Show the file, sheet and row behind a count, for somebody who may open the working warehouse."""
    from throughline.trace import trace

    rows = trace(Workspace.default(), indicator, area_type, area_code, period)
    for row in rows.iter_rows(named=True):
        sheet = f" sheet {row['source_sheet']}" if row["source_sheet"] else ""
        typer.echo(
            f"{row['counted_as']:17} {row['record_ref']:14} {row['cohort_date']}  "
            f"{row['submission_ref']}  {row['source_file']}{sheet} row {row['source_row']}"
        )
    typer.echo(f"{rows.height} records. This look was noted.")


@app.command()
def demo(
    serve: Annotated[bool, typer.Option(help="Serve the release when it is made.")] = True,
    scale: Annotated[float, typer.Option(help="How many times the national number of incidents to make.")] = 1,
    partnership: Annotated[
        list[str] | None, typer.Option(help="Only this partnership (may be given more than once).")
    ] = None,
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8050,
) -> None:
    """Make synthetic returns, land them, build, publish, and serve the release."""
    from throughline.demo import make_demo

    with progress_bar() as progress:
        made = make_demo(Workspace.default(), scale, partnership, progress, say=typer.echo)
    typer.echo(f"Release {made.release_id} is current. Its data are synthetic.")
    if serve:
        _serve_apart("--viewer", "panel", "--port", str(port))


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="A draft recommendation, or the name of a theme.", metavar="TEXT")],
    viewer: Annotated[str, typer.Option(help="Who asks: public, panel, region:CODE or partnership:CODE.")] = "public",
    partnership: Annotated[
        str | None, typer.Option(metavar="CODE", help="Whose own area and region to look in first.")
    ] = None,
) -> None:
    """Say whether the same was recommended before, where, and what came of it."""
    from throughline.analyses.asked_before import answer_lines
    from throughline.release import open_current

    release = open_current(Workspace.default())
    reader = _viewer(viewer, release.viewer)
    try:
        lines = answer_lines(release, reader, text, partnership)
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from None
    typer.echo("\n".join(lines))


app.command()(reply)


@app.command("review-pairs")
def review_pairs(
    role: Annotated[str, typer.Option(help='In what role you decide, such as "Business manager".')],
    viewer: Annotated[str, typer.Option(help="Whose pairs: panel, region:CODE or partnership:CODE.")] = "public",
    scope: Annotated[str, typer.Option(help="all, SAME_AREA, SAME_FORCE, SAME_ICB, SAME_REGION or NATIONAL.")] = "all",
) -> None:
    """Show suggested repeats side by side and write down what you decide."""
    from throughline.analyses.pair_review import SCOPES, review_in_terminal
    from throughline.release import open_current

    if scope not in SCOPES:
        raise typer.BadParameter(f"scope {scope!r}: write one of {', '.join(SCOPES)}.")
    workspace = Workspace.default()
    release = open_current(workspace)
    reader = _viewer(viewer, release.viewer)
    try:
        decided = review_in_terminal(workspace, release, reader, scope, role, typer.prompt, typer.echo)
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from None
    typer.echo(f"Decided: {decided}. They take effect with the next `throughline build`.")


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8050,
    host: Annotated[str, typer.Option(help="Address to serve on; only this machine's own is allowed.")] = "127.0.0.1",
    viewer: Annotated[
        str, typer.Option(help="Whose view to serve: public, panel, region:CODE or partnership:CODE.")
    ] = "public",
) -> None:
    """Serve the current release to browsers on this machine."""
    _serve(port, host, viewer)


@app.command()
def releases() -> None:
    """List the releases held, the first made first."""
    from throughline.release import NoRelease, list_releases, open_current

    workspace = Workspace.default()
    try:
        current = open_current(workspace).release_id
    except NoRelease:
        current = None
    for held in list_releases(workspace):
        mark = "  (current)" if held.release_id == current else ""
        known_by = held.manifest.get("known_by")
        known = f", as it was known on {known_by}" if known_by else ""
        typer.echo(f"{held.release_id}  data as at {held.as_at_date}{known}{mark}")


@app.command()
def rollback(
    release_id: Annotated[str | None, typer.Argument(help="Release to go back to; otherwise the one before.")] = None,
) -> None:
    """Make an earlier release current; none is deleted."""
    from throughline.release import NoRelease, earlier_releases, open_current, point_to

    workspace = Workspace.default()
    if release_id is None:
        current = open_current(workspace)
        earlier = earlier_releases(current)
        if not earlier:
            raise NoRelease(f"There is no release before {current.release_id} to go back to.")
        release_id = earlier[0].release_id
    point_to(workspace, release_id)
    typer.echo(f"Release {release_id} is current.")


def _comparison_with_current_release() -> Callable[..., list[str]]:
    from throughline.preview import NoPreview, preview, preview_lines
    from throughline.release import open_current

    current = open_current(Workspace.default())

    def compare(report) -> list[str]:
        try:
            return preview_lines(preview(report, current))
        except NoPreview as reason:
            return [str(reason)]

    return compare


def _viewer(text: str, read: Callable[[str], "Viewer"]) -> "Viewer":
    """Who is reading; a code that the release does not know is a mistake to put right, and no reader."""
    try:
        return read(text)
    except ValueError as problem:
        raise typer.BadParameter(str(problem)) from None


def _serve_apart(*options: str) -> None:
    """Serves in place of this process: what libraries were told and took for the build is not to last."""
    import subprocess

    command = [sys.executable, "-m", "throughline", "serve", *options]
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    sys.exit(subprocess.run(command, check=False).returncode)


def _serve(port: int, host: str, viewer: str) -> None:
    from throughline.release import open_current
    from throughline.serving import address, serve, viewer_to_serve

    workspace = Workspace.default()
    if host not in ("127.0.0.1", "localhost", "::1"):
        raise typer.BadParameter("Sign-in is not configured, so pages are served to this machine only (127.0.0.1).")
    viewing = _viewer(viewer, partial(viewer_to_serve, open_current(workspace)))
    typer.echo(f"Serving at http://{address(host, port)} (stop with Ctrl+C)")
    serve(workspace, viewing, host, port)


def _read_day(text: str) -> str:
    from datetime import date

    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date; write it as 2026-09-30.") from None


def main() -> None:
    """Runs a command; what went wrong with the data is told in words, without a traceback."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as problem:
        if _is_told_in_words(problem):
            typer.echo(str(problem), err=True)
        elif os.environ.get("THROUGHLINE_TRACEBACK"):
            raise
        else:  # the words of somebody else's error may quote a value from a return
            typer.echo(
                f"Throughline itself is at fault ({type(problem).__name__}); nothing that was held is lost. Those who "
                "look after it can set THROUGHLINE_TRACEBACK=1 and run the command again to see where.",
                err=True,
            )
        sys.exit(1)


def _is_told_in_words(problem: Exception) -> bool:
    """True for the failures whose message was written for the person at the keyboard."""
    names = "BuildFailed NoRelease NothingToTrace UnreadableReturn FileExistsError FrontEndError"
    return type(problem).__name__ in names.split()
