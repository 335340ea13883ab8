"""The demonstration: synthetic returns for every partnership, through the door and the house, to a release."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from throughline import build, release
from throughline.build import DOOR, PROJECT, fingerprint_of
from throughline.workspace import Workspace

SEED = 2026
AS_AT = date(2026, 9, 30)
# What decides what the synthetic returns say.
GENERATOR = ["throughline/synthetic", "expectations/returns", "seeds"]


def make_demo(
    workspace: Workspace,
    scale: float = 1,
    partnerships: list[str] | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    say: Callable[[str], None] = lambda _: None,
) -> release.Release:
    """Makes returns, lands them, builds and publishes; does again only what has changed since last time."""
    make_demo_returns(workspace, scale, partnerships, progress, say)
    land_demo_returns(workspace, progress, say)
    if build.is_up_to_date(workspace):
        say("Nothing has changed since the current release was made.")
        return release.open_current(workspace)
    # The demonstration may be made smaller than it was.
    return build.build(workspace, progress=progress, allow_falls=True)


def make_demo_returns(workspace, scale, partnerships, progress, say) -> None:
    """Writes the synthetic returns unless the same ones are there already."""
    from throughline.synthetic import make_returns

    stamp = workspace.returns / ".made-from.json"
    wanted = json.dumps(
        {
            "seed": SEED,
            "scale": scale,
            "as_at": AS_AT.isoformat(),
            "partnerships": partnerships,
            "generator": fingerprint_of([PROJECT / name for name in GENERATOR]),
        }
    )
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    if workspace.returns.exists():
        if not stamp.exists() and any(workspace.returns.iterdir()):
            raise FileExistsError(
                f"{workspace.returns} holds files that the demonstration did not make. "
                "Move them elsewhere, or set THROUGHLINE_HOME to another folder."
            )
        shutil.rmtree(workspace.returns)
    workspace.returns.mkdir(parents=True)
    stamp.write_text("", encoding="utf-8")
    make_returns(
        workspace.returns,
        seed=SEED,
        scale=scale,
        as_at=AS_AT,
        partnerships=partnerships,
        progress=partial(progress, "Making synthetic returns"),
    )
    stamp.write_text(wanted, encoding="utf-8")
    say(f"Synthetic returns are in {workspace.returns}: no real child, place of harm or person is in them.")


def returns_in(folder: Path) -> list[Path]:
    """The workbooks and folders of CSVs in a folder of returns, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix == ".xlsx" or path.is_dir())


def land_demo_returns(workspace, progress, say) -> None:
    """Sends the returns through the door, in place of those that an earlier demonstration landed."""
    from throughline.door import submit

    stamp = workspace.landing / ".demonstration.json"
    made_from = (workspace.returns / ".made-from.json").read_text(encoding="utf-8")
    door = fingerprint_of([PROJECT / name for name in DOOR])
    earlier = json.loads(stamp.read_text(encoding="utf-8")) if stamp.exists() else {}
    if (earlier.get("made_from"), earlier.get("door")) == (made_from, door):
        return
    for submission_ref in earlier.get("submissions", []):
        shutil.rmtree(workspace.landing / submission_ref, ignore_errors=True)
    submissions = submit(
        returns_in(workspace.returns), workspace, lambda done, total, _: progress("Checking and landing", done, total)
    )
    refs = [submission.submission_ref for submission in submissions]
    stamp.write_text(json.dumps({"made_from": made_from, "door": door, "submissions": refs}), encoding="utf-8")
    accepted = sum(submission.report.rows_accepted for submission in submissions)
    quarantined = sum(submission.report.rows_quarantined for submission in submissions)
    say(f"{len(submissions)} returns landed: {accepted:,} rows accepted, {quarantined:,} quarantined.")
