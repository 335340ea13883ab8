"""From a published count back to file, sheet and row, for somebody who may open the working warehouse."""

from datetime import UTC, datetime
from getpass import getuser

import duckdb
import polars as pl

from throughline.added_lines import add_line
from throughline.workspace import Workspace


class NothingToTrace(Exception):
    """The cell asked for is not in the warehouse; the message says what to check."""


def trace(
    workspace: Workspace, indicator: str, area_type: str, area_code: str, period: str, breakdown: str = "total"
) -> pl.DataFrame:
    """One row per record behind a year's or three years' count, with how it is counted and where it stands.

    The working warehouse must be of the same build as the release that is being questioned. Each trace is noted in
    data/traces.jsonl: who, when and which cell, and no record.
    """
    if not workspace.warehouse.exists():
        raise NothingToTrace(f"There is no working warehouse at {workspace.warehouse}; `throughline build` makes it.")
    with duckdb.connect(str(workspace.warehouse), read_only=True) as warehouse:
        known = warehouse.execute(
            "select count(*) from marts.indicator_values where indicator = ? and area_type = ? and area_code = ? "
            "and period = ? and breakdown = ?",
            [indicator, area_type, area_code, period, breakdown],
        ).fetchall()
        if known == [(0,)]:
            raise NothingToTrace(
                f"There is no value of {indicator} ({breakdown}) for {area_type} {area_code} in {period}. "
                "Check the codes against the page's address."
            )
        _note(workspace, indicator, area_type, area_code, period, breakdown)
        return warehouse.sql(
            """
            select
                records.counted_as, records.return_name, records.record_ref, records.cohort_date,
                records.submission_ref, records.source_file, records.source_sheet, records.source_row
            from intermediate.int_indicator_records as records
            inner join intermediate.int_area_members as members
                on records.new_la_code = members.new_la_code
                and records.partnership_code = members.partnership_code
                and records.reporting_year = members.reporting_year
            inner join intermediate.int_periods as periods
                on records.reporting_year = periods.reporting_year
            where records.indicator = $1 and records.breakdown = $2
                and members.area_type = $3 and members.area_code = $4 and periods.period = $5
            order by records.counted_as desc, records.source_file, records.return_name, records.source_row
            """,
            params=[indicator, breakdown, area_type, area_code, period],
        ).pl()


def _note(workspace: Workspace, *cell: str) -> None:
    note = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "who": getuser(), "cell": cell}
    add_line(workspace.warehouse.parent / "traces.jsonl", note)
