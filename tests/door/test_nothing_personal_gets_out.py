"""Planted personal data is looked for in every output, from the printed report to the published release."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import polars as pl
import pytest
from openpyxl import load_workbook

from throughline.demo import AS_AT, SEED
from throughline.release import open_current
from throughline.synthetic import make_returns
from throughline.workspace import PROJECT, Workspace

# Each in its own words, so that a find says which one got out and a look-alike elsewhere is not mistaken for it.
PLANTED = {
    "name": "Mrs Quillfeather",
    "name without a title": "Olivia Zzyxbloggs",
    "called": "child called Xanthippee",
    "date of birth": "born on 29/02/2012",
    "NHS number": "943 476 5919",
    "pupil number": "UPN H801200001001",
    "postcode": "ZE2 9XQ",
    "address": "917 Quagmire Crescent",
    "phone": "07700 900461",
    "e-mail": "quill@feather.example",
}
# Patterns, each of which nothing but what was planted can write. Six digits alone are not such a thing: dbt's log holds
# thousands of clock readings and checksums, and the microseconds of one can be the end of the phone number.
TRACES = {
    "quillfeather",
    "zzyxbloggs",
    "xanthippee",
    "29/02/2012",
    "943 ?476 ?5919",
    "h801200001001",
    "ze2 9xq",
    "quagmire",
    r"07700 ?900461|(?<![\w.])900461(?!\w)",
    r"feather\.example",
}


ORIGINAL = "the original, kept for its owner alone"


def plant(path: Path) -> int:
    """Put each thing into fields of every type; gives the number of fields that are to be stopped."""
    workbook = load_workbook(path)
    stopped = 0

    def put(return_name: str, field: str, row: int, value: object) -> None:
        nonlocal stopped
        sheet = workbook[return_name]
        column = next(cell.column for cell in sheet[1] if cell.value == field)
        sheet.cell(row, column, value)
        stopped += 1

    for row, text in enumerate(PLANTED.values(), start=2):
        put("recommendations", "rec_text", row, f"Partners should write to {text} and then review what they do.")
        put("recommendations", "owner_role", row, text)
        put("recommendations", "gov_department", row, text)
    put("submission", "prepared_by_role", 2, PLANTED["name without a title"])
    put("notifications", "nature", 2, PLANTED["name"])
    put("notifications", "residence_la_code", 3, PLANTED["postcode"])
    put("rapid_reviews", "rr_ref", 2, "9434765919")
    put("rapid_reviews", "learning_points_count", 3, 9434765919)
    put("rapid_reviews", "decision_reasons", 4, PLANTED["called"])
    put("referrals", "date_referred", 2, PLANTED["date of birth"])
    put("referrals", "theme_codes", 3, PLANTED["e-mail"])
    put("children", "disability_value", 2, PLANTED["address"])
    put("lcsprs", "reviewer_ref", 2, PLANTED["e-mail"])
    put("lcsprs", "page_count", 3, PLANTED["phone"])
    sheet = workbook["children"]
    sheet.cell(1, sheet.max_column + 1, PLANTED["name"])
    sheet.cell(2, sheet.max_column, PLANTED["NHS number"])
    workbook.create_sheet(PLANTED["name without a title"])["A1"] = PLANTED["date of birth"]
    workbook.save(path)
    return stopped


def run(workspace: Workspace, *arguments: object) -> str:
    environment = os.environ | {"THROUGHLINE_HOME": str(workspace.root)}
    command = [sys.executable, "-m", "throughline", *map(str, arguments)]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=500)
    assert "Traceback" not in done.stderr, done.stderr
    return f"{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory) -> dict[str, str]:
    """Everything that is told or written about a planted return, as text by the name of the output."""
    workspace = Workspace(tmp_path_factory.mktemp("planted"))
    workspace.returns.mkdir()
    make_returns(workspace.returns, seed=SEED, scale=6, as_at=AS_AT, partnerships=["kent", "leeds"])
    planted = workspace.returns / "kent.xlsx"
    stopped = plant(planted)
    reports = workspace.root / "reports"
    told = {
        "check": run(workspace, "check", planted, "--report", reports),
        "submit": run(workspace, "submit", planted, workspace.returns / "leeds.xlsx"),
        "build": run(workspace, "build"),
    }
    release = open_current(workspace)
    assert any(ref.startswith("kent-") for ref in release.manifest["submissions"]), (
        "the planted return was not published"
    )
    [landed] = workspace.landing.glob("kent-*")
    findings = pl.read_parquet(landed / "findings.parquet")
    assert findings.filter(pl.col("rule") == "V30").height == stopped
    [original] = (landed / "original").iterdir()
    told |= {str(path.relative_to(workspace.root)): text for path, text in everything_in(workspace)}
    return told | {ORIGINAL: text_of_archive(original)}


def everything_in(workspace: Workspace):
    """Each file under the workspace as text: Parquet and DuckDB decoded, archives unpacked."""
    for path in sorted(workspace.root.rglob("*")):
        place = path.relative_to(workspace.root).parts
        # The files as sent, the one copy of them that is kept, and the sender's own marked copy of their own file.
        if path.is_dir() or place[0] == "returns" or "original" in place or path.name.endswith("-marked.xlsx"):
            continue
        yield path, path.as_posix()
        if path.suffix == ".parquet":
            yield path.with_name(f"{path.name} rows"), json.dumps(pl.read_parquet(path).rows(), default=str)
        elif path.suffix == ".duckdb":
            yield path.with_name(f"{path.name} rows"), "\n".join(rows_of(path))
        elif zipfile.is_zipfile(path):
            yield path.with_name(f"{path.name} parts"), text_of_archive(path)
        yield path.with_name(f"{path.name} bytes"), path.read_bytes().decode("latin-1")


def text_of_archive(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("latin-1") for name in archive.namelist())


def rows_of(path: Path):
    with duckdb.connect(str(path), read_only=True) as warehouse:
        tables = warehouse.execute("select table_schema, table_name from information_schema.tables").fetchall()
        assert tables
        for schema, table in tables:
            yield repr(warehouse.execute(f'select * from "{schema}"."{table}"').fetchall())


def traces_in(text: str) -> set[str]:
    lowered = text.lower()
    return {trace for trace in TRACES if re.search(trace, lowered)}


def test_nothing_that_was_planted_is_in_any_output(outputs):
    found = {(name, trace) for name, text in outputs.items() if name != ORIGINAL for trace in traces_in(text)}
    assert found == set()


def test_every_kind_of_output_was_looked_at(outputs):
    names = "\n".join(outputs)
    for needed in (
        *("check", "submit", "build", "findings.parquet rows", "quarantine.parquet rows", "submission.json"),
        *("recommendations.parquet rows", "work.duckdb rows", "manifest.json", "indicator_values.parquet rows"),
        *("report.html", ".json", "dbt.log", "run_results.json"),
    ):
        assert needed in names, needed
    assert "V30" in outputs["check"] and "a person's name" in outputs["submit"]


def test_the_search_finds_everything_in_the_original(outputs):
    assert traces_in(outputs[ORIGINAL]) == TRACES


def test_the_end_of_the_phone_number_is_found_alone_and_not_in_a_clock_reading():
    for leak in ("07700900461", "call 900461.", '"words": ["900461", "review"]'):
        assert traces_in(leak), leak
    for chance in ("18:50:16.900461Z", "took 0.39004612 s", "checksum 8ba900461cad"):
        assert not traces_in(chance), chance
