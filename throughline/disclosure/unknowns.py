"""Unknown whole numbers in sums: what values they can have."""

import math

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from .tables import linked_parts

SECONDS_A_SUM = 10.0
WHOLE = 1e-6


class Unknowns:
    """Unknown whole numbers x of at least `least` with matrix @ x = totals, and the tables found so far that fit."""

    def __init__(
        self, matrix: sparse.csr_array, totals: np.ndarray, least: np.ndarray, tables: np.ndarray | None = None
    ):
        used = np.diff(matrix.indptr) > 0
        self.given, self._impossible = totals, bool(np.any(totals[~used]))
        self.matrix, self.totals, self.least = matrix[used], totals[used], least
        tables = np.empty((0, least.size)) if tables is None else tables
        fits = (tables >= least).all(axis=1) & ~np.any(self.matrix @ tables.T - self.totals[:, None], axis=0)
        self.tables: list[np.ndarray] = [] if self._impossible else list(tables[fits])
        if not self.tables:
            self._keep(self._solve(np.zeros(least.size), least, np.full(least.size, np.inf)))

    def values_seen(self) -> np.ndarray:
        """How many different values each unknown has in the tables found so far."""
        values = np.sort(np.array(self.tables), axis=0)
        return 1 + (np.diff(values, axis=0) > 0).sum(axis=0)

    def short_of(self, need: np.ndarray) -> list[int]:
        """The unknowns that have fewer possible values than they need."""
        self.explore(need)
        doubtful = np.flatnonzero(self.values_seen() < need)
        return [int(unknown) for unknown in doubtful if self.count_values(unknown, need[unknown]) < need[unknown]]

    def explore(self, need: np.ndarray, most: int = 40) -> None:
        """Finds tables that differ from the first one in as many unknowns as possible that need it."""
        toss = np.random.default_rng(0)
        left = [math.inf] * 3
        for attempt in range(most):
            doubtful = self.values_seen() < need
            left.append(int(doubtful.sum()))
            # A search for one unknown costs as much as this one: go on only while it settles more than that.
            if left[-1] <= 2 or left[-1] > left[-4] - 3:
                return
            reach = 1 + attempt % max(1, need.max() - 1)
            lowest = np.maximum(self.least, self.tables[0] - reach)
            wish = toss.choice([-1.0, 0.0, 1.0], doubtful.size) * (doubtful + 0.01)
            self._keep(self._solve(wish, lowest, self.tables[0] + reach, whole=False))

    def count_values(self, unknown: int, need: int) -> int:
        """The exact number of values that one unknown can have, counted no further than `need`."""
        seen = {float(table[unknown]) for table in self.tables}
        for step in (1, -1):
            value = self.tables[0][unknown]
            while len(seen) < need:
                value += step
                if value in seen:
                    continue
                table = self._nearest(unknown, value, step)
                if table is None:
                    break
                value = table[unknown]
                seen.add(float(value))
        return min(len(seen), need)

    def limits(self) -> list[tuple[int, float]]:
        """The smallest and the largest possible value of each unknown."""
        if not self.least.size:
            return []
        lowest, highest = self._outer_limits()
        endless = self._endless(highest)
        for wish in (1.0, -1.0, 1.0, -1.0):
            tables = np.array(self.tables)
            unsettled = tables.min(axis=0) > lowest if wish > 0 else tables.max(axis=0) < highest
            reach = np.where(np.isinf(highest), self.tables[0] + 100, highest)
            self._keep(self._solve(wish * np.where(unsettled & ~endless, 1.0, 0.001), lowest, reach))
        for unknown in range(self.least.size):
            values = [table[unknown] for table in self.tables]
            if min(values) > lowest[unknown]:
                self._keep(self._solve_one(unknown, 1.0, lowest[unknown], np.inf))
            if max(values) < highest[unknown] and not endless[unknown]:
                self._keep(self._solve_one(unknown, -1.0, self.least[unknown], highest[unknown]))
        tables = np.array(self.tables)
        smallest, largest = tables.min(axis=0), tables.max(axis=0)
        return [
            (int(low), math.inf if no_end else int(high))
            for low, high, no_end in zip(smallest, largest, endless, strict=True)
        ]

    def part_of(self, unknown: int) -> np.ndarray:
        """The unknowns that any chain of relations links to this one."""
        if not hasattr(self, "_parts"):
            self._parts = linked_parts(self.matrix)
            self._part = np.empty(self.least.size, dtype=int)
            for number, part in enumerate(self._parts):
                self._part[part] = number
        return self._parts[self._part[unknown]]

    def keep_part(self, part: np.ndarray, values: np.ndarray) -> None:
        """Keeps a table that differs from the first one in one part."""
        table = self.tables[0].copy()
        table[part] = np.round(values)
        self._keep(table)

    def _keep(self, table: np.ndarray | None) -> None:
        # A solver's answer counts only if it fits exactly once it is whole, so no rounding error can pass for safety.
        if table is not None and not self._impossible:
            table = np.round(table)
            if (table >= self.least).all() and not np.any(self.matrix @ table - self.totals):
                self.tables.append(table)

    def _nearest(self, unknown: int, value: float, step: int) -> np.ndarray | None:
        """A table in which the unknown has the first possible value at or beyond `value`."""
        lowest, highest = (value, np.inf) if step > 0 else (self.least[unknown], value)
        if lowest > highest:
            return None
        before = len(self.tables)
        self._keep(self._solve_one(unknown, float(step), lowest, highest))
        return self.tables[-1] if len(self.tables) > before else None

    def _solve_one(self, unknown: int, wish: float, lowest: float, highest: float) -> np.ndarray | None:
        part = self.part_of(unknown)
        at = np.searchsorted(part, unknown)
        low, high, wishes = self.least[part].copy(), np.full(part.size, np.inf), np.zeros(part.size)
        low[at], high[at], wishes[at] = lowest, highest, wish
        rows = self.matrix[:, part]
        used = np.diff(rows.indptr) > 0
        values = _smallest(wishes, rows[used], self.totals[used], low, high)
        if values is None:
            return None
        table = self.tables[0].copy()
        table[part] = values
        return table

    def _solve(
        self, wish: np.ndarray, lowest: np.ndarray, highest: np.ndarray, whole: bool = True
    ) -> np.ndarray | None:
        return _smallest(wish, self.matrix, self.totals, lowest, highest, whole)

    def _outer_limits(self) -> tuple[np.ndarray, np.ndarray]:
        """Limits that follow from one relation at a time: never too narrow, often exact."""
        lowest, highest = self.least.copy(), np.full(self.least.size, np.inf)
        entries = self.matrix.tocoo()
        row, column, sign = entries.row, entries.col, entries.data
        for _ in range(30):
            low, high = lowest.copy(), highest.copy()
            small = np.where(sign > 0, lowest[column], -highest[column])
            large = np.where(sign > 0, highest[column], -lowest[column])
            rest_small, rest_large = _sum_of_others(small, row), _sum_of_others(large, row)
            most, least = self.totals[row] - rest_small, self.totals[row] - rest_large
            np.minimum.at(high, column, np.where(sign > 0, most, -least))
            np.maximum.at(low, column, np.where(sign > 0, least, -most))
            if (low == lowest).all() and (high == highest).all():
                break
            lowest, highest = low, high
        return lowest, highest

    def _endless(self, highest: np.ndarray) -> np.ndarray:
        """Which unknowns can grow without end: those above 0 in some x of 0 or more with matrix @ x = 0."""
        size = highest.size
        if np.isfinite(highest).all():
            return np.zeros(size, dtype=bool)
        same = sparse.eye_array(size)
        # Such x can be added and scaled, so one programme that fills each up to 1 finds all that can be filled.
        filled = milp(
            np.r_[np.zeros(size), -np.ones(size)],
            bounds=Bounds(0, np.r_[np.full(size, np.inf), np.ones(size)]),
            constraints=[
                LinearConstraint(sparse.hstack([self.matrix, 0 * self.matrix]), 0, 0),
                LinearConstraint(sparse.hstack([same, -same]), 0, np.inf),
            ],
        )
        return filled.x[size:] > 0.5


