"""Files that nobody would make on purpose: the door reads them or refuses them in one line, and loses no row."""

import csv
import io
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from tests.fixtures.returns import valid_return, write_workbook
from throughline import door
from throughline.door import UnreadableReturn
from throughline.door.findings import Report
from throughline.door.reading import open_submission
from throughline.door.specification import load_specification
from throughline.door.tables import find_tables

# One file of this size takes some milliseconds; the limit is for a busy machine.
MOST_SECONDS = 10

SPECIFICATION = load_specification()
FUZZED = ("notifications", "children", "nil_returns", "recommendations")

ODD_TEXTS = (
    "", " ", "\u00a0", "\u200b", "-", "N/K", "unknown", "Refused", "=1+1", "@SUM(A1)", "+1", "31/02/2025", "03/04/2025",
    "11/25/2025", "45965", "99999", "1e9", "9" * 40, "0", "TRUE", "not recorded", "sin_ref", "Date notified", "kent",
    "E10000099", "Kent", "Kentt", ";;", "//", "2025-01-01//X", "LA;ICB", '"', "a,b", "a\nb", "“MET”", "é", "🙂",
    "x" * 5000,
)  # fmt: skip

values = st.one_of(
    st.sampled_from(ODD_TEXTS),
    st.text(max_size=12),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.none(),
)
# Where a value goes: a return, and a place within or just beyond its filled cells.
spoilt_cells = st.lists(
    st.tuples(st.sampled_from(FUZZED), st.integers(1, 6), st.integers(1, 40), values), min_size=1, max_size=12
)
changes_of_structure = st.lists(
    st.tuples(
        st.sampled_from(
            ["insert_rows", "delete_rows", "insert_cols", "delete_cols", "remove", "rename", "hide", "merge"]
        ),
        st.sampled_from(FUZZED),
        st.integers(1, 8),
        st.integers(1, 3),
    ),
    max_size=3,
)
quietly = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], derandomize=True
)


@cache
def valid_sheets() -> dict[str, list[list]]:
    rows = valid_return({name: [{}] * 3 for name in FUZZED})
    return {
        name: [SPECIFICATION.returns[name].field_names, *[list(row.values()) for row in filled]]
        for name, filled in rows.items()
    }


def as_workbook(path: Path, cells, structure) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in valid_sheets().items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for name, row, column, value in cells:
        workbook[name].cell(row, column).value = (
            ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
        )
    for change, name, place, amount in structure:
        change_structure(workbook, change, name, place, amount)
    workbook.save(path)
    return path


def change_structure(workbook: Workbook, change: str, name: str, place: int, amount: int) -> None:
    if name not in workbook.sheetnames:
        return
    sheet = workbook[name]
    if change in ("insert_rows", "delete_rows", "insert_cols", "delete_cols"):
        getattr(sheet, change)(place, amount)
    elif change == "remove":
        workbook.remove(sheet)
    elif change == "rename":
        sheet.title = ("rota", "Children ", "sins", "recs")[place % 4]
    elif change == "hide":
        sheet.sheet_state = "hidden"
    else:
        sheet.merge_cells(start_row=place, end_row=place + amount, start_column=1, end_column=amount)


def as_folder(folder: Path, cells, separator: str, encoding: str) -> Path:
    folder.mkdir()
    sheets = {name: [list(row) for row in rows] for name, rows in valid_sheets().items()}
    for name, row, column, value in cells:
        rows = sheets[name]
        rows += [[] for _ in range(row - len(rows))]
        rows[row - 1] += [None] * (column - len(rows[row - 1]))
        rows[row - 1][column - 1] = value
    for name, rows in sheets.items():
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=separator).writerows(rows)
        (folder / f"{name}.csv").write_bytes(text.getvalue().encode(encoding, "ignore"))
    return folder


def read_within_bounds(path: Path) -> None:
    """Read one path: a refusal in one line, or every filled row below the headings and no other."""
    started = time.monotonic()
    try:
        opened = open_submission(path)
        tables, _ = find_tables(opened, SPECIFICATION)
    except UnreadableReturn as refusal:
        assert "\n" not in str(refusal)
        return
    finally:
        assert time.monotonic() - started < MOST_SECONDS
    by_name = {(cells.file, cells.sheet): cells.frame for cells in opened.cells}
    for table in tables.values():
        below = by_name[table.file, table.sheet].slice(table.heading_row)
        assert table.frame.height == sum(is_filled(row) for row in below.iter_rows()), table.return_name
        assert set(table.row_rules) <= set(table.frame["source_row"])


