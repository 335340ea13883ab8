"""A partnership's own comparison, worked out from a draft before it is sent, against the current release."""

from dataclasses import dataclass

import polars as pl

from throughline import wording
from throughline.charts.comparison_rows import expected
from throughline.comparators import with_comparisons
from throughline.door.findings import Report
from throughline.indicators import indicator_values
from throughline.release import Release, Viewer
from throughline.repetition import decisions, find_repeats
from throughline.wording import breakdowns
from throughline.wording.catalogue import family_in_words, in_reading_order
from throughline.wording.standing import standing_in_words

MEASURE = ["indicator", "breakdown"]
SHOWN = ["numerator", "denominator", "value", "lower95", "upper95", "status", "reason"]

# One draft cannot give what a partnership is expected to notify, which hangs on everybody's returns. Reasons for delay
# are too many rows of too few cases, what is overdue is counted on one day, whose year is not over, and what others
# recommended before is in their returns.
NOT_PREVIEWED = ["NT5", "TM7", "TM8", "RC3", "RC5", "RC6"]


class NoPreview(Exception):
    """The draft cannot be compared; the message says why and what to do."""


@dataclass(frozen=True)
class Preview:
    """The draft's figures beside the release's, for the latest three complete years: one row a measure.

    A measure is an indicator, or one of the first breakdowns of an indicator that has no undivided row.
    """

    partnership_code: str
    period: str
    release_id: str
    rows: pl.DataFrame


def preview(report: Report, current: Release) -> Preview:
    """Compares the accepted rows of one checked submission with England and its region, as everybody may read them.

    The rows hold the columns of the release's indicator values, with family, title (breakdown and all), unit, standing
    (to England), region and england (what the current release shows of each, as a row), and england_value.
    """
    code = report.partnership_code
    if code is None:
        raise NoPreview(
            f"{report.path}: a single CSV file cannot be compared. Name the workbook, or the folder of CSVs."
        )
    period, counts, durations = _own_counts(landed_frames(report), code)
    if period is None:
        raise NoPreview(
            f"{report.path}: the return covers no three complete years, so there is nothing to compare yet."
        )
    drawn = indicator_values(counts, counts.clear(), durations, current.indicators(), current.areas())
    return Preview(code, period, current.release_id, _beside_the_release(drawn, durations, current, code, period))


def _own_counts(landed: dict[str, pl.DataFrame], code: str) -> tuple[str | None, pl.DataFrame, pl.DataFrame]:
    """The latest complete three years, with counts and durations of this partnership and these years alone."""
    from throughline.house_in_memory import HouseInMemory

    nobody_decided = pl.DataFrame(schema=decisions.COLUMNS | {"decided_at": pl.Datetime})
    with HouseInMemory(landed) as house:
        members, periods = house.table("int_area_members"), house.table("int_periods")
        texts = house.table("int_recommendation_texts")
    period = periods.filter(pl.col("period_type") == "three_years")["period"].max()
    # Every area of England in every period is a thousand times as many rows as are wanted.
    given = {
        "int_area_members": members.filter((pl.col("area_type") == "partnership") & (pl.col("area_code") == code)),
        "int_periods": periods.filter(pl.col("period") == period),
        "stg_decisions__pair_decisions": nobody_decided,
        # What it said before is looked for in its own recommendations; what others said a draft does not know.
        "int_recommendation_pairs_scored": find_repeats(texts),
    }
    with HouseInMemory(landed, given) as house:
        return period, house.table("indicator_counts"), house.table("indicator_durations")


def landed_frames(report: Report) -> dict[str, pl.DataFrame]:
    """A checked submission's accepted rows in the shape in which they would be landed."""
    landed = {
        name: frame.with_columns(pl.lit(report.submission_ref).alias("submission_ref"))
        for name, frame in report.accepted.items()
    }
    about = {
        "submission_ref": report.submission_ref,
        "partnership_code": report.partnership_code,
        "period_start": report.envelope.period_start,
        "as_at_date": report.as_at_date,
        "specification_version": report.envelope.specification_version,
        "is_synthetic": report.envelope.is_synthetic,
        "received_at": report.as_at_date,
    }
    return landed | {"submission": pl.DataFrame([about])}


def _beside_the_release(
    drawn: pl.DataFrame, durations: pl.DataFrame, current: Release, code: str, period: str
) -> pl.DataFrame:
    own_area = (pl.col("area_type") == "partnership") & (pl.col("area_code") == code)
    everybody = current.indicator_values(Viewer.public(), period=period)
    england = everybody.filter(pl.col("area_type") == "england")
    region_code = current.areas().filter(own_area)["region_code"].first()
    region = everybody.filter((pl.col("area_type") == "region") & (pl.col("area_code") == region_code))

    measures = _measures(england, current.indicators())
    together = pl.concat([frame.select(drawn.columns).drop("comparisons") for frame in (drawn, england, region)])
    rows = with_comparisons(together.join(measures, on=MEASURE), durations, current.areas()).filter(own_area)
    for name, frame in (("region", region), ("england", england)):
        rows = rows.join(frame.select(*MEASURE, pl.struct(SHOWN).alias(name)), on=MEASURE, how="left")
    return rows.with_columns(
        standing=pl.col("comparisons").str.json_path_match("$.england"),
        england_value=pl.col("england").struct.field("value"),
    ).sort("place")


def _measures(england: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The indicators and breakdowns that are compared, in reading order."""
    listed = []
    previewed = catalogue.filter(~pl.col("indicator").is_in(NOT_PREVIEWED))
    for indicator in in_reading_order(previewed.iter_rows(named=True)):
        held = england.filter(pl.col("indicator") == indicator["indicator"])["breakdown"].unique().to_list()
        listed += [
            (
                indicator["indicator"],
                breakdown,
                indicator["family"],
                breakdowns.title(indicator, breakdown),
                indicator["unit"],
            )
            for breakdown in (breakdowns.in_brief(held) if held else [])
        ]
    return pl.DataFrame(listed, schema=[*MEASURE, "family", "title", "unit"], orient="row").with_row_index("place")


def preview_lines(compared: Preview) -> list[str]:
    """The comparison in words, one or two lines a measure, for a terminal."""
    lines = [
        f"Your own comparison, {compared.partnership_code}, three years ending March {compared.period[-4:]}",
        f"  against release {compared.release_id}. A draft: nothing was sent.",
    ]
    family = None
    for row in compared.rows.iter_rows(named=True):
        if row["family"] != family:
            family = row["family"]
            lines.append(f" {family_in_words(family)}")
        lines += _measure_lines(row)
    return lines


def _measure_lines(row: dict) -> list[str]:
    unit, figure = row["unit"], wording.value_or_symbol(row, row["unit"])
    named = f"  {row['indicator']}  {row['title']}: {figure}"
    if row["value"] is None:
        return [f"{named}. {wording.reason_in_words(row)}."]
    limits = wording.interval(row["lower95"], row["upper95"], unit)
    measured = f"{named}{' days' if unit == 'days' else ''} (95% interval {limits})"
    if unit == "count":
        return [measured, "       A count, compared with no other."]
    row["expected"] = expected(row, row["england_value"], unit)
    beside = [
        f"{name} {wording.value_or_symbol(row[column], unit)}"
        for name, column in (("region", "region"), ("England", "england"))
        if row[column] and row[column]["status"]
    ]
    return [measured, f"       {'; '.join(beside)}. {standing_in_words(row, unit)}."]
