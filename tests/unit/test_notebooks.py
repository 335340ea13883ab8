"""Every notebook runs, every page has one or a reason, and both show the same from the same choices."""

import ast
import json
import re
import subprocess
import sys
from dataclasses import replace
from html import escape, unescape
from importlib import util

import pytest

from throughline import notebook_layout
from throughline.notebook_layout import PAGES
from throughline.release import NoSuchRelease, Viewer
from throughline.report import Report
from throughline.workspace import PROJECT

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.py"))
# What is chosen on each page and in the notebook that it names.
CHOSEN = {
    "/": {"area": "E12000003"},
    "/notification-trends": {"area": "E12000003", "measure": "rate", "partnership": "leeds"},
    "/conversion": {"area": "leeds"},
    "/timeliness": {"area": "E12000003", "clock": "rapid_review"},
    "/demographic-recording": {"area": "E12000003", "characteristic": "disability"},
    "/recommendations": {"area": "E12000003"},
    "/compare-partnerships": {"group": "region:E12000003"},
    "/profile": {"partnership": "leeds"},
    "/data-quality": {"region": "E12000003", "partnership": "leeds"},
    "/has-this-been-recommended-before": {"text": "Information sharing", "partnership": "leeds"},
}
WITHOUT_CHARTS = {"/data-quality", "/has-this-been-recommended-before"}  # their answers are words and tables
WITHOUT_NOTEBOOK = {
    "/review-pairs": "work in hand, in which each answer is written down: a notebook writes nothing",
    "/methods": "the catalogue and the settings as they stand in the release: nothing is worked out",
    "/about-this-release": "what went in and what the gate found, which no choice changes",
    "/accessibility": "a statement about the pages themselves",
    "/not-found": "there is nothing at the address",
}
# What the issue asks for at the least; the method check and the regional briefing have no page of their own.
PROMISED = {
    *("notification_trends", "conversion", "timeliness", "demographic_recording", "repetition"),
    *("partnership_profile", "regional_briefing", "check_against_published", "data_quality"),
}


def name_of(file):
    return file.stem


def loaded(name):
    """The notebook with its app and cells, as `marimo edit` would open it."""
    place = util.spec_from_file_location(f"notebook_{name}", PROJECT / "notebooks" / f"{name}.py")
    module = util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


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


@pytest.fixture(scope="module")
def pages(small_workspace, small_release):
    """Every page that is registered, by its path, and the server that shows them."""
    import dash

    from dashboards.app import create_app

    server = create_app(small_workspace, Viewer.panel()).server
    return server, {page["path"]: page for page in dash.page_registry.values()}


def test_every_page_names_its_notebook_or_has_a_reason_to_have_none(pages):
    named = {path: page.get("notebook") for path, page in pages[1].items()}

    assert {path for path, name in named.items() if not name} == set(WITHOUT_NOTEBOOK)
    assert set(named) - set(WITHOUT_NOTEBOOK) == set(CHOSEN)
    for path in CHOSEN:
        assert (PROJECT / "notebooks" / f"{named[path]}.py").is_file(), path


def test_no_notebook_is_without_a_page_that_names_it(pages):
    named = {page.get(key) for page in pages[1].values() for key in ("notebook", "checked_by")}

    assert {file.stem for file in NOTEBOOKS} == named - {None}


@pytest.mark.parametrize("path", sorted(CHOSEN))
def test_a_page_tells_the_command_that_opens_its_notebook(pages, path):
    server, registered = pages
    text = server.test_client().get(path, query_string=CHOSEN[path]).text

    assert f"notebooks/{registered[path]['notebook']}.py</code>" in text


@pytest.mark.parametrize("path", sorted(CHOSEN))
def test_page_and_notebook_show_the_same_from_the_same_choices(pages, path, small_workspace, monkeypatch):
    """The notebook asks the page's own analysis, and draws, tells and links what the page shows."""
    from dashboards import downloads

    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))
    server, registered = pages
    outputs, held = run(registered[path]["notebook"], CHOSEN[path])
    report = next(one for one in reports_in(held) if one.path == path)
    shown = " ".join(output.text for output in outputs if output is not None and hasattr(output, "text"))

    assert downloads._analyses[path] in analyses_in(held)
    on_page = page_figures(server, registered[path], CHOSEN[path])
    in_notebook = [(one, chart) for one in report.findings for chart in one.charts]
    assert bool(on_page) == (path not in WITHOUT_CHARTS)
    assert [as_sent(chart.figure) for _, chart in in_notebook] == [as_sent(figure) for figure in on_page]
    for figure, (one, chart) in zip(on_page, in_notebook, strict=True):
        assert notebook_layout.drawing(one, replace(chart, figure=figure)) in shown, chart.name

    page = words_in(server.test_client().get(path, query_string=CHOSEN[path]).text)
    for one in report.findings:
        assert one.heading in page and one.heading in words_in(shown), one.name
    for table in (table for one in report.shown for table in one.tables):
        assert table.caption in page and table.caption in unescape(unescape(shown)), table.name
    assert f'href="{PAGES}{escape(report.address)}"' in shown
    for name, value in CHOSEN[path].items():
        assert report.chosen[name] == value


