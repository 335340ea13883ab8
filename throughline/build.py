"""From landed returns to a release: dbt builds the house, the gate looks at it, and only then does the pointer move."""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from throughline import release
from throughline.added_lines import prepare
from throughline.repetition import decisions
from throughline.workspace import PROJECT, Workspace

Progress = Callable[[str, int, int], None]

# What decides how a return lands. Rules between returns are models, which the door runs as the house does.
DOOR = [
    *("throughline/door", "throughline/house_in_memory.py", "throughline/working_days.py", "expectations/returns"),
    *("expectations/personal_data.yml", "expectations/synonyms.yml", "expectations/versions.yml"),
    *("dbt_project.yml", "models/staging", "models/intermediate", "macros", "seeds"),
]
# What a build depends on besides the returns themselves.
DEFINITIONS = [
    *(*DOOR, "models/marts", "models/indicators", "tests/data_tests", "expectations/marts"),
    *("throughline/build.py", "throughline/gate.py", "throughline/gate_frames.py", "throughline/gate_report.py"),
    *("throughline/indicators.py", "throughline/comparators.py", "throughline/curves.py", "throughline/units.py"),
    "throughline/hidden_comparators.py",
    *("throughline/statistics", "throughline/disclosure", "throughline/settings.py", "throughline/repetition"),
]
VERSIONS = ["throughline", "dbt-core", "dbt-duckdb", "duckdb", "great-expectations", "polars", "scipy", "statsmodels"]

# Beside the submissions, under a name that is not read as one.
COLUMNS = ".columns"

# Each published table, its source and the order of its rows, so that the same inputs give the same bytes.
PLACE = "area_type, area_code, period_type, period"
INDICATOR_ORDER = "indicator, breakdown, period_type, period, area_type, area_code"
PUBLIC = {
    "indicator_values": ("marts.public_indicator_values", INDICATOR_ORDER),
    "review_curves": ("marts.public_review_curves", f"{PLACE}, clock, days"),
    "outcome_curves": ("marts.public_outcome_curves", f"{PLACE}, outcome, months"),
    "indicators": ("seeds.indicators", "indicator"),
    "settings": ("seeds.settings", "setting"),
    "areas": ("marts.areas", "area_type, area_code"),
    "area_partnerships": ("marts.area_partnerships", "group_type, group_code, partnership_code"),
    "tile_map": ("marts.tile_map", "new_la_code"),
    "published_notifications": (
        "marts.published_notifications",
        "geographic_level, area_code, reporting_year, period, nature",
    ),
    "recurring_themes": ("marts.public_recurring_themes", "theme_primary"),
    "panel_counts": ("marts.panel_counts", "period_start, measure, nature"),
    "rules": ("seeds.rules", "rule"),
    "published_reconciliation": (
        "marts.published_reconciliation",
        "geographic_level, area_code, reporting_year, nature",
    ),
}
# True small numbers, for those with a right to them: throughline.release asks who reads.
RESTRICTED = {
    "indicator_values": ("marts.indicator_values", INDICATOR_ORDER),
    "returns_received": ("marts.returns_received", "partnership_code, reporting_year, return_name"),
    "submission_quality": ("marts.submission_quality", "partnership_code"),
    "finding_counts": ("marts.finding_counts", "partnership_code, rule, severity"),
    "return_changes": ("marts.return_changes", "partnership_code, return_name, change, field"),
    "open_reviews": ("marts.open_reviews", "partnership_code, return_name, record_ref"),
    "notification_dates": ("marts.notification_dates", "partnership_code, notification_number"),
    "national_recommendations": ("marts.national_recommendations", "partnership_code, rec_ref"),
    "recommendations": ("marts.recommendations", "rec_id"),
    "recommendation_pairs": ("marts.recommendation_pairs", "rec_id, earlier_rec_id"),
    "recommendation_chains": ("marts.recommendation_chains", "chain_id"),
    "recommendation_chain_members": ("marts.recommendation_chain_members", "chain_id, place_in_chain"),
    "recurrences": ("marts.recurrences", "area_type, area_code, recurring, subject"),
    "review_curves": ("marts.review_curves", f"{PLACE}, clock, days"),
    "outcome_curves": ("marts.outcome_curves", f"{PLACE}, outcome, months"),
    "stage_durations": ("marts.stage_durations", f"{PLACE}, stage"),
    "recording_ladder": ("marts.recording_ladder", f"{PLACE}, characteristic, stage, state, consideration"),
    "recorded_changes": ("marts.recorded_changes", f"{PLACE}, characteristic, stages, change"),
    "disproportionality": ("marts.disproportionality", f"{PLACE}, characteristic, group_level, group_name"),
    "recommendation_mix": ("marts.recommendation_mix", f"{PLACE}, axis, value"),
    "rapid_review_decisions": ("marts.rapid_review_decisions", f"{PLACE}, axis, value"),
}
# The one table with words of a return, restricted too: what a person wrote, by the recommendation it belongs to.
TEXTS = {"recommendation_texts": ("marts.recommendation_texts", "rec_id")}


