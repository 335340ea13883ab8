"""Sentences of the question "Are notifications really falling?", each made from the frame that the chart draws."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from throughline.wording.kind_of_data import PUBLISHED, returns_said
from throughline.wording.values import interval, listed, measure, period_in_words, plural, rounded

YEARS_BACK = 5  # a fixed rule: comparing with the highest year would pick the answer
SURE_BELOW = 0.01  # the p-value at which a change of small counts may be called one
NATURE_IN_WORDS = {
    "total": "notifications",
    "child_death": "notifications of a child's death",
    "serious_harm": "notifications of serious harm",
    "other": "other notifications",
}
NATURE_LABELS = {
    "total": "All notifications",
    "child_death": "Child death",
    "serious_harm": "Serious harm",
    "other": "Other",
}
LIMIT_OF_COUNTS = "Counts cannot tell whether fewer incidents happened or fewer were notified."
NO_SPLIT = (
    "No figure can be drawn: one or more of the counts is small, so the split by nature is not shown for this area. "
    "England's is."
)
QUARTERS_NOT_PUBLISHED = (
    "Notifications by quarter are published for England alone: in an area of this size a quarter's count can be one "
    "family. The years above are this area's; choose England for its quarters."
)

SIGNAL_IN_WORDS = {
    "astronomical": "beyond limits",
    "trend": "trend",
    "two_of_three": "two of three",
    "shift": "shift",
}
SIGNALS_EXPLAINED = (
    "Beyond limits: outside the process limits. Trend: one of seven or more rising, or falling, in a row. Two of "
    "three: two of three in a row near one limit. Shift: one of seven or more in a row on one side of the mean. [x] "
    "means not available: the quarter is not over, or was not returned."
)

NOT_TO_BE_CONCLUDED = [
    (
        "That more or fewer children came to harm",
        "A notification is a decision to notify. Two areas with the same incidents can notify different numbers, and "
        "a fall can mean fewer incidents, fewer notified, or a firmer reading of the criteria. The figures alone "
        "cannot say which.",
    ),
    (
        "That every serious incident is here",
        "Deaths are hard to miss; serious harm is not. Harm is thought to be under-notified more than death, which is "
        "why the ratio of harm to death is shown. A falling ratio is a reason to look, and proves nothing by itself.",
    ),
    (
        "That 2021 is a usual year to measure from",
        "The year ending March 2021 was the first of the COVID-19 pandemic and the highest of the published series. "
        "Any fall measured from it looks larger than one measured from the years before.",
    ),
    (
        "That years are alike",
        "The notification form, its guidance and DfE's collection have changed. A step between two years may be the "
        "form and not the world.",
    ),
    (
        "That a region rose or fell by ten",
        "DfE rounds regional counts to the nearest 10, so regions do not add up to England, and a difference of 10 "
        "between two years may be almost nothing or almost 20.",
    ),
    (
        "What became of the child afterwards",
        "The nature of a notification is fixed on the day it is sent. A child who dies later of the same injuries "
        "stays counted under serious harm.",
    ),
]


def dfe_release(newest: int | None) -> str:
    """From which of DfE's releases its figures are: its own name for it, as the day is not held."""
    if newest is None:
        return ""
    return f"DfE's figures: Serious incident notifications, releases up to that of the reporting year {newest}. "


def trend_headline(series: pl.DataFrame, area_name: str, nature: str) -> str:
    """The answer in one or two sentences: published figures where they can be tested, else what they allow."""
    published = testable(series)
    if published.height < 2:
        return untested_headline(series, area_name, nature)
    latest = published.row(-1, named=True)
    earlier = [row for row in published.iter_rows(named=True) if row["reporting_year"] < latest["reporting_year"]]
    before = [row for row in earlier if row["reporting_year"] == latest["reporting_year"] - YEARS_BACK]
    last_year = [row for row in earlier if row["reporting_year"] == latest["reporting_year"] - 1]
    sentences = [change_sentence(row, latest, area_name, nature) for row in before[:1]]
    if last_year:
        sentences.append(last_year_sentence(last_year[0], latest, area_name, nature, is_first=not sentences))
    return " ".join([*sentences, LIMIT_OF_COUNTS])


def testable(series: pl.DataFrame) -> pl.DataFrame:
    """Published, unrounded counts, in year order."""
    wanted = (pl.col("source") == "published") & pl.col("count").is_not_null() & ~pl.col("is_rounded")
    return series.filter(wanted).sort("reporting_year")


