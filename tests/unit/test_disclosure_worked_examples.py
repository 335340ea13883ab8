"""Suppression on tables small enough to check by eye: each is a way in which hidden numbers have been given back."""

import pytest

from throughline.disclosure import attack, broken, suppress

TWO_AREAS = {"Ax": 3, "Ay": 14, "A": 17, "Bx": 9, "By": 11, "B": 20, "x": 12, "y": 25, "all": 37}
TWO_AREAS_SUMS = [
    {"total": "A", "parts": ["Ax", "Ay"]},
    {"total": "B", "parts": ["Bx", "By"]},
    {"total": "x", "parts": ["Ax", "Bx"]},
    {"total": "y", "parts": ["Ay", "By"]},
    {"total": "all", "parts": ["A", "B"]},
    {"total": "all", "parts": ["x", "y"]},
]


def hide(cells, *ids):
    return {id: "c" if id in ids else count for id, count in cells.items()}


def hidden_in(published):
    return {id for id, count in published.items() if count == "c"}


def sum_of(total, *parts):
    return {"total": total, "parts": list(parts)}


def test_hiding_only_the_small_count_gives_it_back():
    published = hide(TWO_AREAS, "Ax")
    assert attack(published, TWO_AREAS_SUMS) == {"Ax": (3, 3)}
    assert broken(published, TWO_AREAS_SUMS) == ["Ax"]


def test_hiding_the_block_of_four_leaves_x_anywhere_from_1_to_11():
    published = hide(TWO_AREAS, "Ax", "Ay", "Bx", "By")
    assert attack(published, TWO_AREAS_SUMS) == {"Ax": (1, 11), "Ay": (6, 16), "Bx": (1, 11), "By": (9, 19)}
    assert broken(published, TWO_AREAS_SUMS) == []


def test_suppress_finds_the_block_of_four():
    assert suppress(TWO_AREAS, TWO_AREAS_SUMS) == hide(TWO_AREAS, "Ax", "Ay", "Bx", "By")


def test_two_hidden_counts_that_sum_to_3_are_1_and_2():
    published = {"a": "c", "b": "c", "big": 30, "all": 33}
    sums = [sum_of("all", "a", "b", "big")]
    assert attack(published, sums) == {"a": (1, 2), "b": (1, 2)}
    assert broken(published, sums) == ["a", "b"]
    assert hidden_in(suppress({"a": 1, "b": 2, "big": 30, "all": 33}, sums)) == {"a", "b", "big"}


def test_two_hidden_counts_that_sum_to_4_are_safe():
    sums = [sum_of("all", "a", "b", "big")]
    assert broken({"a": "c", "b": "c", "big": 30, "all": 34}, sums) == []
    assert hidden_in(suppress({"a": 2, "b": 2, "big": 30, "all": 34}, sums)) == {"a", "b"}


def test_a_region_total_and_all_but_one_authority():
    cells = {"Leeds": 9, "Barnsley": 2, "Sheffield": 7, "Yorkshire": 18}
    sums = [sum_of("Yorkshire", "Leeds", "Barnsley", "Sheffield")]
    assert broken(hide(cells, "Barnsley"), sums) == ["Barnsley"]
    # The smallest suitable partner is taken, and the region stays on show.
    assert hidden_in(suppress(cells, sums)) == {"Barnsley", "Sheffield"}


def test_last_years_figure_and_a_rolling_total():
    cells = {"2023": 8, "2024": 6, "2025": 3, "2023-2025": 17}
    sums = [sum_of("2023-2025", "2023", "2024", "2025")]
    assert broken(hide(cells, "2025"), sums) == ["2025"]
    assert hidden_in(suppress(cells, sums)) == {"2024", "2025"}


def test_overlapping_blocks_of_years_are_subtracted_from_each_other():
    years = {"1": 9, "2": 5, "3": 7, "4": 3, "5": 8, "6": 6}
    blocks = {f"{first}-{first + 2}": [str(year) for year in range(first, first + 3)] for first in range(1, 5)}
    cells = years | {block: sum(years[year] for year in parts) for block, parts in blocks.items()}
    sums = [sum_of(block, *parts) for block, parts in blocks.items()]
    # Hiding a second year is not enough: block 4-6 less block 3-5 tells year 6 from year 3.
    assert broken(hide(cells, "4", "5"), sums, cells) == ["4"]
    published = suppress(cells, sums)
    assert broken(published, sums, cells) == []
    assert attack(published, sums)["4"][1] - attack(published, sums)["4"][0] >= 2


