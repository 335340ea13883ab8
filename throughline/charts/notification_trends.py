"""Charts of the question "Are notifications really falling?"."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.points import told
from throughline.charts.template import DARK_BLUE, ORANGE, TEXT, WHITE
from throughline.wording import notification_trends as trends
from throughline.wording import points as words
from throughline.wording.kind_of_data import PUBLISHED, returns_label
from throughline.wording.values import rounded

SIDE_STEP = 0.14  # years: the returns stand just right of the published point, so that neither hides the other
LABELS_CLASH_WITHIN = 0.12  # of the axis
WITH_NAMES = {"l": 52, "r": 96, "t": 12, "b": 56}  # pixels: room at the right to name what is drawn


def published_and_returns(
    series: pl.DataFrame, is_synthetic: bool, measure: str = "count", height: int = 420
) -> go.Figure:
    """DfE's published figures as a line and the returns' own as points with 95% intervals, by reporting year."""
    top = highest(series, measure)
    published, returned = drawable(series, "published", measure), drawable(series, "returns", measure)
    names = end_labels(published, returned, is_synthetic, measure, top)
    return small_series(series, is_synthetic, measure, top, height, margin=WITH_NAMES, annotations=names)


def small_series(
    series: pl.DataFrame, is_synthetic: bool, measure: str, top: float, height: int = 260, **layout: Any
) -> go.Figure:
    """The same two series without their names, on a scale that several charts can share."""
    published, returned = drawable(series, "published", measure), drawable(series, "returns", measure)
    return template.figure(
        height,
        [published_line(published, measure), returned_points(returned, measure, is_synthetic)],
        xaxis=year_axis(pl.concat([published, returned])["reporting_year"].to_list()),
        yaxis=template.axis(showgrid=True, range=[0, 1.12 * top], nticks=6, tickformat=",~r"),
        **{"margin": {"l": 44, "r": 12, "t": 12, "b": 56}, **layout},
    )


def highest(series: pl.DataFrame, measure: str) -> float:
    """The top of the scale: the highest value or upper limit that any of the charts must hold."""
    drawn = pl.concat([drawable(series, source, measure) for source in ("published", "returns")])
    return max([*numbers(drawn, measure), *numbers(drawn, f"{measure}_upper")], default=1.0)


def drawable(series: pl.DataFrame, source: str, measure: str) -> pl.DataFrame:
    """The rows of one source that have a number to draw: never a suppressed, missing or part-year one."""
    wanted = (pl.col("source") == source) & pl.col(measure).is_not_null() & ~pl.col("is_part_period")
    return series.filter(wanted).sort("reporting_year")


def numbers(frame: pl.DataFrame, column: str) -> list[float]:
    """A column's values without the missing ones."""
    return frame[column].drop_nulls().to_list()


def year_axis(years: list[int]) -> dict[str, Any]:
    """From the first reporting year to the last: a mark each year, a label every other, so that a phone has room."""
    first, last = (min(years), max(years)) if years else (0, 0)
    labelled = list(range(last, first - 1, -2))
    return template.axis(
        range=[first - 0.4, last + 0.45],
        tickvals=labelled,
        ticktext=[str(year) for year in labelled],
        ticks="outside",
        minor={"tickmode": "linear", "tick0": first, "dtick": 1, "ticks": "outside"},
        tickangle=0,
        title={"text": "Year ending 31 March", "font": template.SMALL, "standoff": 10},
    )


def published_line(published: pl.DataFrame, measure: str) -> template.Trace:
    """A dark blue line that breaks where a year is not known; a hollow point is derived or second-hand."""
    years = published["reporting_year"].to_list()
    values = dict(zip(years, published[measure].to_list(), strict=True))
    first_hand = dict(zip(years, published["is_first_hand"].to_list(), strict=True))
    every_year = list(range(min(years), max(years) + 1)) if years else []
    said = {
        row["reporting_year"]: words.notifications(PUBLISHED, row, measure) for row in published.iter_rows(named=True)
    }
    return template.scatter(
        x=every_year,
        y=[values.get(year) for year in every_year],
        name=PUBLISHED,
        mode="lines+markers",
        cliponaxis=False,
        connectgaps=False,
        line={"color": DARK_BLUE, "width": 3},
        marker={
            "color": [DARK_BLUE if first_hand.get(year, True) else WHITE for year in every_year],
            "size": 10,
            "symbol": "circle",
            "line": {"color": DARK_BLUE, "width": 2},
        },
        **told([said.get(year, "") for year in every_year], at=every_year, series="published"),
    )


def returned_points(returned: pl.DataFrame, measure: str, is_synthetic: bool) -> template.Trace:
    """Orange diamonds, each with its interval."""
    centre = returned[measure].to_list()
    name = returns_label(is_synthetic)
    lower, upper = (filled(returned, f"{measure}_{end}", measure) for end in ("lower", "upper"))
    return template.scatter(
        x=[year + SIDE_STEP for year in returned["reporting_year"]],
        y=centre,
        name="Returns",
        mode="markers",
        cliponaxis=False,
        marker={"color": ORANGE, "size": 10, "symbol": "diamond", "line": {"color": TEXT, "width": 1}},
        error_y=template.intervals(centre, lower, upper, ORANGE),
        **told(
            [words.notifications(name, row, measure) for row in returned.iter_rows(named=True)],
            at=returned["reporting_year"].to_list(),
            series="returns",
        ),
    )


def filled(frame: pl.DataFrame, column: str, fallback: str) -> list[float]:
    """Limits, or the value itself where the release holds none."""
    return frame.select(pl.coalesce(column, fallback)).to_series().to_list()


