"""Codes as people write them: in another case, with spaces or hyphens, or as the label of the code."""

import re
from functools import cache

from throughline.door.specification import Code, Field
from throughline.door.spelling import key, synonyms

# A cell of several codes may have each on a line of its own.
BETWEEN_CODES = re.compile(r"[;\n\r]+")

RECORDING_STATUS = "recording_status"


@cache
def spellings_of_codes(code_list: str, codes: tuple[Code, ...]) -> dict[str, str]:
    """Each accepted spelling of a list, by its key: the codes first, then labels, then synonyms."""
    spellings = {key(code.code): code.code for code in codes}
    for code in codes:
        spellings.setdefault(key(code.label), code.code)
    for code, others in synonyms()["codes"].get(code_list, {}).items():
        for other in others:
            spellings.setdefault(key(other), code)
    for status, words in synonyms()["nothing"].items():
        code = status if code_list == RECORDING_STATUS else _not_known(codes) if status == "NOT_KNOWN" else None
        for word in words if code else ():
            spellings.setdefault(key(word), code)
    return spellings


def spelt_as_codes(text: str, field: Field) -> str:
    """The text with its codes as the list writes them; a part that is not known is left as it was sent."""
    spellings = spellings_of_codes(field.code_list, field.codes)
    if field.type == "code":
        return spellings.get(key(text), text)
    parts = [part.strip() for part in BETWEEN_CODES.split(text)]
    if field.type == "intervals":
        return ";".join(_interval(part, spellings) for part in parts if part)
    return ";".join(spellings.get(key(part), part) for part in parts if part)


def _interval(part: str, spellings: dict[str, str]) -> str:
    pieces = [piece.strip() for piece in part.split("/")]
    return "/".join([*pieces[:-1], spellings.get(key(pieces[-1]), pieces[-1])])


def _not_known(codes: tuple[Code, ...]) -> str | None:
    """The code of a list that means not known, where it has one."""
    names = {code.code for code in codes}
    return next((name for name in ("U", "UNKNOWN") if name in names), None)
