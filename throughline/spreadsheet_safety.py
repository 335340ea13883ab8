"""Write text into a spreadsheet or CSV file so that no program takes it for a formula and runs it."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

# What Excel, LibreOffice or Google Sheets read as the start of a formula; the wide forms count in some languages.
STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# Shown as text by each of those programs; Excel shows the apostrophe itself only in a CSV file.
MARK = "'"

_PLAIN_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def as_text(value: Any) -> Any:
    """The value as it may be written to a cell: numbers, dates and blanks as they are, text never as a formula."""
    if value is None or isinstance(value, bool | int | float | Decimal | date | datetime | time):
        return value
    text = without_controls(str(value))
    return f"{MARK}{text}" if could_be_formula(text) else text


def without_controls(text: str) -> str:
    """The text without the characters that XML cannot hold: a workbook or drawing with one of them cannot be opened."""
    return _NOT_IN_XML.sub("", text)


def could_be_formula(text: str) -> bool:
    """Whether a program could take the text for a formula; a plain number such as -5 stays a number."""
    return text.lstrip(" \u00a0").startswith(STARTS_OF_FORMULAS) and not _PLAIN_NUMBER.fullmatch(text)


def write_cell(cell: Any, value: Any) -> None:
    """Put a value into an openpyxl cell: text that looks like a formula stays text, letter for letter."""
    text = as_text(value)
    if isinstance(text, str) and text.startswith(MARK) and not str(value).startswith(MARK):
        # The cell itself can say that it holds text, so the apostrophe need not be seen.
        cell.value = text.removeprefix(MARK)
        cell.data_type = "s"
        cell.quotePrefix = True
    else:
        cell.value = text
