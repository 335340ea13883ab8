"""Files of what a page shows: the same view of the same release for the same reader, with what explains it inside."""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlencode

from flask import Flask, Response, request

from dashboards.data import asked, changed_at, viewer
from throughline.charts.png import NoLetters
from throughline.query import Query
from throughline.release import NoRelease, Release, Viewer
from throughline.report import RELEASE, Report
from throughline.report_files.make import File, chart_file, table_file
from throughline.wording.about_release import no_such_release

Analyse = Callable[[Release, Viewer, Query], Report]
PREFIX = "/download"
FIRST_PAGE = "/overview"
KEPT_REPORTS = 32
_ADDRESS = re.compile(r"(?P<page>[^/.]+)(?:/(?P<charts>charts/)?(?P<name>[^/.]+))?\.(?P<kind>[a-z]+)")
_analyses: dict[str, Analyse] = {}


class WrongAddress(ValueError):
    """The address asks for what cannot be chosen; the message has a line for each fault."""


def register_report(path: str, analyse: Analyse) -> None:
    """Names the analysis of a page, from which all of its files are made."""
    _analyses[path] = analyse


def has_files(path: str) -> bool:
    """Whether files of this page's report can be made."""
    return path in _analyses


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
        raise KeyError(path)
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
