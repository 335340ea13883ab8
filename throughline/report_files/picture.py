"""A chart as a picture that stands alone: its finding above it, its key, and below it what it rests on."""

from html import escape

from throughline.charts.figure import plain
from throughline.charts.key_marks import HEIGHT as MARK_HIGH
from throughline.charts.key_marks import WIDTH as MARK_WIDE
from throughline.charts.key_marks import key_mark
from throughline.charts.svg import WIDTH, to_svg
from throughline.charts.svg_text import LINE, folded, px, text_element, width_of
from throughline.charts.template import TEXT, WHITE
from throughline.report import Chart, Finding, Report
from throughline.report_files.facts import how_to_read, release_line, replies
from throughline.wording.replies import stand_elsewhere

EDGE = 20  # pixels around everything
BETWEEN = 12
PANEL = 400  # pixels, the width of a chart that stands beside others on its page
HEADING = {"size": 24, "color": TEXT, "weight": "bold"}
SUBHEADING = {"size": 18, "color": TEXT, "weight": "bold"}
BODY = {"size": 16, "color": TEXT}
SMALL = {"size": 14, "color": TEXT}


def draw_picture(report: Report, one: Finding, chart: Chart) -> str:
    """One SVG that holds the chart and all the words that its page shows with it."""
    drawing = to_svg(chart.figure, chart.title or one.heading, chart.alternative, "drawn", chart_width(one, chart))
    wide, high = WIDTH, plain(chart.figure)["layout"]["height"]
    column = _Column(wide)
    column.text(one.heading, HEADING)
    column.text(one.measured, BODY)
    column.key(one.key)
    if chart.title:
        column.text(chart.title, SUBHEADING)
    column.drawing(drawing, high)
    told = " ".join(part for part in (how_to_read(one), reply(report)) if part)
    for text in (told, f"{report.choices_said}.", release_line(report)):
        column.text(text, SMALL)
    words = f"{chart.alternative} {one.measured} {told} {report.choices_said}. {release_line(report)}"
    total = column.bottom + EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="picture-name picture-words" '
        f'width="{wide + 2 * EDGE}" height="{px(total)}" viewBox="0 0 {wide + 2 * EDGE} {px(total)}" '
        f'font-family="Arial, sans-serif"><title id="picture-name">{escape(one.heading)}</title>'
        f'<desc id="picture-words">{escape(words)}</desc><rect width="100%" height="100%" fill="{WHITE}"/>'
        f"{''.join(column.parts)}</svg>"
    )


def reply(report: Report) -> str:
    """What the partnership replies, or which of several do."""
    said = replies(report)
    return stand_elsewhere([one.who for one in report.replies]) if len(said) > 1 else "".join(said)


def chart_width(one: Finding, chart: Chart) -> int:
    """As wide as the page shows it: over the whole width, or beside others."""
    return WIDTH if len(one.charts) == 1 or chart.is_wide else PANEL


class _Column:
    """Parts of a picture, one below the other."""

    def __init__(self, wide: int) -> None:
        self.wide, self.bottom = wide, float(EDGE)
        self.parts: list[str] = []

    def text(self, words: str, font: dict) -> None:
        """Words, folded to the width."""
        if not words:
            return
        lines = folded(words, self.wide, font["size"] * (1.08 if font.get("weight") else 1))
        high = LINE * font["size"] * len(lines)
        said = "<br>".join(escape(line) for line in lines)
        self.parts.append(text_element(EDGE, self.bottom + high / 2, said, font))
        self.bottom += high + BETWEEN

    def key(self, entries: tuple[tuple[str, str], ...]) -> None:
        """What each mark stands for, beside each other as far as there is room."""
        x = float(EDGE)
        for name, words in entries:
            room = MARK_WIDE + 9 + width_of(escape(words), BODY["size"]) + 26
            if x > EDGE and x + room > EDGE + self.wide:
                x, self.bottom = float(EDGE), self.bottom + MARK_HIGH + 6
            self.parts.append(f'<g transform="translate({px(x)} {px(self.bottom)})">{key_mark(name)}</g>')
            self.parts.append(text_element(x + MARK_WIDE + 9, self.bottom + MARK_HIGH / 2, escape(words), BODY))
            x += room
        self.bottom += MARK_HIGH + BETWEEN if entries else 0

    def drawing(self, svg: str, high: float) -> None:
        """The chart itself."""
        self.parts.append(svg.replace("<svg ", f'<svg x="{EDGE}" y="{px(self.bottom)}" ', 1))
        self.bottom += high + BETWEEN