def test_a_numerator_with_its_complement_and_its_denominator():
    cells = {"on time": 3, "late": 14, "all": 17}
    sums = [sum_of("all", "on time", "late")]
    assert broken(hide(cells, "on time"), sums) == ["on time"]
    assert hidden_in(suppress(cells, sums)) == {"on time", "late"}


def test_a_complement_is_small_in_its_own_right():
    cells = {"on time": 16, "late": 1, "all": 17}
    assert hidden_in(suppress(cells, [sum_of("all", "on time", "late")])) == {"late", "on time"}


def test_england_with_every_other_region_shown():
    regions = {"North": 40, "Midlands": 31, "South": 55, "London": 4}
    cells = regions | {"England": 130}
    sums = [sum_of("England", *regions)]
    assert broken(hide(cells, "London"), sums) == ["London"]
    published = suppress(cells, sums)
    assert hidden_in(published) == {"London", "Midlands"}
    assert published["England"] == 130


def test_a_total_is_hidden_only_where_no_part_will_do():
    cells = {"a": 3, "b": 0, "c": 0, "all": 3, "other": 40, "England": 43}
    published = suppress(cells, [sum_of("all", "a", "b", "c"), sum_of("England", "all", "other")])
    assert hidden_in(published) == {"a", "all", "other"}
    assert published["b"] == published["c"] == 0


def test_a_published_total_that_readers_hold_is_used_against_us():
    cells = {"deaths": 2, "harm": 9, "all": 11, "deaths elsewhere": 8, "deaths everywhere": 10}
    sums = [sum_of("all", "deaths", "harm"), sum_of("deaths everywhere", "deaths", "deaths elsewhere")]
    published = suppress(cells, sums, known=["all", "deaths everywhere"])
    assert hidden_in(published) == {"deaths", "harm", "deaths elsewhere"}
    assert broken(published, sums, cells, known=["all", "deaths everywhere"]) == []


def test_a_small_count_that_readers_hold_is_left_shown():
    cells = {"deaths": 2, "harm": 9, "all": 11}
    sums = [sum_of("all", "deaths", "harm")]
    assert suppress(cells, sums, known=["deaths"]) == cells
    assert broken(cells, sums, cells) == ["deaths"]
    assert broken(cells, sums, cells, known=["deaths"]) == []


def test_a_small_count_under_a_known_total_of_the_same_size_cannot_be_protected_and_says_so():
    cells = {"deaths": 1, "harm": 0, "all": 1, "elsewhere": 8, "deaths everywhere": 9}
    sums = [sum_of("all", "deaths", "harm"), sum_of("deaths everywhere", "deaths", "elsewhere")]
    published = suppress(cells, sums, known=["all"])
    assert published.unprotected == {"deaths": (1, 1)}
    # Hiding others would not help it, so they stay on show.
    assert hidden_in(published) == {"deaths"}
    assert broken(published, sums, cells, known=["all"]) == ["deaths"]


def test_a_small_count_gets_as_many_values_as_there_can_be():
    cells = {"a": 1, "b": 2, "all": 3, "a elsewhere": 8, "a everywhere": 9}
    sums = [sum_of("all", "a", "b"), sum_of("a everywhere", "a", "a elsewhere")]
    published = suppress(cells, sums, known=["all"])
    assert published.unprotected == {"a": (1, 2), "b": (1, 2)}
    assert hidden_in(published) == {"a", "b", "a elsewhere"}
    assert attack(published, sums)["a"] == (1, 2)


def test_a_zero_may_tell_something_and_is_then_protected_too():
    cells = {"asked": 9, "never asked": 0, "all": 9}
    sums = [sum_of("all", "asked", "never asked")]
    assert suppress(cells, sums) == cells
    published = suppress(cells, sums, protect_zeros=True)
    assert hidden_in(published) == {"asked", "never asked"}
    assert attack(published, sums, protect_zeros=True) == {"asked": (0, 9), "never asked": (0, 9)}


def test_a_count_never_published_may_be_0_for_all_the_attacker_knows():
    cells = {"a": 2, "b": 1, "all": 3}
    sums = [sum_of("all", "a", "b")]
    assert attack({"a": "c", "all": 3}, sums, hidden=["b"]) == {"a": (1, 3), "b": (0, 2)}
    published = suppress(cells | {"all": 5, "b": 3}, sums, hidden=["all"])
    assert hidden_in(published) == {"a", "b", "all"}


@pytest.mark.parametrize(("threshold", "expected"), [(5, set()), (6, {"five", "eight"})])
def test_the_threshold_is_the_first_count_that_is_shown(threshold, expected):
    cells = {"five": 5, "eight": 8, "nine": 9, "all": 22}
    assert hidden_in(suppress(cells, [sum_of("all", "five", "eight", "nine")], threshold)) == expected
