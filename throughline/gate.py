"""The gate: what a release must satisfy before anybody reads it, run by Great Expectations over whole marts."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import yaml

from throughline.workspace import PROJECT

EXPECTATIONS = PROJECT / "expectations" / "marts"

ERROR, NOTE = "error", "note"

# A query that counts says with this column how many rows it looked at; its other columns count what is wrong.
ROWS_EXAMINED = "rows_examined"

FILE_KEYS = {"table", "query", "frame", "compare_with_previous", "expectations"}
ENTRY_KEYS = {"id", "severity", "expectation", "arguments", "title", "message"}

# How many rows of each table the release before held, by the keys of its manifest.
PreviousRows = Mapping[str, Mapping[str, int]]


class GateFault(ValueError):
    """An expectations file is written wrongly: a fault of ours, which no release may slip past."""


@dataclass(frozen=True)
class GateResult:
    """What one expectation found: counts and words, never a value from a row."""

    expectation_id: str
    table: str
    expectation: str
    severity: str
    success: bool
    title: str
    message: str
    rows_examined: int
    rows_unexpected: int

    @property
    def outcome(self) -> str:
        """Passed, note (kept and shown, stops nothing) or failed."""
        if self.success:
            return "passed"
        return "note" if self.severity == NOTE else "failed"

    def as_dict(self) -> dict:
        """The result as it is kept in the release's manifest."""
        return asdict(self)


@dataclass(frozen=True)
class GateFile:
    """One expectations file: where its frame comes from, and what that frame must satisfy."""

    name: str
    table: str
    query: str | None
    frame: str | None
    compare_with_previous: bool
    expectations: tuple[dict[str, Any], ...]


def blocking(results: Iterable[GateResult]) -> list[GateResult]:
    """The results that stop a release: errors that were found, and expectations that could not be run."""
    return [result for result in results if result.outcome == "failed"]


def results_table(results: Iterable[GateResult]) -> pl.DataFrame:
    """The results as a table to query: one row an expectation, in the order of examination."""
    schema = {field.name: {str: pl.String, bool: pl.Boolean, int: pl.Int64}[field.type] for field in fields(GateResult)}
    rows = [result.as_dict() | {"outcome": result.outcome} for result in results]
    return pl.DataFrame(rows, schema=schema | {"outcome": pl.String})


def examine(
    warehouse: Path,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    folder: Path = EXPECTATIONS,
    previous_rows: PreviousRows | None = None,
) -> list[GateResult]:
    """Runs every expectation in the folder against the warehouse; one result an expectation, in order of id.

    previous_rows: `rows` and `restricted_rows` of the manifest of the release that serves now, or None without one.
    """
    files = read_files(folder)
    validate = _validator()
    results: list[GateResult] = []
    for done, file in enumerate(files):
        progress("Examining the marts at the gate", done, len(files))
        results += _examine_file(file, warehouse, previous_rows or {}, validate)
    progress("Examining the marts at the gate", len(files), len(files))
    return sorted(results, key=lambda result: _by_number(result.expectation_id))


def read_files(folder: Path = EXPECTATIONS) -> list[GateFile]:
    """Every expectations file of the folder; raises GateFault where one could make an expectation do nothing."""
    files = [_read_file(path) for path in sorted(folder.glob("*.yml"))]
    ids = [entry["id"] for file in files for entry in file.expectations]
    repeated = sorted({one for one in ids if ids.count(one) > 1})
    if repeated:
        raise GateFault(f"{folder}: more than one expectation is called {', '.join(repeated)}")
    return files


def _read_file(path: Path) -> GateFile:
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    unknown = sorted(set(held) - FILE_KEYS)
    if unknown:
        raise GateFault(f"{path.name}: nothing is known of {', '.join(unknown)}")
    if not held.get("expectations") or "table" not in held or not ("query" in held or "frame" in held):
        raise GateFault(f"{path.name}: name a table, a query or a frame, and at least one expectation")
    entries = tuple({"severity": ERROR, "arguments": {}, "title": ""} | entry for entry in held["expectations"])
    for entry in entries:
        unknown = sorted(set(entry) ^ ENTRY_KEYS)
        if unknown or entry["severity"] not in (ERROR, NOTE):
            raise GateFault(
                f"{path.name}, {entry.get('id')}: each expectation has id, expectation, message, and may have "
                f"arguments, title and severity ({ERROR} or {NOTE}); look at {', '.join(unknown) or 'severity'}"
            )
    return GateFile(
        path.stem,
        held["table"],
        held.get("query"),
        held.get("frame"),
        bool(held.get("compare_with_previous", False)),
        entries,
    )


