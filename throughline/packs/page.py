"""One pack as one HTML page: no script, no link to anywhere else, charts drawn in it, everything also in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from throughline import wording
from throughline.charts.key_marks import key_svg
from throughline.charts.svg import to_svg
from throughline.print_margins import margins
from throughline.release import Release
from throughline.report import Chart, Column, Finding, Report, Statements
from throughline.report_files.facts import choices, kind_of_data, replies, words
from throughline.wording.measures import why_withheld

WIDE, PANEL = 700, 330  # pixels: a chart over the width of A4, and one of two or three beside each other
# Word draws no SVG that stands in a page, and would print its words as a jumble: it gets them and the table instead.
NOT_IN_WORD, END_NOT_IN_WORD = "<!--[if !mso]><!-->", "<!--<![endif]-->"
TEMPLATE, STYLES = "pack.html.jinja", "pack.css"


@dataclass(frozen=True)
class Section:
    """One analysis in a pack, under a name that sets its anchors apart from those of others."""

    name: str
    report: Report

    def anchor(self, *parts: str) -> str:
        """Where on the page something stands."""
        return "-".join([self.name.replace("_", "-"), *parts])

    @property
    def asked(self) -> str:
        """What was chosen, in words."""
        return choices(self.report)

    @property
    def foot(self) -> str:
        """What stands at the top of each printed page of this part."""
        return f"{self.report.topic}. {self.asked}"


def render(title: str, reader: str, area: str, release: Release, sections: Sequence[Section]) -> str:
    """The whole page."""
    return template().render(
        title=title,
        reader=reader,
        area=area,
        release=release,
        sections=sections,
        as_at=wording.full_date(release.as_at_date),
        as_at_line=wording.as_at_in_words(release.as_at_date, release.is_synthetic),
        kind=kind_of_data(sections[0].report),
        statements=statements([section.report for section in sections]),
        styles=Markup((Path(__file__).parent / STYLES).read_text(encoding="utf-8")),
        draw=draw,
        key=lambda mark: Markup(f"{NOT_IN_WORD}{key_svg(mark)}{END_NOT_IN_WORD}"),
        words=words,
        side=side,
        replies=replies,
        not_shown=wording.not_shown,
        why_withheld=why_withheld,
        margins=lambda *page, **boxes: Markup(margins(*page, **boxes)),
    )


@cache
def template():
    """The page's template, read once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template(TEMPLATE)


def draw(section: Section, one: Finding, chart: Chart) -> Markup:
    """The chart as part of the page; its description is also the text that stands below it."""
    name = section.anchor(one.name, chart.name)
    width = WIDE if len(one.charts) == 1 or chart.is_wide else PANEL
    drawing = to_svg(chart.figure, chart.title or one.heading, chart.alternative, name, width)
    return Markup(f"{NOT_IN_WORD}{drawing}{END_NOT_IN_WORD}")


def side(column: Column) -> str:
    """The class of a cell."""
    return "number" if column.numeric else "words"


def statements(reports: Sequence[Report]) -> list[Statements]:
    """Definitions and limits of every part, none twice, at the end of the pack."""
    found: dict[str, dict[str, str]] = {}
    for report in reports:
        for group in report.statements:
            found.setdefault(group.title, {}).update(group.items)
    return [Statements(title.lower().replace(" ", "-"), title, tuple(items.items())) for title, items in found.items()]
