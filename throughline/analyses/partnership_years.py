"""A partnership year by year: how many of each kind of event, never which, and what it has sent."""

import polars as pl

from throughline import wording
from throughline.analyses.asked import Asked
from throughline.charts import profile
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Finding, Link, Table
from throughline.wording import data_quality
from throughline.wording import questions as words

# What stands for each kind of event: an indicator, its breakdown and the column that counts it.
EVENTS = (
    ("NT6", "total", "value", "Incidents considered at triage", "year of referral"),
    ("NT1", "total", "value", "Notifications sent", "year of notification"),
    ("CV2", "total", "numerator", "Notifications with a submitted rapid review", "year of notification"),
    ("TM5", "signed_off", "denominator", "Local reviews begun", "year of the decision"),
    ("RC9", "total", "denominator", "Recommendations made", "year in which they were made"),
)
RETURNS = ("referrals", "notifications", "rapid_reviews", "lcsprs", "children", "recommendations")
SCHEMA = {
    "indicator": pl.String,
    "year": pl.String,
    "count": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "status": pl.String,
    "reason": pl.String,
    "shown": pl.String,
}


def event_counts(release: Release, viewer: Viewer, code: str) -> pl.DataFrame:
    """One row a kind of event and whole year, with its count and 95% interval, or why there is none."""
    from throughline.statistics import poisson_interval

    found = pl.concat(
        release.indicator_values(
            viewer,
            indicator=indicator,
            breakdown=breakdown,
            area_type="partnership",
            area_codes=[code],
            period_type="year",
        )
        .lazy()
        .filter(~pl.col("is_part_period"))
        .select("indicator", "period", "status", "reason", count=pl.col(column).cast(pl.Float64))
        .sort("period")
        for indicator, breakdown, column, _, _ in EVENTS
    ).collect()
    rows = []
    for indicator, year, given, reason, number in found.iter_rows():
        # An undivided row with nothing below the line still counts: there was nothing to count.
        count = number if given != "x" else None
        status = "ok" if count is not None else given
        shown = wording.rounded(count) if count is not None else f"[{status}]"
        rows.append((indicator, year, count, None, None, status, reason, shown))
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    lower, upper = poisson_interval(frame["count"])
    return frame.with_columns(
        lower=pl.Series(lower, dtype=pl.Float64).fill_nan(None), upper=pl.Series(upper, dtype=pl.Float64).fill_nan(None)
    )


def timeline(release: Release, viewer: Viewer, asked: Asked) -> Finding:
    """How many of each kind of event there were in each whole year."""
    counts = event_counts(release, viewer, asked.code)
    years = sorted(counts["year"].unique())
    totals, charts, rows = {}, [], []
    for indicator, _, _, title, year_of in EVENTS:
        of_kind = counts.filter(pl.col("indicator") == indicator)
        known = of_kind["count"].drop_nulls()
        totals[indicator] = known.sum() if of_kind.height and known.len() == of_kind.height else None
        shown = dict(of_kind.select("year", "shown").iter_rows())
        rows.append([f"{title} ({year_of})", *(shown.get(year, "[x]") for year in years)])
        if known.len():
            alternative = words.timeline_alternative(title, of_kind.to_dicts())
            charts.append(Chart(f"timeline-{indicator.lower()}", profile.yearly_counts(of_kind), alternative, title))
    missing = counts.filter(pl.col("count").is_null())
    table = Table(
        "timeline-table",
        f"Events by year ending March, {asked.name}",
        (Column("Event"), *(Column(year, numeric=True) for year in years)),
        rows,
        wording.symbol_note(missing.iter_rows(named=True)),
    )
    return Finding(
        "timeline",
        words.timeline_heading(asked.said, totals, years[0], years[-1])
        if years
        else f"No year is held of {asked.said}",
        f"Number of events by year ending 31 March, {asked.name}. Each drawing has a scale of its own, from zero.",
        tuple(charts),
        (("count-bar", "Number in the year; the line is its 95% interval: how far luck alone could move it"),),
        (table,),
        ()
        if charts
        else ("No count by year of this partnership may be shown to you. Its three years together can be.",),
        "Counts, and no case: what happened in one year may have been notified in another. The days of single events "
        "are not held in a release.",
    )


def returns_state(release: Release, viewer: Viewer, asked: Asked) -> Finding:
    """What the partnership has sent, by return, and where its state is told in full."""
    received = release.returns_received(viewer).filter(pl.col("partnership_code") == asked.code)
    if received.is_empty():
        return Finding(
            "returns",
            "The state of its returns is not shown to you",
            f"What {asked.said} has sent, by return and year.",
            notices=(data_quality.NO_PARTNERSHIP_SHOWN,),
            is_withheld=True,
            tables=(more_on("Data quality of all returns", "/data-quality"),),
        )
    years = sorted(received["reporting_year"].unique())
    cells = {(row["return_name"], row["reporting_year"]): row for row in received.iter_rows(named=True)}
    names = sorted(set(received["return_name"]), key=lambda name: (place_of(name), name))
    rows = [
        [
            return_name.replace("_", " ").replace("lcsprs", "local reviews").capitalize(),
            *(state_of(cells.get((return_name, year))) for year in years),
        ]
        for return_name in names
    ]
    quality = release.by_partnership("submission_quality", viewer).filter(pl.col("partnership_code") == asked.code)
    states = dict(received["state"].value_counts().iter_rows())
    return Finding(
        "returns",
        words.returns_heading(asked.said, states),
        f"Records accepted of each return by reporting year, {asked.name}.{quality_of(quality)}",
        tables=(
            Table(
                "returns-table",
                f"Returns of {asked.said} by year ending March",
                (Column("Return"), *(Column(str(year), numeric=True) for year in years)),
                rows,
                data_quality.STATES_EXPLAINED,
            ),
            more_on("Data quality of this partnership's returns", f"/data-quality?partnership={asked.code}"),
        ),
        caveat=data_quality.LIMIT_OF_COVERAGE,
    )


def place_of(return_name: str) -> int:
    """Where a return stands as the process runs; one not named there comes last."""
    return RETURNS.index(return_name) if return_name in RETURNS else len(RETURNS)


def more_on(page: str, address: str) -> Table:
    """A link to the page that tells more."""
    return Table(
        "more-table",
        "Where more is told",
        (Column("Page"), Column("What it tells")),
        [[Link(page, address), "The rules of the returns, what was put aside, and DfE's counts beside theirs"]],
    )


def state_of(row: dict | None) -> str:
    """How many records came, or which kind of nothing."""
    return "[x]" if row is None else data_quality.state_in_words(row["state"], row["records"])


def quality_of(quality: pl.DataFrame) -> str:
    """Errors and queries that wait in the newest return."""
    if quality.is_empty() or not quality["is_returned"][0]:
        return ""
    row = quality.row(0, named=True)
    waiting = row["queries"] - row["queries_explained"]
    return (
        f" Newest return: {wording.plural(row['errors'], 'error')} to put right and "
        f"{wording.plural(waiting, 'query', 'queries')} without an explanation."
    )
