"""Every file of a page holds what the page shows to this reader, and a wrong address is told in words."""

import csv
import io
import re
import sys
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures"))

from made_up_report import made_up_report

from dashboards import downloads
from dashboards.app import create_app
from dashboards.file_links import finding_files, page_files
from dashboards.render import to_html
from throughline.release import Viewer

CHOSEN = "?area=leeds&period=year%3A2026"


def analyse(release, viewer, query):
    """The made-up report, which names its reader and refuses an area that is not there."""
    report = made_up_report(release_id=release.release_id, answer=f"Read by {viewer.role}.")
    chosen = query.choose("area", "area", report.filters[0].choices, "leeds")
    return replace(
        report, filters=(replace(report.filters[0], chosen=chosen), report.filters[1]), problems=query.problems
    )


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setitem(downloads._analyses, "/made-up", analyse)


@pytest.mark.parametrize(
    ("address", "mimetype"),
    [
        ("made-up/counts.csv", "text/csv"),
        ("made-up/counts.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("made-up/counts.ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ("made-up.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("made-up/charts/counts-chart.svg", "image/svg+xml"),
        ("made-up/charts/counts-chart.png", "image/png"),
    ],
)
def test_a_file_of_each_kind_comes_with_a_name_to_keep_it_by(reader, address, mimetype):
    answer = reader.get(f"/download/{address}{CHOSEN}")

    assert answer.status_code == 200 and answer.mimetype == mimetype
    kind = address.rpartition(".")[2]
    assert answer.headers["Content-Disposition"].endswith(f'-as-at-2026-09-30-synthetic.{kind}"')


def test_the_file_holds_the_choices_of_the_address(reader):
    answer = reader.get("/download/made-up/counts.csv?area=kent")

    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert {row["choices"] for row in rows} == {"Area: Kent; Period: Year to March 2026"}
    assert "-kent-" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("viewer", [Viewer.public(), Viewer.panel(), Viewer.region("E12000001")])
def test_the_reader_is_passed_on(made_up_workspace, viewer):
    from openpyxl import load_workbook

    client = create_app(made_up_workspace, viewer).server.test_client()
    book = load_workbook(io.BytesIO(client.get("/download/made-up.xlsx").data))

    assert book["Cover"]["A2"].value == f"Read by {viewer.role}."


@pytest.mark.parametrize(
    "address", ["made-up/none.csv", "made-up/counts.doc", "made-up/charts/none.svg", "made-up/charts/counts-chart.csv",
                "nowhere.csv", "nowhere/counts.csv", "made-up", "made-up/charts/counts-chart", "../etc.csv"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(reader, address):
    answer = reader.get(f"/download/{address}")

    assert (answer.status_code, answer.get_data(as_text=True)) == (404, "There is no such file.")


def test_what_cannot_be_chosen_is_refused_in_words(reader):
    answer = reader.get("/download/made-up/counts.csv?area=nowhere")

    assert answer.status_code == 400
    assert answer.get_data(as_text=True).startswith("The area in the address")


def test_without_a_release_there_is_no_file(tmp_path):
    from throughline.workspace import Workspace

    client = create_app(Workspace(tmp_path), Viewer.panel()).server.test_client()

    assert client.get("/download/made-up.csv").status_code == 503


def test_links_stand_under_each_finding_and_lead_to_files(reader):
    import re
    from html import unescape

    report = made_up_report()
    shown = "".join(to_html(finding_files(report, one)) for one in report.findings) + to_html(page_files(report))
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', shown)]

    # Tables and charts of each finding; then the view itself and its three files.
    assert len(links) == (3 + 2) + (3 + 4) + (1 + 3)
    files = [link for link in links if link.startswith("/download/")]
    assert {reader.get(link).status_code for link in files} == {200}
    assert [link for link in links if link not in files] == [report.address]  # of a page that these tests do not have


def test_files_of_the_first_page_have_a_name(reader, monkeypatch):
    monkeypatch.setitem(downloads._analyses, "/", analyse)
    report = made_up_report(path="/")

    for link in (downloads.table_address(report, "csv"), downloads.chart_address(report, "svg", "counts-chart")):
        assert link.startswith("/download/overview") and reader.get(link).status_code == 200


def test_a_finding_without_tables_and_charts_offers_nothing():
    report = made_up_report()

    assert finding_files(report, report.findings[2]) is None


def test_each_link_says_what_it_leads_to_and_of_which_finding():
    report = made_up_report()
    shown = to_html(finding_files(report, report.findings[1]))

    for words in (
        "Tables (CSV)",
        "Tables (Excel, XLSX)",
        "Tables (OpenDocument, ODS)",
        "Chart: Girls (SVG)",
        "Chart: Boys (PNG)",
    ):
        assert words in shown
    assert shown.count("of the finding: Girls and boys do not differ") == 7


def test_every_page_that_shows_a_report_offers_its_files(panel_app):
    import dash

    for page in dash.page_registry.values():
        module = sys.modules.get(page["module"])
        is_work_in_hand = page["path"] == "/review-pairs"  # its list changes with each answer
        if module is not None and hasattr(module, "analyse") and not is_work_in_hand:
            assert downloads.has_files(page["path"]), page["path"]


@pytest.mark.parametrize("draft", ["", "?text=Sharing+%0Binformation%01+early.", "?text=Information+sharing"])
def test_every_file_that_the_page_of_a_draft_offers_comes_and_can_be_opened(small_workspace, draft):
    """Before anything is written there is no table, and a character that no file can hold must not spoil one."""
    client = create_app(small_workspace, Viewer.partnership("leeds")).server.test_client()
    page = client.get(f"/has-this-been-recommended-before{draft}").text
    addresses = {unescape(found) for found in re.findall(r'href="(/download/[^"]+)"', page)}

    assert bool(addresses) is bool(draft)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        if ".csv" not in address:
            archive = zipfile.ZipFile(io.BytesIO(answer.data))
            for part in archive.namelist():
                if part.endswith(".xml"):
                    ElementTree.fromstring(archive.read(part))
