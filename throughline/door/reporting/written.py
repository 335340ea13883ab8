"""Put every form of the report in one folder, and never on top of what was sent."""

from dataclasses import dataclass
from pathlib import Path

from throughline.door.reporting.html_report import html_report
from throughline.door.reporting.json_report import FORMAT, json_report
from throughline.door.reporting.outcome import Outcome
from throughline.door.reporting.saving import save_text

HTML, JSON = "report.html", "report.json"


@dataclass(frozen=True)
class Written:
    """The folder of one file's report, and what is in it."""

    folder: Path
    html: Path
    json: Path
    copy: Path | None
    notes: tuple[str, ...]


def write_reports(outcome: Outcome, sent: Path, folder: Path) -> Written:
    """Write the page, the JSON and, where there is a problem to mark, the copy of the workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    _take_out_earlier(folder, sent)
    notes: tuple[str, ...] = ()
    copied = None
    if outcome.report and outcome.report.findings:
        from throughline.door.reporting.workbook_copy import write_copy

        written = write_copy(outcome, sent, folder)
        copied, notes = written.path, written.notes
    save_text(html_report(outcome), folder / HTML)
    save_text(json_report(outcome), folder / JSON)
    return Written(folder, folder / HTML, folder / JSON, copied, notes)


def report_folder(sent: Path, within: Path | None = None, taken: set[Path] | None = None) -> Path:
    """The folder for a file's report: beside the file unless told otherwise, and its own where two share a name."""
    whole = sent.resolve()
    name = whole.stem if whole.is_file() else whole.name
    parent = within.resolve() if within else whole.parent
    taken = set() if taken is None else taken
    folder, number = parent / f"{name}-check", 2
    while folder in taken:
        folder, number = parent / f"{name}-check-{number}", number + 1
    taken.add(folder)
    return folder


def is_report_folder(path: Path) -> bool:
    """Whether an earlier check made this folder, so that it is not taken for a return."""
    if not (path.is_dir() and (path / JSON).is_file()):
        return False
    with (path / JSON).open(encoding="utf-8", errors="replace") as file:
        return f'"format": "{FORMAT}"' in file.read(100)


def _take_out_earlier(folder: Path, sent: Path) -> None:
    """An earlier copy of the same file would show problems that may have been put right since."""
    if not is_report_folder(folder):
        return
    stem = sent.resolve().stem if sent.is_file() else sent.resolve().name
    for name in (f"{stem}-marked.xlsx", f"{stem}-problems.xlsx"):
        (folder / name).unlink(missing_ok=True)