def end_labels(
    published: pl.DataFrame, returned: pl.DataFrame, is_synthetic: bool, measure: str, highest: float
) -> list[dict[str, Any]]:
    """Names the two series at their last points, one above the other where they would touch."""
    ends = [
        (frame[measure][-1], frame["reporting_year"][-1] + step, text)
        for frame, step, text in (
            (published, 0, "Published<br>by DfE"),
            (returned, SIDE_STEP, returns_label(is_synthetic).replace(" ", words.BREAK)),
        )
        if frame.height
    ]
    shifts = [0, 0]
    if len(ends) == 2 and abs(ends[0][0] - ends[1][0]) < LABELS_CLASH_WITHIN * highest:
        shifts = [22, -22] if ends[0][0] >= ends[1][0] else [-22, 22]
    return [
        template.label(1, value, text, xref="paper", xanchor="left", xshift=8, yshift=shift)
        for (value, _, text), shift in zip(ends, shifts, strict=False)
    ]


def harm_to_death(ratios: pl.DataFrame, is_synthetic: bool, height: int = 340) -> go.Figure:
    """Serious harm notifications for each death, with 95% intervals, from both sources."""
    known = ratios.filter(pl.col("value").is_not_null())
    top = max([2.0, *numbers(known, "upper")])
    published, returned = (known.filter(pl.col("source") == source) for source in ("published", "returns"))
    name = returns_label(is_synthetic)
    return template.figure(
        height,
        [
            ratio_points(PUBLISHED, published, "circle", DARK_BLUE, 0),
            ratio_points(name, returned, "diamond", ORANGE, SIDE_STEP),
        ],
        margin=WITH_NAMES,
        xaxis=year_axis(known["reporting_year"].to_list()),
        yaxis=template.axis(showgrid=True, range=[0, 1.08 * top], nticks=6),
        shapes=[template.line_across(1, "dash", 1)],
        annotations=[template.label(1, 1, "As many<br>as deaths", xref="paper", xanchor="left", xshift=8)],
    )


def ratio_points(name: str, rows: pl.DataFrame, symbol: str, colour: str, step: float) -> template.Trace:
    """One source's ratios, each with its interval."""
    centre = rows["value"].to_list()
    return template.scatter(
        x=[year + step for year in rows["reporting_year"]],
        y=centre,
        **told(
            [words.harm_to_death(name, row) for row in rows.iter_rows(named=True)],
            at=rows["reporting_year"].to_list(),
            series=symbol,
        ),
        mode="markers",
        cliponaxis=False,
        marker={"color": colour, "size": 10, "symbol": symbol, "line": {"color": TEXT, "width": 1}},
        error_y=template.intervals(centre, filled(rows, "lower", "value"), filled(rows, "upper", "value"), colour),
    )


def control_chart(quarters: pl.DataFrame, xmr: Any, height: int = 360) -> go.Figure:
    """Quarterly counts with their mean and process limits; only for a series that xmr did not refuse."""
    lower = max(0.0, xmr.lower)  # the limit may pass zero; a count cannot, so only the drawing stops there
    levels = [
        (xmr.upper, "dash", f"Upper limit<br>{rounded(xmr.upper, 1)}"),
        (xmr.mean, "solid", f"Mean {rounded(xmr.mean, 1)}"),
        (lower, "dash", f"Lower limit<br>{rounded(lower, 1)}"),
    ]
    return template.figure(
        height,
        [quarter_points(quarters, xmr)],
        margin=WITH_NAMES,
        xaxis=quarter_axis(quarters["period"].to_list()),
        yaxis=template.axis(showgrid=True, range=[0, 1.1 * max([xmr.upper, *quarters["value"]])], nticks=6),
        shapes=[template.line_across(level, dash) for level, dash, _ in levels],
        annotations=[
            template.label(1, level, text, xref="paper", xanchor="left", xshift=8) for level, _, text in levels
        ],
    )


def quarter_points(quarters: pl.DataFrame, xmr: Any) -> template.Trace:
    """The counts as a line; a quarter with a signal is a dark square."""
    flagged = flagged_points(xmr)
    held = zip(quarters["period"], quarters["value"], xmr.points["label"], strict=True)
    return template.scatter(
        x=list(range(quarters.height)),
        y=quarters["value"].to_list(),
        **told([trends.quarter(*each) for each in held], at=list(range(quarters.height))),
        mode="lines+markers",
        cliponaxis=False,
        line={"color": ORANGE, "width": 2},
        marker={
            "color": [DARK_BLUE if flag else WHITE for flag in flagged],
            "size": [12 if flag else 8 for flag in flagged],
            "symbol": ["square" if flag else "circle" for flag in flagged],
            "line": {"color": [DARK_BLUE if flag else ORANGE for flag in flagged], "width": 2},
            "opacity": 1,
        },
    )


def flagged_points(xmr: Any) -> list[bool]:
    """Which points carry any of the four signals."""
    rules = ["is_astronomical", "is_trend", "is_two_of_three", "is_shift"]
    return xmr.points.select(pl.any_horizontal(rules)).to_series().to_list()


def quarter_axis(names: list[str]) -> dict[str, Any]:
    """A label under the first quarter of every other year, which is what a phone has room for."""
    firsts = [(place, name) for place, name in enumerate(names) if name.endswith("Q1")][::2]
    return template.axis_along_the_foot(
        range=[-0.6, len(names) - 0.4],
        tickvals=[place for place, _ in firsts],
        ticktext=[str(int(name[:4]) - 1) for _, name in firsts],
        tickangle=0,
        title={"text": "April of each year", "font": template.SMALL, "standoff": 10},
    )
