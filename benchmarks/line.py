"""From files to a release: seconds and memory of each stage, at the national scale and at a hundred times that."""

import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.stage import LARGE_SCALE
from throughline.workspace import PROJECT, Workspace

STAGES = ["submit", "models", "gate", "publish"]


def run_stage(stage: str, workspace: Workspace, scale: float = 1) -> dict:
    """Seconds of the stage itself, seconds of its whole process, and peak memory."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.stage", stage, str(workspace.root), str(scale)],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    )
    measured = json.loads(done.stdout.strip().splitlines()[-1])
    return measured | {"stage": stage, "process_seconds": time.perf_counter() - started}


def measure_line(folder: Path, scale: float) -> Workspace:
    """Prints one line a stage, and the total from files to release (making the files is told apart)."""
    workspace = Workspace(folder)
    print(f"\nScale {scale:g}: files to release{' (all as CSVs)' if scale >= LARGE_SCALE else ''}", flush=True)
    made = run_stage("make_returns", workspace, scale)
    files = [file for file in workspace.returns.rglob("*") if file.suffix in (".xlsx", ".csv")]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"  (making {len(files)} files, {size:.0f} MB: {made['process_seconds']:.1f} s, {made['peak_mb']:.0f} MB)")
    total = 0.0
    for stage in STAGES:
        measured = run_stage(stage, workspace)
        total += measured["process_seconds"]
        start_up = measured["process_seconds"] - measured["seconds"]
        print(
            f"  {stage:8} {measured['process_seconds']:7.1f} s  "
            f"(of which start-up {start_up:.1f} s), peak {measured['peak_mb']:5.0f} MB"
        )
    rows = sum(
        json.loads((held / "submission.json").read_text(encoding="utf-8"))["rows_accepted"]
        for held in workspace.landing.glob("[!.]*")
    )
    print(f"  total    {total:7.1f} s for {rows:,} rows")
    return workspace


def measure_correction(workspace: Workspace) -> None:
    """Prints how long one corrected workbook takes to a new release."""
    from openpyxl import load_workbook

    sent = sorted(workspace.returns.glob("*.xlsx"))[0]
    book = load_workbook(sent)
    sheet = book["notifications"]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(row=2, column=header.index("late_reason") + 1).value = "CAPACITY"
    book.save(workspace.root / "corrected.xlsx")
    measured = run_stage("correct_one_workbook", workspace)
    print(f"\nOne corrected workbook to a new release: {measured['process_seconds']:.1f} s")


def measure_libraries() -> None:
    """Prints what the start-up of the two big libraries costs, since it is much of the national total."""
    print("\nStart-up of libraries")
    for module in ("dbt.cli.main", "great_expectations", "dash", "polars", "duckdb"):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", f"import {module}"], check=True, capture_output=True)
        print(f"  import {module:20} {time.perf_counter() - started:5.1f} s")