def is_filled(row: tuple[str | None, ...]) -> bool:
    return any(cell is not None and any(shows(character) for character in cell) for cell in row)


def shows(character: str) -> bool:
    return (
        not character.isspace()
        and character not in "\u00ad\ufeff"
        and not (
            0x200B <= ord(character) <= 0x200F
            or 0x202A <= ord(character) <= 0x202E
            or 0x2060 <= ord(character) <= 0x2064
        )
    )


@given(spoilt_cells, changes_of_structure)
@settings(quietly, max_examples=60)
def test_any_workbook_is_read_whole_or_refused(cells, structure):
    with TemporaryDirectory() as folder:
        read_within_bounds(as_workbook(Path(folder) / "return.xlsx", cells, structure))


@given(spoilt_cells, st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"]))
@settings(quietly, max_examples=60)
def test_any_folder_of_csv_files_is_read_whole_or_refused(cells, separator, encoding):
    with TemporaryDirectory() as folder:
        read_within_bounds(as_folder(Path(folder) / "kent", cells, separator, encoding))


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore")))
@settings(quietly, max_examples=100)
def test_any_bytes_are_read_or_refused(content):
    with TemporaryDirectory() as folder:
        for name in ("notifications.csv", "return.xlsx", "return.xls", "return.ods", "return.xlsb"):
            path = Path(folder) / name
            path.write_bytes(content)
            read_within_bounds(path)


@pytest.fixture(scope="module")
def workbook_bytes(tmp_path_factory):
    path = write_workbook(tmp_path_factory.mktemp("valid") / "return.xlsx", {"notifications": [{}]})
    old = Path(__file__).parent / "corpus" / "samples"
    return {".xlsx": path.read_bytes()} | {file.suffix: file.read_bytes() for file in old.iterdir()}


damaged_bytes = st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), max_size=8)


@given(damaged_bytes, st.none() | st.floats(0, 1))
@settings(quietly, max_examples=60)
def test_a_damaged_workbook_is_read_or_refused(workbook_bytes, damage, cut):
    read_damaged(workbook_bytes, ".xlsx", damage, cut)


@given(st.sampled_from([".xls", ".ods"]), damaged_bytes, st.none() | st.floats(0, 1))
@settings(quietly, max_examples=8)
def test_a_damaged_workbook_of_an_older_kind_is_read_or_refused(workbook_bytes, suffix, damage, cut):
    """Fewer of these, since each is read in a process of its own."""
    read_damaged(workbook_bytes, suffix, damage, cut)


def read_damaged(workbook_bytes, suffix, damage, cut):
    content = bytearray(workbook_bytes[suffix])
    for where, byte in damage:
        content[int(where * len(content))] = byte
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"return{suffix}"
        path.write_bytes(content if cut is None else content[: int(cut * len(content))])
        read_within_bounds(path)


@given(st.lists(st.tuples(spoilt_cells, changes_of_structure), min_size=6, max_size=6))
@settings(quietly, max_examples=2)
def test_rows_in_are_rows_accepted_and_rows_put_aside(spoilt):
    """The whole check of several files at once, since a run of the suites costs the same for one as for many."""
    with TemporaryDirectory() as folder:
        paths = [as_workbook(Path(folder) / f"{number}.xlsx", *one) for number, one in enumerate(spoilt)]
        for path, answer in zip(paths, door.check_many(paths), strict=True):
            if not isinstance(answer, Report):
                continue
            tables, _ = find_tables(open_submission(path), SPECIFICATION)
            for name, table in tables.items():
                if name != "submission":
                    kept, aside = answer.accepted[name]["source_row"], answer.rejected[name]["source_row"]
                    assert sorted([*kept, *aside]) == table.frame["source_row"].to_list(), name
            assert answer.rows_accepted == sum(frame.height for frame in answer.accepted.values())
