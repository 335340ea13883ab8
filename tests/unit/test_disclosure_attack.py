"""The attacker's sum, against answers worked out by hand."""

import math

import pytest

from throughline.disclosure import attack, broken
from throughline.disclosure.unknowns import Unknowns


def sum_of(total, *parts):
    return {"total": total, "parts": list(parts)}


def test_a_count_hidden_alone_in_a_sum_is_subtracted():
    assert attack({"a": "c", "b": 9, "all": 12}, [sum_of("all", "a", "b")]) == {"a": (3, 3)}


def test_a_hidden_total_is_added_up():
    assert attack({"a": 4, "b": 9, "all": "c"}, [sum_of("all", "a", "b")]) == {"all": (13, 13)}


def test_each_hidden_count_takes_at_least_1_from_what_is_left_for_the_others():
    published = {"a": "c", "b": "c", "d": "c", "zero": 0, "all": 10}
    assert attack(published, [sum_of("all", "a", "b", "d", "zero")]) == dict.fromkeys("abd", (1, 8))


def test_with_zeros_protected_a_hidden_count_may_be_0():
    published = {"a": "c", "b": "c", "all": 2}
    assert attack(published, [sum_of("all", "a", "b")], protect_zeros=True) == {"a": (0, 2), "b": (0, 2)}
    assert attack(published, [sum_of("all", "a", "b")]) == {"a": (1, 1), "b": (1, 1)}


def test_nothing_limits_a_hidden_total_of_hidden_parts():
    published = {"a": "c", "b": "c", "all": "c", "d": 4}
    assert attack(published, [sum_of("all", "a", "b", "d")]) == {
        "a": (1, math.inf),
        "b": (1, math.inf),
        "all": (6, math.inf),
    }


def test_a_limit_that_only_several_sums_together_give_is_found():
    # No one sum says so, but x + y = 10 and x + z = 8 and y + z = 6 leave only 6, 4 and 2.
    published = {"x": "c", "y": "c", "z": "c", "xy": 10, "xz": 8, "yz": 6}
    sums = [sum_of("xy", "x", "y"), sum_of("xz", "x", "z"), sum_of("yz", "y", "z")]
    assert attack(published, sums) == {"x": (6, 6), "y": (4, 4), "z": (2, 2)}


def test_only_whole_numbers_count():
    # Half of 5 is no count: a is 1 or 3, though the limits 1 to 3 would seem to hold three.
    published = {"a": "c", "b": "c", "b again": "c", "all": 5}
    sums = [sum_of("all", "a", "b", "b again"), sum_of("b again", "b")]
    assert attack(published, sums) == {"a": (1, 3), "b": (1, 2), "b again": (1, 2)}
    assert broken(published, sums) == ["a", "b", "b again"]


def test_values_far_apart_are_counted_one_by_one():
    # a is 13 less three times b: 1, 4, 7 or 10.
    published = {"a": "c", "b": "c", "b again": "c", "b once more": "c", "all": 13}
    sums = [sum_of("all", "a", "b", "b again", "b once more"), sum_of("b again", "b"), sum_of("b once more", "b")]
    assert attack(published, sums)["a"] == (1, 10)
    assert broken(published, sums) == [] and broken(published, sums, least_values=4) == []
    assert set(broken(published, sums, least_values=5)) == {"a", "b", "b again", "b once more"}


def test_a_partner_that_is_large_need_not_keep_its_secret():
    cells = {"a": 2, "b": 9, "all": 11, "b elsewhere": 8, "b everywhere": 17}
    sums = [sum_of("all", "a", "b"), sum_of("b everywhere", "b", "b elsewhere")]
    published = cells | {"a": "c", "b elsewhere": "c", "all": "c"}
    assert broken(published, sums) == ["b elsewhere"]
    assert broken(published, sums, cells) == []


def test_a_small_count_that_is_shown_is_broken():
    cells = {"a": 2, "b": 9}
    assert broken(cells, [], cells) == ["a"]
    assert broken(cells, [], cells, threshold=2) == []
    assert broken({"a": 0}, [], {"a": 0}) == [] and broken({"a": 0}, [], {"a": 0}, protect_zeros=True) == ["a"]


def test_the_true_counts_only_shorten_the_search():
    cells = {"a": 2, "b": 3, "d": 30, "all": 35}
    sums = [sum_of("all", "a", "b", "d")]
    published = cells | {"a": "c", "b": "c"}
    assert broken(published, sums) == broken(published, sums, cells) == []
    # Counts that do not fit what is published are of no use, and are not believed.
    assert broken(published, sums, cells | {"a": 4, "b": 4}) == []


def test_published_counts_that_no_whole_numbers_fit_are_refused():
    with pytest.raises(ValueError, match="do not add up: total 'all', parts 'a', 'b'"):
        attack({"a": 4, "b": 9, "all": 12}, [sum_of("all", "a", "b")])
    with pytest.raises(ValueError, match="no whole numbers fit what is published around 'a', 'b'"):
        attack({"a": "c", "b": "c", "all": 1, "d": "c"}, [sum_of("all", "a", "b")])


def test_an_id_that_is_neither_published_nor_hidden_is_refused():
    with pytest.raises(ValueError, match="not among the cells: 'b'"):
        attack({"a": "c", "all": 9}, [sum_of("all", "a", "b")])


def test_a_published_id_without_a_true_count_is_refused():
    with pytest.raises(ValueError, match="not among the cells: 'b'"):
        broken({"a": "c", "b": 9}, [], {"a": 3})


def test_sums_that_go_round_in_a_circle_are_only_equations():
    published = {"a": "c", "b": "c", "zero": 0}
    sums = [sum_of("a", "b", "zero"), sum_of("b", "a", "zero")]
    assert attack(published, sums) == {"a": (1, math.inf), "b": (1, math.inf)}


def test_an_answer_that_does_not_fit_exactly_is_not_kept():
    import numpy as np
    from scipy import sparse

    unknowns = Unknowns(sparse.csr_array([[1.0, 1.0]]), np.array([10.0]), np.ones(2))
    before = len(unknowns.tables)
    for wrong in ([5.0, 6.0], [0.0, 10.0]):
        unknowns.keep_part(np.array([0, 1]), np.array(wrong))
    assert len(unknowns.tables) == before
    unknowns.keep_part(np.array([0, 1]), np.array([3.0000001, 6.9999999]))
    assert unknowns.tables[-1].tolist() == [3.0, 7.0]