def untested_headline(series: pl.DataFrame, area_name: str, nature: str) -> str:
    """Where DfE's figures are rounded or missing, say that they cannot carry a test."""
    rounded_counts = series.filter((pl.col("source") == "published") & pl.col("is_rounded")).sort("reporting_year")
    if not rounded_counts.height:
        return (
            f"No published figures of {NATURE_IN_WORDS[nature]} are held for {area_name}, so only the returns' own are "
            f"shown. {LIMIT_OF_COUNTS}"
        )
    said = listed(
        [f"about {rounded(row['count'])} in {row['reporting_year']}" for row in rounded_counts[-2:].to_dicts()]
    )
    return (
        f"DfE published {said} for {area_name}, rounded to the nearest 10: too coarse to tell a change from rounding. "
        f"{LIMIT_OF_COUNTS}"
    )


def change_sentence(first: dict[str, Any], last: dict[str, Any], area_name: str, nature: str) -> str:
    """One change over several years, and whether chance alone would give it."""
    moved, sure = direction(first, last)
    start, end = rounded(first["count"]), rounded(last["count"])
    span = f"from {start} in {first['reporting_year']} to {end} in {last['reporting_year']}"
    subject = f"Published {NATURE_IN_WORDS[nature]} in {area_name}"
    if sure:
        return f"{subject} {moved} {span}, by more than chance alone would give."
    return f"{subject} went {span}, no more of a change than chance would give."


def last_year_sentence(first: dict[str, Any], last: dict[str, Any], area_name: str, nature: str, is_first: bool) -> str:
    """The change of the last year, in few words."""
    if is_first:
        return change_sentence(first, last, area_name, nature)
    moved, sure = direction(first, last)
    span = f"{rounded(first['count'])} to {rounded(last['count'])}"
    verdict = f"they {moved} by more than chance would give" if sure else "the change is within what chance would give"
    return f"In the last year {verdict} ({span})."


def direction(first: dict[str, Any], last: dict[str, Any]) -> tuple[str, bool]:
    """Fell, rose or stayed, and whether the change is beyond chance (central exact test, populations where known)."""
    from throughline.statistics import compare_rates

    moved = "fell" if last["count"] < first["count"] else "rose" if last["count"] > first["count"] else "stayed"
    bases = [first["population"], last["population"]]
    if None in bases:
        bases = [1, 1]
    if not first["count"] and not last["count"]:
        return moved, False
    result = compare_rates(last["count"], bases[1], first["count"], bases[0])
    return moved, moved != "stayed" and result.p_value < SURE_BELOW


def series_finding(series: pl.DataFrame, measured: str, nature: str, area_name: str) -> str:
    """The heading above the first chart, in about ten words: its last published point against its first."""
    published = series.filter((pl.col("source") == "published") & pl.col(measured).is_not_null()).sort("reporting_year")
    if published.height < 2:
        return f"What the returns say of {NATURE_IN_WORDS[nature]} in {area_name}"
    first, last = published.row(0, named=True), published.row(-1, named=True)
    if last["is_rounded"]:
        return f"DfE's counts for {area_name} are too coarse to show a trend"
    unit = "count" if measured == "count" else "per_100000_children"
    per = " per 100,000 children" if measured == "rate" else ""
    start, end = measure(first[measured], unit), measure(last[measured], unit)
    return (
        f"DfE published {end} {NATURE_IN_WORDS[nature]}{per} in {last['reporting_year']}, "
        f"against {start} in {first['reporting_year']}"
    )


def quarter_cell(value: float, label: str | None) -> str:
    """A quarter's count, with its signal of change in words where it has one."""
    return rounded(value) if label is None else f"{rounded(value)} ({SIGNAL_IN_WORDS[label]})"


def quarter(period: str, value: float, label: str | None) -> str:
    """What is told of one point of the control chart."""
    signal = f", {SIGNAL_IN_WORDS[label]}" if label else ""
    return f"{period_in_words('quarter', period)}: {plural(round(value), 'notification')}{signal}"


def series_alternative(series: pl.DataFrame, measured: str, area_name: str, nature: str, is_synthetic: bool) -> str:
    """The text alternative of the first chart: kind, place, span, ends and extremes of each source."""
    unit = "count" if measured == "count" else "per_100000_children"
    what = NATURE_IN_WORDS[nature] + (" per 100,000 children" if measured == "rate" else "")
    parts = [f"Line and point chart of {what} in {area_name} by year ending 31 March."]
    for source, name in (("published", PUBLISHED), ("returns", f"From the {returns_said(is_synthetic)}")):
        rows = series.filter(
            (pl.col("source") == source) & pl.col(measured).is_not_null() & ~pl.col("is_part_period")
        ).sort("reporting_year")
        if not rows.height:
            parts.append(f"{name}: no figures.")
            continue
        values = [(row["reporting_year"], row[measured]) for row in rows.iter_rows(named=True)]
        high, low = max(values, key=lambda pair: pair[1]), min(values, key=lambda pair: pair[1])
        parts.append(
            f"{name}: {said(values[0], unit)}, {said(values[-1], unit)}; highest {said(high, unit)}, "
            f"lowest {said(low, unit)}."
        )
    return " ".join([*parts, "The table below has every value."])


