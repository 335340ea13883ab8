"""Mistakes planted in a few files, as people make them, so that the door has something to turn away."""

from dataclasses import dataclass

import polars as pl

from throughline.synthetic.draws import Rng

# Rows that no other row points to, so that one mistake stays one mistake.
CODES = (
    ("recommendations", "change_type", "COURSE"),
    ("children", "ethnicity_value", "WHITE"),
    ("recommendations", "level", "COUNTY"),
)
MISSING = (("recommendations", "theme_primary"), ("children", "age_band"), ("recommendations", "date_made"))
DATES = (("recommendations", "date_due"), ("recommendations", "date_made"))
IMPOSSIBLE_DATE = "31/02/2025"


@dataclass(frozen=True)
class BadRow:
    """One planted mistake, at a row as a person sees it in the sheet (the header is row 1)."""

    partnership_code: str
    file: str
    sheet: str
    row: int
    field: str
    kind: str


@dataclass(frozen=True)
class Mistake:
    """A value to put in one cell in place of what was drawn, or (where `copy_of` is set) a row repeated at the end."""

    bad_row: BadRow
    index: int
    value: str | None
    copy_of: int | None = None


def plan_mistakes(tables: dict[str, pl.DataFrame], partnership_code: str, writes_csv: bool, rng: Rng) -> list[Mistake]:
    """One or two mistakes of different kinds, each in a row of its own."""
    kinds = [
        str(kind) for kind in rng.permutation(["code_off_list", "missing_required", "impossible_date", "duplicate_key"])
    ]
    mistakes: list[Mistake] = []
    for kind in kinds[: int(rng.integers(1, 3))]:
        mistake = _plan_one(kind, tables, partnership_code, writes_csv, {one.index for one in mistakes}, rng)
        if mistake:
            mistakes.append(mistake)
    return mistakes


def apply_mistakes(rows: list[list], names: tuple[str, ...], sheet: str, mistakes: list[Mistake]) -> list[list]:
    """The rows of one sheet with its mistakes in them."""
    for mistake in mistakes:
        if mistake.bad_row.sheet != sheet:
            continue
        if mistake.copy_of is not None:
            rows.append(list(rows[mistake.copy_of]))
        else:
            rows[mistake.index][names.index(mistake.bad_row.field)] = mistake.value
    return rows


def _plan_one(
    kind: str, tables: dict[str, pl.DataFrame], code: str, writes_csv: bool, taken: set[int], rng: Rng
) -> Mistake | None:
    value: str | None = None
    if kind == "code_off_list":
        sheet, field, value = CODES[rng.integers(len(CODES))]
    elif kind == "missing_required":
        sheet, field = MISSING[rng.integers(len(MISSING))]
    elif kind == "impossible_date":
        sheet, field = DATES[rng.integers(len(DATES))]
        value = IMPOSSIBLE_DATE
    else:
        sheet, field = "recommendations", "rec_ref"
    possible = _possible_rows(tables[sheet], sheet, field, kind)
    possible = [index for index in possible if index not in taken]
    if not possible:
        return None
    index = int(possible[rng.integers(len(possible))])
    file = f"{code}/{sheet}.csv" if writes_csv else f"{code}.xlsx"
    if kind == "duplicate_key":
        # The copy goes to the end of the sheet.
        end = tables[sheet].height
        return Mistake(BadRow(code, file, sheet, end + 2, field, kind), end, None, copy_of=index)
    return Mistake(BadRow(code, file, sheet, index + 2, field, kind), index, value)


def _possible_rows(table: pl.DataFrame, sheet: str, field: str, kind: str) -> list[int]:
    """Rows where the cell is filled and, for children, at a stage that other rows do not need."""
    allowed = table.with_row_index("row").filter(pl.col(field).is_not_null())
    if sheet == "children":
        allowed = allowed.filter(pl.col("stage") == "TRIAGE", pl.col("ethnicity_status") == "RECORDED")
    return allowed["row"].to_list()
