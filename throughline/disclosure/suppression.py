"""Chooses which counts to hide so that no small one can be worked out."""

import time
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from .attack import LEAST_VALUES, is_small
from .partners import NEARLY, Block, cheapest_cover, cheapest_partners, cut_for
from .tables import HIDDEN, Id, Relation, Tables, levels, linked_parts, read_counts, read_tables, refuse_wrong_sums
from .unknowns import Unknowns

# A block of no more cells than this gets its cheapest choice, unless that does not settle in so many rounds.
SMALL_BLOCK = 40
ROUNDS = 25
CUTS_A_ROUND = 20
TABLES_KEPT = 600
EXPLORATIONS_A_ROUND = 4
DISCOUNT_FOR_PREFERRED = 0.8


class Suppressed(dict):
    """{id: count or "c"}, with what a release keeps about the choice.

    `primary` are the small ids that were hidden and `secondary` those hidden for their sake: keep both from readers.
    `unprotected` gives {id: (smallest, largest)} for each small id that no choice could protect.
    `hidden_whole` lists the blocks, as lists of ids, where everything that may be hidden was, because time
    ran out or no choice of partners was found.
    """

    primary: frozenset
    secondary: frozenset
    unprotected: dict
    hidden_whole: list


def suppress(
    cells: Mapping[Id, int],
    relations: Sequence[Relation],
    threshold: int = 5,
    protect_zeros: bool = False,
    *,
    known: Iterable[Id] = (),
    hidden: Iterable[Id] = (),
    costs: Mapping[Id, float] | None = None,
    prefer: Iterable[Id] = (),
    least_values: int = LEAST_VALUES,
    seconds: float = 30.0,
) -> Suppressed:
    """Hides counts below `threshold`, and as few others as leave each of those `least_values` possible counts.

    `relations` are sums, {"total": id, "parts": [id, ...]}; they may overlap, and a cell may be in any number of them.
    Zeros are shown and never hidden, unless `protect_zeros` makes them small counts like any other.
    `known` ids are counts that readers have from elsewhere: never hidden, always used against the rest. A small count
    that is known cannot be protected, and is left shown. `hidden` ids are never published, whatever their count, and
    the attacker does not know that they are above 0.
    `costs` says what hiding an id costs readers; otherwise 1 for each cell, 1 more for each level of sums below it, and
    a share of 1 that grows with its count. Among cells that cost alike the order of their ids decides. `prefer` names
    ids to take first, such as those hidden in the last release.
    If no choice gives a small count its `least_values`, it gets as many as there can be and is in `unprotected`.
    When `seconds` are over for a block of linked cells, all of it that may be hidden is hidden.
    Not guarded against: a reader who knows how the choice is made, and reasons from what would then have been hidden.
    Raises ValueError for counts that are not whole numbers of 0 or more, sums that are wrong, and unknown ids.
    """
    tables = read_tables(cells, relations)
    counts = read_counts(cells, tables)
    refuse_wrong_sums(tables, counts)
    known_cells, never = tables.mask(known, "known"), tables.mask(hidden, "hidden")
    if (known_cells & never).any():
        raise ValueError("an id cannot be both known and hidden")
    small = is_small(counts, threshold, protect_zeros) & ~known_cells
    must = small | never
    may = ~known_cells & ~must & (counts > 0)
    least = np.where(never | protect_zeros, 0.0, 1.0)
    cost = _costs(tables, counts, costs or {}, tables.mask(prefer, "prefer"))
    result = must.copy()
    unprotected: dict[Id, tuple[int, int]] = {}
    hidden_whole: list[list[Id]] = []
    for places in _blocks(tables, must, may, small):
        matrix = tables.matrix[:, places]
        matrix = matrix[np.diff(matrix.indptr) > 0]
        # Equal costs are told apart by the order of ids within the block, so that other blocks make no difference.
        tie = 1e-4 * np.arange(places.size) / places.size
        block = Block(matrix, counts[places], least[places], cost[places] + tie, must[places], may[places])
        choice = _Choice(block, small[places], least_values, time.monotonic() + seconds)
        result[places] = choice.make()
        for place, limits in choice.unprotected.items():
            unprotected[tables.ids[places[place]]] = limits
        if choice.gave_up:
            hidden_whole.append([tables.ids[place] for place in places])
    suppressed = Suppressed({id: HIDDEN if result[tables.place[id]] else count for id, count in cells.items()})
    suppressed.primary = frozenset(tables.ids[place] for place in np.flatnonzero(small))
    suppressed.secondary = frozenset(tables.ids[place] for place in np.flatnonzero(result & ~must))
    suppressed.unprotected, suppressed.hidden_whole = unprotected, hidden_whole
    return suppressed


def _costs(tables: Tables, counts: np.ndarray, costs: Mapping[Id, float], preferred: np.ndarray) -> np.ndarray:
    cost = 1 + levels(tables) + counts / (counts + 20)
    chosen = list(costs)
    tables.mask(chosen, "costs")
    cost[[tables.place[id] for id in chosen]] = [float(costs[id]) for id in chosen]
    if not (cost > 0).all():
        raise ValueError("costs must be above 0")
    return np.where(preferred, cost * DISCOUNT_FOR_PREFERRED, cost)


