"""What a cell of a report's table holds: a number with the form it is shown in, or words."""

import re
from dataclasses import dataclass

from throughline.report import Column, Link, Term
from throughline.report_files.facts import words

_NUMBER = re.compile(r"([-−]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)")
_YEAR = re.compile(r"[12]\d{3}")
_SYMBOL = re.compile(r"\[([a-z])\]")


@dataclass(frozen=True)
class Value:
    """One cell: the words as shown, and the number that they say where they say nothing else."""

    text: str
    number: float | None = None
    places: int = 0
    is_percentage: bool = False
    is_year: bool = False


def read_cell(cell: str | Link | Term, column: Column) -> Value:
    """A number only where the whole cell is one: a fraction or a value with its symbol stays words."""
    text = words(cell)
    if not column.numeric:
        return Value(text, float(text), is_year=True) if _YEAR.fullmatch(text) else Value(text)
    found = _NUMBER.fullmatch(text)
    if found is None:
        return Value(text)
    minus, whole, decimals, percent = found.groups()
    number = float(f"{'-' if minus else ''}{whole.replace(',', '')}.{decimals or 0}")
    return Value(text, number, len(decimals or ""), bool(percent))


def bare(value: Value, keeps_sign: bool = False) -> str:
    """A cell as a machine reads it: no thousands commas, and a symbol as its letter alone.

    The sign for per cent goes too, unless other numbers stand in the same column.
    """
    if value.number is not None:
        return f"{value.number:.{value.places}f}{'%' if keeps_sign and value.is_percentage else ''}"
    symbol = _SYMBOL.fullmatch(value.text)
    return symbol.group(1) if symbol else value.text