class BuildFailed(Exception):
    """The build or the gate failed; the message says at what, and the old release goes on serving."""


def build(
    workspace: Workspace,
    known_by: str = "",
    progress: Progress = lambda *_: None,
    allow_falls: bool = False,
) -> release.Release:
    """Builds every model from what has landed, passes the gate and publishes; raises BuildFailed otherwise.

    allow_falls: tables may have far fewer rows than in the release that serves now.
    """
    from throughline import gate

    submissions = sorted(path.name for path in workspace.landing.glob("[!.]*") if path.is_dir())
    if not submissions:
        raise BuildFailed(
            f"Nothing has landed in {workspace.landing} yet. Send returns with `throughline submit` first."
        )
    run_dbt(workspace, known_by, progress)
    # What was known on an earlier day is fewer rows by nature.
    previous_rows = None if allow_falls or known_by else _rows_served(workspace)
    results = gate.examine(workspace.warehouse, progress, previous_rows=previous_rows)
    broken = gate.blocking(results)
    if broken:
        lines = "\n".join(f"  {result.expectation_id} on {result.table}: {result.message}" for result in broken)
        raise BuildFailed(f"The gate refused this build, and the release before it goes on serving:\n{lines}")
    progress("Publishing the release", 0, 1)
    made = publish(workspace, known_by, results)
    if not known_by:  # what was known on an earlier day is there to be looked at, not to be served as the news
        release.point_to(workspace, made.release_id)
    return made


def _rows_served(workspace: Workspace) -> dict | None:
    """How many rows each table of the release that serves now has, to see what has fallen; None without one."""
    try:
        return release.open_current(workspace).manifest
    except release.NoRelease:
        return None


