"""The attacker's sum: what a reader can work out about hidden counts from everything that is shown.

The attacker knows every count that is shown, every relation, that counts are whole numbers, and that zeros are shown,
so that a hidden count is at least 1. Nothing else is used: not the threshold, nor the way the hidden cells were chosen.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from .tables import (
    HIDDEN,
    Id,
    Relation,
    Tables,
    by_name,
    in_words,
    linked_parts,
    read_counts,
    read_tables,
    refuse_strangers,
)
from .unknowns import Unknowns

LEAST_VALUES = 3


def attack(
    published: Mapping[Id, int | str],
    relations: Sequence[Relation],
    hidden: Iterable[Id] = (),
    protect_zeros: bool = False,
) -> dict[Id, tuple[int, float]]:
    """The smallest and largest count that each cell shown as "c" could have; math.inf where nothing limits it.

    `hidden` are ids that are not published at all: their count may be 0, and they are answered for as well.
    Raises ValueError for an id that is neither published nor hidden, and for tables that no whole numbers fit.
    """
    tables, unknown, unknowns = _read_published(published, relations, hidden, protect_zeros)
    limits = unknowns.limits()
    return {tables.ids[column]: limits[position] for position, column in enumerate(unknown)}


def broken(
    published: Mapping[Id, int | str],
    relations: Sequence[Relation],
    cells: Mapping[Id, int] | None = None,
    threshold: int = 5,
    protect_zeros: bool = False,
    *,
    known: Iterable[Id] = (),
    hidden: Iterable[Id] = (),
    least_values: int = LEAST_VALUES,
) -> list[Id]:
    """The ids with fewer than `least_values` possible counts.

    Given the true counts in `cells`, only the small ones must keep their secret (a partner that was hidden for their
    sake need not), and a small one that is shown is broken unless it is `known`. Without `cells` every hidden one must.
    A cell that the search could not settle in time counts as broken.
    """
    tables, unknown, unknowns = _read_published(published, relations, hidden, protect_zeros, cells)
    shown_small: list[Id] = []
    if cells is None:
        protected = np.ones(len(unknown), dtype=bool)
    else:
        small = is_small(read_counts({id: cells[id] for id in tables.ids}, tables), threshold, protect_zeros)
        protected = small[unknown]
        known = set(known)
        shown = small.copy()
        shown[unknown] = False
        shown_small = [tables.ids[column] for column in np.flatnonzero(shown) if tables.ids[column] not in known]
    short = unknowns.short_of(np.where(protected, least_values, 1))
    return sorted([*shown_small, *(tables.ids[unknown[position]] for position in short)], key=by_name)


def is_small(counts: np.ndarray, threshold: int, protect_zeros: bool) -> np.ndarray:
    """Which counts are to be protected."""
    return (counts < threshold) & (protect_zeros | (counts > 0))


def _read_published(
    published: Mapping[Id, int | str],
    relations: Sequence[Relation],
    hidden: Iterable[Id],
    protect_zeros: bool,
    cells: Mapping[Id, int] | None = None,
) -> tuple[Tables, np.ndarray, Unknowns]:
    hidden = set(hidden)
    tables = read_tables({*published, *hidden}, relations)
    if cells is not None:
        refuse_strangers(tables.ids, cells, "what is published")
    secret = np.array([published.get(id, HIDDEN) == HIDDEN or id in hidden for id in tables.ids], dtype=bool)
    counts = read_counts(
        {id: 0 if unknown else published[id] for id, unknown in zip(tables.ids, secret, strict=True)}, tables
    )
    unknown = np.flatnonzero(secret)
    least = [0.0 if protect_zeros or tables.ids[column] in hidden else 1.0 for column in unknown]
    table = None if cells is None else np.array([[float(cells[tables.ids[column]]) for column in unknown]])
    matrix = tables.matrix[:, unknown]
    unknowns = Unknowns(matrix, -(tables.matrix @ counts), np.array(least), table)
    if not unknowns.tables:
        raise ValueError(_what_does_not_fit(tables, unknown, unknowns))
    return tables, unknown, unknowns


def _what_does_not_fit(tables: Tables, unknown: np.ndarray, unknowns: Unknowns) -> str:
    shown = np.diff(tables.matrix[:, unknown].indptr) == 0
    wrong = np.flatnonzero(shown & (unknowns.given != 0))
    if wrong.size:
        return f"published counts do not add up: {tables.row_in_words(wrong[0])}"
    for part in linked_parts(unknowns.matrix):
        if not Unknowns(unknowns.matrix[:, part], unknowns.totals, unknowns.least[part]).tables:
            break
    return (
        f"no whole numbers fit what is published around {in_words(tables.ids[unknown[position]] for position in part)}"
    )
