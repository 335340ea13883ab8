"""make clean deletes what a command can make again, and nothing that a person sent, decided or wrote."""

import shutil
import subprocess

import pytest

from throughline.repetition import decisions
from throughline.replies import FILE
from throughline.workspace import PROJECT, Workspace

REPLY, DECISION = f"releases/{FILE}", f"data/decisions/{decisions.FILE}"
CANNOT_BE_MADE_AGAIN = [
    *(REPLY, DECISION, "data/traces.jsonl", "data/landing/leeds-2026-09-30-0/original/leeds.xlsx"),
    *("releases/2026-09-30-x/manifest.json", ".venv/bin/python"),
]
CAN_BE_MADE_AGAIN = [
    *("data/work.duckdb", "data/work.duckdb.wal", "data/work.seeds", "data/prepared_texts.npz", "data/logs/dbt.log"),
    *("data/target/manifest.json", "packs/leeds.html", "target/x", "logs/dbt.log"),
]


def cleaned(folder, *files):
    """What is left of these files, with what was said."""
    shutil.copy(PROJECT / "Makefile", folder)
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("{}")
    done = subprocess.run(["make", "clean"], cwd=folder, capture_output=True, text=True, check=True)
    return {name for name in files if (folder / name).exists()}, done.stdout


def test_the_names_are_those_that_the_program_uses():
    workspace = Workspace(PROJECT)
    assert workspace.decisions / decisions.FILE == PROJECT / DECISION
    assert workspace.releases / FILE == PROJECT / REPLY
    assert workspace.warehouse == PROJECT / "data/work.duckdb" and workspace.landing == PROJECT / "data/landing"


def test_what_nobody_can_make_again_stays_and_is_named(tmp_path):
    left, said = cleaned(tmp_path, *CANNOT_BE_MADE_AGAIN, *CAN_BE_MADE_AGAIN)

    assert left == set(CANNOT_BE_MADE_AGAIN)
    for kept in ("data/decisions", "data/landing", "data/traces.jsonl", "releases"):
        assert f"no command makes it again: {kept}" in said


@pytest.mark.parametrize(("marked", "left"), [(True, set()), (False, {"returns/leeds.xlsx"})])
def test_returns_go_only_where_the_demonstration_made_them(tmp_path, marked, left):
    mark = ["returns/.made-from.json"] if marked else []

    assert cleaned(tmp_path, "returns/leeds.xlsx", *mark)[0] == left
