"""One question as a finding: what to ask, what the figures say, the chart, its table and the definition."""

import json

import polars as pl

from throughline import settings, wording
from throughline.analyses.asked import Asked, own_name, years
from throughline.analyses.questions import FACTS, Candidate
from throughline.analyses.scope import ENGLAND
from throughline.charts import open_reviews, profile
from throughline.charts.comparison_rows import row_label
from throughline.report import Chart, Column, Finding, Table
from throughline.wording import breakdowns
from throughline.wording import questions as words
from throughline.wording.medians import cases_heading
from throughline.wording.standing import earlier_in_words, standing_in_words
from throughline.wording.timeliness import OPEN_KINDS, days_past

LIMITS = ["lower95", "upper95", "lower998", "upper998"]
SCHEMA = {
    "name": pl.String,
    "is_own": pl.Boolean,
    **dict.fromkeys(["numerator", "denominator", "value", *LIMITS], pl.Float64),
    "status": pl.String,
    "reason": pl.String,
    "comparisons": pl.String,
    "shown": pl.String,
    "label": pl.String,
}
# The returns whose open reviews the time of an indicator is allowed to; a rapid review not begun is a notification.
NOT_BEGUN = "notifications"
RETURNS_OF = {"TM2": ("rapid_reviews", NOT_BEGUN), "TM4": ("lcsprs",)}
MOST_OPEN = 8  # reviews of one partnership that are drawn and listed, the longest past first
KEY_OF_OPEN = (
    ("time-allowed", "Within the time allowed"),
    ("time-past", "Past it"),
    ("due-day", "The day it was or is due"),
)
KEY_OF_YEARS = ("other-square", "Each of the years, with its 95% interval")
KEY = (
    ("dot", "The partnership; the thick line is its 95% interval, the thin one its 99.8%"),
    ("other-square", "What it is read against, with its 95% interval"),
)
CLUSTERED = ("recording", "recommendations")


def question_finding(asked: Asked, one: Candidate, place: int) -> Finding:
    """The finding of one question, numbered in the order of its evidence."""
    if one.kind == "overdue":
        return overdue_finding(asked, one, place)
    catalogue = asked.release.indicator(one.indicator)
    unit, title = catalogue["unit"], breakdowns.title(catalogue, one.breakdown)
    rows = few_rows(asked, one) if one.kind == "few" else compared_rows(asked, one, unit)
    counted, out_of, left_out = breakdowns.counted(catalogue, one.breakdown)
    said = wording.period_in_words("three_years", asked.period)
    said = f"years ending March {one.years[0]} to {one.years[-1]}" if one.kind == "few" else said
    name = f"question-{place}"
    heading = words.question_heading(one.kind, title, one.direction, years(asked.before))
    clustered = f" {words.CLUSTERED}" if catalogue["family"] in CLUSTERED and one.kind not in FACTS else ""
    return Finding(
        name,
        f"{place}. {heading}",
        f"{title}, {asked.name}, {said}. Counted: {words.lower_first(counted)}. Out of: {words.lower_first(out_of)}.",
        (Chart(f"{name}-chart", profile.places_with_intervals(rows, unit), alternative(title, rows, unit)),),
        (KEY[0], KEY_OF_YEARS) if one.kind == "few" else KEY,
        (question_table(asked, one, name, title, said, rows, unit, left_out),),
        (f"{why(asked, one, rows, unit)} {ask(one)}",),
        f"{words.CHECK_RECORDING} {catalogue['caveat']}{clustered}",
    )


def alternative(title: str, rows: pl.DataFrame, unit: str) -> str:
    """The words that stand in for a question's chart."""
    return words.question_alternative(title, rows.to_dicts(), unit)


def ask(one: Candidate) -> str:
    """What to ask for."""
    return words.ASK.get(one.subject, words.ASK.get(one.indicator, words.CHECK_RECORDING))


def why(asked: Asked, one: Candidate, rows: pl.DataFrame, unit: str) -> str:
    """Why the figures support asking."""
    if one.kind == "few":
        return words.why_few(one.cases, one.expected, one.years, one.chance)
    by_name = {row["name"]: row for row in rows.iter_rows(named=True)}
    own = rows.row(0, named=True)
    if one.kind == "repeats":
        return words.why_repeats(own)
    other = by_name.get("England" if one.kind == "england" else own_name(asked, asked.before))
    return words.why(one.kind, own, other, unit, one.chance, one.direction, years(asked.before))


