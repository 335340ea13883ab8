"""How the gate runs: what cannot be run never passes, notes stop nothing, a file written wrongly is refused."""

import json
import shutil
from dataclasses import fields

import duckdb
import polars as pl
import pytest

from throughline import build, gate, release
from throughline.gate import GateFault, GateResult
from throughline.workspace import Workspace

ENTRY = {
    "id": "X1",
    "expectation": "ExpectColumnValuesToBeInSet",
    "arguments": {"column": "off", "value_set": [0]},
    "message": "Something is off.",
}


@pytest.fixture(scope="module")
def empty_warehouse(tmp_path_factory):
    """A warehouse without a table: these expectations ask for none."""
    path = tmp_path_factory.mktemp("gate") / "empty.duckdb"
    duckdb.connect(str(path)).close()
    return path


def one_file(entry, query="select 1 as rows_examined, 0 as off"):
    return f"table: areas\nquery: {query}\nexpectations:\n  - {json.dumps(entry)}\n"


def write_file(folder, text):
    folder.mkdir()
    (folder / "one.yml").write_text(text, encoding="utf-8")
    return folder


def three_rows(warehouse):
    """A frame that a file may name."""
    return pl.DataFrame({"is_recoverable": [True, False, False]})


def test_an_expectation_of_a_column_that_is_not_there_is_a_failure_not_a_pass(empty_warehouse, tmp_path):
    entry = ENTRY | {"arguments": {"column": "not_a_column", "value_set": [0]}}
    [result] = gate.examine(empty_warehouse, folder=write_file(tmp_path / "e", one_file(entry)))
    assert result.outcome == "failed" and "could not be run" in result.message


@pytest.mark.parametrize(
    "query",
    [
        "select 1 as rows_examined, null::int as off",
        "select 1 as rows_examined, 0 as off where false",
        "select 1 as rows_examined, off from marts.no_such_table",
        "select 1 as rows_examined, cast('a word' as int) as off",
    ],
)
@pytest.mark.parametrize("severity", ["error", "note"])
def test_a_query_without_an_answer_stops_a_release_even_under_a_note(query, severity, empty_warehouse, tmp_path):
    folder = write_file(tmp_path / "e", one_file(ENTRY | {"severity": severity}, query))
    results = gate.examine(empty_warehouse, folder=folder)
    assert gate.blocking(results) == results
    assert "could not be run" in results[0].message
    assert "a word" not in json.dumps(results[0].as_dict())


def test_an_expectation_that_great_expectations_does_not_know_stops_a_release(empty_warehouse, tmp_path):
    folder = write_file(tmp_path / "e", one_file(ENTRY | {"expectation": "ExpectGoodLuck"}))
    assert len(gate.blocking(gate.examine(empty_warehouse, folder=folder))) == 1


def test_a_frame_that_cannot_be_made_stops_a_release(empty_warehouse, tmp_path):
    text = one_file(ENTRY).replace("query: select 1 as rows_examined, 0 as off", "frame: throughline.gate:no_such")
    [result] = gate.examine(empty_warehouse, folder=write_file(tmp_path / "e", text))
    assert result.outcome == "failed"


def test_a_frame_may_go_to_the_expectations_as_it_is(empty_warehouse, tmp_path):
    entry = ENTRY | {"arguments": {"column": "is_recoverable", "value_set": [False]}}
    text = one_file(entry).replace("query: select 1 as rows_examined, 0 as off", f"frame: {__name__}:three_rows")
    [result] = gate.examine(empty_warehouse, folder=write_file(tmp_path / "e", text))
    assert (result.success, result.rows_examined, result.rows_unexpected) == (False, 3, 1)


def test_a_query_may_ask_the_frame(empty_warehouse, tmp_path):
    query = "select count(*) as rows_examined, count(*) filter (is_recoverable) as off from frame"
    text = one_file(ENTRY, query) + f"frame: {__name__}:three_rows\n"
    [result] = gate.examine(empty_warehouse, folder=write_file(tmp_path / "e", text))
    assert (result.success, result.rows_examined, result.rows_unexpected) == (False, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        one_file(ENTRY | {"severity": "warning"}),
        one_file(ENTRY | {"sevrity": "note"}),
        one_file({key: value for key, value in ENTRY.items() if key != "message"}),
        one_file(ENTRY).replace("query:", "qury:"),
        one_file(ENTRY) + f"  - {json.dumps(ENTRY)}\n",
        "table: areas\nquery: select 1\nexpectations: []\n",
    ],
)
def test_a_file_written_wrongly_is_refused_whole(text, tmp_path):
    with pytest.raises(GateFault):
        gate.read_files(write_file(tmp_path / "e", text))


def test_a_note_is_kept_and_stops_nothing(empty_warehouse, tmp_path):
    query = "select 5 as rows_examined, 2 as off"
    folder = write_file(tmp_path / "e", one_file(ENTRY | {"severity": "note"}, query))
    [result] = gate.examine(empty_warehouse, folder=folder)
    assert (result.outcome, result.rows_examined, result.rows_unexpected) == ("note", 5, 2)
    assert gate.blocking([result]) == []


def test_results_become_a_table_to_query(empty_warehouse, tmp_path):
    results = gate.examine(empty_warehouse, folder=write_file(tmp_path / "e", one_file(ENTRY)))
    table = gate.results_table(results)
    assert table.columns == [*(field.name for field in fields(GateResult)), "outcome"]
    assert table.row(0, named=True) == results[0].as_dict() | {"outcome": "passed"}
    assert gate.results_table([]).schema == table.schema


@pytest.fixture
def copied_workspace(small_workspace, tmp_path):
    """A workspace of the test's own, so that it may break things."""
    shutil.copytree(small_workspace.root, tmp_path / "copy", symlinks=True)
    return Workspace(tmp_path / "copy")


def test_a_build_that_fails_the_gate_leaves_the_old_release_and_names_the_expectation(
    copied_workspace, tmp_path, monkeypatch
):
    before = release.open_current(copied_workspace).release_id
    folder = write_file(tmp_path / "e", one_file(ENTRY, "select 9 as rows_examined, 1 as off"))
    examine = gate.examine
    monkeypatch.setattr(gate, "examine", lambda *given, **named: examine(*given, **named | {"folder": folder}))
    with pytest.raises(build.BuildFailed, match=r"X1 on areas: Something is off\."):
        build.build(copied_workspace)
    assert release.open_current(copied_workspace).release_id == before
