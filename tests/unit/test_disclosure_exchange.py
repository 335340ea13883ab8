"""Moves of cases between hidden areas never claim more room than there is, and what is chosen by them is enough."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from throughline.disclosure import exchange
from throughline.disclosure.selection import choose_areas, choose_years


def test_the_choice_does_not_move_when_a_large_count_elsewhere_changes():
    counts = np.array([[40.0, 3], [50, 20], [60, 9], [70, 12]])
    known, must = np.ones(4, bool), np.array([True, False, False, False])
    chosen = choose_areas(counts, known, must, False, False, 5, 3)
    counts[3, 0] += 100
    assert (choose_areas(counts, known, must, False, False, 5, 3).hidden == chosen.hidden).all()
    assert chosen.hidden.sum() == 3  # the small one, and two so that neither's own people can work it out


@st.composite
def lattices(draw):
    areas, kinds = draw(st.integers(2, 4)), draw(st.integers(1, 2))
    counts = draw(st.lists(st.integers(0, 6), min_size=areas * kinds, max_size=areas * kinds))
    return np.array(counts, dtype=float).reshape(areas, kinds)


def every_table(counts: np.ndarray, is_size_known: np.ndarray, hidden: np.ndarray):
    """All tables with the same total of each kind, the same shown cells and known sizes, and no empty hidden cell."""
    areas, kinds = counts.shape
    free = [area for area in range(areas) if hidden[area]]
    ranges = [range(int(counts[:, kind].sum()) + 1) for _ in free for kind in range(kinds)]
    for guess in itertools.product(*ranges):
        table = counts.copy()
        table[free] = np.array(guess, dtype=float).reshape(len(free), kinds)
        sizes = table.sum(axis=1)
        fits = (
            (table.sum(axis=0) == counts.sum(axis=0)).all()
            and (sizes[is_size_known] == counts.sum(axis=1)[is_size_known]).all()
            and (sizes[free] >= 1).all()
        )
        if fits:
            yield table


@settings(max_examples=60, deadline=None)
@given(lattices(), st.lists(st.booleans(), min_size=4, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4))
def test_room_is_never_more_than_the_tables_that_fit_really_leave(counts, known, covered):
    areas = len(counts)
    hidden = np.array(covered[:areas]) & (counts.sum(axis=1) > 0)
    if hidden.sum() > 3 or counts.sum() > 14:
        hidden[3:] = False
    is_size_known = np.array(known[:areas]) & (counts.shape[1] > 1)
    tables = np.array(list(every_table(counts, is_size_known, hidden)))
    spread = tables.max(axis=0) - tables.min(axis=0)
    assert (exchange.room(counts, is_size_known, hidden)[hidden] <= spread[hidden]).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=18, max_size=18), st.lists(st.booleans(), min_size=3, max_size=3))
def test_room_between_years_is_never_more_than_the_tables_that_fit_really_leave(cells, covered):
    years = np.array(cells, dtype=float).reshape(3, 3, 2)
    hidden = np.array(covered)
    known = np.zeros((3, 3), dtype=bool)
    claimed = exchange.room_between_years(years, known, hidden)
    # One kind at a time: unknown counts by area and year with known sums over areas and over years.
    for kind in range(2):
        counts = years[:, :, kind]
        free = np.argwhere(np.repeat(hidden[:, None], 3, axis=1))
        rows, sums = [], []
        for area in range(3):
            rows.append([float(place[0] == area) for place in free])
            sums.append(counts[area].sum() if hidden[area] else 0)
        for year in range(3):
            rows.append([float(place[1] == year) for place in free])
            sums.append(counts[hidden, year].sum())
        if not len(free):
            continue
        for number, (area, year) in enumerate(free):
            wish = np.eye(len(free))[number]
            ends = [
                milp(
                    sign * wish,
                    integrality=np.ones(len(free)),
                    constraints=LinearConstraint(np.array(rows), sums, sums),
                ).x
                for sign in (1, -1)
            ]
            assert claimed[area, year, kind] <= round(ends[1] @ wish - ends[0] @ wish)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=30, max_size=30))
def test_hidden_years_leave_each_small_count_three_values_and_insiders_two(cells):
    years = np.array(cells, dtype=float).reshape(5, 3, 2)
    small = (years > 0) & (years < 5)
    must, none = small.any(axis=(1, 2)), np.zeros_like(small)
    sizes = years.sum(axis=2) >= 10
    chosen = choose_years(years, sizes, must, none, False, False, 5, 3)
    assert (chosen.hidden >= must).all()
    if not chosen.given_up:
        assert (exchange.room_between_years(years, sizes, chosen.hidden)[small] >= 2).all()
        assert (exchange.room_between_years(years, sizes, chosen.hidden, insider=True)[small] >= 1).all()
