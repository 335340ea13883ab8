"""What is said of the days between one notification of a partnership and the next."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from throughline import settings
from throughline.wording.values import full_date, plural, rounded

MEASURED = "Days from each notification to the one before it, in order of day"
NOT_CHOSEN = "Choose a partnership to see the days between its notifications, or why they are too few."
NO_RIGHT = (
    "The days on which a partnership notified are shown to those with a right to it: a date can be one family's own."
)
NO_DATES = "This release was made by an earlier version, which did not keep the days of notifications."
CAVEAT = (
    "A long wait is not proof that something was not notified, and a short one not that more happened. Limits are "
    "those of a T chart: where events come at one steady rate, about one point in three hundred lies beyond by luck."
)


def heading(name: str, waits: Sequence[Mapping[str, Any]], since: int | None) -> str:
    """Whether any wait stands out, and how long the present one has lasted."""
    long = [row for row in waits if row["is_astronomical"] and row["side"] == "above"]
    now = "" if since is None else f"; {plural(since, 'day')} since the last when the returns were drawn up"
    if long:
        return f"{name}: {plural(len(long), 'wait')} between notifications longer than luck would give{now}"
    if any(row["label"] for row in waits):
        return f"{name}: the days between notifications have changed by more than luck would give{now}"
    return f"{name}: the days between notifications vary as luck would have it{now}"


def refused(name: str, gaps: int) -> str:
    """Why no chart is drawn."""
    least = settings.whole("t_chart_least_gaps")
    return f"{name} has {plural(gaps, 'gap')} between notifications, and a chart of them needs {least}."


def alternative(name: str, waits: int, mean: float, upper: float, long: int) -> str:
    """The chart in words."""
    return (
        f"Chart of the days between notifications of {name}, {plural(waits, 'gap')} in order of day. The usual wait is "
        f"{rounded(mean)} days and the upper limit {rounded(upper)}; {long or 'none'} beyond it. The table has each."
    )


def signal(row: Mapping[str, Any]) -> str:
    """What a point shows."""
    named = {
        "astronomical": "beyond the limit",
        "trend": "part of a trend",
        "two_of_three": "two of three near the limit",
        "shift": "part of a shift",
    }
    return named.get(row["label"] or "", row["label"] or "none")


def point(row: Mapping[str, Any]) -> str:
    """What is told of one point: the notification that ended the wait, its length and any signal."""
    shown = f", {signal(row)}" if row["label"] else ""
    return f"{ended(row['date'])}: {plural(int(row['days']), 'day')} after the one before{shown}"


def ended(day: date) -> str:
    """The notification that ended a wait."""
    return full_date(day)
