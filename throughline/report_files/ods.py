"""A workbook as ODS (OpenDocument 1.3): a few XML parts in a zip, which need no library.

Of the libraries tried, one has had no release for years and the other starts every file from a template in French with
fonts and styles of its own, all of which would have to be undone.
"""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from throughline.report_files.cells import Value
from throughline.report_files.workbook import Grid, Sheet, Workbook
from throughline.report_files.xlsx import letter, widths
from throughline.spreadsheet_safety import MARK, as_text

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
LETTER = 0.24  # centimetres, the width of one 12-point letter
SPACES = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {
            "office": "office",
            "table": "table",
            "text": "text",
            "style": "style",
            "number": "datastyle",
            "meta": "meta",
            "manifest": "manifest",
            "fo": "xsl-fo-compatible",
        }.items()
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_ods(book: Workbook) -> bytes:
    """The file; the same workbook gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        add(parts, "mimetype", MIMETYPE, zipfile.ZIP_STORED)  # first, and not packed: so programs know the file
        add(parts, "META-INF/manifest.xml", manifest())
        add(parts, "meta.xml", meta(book))
        add(parts, "styles.xml", styles(book))
        add(parts, "content.xml", content(book))
    return out.getvalue()


def add(parts: zipfile.ZipFile, name: str, text: str, packing: int = zipfile.ZIP_DEFLATED) -> None:
    """One part, with no clock in it."""
    entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
    entry.compress_type = packing
    parts.writestr(entry, text)


def manifest() -> str:
    """The list of parts."""
    entries = [("/", MIMETYPE), *((name, "text/xml") for name in ("content.xml", "styles.xml", "meta.xml"))]
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in entries
    )
    return f'{HEAD}<manifest:manifest {SPACES} manifest:version="1.3">{listed}</manifest:manifest>'


def meta(book: Workbook) -> str:
    """Title, subject, author and language."""
    said = (
        f"<dc:title>{escape(book.title)}</dc:title><dc:subject>{escape(book.subject)}</dc:subject>"
        "<dc:creator>Throughline</dc:creator><dc:language>en-GB</dc:language>"
    )
    body = f"<office:meta>{said}</office:meta>"
    return f'{HEAD}<office:document-meta {SPACES} office:version="1.3">{body}</office:document-meta>'


def styles(book: Workbook) -> str:
    """The letters of every cell, and the foot of each printed page."""
    foot = (
        f'<style:footer><text:p text:style-name="foot">{escape(book.subject)} '
        "<text:sheet-name>sheet</text:sheet-name>, page <text:page-number>1</text:page-number> of "
        "<text:page-count>1</text:page-count></text:p></style:footer>"
    )
    return (
        f'{HEAD}<office:document-styles {SPACES} office:version="1.3"><office:styles>'
        '<style:default-style style:family="table-cell"><style:text-properties fo:font-family="Arial" '
        'fo:font-size="12pt" fo:language="en" fo:country="GB"/></style:default-style>'
        '<style:style style:name="Default" style:family="table-cell"/>'
        '<style:style style:name="foot" style:family="paragraph">'
        '<style:text-properties fo:font-size="9pt"/></style:style>'
        '</office:styles><office:automatic-styles><style:page-layout style:name="paper"><style:page-layout-properties '
        'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.5cm" '
        'style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Default" style:page-layout-name="paper">'
        f"{foot}</style:master-page></office:master-styles></office:document-styles>"
    )


def content(book: Workbook) -> str:
    """Every sheet, and the names of their tables."""
    forms = sorted({form_of(value) for sheet in book.sheets if sheet.grid for row in sheet.grid.rows for value in row})
    columns = sorted({width for sheet in book.sheets for width in sheet_widths(sheet)})
    ranges = "".join(database_range(sheet) for sheet in book.sheets if sheet.grid)
    sheets = "".join(table(sheet) for sheet in book.sheets)
    return (
        f'{HEAD}<office:document-content {SPACES} office:version="1.3"><office:automatic-styles>'
        '<style:style style:name="sheet" style:family="table" style:master-page-name="Default"/>'
        f"{''.join(column_style(width) for width in columns)}{''.join(map(cell_styles, forms))}{WORDS}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{sheets}"
        f"<table:database-ranges>{ranges}</table:database-ranges></office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def cell_style(name: str, text: str = "", cell: str = "", paragraph: str = "", data: str = "") -> str:
    """One style of cells."""
    form = f' style:data-style-name="{data}"' if data else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"{form}>'
        f'<style:table-cell-properties style:vertical-align="top" {cell}/><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
    )


FOLD, BOLD = 'fo:wrap-option="wrap"', 'fo:font-weight="bold"'
LEFT, RIGHT = 'fo:text-align="start"', 'fo:text-align="end"'
WORDS = (
    cell_style("title", f'fo:font-size="16pt" {BOLD}')
    + cell_style("line")
    + cell_style("prose", cell=FOLD)
    + cell_style("head", BOLD, FOLD)
    + cell_style("head-right", BOLD, FOLD, RIGHT)
    + cell_style("words", cell=FOLD)
    + cell_style("words-right", cell=FOLD, paragraph=RIGHT)
)


def form_of(value: Value) -> str:
    """The name of a number's form: year, n0, n1, p1."""
    if value.number is None:
        return ""
    return "year" if value.is_year else f"{'p' if value.is_percentage else 'n'}{value.places}"


