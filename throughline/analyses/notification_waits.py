"""The days between one notification of a partnership and the next: for those with a right to it."""

import polars as pl

from throughline.charts import days_between as charts
from throughline.query import Choice, in_order_of_label
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Finding, Table
from throughline.statistics import days_between
from throughline.wording import days_between as words
from throughline.wording import rounded, short_name

NONE = "none"
TABLE = "notification_dates"
NAME = "waits"


def partnership_choices(release: Release, viewer: Viewer) -> list[Choice]:
    """The partnerships whose days the reader may see, and none of them."""
    dates = dates_of(release, viewer)
    held = set(dates["partnership_code"]) if dates.height else set()
    areas = release.areas().filter((pl.col("area_type") == "partnership") & pl.col("area_code").is_in(list(held)))
    named = (Choice(code, short_name(name)) for code, name in areas.select("area_code", "area_name").iter_rows())
    return [Choice(NONE, "None chosen"), *in_order_of_label(named)]


def default_partnership(viewer: Viewer, choices: list[Choice]) -> str:
    """A partnership's own reader sees it at once."""
    return viewer.area_code if any(choice.value == viewer.area_code for choice in choices) else NONE


def dates_of(release: Release, viewer: Viewer) -> pl.DataFrame:
    """The days that the reader may see; none from a release that does not hold them."""
    if not is_held(release):
        return pl.DataFrame(schema={"partnership_code": pl.String, "date_notified": pl.Date})
    return release.by_partnership(TABLE, viewer)


def is_held(release: Release) -> bool:
    """Whether the release holds the days at all: one made by an earlier version does not."""
    return TABLE in release.manifest.get("restricted_rows", {})


def waits(release: Release, viewer: Viewer, choices: list[Choice], code: str) -> Finding:
    """The chart of one partnership, or why there is none."""
    title = "Days between one partnership's notifications"
    if len(choices) == 1:
        why = words.NO_RIGHT if is_held(release) else words.NO_DATES
        return Finding(NAME, title, f"{words.MEASURED}.", notices=(why,), is_withheld=True)
    if code == NONE:
        return Finding(NAME, title, f"{words.MEASURED}.", notices=(words.NOT_CHOSEN,), is_only_asked_for=True)
    name = next(choice.label for choice in choices if choice.value == code)
    days = dates_of(release, viewer).filter(pl.col("partnership_code") == code)["date_notified"].sort()
    chart = days_between(days)
    if chart.refusal:
        gaps = max(days.len() - 1, 0)
        return Finding(NAME, words.refused(name, gaps), f"{words.MEASURED}, {name}.", notices=(chart.refusal,))
    points = chart.points
    since = (release.as_at_date - days.max()).days
    long = points.filter(pl.col("is_astronomical") & (pl.col("side") == "above")).height
    rows = [[words.ended(row["date"]), rounded(row["days"]), words.signal(row)] for row in points.iter_rows(named=True)]
    alternative = words.alternative(name, points.height, chart.mean, chart.upper, long)
    columns = (Column("Notification that ended the wait"), Column("Days", numeric=True), Column("Signal"))
    return Finding(
        NAME,
        words.heading(name, points.to_dicts(), since),
        f"{words.MEASURED}, {name}.",
        (Chart("waits-chart", charts.t_chart(chart), alternative),),
        (("quarter", "Wait"), ("signal", "Wait with a signal of change")),
        (Table("waits-table", f"Days between notifications, {name}", columns, rows),),
        caveat=words.CAVEAT,
    )
