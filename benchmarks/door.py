"""The door by itself: one partnership's return as a person checks it, all of them, and one very long return."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

from throughline.workspace import PROJECT, Workspace

LONG_RETURN_ROWS = 100_000


def measure_door(national: Workspace, folder: Path) -> None:
    """Prints seconds for `throughline check` on one workbook, on all returns, and on a return of 100,000 rows."""
    from throughline.demo import returns_in

    folder.mkdir(parents=True)
    middle = sorted(national.returns.glob("*.xlsx"), key=lambda file: file.stat().st_size)
    one = shutil.copy(middle[len(middle) // 2], folder)
    long_return, rows = _long_return(national, folder)
    print("\nThe door (whole processes, reports written)")
    print(f"  check one partnership's workbook   {_check([one]):6.1f} s")
    print(f"  the same with --preview            {_check([one, '--preview'], national):6.1f} s")
    print(f"  check a return of {rows:,} rows    {_check([long_return]):6.1f} s")
    everything = [shutil.copytree(path, folder / path.name) if path.is_dir() else shutil.copy(path, folder / path.name)
                  for path in returns_in(national.returns)]  # fmt: skip
    print(f"  check all {len(everything)} returns              {_check([*everything, '--no-report']):6.1f} s")


def _check(arguments: list, workspace: Workspace | None = None) -> float:
    import os

    environment = os.environ | ({"THROUGHLINE_HOME": str(workspace.root)} if workspace else {})
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "throughline", "check", *map(str, arguments)],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return time.perf_counter() - started


def _long_return(national: Workspace, folder: Path) -> tuple[Path, int]:
    """A partnership's CSV return repeated under new references until it has as many rows as asked."""
    import polars as pl

    source = next(path for path in sorted(national.returns.iterdir()) if path.is_dir())
    frames = {file.stem: pl.read_csv(file, infer_schema=False) for file in source.glob("*.csv")}
    rows = sum(frame.height for name, frame in frames.items() if name not in ("submission", "nil_returns"))
    times = -(-LONG_RETURN_ROWS // rows)
    place = folder / "long_return" / source.name
    place.mkdir(parents=True)
    for name, frame in frames.items():
        if name not in ("submission", "nil_returns"):
            references = [
                column for column in frame.columns if column.endswith(("_ref", "_refs")) or column == "duplicate_of"
            ]
            frame = pl.concat(
                frame.with_columns(pl.col(column).str.replace_all(r"([^;]+)", f"$1-{copy}") for column in references)
                for copy in range(times)
            )
        frame.write_csv(place / f"{name}.csv")
    return place, rows * times
