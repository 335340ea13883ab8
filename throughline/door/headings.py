"""Find the row of headings among the first rows of a sheet, and the field that each heading names."""

from collections.abc import Mapping, Sequence
from functools import cache

from throughline.door.spelling import key, synonyms

# People put a title, a date or a logo above the headings, and not much more.
ROWS_TO_SEARCH = 15

Fields = Mapping[str, str | None]


def spellings_of_headings(return_name: str, titles: Mapping[str, str], fields: Fields) -> dict[str, str]:
    """Every accepted heading, by its key, and the name that it stands for; a spelling of two fields is of neither."""
    exact = {key(name): name for name in fields}
    others: dict[str, set[str]] = {}
    for name in fields:
        for spelling in (titles.get(name, ""), *_synonyms_of(return_name).get(name, ())):
            others.setdefault(key(spelling), set()).add(name)
    return {spelling: names.pop() for spelling, names in others.items() if len(names) == 1 and spelling} | exact


def row_of_headings(rows: Sequence[Sequence[str | None]], spellings: Mapping[str, str]) -> int:
    """The place of the row that names most fields, the first of them if several do; the first row if none does."""
    scores = [len({spellings[key(cell)] for cell in row if cell and key(cell) in spellings}) for row in rows]
    return scores.index(max(scores)) if scores else 0


@cache
def _synonyms_of(return_name: str) -> dict[str, list[str]]:
    headings = synonyms()["headings"]
    merged = {name: list(spellings) for name, spellings in headings["any"].items()}
    for name, spellings in headings.get(return_name, {}).items():
        merged.setdefault(name, []).extend(spellings)
    return merged
