"""Land what was accepted: one folder a submission, complete or not there at all."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from throughline.door.checking import Incoming, Refused, check_batch, in_batches
from throughline.door.findings import Report, findings_frame
from throughline.door.specification import RETURNS, load_specification
from throughline.workspace import Workspace

LANDED = "landed"
ALREADY_LANDED = "already landed"
REFUSED = "refused"

# A folder still being written starts with this; nothing that starts with a dot is read.
ARRIVING = ".arriving-"
ABANDONED_AFTER_SECONDS = 3_600

SUBMISSION_COLUMNS = (
    "submission_ref",
    "partnership_code",
    "period_start",
    "as_at_date",
    "specification_version",
    "is_synthetic",
    "received_at",
    "content_sha256",
    "rows_accepted",
    "rows_quarantined",
    "returns_absent",
)

SOURCE_COLUMNS = {"source_file": pl.String, "source_sheet": pl.String, "source_row": pl.Int64}

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Submission:
    """What became of one path."""

    path: Path
    state: str
    submission_ref: str | None
    report: Report | None
    message: str | None = None

    @property
    def failed(self) -> bool:
        """Whether the path could not be landed at all."""
        return self.state == REFUSED


def submit(paths: Iterable[str | Path], workspace: Workspace, progress: Progress | None = None) -> list[Submission]:
    """Check every path and land each that can be read; one that cannot does not stop the others."""
    paths = [Path(path) for path in paths]
    landing = workspace.landing
    landing.mkdir(parents=True, exist_ok=True)
    clear_abandoned(landing)
    done: list[Submission] = []
    for batch in in_batches(paths):
        check_batch([one for one in batch if isinstance(one, Incoming) and not _is_landed(one, landing)])
        while batch:
            done.append(_take_in(batch.pop(0), landing))
            if progress:
                progress(len(done), len(paths), done[-1].path.name)
    return done


def land(incoming: Incoming, landing: Path, received_at: str | None = None) -> bool:
    """Write a checked submission beside its place, then rename it there; false if it was there already."""
    report = incoming.report
    place = landing / report.submission_ref
    if place.exists():
        return False
    received_at = received_at or datetime.now(UTC).isoformat(timespec="microseconds")
    arriving = landing / f"{ARRIVING}{report.submission_ref}-{os.getpid()}"
    shutil.rmtree(arriving, ignore_errors=True)
    arriving.mkdir()
    _write(incoming, arriving, received_at)
    try:
        os.rename(arriving, place)
    except OSError:
        # Another process has just landed the same content: its copy is as good as ours.
        if not place.exists():
            raise
        shutil.rmtree(arriving)
        return False
    return True


def clear_abandoned(landing: Path) -> None:
    """Take away folders that a stopped process left half written."""
    for folder in landing.glob(f"{ARRIVING}*"):
        if time.time() - folder.stat().st_mtime > ABANDONED_AFTER_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _is_landed(incoming: Incoming, landing: Path) -> bool:
    reference = incoming.report.submission_ref
    return reference is not None and (landing / reference).exists()


def _take_in(one: Incoming | Refused, landing: Path) -> Submission:
    if isinstance(one, Refused):
        return Submission(one.path, REFUSED, None, None, one.message)
    path, report = one.opened.path, one.report
    if report.submission_ref is None:
        message = f"{path.name}: one return by itself cannot be submitted. Name its folder, with submission.csv in it."
        return Submission(path, REFUSED, None, report.without_rows(), message)
    state = LANDED if land(one, landing) else ALREADY_LANDED
    return Submission(path, state, report.submission_ref, report.without_rows())


def _write(incoming: Incoming, folder: Path, received_at: str) -> None:
    report = incoming.report
    for name in RETURNS:
        if name != "submission":
            _landed_rows(report, name).write_parquet(folder / f"{name}.parquet")
    _quarantine(report).write_parquet(folder / "quarantine.parquet")
    findings_frame(report.findings, report.submission_ref).write_parquet(folder / "findings.parquet")
    about = _about(report, received_at)
    pl.DataFrame([about], schema_overrides={"period_start": pl.String}).write_parquet(folder / "submission.parquet")
    files = [file.name for file in incoming.opened.files]
    text = json.dumps(about | {"original_files": files}, indent=2, ensure_ascii=False)
    (folder / "submission.json").write_text(text + "\n", encoding="utf-8")
    (folder / "original").mkdir()
    for file in incoming.opened.files:
        shutil.copy2(file, folder / "original" / file.name)


def _landed_rows(report: Report, name: str) -> pl.DataFrame:
    """The accepted rows with where each came from; columns but no rows when the return was not sent."""
    names = load_specification().returns[name].field_names
    schema = dict.fromkeys(names, pl.String) | SOURCE_COLUMNS
    rows = report.accepted.get(name, pl.DataFrame(schema=schema))
    return rows.select(*schema).with_columns(pl.lit(report.submission_ref).alias("submission_ref"))


def _quarantine(report: Report) -> pl.DataFrame:
    """Where each row put aside stands and why, without its values: the original is kept."""
    schema = {"submission_ref": pl.String, "return": pl.String} | SOURCE_COLUMNS | {"rules": pl.String}
    frames = [
        rows.with_columns(pl.lit(report.submission_ref).alias("submission_ref"), pl.lit(name).alias("return"))
        for name, rows in report.rejected.items()
    ]
    return pl.concat([pl.DataFrame(schema=schema), *(frame.select(*schema) for frame in frames)])


def _about(report: Report, received_at: str) -> dict[str, object]:
    about = asdict(report.envelope) | {
        "submission_ref": report.submission_ref,
        "received_at": received_at,
        "content_sha256": report.content_sha256,
        "rows_accepted": report.rows_accepted,
        "rows_quarantined": report.rows_quarantined,
        "returns_absent": ";".join(report.returns_absent),
    }
    return {name: about[name] for name in SUBMISSION_COLUMNS}
