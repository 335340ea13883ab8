"""Land what was accepted: one folder a submission, complete or not there at all.

A folder is written under a hidden name, every file of it put safely on the disk, and then renamed to its place. A
process or a machine that stops at any moment leaves the place as it was or the whole submission in it.
"""

import hashlib
import json
import os
import platform
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from throughline.door.checking import Incoming, Refused, check_batch, in_batches
from throughline.door.findings import Report, UnreadableReturn, findings_frame
from throughline.door.specification import RETURNS, load_specification
from throughline.door.values import real_date
from throughline.workspace import Workspace

LANDED = "landed"
ALREADY_LANDED = "already landed"
REFUSED = "refused"

# A folder still being written starts with this; nothing that starts with a dot is read.
ARRIVING = ".arriving-"
# For folders of other machines, whose processes cannot be asked for: no submission takes this long to write.
ABANDONED_AFTER_SECONDS = 3_600

# The original is the one copy of what a person sent, personal data that was stopped included: docs/decisions/0005.
ORIGINAL = "original"
OWNER_ONLY_FOLDER = 0o700
OWNER_ONLY_FILE = 0o600
CHUNK = 1024 * 1024

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
    arriving = landing / f"{ARRIVING}{report.submission_ref}.{_machine()}.{os.getpid()}.{secrets.token_hex(4)}"
    arriving.mkdir(mode=OWNER_ONLY_FOLDER)
    try:
        _write(incoming, arriving, received_at)
        os.rename(arriving, place)
    except OSError:
        shutil.rmtree(arriving, ignore_errors=True)
        # Another process may have just landed the same content: its copy is as good as ours.
        if not place.exists():
            raise
        return False
    except BaseException:
        shutil.rmtree(arriving, ignore_errors=True)
        raise
    _sync(landing)
    return True


def clear_abandoned(landing: Path) -> None:
    """Take away folders that a stopped process left half written."""
    for folder in landing.glob(f"{ARRIVING}*"):
        if _is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    _, _, writer = folder.name.partition(f".{_machine()}.")
    process = writer.partition(".")[0]
    if process.isdigit() and not _is_running(int(process)):
        return True
    try:
        return time.time() - folder.stat().st_mtime > ABANDONED_AFTER_SECONDS
    except FileNotFoundError:
        return False  # It has just been landed, or cleared by somebody else.


def _machine() -> str:
    return re.sub(r"[^A-Za-z0-9]", "-", platform.node())[:40] or "unnamed"


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return True  # Asking there would end the process; the folder's age decides.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


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
    try:
        state = LANDED if land(one, landing) else ALREADY_LANDED
    except UnreadableReturn as problem:
        return Submission(path, REFUSED, None, None, str(problem))
    return Submission(path, state, report.submission_ref, report.without_rows())


def _write(incoming: Incoming, folder: Path, received_at: str) -> None:
    report = incoming.report
    originals = _keep_originals(incoming, folder / ORIGINAL)
    for name in RETURNS:
        if name != "submission":
            _save(_landed_rows(report, name), folder / f"{name}.parquet")
    _save(_quarantine(report), folder / "quarantine.parquet")
    _save(findings_frame(report.findings, report.submission_ref), folder / "findings.parquet")
    about = _about(report, received_at)
    _save(pl.DataFrame([about], schema_overrides={"period_start": pl.String}), folder / "submission.parquet")
    text = json.dumps(about | {"original_files": originals}, indent=2, ensure_ascii=False)
    (folder / "submission.json").write_text(text + "\n", encoding="utf-8")
    _sync(folder / "submission.json")
    _sync(folder)


def _save(frame: pl.DataFrame, path: Path) -> None:
    frame.write_parquet(path)
    _sync(path)


def _keep_originals(incoming: Incoming, folder: Path) -> list[dict[str, str]]:
    """Copy the files as sent, for their owner alone to read, and give the digest of each."""
    folder.mkdir(mode=OWNER_ONLY_FOLDER)
    kept = [{"name": file.name, "sha256": _copy_for_owner(file, folder / file.name)} for file in incoming.opened.files]
    one_file = incoming.opened.path.is_file()
    if one_file and kept[0]["sha256"] != incoming.opened.content_sha256:
        raise UnreadableReturn(f"{incoming.opened.path.name}: it was changed while we read it. Send it again.")
    _sync(folder)
    return kept


def _copy_for_owner(source: Path, target: Path) -> str:
    digest = hashlib.sha256()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY_FILE)
    with os.fdopen(handle, "wb") as copy, source.open("rb") as sent:
        while piece := sent.read(CHUNK):
            digest.update(piece)
            copy.write(piece)
    _sync(target)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    """Wait until a file, or the list of names in a folder, is safe on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Folders cannot be opened there; the rename itself is kept by the file system's journal.
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
    envelope = asdict(report.envelope)
    if real_date(envelope["period_start"] or "") is None:
        envelope["period_start"] = None  # Told as a finding; only a date is kept.
    about = envelope | {
        "submission_ref": report.submission_ref,
        "received_at": received_at,
        "content_sha256": report.content_sha256,
        "rows_accepted": report.rows_accepted,
        "rows_quarantined": report.rows_quarantined,
        "returns_absent": ";".join(report.returns_absent),
    }
    return {name: about[name] for name in SUBMISSION_COLUMNS}
