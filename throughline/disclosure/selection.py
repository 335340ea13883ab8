"""Which areas to hide in one period, and no more: a small integer program for each measure and period."""

from dataclasses import dataclass, field

import numpy as np

from throughline.disclosure import exchange

# The total of all areas tells readers far more than any of them; only where nothing else helps is it hidden.
COST_OF_TOTAL, COST_OF_GIVING_UP = 60.0, 10_000.0
SECONDS = 2.0


@dataclass(frozen=True)
class Selection:
    """Which areas are hidden, whether their total is, and whether even hiding all of them was not enough."""

    hidden: np.ndarray
    total_hidden: bool
    given_up: bool = False


@dataclass
class _Program:
    """Rows of an integer program: sum of weights x choices >= least; the choices are areas, total, giving up."""

    areas: int
    rows: list[np.ndarray] = field(default_factory=list)
    least: list[float] = field(default_factory=list)

    def need(self, partners: np.ndarray, least: float, has_escape: bool = True) -> None:
        """Partners that offer at least so much between them, unless the total is hidden or all is given up."""
        if least > 0:
            escape = [least, least] if has_escape else [0, least]
            self.rows.append(np.concatenate([np.minimum(partners, least), escape]))
            self.least.append(least)


def choose_areas(
    counts: np.ndarray,
    is_size_known: np.ndarray,
    must: np.ndarray,
    total_must: bool,
    total_may: bool,
    threshold: int,
    least_values: int,
    exists: np.ndarray | None = None,
    may_be_empty: bool = False,
) -> Selection:
    """The cheapest areas to hide in one period so that each small count in `must` keeps `least_values` values.

    counts: areas x kinds. exists: areas that have sent a return (all, unless told otherwise). may_be_empty: no area is
    shown, not even one without cases. Somebody inside one area must be
    left at least two values of any other area's small count.
    """
    if not must.any() and not total_must:
        return Selection(np.zeros_like(must), False)
    program = _Program(len(must))
    small = must[:, None] & (counts > 0) & (counts < threshold)
    there = np.ones_like(must) if exists is None else exists
    has_room = there if may_be_empty else counts.sum(axis=1) > 0
    rest, loose = exchange.others(counts), (~is_size_known & has_room).astype(float)
    movable = (counts if may_be_empty else exchange.giveable(counts)) * loose[:, None]
    for area, kind in zip(*np.nonzero(small), strict=True):
        count = counts[area, kind]
        if is_size_known[area]:
            out = min(count, least_values - 1)
            back = min(least_values - 1 - out, rest[area, kind])
            wanted = [(rest[:, kind], out, 1), (counts[:, kind], back, 0)]
        else:
            own = movable[area, kind]
            wanted = [(movable[:, kind], least_values - 1 - own, 1 - own), (loose, 1, 1)]
        for amounts, by_anybody, by_insider in wanted:
            _need_partners(program, amounts, area, by_anybody, by_insider)
    if total_must:
        program.need((counts.sum(axis=1) > 0).astype(float), 2, has_escape=False)
    return _solve(program, must, there, total_must, total_may)


def choose_years(
    years: np.ndarray,
    is_size_known: np.ndarray,
    must: np.ndarray,
    is_safe: np.ndarray,
    total_must: bool,
    total_may: bool,
    threshold: int,
    least_values: int,
    exists: np.ndarray | None = None,
) -> Selection:
    """The cheapest areas whose years to hide while the longer period stays: the same demands, for each of the years.

    years: areas x years x kinds. is_safe: counts of that shape that need nothing more, since the longer period is
    hidden too.
    """
    if not must.any() and not total_must:
        return Selection(np.zeros_like(must), False)
    program = _Program(len(must))
    small = must[:, None, None] & (years > 0) & (years < threshold) & ~is_safe
    gains, losses = exchange.year_moves(years, is_size_known)
    most_gain, most_loss = exchange.year_limits(years, is_size_known)
    for place in zip(*np.nonzero(small), strict=True):
        lost = min(most_loss[place], least_values - 1)
        gained = least_values - 1 - lost
        if gained > most_gain[place]:
            program.need(np.zeros(len(must)), 1, has_escape=False)  # nothing helps but hiding the longer period too
            continue
        _need_partners(program, losses[place], place[0], lost, min(lost, 1))
        _need_partners(program, gains[place], place[0], gained, 0 if lost else 1)
    if total_must:
        # A small total moves with any area whose own years may, so two areas must offer what it needs.
        total = years.sum(axis=0)
        for year, kind in zip(*np.nonzero((total > 0) & (total < threshold)), strict=True):
            offered = most_gain[:, year, kind] + most_loss[:, year, kind]
            program.need(offered, least_values - 1, has_escape=False)
            program.need((offered > 0).astype(float), 2, has_escape=False)
    there = np.ones_like(must) if exists is None else exists
    return _solve(program, must, there, total_must, total_may)


def _need_partners(program: _Program, amounts: np.ndarray, area: int, by_anybody: float, by_insider: float) -> None:
    partners = amounts.astype(float).copy()
    partners[area] = 0
    program.need(partners, by_anybody)
    if by_insider > 0:  # one case is enough against an insider, and of two partners one is always another's
        program.need(np.where(partners > 0, 1.0, 0.0), 2)


def _solve(program: _Program, must: np.ndarray, there: np.ndarray, total_must: bool, total_may: bool) -> Selection:
    """The cheapest choice; everything that may be hidden where there is none, or none in time."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    everything = Selection(there | must, total_must or total_may, given_up=True)
    rows, least = np.array(program.rows).reshape(-1, len(must) + 2), np.array(program.least)
    if (rows @ np.concatenate([must, [total_must, False]]) >= least).all():
        return Selection(must.copy(), total_must)
    if (must | ~there).all() and (total_must or not total_may):
        return everything
    # Prices depend on the order of names alone, so that the same areas are partners from one release to the next.
    price = 1 + np.arange(len(must)) / (100 * len(must))
    found = milp(
        np.concatenate([price, [COST_OF_TOTAL, COST_OF_GIVING_UP]]),
        integrality=np.ones(len(must) + 2),
        bounds=Bounds(
            np.concatenate([must, [total_must, 0]]).astype(float),
            np.concatenate([there | must, [total_must or total_may, 1]]).astype(float),
        ),
        constraints=LinearConstraint(rows, least, np.inf),
        options={"time_limit": SECONDS},
    )
    if found.x is None or found.x[-1] > 0.5:
        return everything
    return Selection(found.x[:-2] > 0.5, bool(found.x[-2] > 0.5))
