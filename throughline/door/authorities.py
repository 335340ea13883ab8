"""Local authorities and partnerships as people name them, from the seeds of areas."""

import csv
import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from throughline.door.spelling import key
from throughline.workspace import PROJECT

AREAS = PROJECT / "seeds" / "areas"

AUTHORITY_FIELDS = ("new_la_code", "residence_la_code")
PARTNERSHIP_FIELD = "partnership_code"

CODE_SHAPE = re.compile(r"^E(?:06|07|08|09|10)\d{6}$")

# What councils call themselves round their names; none of these words tells one authority from another.
BEFORE_NAMES = re.compile(r"^(?:the )?(?:(?:london|royal|metropolitan) borough of|city of) ", re.IGNORECASE)
AFTER_NAMES = re.compile(
    r" (?:(?:metropolitan )?(?:county|city|borough|district|unitary) )?(?:council|authority)$|,? (?:mbc|cc|lb)$",
    re.IGNORECASE,
)


@cache
def authority_names() -> dict[str, str]:
    """The code of each authority by the key of its names, its code of the day and its old three-digit code."""
    names = {key(row["alias"]): row["new_la_code"] for row in _rows("local_authority_aliases.csv")}
    for row in _rows("local_authorities.csv"):
        names[key(row["la_name"])] = row["new_la_code"]
        names[row["old_la_code"]] = row["new_la_code"]
    return names | {code: code for code in known_authority_codes()}


@cache
def known_authority_codes() -> frozenset[str]:
    """Nine-character codes of authorities now, since April 2025 and before they were reorganised."""
    live = [row for row in _rows("local_authorities.csv")]
    changed = _rows("local_authority_changes.csv")
    return frozenset(
        {row["new_la_code"] for row in live}
        | {row["new_la_code_from_april_2025"] for row in live}
        | {row["predecessor_la_code"] for row in changed}
        | {row["successor_la_code"] for row in changed}
    ) - {""}


def authority_code(text: str) -> str:
    """The code of the authority that the text names; the text itself when it names none."""
    names = authority_names()
    for spelling in (text, AFTER_NAMES.sub("", text), BEFORE_NAMES.sub("", AFTER_NAMES.sub("", text))):
        if key(spelling) in names:
            return names[key(spelling)]
    return text


def nearest_authority(text: str, own: frozenset[str] = frozenset()) -> str | None:
    """The name and code of the authority that was most likely meant: first the sender's own, then any by its name."""
    labels = authority_labels()
    if CODE_SHAPE.fullmatch(text):
        # Codes say nothing of a place, so one digit's difference points to nobody but the sender's own.
        spelt = {code: code for code in own if code in labels}
    else:
        spelt = {key(row["alias"]): row["new_la_code"] for row in _rows("local_authority_aliases.csv")}
    near = get_close_matches(key(text)[:80], spelt, n=1, cutoff=0.75)
    return f"{labels[spelt[near[0]]]} ({spelt[near[0]]})" if near else None


@cache
def authority_labels() -> dict[str, str]:
    """The name of each authority by its code, and by its code since April 2025."""
    rows = _rows("local_authorities.csv")
    return {row["new_la_code"]: row["la_name"] for row in rows} | {
        row["new_la_code_from_april_2025"]: row["la_name"] for row in rows
    }


@cache
def known_partnerships() -> frozenset[str]:
    """The short codes of every partnership, current or ended."""
    return frozenset(row["partnership_code"] for row in _rows("partnerships.csv"))


@cache
def partnership_names() -> dict[str, str]:
    """The code of each partnership by the key of its code and of its name; a name that two share is left out."""
    named: dict[str, set[str]] = {}
    for row in _rows("partnerships.csv"):
        named.setdefault(key(row["partnership_name"]), set()).add(row["partnership_code"])
    names = {spelling: codes.pop() for spelling, codes in named.items() if len(codes) == 1}
    return names | {key(code): code for code in known_partnerships()}


def partnership_code(text: str) -> str:
    """The code of the partnership that the text names; the text itself when it names none."""
    return partnership_names().get(key(text), text)


@cache
def authorities_of(partnership: str) -> frozenset[str]:
    """Every code under which a partnership's authorities may appear, for any day since it began."""
    codes = {
        row["new_la_code"]
        for row in _rows("partnership_local_authorities.csv")
        if row["partnership_code"] == partnership
    }
    later = {
        row["new_la_code_from_april_2025"] for row in _rows("local_authorities.csv") if row["new_la_code"] in codes
    }
    earlier = {
        row["predecessor_la_code"]
        for row in _rows("local_authority_changes.csv")
        if row["successor_la_code"] in codes | later
    }
    return frozenset(codes | later | earlier)


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    path: Path = AREAS / name
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
