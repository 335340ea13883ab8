"""A pack is one file that says everything, to the right reader, and fetches nothing."""

import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent.parent / "fixtures"))

from made_up_report import FORMULA, made_up_report, second_report

from throughline.cli import app
from throughline.packs.contents import CONTENTS, NOT_IN_PACKS, VIEWERS
from throughline.packs.page import render
from throughline.packs.sections import Section
from throughline.packs.write import NoSuchArea, areas_of, file_name, write_every_partnership, write_pack
from throughline.query import Choice
from throughline.release import Viewer
from throughline.report import Elsewhere, Filter, Finding
from throughline.workspace import PROJECT

VOID = {"meta", "br", "hr", "img", "input", "link", "rect", "path", "circle"}


class Page(HTMLParser):
    """The tags of a page in order, and whether each that was opened was closed."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.words = [], [], []
        self.feed(text.replace("--!>", "-->"))  # as browsers do, and as Python's reader does only since 3.13

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"{tag} was closed out of turn"

    def handle_data(self, data):
        self.words.append(data)

    def all(self, *names):
        return [(tag, attributes) for tag, attributes in self.tags if tag in names]


class Made:
    """What a pack needs to know of a release."""

    def __init__(self, report):
        self.as_at_date, self.release_id, self.is_synthetic = report.as_at_date, report.release_id, report.is_synthetic


def pack(*reports):
    sections = [Section(f"part_{place}", report) for place, report in enumerate(reports)]
    return render("Questions for scrutiny: Leeds", "For scrutiny.", "Leeds", Made(reports[0]), sections)


@pytest.fixture(scope="module")
def text():
    return pack(made_up_report(), second_report())


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_every_tag_that_is_opened_is_closed(page):
    assert not page.open


def test_nothing_is_fetched_and_nothing_runs(text, page):
    assert not page.all("script", "link", "iframe", "img", "object", "form")
    addresses = [value for _, attributes in page.tags for name, value in attributes.items() if name in ("href", "src")]
    assert addresses and all(address.startswith("#") for address in addresses)
    assert not re.search(r"url\((?!#)|@import|\son[a-z]+=", text)


def test_every_link_leads_somewhere_and_no_name_is_twice(page):
    names = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(names) == len(set(names))
    used = [attributes["href"][1:] for _, attributes in page.all("a")]
    used += [name for _, attributes in page.tags for name in attributes.get("aria-labelledby", "").split()]
    assert set(used) <= set(names)


def test_headings_stand_in_order_with_one_first(page):
    levels = [int(tag[1]) for tag, _ in page.all("h1", "h2", "h3", "h4")]

    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_row_and_cell_of_every_table_is_there(page):
    words = " ".join(" ".join(page.words).split())
    for report in (made_up_report(), second_report()):
        for finding in report.findings:
            for table in finding.tables:
                assert table.caption in words
                for row in table.rows[1:]:
                    assert " ".join(cell if isinstance(cell, str) else cell.words for cell in row[1:]) in words
    assert FORMULA in words
    rows = [tag for tag, _ in page.all("tr")]
    assert len(rows) == 2 * sum(len(table.rows) + 1 for one in made_up_report().findings for table in one.tables)


def test_tables_have_captions_and_scoped_headings(page):
    assert len(page.all("table")) == len(page.all("caption"))
    assert all(attributes.get("scope") in ("col", "row") for _, attributes in page.all("th"))


def test_every_chart_is_drawn_and_told(page):
    drawings = [attributes for _, attributes in page.all("svg") if attributes.get("role") == "img"]
    words = " ".join(page.words)

    assert len(drawings) == 2 * 3
    for one in made_up_report().findings:
        for chart in one.charts:
            assert words.count(chart.alternative) == 2 * 2  # for ears in the drawing, and for eyes with it


def test_what_a_pack_must_say_about_itself(page):
    words = " ".join(" ".join(page.words).split())

    for said in (
        "Synthetic data.",
        "30 September 2026",
        "2026-09-30-madeup",
        "Area: Leeds; Period: Year to March 2026",
    ):
        assert said in words
    assert dict(page.all("html"))["html"]["lang"] == "en-GB"


def test_real_returns_are_not_called_synthetic():
    text = pack(made_up_report(is_synthetic=False, key_figures=()))

    assert "ynthetic" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


def test_choices_stand_on_each_printed_page_and_cannot_break_out_of_the_style_sheet():
    area = Filter("area", "Area", [Choice("a", 'Made "up" </style>')], "a")
    text = pack(made_up_report(filters=(area,)))

    assert '@top-right { content: "Area: Made \\22 up\\22  \\3C /style>' in text
    assert Page(text).all("style") == [("style", {})]


def test_what_cannot_be_shown_is_said_and_no_other_area_stands_in_for_it():
    report = made_up_report(problems={"area": "The area in the address is not one that can be chosen."})
    text = pack(report)

    assert "There is nothing to show of Leeds here: the area in the address" in text
    assert report.findings[0].heading.split("&")[0] not in text


def test_what_is_withheld_stands_in_one_list_after_what_is_shown():
    first, *others = made_up_report().findings
    hidden = Finding(
        "hidden", "Nobody may see this", "By month.", notices=("Small.", "Each could be a child."), is_withheld=True
    )
    text = pack(made_up_report(findings=(hidden, first, *others)))

    place = text.index("Not shown to you here (1), and why</h3>")
    assert place > text.index(">Nothing can be shown</h3>")
    assert "<li><strong>Nobody may see this.</strong> Small. Each could be a child.</li>" in text[place:]
    assert text.count("Nobody may see this") == 1


def test_an_area_that_may_not_be_shown_is_told_and_no_other_stands_in_for_it():
    report = made_up_report(elsewhere=Elsewhere("Leeds is not shown to you.", "Shown instead: England."))
    text = pack(report)

    assert "Leeds is not shown to you." in text and "Shown instead" not in text
    assert report.findings[0].heading.split("&")[0] not in text


def test_definitions_of_several_parts_are_told_once(text):
    assert text.count("What may not be concluded</h3>") == 1
    assert text.count("Who is best") == 1


def test_word_is_given_no_drawing(text):
    shown_to_word = re.sub(r"<!--\[if !mso\]>.*?<!\[endif\]-->", "", text, flags=re.DOTALL)

    assert "<svg" in text and "<svg" not in shown_to_word
    for one in made_up_report().findings:
        assert all(chart.alternative in shown_to_word for chart in one.charts)


@pytest.mark.parametrize(
    ("kind", "viewer"),
    [
        ("regional", Viewer.region("E12000002")),
        ("scrutineer", Viewer.partnership("E12000002")),
        ("panel", Viewer.panel()),
    ],
)
def test_each_pack_is_made_for_its_own_reader(kind, viewer):
    assert VIEWERS[kind]("E12000002") == viewer


def test_every_analysis_that_answers_without_being_written_to_is_in_a_pack():
    files = (PROJECT / "throughline" / "analyses").glob("*.py")
    analyses = {file.stem for file in files if "\ndef analyse(" in file.read_text(encoding="utf-8")}

    assert {part.analysis for parts in CONTENTS.values() for part in parts} == analyses - NOT_IN_PACKS


@pytest.mark.parametrize(("kind", "code"), [("regional", "E12000003"), ("scrutineer", "leeds"), ("panel", "")])
def test_a_pack_of_each_kind_is_written(small_release, tmp_path, kind, code):
    file = write_pack(small_release, kind, code, tmp_path / "new")
    page = Page(file.read_text(encoding="utf-8"))

    assert file.name.endswith(f"-as-at-{small_release.as_at_date}-synthetic.html") and f"-{kind}-" in file.name
    assert not page.open
    assert len([tag for tag, attributes in page.all("section") if "part" in attributes.get("class", "")]) >= len(
        CONTENTS[kind]
    )


def test_a_scrutineer_is_shown_no_small_number_of_another_partnership(small_release, tmp_path):
    own, other = (
        write_pack(small_release, "scrutineer", code, tmp_path).read_text() for code in ("leeds", "sheffield")
    )

    assert "For those who scrutinise this partnership" in own
    for part in CONTENTS["scrutineer"]:
        reports = [
            part.analyse(small_release, Viewer.partnership(reader), _query(part, "sheffield"))
            for reader in ("leeds", "sheffield")
        ]
        if not any(report.problems for report in reports):
            assert _cells(reports[0]) != _cells(reports[1]), part.analysis
    assert own != other


def _query(part, code):
    from throughline.query import Query

    return Query(part.query(code))


def _cells(report):
    return [[list(row) for row in table.rows] for one in report.findings for table in one.tables]


@pytest.mark.parametrize(("kind", "code"), [("regional", "E12000003"), ("scrutineer", "leeds"), ("panel", "")])
def test_one_pack_takes_seconds_and_tells_how_far_it_is(small_release, tmp_path, kind, code):
    told = []
    write_pack(small_release, kind, code, tmp_path, lambda *step: told.append(step))
    parts = len(CONTENTS[kind])

    assert told == [("Writing the pack", done, parts) for done in range(parts + 1)]


def test_every_partnership_gets_a_pack_and_progress_is_told(small_release, tmp_path):
    told = []
    files = write_every_partnership(small_release, tmp_path, lambda *step: told.append(step))
    names = areas_of(small_release, "scrutineer")["area_name"].to_list()

    assert {file.name for file in files} == {file_name(small_release, "scrutineer", name) for name in names}
    assert len(files) == len(names) and told[-1] == ("Writing packs", len(names), len(names))
    again = write_pack(small_release, "scrutineer", "leeds", tmp_path / "again")
    assert (tmp_path / again.name).read_bytes() == again.read_bytes(), "one written alone is the same"


def test_no_two_partnerships_share_a_file_name():
    import polars as pl

    names = pl.read_csv(PROJECT / "seeds" / "areas" / "partnerships.csv", infer_schema=False)["partnership_name"]
    made = replace(made_up_report(), is_synthetic=True)

    assert names.n_unique() == len({file_name(Made(made), "scrutineer", name) for name in names.unique()})


def test_an_area_that_is_not_there_is_told_with_examples(small_release, tmp_path):
    with pytest.raises(NoSuchArea, match="no partnership 'nowhere'"):
        write_pack(small_release, "scrutineer", "nowhere", tmp_path)
    assert not list(tmp_path.iterdir())


def run(workspace, monkeypatch, *arguments):
    monkeypatch.setenv("THROUGHLINE_HOME", str(workspace.root))
    return CliRunner().invoke(app, ["pack", *arguments])


def test_the_command_writes_where_it_is_told(small_workspace, small_release, monkeypatch, tmp_path):
    done = run(small_workspace, monkeypatch, "regional", "--region", "E12000003", "--output", str(tmp_path))

    assert done.exit_code == 0, done.output
    (file,) = tmp_path.iterdir()
    assert file.name.startswith("throughline-regional-yorkshire-and-the-humber-")


def test_a_wrong_call_ends_with_2(small_workspace, small_release, monkeypatch, tmp_path):
    wrong = ("scrutineer", "--partnership", "nowhere", "--output", str(tmp_path))

    assert run(small_workspace, monkeypatch, *wrong).exit_code == 2
    assert run(small_workspace, monkeypatch, "scrutineer").exit_code == 2


def test_without_chromium_a_pdf_is_refused_in_words_and_the_page_stays(
    small_workspace, small_release, monkeypatch, tmp_path
):
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    done = run(small_workspace, monkeypatch, "panel", "--pdf", "--output", str(tmp_path))

    assert done.exit_code == 1 and "needs Chromium or Chrome" in done.output
    assert [file.suffix for file in tmp_path.iterdir()] == [".html"]
