"""Files of what a page shows: the same view of the same release for the same reader, with what explains it inside."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import urlencode

import polars as pl
from flask import Flask, Response, request

from dashboards.data import asked, viewer
from throughline.charts.png import NoLetters
from throughline.query import Query
from throughline.release import NoRelease, Release, Viewer
from throughline.replies import changed_at, replies_of
from throughline.report import RELEASE, Report
from throughline.report_files.make import File, chart_file, table_file
from throughline.spreadsheet_safety import as_text
from throughline.wording.about_release import no_such_release
from throughline.wording.replies import in_one_line

Maker = Callable[[Release, Query], tuple[str, pl.DataFrame]]
Analyse = Callable[[Release, Viewer, Query], Report]
PREFIX = "/download"
FIRST_PAGE = "/overview"
KEPT_REPORTS = 32
WHOSE = "partnership_code"  # the column of a frame that says whose each row is
_ADDRESS = re.compile(r"(?P<page>[^/.]+)(?:/(?P<charts>charts/)?(?P<name>[^/.]+))?\.(?P<kind>[a-z]+)")
_makers: dict[str, Maker] = {}
_analyses: dict[str, Analyse] = {}


class WrongAddress(ValueError):
    """The address asks for what cannot be chosen; the message has a line for each fault."""


def register(path: str, maker: Maker) -> None:
    """Names the function that makes the one file of a page that shows no report."""
    _makers[path] = maker


def register_report(path: str, analyse: Analyse) -> None:
    """Names the analysis of a page, from which all of its files are made."""
    _analyses[path] = analyse


def has_files(path: str) -> bool:
    """Whether files of this page's report can be made."""
    return path in _analyses


def address(path: str, chosen: Mapping[str, str]) -> str:
    """Where the file of this view is, for a page that shows no report."""
    return f"{PREFIX}{path}.csv?{urlencode(chosen)}"


def table_address(report: Report, kind: str, finding: str = "") -> str:
    """Where the tables of a finding, or of the whole page, are as a file of one kind."""
    return f"{PREFIX}{_named(report.path)}{'/' + finding if finding else ''}.{kind}{_choices(report)}"


def chart_address(report: Report, kind: str, chart: str) -> str:
    """Where a chart is as a file of one kind."""
    return f"{PREFIX}{_named(report.path)}/charts/{chart}.{kind}{_choices(report)}"


def _named(path: str) -> str:
    """The first page has no name in its own address, but its files need one."""
    return FIRST_PAGE if path == "/" else path


def _choices(report: Report) -> str:
    return f"?{urlencode(report.chosen)}" if report.chosen else ""


def add_routes(server: Flask) -> None:
    """Adds the addresses of every page's files."""

    @server.get(f"{PREFIX}/<path:what>")
    def download(what: str) -> Response:
        return answer(lambda: file_at(what))


def file_at(what: str) -> File:
    """The file of an address: page.csv, page/finding.csv or page/charts/chart.svg; KeyError where there is none."""
    asked = _ADDRESS.fullmatch(what)
    if asked is None:
        raise KeyError(what)
    page, kind, name = f"/{asked['page']}", asked["kind"], asked["name"]
    path = "/" if page == FIRST_PAGE else page
    if path not in _analyses:
        if name:
            raise KeyError(name)
        return single_file(path, kind)
    report = report_of(path)
    return chart_file(report, kind, name) if asked["charts"] else table_file(report, kind, name)


def answer(make: Callable[[], File]) -> Response:
    """The file, or in words why there is none."""
    try:
        made = make()
    except KeyError:
        return in_words("There is no such file.", 404)
    except (NoRelease, NoLetters) as missing:
        return in_words(str(missing), 503)
    except WrongAddress as problem:
        return in_words(str(problem), 400)
    return Response(
        made.content,
        mimetype=made.mimetype,
        headers={"Content-Disposition": f'attachment; filename="{made.name}"'},
    )


def in_words(text: str, status: int) -> Response:
    """An answer that is no file."""
    return Response(text, status=status, mimetype="text/plain")


def report_of(path: str) -> Report:
    """The report that a page shows at this address to this reader."""
    chosen = tuple(sorted((name, value) for name, value in request.args.to_dict().items() if name != RELEASE))
    release = release_of_file()
    return kept_report(_analyses[path], release, viewer(), chosen, changed_at(release))


def release_of_file() -> Release:
    """The release that the file's address names: a file must never hold another one's figures."""
    found = asked(request.args)
    if found.is_missing:
        raise WrongAddress(no_such_release(request.args[RELEASE]))
    return found.release


@lru_cache(maxsize=KEPT_REPORTS)
def kept_report(
    analyse: Analyse, release: Release, reader: Viewer, chosen: tuple[tuple[str, str], ...], _: int
) -> Report:
    """A release never changes, so the files of one view share its report until somebody replies to it."""
    report = analyse(release, reader, Query(dict(chosen)))
    if report.problems:
        raise WrongAddress("\n".join(report.problems.values()))
    if report.elsewhere:
        raise WrongAddress(report.elsewhere.why)
    return report


def single_file(path: str, kind: str) -> File:
    """The one file of a page that shows no report."""
    if kind != "csv":
        raise KeyError(kind)
    maker, release, query = _makers[path], release_of_file(), Query(request.args)
    title, frame = maker(release, query)
    if query.problems:
        raise WrongAddress("\n".join(query.problems.values()))
    return File(file_name(title, release), in_full(frame, release).write_csv().encode(), "text/csv")


def in_full(frame: pl.DataFrame, release: Release) -> pl.DataFrame:
    """Adds what a file must still say when it has left the page."""
    kind = "Synthetic: no real child, family or partnership" if release.is_synthetic else "Real returns"
    if WHOSE in frame.columns:
        frame = frame.with_columns(reply=replied(release, frame[WHOSE]))
    return frame.with_columns(
        pl.lit(release.as_at_date.isoformat()).alias("as_at_date"),
        pl.lit(release.release_id).alias("release_id"),
        pl.lit(kind).alias("kind_of_data"),
    )


def replied(release: Release, codes: pl.Series) -> pl.Expr:
    """Beside each partnership's rows what it replies to its figures, empty where it does not."""
    said = {
        code: as_text(in_one_line(one.who, one.about, one.text))
        for code in codes.unique()
        for one in replies_of(release, [code])
    }
    return pl.col(WHOSE).replace_strict(said, default=None, return_dtype=pl.String)


def file_name(title: str, release: Release) -> str:
    """A name that says what is inside, and that it is synthetic when it is."""
    kind = "-synthetic" if release.is_synthetic else ""
    words = re.sub(r"[^a-z0-9]+", "-", f"throughline-{title}".lower()).strip("-")
    return f"{words}-as-at-{release.as_at_date.isoformat()}{kind}.csv"
