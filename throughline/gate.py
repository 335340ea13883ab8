"""The gate: what a release must satisfy before anybody reads it, run by Great Expectations over whole marts."""

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import yaml

from throughline.workspace import PROJECT

EXPECTATIONS = PROJECT / "expectations" / "marts"


@dataclass(frozen=True)
class GateResult:
    """What one expectation found: counts and words, never a value from a row."""

    expectation_id: str
    table: str
    success: bool
    message: str
    rows_examined: int
    rows_unexpected: int

    def as_dict(self) -> dict:
        """The result as it is kept in the release's manifest."""
        return asdict(self)


def examine(
    warehouse: Path, progress: Callable[[str, int, int], None] = lambda *_: None, folder: Path = EXPECTATIONS
) -> list[GateResult]:
    """Runs every expectation in the folder against the warehouse; one result an expectation, in order of id."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("marts")
    results = []
    files = sorted(folder.glob("*.yml"))
    for done, file in enumerate(files):
        progress("Examining the marts at the gate", done, len(files))
        specification = yaml.safe_load(file.read_text(encoding="utf-8"))
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            frame = connection.execute(specification["query"]).df()
        batch = (
            source.add_dataframe_asset(file.stem)
            .add_batch_definition_whole_dataframe("whole")
            .get_batch(batch_parameters={"dataframe": frame})
        )
        for entry in specification["expectations"]:
            expectation = getattr(gx.expectations, entry["expectation"])(**entry["arguments"])
            outcome = batch.validate(expectation, result_format="SUMMARY")
            results.append(_read_outcome(entry, specification["table"], len(frame), outcome))
    return sorted(results, key=lambda result: result.expectation_id)


def _read_outcome(entry: dict, table: str, rows: int, outcome) -> GateResult:
    # A broken expectation does not raise: it says success=False and hides its reason in exception_info.
    broken = _exception_in(outcome.exception_info)
    message = f"the expectation itself could not be run ({broken})" if broken else entry["message"]
    unexpected = (outcome.result or {}).get("unexpected_count", 0 if outcome.success else rows)
    return GateResult(entry["id"], table, bool(outcome.success) and not broken, message, rows, int(unexpected or 0))


def _exception_in(exception_info: dict) -> str | None:
    infos = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    raised = [info["exception_message"] for info in infos if info.get("raised_exception")]
    return raised[0] if raised else None
