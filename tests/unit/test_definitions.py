"""A build, and the demonstration's landing, are done again when any of the code that they run has changed."""

import ast
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from throughline import demo
from throughline.build import DEFINITIONS, DOOR
from throughline.workspace import PROJECT, Workspace

# They say where things lie and who may read a release: a change of theirs changes no table of one.
READERS = {
    *("throughline/__init__.py", "throughline/workspace.py", "throughline/added_lines.py", "throughline/roles.py"),
    *("throughline/release.py", "throughline/release_tables.py", "throughline/viewer.py", "throughline/own_areas.py"),
    *("throughline/recommendation_rights.py", "throughline/neighbour_pools.py", "throughline/indicator_rows.py"),
}
BUILD = [PROJECT / "throughline" / name for name in ("build.py", "gate.py", "gate_report.py")]
LANDING = [PROJECT / "throughline" / "door" / "landing.py"]


def module_file(name: str) -> Path | None:
    place = PROJECT.joinpath(*name.split("."))
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


def imported(file: Path) -> set[Path]:
    """The project's own files that a file imports, at its head or in a function."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parent = ".".join(file.relative_to(PROJECT).parts[: -node.level]) if node.level else ""
            module = ".".join(filter(None, (parent, node.module)))
            names |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return {found for name in names if (found := module_file(name)) and found.is_relative_to(PROJECT / "throughline")}


def all_imported(starts: Iterable[Path]) -> set[str]:
    seen, waiting = set(), list(starts)
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            waiting += imported(file)
    return {file.relative_to(PROJECT).as_posix() for file in seen}


def outside(files: set[str], definitions: list[str]) -> set[str]:
    return {file for file in files if not any(Path(file).is_relative_to(name) for name in definitions)}


def test_everything_that_a_build_runs_is_among_its_definitions():
    run = all_imported([*BUILD, *(PROJECT / "models").rglob("*.py")])

    assert "throughline/units.py" in run  # imported by what the models import
    assert outside(run, DEFINITIONS) <= READERS


def test_everything_that_lands_a_return_is_among_the_doors_own():
    assert outside(all_imported(LANDING), DOOR) <= READERS


@pytest.mark.parametrize("name", DEFINITIONS)
def test_every_definition_is_there_and_of_use(name):
    assert (PROJECT / name).exists()
    if name.endswith(".py"):
        assert name in all_imported([*BUILD, *LANDING, *(PROJECT / "models").rglob("*.py")])


def test_returns_are_landed_again_when_the_door_has_changed_and_only_then(tmp_path, monkeypatch):
    workspace, said = Workspace(tmp_path), []
    given = (workspace, lambda *_: None, said.append)
    demo.make_demo_returns(workspace, 1, ["bury"], *given[1:])
    demo.land_demo_returns(*given)
    demo.land_demo_returns(*given)
    assert len([line for line in said if "returns landed" in line]) == 1

    held = landed(workspace)
    monkeypatch.setattr(demo, "fingerprint_of", lambda _: "another door")
    demo.land_demo_returns(*given)
    assert len([line for line in said if "returns landed" in line]) == 2
    assert landed(workspace) == held == stamped(workspace)  # each once, in place of the earlier


def landed(workspace) -> list[str]:
    return sorted(folder.name for folder in workspace.landing.glob("[!.]*"))


def stamped(workspace) -> list[str]:
    return sorted(json.loads((workspace.landing / ".demonstration.json").read_text())["submissions"])
