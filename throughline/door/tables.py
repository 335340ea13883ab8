"""Find the returns among the cells: which sheet is which return, and which column is which field."""

from dataclasses import dataclass, field

import polars as pl

from throughline.door import sheet_findings, versions
from throughline.door.canonical import canonical, tidy
from throughline.door.cells import NOTHING_ODD, Cells, Oddities, Opened
from throughline.door.findings import Finding, UnreadableReturn
from throughline.door.headings import ROWS_TO_SEARCH, row_of_headings, spellings_of_headings
from throughline.door.nothing_said import move_words_to_status, pairs_of
from throughline.door.sheet_findings import letter
from throughline.door.specification import Field, ReturnSpecification, Specification
from throughline.door.spelling import key, synonyms

__all__ = ["ROW", "Table", "find_tables", "letter", "make_table"]

# Sheets of the template that hold no return.
SHEETS_TO_PASS_OVER = {"guidance", "code_lists", "lists", "contents", "read_me", "about", "cover", "notes"}

SUBMISSION = "submission"
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
    # Fields emptied because they held personal data, and the rows of each.
    stopped: dict[str, frozenset[int]] = field(default_factory=dict)
    oddities: Oddities = NOTHING_ODD
    heading_row: int = 1

    def finding(self, rule: str, severity: str, message: str, fix: str, **where: object) -> Finding:
        """A finding in this table."""
        place = {"row": None, "column": None, "field": None, "title": None, "example": None} | where
        return Finding(rule, severity, self.file, self.sheet, message=message, fix=fix, **place)

    def note(self, field: Field, rule: str, severity: str, message: str, fix: str, row: int | None = None) -> None:
        """Add a finding about one field."""
        where = {"column": self.letters.get(field.name), "field": field.name, "title": field.title}
        self.findings.append(
            self.finding(rule, severity, message, fix, row=row, example=field.example or None, **where)
        )

    def put_aside(self, rows: list[int], rule: str) -> None:
        """Put rows aside for a rule; every row, if these are all there are."""
        if rows and len(rows) == self.frame.height:
            self.whole_table_rules.append(rule)
            return
        for row in rows:
            earlier = self.row_rules.get(row)
            self.row_rules[row] = rule if earlier in (None, rule) else f"{earlier};{rule}"


def find_tables(opened: Opened, specification: Specification) -> tuple[dict[str, Table], list[Finding]]:
    """The returns of a submission by name, and findings about sheets that are missing or not known."""
    from throughline.door.belonging import check_belonging

    sheets, findings = _sheets_of_returns(opened, specification)
    tables: dict[str, Table] = {}
    if SUBMISSION in sheets:
        tables[SUBMISSION] = make_table(sheets[SUBMISSION], specification.returns[SUBMISSION])
    version = _version_stated(tables.get(SUBMISSION)) or specification.version
    for name, cells in sheets.items():
        if name != SUBMISSION:
            tables[name] = make_table(cells, specification.returns[name], version)
    partnership = _stated(tables.get(SUBMISSION), "partnership_code")
    for name, table in tables.items():
        if name != SUBMISSION:
            check_belonging(table, specification.returns[name], partnership)
    if not _is_one_csv(opened):
        expected = [name for name in specification.returns if name not in versions.returns_since(version)]
        findings += [
            sheet_findings.missing_sheet(opened, specification.returns[name])
            for name in expected
            if name not in tables and name != SUBMISSION and not specification.returns[name].may_be_left_out
        ]
    in_order = {name: tables[name] for name in specification.returns if name in tables}
    return in_order, findings


def _sheets_of_returns(opened: Opened, specification: Specification) -> tuple[dict[str, Cells], list[Finding]]:
    """Each return's cells by its name; two sheets of one return are refused, since we cannot tell which is right."""
    sheets: dict[str, Cells] = {}
    findings = [sheet_findings.file_passed_over(opened, name) for name in opened.passed_over]
    names = _names_of_sheets(specification)
    for cells in opened.cells:
        name = names.get(key(cells.name))
        if name is None and sheet_name(cells.name) not in SHEETS_TO_PASS_OVER:
            findings.append(sheet_findings.unknown_sheet(cells))
        if name is None or is_empty(cells):
            continue
        if name in sheets:
            raise UnreadableReturn(
                f"{opened.path.name}: {sheets[name].name[:40]} and {cells.name[:40]} both hold {name}. Keep one."
            )
        sheets[name] = cells
    if not sheets:
        known = ", ".join(specification.returns)
        raise UnreadableReturn(f"{opened.path.name}: no sheet or file here is one of our returns ({known}).")
    return sheets, findings


def _names_of_sheets(specification: Specification) -> dict[str, str]:
    names = {key(name): name for name in specification.returns}
    for name, spellings in synonyms()["sheets"].items():
        for spelling in spellings:
            names.setdefault(key(spelling), name)
    return names


