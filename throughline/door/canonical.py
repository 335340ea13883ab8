"""Text as it is landed: one way to write each date, number and list of codes, whatever the sheet looked like."""

import polars as pl

from throughline.door.specification import Field

NUMBER_TYPES = ("integer", "decimal", "reference", "references", "code", "codes")
LIST_TYPES = ("references", "codes", "intervals")


def tidy(column: str) -> pl.Expr:
    """The column without spaces round its values, and nothing where a cell is blank."""
    stripped = pl.col(column).str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def canonical(column: str, field: Field) -> pl.Expr:
    """The column as its field is landed; what cannot be understood is left as it was sent, for the checks to find."""
    text = tidy(column)
    if field.type == "date":
        # A real date cell is read as a date and a time of midnight.
        text = text.str.replace(r"^(\d{4}-\d{2}-\d{2})[ T]00:00:00(\.0+)?$", "$1")
    if field.type in NUMBER_TYPES:
        text = text.str.replace(r"^([+-]?\d+)\.0+$", "$1")
    if field.type in LIST_TYPES:
        text = text.str.replace_all(r"\s*;\s*", ";").str.strip_chars(";")
    return text.alias(field.name)