def said(point: tuple[int, float], unit: str) -> str:
    """A year's value as a sentence has it: 357 in 2026."""
    return f"{measure(point[1], unit)} in {point[0]}"


def nature_finding(series: pl.DataFrame) -> str:
    """Heading of the split by nature: what the latest year with a full published split was made of."""
    published = series.filter((pl.col("source") == "published") & pl.col("count").is_not_null())
    counts = {(row["reporting_year"], row["nature"]): row["count"] for row in published.iter_rows(named=True)}
    full = [
        year
        for year, nature in counts
        if nature == "serious_harm" and (year, "child_death") in counts and (year, "total") in counts
    ]
    if not full:
        return "Deaths, serious harm and other notifications in the returns"
    year = max(full)
    total, harm, death = (rounded(counts[year, nature]) for nature in ("total", "serious_harm", "child_death"))
    return f"In {year}, {harm} of {total} published notifications were of serious harm and {death} of a child's death"


def ratio_finding(ratios: pl.DataFrame, is_synthetic: bool) -> str:
    """Heading of the ratio chart: the latest ratio and its interval, published first."""
    for source in ("published", "returns"):
        known = ratios.filter((pl.col("source") == source) & pl.col("value").is_not_null()).sort("reporting_year")
        if known.height:
            row = known.row(-1, named=True)
            limits = interval(row["lower"], row["upper"], "ratio")
            ratio = measure(row["value"], "ratio")
            where = "" if source == "published" else f"In the {returns_said(is_synthetic)}, "
            when = f"in {row['reporting_year']} (95% interval {limits})"
            return f"{where}{ratio} notifications of serious harm for each death {when}"
    return "No ratio of serious harm to death can be given"


def ratio_alternative(ratios: pl.DataFrame, area_name: str, is_synthetic: bool) -> str:
    """The text alternative of the ratio chart."""
    known = ratios.filter(pl.col("value").is_not_null()).sort("source", "reporting_year")
    parts = [f"Point chart of serious harm notifications for each death notified in {area_name}, with 95% intervals."]
    for (source,), rows in known.group_by("source", maintain_order=True):
        first, last = rows.row(0, named=True), rows.row(-1, named=True)
        name = "Published" if source == "published" else f"From the {returns_said(is_synthetic)}"
        parts.append(
            f"{name}: {measure(first['value'], 'ratio')} in {first['reporting_year']}, "
            f"{measure(last['value'], 'ratio')} in {last['reporting_year']}."
        )
    return " ".join([*parts, "The table below has every value."])


def control_finding(quarters: pl.DataFrame, flagged: Sequence[bool]) -> str:
    """Heading of the control chart: whether any quarter carries a signal."""
    signals = [
        period_in_words("quarter", period) for period, flag in zip(quarters["period"], flagged, strict=True) if flag
    ]
    if not signals:
        return f"No signal of change in {plural(quarters.height, 'quarter')}: the ups and downs are what chance gives"
    if len(signals) > 3:
        return f"{len(signals)} of {quarters.height} quarters carry a signal of change"
    verb = "carries" if len(signals) == 1 else "carry"
    return f"{listed(signals)} {verb} a signal of change"


def control_alternative(
    quarters: pl.DataFrame, mean: float, lower: float, upper: float, area_name: str, is_synthetic: bool
) -> str:
    """The text alternative of the control chart."""
    values = quarters["value"].to_list()
    limits = f"{rounded(max(0, lower), 1)} to {rounded(upper, 1)}"
    return (
        f"Control chart of {plural(len(values), 'quarterly count')} of notifications in {area_name}, from the "
        f"{returns_said(is_synthetic)}. Mean {rounded(mean, 1)}; process limits {limits}; "
        f"lowest {rounded(min(values))}, highest {rounded(max(values))}. The table below has every value."
    )


def returns_coverage(received: pl.DataFrame, year: int | None) -> str:
    """How many partnerships' returns stand behind a year's count: fewer returns also look like a fall."""
    rows = received.filter((pl.col("reporting_year") == year) & (pl.col("return_name") == "notifications"))
    if not rows.height:
        return ""
    answered = rows.filter(pl.col("state").is_in(["returned", "nil"])).height
    unconfirmed = rows.filter(pl.col("state") == "zero_unconfirmed").height
    said = (
        f"{answered} of the {plural(rows.height, 'partnership')} you may see returned their notifications for {year}, "
        "or confirmed that there were none."
    )
    if not unconfirmed:
        return said
    return f"{said} {rounded(unconfirmed)} sent none without confirming it, and {counts_as(unconfirmed)} as none here."


def counts_as(number: int) -> str:
    """The verb that fits so many."""
    return "counts" if number == 1 else "count"
