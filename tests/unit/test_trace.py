"""From a count back to file, sheet and row."""

import random

import duckdb
import polars as pl
import pytest

from throughline.release import Viewer
from throughline.trace import NothingToTrace, trace
from throughline.workspace import Workspace


@pytest.fixture(scope="module")
def cells(small_release):
    rows = small_release.indicator_values(Viewer.panel(), breakdown="total")
    wanted = rows.filter(
        (pl.col("status") == "ok")
        & (pl.col("numerator") > 0)
        & pl.col("period_type").is_in(["year", "three_years"])
        & ~pl.col("indicator").is_in(["NT3", "NT5"])
    )
    return random.Random(2026).sample(wanted.to_dicts(), 25)


def test_the_rows_behind_a_count_are_as_many_as_the_count_says(cells, small_workspace):
    for cell in cells:
        place = [cell[name] for name in ("indicator", "area_type", "area_code", "period")]
        counted = trace(small_workspace, *place)["counted_as"].value_counts()
        by_role = dict(counted.iter_rows())
        assert by_role.get("numerator", 0) + by_role.get("closed", 0) == cell["numerator"], place
        assert by_role.get("immature", 0) == cell["immature"], place
        if cell["indicator"].startswith("CV"):
            cases = by_role.get("numerator", 0) + by_role.get("denominator only", 0)
            assert cases == cell["denominator"], place
            assert by_role.get("excluded", 0) == cell["excluded"], place


def test_a_traced_row_stands_where_it_says_in_the_original_file(small_workspace):
    rows = trace(small_workspace, "NT1", "partnership", "leeds", "2025").filter(pl.col("source_sheet").is_not_null())
    assert rows.height
    import openpyxl

    for row in rows.head(5).iter_rows(named=True):
        original = small_workspace.landing / row["submission_ref"] / "original" / row["source_file"]
        sheet = openpyxl.load_workbook(original, read_only=True)[row["source_sheet"]]
        cells = next(sheet.iter_rows(min_row=row["source_row"], max_row=row["source_row"], values_only=True))
        assert row["record_ref"] in cells


def test_each_trace_is_noted_without_naming_a_record(small_workspace):
    record = trace(small_workspace, "NT1", "partnership", "leeds", "2025")["record_ref"][0]
    file = small_workspace.warehouse.parent / "traces.jsonl"
    notes = file.read_text(encoding="utf-8")
    assert '"leeds"' in notes and record not in notes
    assert file.stat().st_mode & 0o077 == 0  # who asked for what is for its owner alone


def test_a_cell_that_is_not_there_is_told_in_words(small_workspace, tmp_path):
    with pytest.raises(NothingToTrace, match="Check the codes"):
        trace(small_workspace, "NT1", "partnership", "atlantis", "2025")
    with pytest.raises(NothingToTrace, match="throughline build"):
        trace(Workspace(tmp_path), "NT1", "partnership", "leeds", "2025")


def test_every_count_of_england_has_exactly_the_records_that_it_was_made_of(small_workspace):
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        differing = warehouse.execute(
            """
            with traced as (
                select
                    indicator, breakdown, cast(reporting_year as varchar) as period,
                    count(*) filter (where counted_as in ('numerator', 'closed')) as numerator
                from intermediate.int_indicator_records
                group by all
            )
            select counts.indicator, counts.breakdown, counts.period
            from marts.indicator_counts as counts
            left join traced using (indicator, breakdown, period)
            where counts.area_type = 'england' and counts.period_type = 'year'
                and counts.numerator <> coalesce(traced.numerator, 0)
            """
        ).fetchall()
    assert differing == []