def test_the_check_against_published_figures_leads_to_the_page_that_holds_them(pages, small_workspace, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))
    outputs, held = run("check_against_published", {})

    assert pages[1]["/data-quality"]["checked_by"] == "check_against_published"
    assert f'href="{PAGES}/data-quality?' in " ".join(output.text for output in outputs if hasattr(output, "text"))
    text = pages[0].test_client().get("/data-quality").text
    assert "notebooks/check_against_published.py</code>" in text
    for table in (table for one in held["report"].findings[:2] for table in one.tables):
        assert f'id="{table.name}"' in text and table.caption in words_in(text)


def run(name, chosen):
    """What a notebook shows and holds when a reader writes these choices into its parameters, as the Panel."""
    return loaded(name).app.run(defs={**parameters_of(name), **chosen, "viewer": "panel"})


def parameters_of(name):
    """The names that a reader may change, and what is written for each."""
    cell = loaded(name).parameters
    return {parameter: cell.run()[1][parameter] for parameter in cell.defs}


def reports_in(held):
    """Every report that a notebook holds, by itself or in a list."""
    for value in held.values():
        yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Report))


def analyses_in(held):
    """The functions that a notebook asks: imported by name, with their module, or as the parts of a pack."""
    parts = [part for part in held.get("CONTENTS", {}).get("regional", ())]
    return [getattr(value, "analyse", value) for value in [*held.values(), *parts]]


def words_in(text):
    """What a reader sees of a page."""
    return unescape(re.sub(r"<[^>]+>", " ", text))


def as_sent(figure):
    return json.loads(figure.to_json())


def page_figures(server, page, chosen):
    """What the page sends to the browser to draw."""
    from dash import dcc

    with server.test_request_context(page["path"]):
        layout = page["layout"](**chosen)
    return [part.figure for part in layout._traverse() if isinstance(part, dcc.Graph)]


@pytest.mark.parametrize("file", NOTEBOOKS, ids=name_of)
def test_parameters_are_plain_names_and_values_that_a_reader_can_change(file):
    source = file.read_text(encoding="utf-8")
    tree = ast.parse(source)
    cell = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "parameters")
    *lines, _ = cell.body

    assert all(isinstance(line, ast.Assign) and isinstance(line.value.value, str) for line in lines)
    names = [line.targets[0].id for line in lines]
    assert names[-2:] == ["release", "viewer"] and not cell.args.args
    told = re.search(r"or follow `--`: (.*?)\.\n", source)[1]
    assert re.findall(r"\w+", re.sub(r"\(.*?\)| and", "", told)) == names


@pytest.mark.parametrize("path", sorted(set(CHOSEN) - {"/"}))
def test_all_that_a_page_lets_choose_is_a_parameter_of_its_notebook(pages, path, small_workspace, monkeypatch):
    """But for the briefing, which asks seven analyses of one region and nothing else."""
    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))
    name = pages[1][path]["notebook"]
    report = next(one for one in reports_in(run(name, CHOSEN[path])[1]) if one.path == path)

    assert set(report.chosen) <= set(parameters_of(name))


def test_a_notebook_shows_at_first_what_its_page_shows_at_first(pages, small_workspace, monkeypatch):
    from dashboards import downloads

    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))
    for path in set(CHOSEN) - {"/"}:
        (report,) = (one for one in reports_in(run(pages[1][path]["notebook"], {})[1]) if one.path == path)
        with pages[0].test_request_context(path):
            assert report.chosen == downloads.report_of(path).chosen, path


def test_what_is_given_on_the_command_line_comes_before_what_is_written(small_workspace, small_release, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))
    given = ["--area", "leeds", "--clock", "rapid_review", "--viewer", "panel"]
    monkeypatch.setattr(sys, "argv", ["timeliness.py", "--", *given])
    _, held = loaded("timeliness").app.run()

    assert parameters_of("timeliness")["clock"] != "rapid_review"
    assert held["report"].chosen["area"] == "leeds" and held["report"].chosen["clock"] == "rapid_review"


def test_a_notebook_reads_with_public_eyes_unless_told_otherwise(small_workspace, small_release, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))
    monkeypatch.delenv("THROUGHLINE_VIEWER", raising=False)

    assert notebook_layout.release_and_viewer({}) == (small_release, Viewer.public())
    assert notebook_layout.release_and_viewer({"viewer": "partnership:leeds"})[1] == Viewer.partnership("leeds")


def test_a_release_that_is_not_held_is_refused_by_name(small_workspace, small_release, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))

    assert notebook_layout.release_and_viewer({"release": small_release.release_id})[0] == small_release
    with pytest.raises(NoSuchRelease, match="no release 'never'"):
        notebook_layout.release_and_viewer({"release": "never"})


def test_a_reader_of_an_area_that_is_not_there_is_refused_with_what_to_write(small_workspace, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_HOME", str(small_workspace.root))

    with pytest.raises(ValueError, match="such as partnership:leeds"):
        notebook_layout.release_and_viewer({"viewer": "partnership:leedz"})


def test_the_server_never_imports_marimo():
    code = "import sys, dashboards.app, throughline.cli; sys.exit('marimo' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
