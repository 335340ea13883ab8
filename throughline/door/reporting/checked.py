"""Check files and tell people about each: a few lines on the screen, and a folder with the report."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from throughline.door.checking import Refused, check_many
from throughline.door.findings import Report
from throughline.door.reporting.outcome import outcome_of, summary_lines
from throughline.door.reporting.written import is_report_folder, report_folder, write_reports

Say = Callable[[str], None]


class Fault(Refused):
    """A file that could not be checked for a reason that is ours: there is nothing in it to report on."""


def check_and_tell(
    files: list[Path],
    say: Say,
    complain: Say,
    within: Path | None = None,
    write: bool = True,
    progress: Callable[[str, int, int], None] = lambda what, done, total: None,
    further: Callable[[Report], list[str]] = lambda report: [],
) -> bool:
    """Check every file and report on each; True when all may be sent, which queries do not prevent.

    `further` gives lines to add about each report, such as the partnership's own comparison.
    """
    returns = [file for file in files if not is_report_folder(file)]
    for file in files:
        if file not in returns:
            say(f"{file}: a report of an earlier check, which is passed over.")
    taken: set[Path] = set()
    all_right = True
    progress("Checking", 0, len(returns))
    for done, (file, answer) in enumerate(zip(returns, _answers(returns), strict=True), start=1):
        outcome = outcome_of(answer)
        for line in summary_lines(outcome):
            (say if outcome.report else complain)(line)
        for line in further(answer) if isinstance(answer, Report) else []:
            say(line)
        all_right = all_right and not outcome.failed
        if write and file.exists() and not isinstance(answer, Fault):
            try:
                written = write_reports(outcome, file, report_folder(file, within, taken))
                say(f"  Report: {written.html}")
                if written.copy:
                    say(f"  Workbook: {written.copy}")
            except OSError as problem:
                all_right = False
                complain(
                    f"{file.name}: the report could not be written ({problem.strerror}). Close it in other programs, "
                    "or name another folder with --report."
                )
        progress("Checking", done, len(returns))
    return all_right


@contextmanager
def _little_rubbish_collected() -> Iterator[None]:
    """Great Expectations makes a million lasting objects: not searching them for rubbish saves half a second."""
    gc.disable()
    try:
        from throughline.door import suite  # noqa: F401

        gc.freeze()
        gc.enable()
        yield
    finally:
        gc.unfreeze()
        gc.enable()


def _answers(files: list[Path]) -> Iterator[Report | Refused]:
    """An answer to every file, also where a fault of ours stops a whole batch: the others are then checked alone."""
    answered = 0
    try:
        with _little_rubbish_collected():
            for answer in check_many(files):
                yield answer
                answered += 1
        return
    except Exception as fault:
        if len(files) == 1:
            yield _fault(files[0], fault)
            return
    for file in files[answered:]:
        try:
            yield next(iter(check_many([file])))
        except Exception as fault:
            yield _fault(file, fault)


def _fault(file: Path, fault: Exception) -> Fault:
    """Says what kind of fault it was; its own words could hold a value from the file."""
    return Fault(
        file,
        f"{file.name}: could not be checked because of a fault in Throughline ({type(fault).__name__}), "
        "not in your file. Tell the people who look after it.",
    )
