"""A partnership's own comparison, worked out from a draft before it is sent, against the current release."""

from dataclasses import dataclass

import polars as pl

from throughline.door.findings import Report
from throughline.indicators import indicator_values, with_comparisons
from throughline.release import Release, Viewer

# What a partnership is expected to notify depends on everybody's returns, which a draft does not hold.
NOT_FROM_ONE_DRAFT = ["NT5"]


class NoPreview(Exception):
    """The draft cannot be compared; the message says why and what to do."""


@dataclass(frozen=True)
class Preview:
    """The draft's figures beside the release's: one row an indicator, for the latest three complete years."""

    partnership_code: str
    period: str
    release_id: str
    rows: pl.DataFrame


def preview(report: Report, current: Release) -> Preview:
    """Compares the accepted rows of one checked submission with England, its region and what was published of it.

    The rows hold: indicator, title, unit, numerator, denominator, value, lower95, upper95, status, immature,
    comparisons, region_value, england_value and published_value (the same indicator in the current release).
    """
    from throughline.house_in_memory import HouseInMemory

    code = report.partnership_code
    if code is None:
        raise NoPreview(
            f"{report.path}: a single CSV file cannot be compared. Name the workbook, or the folder of CSVs."
        )
    catalogue, areas = current.indicators(), current.areas()
    with HouseInMemory(landed_frames(report)) as house:
        counts, quarters = house.table("indicator_counts"), house.table("indicator_quarter_counts")
    own = (pl.col("area_type") == "partnership") & (pl.col("area_code") == code) & (pl.col("breakdown") == "total")
    drawn = indicator_values(counts.filter(own), quarters.clear(), catalogue, areas)
    drawn = drawn.filter((pl.col("period_type") == "three_years") & ~pl.col("indicator").is_in(NOT_FROM_ONE_DRAFT))
    if drawn.is_empty():
        raise NoPreview(
            f"{report.path}: the return covers no three complete years, so there is nothing to compare yet."
        )
    drawn = drawn.filter(pl.col("period") == pl.col("period").max())
    period = drawn["period"][0]
    return Preview(code, period, current.release_id, _beside_the_release(drawn, current, code, period))


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


def _beside_the_release(drawn: pl.DataFrame, current: Release, code: str, period: str) -> pl.DataFrame:
    everybody = current.indicator_values(Viewer.public(), period=period, breakdown="total").filter(
        pl.col("area_type").is_in(["england", "region"])
    )
    catalogue = current.indicators().select("indicator", "title", "unit")
    together = pl.concat([drawn, everybody.select(drawn.columns)]).drop("comparisons")
    compared = with_comparisons(together.join(catalogue, on="indicator"), current.areas()).with_columns(
        standing=pl.col("comparisons").str.json_path_match("$.england")
    )
    region_code = current.areas().filter((pl.col("area_type") == "partnership") & (pl.col("area_code") == code))
    region_value = _values(everybody, "region", region_code["region_code"][0], "region_value")
    england_value = _values(everybody, "england", "E92000001", "england_value")
    published = _values(
        current.indicator_values(Viewer.partnership(code), period=period, breakdown="total"),
        "partnership",
        code,
        "published_value",
    )
    rows = compared.filter((pl.col("area_type") == "partnership") & (pl.col("area_code") == code))
    for values in (region_value, england_value, published):
        rows = rows.join(values, on="indicator", how="left")
    return rows.sort("indicator")


def _values(rows: pl.DataFrame, area_type: str, area_code: str | None, name: str) -> pl.DataFrame:
    here = (pl.col("area_type") == area_type) & (pl.col("area_code") == area_code)
    return rows.filter(here).select("indicator", pl.col("value").alias(name))


def preview_lines(compared: Preview) -> list[str]:
    """The comparison in words, one line an indicator, for a terminal."""
    from throughline import wording
    from throughline.charts.comparison_rows import expected
    from throughline.wording.comparison import standing_in_words

    lines = [
        f"Your own comparison, {compared.partnership_code}, three years ending March {compared.period[-4:]}",
        f"  against release {compared.release_id}. A draft: nothing was sent.",
    ]
    for row in compared.rows.iter_rows(named=True):
        unit = row["unit"]
        row["expected"] = expected(row, row["england_value"], unit)
        if row["status"] != "ok":
            lines.append(f"  {row['indicator']}  {row['title']}: [{row['status']}] nothing to compare.")
            continue
        figure = wording.value_or_symbol(row, unit)
        between = wording.interval(row["lower95"], row["upper95"], unit)
        beside = [
            f"{name} {wording.measure(row[column], unit)}"
            for name, column in (("region", "region_value"), ("England", "england_value"))
            if row[column] is not None and unit != "count"
        ]
        lines.append(f"  {row['indicator']}  {row['title']}: {figure} (95% interval {between})")
        told = f"{'; '.join(beside)}. {standing_in_words(row, unit)}." if beside else "A count, compared with no other."
        lines.append(f"       {told}")
    return lines
