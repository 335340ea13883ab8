"""The sheets of the template: headings with help, drop-down lists, and the format of each column."""

from typing import TYPE_CHECKING

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties

from throughline.door import values
from throughline.door.reporting.saving import set_text
from throughline.door.specification import Field, ReturnSpecification, Specification
from throughline.door.template_guidance import (
    all_lists,
    code_list_rows,
    contents_rows,
    guidance,
    how_to_write,
    list_of,
    need,
    title,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

GUIDANCE, CONTENTS, CODE_LISTS = "guidance", "contents", "code_lists"

# Lists and formats reach this far down; rows below it are still read and checked.
LAST_ROW = 20_000

DATE_FORMAT, TEXT_FORMAT, WHOLE_FORMAT = "yyyy-mm-dd", "@", "0"

# Limits of the workbook format for the note that shows beside a cell.
LONGEST_PROMPT_TITLE, LONGEST_PROMPT, LONGEST_WARNING = 32, 255, 225

INK, DARK, PALE, WHITE, LINE = "0B0C0C", "12436D", "D0E0F0", "FFFFFF", "8A9299"
THIN = Side(style="thin", color=LINE)
EDGE = Border(bottom=Side(style="medium", color=INK), left=THIN, right=THIN)

# Bold, italic or plain says the same as the fill, for anyone who cannot see the difference in colour.
HEADINGS = {
    "Required": (Font(name="Arial", bold=True, color=WHITE), PatternFill("solid", fgColor=DARK)),
    "Conditional": (Font(name="Arial", italic=True, color=INK), PatternFill("solid", fgColor=PALE)),
    "Optional": (Font(name="Arial", color=INK), PatternFill("solid", fgColor=WHITE)),
}
BODY = Font(name="Arial", color=INK)
BOLD = Font(name="Arial", bold=True, color=INK)
LINK = Font(name="Arial", color="1D70B8", underline="single")
WRAPPED = Alignment(wrap_text=True, vertical="top")
GUIDANCE_WIDTH = 88
WIDTHS = {"date": 14, "integer": 12, "decimal": 12, "code": 18, "codes": 26, "intervals": 34, "free_text": 70}


def add_guidance(workbook: "Workbook", specification: Specification, partnership_code: str | None) -> None:
    """The first sheet: what to send, by whom and how."""
    sheet = workbook.create_sheet(GUIDANCE)
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = GUIDANCE_WIDTH
    _write(sheet, 1, title(specification), Font(name="Arial", bold=True, size=15, color=INK))
    row = 2
    for section in guidance(specification, partnership_code):
        row += 1
        _write(sheet, row, section.heading, Font(name="Arial", bold=True, size=13, color=DARK))
        for line in section.lines:
            row += 1
            name = line.partition(":")[0]
            if name in specification.returns:
                link(_write(sheet, row, line, LINK), name, "A1")
            else:
                _write(sheet, row, line, _legend_font(line))
        row += 1
    _print_layout(sheet, landscape=False)


def add_return(workbook: "Workbook", returned: ReturnSpecification) -> "Worksheet":
    """One return: its fields' names in row 1, and below them the room for records."""
    sheet = workbook.create_sheet(returned.name)
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 24
    for place, field in enumerate(returned.fields, start=1):
        column = get_column_letter(place)
        _write_heading(sheet.cell(1, place), field)
        dimension = sheet.column_dimensions[column]
        dimension.width = max(len(field.name) * 1.15 + 3, WIDTHS.get(field.type, 16))
        dimension.number_format = _number_format(field)
        dimension.font = BODY
        if field.type == "free_text":
            dimension.alignment = WRAPPED
        rule = _validation(field)
        rule.add(f"{column}2:{column}{LAST_ROW}")
        sheet.add_data_validation(rule)
    _print_layout(sheet, landscape=True, one_page_wide=False)
    return sheet


def add_contents(workbook: "Workbook", specification: Specification) -> None:
    """Every column of every sheet with its help, for those who would rather read than point."""
    sheet = _add_table(workbook, CONTENTS, contents_rows(specification), (18, 34, 38, 40, 28, 26, 70, 34))
    row = 2
    for returned in specification.returns.values():
        for place in range(1, len(returned.fields) + 1):
            cell = sheet.cell(row, 2)
            cell.font = LINK
            link(cell, returned.name, f"{get_column_letter(place)}1")
            row += 1


def add_code_lists(workbook: "Workbook", specification: Specification) -> None:
    """Every code and its label, each list with a name that the drop-down lists use."""
    _add_table(workbook, CODE_LISTS, code_list_rows(specification), (28, 34, 70, 40))
    row = 2
    for name, codes in all_lists(specification).items():
        last = row + len(codes) - 1
        workbook.defined_names[_range_name(name)] = DefinedName(
            _range_name(name), attr_text=f"{CODE_LISTS}!$B${row}:$B${last}"
        )
        row = last + 1


def link(cell: "Cell", sheet_name: str, address: str) -> None:
    """Make a cell lead to another cell of the same workbook."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(sheet_name)}!{address}")


def _write_heading(cell: "Cell", field: Field) -> None:
    font, fill = HEADINGS["Conditional" if field.required == "conditional" else need(field)]
    set_text(cell, field.name)
    cell.font, cell.fill, cell.border = font, fill, EDGE
    cell.alignment = Alignment(vertical="center")
    lines = [field.title, "", f"{need(field)}.", field.help, how_to_write(field), f"Example: {field.example}"]
    comment = Comment("\n".join(lines), "Throughline")
    comment.width = 360
    comment.height = 40 + 20 * sum(1 + len(line) // 52 for line in lines)
    cell.comment = comment


def _validation(field: Field) -> DataValidation:
    """What the cells of a column accept, and the note that shows beside one."""
    rule = DataValidation(**_accepted(field), allow_blank=True, showInputMessage=True, showErrorMessage=True)
    rule.promptTitle = _shortened(field.title, LONGEST_PROMPT_TITLE)
    rule.prompt = _shortened(f"{need(field)}. {field.help} {how_to_write(field)}", LONGEST_PROMPT)
    rule.errorTitle = _shortened(field.title, LONGEST_PROMPT_TITLE)
    rule.error = _shortened(f"{how_to_write(field)} Example: {field.example}", LONGEST_WARNING)
    return rule


def _accepted(field: Field) -> dict[str, object]:
    named = list_of(field)
    if field.type == "code" or (field.type == "reference" and named):
        return {"type": "list", "formula1": _range_name(named), "errorStyle": "stop"}
    match field.type:
        case "date":
            first, last = values.EARLIEST_DATE, values.LATEST_DATE
            return {
                "type": "date",
                "operator": "between",
                "formula1": f"DATE({first.year},{first.month},{first.day})",
                "formula2": f"DATE({last.year},{last.month},{last.day})",
                "errorStyle": "stop",
            }
        case "integer":
            return {"type": "whole", **_limits(field), "errorStyle": "stop"}
        case "decimal":
            return {"type": "decimal", **_limits(field), "errorStyle": "stop"}
        case "text" | "free_text":
            longest = values.LONGEST_FREE_TEXT if field.type == "free_text" else values.LONGEST_TEXT
            return {"type": "textLength", "operator": "lessThanOrEqual", "formula1": str(longest)}
    # Several values in one cell: a list would let in only one of them, so there is a note and nothing is barred.
    return {"type": None}


def _limits(field: Field) -> dict[str, str]:
    low = -999_999_999 if field.minimum is None else field.minimum
    high = 999_999_999 if field.maximum is None else field.maximum
    return {"operator": "between", "formula1": str(low), "formula2": str(high)}


def _number_format(field: Field) -> str:
    """Everything but dates and numbers is text, so that no code or reference turns into a date or loses a nought."""
    return {"date": DATE_FORMAT, "integer": WHOLE_FORMAT, "decimal": "General"}.get(field.type, TEXT_FORMAT)


def _add_table(workbook: "Workbook", name: str, rows: list[list[str]], widths: tuple[int, ...]) -> "Worksheet":
    sheet = workbook.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, start=1):
        sheet.row_dimensions[number].height = _height(row, widths)
        for place, text in enumerate(row, start=1):
            cell = set_text(sheet.cell(number, place), text or None)
            cell.font = HEADINGS["Required"][0] if number == 1 else BODY
            cell.alignment = WRAPPED
            cell.number_format = TEXT_FORMAT
            if number == 1:
                cell.fill = HEADINGS["Required"][1]
    _print_layout(sheet, landscape=True)
    return sheet


def _write(sheet: "Worksheet", row: int, text: str, font: Font) -> "Cell":
    cell = set_text(sheet.cell(row, 1), text)
    cell.font, cell.alignment = font, WRAPPED
    sheet.row_dimensions[row].height = _height([text], (GUIDANCE_WIDTH,), font.size or 11)
    return cell


def _height(texts: list[str], widths: tuple[int, ...], size: float = 11) -> float:
    """Room for the longest text of a row: programs do not all make it by themselves."""
    lines = max(-(-len(text) // int(width * 1.15)) for text, width in zip(texts, widths, strict=True) if text)
    return size * 1.4 * max(lines, 1)


def _legend_font(line: str) -> Font:
    """The guidance shows bold and italic headings as they look."""
    if line.startswith("Dark heading"):
        return BOLD
    return Font(name="Arial", italic=True, color=INK) if line.startswith("Pale heading") else BODY


def _range_name(list_name: str) -> str:
    return f"codes_{list_name}"


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def _print_layout(sheet: "Worksheet", landscape: bool, one_page_wide: bool = True) -> None:
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if one_page_wide:
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if landscape:
        sheet.print_title_rows = "1:1"
