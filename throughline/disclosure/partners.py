"""Three small programmes that choose which cells are hidden to protect others.

`cut_for` says what any safe choice must contain, from the dual values of the attacker's sum. `cheapest_cover` chooses
the cheapest cells that meet every cut so far. `cheapest_partners` gives one cell room on top of what is hidden.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from .unknowns import Unknowns

NEARLY = 1e-6
WITHOUT_LIMIT = 1e6
NEAR_CELLS = 400


@dataclass(frozen=True)
class Block:
    """Cells that relations link, with the true counts: `must` are hidden in any case, `may` can be."""

    matrix: sparse.csr_array
    counts: np.ndarray
    least: np.ndarray
    cost: np.ndarray
    must: np.ndarray
    may: np.ndarray

    def unknowns(self, hidden: np.ndarray, tables: list[np.ndarray]) -> Unknowns:
        """The attacker's problem when these cells are hidden, starting from the whole tables that fit it."""
        all_tables = np.array([self.counts, *tables])
        fitting = (all_tables[:, ~hidden] == self.counts[~hidden]).all(axis=1)
        matrix = self.matrix[:, hidden]
        return Unknowns(matrix, matrix @ self.counts[hidden], self.least[hidden], all_tables[fitting][:, hidden])


def cut_for(block: Block, hidden: np.ndarray, unknowns: Unknowns, cell: int, room: int) -> np.ndarray | None:
    """What must be hidden before one cell has `room` between its limits, or None if it has that already.

    The answer is a row of weights: a choice can be safe only if the weights of the cells it hides add up to 1.
    It holds for every choice, because it is a bound on the attacker's sum by linear programming duality.
    """
    columns = np.flatnonzero(hidden)
    part = unknowns.part_of(np.searchsorted(columns, cell))
    chosen = columns[part]
    at = np.searchsorted(chosen, cell)
    rows = np.flatnonzero(np.diff(block.matrix[:, chosen].indptr))
    within, around = block.matrix[rows][:, chosen], block.matrix[rows]
    truth, slack = block.counts[chosen], block.counts - block.least
    lowest, highest = block.least[chosen] - truth, np.full(part.size, np.inf)
    lowest[at], highest[at] = max(lowest[at], -room), room
    weight, found = np.zeros(block.counts.size), 0.0
    for direction in (1.0, -1.0):
        wish = np.zeros(part.size)
        wish[at] = -direction
        limits = np.column_stack([lowest, highest])
        answer = linprog(wish, A_eq=within, b_eq=np.zeros(rows.size), bounds=limits, method="highs-ds")
        if answer.x is None:
            return None
        unknowns.keep_part(part, truth + answer.x)
        found += abs(answer.x[at])
        reduced = -(around.T @ answer.eqlin.marginals)
        reduced[cell] -= direction
        weight += np.where(reduced < -NEARLY, WITHOUT_LIMIT, 0) + np.where(reduced > NEARLY, reduced * slack, 0)
    if found > room - NEARLY:
        return None
    missing = max(room - weight[block.must].sum(), NEARLY)
    return np.where(block.may, np.minimum(weight / missing, 1), 0)


def cheapest_cover(block: Block, cuts: np.ndarray, seconds: float) -> np.ndarray | None:
    """The cheapest choice that meets every cut, or None if time ran out first."""
    may = np.flatnonzero(block.may)
    answer = milp(
        block.cost[may],
        integrality=np.ones(may.size),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(sparse.csr_array(cuts[:, may]), 1 - NEARLY, np.inf),
        options={"time_limit": seconds, "mip_rel_gap": 1e-6},
    )
    if answer.x is None:
        return None
    hidden = block.must.copy()
    hidden[may[answer.x > 0.5]] = True
    return hidden


def cheapest_partners(block: Block, hidden: np.ndarray, cell: int, room: int, seconds: float) -> np.ndarray | None:
    """The cells that most cheaply give one cell `room` between its limits, on top of those hidden, or None."""
    everything = hidden | block.may
    for reachable in (_near(block, everything, cell), everything):
        # Only cells that a first answer in fractions would use at all: the exact question is then a small one.
        wanted = _partners(block, hidden, reachable, cell, room, seconds)
        if wanted is None:
            continue
        if wanted.any():
            exact = _partners(block, hidden, hidden | wanted, cell, room, seconds, whole_choice=True)
            return wanted if exact is None else exact
        # Tables with fractions have room already; overlapping sums can leave whole numbers less, or every other one.
        for wider in range(room, 3 * room + 1):
            wanted = _partners(block, hidden, reachable, cell, wider, seconds, whole_choice=True, whole_tables=True)
            if wanted is not None and wanted.any():
                return wanted
    return None


def _near(block: Block, allowed: np.ndarray, cell: int) -> np.ndarray:
    linked = abs(block.matrix)
    near = np.zeros(block.counts.size)
    near[cell] = 1
    while True:
        wider = ((linked.T @ (linked @ near)) > 0) & allowed
        if wider.sum() == near.sum() or wider.sum() > NEAR_CELLS:
            return wider
        near = wider.astype(float)


def _partners(
    block: Block,
    hidden: np.ndarray,
    reachable: np.ndarray,
    cell: int,
    room: int,
    seconds: float,
    whole_choice: bool = False,
    whole_tables: bool = False,
) -> np.ndarray | None:
    """Two tables that fit, `room` apart in one cell, and leave every cell alone that is not paid for."""
    free = np.flatnonzero(reachable)
    priced = np.flatnonzero(~hidden[free])
    if not priced.size:
        return None
    at, size, prices = np.searchsorted(free, cell), free.size, priced.size
    slack = (block.counts - block.least)[free]
    pick = sparse.csr_array((np.ones(prices), (np.arange(prices), priced)), shape=(prices, size))
    rows = block.matrix[:, free]
    rows = rows[np.diff(rows.indptr) > 0]
    # A partner may move no further than `room`, which is nearly always enough and keeps the bound tight.
    rise, fall = sparse.diags_array(np.full(prices, float(room))), sparse.diags_array(np.minimum(slack[priced], room))
    apart = sparse.csr_array(([1.0, -1.0], ([0, 0], [at, size + at])), shape=(1, 2 * size))
    none = sparse.csr_array((1, prices))
    movement = sparse.block_array(
        [
            *([None, rows, None], [None, None, rows]),
            *([-rise, pick, None], [-rise, None, pick]),
            *([fall, pick, None], [fall, None, pick]),
        ]
    )
    lower = np.r_[np.zeros(2 * rows.shape[0]), np.full(2 * prices, -np.inf), np.zeros(2 * prices)]
    upper = np.r_[np.zeros(2 * rows.shape[0]), np.zeros(2 * prices), np.full(2 * prices, np.inf)]
    answer = milp(
        np.r_[block.cost[free[priced]], np.zeros(2 * size)],
        integrality=np.r_[np.full(prices, whole_choice), np.full(2 * size, whole_tables)],
        bounds=Bounds(np.r_[np.zeros(prices), -slack, -slack], np.r_[np.ones(prices), np.full(2 * size, np.inf)]),
        constraints=[
            LinearConstraint(movement, lower, upper),
            LinearConstraint(sparse.hstack([none, apart]), room, np.inf),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 1e-3},
    )
    if answer.x is None:
        return None
    partners = np.zeros(block.counts.size, dtype=bool)
    partners[free[priced[answer.x[:prices] > NEARLY]]] = True
    return partners
