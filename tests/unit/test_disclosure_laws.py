"""Laws of suppression on tables of every shape, judged by an attacker that shares no code with ours."""

import itertools
import random

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from throughline.disclosure import attack, broken, suppress

quick = settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
few = settings(quick, max_examples=15)
COUNTS = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 11, 17])


# Tables of every shape: cells {id: count} and their sums.


@st.composite
def crossed(draw, *sizes):
    """A table with as many directions as sizes, and all its totals."""
    cells = {}
    for place in itertools.product(*[range(draw(size)) for size in sizes]):
        cells[place] = draw(COUNTS)
    return add_totals(cells)


def add_totals(cells):
    sums = []
    for direction in range(len(next(iter(cells)))):
        groups = {}
        for place in cells:
            groups.setdefault((*place[:direction], "all", *place[direction + 1 :]), []).append(place)
        sums += [{"total": total, "parts": parts} for total, parts in groups.items()]
        cells |= {total: sum(cells[part] for part in parts) for total, parts in groups.items()}
    return cells, sums


@st.composite
def nested(draw):
    """Authorities in regions in England, by years and overlapping blocks of years, with complement and denominator."""
    cells, sums = {}, []
    years = range(draw(st.integers(3, 4)))
    blocks = {f"block {first}": range(first, first + 2) for first in years[:-1]}
    areas = {f"region {region}": [f"{region}.{area}" for area in range(2)] for region in range(draw(st.integers(2, 3)))}
    tree = areas | {"England": list(areas)}
    for area, year, measure in itertools.product(itertools.chain(*areas.values()), years, ("yes", "no")):
        cells[area, year, measure] = draw(COUNTS)
    for total, parts in tree.items():
        for year, measure in itertools.product(years, ("yes", "no")):
            _add(cells, sums, (total, year, measure), [(part, year, measure) for part in parts])
    for area, measure in itertools.product([*itertools.chain(*areas.values()), *tree], ("yes", "no")):
        for block, members in blocks.items():
            _add(cells, sums, (area, block, measure), [(area, year, measure) for year in members])
    for area, year, _ in [id for id in cells if id[2] == "yes"]:
        _add(cells, sums, (area, year, "all"), [(area, year, "yes"), (area, year, "no")])
    return cells, sums


def _add(cells, sums, total, parts):
    cells[total] = sum(cells[part] for part in parts)
    sums.append({"total": total, "parts": parts})


TABLES = st.one_of(
    crossed(st.integers(2, 4), st.integers(2, 4)), crossed(*[st.integers(2, 3)] * 2, st.just(2)), nested()
)


# Two attackers of the tests' own.


def possible_values(published, sums, cell, least, need=3):
    """Up to `need` values that one hidden cell can have, each shown possible by whole numbers that fit."""
    ids = [id for id, count in published.items() if count == "c"]
    rows, totals = [], []
    for relation in sums:
        row, total = np.zeros(len(ids)), 0
        for sign, id in [(-1, relation["total"]), *[(1, part) for part in relation["parts"]]]:
            if published[id] == "c":
                row[ids.index(id)] += sign
            else:
                total -= sign * published[id]
        rows.append(row)
        totals.append(total)
    values = set()
    fit = LinearConstraint(np.array(rows).reshape(len(rows), len(ids)), totals, totals)
    low, high = np.full(len(ids), float(least)), np.full(len(ids), np.inf)
    for value in range(least, 60):
        low[ids.index(cell)] = high[ids.index(cell)] = value
        if (
            milp(np.zeros(len(ids)), integrality=np.ones(len(ids)), bounds=Bounds(low, high), constraints=fit).x
            is not None
        ):
            values.add(value)
        if len(values) == need:
            break
    return values


def every_table(published, sums, least, most=14):
    """Every way to fill in the hidden cells, by trying them all."""
    ids = [id for id, count in published.items() if count == "c"]

    def fits(filled):
        for relation in sums:
            members = [relation["total"], *relation["parts"]]
            if any(filled[id] == "c" for id in members):
                continue
            if filled[relation["total"]] != sum(filled[part] for part in relation["parts"]):
                return False
        return True

    def fill(filled, rest):
        if not fits(filled):
            return
        if not rest:
            yield filled
            return
        for value in range(least, most + 1):
            yield from fill(filled | {rest[0]: value}, rest[1:])

    return [{id: filled[id] for id in ids} for filled in fill(dict(published), ids)]


