"""Where fewer incidents were notified over whole years than luck would give, with the false alarms to expect."""

from functools import lru_cache

import polars as pl

from throughline import settings, wording
from throughline.analyses import evidence
from throughline.analyses.measures import term
from throughline.analyses.notification_view import View
from throughline.analyses.scope import ENGLAND
from throughline.charts import notification_watch as charts
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Finding, Link, Table
from throughline.wording import notification_watch as words

OBSERVED = "NT5"
UNIT = "observed_over_expected"


def watch(release: Release, viewer: Viewer, view: View) -> Finding:
    """Every partnership of England or a region that the reader may see, over the last whole years."""
    rows, years = watched(release, viewer, view.area)
    span, level = settings.whole("under_notification_least_years"), settings.number("under_notification_chance")
    together = f"years ending March {years[0]} to {years[-1]}" if len(years) == span else f"{span} whole years"
    measured = (
        f"Notifications against the number expected from children and deprivation, partnerships of {view.area_said}, "
        f"{together} together."
    )
    if len(years) < span or rows.is_empty():
        refusal = words.WATCH_HIDDEN if len(years) >= span else words.NOT_ENOUGH_YEARS.format(span)
        return Finding("watch", "No watch on few notifications can be kept here", measured, notices=(refusal,))
    sent = release.returns_received(viewer)["partnership_code"]
    is_confirmation_seen = set(rows["area_code"]) <= set(sent)
    flagged = rows.filter("is_few")
    expected = float(rows["luck"].sum())
    return Finding(
        "watch",
        words.watch_heading(flagged.height, rows.height),
        measured,
        (
            Chart(
                "watch-chart",
                charts.few_against_expected(rows, level),
                words.watch_alternative(rows, span, view.area_said),
            ),
        ),
        (
            ("ring", "Partnership"),
            *((("few", "So few that a question is asked"),) if flagged.height else ()),
            ("dashed", "Below it luck would put one in a hundred or fewer"),
        ),
        (watch_table(rows, years, view.area_name, is_confirmation_seen),),
        (words.watch_notice(flagged["area_name"].to_list(), rows.height, expected, years),),
        words.WATCH_LIMIT,
        terms=(term(release, OBSERVED, "Notified against expected"),),
    )


def watched(release: Release, viewer: Viewer, area: str) -> tuple[pl.DataFrame, list[str]]:
    """One row a partnership with a figure in each of the last whole years, in order of name, and those years.

    A year without a figure leaves a partnership out: no return is not no notification. So does a year without a
    notification that nobody confirmed as one, as far as this reader may see what was sent.
    """
    rows, years = watched_everywhere(release, viewer)
    return (rows if area == ENGLAND else rows.filter(pl.col("region_code") == area)), years


@lru_cache(maxsize=4)
def watched_everywhere(release: Release, viewer: Viewer) -> tuple[pl.DataFrame, list[str]]:
    """What `watched` has of England, of which every region is a part."""
    wanted = release.areas().filter((pl.col("area_type") == "partnership") & pl.col("is_current"))
    found = release.indicator_values(
        viewer,
        indicator=OBSERVED,
        area_type="partnership",
        area_codes=wanted["area_code"].to_list(),
        period_type="year",
        breakdown="total",
    ).filter(~pl.col("is_part_period"))
    span = settings.whole("under_notification_least_years")
    years = sorted(found["period"].unique())[-span:]
    together = (
        found.filter(pl.col("period").is_in(years) & (pl.col("status") == "ok"))
        .group_by("area_code")
        .agg(pl.len(), count=pl.col("numerator").sum(), expected=pl.col("denominator").sum())
        .filter((pl.col("len") == span) & (pl.col("expected") > 0))
        .filter(~pl.col("area_code").is_in(unconfirmed(release.returns_received(viewer), years)))
        .join(wanted.select("area_code", "area_name", "region_code"), on="area_code")
    )
    return with_chances(together), years


def unconfirmed(received: pl.DataFrame, years: list[str]) -> list[str]:
    """The partnerships whose return has no notification of one of these years, and no word that there was none."""
    found = received.filter(
        (pl.col("return_name") == "notifications")
        & (pl.col("state") == "zero_unconfirmed")
        & pl.col("reporting_year").cast(pl.String).is_in(years)
    )
    return found["partnership_code"].unique().sort().to_list()


def with_chances(together: pl.DataFrame) -> pl.DataFrame:
    """Adds the chance of so few, the chance that luck would ask about each, and the short name."""
    from throughline.statistics import rate_interval

    level = settings.number("under_notification_chance")
    count, expects = together["count"].to_numpy(), together["expected"].to_numpy()
    chance, luck = evidence.chance_of_so_few(count, expects), evidence.luck_of_so_few(expects, level)
    lower, upper = rate_interval(count, expects, 1)
    return together.with_columns(
        area_name=pl.col("area_name").map_elements(wording.short_name, return_dtype=pl.String),
        chance=pl.Series(chance, dtype=pl.Float64),
        luck=pl.Series(luck, dtype=pl.Float64),
        lower=pl.Series(lower, dtype=pl.Float64),
        upper=pl.Series(upper, dtype=pl.Float64),
        is_few=pl.Series(chance < level, dtype=pl.Boolean),
        can_never_be_few=pl.Series(luck == 0, dtype=pl.Boolean),
    ).sort("area_name")


def watch_table(rows: pl.DataFrame, years: list[str], area_name: str, is_confirmation_seen: bool) -> Table:
    """Every partnership in order of name, each leading to its profile."""
    columns = [
        Column("Partnership"),
        Column("Notified", numeric=True),
        Column("Expected", numeric=True),
        Column(wording.UNIT_IN_WORDS[UNIT], numeric=True),
        Column("95% interval", numeric=True),
        Column("Chance of so few", numeric=True),
        Column("What it says"),
    ]
    cells = [
        [
            Link(row["area_name"], f"/profile?partnership={row['area_code']}"),
            wording.rounded(row["count"]),
            wording.rounded(row["expected"], 1),
            wording.measure(row["count"] / row["expected"], UNIT),
            wording.interval(row["lower"], row["upper"], UNIT),
            words.chance_of_so_few(row["chance"]),
            words.watched_in_words(row),
        ]
        for row in rows.iter_rows(named=True)
    ]
    caption = f"Notifications against the number expected, {area_name}, years ending March {years[0]} to {years[-1]}"
    return Table("watch-table", caption, columns, cells, words.watch_note(is_confirmation_seen))
