"""Whether the rows of a submission belong to the partnership that sends it: a file may go under another's name."""

import re

import polars as pl

from throughline.door.authorities import (
    AUTHORITY_FIELDS,
    CODE_SHAPE,
    PARTNERSHIP_FIELD,
    authorities_of,
    known_authority_codes,
    known_partnerships,
    nearest_authority,
)
from throughline.door.findings import ERROR
from throughline.door.specification import ReturnSpecification
from throughline.door.tables import ROW, Table

# The authority where the incident was or that notified; a child may live anywhere, so residence is not held to it.
OWN_AUTHORITY = "new_la_code"

# Each different text is looked up among every authority's names, so the number of them is bounded.
MOST_EXPLAINED = 100

LIKE_A_CODE = re.compile(r"[A-Z]?\d", re.IGNORECASE)


def check_belonging(table: Table, specification: ReturnSpecification, partnership: str | None) -> None:
    """Note authorities that nobody has, then rows of another partnership than the one that sends them."""
    own = authorities_of(partnership or "")
    for name in AUTHORITY_FIELDS:
        if name in table.letters:
            _note_unknown_authorities(table, specification, name, own)
    if partnership not in known_partnerships():
        return
    if PARTNERSHIP_FIELD in table.letters:
        other = pl.col(PARTNERSHIP_FIELD).is_not_null() & (pl.col(PARTNERSHIP_FIELD) != partnership)
        _note_rows_of_others(table, specification, PARTNERSHIP_FIELD, other, partnership)
    if OWN_AUTHORITY in table.letters and own:
        others = sorted(known_authority_codes() - own)
        _note_rows_of_others(table, specification, OWN_AUTHORITY, pl.col(OWN_AUTHORITY).is_in(others), partnership)


def _note_rows_of_others(
    table: Table, specification: ReturnSpecification, name: str, other: pl.Expr, partnership: str
) -> None:
    rows = table.frame.filter(other)[ROW].to_list()
    if not rows:
        return
    every = len(rows) == table.frame.height
    which = "Every row is" if every else f"{len(rows):,} of {table.frame.height:,} rows are"
    what = "another partnership" if name == PARTNERSHIP_FIELD else "an authority of another partnership"
    table.put_aside(rows, "S13")
    table.note(
        specification.field(name),
        "S13",
        ERROR,
        f"{which} about {what}, and the submission sheet says {partnership}.",
        "Correct partnership_code on the submission sheet if the file is another partnership's; "
        f"otherwise take those rows out. The first is row {rows[0]}.",
        row=rows[0],
    )


def _note_unknown_authorities(table: Table, specification: ReturnSpecification, name: str, own: frozenset[str]) -> None:
    """A code that no authority has puts its rows aside; a name that is near one is asked about."""
    field = specification.field(name)
    unknown = table.frame.select(ROW, name).filter(~pl.col(name).is_in(known_authority_codes()))
    is_code = pl.col(name).str.contains(CODE_SHAPE.pattern)
    table.put_aside(unknown.filter(is_code)[ROW].to_list(), "S14")
    alike = unknown.group_by(name, maintain_order=True).agg(pl.col(ROW).first(), pl.len().alias("rows"))
    for text, row, rows in alike.head(MOST_EXPLAINED).iter_rows():
        near = nearest_authority(text, own)
        if CODE_SHAPE.fullmatch(text):
            what = f"“{text}” is not the code"
        elif near and not LIKE_A_CODE.match(text):
            # What is not a code could be anybody's name, so it is not repeated.
            what = "The text is not the code or name"
        else:
            continue  # F08 says how to write it.
        told = f"Did you mean {near}?" if near else f"Write the code of the authority, such as {field.example}."
        more = f" The same is in {rows - 1:,} more {'rows' if rows > 2 else 'row'}." if rows > 1 else ""
        table.note(field, "S14", ERROR, f"{what} of a local authority that we know.", told + more, row=row)