def compared_rows(asked: Asked, one: Candidate, unit: str) -> pl.DataFrame:
    """The partnership now and before, its neighbours, its region and England, each with its intervals."""
    found = asked.release.indicator_values(
        asked.viewer,
        indicator=one.indicator,
        breakdown=one.breakdown,
        area_codes=[asked.code, asked.region_code, ENGLAND],
        period_type="three_years",
    )
    held = {(row["area_type"], row["period"]): row for row in found.iter_rows(named=True)}
    region = asked.release.areas().filter(pl.col("area_code") == asked.region_code)["area_name"]
    wanted = [
        (own_name(asked, asked.period), True, "partnership", asked.period),
        (own_name(asked, asked.before), True, "partnership", asked.before),
        ("Neighbours together", False, "statistical_neighbours", asked.period),
        (region[0] if region.len() else "Its region", False, "region", asked.period),
        ("England", False, "england", asked.period),
    ]
    return framed(
        [
            (name, is_own, held[kind, period])
            for name, is_own, kind, period in wanted
            # Neighbours are shown to few; a row of theirs without a figure would say nothing about the partnership.
            if (kind, period) in held and (kind != "statistical_neighbours" or held[kind, period]["value"] is not None)
        ],
        unit,
    )


def few_rows(asked: Asked, one: Candidate) -> pl.DataFrame:
    """Notifications against the number expected: all the years asked about together, then year by year."""
    from throughline.statistics import rate_interval

    found = asked.release.indicator_values(
        asked.viewer,
        indicator=one.indicator,
        breakdown=one.breakdown,
        area_type="partnership",
        area_codes=[asked.code],
        period_type="year",
    ).filter(pl.col("period").is_in(list(one.years)))
    limits = {}
    for level, confidence in (("95", 0.95), ("998", 0.998)):
        lower, upper = rate_interval(one.cases, one.expected, 1, confidence)
        limits |= {f"lower{level}": float(lower), f"upper{level}": float(upper)}
    together = {
        "numerator": float(one.cases),
        "denominator": one.expected,
        "value": one.cases / one.expected,
        **limits,
        "status": "ok",
        "reason": None,
        "comparisons": None,
    }
    yearly = [(f"Year to March {row['period']}", False, row) for row in found.sort("period").iter_rows(named=True)]
    return framed(
        [(own_name(asked, f"{one.years[0]}-{one.years[-1]}"), True, together), *yearly],
        "observed_over_expected",
    )


def framed(named: list[tuple[str, bool, dict]], unit: str) -> pl.DataFrame:
    """Rows as the chart and the table take them."""
    rows = []
    for name, is_own, row in named:
        shown = wording.value_or_symbol(row, unit)
        behind = row_label(row, unit)
        if row["value"] is None:
            label = wording.reason_in_short(row)
        elif unit == "observed_over_expected":
            seen, expected = wording.rounded(row["numerator"]), wording.rounded(row["denominator"], 1)
            label = f"{shown}, {seen} seen, {expected} expected"
        else:
            label = shown if shown.startswith(behind) else f"{shown}, {behind}"
        rows.append(
            {
                **{key: row[key] for key in SCHEMA if key in row},
                "name": name,
                "is_own": is_own,
                "shown": shown,
                "label": label,
            }
        )
    return pl.DataFrame(rows, schema=SCHEMA)


def question_table(
    asked: Asked, one: Candidate, name: str, title: str, said: str, rows: pl.DataFrame, unit: str, left_out: str
) -> Table:
    """The same figures with both intervals, and how the partnership stands."""
    columns = [
        Column("Area and years"),
        Column(cases_heading(unit, one.indicator), numeric=True),
        Column("Expected" if unit == "observed_over_expected" else "Out of", numeric=True),
        Column(wording.UNIT_IN_WORDS[unit], numeric=True),
        Column("95% interval", numeric=True),
        Column("99.8% interval", numeric=True),
        Column("Compared"),
    ]
    cells = [table_row(row, unit, one.kind) for row in rows.iter_rows(named=True)]
    note = " ".join(
        part
        for part in (
            f"Left out: {words.lower_first(left_out)}.",
            wording.symbol_note(rows.iter_rows(named=True)),
        )
        if part
    )
    return Table(f"{name}-table", f"{title}, {asked.name}, {said}", columns, cells, note)