def _by_number(expectation_id: str) -> tuple:
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", expectation_id))


def _validator() -> Callable[[GateFile, Any, dict], Any]:
    """A function that puts one expectation to a pandas frame, all within one context of Great Expectations."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("marts")
    batches: dict[str, Any] = {}

    def validate(file: GateFile, frame, entry: dict):
        if file.name not in batches:
            definition = source.add_dataframe_asset(file.name).add_batch_definition_whole_dataframe("whole")
            batches[file.name] = definition.get_batch(batch_parameters={"dataframe": frame})
        expectation = getattr(gx.expectations, entry["expectation"])(**entry["arguments"])
        return batches[file.name].validate(expectation, result_format="SUMMARY")

    return validate


def _examine_file(file: GateFile, warehouse: Path, previous_rows: PreviousRows, validate) -> list[GateResult]:
    try:
        frame = _frame(file, warehouse, previous_rows)
    except Exception as problem:
        return [_broken(file, entry, _kind_of(problem)) for entry in file.expectations]
    return [_judge(file, entry, frame, validate) for entry in file.expectations]


def _frame(file: GateFile, warehouse: Path, previous_rows: PreviousRows):
    """The file's frame for Great Expectations; `frame` and `row_counts` are tables that its query may name."""
    made = None
    if file.frame:
        module, _, function = file.frame.partition(":")
        made = getattr(import_module(module), function)(warehouse)
        if file.query is None:
            return made.to_pandas() if isinstance(made, pl.DataFrame) else made
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        if made is not None:
            connection.register("frame", made.to_arrow() if isinstance(made, pl.DataFrame) else made)
        if file.compare_with_previous:
            from throughline.gate_frames import row_counts

            connection.register("row_counts", row_counts(connection, previous_rows).to_arrow())
        return connection.execute(file.query).df()


def _judge(file: GateFile, entry: dict, frame, validate) -> GateResult:
    column = entry["arguments"].get("column")
    counts_rows = ROWS_EXAMINED in frame.columns
    if counts_rows and frame.empty:
        return _broken(file, entry, "its query looked at nothing")
    # Great Expectations passes over nulls: a count that could not be made would be taken for none.
    if column in frame.columns and frame[column].isna().any():
        return _broken(file, entry, f"there is no answer in {column}")
    try:
        outcome = validate(file, frame, entry)
    except Exception as problem:
        return _broken(file, entry, _kind_of(problem))
    # A broken expectation does not raise: it says success=False and hides its reason in exception_info.
    broken = _exception_in(outcome.exception_info)
    if broken:
        return _broken(file, entry, broken)
    unexpected = 0
    if not outcome.success:
        found = (outcome.result or {}).get("unexpected_count", len(frame))
        unexpected = int(frame[column].abs().sum()) if counts_rows and column != ROWS_EXAMINED else int(found or 0)
    examined = int(frame[ROWS_EXAMINED].sum()) if counts_rows else len(frame)
    return _result(file, entry, bool(outcome.success), entry["message"], examined, unexpected)


def _broken(file: GateFile, entry: dict, why: str) -> GateResult:
    """An expectation that could not be run stops a release, a note too: nobody has looked."""
    message = f"The expectation itself could not be run ({why})."
    return _result(file, entry | {"severity": ERROR}, False, message, 0, 0)


def _result(file: GateFile, entry: dict, success: bool, message: str, examined: int, unexpected: int) -> GateResult:
    return GateResult(
        expectation_id=entry["id"],
        table=file.table,
        expectation=entry["expectation"],
        severity=entry["severity"],
        success=success,
        title=entry["title"] or entry["message"],
        message=message,
        rows_examined=examined,
        rows_unexpected=unexpected,
    )


def _kind_of(problem: Exception) -> str:
    """What went wrong, in words that hold no value: of a query that does not fit the marts, the names it asks for."""
    if isinstance(problem, duckdb.BinderException | duckdb.CatalogException | duckdb.ParserException):
        return str(problem).splitlines()[0]
    return type(problem).__name__


def _exception_in(exception_info: dict) -> str | None:
    """The kind of exception that Great Expectations met; its words could hold a value."""
    infos = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    for info in infos:
        if info.get("raised_exception"):
            kinds = re.findall(r"^(?:\w+\.)*(\w+(?:Error|Exception))\b", info.get("exception_traceback") or "", re.M)
            return kinds[-1] if kinds else "an exception"
    return None
