"""One stage of the line in a process of its own, so that its time and memory are its own: prints one line of JSON."""

import json
import resource
import sys
import time
from pathlib import Path

from throughline.workspace import Workspace

LARGE_SCALE = 10


def make_returns(workspace: Workspace, scale: float) -> None:
    from throughline.demo import AS_AT, SEED
    from throughline.synthetic import make_returns

    workspace.returns.mkdir(parents=True)
    # Writing a hundred times the workbooks takes longer than all that is measured: large scales are sent as CSVs.
    make_returns(workspace.returns, seed=SEED, scale=scale, as_at=AS_AT, workbooks=scale < LARGE_SCALE)


def submit(workspace: Workspace, _: float) -> None:
    from throughline.demo import returns_in
    from throughline.door import submit

    submit(returns_in(workspace.returns), workspace)


def models(workspace: Workspace, _: float) -> None:
    from throughline.build import run_dbt

    run_dbt(workspace)


def gate(workspace: Workspace, _: float) -> None:
    from throughline.gate import blocking, examine

    if blocking(examine(workspace.warehouse)):
        raise SystemExit("the gate refused the build")


def publish(workspace: Workspace, _: float) -> None:
    from throughline.build import publish
    from throughline.release import point_to

    point_to(workspace, publish(workspace, "", []).release_id)


def correct_one_workbook(workspace: Workspace, _: float) -> None:
    """One corrected workbook to a new release, as `throughline submit` and `throughline build` do it."""
    from throughline.build import build
    from throughline.door import submit

    submit([workspace.root / "corrected.xlsx"], workspace)
    build(workspace)


STAGES = {stage.__name__: stage for stage in (make_returns, submit, models, gate, publish, correct_one_workbook)}


def main() -> None:
    stage, folder, scale = sys.argv[1:4]
    started = time.perf_counter()
    STAGES[stage](Workspace(Path(folder)), float(scale))
    seconds = time.perf_counter() - started
    # ru_maxrss is in kilobytes here; a child's peak does not add to the parent's, so the larger one is told.
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"seconds": seconds, "peak_mb": peak / 1024}))


if __name__ == "__main__":
    main()
