"""Partnerships year by year, each small drawing on one scale; and a funnel of all of them against their size."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.points import SILENT, told
from throughline.charts.template import DARK_BLUE, DARK_GREY, DARK_PINK, ORANGE, TEXT, WHITE
from throughline.wording import points as words

ACROSS = 2  # small drawings side by side: what a phone has room for
PANEL = 110  # pixels: a name, its points and the line they stand on
POINTS_OF = 0.62  # of a panel's height
BESIDE = 0.06  # of a panel's width: room between two
HIGHEST_SHOWN = 4  # times the highest value: one interval of a single case may run to a hundred
SMALL_NUMBER = {**template.SMALL, "size": 12}
NAME_LENGTH = 19
STEPS = 160
END = 1.05
OUTSIDE, IN_GROUP, OTHERS = READ = ("outside", "in the group", "others")  # a funnel's sets, in the order they are read


def small_multiples(rows: pl.DataFrame, unit: str) -> go.Figure:
    """One small drawing a partnership in name order, all from zero to the same top; a year without a number is words.

    `rows` has area_name, year, value, lower95, upper95, status, shown and is_part_period.
    """
    names = sorted(rows["area_name"].unique())
    years = sorted(rows["year"].unique())
    top = scale_top(rows, unit)
    high = -(-len(names) // ACROSS)
    places = {name: (place % ACROSS, place // ACROSS) for place, name in enumerate(names)}
    step = (1 - BESIDE) / max(1, len(years))
    known = rows.filter(pl.col("value").is_not_null())
    missing = rows.filter(pl.col("value").is_null())

    def across(row: dict[str, Any]) -> float:
        return places[row["area_name"]][0] + BESIDE / 2 + step * (years.index(row["year"]) + 0.5)

    def up(row: dict[str, Any], number: float) -> float:
        return -places[row["area_name"]][1] - 1 + POINTS_OF * min(number, top) / top

    drawn = known.to_dicts()
    centre = [up(row, row["value"]) for row in drawn]
    lower = [up(row, 0.0 if row["lower95"] is None else row["lower95"]) for row in drawn]
    upper = [up(row, top if row["upper95"] is None else row["upper95"]) for row in drawn]
    return template.figure(
        44 + PANEL * high,
        [
            go.Scatter(
                x=[across(row) for row in drawn],
                y=centre,
                **told_years(known, years, unit),
                mode="markers",
                cliponaxis=False,
                marker={
                    "color": [WHITE if row["is_part_period"] else ORANGE for row in drawn],
                    "size": 8,
                    "symbol": "diamond",
                    "line": {"color": TEXT, "width": 1},
                },
                error_y=template.intervals(centre, lower, upper, ORANGE),
            ),
            go.Scatter(
                x=[across(row) for row in missing.iter_rows(named=True)],
                y=[up(row, 0.09 * top) for row in missing.iter_rows(named=True)],
                text=[f"[{status}]" for status in missing["status"]],
                mode="text",
                textfont=SMALL_NUMBER,
                **told_years(missing, years, unit),
            ),
        ],
        margin={"l": 8, "r": 8, "t": 4, "b": 40},
        xaxis=template.axis(
            range=[0, ACROSS],
            tickvals=[
                column + BESIDE / 2 + step * (years.index(year) + 0.5)
                for column in range(ACROSS)
                for year in (years[0], years[-1])
            ],
            ticktext=[year for _ in range(ACROSS) for year in (years[0], years[-1])],
            tickangle=0,
        ),
        yaxis=template.axis(range=[-high, 0], showticklabels=False),
        shapes=[line for column, row in places.values() for line in base_and_top(column, row)],
        annotations=[*panel_names(places), *scale_labels(top, unit, high)],
    )


def told_years(rows: pl.DataFrame, years: list[str], unit: str) -> dict[str, Any]:
    """What is told of each year, one series a partnership; a year without a number is told with its reason."""
    return told(
        [words.year_of_area(row, unit) for row in rows.iter_rows(named=True)],
        at=[years.index(year) for year in rows["year"]],
        series=rows["area_name"].to_list(),
    )


def scale_top(rows: pl.DataFrame, unit: str) -> float:
    """The top of every drawing: all of a share, else the highest limit, or some times the highest value."""
    if unit == "proportion":
        return 1.0
    values = rows["value"].drop_nulls()
    highest = max(values, default=1.0) or 1.0
    return min(max([*rows["upper95"].drop_nulls(), highest]), HIGHEST_SHOWN * highest)


def is_cut(rows: pl.DataFrame, unit: str) -> bool:
    """Whether an interval runs beyond the top of the drawings."""
    known = rows.filter(pl.col("value").is_not_null())
    return bool(known["upper95"].null_count()) or bool((known["upper95"] > scale_top(rows, unit) * 1.0001).any())


def base_and_top(column: int, row: int) -> list[dict[str, Any]]:
    """The line at zero, and a light one at the top of the scale."""
    ends = {"type": "line", "x0": column + BESIDE / 2, "x1": column + 1 - BESIDE / 2}
    base, top = -row - 1, -row - 1 + POINTS_OF
    return [
        {**ends, "y0": base, "y1": base, "line": {"color": DARK_GREY, "width": 1}},
        {**ends, "y0": top, "y1": top, "line": {"color": template.GRIDLINE, "width": 1}},
    ]


def panel_names(places: dict[str, tuple[int, int]]) -> list[dict[str, Any]]:
    """Each partnership's name above its points."""
    return [
        template.label(
            column + BESIDE / 2,
            -row - 1 + POINTS_OF,
            f"<b>{name if len(name) <= NAME_LENGTH else name[: NAME_LENGTH - 1].rstrip() + '…'}</b>",
            xanchor="left",
            yanchor="bottom",
            yshift=7,
        )
        for name, (column, row) in places.items()
    ]


def scale_labels(top: float, unit: str, high: int) -> list[dict[str, Any]]:
    """What the two lines of each drawing stand for, written at the right of every row."""
    from throughline.wording.values import measure

    said = "100%" if unit == "proportion" else measure(top, unit)
    return [
        template.label(
            ACROSS - BESIDE / 2, -row - 1 + POINTS_OF, said, xanchor="right", yanchor="bottom", font=SMALL_NUMBER
        )
        for row in range(high)
    ]


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


def limit_line(curves: pl.DataFrame, name: str, scale: int, top: float) -> go.Scatter:
    """One limit: dashed at 95%, solid at 99.8%; the drawing stops at the top of the scale."""
    kept = curves.filter(scale * pl.col(name) <= top)
    return go.Scatter(
        x=kept["size"].to_list(),
        y=[scale * number for number in kept[name]],
        mode="lines",
        line={"color": DARK_GREY, "width": 1.5, "dash": "dash" if name.endswith("95") else "solid"},
        **SILENT,
    )


def funnel_points(rows: pl.DataFrame, unit: str, series: str, look: tuple[str, str, str, int]) -> go.Scatter:
    """One set of partnerships, read from the smallest to the largest; what stands out and the group come first."""
    scale = 100 if unit == "proportion" else 1
    symbol, fill, edge, size = look
    return go.Scatter(
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
