"""Codes of places for the template's drop-down lists: partnerships, and local authorities that lasted into 2020."""

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from throughline.door.specification import Code
from throughline.workspace import PROJECT

AREAS = PROJECT / "seeds" / "areas"

PARTNERSHIPS = "partnership_code"
AUTHORITIES = "local_authority_code"

# The fields that hold a place: their codes come from the reference data, not from the code lists.
PLACES_OF_FIELDS = {
    "partnership_code": PARTNERSHIPS,
    "new_la_code": AUTHORITIES,
    "residence_la_code": AUTHORITIES,
}

# A return holds records from this day, so it may name an authority that has ended since.
FIRST_RECORDS = "2020-04-01"


@cache
def place_lists() -> dict[str, tuple[Code, ...]]:
    """The codes of each kind of place, by name."""
    return {PARTNERSHIPS: _partnerships(), AUTHORITIES: _authorities()}


def authorities_of(partnership_code: str) -> list[Code]:
    """The local authorities that a partnership covers today."""
    names = {code.code: code for code in _authorities()}
    covered = [
        row["new_la_code"]
        for row in _rows(AREAS / "partnership_local_authorities.csv")
        if row["partnership_code"] == partnership_code and not row["valid_to"]
    ]
    return [names[code] for code in covered if code in names]


@cache
def _partnerships() -> tuple[Code, ...]:
    rows = sorted(_rows(AREAS / "partnerships.csv"), key=lambda row: row["partnership_code"])
    return tuple(
        Code(row["partnership_code"], row["partnership_name"], "" if row["is_current"] == "true" else "Has ended.")
        for row in rows
    )


@cache
def _authorities() -> tuple[Code, ...]:
    current = [Code(row["new_la_code"], row["la_name"], "") for row in _rows(AREAS / "local_authorities.csv")]
    ended = {
        row["predecessor_la_code"]: Code(
            row["predecessor_la_code"], row["predecessor_la_name"], f"For days up to {_day_before(row)}."
        )
        for row in _rows(AREAS / "local_authority_changes.csv")
        if row["effective_date"] > FIRST_RECORDS
    }
    known = {code.code for code in current}
    return tuple(
        sorted([*current, *(code for key, code in ended.items() if key not in known)], key=lambda code: code.label)
    )


def _day_before(change: dict[str, str]) -> str:
    return (date.fromisoformat(change["effective_date"]) - timedelta(days=1)).isoformat()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