def _blocks(tables: Tables, must: np.ndarray, may: np.ndarray, small: np.ndarray) -> list[np.ndarray]:
    """The cells that can vary, in groups that no relation links once what is constant is taken out."""
    varying = np.flatnonzero(must | may)
    parts = (varying[part] for part in linked_parts(tables.matrix[:, varying]))
    return [part for part in parts if small[part].any()]


class _Choice:
    """The choice for one block: whole choices that meet every cut, then cell by cell, then without what is needless."""

    def __init__(self, block: Block, small: np.ndarray, least_values: int, deadline: float):
        self.block, self.small, self.deadline = block, small, deadline
        self.need = np.where(small, least_values, 1)
        self.tables: list[np.ndarray] = [block.counts]
        self.cuts: list[np.ndarray] = []
        self.unprotected: dict[int, tuple[int, int]] = {}
        self.gave_up = False

    def make(self) -> np.ndarray:
        """Which cells of the block to hide."""
        everything = self.block.must | self.block.may
        if not self.block.matrix.shape[0]:
            return everything
        self._ask_only_what_can_be(everything)
        chosen = self._choose()
        self.gave_up = chosen is None
        return everything if chosen is None else self._without_needless(chosen)

    def _ask_only_what_can_be(self, everything: np.ndarray) -> None:
        """Lowers the number of values asked for where even hiding everything does not give so many."""
        unknowns = self.block.unknowns(everything, self.tables)
        for cell in unknowns.short_of(self.need[everything]):
            values = [int(table[cell]) for table in unknowns.tables]
            self.need[cell] = len(set(values))
            self.unprotected[cell] = (min(values), max(values))

    def _choose(self) -> np.ndarray | None:
        cheapest = self._choose_cheapest() if self.block.counts.size <= SMALL_BLOCK else None
        return self._choose_cell_by_cell() if cheapest is None else cheapest

    def _choose_cheapest(self) -> np.ndarray | None:
        """The cheapest choice of all: each round meets what every earlier one fell short of."""
        hidden = self.block.must
        for _ in range(ROUNDS):
            if not self._unsafe(hidden, CUTS_A_ROUND):
                return hidden
            hidden = cheapest_cover(self.block, np.array(self.cuts), self._seconds_left())
            if hidden is None:
                break
        return None

    def _choose_cell_by_cell(self) -> np.ndarray | None:
        """A cheap choice: the best partners for one cell at a time, until the attacker finds nothing."""
        hidden = self.block.must
        while unsafe := self._unsafe(hidden, 1):
            room = int(self.need[unsafe[0]]) - 1
            # One hard question must not use up the time of all the others.
            partners = cheapest_partners(self.block, hidden, unsafe[0], room, self._seconds_left() / 4)
            if partners is None or not partners.any() or not self._seconds_left():
                return None
            hidden = hidden | partners
        return hidden

    def _without_needless(self, hidden: np.ndarray) -> np.ndarray:
        """Shows again, the dearest first, each cell that the others can do without."""
        partners = np.flatnonzero(hidden & self.block.may)
        for cell in partners[np.argsort(-self.block.cost[partners], kind="stable")]:
            fewer = hidden.copy()
            fewer[cell] = False
            breaks_a_cut = any(cut @ fewer < 1 - NEARLY for cut in self.cuts)
            if not breaks_a_cut and self._seconds_left() and not self._unsafe(fewer, 1):
                hidden = fewer
        return hidden

    def _unsafe(self, hidden: np.ndarray, most: int) -> list[int]:
        """The first few cells that the attacker could work out, each with a cut that rules this choice out."""
        columns = np.flatnonzero(hidden)
        unknowns = self.block.unknowns(hidden, self.tables)
        before, need, unsafe = len(unknowns.tables), self.need[columns], []
        unknowns.explore(need, most=EXPLORATIONS_A_ROUND)
        for position in np.flatnonzero(unknowns.values_seen() < need):
            cell = columns[position]
            if unknowns.count_values(position, need[position]) < need[position]:
                cut = cut_for(self.block, hidden, unknowns, cell, need[position] - 1)
                # Fractions may have room where whole numbers have not: then all that follows is to hide something more.
                self.cuts.append(np.where(self.block.may & ~hidden, 1.0, 0.0) if cut is None else cut)
                unsafe.append(int(cell))
                if len(unsafe) == most:
                    break
        self._remember(hidden, unknowns, before)
        return unsafe

    def _remember(self, hidden: np.ndarray, unknowns: Unknowns, before: int) -> None:
        for values in unknowns.tables[before:]:
            table = self.block.counts.copy()
            table[hidden] = values
            self.tables.append(table)
        self.tables = self.tables[-TABLES_KEPT:]

    def _seconds_left(self) -> float:
        return max(0.0, self.deadline - time.monotonic())
