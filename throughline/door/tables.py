"""Find the returns among the cells: which sheet is which return, and which column is which field."""

from dataclasses import dataclass, field

import polars as pl

from throughline.door.canonical import canonical, tidy
from throughline.door.findings import ERROR, QUERY, Finding, UnreadableReturn
from throughline.door.reading import Cells, Opened
from throughline.door.specification import ReturnSpecification, Specification

# Sheets of the template that hold no return.
SHEETS_TO_PASS_OVER = {"guidance", "code_lists", "lists", "contents", "read_me", "about", "cover", "notes"}

ROW = "source_row"


@dataclass
class Table:
    """One return as sent: canonical text by field, the spreadsheet row of each, and where each field's column is."""

    return_name: str
    file: str
    sheet: str | None
    frame: pl.DataFrame
    letters: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    # Rules that put aside every row, and rules that put aside single rows.
    whole_table_rules: list[str] = field(default_factory=list)
    row_rules: dict[int, str] = field(default_factory=dict)

    def finding(self, rule: str, severity: str, message: str, fix: str, **where: object) -> Finding:
        """A finding in this table."""
        place = {"row": None, "column": None, "field": None, "title": None, "example": None} | where
        return Finding(rule, severity, self.file, self.sheet, message=message, fix=fix, **place)


def find_tables(opened: Opened, specification: Specification) -> tuple[dict[str, Table], list[Finding]]:
    """The returns of a submission by name, and findings about sheets that are missing or not known."""
    tables: dict[str, Table] = {}
    findings: list[Finding] = []
    for cells in opened.cells:
        name = sheet_name(cells.name)
        if name in specification.returns and name not in tables:
            if not is_empty(cells):
                tables[name] = make_table(cells, specification.returns[name])
        elif name not in SHEETS_TO_PASS_OVER:
            findings.append(_unknown_sheet(cells))
    if not tables:
        known = ", ".join(specification.returns)
        raise UnreadableReturn(f"{opened.path.name}: no sheet or file here is one of our returns ({known}).")
    alone = len(opened.cells) == 1 and opened.path.is_file() and opened.cells[0].sheet is None
    if not alone:
        findings += [
            _missing_sheet(opened, returned)
            for name, returned in specification.returns.items()
            if name not in tables and name != "submission" and not returned.may_be_left_out
        ]
    return tables, findings


def sheet_name(name: str) -> str:
    """The name of a sheet as a return's name is written."""
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def is_empty(cells: Cells) -> bool:
    """Whether a sheet holds nothing at all, not even headings."""
    return cells.frame.width == 0 or cells.frame.height == 0


def make_table(cells: Cells, specification: ReturnSpecification) -> Table:
    """The rows below the headings, each column under its field's name."""
    headings = [heading and heading.strip().lower() for heading in cells.frame.row(0)]
    rows = cells.frame.with_row_index(ROW, offset=1).slice(1)
    rows = rows.filter(pl.any_horizontal(tidy(column).is_not_null() for column in cells.frame.columns))
    table = Table(specification.name, cells.file, cells.sheet, pl.DataFrame())
    columns: dict[str, str] = {}
    for place, (heading, column) in enumerate(zip(headings, cells.frame.columns, strict=True), cells.first_column):
        if not heading:
            _note_values_without_heading(table, rows, column, place)
        elif heading not in specification.field_names:
            _note_unknown_column(table, heading, place)
        elif heading in columns:
            _note_repeated_column(table, heading, place)
        else:
            columns[heading] = column
            table.letters[heading] = letter(place)
    if not columns:
        _note_no_headings(table)
    for missing in specification.fields:
        if columns and missing.name not in columns:
            _note_missing_column(table, missing.name, missing.is_required)
    table.frame = rows.select(
        pl.col(ROW).cast(pl.Int64),
        *(
            canonical(columns[field.name], field)
            if field.name in columns
            else pl.lit(None, pl.String).alias(field.name)
            for field in specification.fields
        ),
    )
    return table


def letter(place: int) -> str:
    """The letter of a column as a spreadsheet shows it: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, remainder = divmod(place - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def _missing_sheet(opened: Opened, returned: ReturnSpecification) -> Finding:
    return Finding(
        rule="S01",
        severity=QUERY,
        file=opened.path.name,
        sheet=returned.name,
        row=None,
        column=None,
        field=None,
        title=returned.title,
        message=f"There is no sheet or file called {returned.name}, or it is blank.",
        fix="Add it, with headings and no rows if there is nothing to report, and say so in nil_returns.",
    )


def _unknown_sheet(cells: Cells) -> Finding:
    return Finding(
        rule="S06",
        severity=QUERY,
        file=cells.file,
        sheet=cells.sheet,
        row=None,
        column=None,
        field=None,
        title=None,
        message=f"{cells.name[:40]} is not a return, and was not read.",
        fix="Rename it if it holds a return; otherwise take it out.",
    )


def _note_missing_column(table: Table, name: str, is_required: bool) -> None:
    if is_required:
        table.whole_table_rules.append("S02")
    table.findings.append(
        table.finding(
            "S02",
            ERROR if is_required else QUERY,
            f"There is no column called {name}.",
            "Add the column, with its heading in row 1 as it is in the template.",
            field=name,
        )
    )


def _note_no_headings(table: Table) -> None:
    table.whole_table_rules.append("S02")
    table.findings = [
        table.finding(
            "S02",
            ERROR,
            "No heading in row 1 is a field of this return.",
            "Put the template's headings in row 1, with the records below them.",
            row=1,
        )
    ]


def _note_unknown_column(table: Table, heading: str, place: int) -> None:
    table.findings.append(
        table.finding(
            "S03",
            QUERY,
            f"{heading[:40]} is not a field of this return, and was not read.",
            "Correct the heading if it is misspelt; otherwise take the column out.",
            column=letter(place),
        )
    )


def _note_repeated_column(table: Table, heading: str, place: int) -> None:
    table.whole_table_rules.append("S04")
    table.findings.append(
        table.finding(
            "S04",
            ERROR,
            f"{heading} appears twice, so we cannot tell which column is right.",
            "Keep one column of that name.",
            column=letter(place),
            field=heading,
        )
    )


def _note_values_without_heading(table: Table, rows: pl.DataFrame, column: str, place: int) -> None:
    """In a CSV a value past the last heading means that the row has shifted; in a sheet it is a note at the side."""
    filled = rows.filter(tidy(column).is_not_null())[ROW].to_list()
    if not filled:
        return
    if table.sheet is not None:
        table.findings.append(
            table.finding(
                "S05",
                QUERY,
                f"Column {letter(place)} holds values and has no heading, and was not read.",
                "Give the column its heading in row 1, or take it out.",
                column=letter(place),
            )
        )
        return
    for row in filled:
        if table.row_rules.get(row) is None:
            table.row_rules[row] = "S05"
            table.findings.append(
                table.finding(
                    "S05",
                    ERROR,
                    "The row holds more values than there are headings, so its values may have moved.",
                    "Put quotation marks round any value that holds a comma.",
                    row=row,
                    column=letter(place),
                )
            )