def _sum_of_others(values: np.ndarray, row: np.ndarray) -> np.ndarray:
    """For each entry the sum of the other entries of its row, some of which may be infinite."""
    endless = np.isinf(values)
    size = row.max(initial=-1) + 1
    sums = np.bincount(row, np.where(endless, 0, values), size)[row] - np.where(endless, 0, values)
    others = np.bincount(row, endless, size)[row] - endless
    return np.where(others > 0, np.copysign(np.inf, values[endless][0]) if endless.any() else 0, sums)


def _smallest(wish, matrix, totals, lowest, highest, whole: bool = True) -> np.ndarray | None:
    """The numbers within limits that fit and have the smallest wish, whole ones if asked, or None if there are none."""
    if not matrix.shape[0]:
        return np.where(wish >= 0, lowest, np.where(np.isinf(highest), lowest + 100, highest))
    # Fractions first: they are quicker, most often whole already, and where they cannot fit nothing can.
    for integrality in (0, 1):
        found = milp(
            wish,
            integrality=np.full(wish.size, integrality),
            bounds=Bounds(lowest, highest),
            constraints=LinearConstraint(matrix, totals, totals),
            options={"time_limit": SECONDS_A_SUM},
        ).x
        if found is None or not whole or np.abs(found - np.round(found)).max() < WHOLE:
            return found
    return found
