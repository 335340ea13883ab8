"""A page on paper: choices, date and release on each sheet, every row, and nothing that only a screen needs."""

import re
from functools import cache

import pytest
from made_up_release import RELEASE_ID
from pypdf import PdfReader
from visiting import visit

CONVERSION = "/conversion?area=E12000001"
COMPARE = "/compare-partnerships?indicator=CV6&group=region:E12000001&period=year:2025"


@pytest.fixture(scope="module")
def printed(chromium, address, tmp_path_factory):
    """The words of each sheet, the names of the rows on the page, and what was chosen, by the page's address."""

    def printed_page(path):
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        visit(page, address + path)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = false")
        chosen = " ".join(page.text_content("#chosen").split())
        names = page.eval_on_selector_all(
            "tbody th", "heads => heads.map(head => (head.querySelector('summary') ?? head).textContent)"
        )
        file = tmp_path_factory.mktemp("printed") / "page.pdf"
        page.pdf(path=file, prefer_css_page_size=True)
        context.close()
        sheets = [" ".join(sheet.extract_text().split()) for sheet in PdfReader(file).pages]
        return sheets, names, chosen

    return cache(printed_page)


@pytest.mark.parametrize("path", [CONVERSION, COMPARE])
def test_every_sheet_says_what_was_chosen_how_old_it_is_and_from_which_release(printed, path):
    sheets, _, chosen = printed(path)

    for number, words in enumerate(sheets, start=1):
        assert f"Synthetic returns as at 30 September 2026. Release {RELEASE_ID}." in words
        assert f"Page {number} of {len(sheets)}" in words
        assert chosen in words
    assert "North East" in chosen


@pytest.mark.parametrize("path", [CONVERSION, COMPARE])
def test_no_row_is_lost_though_its_table_was_folded_away(printed, path):
    sheets, names, _ = printed(path)
    whole = "".join(re.sub(r"\s+", "", words) for words in sheets)

    assert len(names) > 5
    assert [name for name in names if re.sub(r"\s+", "", name) not in whole] == []


def test_what_only_a_screen_needs_is_not_printed(printed):
    sheets, _, _ = printed(CONVERSION)
    whole = " ".join(sheets)

    for words in (
        "Skip to main content",
        "Update the page",
        "Download what is shown",
        "Show these figures",
        "point by point",
        "next and previous point",
        "Data quality",
        "Show words and tables",
        "(/",
    ):
        assert words not in whole


def test_no_heading_is_broken_over_two_sheets(page, address, tmp_path):
    visit(page, address + COMPARE)
    page.evaluate("document.querySelector('nav[aria-labelledby=contents]')?.remove()")  # it names each heading too
    headings = [" ".join(one.split()) for one in page.locator(".app-finding__title").all_text_contents()]

    assert headings
    for above in range(0, 600, 30):  # pixels: by one of them a heading comes to the foot of a sheet
        page.evaluate("above => document.querySelector('main').style.marginTop = `${above}px`", above)
        page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
        sheets = [" ".join(sheet.extract_text().split()) for sheet in PdfReader(tmp_path / "page.pdf").pages]
        assert [one for one in headings if not any(one in words for words in sheets)] == [], above


def test_paper_lies_on_its_side_so_that_nothing_shrinks(chromium, address, tmp_path):
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + CONVERSION)
    page.wait_for_selector("svg.main-svg")
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1024, "height": 700})
    widest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('svg.main-svg, table')]"
        ".map(one => one.getBoundingClientRect().right))"
    )
    context.close()

    box = PdfReader(tmp_path / "page.pdf").pages[0].mediabox
    assert box.width > box.height
    assert widest <= 1024
