"""Text as it is landed: one way to write each date, number and list of codes, whatever the sheet looked like.

What cannot be understood is left as it was sent, for the checks to find.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from throughline.door.authorities import AUTHORITY_FIELDS, PARTNERSHIP_FIELD, authority_code, partnership_code
from throughline.door.coded import spelt_as_codes
from throughline.door.dates import DatesRead, read_dates
from throughline.door.specification import TYPES_WITH_CODES, Field

WHOLE_NUMBER_WITH_ZEROS = re.compile(r"^([+-]?\d+)\.0+$")
SPACED_SEMICOLON = re.compile(r"\s*;\s*")

NUMBER_TYPES = ("integer", "decimal", "reference", "references", "code", "codes")

# Spaces that are not the space bar's, as web pages and word processors leave them; and marks that show nothing.
OTHER_SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
UNSEEN = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"


@dataclass(frozen=True)
class Settled:
    """One column as its field is landed, and what its dates were."""

    column: pl.Series
    dates: DatesRead | None = None


def tidy(column: str) -> pl.Expr:
    """The column without spaces round its values or marks that cannot be seen, and nothing where a cell is blank."""
    seen = pl.col(column).str.replace_all(OTHER_SPACES, " ").str.replace_all(UNSEEN, "")
    stripped = seen.str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def canonical(texts: pl.Series, field: Field, starts_1904: bool = False) -> Settled:
    """The tidy texts of one column as their field is landed."""
    if texts.null_count() == len(texts):
        return Settled(texts)
    if field.type == "date":
        dates = read_dates(different(texts), starts_1904)
        return Settled(texts.replace(dates.iso) if dates.iso else texts, dates)
    return Settled(respelt(texts, lambda text: spelt(text, field)))


def spelt(text: str, field: Field) -> str:
    """One text as its field is landed: whole numbers plain, lists without spaces, codes and areas by their code."""
    if field.type in NUMBER_TYPES:
        text = WHOLE_NUMBER_WITH_ZEROS.sub(r"\1", text)
    if field.type == "references":
        text = SPACED_SEMICOLON.sub(";", text).strip(";")
    if field.type in TYPES_WITH_CODES:
        return spelt_as_codes(text, field)
    if field.name in AUTHORITY_FIELDS:
        return authority_code(text)
    if field.name == PARTNERSHIP_FIELD:
        return partnership_code(text)
    return text


def different(texts: pl.Series) -> list[str]:
    """The different texts of a column, in the order in which they first stand."""
    # A partnership's columns are short: asking polars costs a quarter of a millisecond, and this a hundredth of that.
    return [text for text in dict.fromkeys(texts.to_list()) if text is not None]


def respelt(texts: pl.Series, spell: Callable[[str], str]) -> pl.Series:
    """The texts with each spelt another way; a text is spelt once, however many rows hold it."""
    changed = {text: spell(text) for text in different(texts)}
    changed = {text: spelt or None for text, spelt in changed.items() if spelt != text}
    return texts.replace(changed) if changed else texts
