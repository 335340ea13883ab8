"""Reading a finding's charts point by point with the arrow keys: the button, the words and the order of the points.

The script is assets/point_reading.js. The words of each point are in the figure itself, where a pointer over the point
shows them (throughline/charts/points.py); only the order in which they are read stands here.
"""

import json
from collections.abc import Sequence

from dash import html

from dashboards.render import SCRIPT_ONLY
from throughline.charts.points import point_words
from throughline.report import Chart

ALONG = "Right and Left arrow: next and previous point. "
ACROSS = "Up and Down: another series. "
ENDS = "Home and End: first and last. Escape: stop."


def reader(charts: Sequence[Chart], heading: str) -> html.Div | None:
    """One stop for the Tab key below the charts of a finding, which share it; none where no point has words.

    Charts are images to a screen reader, so what takes the keyboard and what is announced stand outside them. The
    role of an application is what makes a screen reader hand the arrow keys over; it is no stop of its own, and who
    goes through the page with a screen reader's own keys meets a button and nothing that takes them away.
    """
    series = reading_order(charts)
    if not series:
        return None
    keys = f"{charts[0].name}-keys"
    which = "this chart" if len(charts) == 1 else "these charts"
    return html.Div(
        [
            html.Button(
                [f"Read {which} point by point", html.Span(f": {heading}", className="govuk-visually-hidden")],
                type="button",
                className="app-reading__start",
                **{"aria-describedby": keys},
            ),
            html.P(ALONG + (ACROSS if len(series) > 1 else "") + ENDS, id=keys, className="app-reading__keys"),
            html.Div(
                html.P(className="app-reading__words", **{"aria-live": "polite", "aria-atomic": "true"}),
                className="app-reading__points",
                role="application",
                tabIndex="-1",
                **{"aria-label": "Points"},
            ),
        ],
        className=f"app-reading {SCRIPT_ONLY}",
        **{"data-series": json.dumps(series, separators=(",", ":"), ensure_ascii=False)},
    )


def reading_order(charts: Sequence[Chart]) -> list[dict]:
    """Each series of each chart: where it is drawn, its chart's title, and its points as trace and number."""
    return [
        {
            "chart": chart.name,
            # A title may end with the chart's last value; the points have their own.
            "title": chart.title.partition(":")[0],
            "points": [[point.curve, point.number] for point in series.points],
        }
        for chart in charts
        for series in point_words(chart.figure)
    ]
