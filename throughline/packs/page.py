"""One pack as one HTML page: no script, no link to anywhere else, charts drawn in it, everything also in words."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from markupsafe import Markup

from throughline import wording
from throughline.charts.key_marks import key_svg
from throughline.charts.svg import to_svg
from throughline.packs.cut import cut_in_two
from throughline.packs.few import ENOUGH, rests_on_few
from throughline.packs.sections import Pack, Section
from throughline.print_margins import margins
from throughline.release import Release
from throughline.report import Chart, Column, Finding, Report, Statements
from throughline.report_files.facts import replies, words
from throughline.wording.kind_of_data import SYNTHETIC_EXPLAINED, kind_of_data
from throughline.wording.measures import why_withheld

# Pixels. Paper shows a chart at two thirds of that and more: beside its words, three in a row, or nearly across.
BESIDE, PANEL, WIDE = 430, 330, 630
# Word and LibreOffice Writer draw no SVG that stands in a page and would print its letters as a jumble: they get the
# words and the table instead. Word heeds the condition. Writer does not, but takes `--!>` for no end of a comment,
# where every browser takes it for one, and so passes over all up to the next `-->`. A picture in place of the SVG
# would be read by Writer too, but its letters could no longer be marked, copied or searched in a browser.
NOT_IN_WORD, END_NOT_IN_WORD = "<!--[if !mso]><!----!>", "<!--<![endif]-->"
TEMPLATE, STYLES = "pack.html.jinja", "pack.css"
TOLD_IN_A_LIST = 3  # columns of a table that a finding without a chart can tell in a list


def render(title: str, reader: str, area: str, release: Release, sections: Sequence[Section]) -> str:
    """The whole page."""
    pack = Pack(sections)
    return template().render(
        title=title,
        reader=reader,
        area=area,
        release=release,
        pack=pack,
        sections=sections,
        as_at=wording.full_date(release.as_at_date),
        as_at_line=wording.as_at_in_words(release.as_at_date, release.is_synthetic),
        kind=kind_of_data(release.is_synthetic),
        synthetic_explained=SYNTHETIC_EXPLAINED,
        statements=statements([section.report for section in sections]),
        styles=Markup((Path(__file__).parent / STYLES).read_text(encoding="utf-8")),
        drawings=drawings,
        layout=layout,
        few=ENOUGH,
        told_in_a_list=told_in_a_list,
        key=lambda mark: Markup(key_svg(mark)),
        not_in_word=Markup(NOT_IN_WORD),
        end_not_in_word=Markup(END_NOT_IN_WORD),
        words=words,
        side=side,
        replies=replies,
        not_shown=wording.not_shown,
        why_withheld=why_withheld,
        margins=lambda **boxes: Markup(margins(**boxes)),
    )


@cache
def template():
    """The page's template, read once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template(TEMPLATE)


def drawings(section: Section, one: Finding) -> list[tuple[Chart, list[Markup]]]:
    """Each chart that is drawn with its pieces; none where a chart would say too little."""
    return [] if rests_on_few(one) else [(chart, draw(section, one, chart)) for chart in one.charts]


def draw(section: Section, one: Finding, chart: Chart) -> list[Markup]:
    """The chart as part of the page, in two pieces where it is long; its description is also the text beside it."""
    name = section.anchor(one.name, chart.name)
    width = WIDE if chart.is_wide else BESIDE if len(one.charts) == 1 else PANEL
    pieces = cut_in_two(to_svg(chart.figure, chart.title or one.heading, chart.alternative, name, width), name)
    return [Markup(f"{NOT_IN_WORD}{piece}{END_NOT_IN_WORD}") for piece in pieces]


def layout(one: Finding, drawn: Sequence[tuple[Chart, list[Markup]]]) -> str:
    """How a finding is laid out: its words under each other, beside its chart, or below several charts."""
    if not drawn:
        return "few" if one.charts else "plain"
    wide = [chart.is_wide for chart, _ in drawn]
    if any(wide):
        return "wide" if all(wide) else "mixed"
    if len(drawn) > 1:
        return "panels"
    return "beside" if len(drawn[0][1]) == 1 else "cut"


def told_in_a_list(one: Finding) -> list[tuple[str, str]]:
    """What a finding without a chart says where it stands: each row of a narrow table as its name and its words.

    A number that words follow stands with the name.
    """
    if one.charts or not one.tables or len(one.tables[0].columns) > TOLD_IN_A_LIST:
        return []
    columns = one.tables[0].columns
    told = []
    for row in one.tables[0].rows:
        numbers = [words(cell) for cell, column in zip(row[1:], columns[1:], strict=True) if column.numeric]
        said = [words(cell) for cell, column in zip(row[1:], columns[1:], strict=True) if not column.numeric]
        name = f"{words(row[0])} ({', '.join(numbers)})" if numbers and said else words(row[0])
        told.append((name, ". ".join(said or numbers)))
    return told


def side(column: Column) -> str:
    """The class of a cell."""
    return "number" if column.numeric else "words"


def statements(reports: Sequence[Report]) -> list[Statements]:
    """Definitions and limits of every part, none twice, after the parts."""
    found: dict[str, dict[str, str]] = {}
    for report in reports:
        for group in report.statements:
            found.setdefault(group.title, {}).update(group.items)
    return [Statements(title.lower().replace(" ", "-"), title, tuple(items.items())) for title, items in found.items()]
