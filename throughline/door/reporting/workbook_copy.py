"""A copy of the workbook with each problem marked where it is, and a first sheet that lists and links to them all.

The copy holds the sender's own cells, so it is written beside their own file and nothing of it is ever landed.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from throughline.door.findings import ERROR, QUERY, Finding
from throughline.door.reporting.outcome import Outcome
from throughline.door.reporting.problems_sheet import (
    FILLS,
    MARK,
    MOST_LISTED,
    PROBLEMS,
    add_problems_sheet,
    address_of,
)
from throughline.door.reporting.saving import save_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

# Above these a copy takes longer to write and to open than it saves; the list and the report still say everything.
MOST_BYTES_TO_MARK = 15_000_000
MOST_COMMENTS = 2_000

PERSONAL_DATA = "V30"

MARKABLE = (".xlsx", ".xlsm")

# A name that stands for cells of this workbook and nothing else: no other file, no program, no sum.
CELLS_ONLY = re.compile(r"('[^'\[\]|]+'|[\w.]+)!\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?")


@dataclass(frozen=True)
class Copy:
    """The workbook that was written, and what it could not show."""

    path: Path
    notes: tuple[str, ...]


class CannotMark(Exception):
    """Why the workbook itself cannot be copied and marked, in a sentence for the person who sent it."""


def write_copy(outcome: Outcome, sent: Path, folder: Path) -> Copy:
    """Write the marked copy, or a list of the problems alone where the file cannot be marked."""
    stem = sent.resolve().stem if sent.is_file() else sent.resolve().name
    try:
        return _write_marked(outcome, sent, folder / f"{stem}-marked.xlsx")
    except CannotMark as problem:
        return _write(
            outcome,
            _empty_workbook(),
            [f"{problem} The problems are listed here without your cells."],
            folder / f"{stem}-problems.xlsx",
        )


def _write_marked(outcome: Outcome, sent: Path, path: Path) -> Copy:
    if sent.suffix.lower() not in MARKABLE or not sent.is_file():
        raise CannotMark("Cells can be marked in an .xlsx workbook only.")
    try:
        if _unpacked_bytes(sent) > MOST_BYTES_TO_MARK:
            raise CannotMark("Your workbook is too large to copy and mark.")
        workbook = _load(sent)
        _take_out_earlier_marks(workbook)
        notes = mark_cells(workbook, outcome.report.findings)
        return _write(outcome, workbook, notes, path)
    except (OSError, CannotMark):
        raise
    except Exception as fault:
        # What openpyxl raises on an odd workbook is anything at all; the door has read its values another way.
        raise CannotMark("Your workbook could not be copied and marked.") from fault


def _write(outcome: Outcome, workbook: "Workbook", notes: list[str], path: Path) -> Copy:
    found = len(outcome.report.findings)
    if found > MOST_LISTED:
        notes = [*notes, f"The first {MOST_LISTED:,} problems of {found:,} are listed. report.html tells of them all."]
    add_problems_sheet(workbook, outcome, notes)
    save_workbook(workbook, path)
    return Copy(path, tuple(notes))


def mark_cells(workbook: "Workbook", findings: list[Finding]) -> list[str]:
    """Colour the cell of each finding and say in a comment what is wrong; the notes say what was left out."""
    from openpyxl.styles import PatternFill

    fills = {severity: PatternFill("solid", fgColor=colour) for severity, colour in FILLS.items()}
    commented, left_out = 0, 0
    for (sheet_name, address), found in _by_cell(workbook, findings).items():
        cell = _cell(workbook[sheet_name], address)
        if cell is None:
            continue
        if any(one.rule == PERSONAL_DATA for one in found):
            cell.value = None  # no copy of ours hands a name or number on
        cell.fill = fills[ERROR if any(one.severity == ERROR for one in found) else QUERY]
        if commented < MOST_COMMENTS:
            _comment(cell, found)
            commented += 1
        else:
            left_out += 1
    notes = [
        "Errors are coloured red and queries yellow. Each has a comment, which begins with the word Error or Query.",
        "This is a copy to work from, with your own cells in it: keep it where you keep your return. "
        "Put right your own file, check that, and send that.",
        f"A cell stopped by {PERSONAL_DATA} is empty here: your own file still holds what has to come out of it.",
        "Formulas are shown as the values they had. Charts, pictures and macros are left out.",
    ]
    if left_out:
        notes.append(
            f"The first {MOST_COMMENTS:,} marked cells have comments. "
            f"{left_out:,} more are coloured, and the list below says what is wrong in them."
        )
    return notes


def _by_cell(workbook: "Workbook", findings: list[Finding]) -> dict[tuple[str, str], list[Finding]]:
    cells: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.sheet not in workbook.sheetnames:
            continue
        address = address_of(finding, workbook[finding.sheet])
        if address:
            cells.setdefault((finding.sheet, address), []).append(finding)
    return cells


def _cell(sheet: "Worksheet", address: str) -> "Cell | None":
    """The cell, or the one that stands for it where cells are merged; nothing on a sheet that holds no cells."""
    from openpyxl.cell import MergedCell

    if not hasattr(sheet, "merged_cells"):
        return None
    cell = sheet[address]
    if not isinstance(cell, MergedCell):
        return cell
    whole = next(one for one in sheet.merged_cells.ranges if address in one)
    return sheet.cell(whole.min_row, whole.min_col)


def _comment(cell: "Cell", findings: list[Finding]) -> None:
    from openpyxl.comments import Comment

    lines = [MARK]
    for finding in findings[:10]:
        example = f" Example: {finding.example}" if finding.example else ""
        kind = "Error" if finding.severity == ERROR else "Query"
        lines.append(f"{kind} {finding.rule}. {finding.message} {finding.fix}{example}")
    own = cell.comment.text + "\n\n" if cell.comment else ""
    comment = Comment(own + "\n".join(lines), cell.comment.author if cell.comment else "Throughline")
    comment.width = 340
    comment.height = 30 + 20 * sum(1 + len(line) // 48 for line in comment.text.split("\n"))
    cell.comment = comment


def _take_out_earlier_marks(workbook: "Workbook") -> None:
    """A marked copy that is checked again starts afresh, so that what has been put right is no longer marked."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    earlier = workbook[PROBLEMS] if PROBLEMS in workbook.sheetnames else None
    if earlier is None or not str(earlier["A1"].value).startswith(f"{MARK}:"):
        return
    workbook.remove(earlier)
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and MARK in cell.comment.text:
                    own = cell.comment.text.partition(MARK)[0].strip()
                    cell.comment = Comment(own, cell.comment.author) if own else None
                    cell.fill = PatternFill()
                elif cell.has_style and cell.fill.fgColor.rgb in [f"00{colour}" for colour in FILLS.values()]:
                    cell.fill = PatternFill()


def _load(sent: Path) -> "Workbook":
    """Values only, no links to other files and no macros: nothing in the copy can run or fetch anything."""
    from openpyxl import load_workbook

    workbook = load_workbook(sent, data_only=True, keep_links=False, rich_text=True)
    for names in (workbook.defined_names, *(sheet.defined_names for sheet in workbook.worksheets)):
        for name in [name for name, held in names.items() if not CELLS_ONLY.fullmatch(held.attr_text or "")]:
            del names[name]
    return workbook


def _empty_workbook() -> "Workbook":
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)
    return workbook


def _unpacked_bytes(sent: Path) -> int:
    try:
        with ZipFile(sent) as archive:
            return sum(member.file_size for member in archive.infolist())
    except BadZipFile:
        return 0
