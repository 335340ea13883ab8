"""Packs of a release on paper: the briefing first, no sheet turned for nothing; and in Writer: words."""

import re
import shutil
import subprocess

import pytest
from pypdf import PdfReader

from throughline.packs.pdf import write_pdf
from throughline.packs.write import write_pack

# Leeds came on 40 sheets of this release, which holds six times as many cases as England has, where a pack that was no
# briefing came on 73. There is room for a few findings more.
MOST_SHEETS = 44
FOOT, HEAD = 0.05, 0.94  # of a sheet: its margins lie beyond
FULL = 0.5  # of a sheet: what ends higher up is half empty


@pytest.fixture(scope="module")
def pack(small_release, tmp_path_factory):
    return write_pack(small_release, "scrutineer", "leeds", tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="module")
def sheets(pack):
    if shutil.which("chromium") is None:
        pytest.skip("no Chromium on this machine")
    return PdfReader(write_pdf(pack)).pages


@pytest.fixture(scope="module")
def words(sheets):
    return [" ".join(sheet.extract_text().split()) for sheet in sheets]


def test_a_scrutineer_turns_few_sheets(sheets):
    assert len(sheets) <= MOST_SHEETS


def test_the_answers_fill_the_first_sheet_and_the_parts_begin_by_the_fifth(words):
    answers = ("What should I ask", "How often does one step", "Are the steps taken in time", "Were children")

    assert all(question in words[0] for question in answers)
    first_part = next(number for number, said in enumerate(words) if "Told in brief, on the first sheets" in said)
    assert first_part <= 4
    tables = [number for number, said in enumerate(words) if "Every figure of every chart" in said]
    assert len(tables) == 1 and tables[0] > first_part


def heights(sheet):
    """How high up a sheet each of its words stands, as a share of it, without what its margins say."""
    found = []

    def keep(text, page, at, *_):
        if text.strip():
            found.append((page[3] * at[5] + page[5]) / float(sheet.mediabox.height))

    sheet.extract_text(visitor_text=keep)
    return [share for share in found if FOOT < share < HEAD]


def test_no_sheet_but_the_last_ends_high_up(sheets):
    lowest = [min(heights(sheet), default=1) for sheet in sheets[:-1]]

    assert [number for number, share in enumerate(lowest, start=1) if share > FULL] == []


def test_what_is_drawn_stays_inside_the_sheet(page, pack):
    page.goto(pack.as_uri())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 990})  # A4 between its margins
    wide = page.evaluate(
        "[...document.querySelectorAll('table, svg, p, h1, h2, h3')]"
        ".filter(one => one.getBoundingClientRect().right > 681).map(one => one.outerHTML.slice(0, 90))"
    )

    assert wide == []


def test_each_table_has_its_heading_on_every_sheet_that_it_reaches(words, pack):
    text = pack.read_text(encoding="utf-8")
    long = [one for one in re.findall(r"<table.*?</table>", text, re.DOTALL) if one.count("<tr>") > 25]
    assert long
    for table in long:
        head = " ".join(re.findall(r'<th scope="col"[^>]*>(.*?)</th>', table))
        rows = re.findall(r'<th scope="row">(.*?)</th>', table)
        with_rows = [said for said in words if sum(row in said for row in rows) > len(rows) / 4 and head in said]
        assert with_rows, head


def test_writer_prints_no_letters_of_drawings(pack, tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice on this machine")
    own = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = ["soffice", own, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), str(pack)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    said = " ".join((tmp_path / f"{pack.stem}.txt").read_text(encoding="utf-8").split())
    text = pack.read_text(encoding="utf-8")

    assert text.count(">75%</t") > 10
    assert said.count("25%50%75%100%") == said.count("25% 50% 75% 100%") == 0
    assert "How often does one step lead to the next?" in said
    alternatives = re.findall(r'<p class="alternative"><strong>[^<]*</strong> ([^<&]{40,80})', text)
    assert alternatives and all(" ".join(one.split()) in said for one in alternatives)
