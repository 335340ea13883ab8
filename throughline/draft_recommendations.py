"""A draft set of recommendations as somebody wrote it: the return's sheet with its codes, or one recommendation a "
"line."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from throughline.door.findings import UnreadableReturn
from throughline.door.personal_data import found_in
from throughline.door.specification import Field, load_specification
from throughline.door.tables import ROW, Table, find_tables, make_table

RETURN = "recommendations"
TEXT = "rec_text"
CODES = ("level", "targets", "change_type", "loop", "smart_s", "smart_m", "smart_a", "smart_r", "smart_t", "date_due")
PLAIN_ENDINGS = (".txt", ".md")
CSV_ENDING = ".csv"
# What a list in a document puts before each entry: 1. or 2) or (a) or a mark.
ENTRY_MARK = re.compile(r"^\s*(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|[-*•–])\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """One row a recommendation: name, rec_text, is_held_back, and those codes that the file has a column for.

    A text that looks as if it pointed to a person is held back: it is counted, and its words go no further.
    `not_understood` counts cells whose code is not in its list; they are blank here.
    """

    file: str
    rows: pl.DataFrame
    not_understood: int = 0

    @property
    def codes(self) -> tuple[str, ...]:
        """The coded columns that the file has."""
        return tuple(name for name in CODES if name in self.rows.columns)


def read_draft(path: Path) -> Draft:
    """Reads a workbook or CSV of the return, or a list of texts; UnreadableReturn where it holds none."""
    if path.suffix.lower() not in PLAIN_ENDINGS:
        table = _recommendations_in(path)
        if table is not None:
            return _from_table(path, table)
        if path.suffix.lower() != CSV_ENDING:
            raise UnreadableReturn(
                f"{path.name}: no sheet here is the sheet of recommendations. Name one {RETURN}, or give one "
                "recommendation a line in a text file."
            )
    return _from_lines(path)


def _recommendations_in(path: Path) -> Table | None:
    """The sheet of recommendations by its name, else the sheet whose headings name most of its fields."""
    from throughline.door.reading import open_submission

    specification = load_specification()
    opened = open_submission(path)
    try:
        named = find_tables(opened, specification)[0].get(RETURN)
    except UnreadableReturn:  # no sheet is called as one of our returns
        named = None
    if named is not None:
        return named
    tables = [make_table(cells, specification.returns[RETURN]) for cells in opened.cells if cells.frame.height > 1]
    likely = [table for table in tables if {TEXT, *CODES} & set(table.letters)]
    return max(likely, key=lambda table: len(table.letters), default=None)


def _from_table(path: Path, table: Table) -> Draft:
    """Codes and dates as the door understands them; every other cell of a coded column is blank and counted."""
    specification = load_specification().returns[RETURN]
    rows = table.frame.rename({ROW: "line"})
    held = [name for name in CODES if name in table.letters]
    understood = {name: _understood(rows[name], specification.field(name)) for name in held}
    lost = sum(int((rows[name].is_not_null() & column.is_null()).sum()) for name, column in understood.items())
    names = pl.coalesce(pl.col("rec_ref"), pl.format("Row {}", pl.col("line")))
    drafted = rows.with_columns(names.alias("name"), **understood).filter(
        pl.any_horizontal(pl.col(name).is_not_null() for name in (TEXT, *held))
    )
    return _screened(path, drafted.select("name", TEXT, *held), lost)


def _understood(column: pl.Series, field: Field) -> pl.Series:
    """The column with whatever is no code of its list, or no date, left out."""
    if field.type == "date":
        is_date = column.str.to_date("%Y-%m-%d", strict=False).is_not_null()
        return column.set(~is_date.fill_null(False), None)
    known = {code.code for code in field.codes}

    def kept(cell: str | None) -> str | None:
        codes = [code for code in (cell or "").split(";") if code in known]
        return ";".join(codes) or None

    return pl.Series(column.name, [kept(cell) for cell in column], dtype=pl.String)


def _from_lines(path: Path) -> Draft:
    from throughline.door.csv_files import decoded

    try:
        text = decoded(path.name, path.read_bytes())
    except OSError as error:
        raise UnreadableReturn(f"{path.name}: cannot be opened ({error.strerror}).") from error
    lines = _csv_lines(text) if path.suffix.lower() == CSV_ENDING else text.splitlines()
    texts = [(number, ENTRY_MARK.sub("", line).strip()) for number, line in enumerate(lines, 1)]
    rows = pl.DataFrame(
        [(f"Line {number}", words) for number, words in texts if words],
        schema={"name": pl.String, TEXT: pl.String},
        orient="row",
    )
    return _screened(path, rows)


def _csv_lines(text: str) -> Sequence[str]:
    """Each row as the line that was meant: a comma inside a text that nobody put in quotes divides nothing."""
    return [",".join(cells) for cells in csv.reader(io.StringIO(text))]


def _screened(path: Path, rows: pl.DataFrame, not_understood: int = 0) -> Draft:
    """The rows with every text held back that looks as if it pointed to a person."""
    if rows.is_empty():
        raise UnreadableReturn(f"{path.name}: holds no recommendation. Give one a line, or the return's sheet.")
    is_held_back = found_in(rows[TEXT]).list.len().fill_null(0) > 0
    screened = rows.with_columns(
        is_held_back=is_held_back, **{TEXT: rows[TEXT].set(is_held_back.fill_null(False), None)}
    )
    return Draft(path.name, screened, not_understood)
