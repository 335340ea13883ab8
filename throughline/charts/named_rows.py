"""Rows that each bear a name at the left and a figure at the right: long names fold, so that the two never meet."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from throughline.charts import template
from throughline.charts.points import SILENT
from throughline.charts.svg_text import BOLD, folded, width_of

PHONE = 288  # pixels: what a chart has between its edges on a phone of 360
APART = 10  # pixels between a name and its figure
LINE = 18  # pixels that each further line of a name takes
SIZE = template.SMALL["size"]


@dataclass(frozen=True)
class NamedRows:
    """Rows from the top down, each as high as one unit, and higher by the lines into which its name was folded."""

    names: list[str]
    figures: list[str]
    row: int
    extra: list[float]

    @property
    def middles(self) -> list[float]:
        """Where the middle of each row stands, its further lines left out: its number, where no name is folded."""
        return [place + sum(self.extra[: place + 1]) for place in range(len(self.names))]

    @property
    def range(self) -> list[float]:
        """From the bottom of the last row to the top of the first, as an axis has it."""
        return [len(self.names) - 0.5 + sum(self.extra), -0.5]

    @property
    def between(self) -> list[float]:
        """Where one row ends and the next begins."""
        return [middle + 0.5 for middle in self.middles[:-1]]

    @property
    def height(self) -> int:
        """All the rows, in pixels."""
        return round(self.row * (max(1, len(self.names)) + sum(self.extra)))

    def placed(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows with their number and the middle at which each is drawn."""
        return rows.with_row_index("place").with_columns(middle=pl.Series(self.middles, dtype=pl.Float64))

    def heights(self, lift: float) -> list[float]:
        """Where the middle of each name stands whose lowest line is so much above its row's middle."""
        return [middle - lift - more / 2 for middle, more in zip(self.middles, self.extra, strict=True)]

    def first_lines(self, lift: float) -> list[float]:
        """Where the first line of each name stands, on which its figure is read with it."""
        return [middle - lift - more for middle, more in zip(self.middles, self.extra, strict=True)]

    def texts(self, lift: float, start: float, end: float) -> template.Trace:
        """All names and figures as one trace: Plotly takes far longer over as many annotations."""
        many = len(self.names)
        return template.scatter(
            x=[start] * many + [end] * many,
            y=self.heights(lift) + self.first_lines(lift),
            text=self.names + self.figures,
            textposition=["middle right"] * many + ["middle left"] * many,
            textfont=template.SMALL,
            mode="text",
            cliponaxis=False,
            **SILENT,
        )


def named_rows(
    names: Sequence[str], figures: Sequence[str], row: int, is_bold: Sequence[bool] | None = None
) -> NamedRows:
    """Rows of so many pixels, each with its name in as many lines as its figure leaves room for on a phone."""
    bold = [True] * len(names) if is_bold is None else is_bold
    lines = [
        name_lines(name, PHONE - APART - width_of(figure, SIZE)) for name, figure in zip(names, figures, strict=True)
    ]
    return NamedRows(
        [
            "<br>".join(f"<b>{line}</b>" if heavy else line for line in own)
            for own, heavy in zip(lines, bold, strict=True)
        ],
        list(figures),
        row,
        [(len(own) - 1) * LINE / row for own in lines],
    )


def name_lines(name: str, room: float) -> list[str]:
    """A name in lines that fit, measured as bold so that rows of one chart fold alike."""
    return folded(name, room / BOLD, SIZE)