def assert_keeps_the_promise(cells, sums, published, protect_zeros=False):
    small = {id for id, count in cells.items() if count < 5 and (protect_zeros or count > 0)}
    assert list(published) == list(cells)
    assert all(published[id] == "c" for id in small)
    assert all(count in ("c", cells[id]) for id, count in published.items())
    if not protect_zeros:
        assert all(published[id] == 0 for id, count in cells.items() if count == 0)
    for id in small:
        assert len(possible_values(published, sums, id, least=0 if protect_zeros else 1)) == 3, id


@quick
@given(TABLES)
def test_every_small_count_keeps_three_possible_values(table):
    cells, sums = table
    published = suppress(cells, sums)
    assert published.unprotected == {} and published.hidden_whole == []
    assert_keeps_the_promise(cells, sums, published)


@few
@given(crossed(st.integers(2, 4), st.integers(2, 4)))
def test_a_protected_zero_keeps_three_possible_values_too(table):
    cells, sums = table
    assert_keeps_the_promise(cells, sums, suppress(cells, sums, protect_zeros=True), protect_zeros=True)


@few
@given(crossed(st.integers(2, 4), st.integers(2, 4)), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(table, shuffle):
    cells, sums = table
    ids = shuffle.sample(list(cells), len(cells))
    mixed = [{**relation, "parts": shuffle.sample(relation["parts"], len(relation["parts"]))} for relation in sums]
    shuffle.shuffle(mixed)
    assert suppress({id: cells[id] for id in ids}, mixed) == suppress(cells, sums)


@few
@given(crossed(st.integers(2, 4), st.integers(2, 3)), st.randoms(use_true_random=False))
def test_known_counts_are_shown_and_what_can_be_protected_from_them_is(table, shuffle):
    cells, sums = table
    known = shuffle.sample(sorted(cells, key=str), 3)
    published = suppress(cells, sums, known=known)
    assert all(published[id] == cells[id] for id in known)
    assert set(broken(published, sums, cells, known=known)) == set(published.unprotected)
    for id in published.primary - set(published.unprotected):
        assert len(possible_values(published, sums, id, least=1)) == 3
    # What could not be protected has no more values with everything hidden that may be.
    everything = {id: count if id in known or count == 0 else "c" for id, count in cells.items()}
    for id in published.unprotected:
        assert possible_values(published, sums, id, 1) == possible_values(everything, sums, id, 1)


@quick
@given(crossed(st.integers(2, 3), st.integers(2, 3)), st.floats(0.2, 0.6), st.randoms(use_true_random=False))
def test_the_attack_finds_what_trying_every_table_finds(table, share, shuffle):
    cells, sums = table
    inner = [id for id, count in cells.items() if count and "all" not in id]
    published = {id: "c" if id in inner and shuffle.random() < share else count for id, count in cells.items()}
    fitting = every_table(published, sums, least=1, most=max(cells.values()))
    expected = {
        id: (min(values), max(values))
        for id in published
        if published[id] == "c" and (values := {filled[id] for filled in fitting})
    }
    assert attack(published, sums) == expected
    short = [id for id in expected if len({filled[id] for filled in fitting}) < 3]
    assert broken(published, sums) == sorted(short, key=str)
    shown = [id for id, count in published.items() if count != "c"]
    assert broken(published, sums, cells, known=shown) == sorted((id for id in short if cells[id] < 5), key=str)


def test_as_few_cells_are_hidden_as_trying_every_choice_finds():
    """On tables of 12 cells with every cell at the same price, the choice is the smallest there is."""
    extra = []
    for seed in range(20):
        shuffle = random.Random(seed)
        cells, sums = add_totals(
            {place: shuffle.choice([0, 1, 2, 4, 5, 6, 7, 9]) for place in itertools.product(range(2), range(3))}
        )
        published = suppress(cells, sums, costs=dict.fromkeys(cells, 1))
        extra.append(len(published.secondary) - fewest_partners(cells, sums))
    assert extra == [0] * 20


def fewest_partners(cells, sums):
    small = {id for id, count in cells.items() if 0 < count < 5}
    others = [id for id, count in cells.items() if count >= 5]
    for number in range(len(others) + 1):
        for partners in itertools.combinations(others, number):
            published = {id: "c" if id in small or id in partners else count for id, count in cells.items()}
            # A sum with one hidden member gives it away: most choices need no longer look.
            if any(sum(published[id] == "c" for id in [one["total"], *one["parts"]]) == 1 for one in sums):
                continue
            if all(len(possible_values(published, sums, id, least=1)) == 3 for id in small):
                return number
    raise AssertionError("hiding everything protects everything")
