"""Every notebook runs, asks its page's question, and draws what its page draws from the same choices."""

import ast
import json
import subprocess
import sys
from dataclasses import replace
from importlib import import_module, util

import pytest

from throughline import notebook_layout
from throughline.query import Query
from throughline.release import Viewer
from throughline.workspace import PROJECT

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.py"))
CHOSEN = {
    "conversion": {"area": "leeds"},
    "timeliness": {"area": "E12000003", "clock": "rapid_review"},
    "demographic_recording": {"area": "E12000003", "characteristic": "disability"},
    "notification_trends": {"area": "E12000003", "measure": "rate"},
    "partnership_profile": {"partnership": "leeds"},
    "compare_partnerships": {"group": "region:E12000003"},
}
# What the issue asks for at the least; the method check and the regional briefing have no page of their own.
PROMISED = {
    *("notification_trends", "conversion", "timeliness", "demographic_recording", "repetition"),
    *("partnership_profile", "regional_briefing", "check_against_published"),
}


def name_of(file):
    return file.stem


def loaded(name):
    """The notebook's app, as `marimo edit` would open it."""
    place = util.spec_from_file_location(f"notebook_{name}", PROJECT / "notebooks" / f"{name}.py")
    module = util.module_from_spec(place)
    place.loader.exec_module(module)
    return module.app


def test_every_promised_notebook_is_there():
    assert {file.stem for file in NOTEBOOKS} >= PROMISED


@pytest.mark.parametrize("file", NOTEBOOKS, ids=name_of)
def test_every_notebook_runs_as_a_program(file, small_workspace, small_release, tmp_path):
    import os

    done = subprocess.run(
        [sys.executable, file, "--", "--viewer", "panel"],
        env={**os.environ, "THROUGHLINE_HOME": str(small_workspace.root), "HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("file", NOTEBOOKS, ids=name_of)
def test_a_notebook_holds_no_sums_of_its_own(file):
    """It asks an analysis and lays it out: no query, no figure, no arithmetic, nothing fetched."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert modules == {"marimo", "throughline"}
    assert "http" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(CHOSEN))
def test_page_and_notebook_draw_the_same_figures_from_the_same_choices(
    name, small_workspace, small_release, monkeypatch
):
    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))
    chosen = CHOSEN[name]
    outputs, held = loaded(name).run(defs={"asked": {**chosen, "viewer": "panel"}})

    on_page = page_figures(small_workspace, import_module(f"throughline.analyses.{name}").PATH, chosen)
    in_notebook = [(one, chart) for one in held["report"].findings for chart in one.charts]
    assert on_page and [as_sent(chart.figure) for _, chart in in_notebook] == [as_sent(figure) for figure in on_page]
    shown = " ".join(output.text for output in outputs if output is not None and hasattr(output, "text"))
    for figure, (one, chart) in zip(on_page, in_notebook, strict=True):
        assert notebook_layout.drawing(one, replace(chart, figure=figure)) in shown, chart.name


def as_sent(figure):
    return json.loads(figure.to_json())


def page_figures(workspace, path, chosen):
    """What the page sends to the browser to draw."""
    import dash
    from dash import dcc

    from dashboards.app import create_app

    server = create_app(workspace, Viewer.panel()).server
    page = next(page for page in dash.page_registry.values() if page["path"] == path)
    with server.test_request_context(path):
        layout = page["layout"](**chosen)
    return [part.figure for part in layout._traverse() if isinstance(part, dcc.Graph)]


def test_each_page_names_a_notebook_that_is_there(small_workspace, small_release):
    import dash

    from dashboards.app import create_app

    create_app(small_workspace, Viewer.panel())
    named = {page["path"]: page["notebook"] for page in dash.page_registry.values() if page.get("notebook")}
    assert named
    for path, name in named.items():
        assert (PROJECT / "notebooks" / f"{name}.py").is_file(), path


def test_each_notebook_leads_to_its_page(small_workspace, small_release, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))
    analyse = import_module("throughline.analyses.conversion").analyse
    report = analyse(small_release, Viewer.panel(), Query({"area": "leeds"}))

    assert "http://127.0.0.1:8050/conversion?area=leeds&amp;period=" in notebook_layout.question(report).text


def test_a_notebook_reads_with_public_eyes_unless_told_otherwise(small_workspace, small_release, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))
    monkeypatch.delenv("THROUGHLINE_VIEWER", raising=False)

    assert notebook_layout.release_and_viewer({}) == (small_release, Viewer.public())
    assert notebook_layout.release_and_viewer({"viewer": "partnership:leeds"})[1] == Viewer.partnership("leeds")


def test_a_release_that_is_not_held_is_refused_by_name(small_workspace, small_release, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))

    assert notebook_layout.release_and_viewer({"release": small_release.release_id})[0] == small_release
    with pytest.raises(ValueError, match="no release 'never'"):
        notebook_layout.release_and_viewer({"release": "never"})


def test_the_server_never_imports_marimo():
    code = "import sys, dashboards.app, throughline.cli; sys.exit('marimo' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