def cell_styles(form: str) -> str:
    """The style of the cells that hold numbers of one form."""
    if not form:
        return ""
    places = 0 if form == "year" else int(form[1:])
    grouped = ' number:grouping="true"' if form[0] == "n" else ""
    decimals = f'number:decimal-places="{places}" number:min-decimal-places="{places}"'
    shown = f'<number:number {decimals} number:min-integer-digits="1"{grouped}/>'
    kind = "percentage-style" if form[0] == "p" else "number-style"
    sign = "<number:text>%</number:text>" if form[0] == "p" else ""
    data = f'<number:{kind} style:name="form-{form}">{shown}{sign}</number:{kind}>'
    return data + cell_style(form, paragraph=LEFT if form == "year" else RIGHT, data=f"form-{form}")


def sheet_widths(sheet: Sheet) -> list[float]:
    """Widths of a sheet's columns in centimetres."""
    return [round(LETTER * width, 2) for width in (widths(sheet.grid) if sheet.grid else [90])]


def column_style(width: float) -> str:
    """The style of columns of one width."""
    return (
        f'<style:style style:name="{column_name(width)}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}cm"/></style:style>'
    )


def column_name(width: float) -> str:
    """The name of a width."""
    return f"wide-{round(100 * width)}"


def table(sheet: Sheet) -> str:
    """One sheet; its heading row is repeated at the top of each printed page."""
    columns = "".join(f'<table:table-column table:style-name="{column_name(width)}"/>' for width in sheet_widths(sheet))
    fold = "line" if sheet.grid else "prose"
    lines = row([words(sheet.title, "title")]) + "".join(row([words(line, fold)]) for line in sheet.lines)
    body = grid_rows(sheet.grid) if sheet.grid else ""
    return (
        f'<table:table table:name={quoteattr(sheet.name)} table:style-name="sheet">{columns}{lines}{body}</table:table>'
    )


def grid_rows(grid: Grid) -> str:
    """The heading row and the rows of a table."""
    heads = [
        words(text, "head-right" if column.numeric else "head")
        for text, column in zip(grid.headings, grid.columns, strict=True)
    ]
    rows = []
    for place, values in enumerate(grid.rows):
        cells = [
            number(value)
            if value.number is not None
            else words(value.text, "words-right" if column.numeric else "words")
            for value, column in zip(values, grid.columns, strict=True)
        ]
        if place < len(grid.leads_to):
            cells[0] = words(values[0].text, "words", leads_to=grid.leads_to[place])
        rows.append(row(cells))
    return f"<table:table-header-rows>{row(heads)}</table:table-header-rows>{''.join(rows)}"


def row(cells: list[str]) -> str:
    """One row."""
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def words(text: str, style: str, leads_to: str = "") -> str:
    """A cell of words, or of words that lead to another sheet; its type says that it is never a formula."""
    said = escape(letter_for_letter(text))
    if leads_to:
        said = f'<text:a xlink:type="simple" xlink:href={quoteattr(f"#{leads_to}.A1")}>{said}</text:a>'
    kind = f'table:style-name="{style}" office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{said}</text:p></table:table-cell>"


def letter_for_letter(text: str) -> str:
    """The text without what XML cannot hold."""
    safe = as_text(text)
    return safe if text.startswith(MARK) else safe.removeprefix(MARK)


def number(value: Value) -> str:
    """A cell that holds a number."""
    exact = round(value.number / 100, value.places + 2) if value.is_percentage else value.number
    kind = "percentage" if value.is_percentage else "float"
    held = f'office:value-type="{kind}" office:value="{exact!r}"'
    said = f"<text:p>{escape(value.text)}</text:p>"
    return f'<table:table-cell table:style-name="{form_of(value)}" {held}>{said}</table:table-cell>'


def database_range(sheet: Sheet) -> str:
    """The name of a sheet's table."""
    top, last = len(sheet.lines) + 2, letter(len(sheet.grid.columns) - 1)
    where = f"'{sheet.name}'.A{top}:'{sheet.name}'.{last}{top + len(sheet.grid.rows)}"
    return (
        f'<table:database-range table:name="{sheet.grid.name}" table:target-range-address={quoteattr(where)} '
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )
