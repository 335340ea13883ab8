"""Makes a file of one kind from a report: the one list of kinds that pages, notebooks and packs offer."""

from collections.abc import Callable
from dataclasses import dataclass

from throughline.report import Chart, Finding, Report
from throughline.report_files.names import file_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class File:
    """A file with its name and type."""

    name: str
    content: bytes
    mimetype: str


def csv(report: Report, findings: list[Finding]) -> bytes:
    """The tables for a program."""
    from throughline.report_files.csv_file import write_csv

    return write_csv(report, findings)


def xlsx(report: Report, findings: list[Finding]) -> bytes:
    """The tables for Excel."""
    from throughline.report_files.workbook import make_workbook
    from throughline.report_files.xlsx import write_xlsx

    return write_xlsx(make_workbook(report, findings))


def ods(report: Report, findings: list[Finding]) -> bytes:
    """The tables for LibreOffice and everything that reads open formats."""
    from throughline.report_files.ods import write_ods
    from throughline.report_files.workbook import make_workbook

    return write_ods(make_workbook(report, findings))


def svg(report: Report, one: Finding, chart: Chart) -> bytes:
    """A chart that stays sharp and can be read out."""
    from throughline.report_files.picture import draw_picture

    return draw_picture(report, one, chart).encode("utf-8")


def png(report: Report, one: Finding, chart: Chart) -> bytes:
    """A chart for a program that takes no SVG."""
    from throughline.charts.png import to_png

    return to_png(svg(report, one, chart).decode("utf-8"))


TABLES: dict[str, tuple[str, Callable[[Report, list[Finding]], bytes]]] = {
    "csv": ("text/csv", csv),
    "xlsx": (XLSX, xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", ods),
}
CHARTS: dict[str, tuple[str, Callable[[Report, Finding, Chart], bytes]]] = {
    "svg": ("image/svg+xml", svg),
    "png": ("image/png", png),
}


def table_file(report: Report, kind: str, finding: str | None = None) -> File:
    """The tables of one finding, or of the whole report; KeyError where there is no such finding or kind."""
    mimetype, make = TABLES[kind]
    chosen = [one for one in report.findings if finding in (None, one.name)]
    if not chosen:
        raise KeyError(finding)
    name = file_name(report, *([finding] if finding else []), ending=kind)
    return File(name, make(report, chosen), mimetype)


def chart_file(report: Report, kind: str, chart: str) -> File:
    """One chart; KeyError where there is none of that name or no such kind."""
    mimetype, make = CHARTS[kind]
    found = [(one, drawn) for one in report.findings for drawn in one.charts if drawn.name == chart]
    if not found:
        raise KeyError(chart)
    return File(file_name(report, chart, ending=kind), make(report, *found[0]), mimetype)
