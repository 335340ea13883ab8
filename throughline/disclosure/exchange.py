"""How many values a hidden count could still have, shown by moves that leave every published figure as it is.

A move takes one case of a kind from one hidden area and gives it to another, which gives back a case of another kind.
No total over areas or kinds changes, so nobody who sees only those totals can tell the two tables apart. Where the
number of cases is itself hidden, nothing need be given back. A count so moved can take every value between its ends.

Counts are held as areas x kinds for one period, or areas x years x kinds for the years of one longer period.
"""

import numpy as np


def others(counts: np.ndarray) -> np.ndarray:
    """For each count, the cases of all other kinds in the same cell."""
    return counts.sum(axis=-1, keepdims=True) - counts


def giveable(counts: np.ndarray) -> np.ndarray:
    """For each count, how much of it could be elsewhere: a hidden cell is never empty, for empty ones are shown."""
    return np.where(others(counts) > 0, counts, np.maximum(counts - 1, 0))


def room(
    counts: np.ndarray,
    is_size_known: np.ndarray,
    hidden: np.ndarray,
    insider: bool = False,
    may_be_empty: bool = False,
) -> np.ndarray:
    """How far each hidden count of one period lies from its lowest to its highest value; areas x kinds.

    is_size_known: per area, true where a reader must be taken to know how many cases there are. With `insider` the
    reader also knows all of the one other area that tells most. may_be_empty: empty cells are hidden as well here.
    """
    here = hidden[:, None]
    goes_out = np.minimum(counts, _elsewhere(np.where(here, others(counts), 0), insider))
    comes_in = np.minimum(others(counts), _elsewhere(np.where(here, counts, 0), insider))
    loose = here & ~is_size_known[:, None]
    movable = np.where(loose, counts if may_be_empty else giveable(counts), 0)
    has_partner = _elsewhere(np.where(loose, 1.0, 0.0) * np.ones_like(counts), insider) > 0
    freely = np.where(has_partner, movable, 0) + _elsewhere(movable, insider)
    found = np.where(is_size_known[:, None], goes_out + comes_in, np.maximum(freely, goes_out + comes_in))
    return np.where(here, found, 0)


def room_without_total(counts: np.ndarray, is_size_known: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """The same where the areas' total is hidden too: only a known number of cases bounds a count of several kinds."""
    is_bounded = is_size_known[:, None] & (counts.shape[-1] > 1)
    return np.where(hidden[:, None], np.where(is_bounded, counts + others(counts), np.inf), 0)


def year_moves(years: np.ndarray, is_size_known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Cases that each count could gain from, and lose to, each other area: areas x years x kinds x partners.

    The move goes the other way in another year of the same longer period, so that the longer period stays as it is.
    is_size_known: areas x years.
    """
    rest = others(years)
    gains = np.zeros((*years.shape, len(years)))
    losses = np.zeros_like(gains)
    for year in range(years.shape[1]):
        for other_year in range(years.shape[1]):
            if other_year == year:
                continue
            sized = is_size_known[:, [year, other_year]].any(axis=1)
            sized = (sized[:, None] | sized[None, :])[:, None, :]
            gain = _smallest(years[:, other_year], years[:, year])
            loss = _smallest(years[:, year], years[:, other_year])
            gain = np.where(sized, np.minimum(gain, _smallest(rest[:, year], rest[:, other_year])), gain)
            loss = np.where(sized, np.minimum(loss, _smallest(rest[:, other_year], rest[:, year])), loss)
            gains[:, year] = np.maximum(gains[:, year], gain)
            losses[:, year] = np.maximum(losses[:, year], loss)
    itself = np.arange(len(years))
    gains[itself, :, :, itself] = losses[itself, :, :, itself] = 0
    return gains, losses


def year_limits(years: np.ndarray, is_size_known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The most that each count could gain and lose at all while its longer period stays as it is."""
    rest = others(years)
    gains, losses = np.zeros_like(years), np.zeros_like(years)
    for year in range(years.shape[1]):
        elsewhere = [other for other in range(years.shape[1]) if other != year]
        sized = (is_size_known[:, elsewhere] | is_size_known[:, [year]])[:, :, None]
        # Where either year's size is known, a case of another kind must come back for each that goes.
        freely, in_turn = np.where(sized, 0, years[:, elsewhere]), np.where(sized, years[:, elsewhere], 0)
        gains[:, year] = freely.sum(axis=1) + np.minimum(rest[:, year], in_turn.sum(axis=1))
        back = np.where(sized, rest[:, elsewhere], np.inf).sum(axis=1) if elsewhere else np.zeros_like(rest[:, year])
        losses[:, year] = np.minimum(years[:, year], back)
    return gains, losses


def room_between_years(
    years: np.ndarray, is_size_known: np.ndarray, hidden: np.ndarray, insider: bool = False
) -> np.ndarray:
    """How far each count could lie where an area's years are hidden and its longer period is not."""
    (gains, losses), (most_gain, most_loss) = year_moves(years, is_size_known), year_limits(years, is_size_known)
    total = np.zeros(years.shape)
    for moves, most in ((gains, most_gain), (losses, most_loss)):
        offered = np.where(hidden, moves, 0)
        known_to_insider = offered.max(axis=-1) if insider else 0
        total = total + np.minimum(most, offered.sum(axis=-1) - known_to_insider)
    return np.where(hidden[:, None, None], total, 0)


def _smallest(own: np.ndarray, partner: np.ndarray) -> np.ndarray:
    """The smaller of an area's own count and each partner's: areas x kinds x partners."""
    return np.minimum(own[:, :, None], partner.T[None, :, :])


def _elsewhere(amounts: np.ndarray, insider: bool) -> np.ndarray:
    """The sum over the other areas, less the largest of them where that area's own people are the ones who look."""
    elsewhere = amounts.sum(axis=0) - amounts
    if not insider:
        return elsewhere
    if len(amounts) < 2:
        return np.zeros_like(amounts)
    *_, second, first = np.sort(amounts, axis=0)
    return elsewhere - np.where(amounts == first, second, first)
