"""The submission sheet: who sends the return and as at which day. Without it nothing else can be placed."""

from difflib import get_close_matches

from throughline.door import versions
from throughline.door.authorities import known_partnerships
from throughline.door.findings import Envelope, UnreadableReturn
from throughline.door.messages import shown
from throughline.door.specification import Specification
from throughline.door.tables import Table
from throughline.door.values import real_date

__all__ = ["known_partnerships", "read_envelope"]


def read_envelope(path: str, table: Table | None, specification: Specification) -> Envelope:
    """The one row of the submission sheet, or one line that says why the submission cannot be placed."""
    if table is None:
        raise UnreadableReturn(f"{path}: there is no submission sheet. Add it, with one row, as in the template.")
    place = f"{path}, submission sheet"
    if table.frame.height != 1:
        raise UnreadableReturn(
            f"{place}: it has {table.frame.height} rows. Give it exactly one row below the headings."
        )
    row = table.frame.row(0, named=True)
    _check_partnership(place, row["partnership_code"])
    if real_date(row["as_at_date"] or "") is None:
        raise UnreadableReturn(
            f"{place}: as_at_date is {_told(row['as_at_date'])}. Write the day as year-month-day, such as 2026-09-30."
        )
    version = versions.listed_version(row["specification_version"])
    if version is None:
        raise UnreadableReturn(
            f"{place}: specification_version is {_told(row['specification_version'])}. "
            f"Copy the rows into the template of version {specification.version}."
        )
    if row["is_synthetic"] not in ("Y", "N"):
        raise UnreadableReturn(
            f"{place}: is_synthetic is {_told(row['is_synthetic'])}. "
            "Write Y when no real child is described, N otherwise."
        )
    return Envelope(
        partnership_code=row["partnership_code"],
        period_start=row["period_start"],
        as_at_date=row["as_at_date"],
        specification_version=version,
        is_synthetic=row["is_synthetic"],
    )


def _check_partnership(place: str, code: str | None) -> None:
    known = known_partnerships()
    if code in known:
        return
    near = get_close_matches(code or "", known, n=1)
    hint = f"Did you mean {near[0]}?" if near else "Use the partnership's short code, as in the template."
    raise UnreadableReturn(f"{place}: partnership_code is {_told(code)}. {hint}")


def _told(value: str | None) -> str:
    return f"{shown(value)}, which is not known" if value else "blank"
