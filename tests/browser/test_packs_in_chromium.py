"""A pack in a real browser: axe, narrow windows, keyboard, and its PDF read back page by page."""

import shutil
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures"))

from made_up_report import made_up_report, second_report

from throughline.packs.page import render
from throughline.packs.pdf import write_pdf
from throughline.packs.sections import Section

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Made:
    as_at_date, release_id, is_synthetic = made_up_report().as_at_date, made_up_report().release_id, True


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    file = tmp_path_factory.mktemp("pack") / "pack.html"
    sections = [Section("first", made_up_report()), Section("second", second_report())]
    file.write_text(render("Made-up pack", "For nobody.", "Leeds", Made, sections), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def pages(pack):
    if shutil.which("chromium") is None:
        pytest.skip("no Chromium on this machine")
    return [" ".join(page.extract_text().split()) for page in PdfReader(write_pdf(pack)).pages]


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(page, pack, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 900})
    page.goto(pack.as_uri())
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})

    assert not found.response["violations"], found.generate_report()


def test_a_narrow_window_scrolls_only_inside_tables_and_charts(page, pack):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(pack.as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_nothing_is_fetched(page, pack):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pack.as_uri())

    assert asked == [pack.as_uri()]


def test_every_printed_page_says_release_date_and_page(pages):
    for number, words in enumerate(pages, start=1):
        assert "Synthetic returns as at 30 September 2026. Release 2026-09-30-madeup." in words
        assert f"Page {number} of {len(pages)}" in words


def test_pages_of_a_part_say_what_was_chosen(pages):
    told = [words for words in pages if "Area 59" in words or "Kirklees" in words]

    assert told and all("Area: Leeds; Period: Year to March 2026" in words for words in told)


def test_no_row_is_lost_on_paper_and_headings_repeat(pages):
    whole = " ".join(pages)
    for place in range(60):
        assert whole.count(f"Area {place} {' '.join(str(place * step) for step in range(11))} ") == 2
    with_rows = [words for words in pages if "Area 10 " in words or "Area 55 " in words]
    assert all("Area Cases Cases" in words for words in with_rows)


def test_a_heading_is_never_the_last_thing_on_a_page(pages):
    for words in pages:
        body = words.partition("Synthetic returns as at")[0].rstrip() or words
        assert not body.endswith(("Cases by month, every area", "Girls and boys do not differ", "By sex."))