def _is_one_csv(opened: Opened) -> bool:
    return len(opened.cells) == 1 and opened.path.is_file() and opened.cells[0].sheet is None


def sheet_name(name: str) -> str:
    """The name of a sheet as a return's name is written."""
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def is_empty(cells: Cells) -> bool:
    """Whether a sheet holds nothing at all, not even headings."""
    return cells.frame.width == 0 or cells.frame.height == 0


def _stated(table: Table | None, name: str) -> str | None:
    """What the submission sheet says of one field."""
    return table.frame[name][0] if table is not None and table.frame.height else None


def _version_stated(table: Table | None) -> str | None:
    return versions.listed_version(_stated(table, "specification_version"))


def make_table(cells: Cells, specification: ReturnSpecification, version: str | None = None) -> Table:
    """The rows below the headings, each column under its field's name, as the current version holds them."""
    table = Table(specification.name, cells.file, cells.sheet, pl.DataFrame(), oddities=cells.oddities)
    fields: dict[str, str | None] = dict.fromkeys(specification.field_names)
    fields = {name: name for name in fields}
    if version is not None:
        fields = versions.fields_at(specification.name, specification.field_names, version)
    tidied = cells.frame.select(tidy(column).alias(column) for column in cells.frame.columns)
    spellings = spellings_of_headings(
        specification.name, {field.name: field.title for field in specification.fields}, fields
    )
    first_rows = tidied.head(ROWS_TO_SEARCH).rows()
    place = row_of_headings(first_rows, spellings)
    table.heading_row = place + 1
    rows = tidied.with_row_index(ROW, offset=1).with_columns(pl.col(ROW).cast(pl.Int64)).slice(place + 1)
    rows = rows.filter(pl.any_horizontal(pl.col(column).is_not_null() for column in tidied.columns))
    columns = _columns_of_fields(table, cells, first_rows[place], rows, spellings, fields)
    _note_missing_columns(table, specification, columns, fields)
    sheet_findings.note_rows_above(table, first_rows[:place])
    texts = rows.select(
        ROW,
        *(
            pl.col(columns[name]).alias(name) if name in columns else pl.lit(None, pl.String).alias(name)
            for name in specification.field_names
        ),
    )
    if version is not None:
        texts = versions.recode_since(texts, specification.name, version)
    table.frame = _settled(table, texts, specification)
    sheet_findings.note_oddities(table, specification, texts.height)
    return table


def _columns_of_fields(
    table: Table,
    cells: Cells,
    headings: tuple[str | None, ...],
    rows: pl.DataFrame,
    spellings: dict[str, str],
    fields: dict[str, str | None],
) -> dict[str, str]:
    """The frame's column of each field, under the field's current name."""
    columns: dict[str, str] = {}
    for place, (heading, column) in enumerate(zip(headings, cells.frame.columns, strict=True), cells.first_column):
        name = spellings.get(key(heading)) if heading else None
        if not heading:
            sheet_findings.note_values_without_heading(table, rows, column, place)
        elif name is None:
            sheet_findings.note_unknown_column(table, heading, place)
        elif fields[name] is None:
            continue  # An older version asked for it, and the current one does not.
        elif fields[name] in columns:
            sheet_findings.note_repeated_column(table, fields[name], place)
        else:
            columns[fields[name]] = column
            table.letters[fields[name]] = letter(place)
    return columns


def _note_missing_columns(
    table: Table, specification: ReturnSpecification, columns: dict[str, str], fields: dict[str, str | None]
) -> None:
    if not columns:
        sheet_findings.note_no_headings(table)
        return
    asked = set(fields.values())
    for field_asked in specification.fields:
        if field_asked.name in asked and field_asked.name not in columns:
            sheet_findings.note_missing_column(table, field_asked.name, field_asked.is_required)


def _settled(table: Table, texts: pl.DataFrame, specification: ReturnSpecification) -> pl.DataFrame:
    """Every column as it is landed, with a finding wherever that was not merely a matter of spelling."""
    if texts.is_empty():
        return texts
    statuses = {status.name: status for _, status in pairs_of(specification)}
    for name, status in statuses.items():
        texts = texts.with_columns(canonical(texts[name], status).column.alias(name))
    for value, status in pairs_of(specification):
        texts, moved = move_words_to_status(texts, value.name, status.name)
        if moved.any():
            sheet_findings.note_moved(table, value, status, texts.filter(moved))
    settled = {}
    for one in specification.fields:
        if one.name in statuses:
            settled[one.name] = texts[one.name]
            continue
        answer = canonical(texts[one.name], one, table.oddities.starts_1904)
        settled[one.name] = answer.column.alias(one.name)
        if answer.dates is not None and answer.dates.refused_as_ambiguous:
            sheet_findings.note_ambiguous_dates(table, one, answer.dates, texts)
        sheet_findings.note_words_for_nothing(table, one, pl.DataFrame([texts[ROW], settled[one.name]]))
    return pl.DataFrame([texts[ROW], *settled.values()])
