"""Say what is wrong with a sheet or a column as a whole, before its values are judged one by one."""

import re
from typing import TYPE_CHECKING

import polars as pl

from throughline.door.canonical import different
from throughline.door.cells import Cells, Opened
from throughline.door.dates import DatesRead
from throughline.door.findings import ERROR, QUERY, Finding
from throughline.door.nothing_said import says_nothing, statuses_by_word
from throughline.door.specification import Field, ReturnSpecification
from throughline.door.spelling import key

if TYPE_CHECKING:
    from throughline.door.tables import Table

ROW = "source_row"

# A column wrong all the way down needs saying once, not a hundred thousand times.
MOST_OF_A_KIND = 1_000
MOST_ROWS_NAMED = 5

AREA = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")
TYPES_WITHOUT_WORDS = ("date", "integer", "decimal")


def letter(place: int) -> str:
    """The letter of a column as a spreadsheet shows it: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, remainder = divmod(place - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def missing_sheet(opened: Opened, returned: ReturnSpecification) -> Finding:
    """A return has no sheet."""
    return _about_file(
        "S01",
        opened.path.name,
        returned.name,
        f"There is no sheet or file called {returned.name}, or it is blank.",
        "Add it, with headings and no rows if there is nothing to report, and say so in nil_returns.",
        title=returned.title,
    )


def unknown_sheet(cells: Cells) -> Finding:
    """A sheet is no return."""
    hidden = " (a hidden sheet)" if cells.oddities.is_hidden else ""
    return _about_file(
        "S06",
        cells.file,
        cells.sheet,
        f"{cells.name[:40]}{hidden} is not a return, and was not read.",
        "Rename it if it holds a return; otherwise take it out.",
    )


def file_passed_over(opened: Opened, name: str) -> Finding:
    """A folder of CSV files also holds a workbook."""
    return _about_file(
        "S06",
        name,
        None,
        f"{name[:80]} stands among the CSV files of {opened.path.name}, and was not read.",
        "Send the workbook by itself if it holds the return; otherwise take it out of the folder.",
    )


def note_missing_column(table: "Table", name: str, is_required: bool) -> None:
    """A field has no column."""
    if is_required:
        table.whole_table_rules.append("S02")
    severity = ERROR if is_required else QUERY
    fix = f"Add the column, with its heading in row {table.heading_row} as it is in the template."
    table.findings.append(table.finding("S02", severity, f"There is no column called {name}.", fix, field=name))


def note_no_headings(table: "Table") -> None:
    """No row near the top names a field."""
    table.whole_table_rules.append("S02")
    message = "No heading in the first rows is a field of this return."
    fix = "Put the template's headings in row 1, with the records below them."
    table.findings = [table.finding("S02", ERROR, message, fix, row=1)]


def note_unknown_column(table: "Table", heading: str, place: int) -> None:
    """A heading names no field."""
    message = f"{heading[:40]} is not a field of this return, and was not read."
    fix = "Correct the heading if it is misspelt; otherwise take the column out."
    table.findings.append(table.finding("S03", QUERY, message, fix, column=letter(place)))


def note_repeated_column(table: "Table", name: str, place: int) -> None:
    """Two headings name one field."""
    table.whole_table_rules.append("S04")
    message = f"{name} appears twice, so we cannot tell which column is right."
    fix = "Keep one column of that name."
    table.findings.append(table.finding("S04", ERROR, message, fix, column=letter(place), field=name))


def note_values_without_heading(table: "Table", rows: pl.DataFrame, column: str, place: int) -> None:
    """In a CSV a value past the last heading means that the row has shifted; in a sheet it is a note at the side."""
    filled = rows.filter(pl.col(column).is_not_null())[ROW].to_list()
    if not filled:
        return
    if table.sheet is not None:
        message = f"Column {letter(place)} holds values and has no heading, and was not read."
        fix = f"Give the column its heading in row {table.heading_row}, or take it out."
        table.findings.append(table.finding("S05", QUERY, message, fix, column=letter(place)))
        return
    told = [row for row in filled if "S05" not in table.row_rules.get(row, "")]
    table.row_rules |= dict.fromkeys(told, "S05")
    message = "The row holds more values than there are headings, so its values may have moved."
    fix = "Put quotation marks round any value that holds a comma."
    where = {"column": letter(place)}
    table.findings += [
        table.finding("S05", ERROR, message, fix, row=row, **where) for row in told[:MOST_OF_A_KIND]
    ] + _more(table, "S05", ERROR, told, fix, where)


def note_rows_above(table: "Table", rows: list[tuple[str | None, ...]]) -> None:
    """One filled cell above the headings is a title; a row of several could be a record in the wrong place."""
    filled = [number for number, row in enumerate(rows, start=1) if sum(cell is not None for cell in row) > 1]
    if filled:
        message = f"{_rows_named(filled)} above the headings, and {_were(filled)} not read."
        fix = "Move records below the headings; leave anything else."
        table.findings.append(table.finding("S15", QUERY, message, fix, row=filled[0]))


def note_oddities(table: "Table", specification: ReturnSpecification, rows: int) -> None:
    """The sheet is hidden, has merged cells, or has formulas without a saved value."""
    if table.oddities.is_hidden:
        message = f"The sheet is hidden. It was read, with its {rows:,} {'row' if rows == 1 else 'rows'}."
        fix = "Show the sheet if the records belong to this return; otherwise take the sheet out."
        table.findings.append(table.finding("S07", QUERY, message, fix))
    columns = set(table.letters.values())
    merged = [area for area in table.oddities.merged if _is_below_headings(area, table.heading_row)]
    if merged:
        message = f"Cells are merged ({', '.join(merged[:3])}{' and others' if len(merged) > 3 else ''})."
        fix = "Unmerge them and fill each cell: the value counts for the top left cell only, and the others are blank."
        table.findings.append(table.finding("S08", QUERY, message, fix, row=int(AREA.match(merged[0])[2])))
    places = [re.match(r"([A-Z]+)(\d+)", place).groups() for place in table.oddities.without_value]
    places = [(column, int(row)) for column, row in places if column in columns and int(row) > table.heading_row]
    names = {column: name for name, column in table.letters.items()}
    for column, row in places[:MOST_OF_A_KIND]:
        table.note(
            specification.field(names[column]),
            "S09",
            ERROR,
            "The cell holds a formula that has no saved value, or has come to an error.",
            "Open the workbook in Excel and save it; if the cell shows an error such as #N/A, type the value instead.",
            row=row,
        )
    table.put_aside(sorted({row for _, row in places}), "S09")


def note_ambiguous_dates(table: "Table", field: Field, dates: DatesRead, texts: pl.DataFrame) -> None:
    """A column holds a date that can only be month first, so those that fit both ways are refused."""
    shower = texts.filter(pl.col(field.name).is_in(dates.only_month_first))
    refused = texts.filter(pl.col(field.name).is_in(dates.refused_as_ambiguous))
    first = refused.row(0, named=True)
    more = f" and {refused.height - 1:,} more" if refused.height > 1 else ""
    table.note(
        field,
        "S10",
        ERROR,
        f"“{shower[field.name][0]}” in row {shower[ROW][0]} can only be month before day, so we cannot tell which way "
        f"round “{first[field.name]}” in row {first[ROW]}{more} should be read.",
        f"Write every date of the column as year-month-day, such as {field.example}.",
        row=first[ROW],
    )


def note_words_for_nothing(table: "Table", field: Field, column: pl.DataFrame) -> None:
    """A date or a number says that it is not known, or a characteristic does not say why it is missing."""
    is_value = field.name.endswith("_value")
    if (not is_value and field.type not in TYPES_WITHOUT_WORDS) or column[field.name].null_count() == column.height:
        return
    codes = {key(code.code) for code in field.codes}
    words = [
        text
        for text in different(column[field.name])
        if says_nothing(text) and key(text) not in codes and not (is_value and key(text) in statuses_by_word())
    ]
    if not words:
        return
    rows = column.filter(pl.col(field.name).is_in(words))[ROW].to_list()
    fix = "Leave the cell blank."
    if field.name == "date_incident":
        fix = "Leave the cell blank, and write UNKNOWN in date_incident_precision."
    if is_value:
        fix = (
            "Leave the cell blank and say why in its status: NOT_ASKED if nobody asked, NOT_KNOWN if every agency "
            "was asked and none knows, REFUSED if the child or family preferred not to say."
        )
    what = "does not say why there is no value" if is_value else "says in words that it is not known"
    table.note(field, "S11", QUERY, f"The cell {what}{_also_in(rows)}.", fix, row=rows[0])


def note_moved(table: "Table", value: Field, status: Field, rows: pl.DataFrame) -> None:
    """A word in a value was moved to the status beside it."""
    fix = "Check that this is what was meant; next time leave the value blank and give the status."
    numbers = rows[ROW].to_list()
    for row, code in rows.select(ROW, status.name).head(MOST_OF_A_KIND).iter_rows():
        message = f"The cell gives a reason for having no value. It was read as {status.name} {code}."
        table.note(value, "S12", QUERY, message, fix, row=row)
    where = {"column": table.letters.get(value.name), "field": value.name, "title": value.title}
    table.findings += _more(table, "S12", QUERY, numbers, fix, where)


def _about_file(rule: str, file: str, sheet: str | None, message: str, fix: str, title: str | None = None) -> Finding:
    return Finding(rule, QUERY, file, sheet, row=None, column=None, field=None, title=title, message=message, fix=fix)


def _more(table: "Table", rule: str, severity: str, rows: list[int], fix: str, where: dict) -> list[Finding]:
    if len(rows) <= MOST_OF_A_KIND:
        return []
    message = f"The same is so in {len(rows) - MOST_OF_A_KIND:,} more rows of this column."
    return [table.finding(rule, severity, message, fix, **where)]


def _is_below_headings(area: str, heading_row: int) -> bool:
    return int(AREA.match(area)[4]) > heading_row


def _rows_named(rows: list[int]) -> str:
    if len(rows) == 1:
        return f"Row {rows[0]} stands"
    return f"Rows {', '.join(map(str, rows[:MOST_ROWS_NAMED]))} stand"


def _were(rows: list[int]) -> str:
    return "was" if len(rows) == 1 else "were"


def _also_in(rows: list[int]) -> str:
    if len(rows) == 1:
        return ""
    others = ", ".join(map(str, rows[1 : MOST_ROWS_NAMED + 1]))
    return f" (also row{'s' if len(rows) > 2 else ''} {others}{' and others' if len(rows) > MOST_ROWS_NAMED else ''})"
