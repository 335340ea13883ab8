"""Make the file that a case of the corpus describes: a valid return of Kent, and what is odd about it."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.door.corpus.xlsb import write_xlsb
from tests.fixtures.returns import write_csv_folder, write_workbook
from throughline.door import versions
from throughline.door.specification import load_specification

HERE = Path(__file__).parent

Case = dict[str, Any]


def build(case: Case, folder: Path) -> Path:
    """The file or folder to send to the door."""
    folder.mkdir(parents=True)
    return BUILDERS[case.get("as", "workbook")](case, folder)


def _workbook(case: Case, folder: Path) -> Path:
    path = folder / "return.xlsx"
    write_workbook(path, _rows(case))
    if case.get("edits") or case.get("version"):
        workbook = load_workbook(path)
        if case.get("version"):
            _write_as_version(workbook, case["version"])
        for edit in case.get("edits", ()):
            operation = next(name for name in EDITS if name in edit)
            EDITS[operation](workbook, edit)
        workbook.save(path)
    return path.rename(folder / case["file"]) if "file" in case else path


def _rows(case: Case) -> dict[str, list[dict]]:
    rows = dict(case.get("rows", {}))
    if "version" in case and "submission" not in rows:
        rows["submission"] = [{"specification_version": case["version"]}]
    return rows


def _write_as_version(workbook: Workbook, version: str) -> None:
    """Give each sheet the headings of an older version, and take out columns and sheets that it did not have."""
    for name, returned in load_specification().returns.items():
        if name in versions.returns_since(version):
            workbook.remove(workbook[name])
            continue
        fields = versions.fields_at(name, returned.field_names, version)
        older = {current: old for old, current in fields.items() if current is not None}
        sheet = workbook[name]
        for place in range(len(returned.field_names), 0, -1):
            heading = sheet.cell(1, place)
            if heading.value in older:
                heading.value = older[heading.value]
            else:
                sheet.delete_cols(place)


def _folder(case: Case, folder: Path) -> Path:
    place = write_csv_folder(folder / "kent", _rows(case))
    text = case.get("text", {})
    for file in place.glob("*.csv"):
        _rewrite(file, text.get("separator", ","), text.get("encoding", "utf-8"))
    _write_contents(place, text)
    return place


def _one_csv(case: Case, folder: Path) -> Path:
    _write_contents(folder, case["text"])
    return folder / case["file"]


def _write_contents(folder: Path, text: dict[str, Any]) -> None:
    for name, contents in text.get("contents", {}).items():
        (folder / name).write_bytes(contents.encode())


def _rewrite(file: Path, separator: str, encoding: str) -> None:
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows(rows)
    file.write_bytes(written.getvalue().encode(encoding))


def _sample(case: Case, folder: Path) -> Path:
    path = folder / case["file"]
    path.write_bytes((HERE / "samples" / case["file"]).read_bytes())
    return path


def _bytes(case: Case, folder: Path) -> Path:
    path = folder / case["file"]
    path.write_bytes(case["content"].encode())
    return path


def _xlsb(case: Case, folder: Path) -> Path:
    workbook = load_workbook(_workbook(case, folder))
    sheets = {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in workbook}
    return write_xlsb(folder / "return.xlsb", sheets)


BUILDERS: dict[str, Callable[[Case, Path], Path]] = {
    "workbook": _workbook,
    "folder": _folder,
    "csv": _one_csv,
    "sample": _sample,
    "bytes": _bytes,
    "xlsb": _xlsb,
}


def _split(place: str) -> tuple[str, str]:
    sheet, cell = place.split("!")
    return sheet, cell


def _cell(workbook: Workbook, edit: dict) -> None:
    sheet, cell = _split(edit["cell"])
    workbook[sheet][cell] = edit["value"]


def _text_cell(workbook: Workbook, edit: dict) -> None:
    sheet, cell = _split(edit["text_cell"])
    workbook[sheet][cell].value = edit["value"]
    workbook[sheet][cell].data_type = "s"


def _insert_rows(workbook: Workbook, edit: dict) -> None:
    sheet, row = _split(edit["insert_rows"])
    workbook[sheet].insert_rows(int(row), amount=edit["count"])


def _delete_column(workbook: Workbook, edit: dict) -> None:
    sheet, letters = _split(edit["delete_column"])
    workbook[sheet].delete_cols(workbook[sheet][f"{letters}1"].column)


def _merge(workbook: Workbook, edit: dict) -> None:
    sheet, area = _split(edit["merge"])
    workbook[sheet].merge_cells(area)


def _only_sheet(workbook: Workbook, edit: dict) -> None:
    for sheet in workbook.worksheets[1:]:
        workbook.remove(sheet)
    workbook.worksheets[0].title = edit["only_sheet"]


EDITS: dict[str, Callable[[Workbook, dict], Any]] = {
    "cell": _cell,
    "text_cell": _text_cell,
    "insert_rows": _insert_rows,
    "delete_column": _delete_column,
    "merge": _merge,
    "only_sheet": _only_sheet,
    "rename": lambda workbook, edit: setattr(workbook[edit["rename"]], "title", edit["to"]),
    "hide": lambda workbook, edit: setattr(workbook[edit["hide"]], "sheet_state", edit["state"]),
    "add_sheet": lambda workbook, edit: workbook.create_sheet(edit["add_sheet"]),
    "delete_sheet": lambda workbook, edit: workbook.remove(workbook[edit["delete_sheet"]]),
    "count_from_1904": lambda workbook, _: setattr(workbook, "epoch", CALENDAR_MAC_1904),
}