def table_row(row: dict, unit: str, kind: str) -> list[str]:
    """The cells of one row; what has no number shows its status."""
    status = f"[{row['status'] if row['status'] != 'ok' else 'z'}]"
    places = 1 if unit == "observed_over_expected" else 0
    stands = json.loads(row["comparisons"]) if row["comparisons"] else {}
    compared = {**row, "standing": stands.get("england"), "earlier": stands.get("earlier"), "expected": None}
    if not row["is_own"] or kind == "few":
        said = "Read beside it" if row["value"] is not None else wording.reason_in_words(row)
        said = "The years asked about" if kind == "few" and row["is_own"] else said
    elif kind == "earlier":
        said = earlier_in_words(compared, unit)
    else:
        said = standing_in_words(compared, unit)
    return [
        row["name"],
        wording.rounded(row["numerator"]) if row["numerator"] is not None else status,
        wording.rounded(row["denominator"], places) if row["denominator"] is not None else status,
        wording.value_or_symbol(row, unit),
        wording.interval(row["lower95"], row["upper95"], unit) if row["value"] is not None else status,
        wording.interval(row["lower998"], row["upper998"], unit) if row["value"] is not None else status,
        said,
    ]


def overdue_finding(asked: Asked, one: Candidate, place: int) -> Finding:
    """Open reviews on a line of time: dates and no case."""
    counts = asked.open_counts[one.indicator]
    reviews = asked.release.by_partnership("open_reviews", asked.viewer).filter(
        (pl.col("partnership_code") == asked.code) & pl.col("return_name").is_in(RETURNS_OF[one.indicator])
    )
    overdue = counts.get("overdue", 0)
    not_begun = reviews.filter((pl.col("return_name") == NOT_BEGUN) & (pl.col("due_state") == "overdue")).height
    shown = reviews.sort("days_past_due", "record_ref", descending=[True, False]).head(MOST_OPEN)
    shown = shown.with_columns(past=pl.Series([days_past(row) for row in shown.iter_rows(named=True)], dtype=pl.String))
    name = f"question-{place}"
    kind = "Local" if one.indicator.startswith("TM4") else "Rapid"
    limit = (
        f"{settings.whole('local_review_limit_months')} months from the decision to publication"
        if kind == "Local"
        else f"{settings.whole('rapid_review_limit_working_days')} working days from the notification to submission"
    )
    table = Table(
        f"{name}-table",
        f"Open {kind.lower()} reviews, {asked.name}, on {wording.full_date(asked.release.as_at_date)}",
        (
            Column("Reference"),
            Column("Review"),
            Column("Clock started"),
            Column("Due day"),
            Column("Past its due day"),
        ),
        [
            (
                row["record_ref"],
                OPEN_KINDS[row["return_name"]],
                wording.full_date(row["date_started"]),
                wording.full_date(row["date_due"]),
                row["past"],
            )
            for row in shown.iter_rows(named=True)
        ],
        words.more_open(reviews.height - shown.height),
    )
    return Finding(
        name,
        f"{place}. {words.overdue_heading(one.indicator, overdue, not_begun)}",
        f"{kind} reviews open on the day of the return, {asked.name}. Time allowed: {limit}.",
        (
            Chart(
                f"{name}-chart",
                open_reviews.open_reviews(shown),
                words.overdue_alternative(one.indicator, shown.to_dicts()),
            ),
        ),
        KEY_OF_OPEN,
        (table,),
        # Where none of them was begun, no step of theirs can be asked about.
        (f"{words.why_overdue(counts, one.indicator, not_begun)}{'' if not_begun == overdue else f' {ask(one)}'}",),
        "Reviews open on one day: a fact of that day, so no interval belongs to them. The six months and the fifteen "
        "days are expectations, and a review can be late for a good reason.",
    )