def run_dbt(workspace: Workspace, known_by: str = "", progress: Progress = lambda *_: None) -> None:
    """Runs dbt in a process of its own: it would otherwise keep the working warehouse open and locked."""
    workspace.warehouse.parent.mkdir(parents=True, exist_ok=True)
    seeds_stamp = workspace.warehouse.with_suffix(".seeds")
    seeds = fingerprint_of([PROJECT / "seeds", PROJECT / "dbt_project.yml"])
    held = workspace.warehouse.exists() and seeds_stamp.exists() and seeds_stamp.read_text() == seeds
    # Reference data that has not changed is neither loaded nor tested again; what has may have other columns now.
    unchanged = ["--select", "path:models", "path:tests/data_tests", "--indirect-selection", "buildable"]
    _write_columns(workspace.landing)
    selection = unchanged if held else ["--full-refresh"]
    command = [
        *(
            sys.executable,
            "-c",
            "from dbt.cli.main import cli; cli()",
            "--log-format",
            "json",
            "--log-level",
            "info",
            "build",
        ),
        *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
        *("--target-path", str(workspace.warehouse.parent / "target")),
        *("--log-path", str(workspace.warehouse.parent / "logs")),
        *("--exclude-resource-type", "unit_test", "--vars", json.dumps({"known_by": known_by})),
        *selection,
    ]
    environment = os.environ | {
        "THROUGHLINE_WAREHOUSE": str(workspace.warehouse),
        "THROUGHLINE_LANDING": str(workspace.landing),
        "THROUGHLINE_DECISIONS": str(prepare(workspace.decisions / decisions.FILE).parent),
        "DO_NOT_TRACK": "1",
    }
    seeds_stamp.unlink(missing_ok=True)
    process = subprocess.Popen(
        command, env=environment, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    failures = list(_follow(process.stdout, progress))
    if process.wait() != 0:
        what = "\n".join(f"  {line}" for line in failures) or f"  dbt ended with code {process.returncode}"
        raise BuildFailed(f"The models did not build, and the release before goes on serving:\n{what}")
    seeds_stamp.write_text(seeds)


def _write_columns(landing: Path) -> None:
    """An empty file of each return, for fields that are newer than every submission that landed."""
    import polars as pl

    from throughline.door.specification import RETURNS
    from throughline.house_in_memory import landed_columns

    folder = landing / COLUMNS
    folder.mkdir(exist_ok=True)
    for name in ["findings", *RETURNS]:
        pl.DataFrame(schema=landed_columns(name)).write_parquet(folder / f"{name}.parquet")


def _follow(lines: Iterator[str], progress: Progress) -> Iterator[str]:
    """Turns dbt's events into progress, and yields what failed."""
    progress("Building the models", 0, 1)
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            yield line.strip()
            continue
        name, data = event["info"]["name"], event.get("data", {})
        if name in ("LogModelResult", "LogTestResult", "LogSeedResult", "LogNodeResult"):
            progress("Building the models", data.get("index", 0), data.get("total", 1))
        if event["info"]["level"] == "error":
            yield event["info"]["msg"].strip()


def publish(workspace: Workspace, known_by: str, gate_results: list) -> release.Release:
    """Writes the release beside the others under a hidden name, then renames it into place."""
    from throughline import gate, gate_report

    made_at = datetime.now(UTC)
    workspace.releases.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(workspace.warehouse), read_only=True) as warehouse:
        as_at_date, is_synthetic, submissions = warehouse.execute(
            "select max(as_at_date), bool_or(is_synthetic), list(submission_ref order by submission_ref) "
            "from intermediate.int_submissions_current"
        ).fetchone()
        release_id = f"{as_at_date}-{made_at:%Y%m%dT%H%M%S%f}"[:-3]
        building = workspace.releases / f".building-{release_id}"
        building.mkdir()
        try:
            restricted = building / release.RESTRICTED
            restricted.mkdir(mode=0o700)
            rows = _write_tables(warehouse, PUBLIC, building)
            restricted_rows = _write_tables(warehouse, RESTRICTED | TEXTS, restricted)
            _write_index(workspace, restricted)
            found = gate.results_table(gate_results)
            found.write_parquet(building / "gate_results.parquet")
            gate_report.write(gate_results, building, release_id, as_at_date, is_synthetic)
            for file in restricted.iterdir():
                file.chmod(0o600)
            manifest = {
                "layout": release.LAYOUT,
                "release_id": release_id,
                "made_at": made_at.isoformat(timespec="seconds"),
                "as_at_date": as_at_date.isoformat(),
                "known_by": known_by or None,
                "is_synthetic": is_synthetic,
                "inputs_fingerprint": inputs_fingerprint(workspace, known_by),
                "submissions": submissions,
                "rows": rows,
                "restricted_rows": restricted_rows,
                "versions": {"python": platform.python_version()} | {name: version(name) for name in VERSIONS},
                "gate": dict(found["outcome"].value_counts().sort("outcome").iter_rows()),
            }
            (building / release.MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
            os.rename(building, workspace.releases / release_id)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
    return release.Release(workspace.releases / release_id)


def _write_index(workspace: Workspace, restricted: Path) -> None:
    """Writes the texts of recommendations as a question finds them, from what the models prepared."""
    import polars as pl

    from throughline.repetition.cache import prepare_with_cache
    from throughline.repetition.index import write_index

    texts = pl.read_parquet(restricted / "recommendation_texts.parquet")["rec_text"].to_list()
    prepared = workspace.warehouse.with_name("prepared_texts.npz")
    write_index(prepare_with_cache(texts, prepared), restricted / release.INDEX)


def _write_tables(warehouse: duckdb.DuckDBPyConnection, tables: dict, folder: Path) -> dict[str, int]:
    """Writes each table as a Parquet file in the folder; returns the number of rows of each."""
    return {
        name: warehouse.execute(
            f"copy (select * from {table} order by {order}) "
            f"to '{folder / name}.parquet' (format parquet, compression zstd)"
        ).fetchone()[0]
        for name, (table, order) in tables.items()
    }


def is_up_to_date(workspace: Workspace, known_by: str = "") -> bool:
    """True where the current release was made from just what has landed, by just these definitions."""
    try:
        manifest = release.open_current(workspace).manifest
    except (release.NoRelease, OSError):
        return False
    return manifest["inputs_fingerprint"] == inputs_fingerprint(workspace, known_by)


def inputs_fingerprint(workspace: Workspace, known_by: str = "") -> str:
    """One hash over the submissions held (named by their content), the definitions, the decisions and the day."""
    submissions = sorted(path.name for path in workspace.landing.glob("[!.]*") if path.is_dir())
    definitions = fingerprint_of([PROJECT / name for name in DEFINITIONS])
    decided = fingerprint_of_file(workspace.decisions / decisions.FILE)
    return hashlib.sha256(json.dumps([submissions, definitions, known_by, decided]).encode()).hexdigest()


def fingerprint_of_file(file: Path) -> str:
    """A hash over one file's content; empty where it is not there or holds nothing."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() and file.stat().st_size else ""


def fingerprint_of(paths: list[Path]) -> str:
    """One hash over the names and contents of files and of all files in folders, but for compiled ones."""
    digest = hashlib.sha256()
    for top in paths:
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        for file in files:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(PROJECT).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
