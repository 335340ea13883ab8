"""Counts and the sums that link them, read and checked, as one sparse matrix."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real

import numpy as np
import scipy.sparse as sparse
from scipy.sparse.csgraph import connected_components

HIDDEN = "c"

Id = Hashable
Relation = Mapping[str, object]


@dataclass(frozen=True)
class Tables:
    """The cells in a fixed order, and one row a relation: 1 for each part and -1 for the total."""

    ids: list[Id]
    place: dict[Id, int]
    matrix: sparse.csr_array

    def mask(self, ids: Iterable[Id], what: str) -> np.ndarray:
        """Which cells are among `ids`."""
        ids = list(ids)
        refuse_strangers(ids, self.place, what)
        chosen = np.zeros(len(self.ids), dtype=bool)
        chosen[[self.place[id] for id in ids]] = True
        return chosen

    def row_in_words(self, row: int) -> str:
        """A relation by its ids, without any count."""
        columns, signs = self.matrix[[row]].indices, self.matrix[[row]].data
        parts = ", ".join(repr(self.ids[column]) for column in columns[signs > 0])
        total = ", ".join(repr(self.ids[column]) for column in columns[signs < 0])
        return f"total {total}, parts {parts}"


def by_name(id: Id) -> tuple[str, str]:
    """What ids of any kind are put in order by."""
    return str(id), repr(id)


def read_tables(ids: Iterable[Id], relations: Sequence[Relation]) -> Tables:
    """Puts cells and relations in an order that does not depend on the order they came in."""
    ordered = sorted(ids, key=by_name)
    place = {id: position for position, id in enumerate(ordered)}
    rows = sorted({_read_relation(relation, place) for relation in relations})
    row = np.repeat(np.arange(len(rows)), [1 + len(parts) for _, parts in rows])
    column = [position for total, parts in rows for position in (total, *parts)]
    sign = [sign for _, parts in rows for sign in (-1.0, *[1.0] * len(parts))]
    matrix = sparse.csr_array((sign, (row, column)), shape=(len(rows), len(ordered)))
    matrix.sort_indices()
    return Tables(ordered, place, matrix)


def _read_relation(relation: Relation, place: dict[Id, int]) -> tuple[int, tuple[int, ...]]:
    total, parts = relation["total"], list(relation["parts"])
    refuse_strangers([total, *parts], place, f"the relation of total {total!r}")
    if len({total, *parts}) != 1 + len(parts):
        raise ValueError(f"the relation of total {total!r} names a cell twice")
    return place[total], tuple(sorted(place[part] for part in parts))


def refuse_strangers(ids: Iterable[Id], place: Mapping[Id, object], what: str) -> None:
    """Raises ValueError for ids that are no cell."""
    strangers = [id for id in ids if id not in place]
    if strangers:
        raise ValueError(f"{what} names ids that are not among the cells: {in_words(strangers)}")


def in_words(ids: Iterable[Id]) -> str:
    """The first few ids of many, for a message."""
    ids = [repr(id) for id in sorted(ids, key=by_name)]
    return ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")


def read_counts(cells: Mapping[Id, object], tables: Tables) -> np.ndarray:
    """The counts in the order of the tables; raises ValueError naming the ids of those that are not whole numbers."""
    wrong = [id for id, count in cells.items() if not _is_count(count)]
    if wrong:
        raise ValueError(f"counts must be whole numbers of 0 or more: {in_words(wrong)}")
    return np.array([float(cells[id]) for id in tables.ids])


def _is_count(count: object) -> bool:
    return isinstance(count, Real) and not isinstance(count, bool) and count >= 0 and float(count).is_integer()


def refuse_wrong_sums(tables: Tables, counts: np.ndarray) -> None:
    """Raises ValueError naming the ids of every relation whose parts do not add up to its total."""
    wrong = np.flatnonzero(tables.matrix @ counts)
    if wrong.size:
        said = "; ".join(tables.row_in_words(row) for row in wrong[:3])
        raise ValueError(f"{wrong.size} relation(s) do not add up: {said}")


def linked_parts(matrix: sparse.csr_array) -> list[np.ndarray]:
    """The columns of a matrix in groups that no row links, each in order."""
    linked = abs(matrix)
    count, label = connected_components(linked.T @ linked, directed=False)
    order = np.argsort(label, kind="stable")
    return np.split(order, np.searchsorted(label[order], np.arange(1, count))) if count else []


def levels(tables: Tables) -> np.ndarray:
    """How many sums stand below each cell: 0 for a cell that is no total."""
    level = np.zeros(len(tables.ids))
    rows = tables.matrix.tocoo()
    total = np.full(tables.matrix.shape[0], -1)
    total[rows.row[rows.data < 0]] = rows.col[rows.data < 0]
    part_row, part = rows.row[rows.data > 0], rows.col[rows.data > 0]
    # Sums that go round in a circle would climb for ever.
    for _ in range(20):
        higher = level.copy()
        np.maximum.at(higher, total[part_row], level[part] + 1)
        if (higher == level).all():
            break
        level = higher
    return level
