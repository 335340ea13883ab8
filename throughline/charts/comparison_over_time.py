"""Partnerships year by year, each small drawing on one scale; and a funnel of all of them against their size."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.points import SILENT, told
from throughline.charts.svg_text import BOLD, folded, width_of
from throughline.charts.template import DARK_BLUE, DARK_GREY, DARK_PINK, ORANGE, TEXT, WHITE
from throughline.wording import points as words
from throughline.wording.comparison_over_time import scale_in_words
from throughline.wording.values import measure

ACROSS = 2  # small drawings side by side: what a phone has room for
PANEL = 110  # pixels: a name of one line, its points and the line they stand on
POINTS_OF = 0.62  # of a panel's height
BESIDE = 0.1  # of a panel's width: room between two, so that the last year of one is clear of the first of the next
ROOM = 140  # pixels: what a panel has for its name and the number at its top on a phone of 360
NAME_LINE = 18  # pixels that each further line of a name takes
HIGHEST_SHOWN = 1.5  # times the highest value: one interval of a single case may run to a hundred
ABOVE = 6  # pixels: a name and a number stand clear of a point on the light line
SMALL_NUMBER = {**template.SMALL, "size": 12}
STEPS = 160
END = 1.05
OUTSIDE, IN_GROUP, OTHERS = READ = ("outside", "in the group", "others")  # a funnel's sets, in the order they are read


@dataclass(frozen=True)
class Panels:
    """Where each partnership's small drawing stands: column by row, each row as high as its longest name needs."""

    names: dict[str, list[str]]
    years: list[str]
    top: float

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """The column and the row of each partnership, in the order in which they are read."""
        return {name: (place % ACROSS, place // ACROSS) for place, name in enumerate(self.names)}

    @cached_property
    def bases(self) -> list[float]:
        """Where the line at zero of each row stands, from the top down, in panels with a name of one line."""
        bases, lines = [], list(self.names.values())
        for row in range(-(-len(lines) // ACROSS)):
            most = max(len(own) for own in lines[ACROSS * row : ACROSS * (row + 1)])
            bases.append((bases[-1] if bases else 0) - 1 - (most - 1) * NAME_LINE / PANEL)
        return bases

    def edges(self, name: str) -> tuple[float, float]:
        """The left and right end of a drawing."""
        column = self.places[name][0]
        return column + BESIDE / 2, column + 1 - BESIDE / 2

    def across(self, name: str, year: str) -> float:
        """Where a year stands in a drawing."""
        return self.edges(name)[0] + (1 - BESIDE) * (self.years.index(year) + 0.5) / len(self.years)

    def up(self, name: str, number: float) -> float:
        """Where a value stands in a drawing; one beyond the scale stands at its top."""
        return self.bases[self.places[name][1]] + POINTS_OF * min(number, self.top) / self.top


def small_multiples(rows: pl.DataFrame, unit: str) -> go.Figure:
    """One small drawing a partnership in name order, all from zero to the same top; a year without a number is words.

    `rows` has area_name, year, value, lower95, upper95, status, shown and is_part_period.
    """
    panels = panels_of(rows, unit)
    years, top = panels.years, panels.top
    known = rows.filter(pl.col("value").is_not_null())
    missing = rows.filter(pl.col("value").is_null())
    drawn = known.to_dicts()
    centre = [panels.up(row["area_name"], row["value"]) for row in drawn]
    lower = [panels.up(row["area_name"], 0.0 if row["lower95"] is None else row["lower95"]) for row in drawn]
    upper = [panels.up(row["area_name"], top if row["upper95"] is None else row["upper95"]) for row in drawn]
    lowest = min(panels.bases, default=-1)
    return template.figure(
        round(70 - PANEL * lowest),
        [
            template.scatter(
                x=[panels.across(row["area_name"], row["year"]) for row in drawn],
                y=centre,
                **told_years(known, years, unit),
                mode="markers",
                cliponaxis=False,
                marker={
                    "color": [WHITE if row["is_part_period"] else ORANGE for row in drawn],
                    "size": [11 if row["value"] > top else 8 for row in drawn],
                    "symbol": ["triangle-up" if row["value"] > top else "diamond" for row in drawn],
                    "line": {"color": TEXT, "width": 1},
                },
                error_y=template.intervals(centre, lower, upper, ORANGE),
            ),
            template.scatter(
                x=[panels.across(row["area_name"], row["year"]) for row in missing.iter_rows(named=True)],
                y=[panels.up(row["area_name"], 0.09 * top) for row in missing.iter_rows(named=True)],
                text=[f"[{status}]" for status in missing["status"]],
                mode="text",
                textfont=SMALL_NUMBER,
                **told_years(missing, years, unit),
            ),
        ],
        margin={"l": 8, "r": 8, "t": 30, "b": 40},
        xaxis=year_labels(panels),
        yaxis=template.axis(range=[lowest, 0], showticklabels=False),
        shapes=[line for name in panels.names for line in base_and_top(panels, name)],
        annotations=[scale_label(top, unit), *panel_names(panels), *top_labels(panels, unit)],
    )


def panels_of(rows: pl.DataFrame, unit: str) -> Panels:
    """The small drawings that these rows need."""
    top = scale_top(rows, unit)
    room = name_room(top_said(top, unit))
    names = sorted(rows["area_name"].unique())
    return Panels(
        {name: folded(name, room, template.SMALL["size"]) for name in names}, sorted(rows["year"].unique()), top
    )


def name_room(number: str) -> float:
    """How wide a line of a name may be that stands beside a number, before it is set in bold."""
    return (ROOM - width_of(number, SMALL_NUMBER["size"])) / BOLD


def year_labels(panels: Panels) -> dict[str, Any]:
    """The first and the last year under each column."""
    ends = [year for year in (panels.years[0], panels.years[-1])] if panels.years else []
    columns = list(panels.names)[:ACROSS]
    return template.axis(
        range=[0, ACROSS],
        tickvals=[panels.across(name, year) for name in columns for year in ends],
        ticktext=ends * len(columns),
        tickangle=0,
    )


def told_years(rows: pl.DataFrame, years: list[str], unit: str) -> dict[str, Any]:
    """What is told of each year, one series a partnership; a year without a number is told with its reason."""
    return told(
        [words.year_of_area(row, unit) for row in rows.iter_rows(named=True)],
        at=[years.index(year) for year in rows["year"]],
        series=rows["area_name"].to_list(),
    )


def scale_top(rows: pl.DataFrame, unit: str) -> float:
    """The top of every drawing: all of a share, else the highest limit, or some times the highest value.

    A year that is not over sets no scale where there is another: its few cases give a rate that would flatten the rest.
    """
    if unit == "proportion":
        return 1.0
    known = rows.filter(pl.col("value").is_not_null())
    over = known.filter(~pl.col("is_part_period"))
    setting = over if over.height else known
    highest = max(setting["value"], default=1.0) or 1.0
    return min(max([*setting["upper95"].drop_nulls(), highest]), HIGHEST_SHOWN * highest)


def is_beyond(rows: pl.DataFrame, unit: str) -> bool:
    """Whether a value stands beyond the top of the drawings: only one of a year that is not over can."""
    return bool((rows["value"].drop_nulls() > scale_top(rows, unit)).any())


def is_cut(rows: pl.DataFrame, unit: str) -> bool:
    """Whether an interval runs beyond the top of the drawings."""
    known = rows.filter(pl.col("value").is_not_null())
    return bool(known["upper95"].null_count()) or bool((known["upper95"] > scale_top(rows, unit) * 1.0001).any())


def base_and_top(panels: Panels, name: str) -> list[dict[str, Any]]:
    """The line at zero, and a light one at the top of the scale."""
    left, right = panels.edges(name)
    base, top = panels.up(name, 0), panels.up(name, panels.top)
    ends = {"type": "line", "x0": left, "x1": right}
    return [
        {**ends, "y0": base, "y1": base, "line": {"color": DARK_GREY, "width": 1}},
        {**ends, "y0": top, "y1": top, "line": {"color": template.GRIDLINE, "width": 1}},
    ]


def panel_names(panels: Panels) -> list[dict[str, Any]]:
    """Each partnership's name above its points."""
    return [
        template.label(
            panels.edges(name)[0],
            panels.up(name, panels.top),
            "<br>".join(f"<b>{line}</b>" for line in lines),
            xanchor="left",
            yanchor="bottom",
            yshift=ABOVE,
        )
        for name, lines in panels.names.items()
    ]


def top_labels(panels: Panels, unit: str) -> list[dict[str, Any]]:
    """The number that the light line of each drawing stands for, at its right end, where one long word leaves room."""
    said = top_said(panels.top, unit)
    return [
        template.label(
            panels.edges(name)[1],
            panels.up(name, panels.top),
            said,
            xanchor="right",
            yanchor="bottom",
            yshift=ABOVE,
            font=SMALL_NUMBER,
        )
        for name, lines in panels.names.items()
        if width_of(lines[-1], template.SMALL["size"]) <= name_room(said)
    ]


def scale_label(top: float, unit: str) -> dict[str, Any]:
    """Above all drawings, from where to where each runs, with the unit."""
    said = f"Scale of each: {scale_in_words(top_said(top, unit), unit)}"
    return template.label(BESIDE / 2, 1, said, yref="paper", xanchor="left", yanchor="bottom", yshift=6)


def top_said(top: float, unit: str) -> str:
    """The number at the top of every drawing."""
    return "100%" if unit == "proportion" else measure(top, unit)


def funnel(rows: pl.DataFrame, curves: pl.DataFrame, unit: str, size_title: str, height: int = 460) -> go.Figure:
    """Every partnership's value against its size with 95% and 99.8% limits; those of the group are filled.

    `rows` has area_name, size, value, is_outside, is_in_group and shown; `curves` has size, centre and the four limits.
    """
    scale = 100 if unit == "proportion" else 1
    end = END * max([*rows["size"], 1.0])
    top = 100 if unit == "proportion" else END * max([*rows["value"], *curves.tail(STEPS // 2)["upper998"], 1.5])
    plain = ~pl.col("is_outside")
    return template.figure(
        height,
        [
            *(limit_line(curves, name, scale, top) for name in ("lower95", "upper95", "lower998", "upper998")),
            funnel_points(rows.filter(plain & ~pl.col("is_in_group")), unit, OTHERS, ("circle", WHITE, DARK_BLUE, 8)),
            funnel_points(rows.filter(plain & pl.col("is_in_group")), unit, IN_GROUP, ("circle", DARK_BLUE, WHITE, 11)),
            funnel_points(rows.filter("is_outside"), unit, OUTSIDE, ("diamond", DARK_PINK, DARK_PINK, 11)),
        ],
        margin={"l": 52, "r": 16, "t": 12, "b": 56},
        xaxis=template.axis(
            range=[0, end],
            nticks=6,
            tickangle=0,
            tickformat=",~r",
            title={"text": size_title, "font": template.SMALL, "standoff": 10},
        ),
        yaxis=template.axis(
            showgrid=True,
            range=[-0.02 * top, 1.02 * top],
            nticks=6,
            tickformat=",~r",
            ticksuffix="%" if unit == "proportion" else "",
        ),
        shapes=[template.line_across(scale * curves["centre"][0], "solid", 1.5)],
    )


def limit_line(curves: pl.DataFrame, name: str, scale: int, top: float) -> template.Trace:
    """One limit: dashed at 95%, solid at 99.8%; the drawing stops at the top of the scale."""
    kept = curves.filter(scale * pl.col(name) <= top)
    return template.scatter(
        x=kept["size"].to_list(),
        y=[scale * number for number in kept[name]],
        mode="lines",
        line={"color": DARK_GREY, "width": 1.5, "dash": "dash" if name.endswith("95") else "solid"},
        **SILENT,
    )


def funnel_points(rows: pl.DataFrame, unit: str, series: str, look: tuple[str, str, str, int]) -> template.Trace:
    """One set of partnerships, read from the smallest to the largest; what stands out and the group come first."""
    scale = 100 if unit == "proportion" else 1
    symbol, fill, edge, size = look
    return template.scatter(
        x=rows["size"].to_list(),
        y=[scale * number for number in rows["value"]],
        **told(
            [words.of_funnel(row, unit) for row in rows.iter_rows(named=True)],
            at=rows["size"].to_list(),
            series=series,
            turn=READ.index(series),
        ),
        mode="markers",
        cliponaxis=False,
        marker={"color": fill, "size": size, "symbol": symbol, "line": {"color": edge, "width": 1.5}},
    )
