"""How long things take: the share still open by day, and the median days of each stage."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from throughline.charts import template
from throughline.charts.named_rows import named_rows
from throughline.charts.points import SILENT, told
from throughline.charts.template import DARK_BLUE, DARK_GREY, WHITE
from throughline.wording import points as words

STAGE_ROW = 70  # pixels: a stage's name, its dot and England's square
LONGEST_SHOWN = 1.6  # times the longest median: one wide interval must not squeeze the rest
NAME_LIFT, DOT_DROP, ENGLAND_DROP = 0.27, 0.08, 0.3  # of a row, from its middle
OWN_LOOK = {"color": DARK_BLUE, "size": 12, "symbol": "circle", "line": {"color": WHITE, "width": 1}}
ENGLAND_LOOK = {"color": DARK_GREY, "size": 9, "symbol": "square-open", "line": {"color": DARK_GREY, "width": 2}}


def share_open(own: pl.DataFrame, england: pl.DataFrame, limit: tuple[float, str], last_day: int) -> go.Figure:
    """The share still open by day, solid with dotted limits, England's dashed, and the time allowed as a line down.

    Both frames have days, share, lower and upper; `england` is empty where the area is England. Neither is carried
    past its last row.
    """
    day, name = limit
    shown = own.filter(pl.col("days") <= last_day).sort("days")
    beside = england.filter(pl.col("days") <= last_day).sort("days")
    return template.figure(
        380,
        [
            *([curve(beside, ["share"], DARK_GREY, "dash", told_days(beside, words.ENGLAND))] if beside.height else []),
            *(
                [curve(shown, ["lower", "upper"], DARK_BLUE, "dot", SILENT)]
                if shown["upper"].drop_nulls().len()
                else []
            ),
            curve(shown, ["share"], DARK_BLUE, "solid", told_days(shown)),
        ],
        margin={"l": 52, "r": 20, "t": 30, "b": 54},
        xaxis=template.axis_along_the_foot(
            range=[0, last_day * 1.01],
            tickvals=day_marks(last_day),
            title={"text": "Days since the start", "font": template.SMALL, "standoff": 8},
        ),
        yaxis=template.axis(
            range=[0, 101], tickvals=[0, 25, 50, 75, 100], ticktext=["0%", "25%", "50%", "75%", "100%"], showgrid=True
        ),
        shapes=[template.line_down(day, "dashdot", 1.5)],
        annotations=[template.label(day, 1, name, yref="paper", yanchor="bottom", xanchor="left", yshift=4)],
    )


def day_marks(last_day: int) -> list[int]:
    """Round numbers of weeks, few enough for a phone."""
    step = 21 if last_day <= 130 else 182
    return list(range(0, last_day + 1, step))


def told_days(rows: pl.DataFrame, series: str = "") -> dict[str, Any]:
    """What is told of each day, and of the gap at the end of the line nothing; England's after the area's own."""
    day = f"{series}, day" if series else "Day"
    said = [words.share_at(f"{day} {row['days']}", row, " still open") for row in rows.iter_rows(named=True)]
    return told([*said, ""], at=[*rows["days"], 0], series=series, turn=int(bool(series)))


def curve(rows: pl.DataFrame, columns: list[str], colour: str, dash: str, hover: dict[str, Any]) -> template.Trace:
    """One line, or both limits with a gap between them."""
    days, shares = [], []
    for column in columns:
        days += [*rows["days"], None]
        shares += [*(None if share is None else 100 * share for share in rows[column]), None]
    return template.scatter(
        x=days,
        y=shares,
        mode="lines",
        connectgaps=False,
        line={"color": colour, "width": {"solid": 3, "dash": 2, "dot": 1.5}[dash], "dash": dash},
        **hover,
    )


def stage_dots(rows: pl.DataFrame) -> go.Figure:
    """The median days of each stage as dots with their intervals, from zero, and England's as hollow squares below.

    `rows` has name, label, said, shown, value, lower95, upper95 and the same three numbers of England; a stage without
    a median has its name and the reason and no dot.
    """
    named = named_rows(rows["name"].to_list(), rows["said"].to_list(), STAGE_ROW)
    placed = named.placed(rows)
    known = placed.filter(pl.col("value").is_not_null())
    england = placed.filter(pl.col("england_value").is_not_null())
    end = scale_end(rows)
    return template.figure(
        44 + named.height,
        [
            dots(
                england,
                ("england_value", "england_lower95", "england_upper95"),
                ENGLAND_DROP,
                end,
                ENGLAND_LOOK,
                told(
                    [words.england_stage(row) for row in england.iter_rows(named=True)],
                    at=england["place"].to_list(),
                    series=words.ENGLAND,
                    turn=1,
                ),
            ),
            dots(
                known,
                ("value", "lower95", "upper95"),
                DOT_DROP,
                end,
                OWN_LOOK,
                told([words.stage(row) for row in known.iter_rows(named=True)], at=known["place"].to_list()),
            ),
            named.texts(NAME_LIFT, 0, end),
        ],
        margin={"l": 18, "r": 22, "t": 4, "b": 36},
        xaxis=template.axis(range=[-0.01 * end, end], nticks=5, showgrid=True, ticksuffix=""),
        yaxis=template.axis(range=named.range, showticklabels=False, showgrid=True, tickvals=named.between),
    )


def scale_end(rows: pl.DataFrame) -> float:
    """The end of the scale: the highest limit, unless one wide interval would squeeze the rest."""
    medians = [*rows["value"].drop_nulls(), *rows["england_value"].drop_nulls()]
    ends = [*rows["upper95"].drop_nulls(), *rows["england_upper95"].drop_nulls()]
    longest = max(medians, default=1.0)
    return 1.05 * max(longest, min(LONGEST_SHOWN * longest, max(ends, default=longest)))


def dots(
    rows: pl.DataFrame,
    columns: tuple[str, str, str],
    drop: float,
    end: float,
    look: dict[str, Any],
    hover: dict[str, Any],
) -> template.Trace:
    """Points with their intervals; a limit that was not reached runs off the scale."""
    value, lower, upper = columns
    ends = rows.with_columns(pl.col(lower).fill_null(0), pl.max_horizontal(pl.col(upper).fill_null(end), pl.col(value)))
    centre = ends[value].to_list()
    return template.scatter(
        x=centre,
        y=[middle + drop for middle in ends["middle"]],
        mode="markers",
        cliponaxis=True,
        marker=look,
        error_x=template.intervals(centre, ends[lower].to_list(), ends[upper].to_list(), look["color"]),
        **hover,
    )
