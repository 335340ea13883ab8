"""What suppression takes in and gives back, and that its choice is steady."""

import random

import pytest

from throughline.disclosure import attack, broken, suppress
from throughline.disclosure import suppression as choosing


def hidden_in(published):
    return {id for id, count in published.items() if count == "c"}


def area_by_year(counts, prefix=""):
    """Cells and sums of a table of areas by years with all its totals."""
    cells, sums = {}, []
    years = range(len(next(iter(counts.values()))))
    for area, row in counts.items():
        cells |= {f"{prefix}{area} {year}": row[year] for year in years} | {f"{prefix}{area} all": sum(row)}
        sums.append({"total": f"{prefix}{area} all", "parts": [f"{prefix}{area} {year}" for year in years]})
    for year in [*years, "all"]:
        parts = [f"{prefix}{area} {year}" for area in counts]
        cells[f"{prefix}England {year}"] = sum(cells[part] for part in parts)
        sums.append({"total": f"{prefix}England {year}", "parts": parts})
    return cells, sums


AREAS = {"Leeds": [7, 3, 12], "Kent": [2, 9, 8], "Bury": [6, 14, 0], "Derby": [11, 5, 4]}


def test_nothing_in_nothing_out():
    assert suppress({}, []) == {} and attack({}, []) == {} and broken({}, []) == []


def test_a_small_count_that_no_sum_touches_is_hidden_alone():
    assert suppress({"a": 3, "b": 9, "c": 0}, []) == {"a": "c", "b": 9, "c": 0}


def test_a_table_without_small_counts_is_shown_whole():
    cells, sums = area_by_year({"Leeds": [7, 9], "Kent": [8, 0]})
    assert suppress(cells, sums) == cells


def test_the_answer_has_the_order_of_the_question():
    cells, sums = area_by_year(AREAS)
    backwards = dict(reversed(cells.items()))
    assert list(suppress(backwards, sums)) == list(backwards)


def test_the_answer_tells_small_counts_from_their_partners_to_those_who_may_know():
    cells, sums = area_by_year(AREAS)
    published = suppress(cells, sums)
    assert published.primary == {"Leeds 1", "Kent 0", "Derby 2"}
    assert published.secondary == hidden_in(published) - published.primary
    assert published.unprotected == {} and published.hidden_whole == []


@pytest.mark.parametrize("count", [-1, 2.5, "4", None, True, float("nan")])
def test_counts_that_are_not_whole_and_positive_are_refused_by_id(count):
    with pytest.raises(ValueError, match="whole numbers of 0 or more: 'bad'"):
        suppress({"good": 3, "bad": count}, [])


def test_sums_that_are_wrong_are_refused_by_id_and_without_counts():
    with pytest.raises(ValueError, match="do not add up: total 'all', parts 'a', 'b'") as refusal:
        suppress({"a": 31, "b": 42, "all": 72}, [{"total": "all", "parts": ["a", "b"]}])
    assert not {"31", "42", "72"} & set(str(refusal.value).replace(",", " ").split())


@pytest.mark.parametrize(
    "relation", [{"total": "all", "parts": ["a", "nowhere"]}, {"total": "nowhere", "parts": ["a", "b"]}]
)
def test_ids_that_are_no_cell_are_refused(relation):
    with pytest.raises(ValueError, match="not among the cells: 'nowhere'"):
        suppress({"a": 3, "b": 4, "all": 7}, [relation])


@pytest.mark.parametrize("option", ["known", "hidden", "prefer"])
def test_ids_in_options_that_are_no_cell_are_refused(option):
    with pytest.raises(ValueError, match=f"{option} names ids that are not among the cells: 'nowhere'"):
        suppress({"a": 3}, [], **{option: ["nowhere"]})


def test_options_that_contradict_are_refused():
    with pytest.raises(ValueError, match="both known and hidden"):
        suppress({"a": 3}, [], known=["a"], hidden=["a"])
    with pytest.raises(ValueError, match="costs must be above 0"):
        suppress({"a": 3}, [], costs={"a": 0})
    with pytest.raises(ValueError, match="names a cell twice"):
        suppress({"a": 3, "all": 6}, [{"total": "all", "parts": ["a", "a"]}])


def test_the_order_of_cells_and_sums_changes_nothing():
    cells, sums = area_by_year(AREAS)
    expected = suppress(cells, sums)
    for seed in range(5):
        shuffle = random.Random(seed)
        ids = shuffle.sample(list(cells), len(cells))
        mixed = [
            {"total": relation["total"], "parts": shuffle.sample(relation["parts"], len(relation["parts"]))}
            for relation in shuffle.sample(sums, len(sums))
        ]
        assert suppress({id: cells[id] for id in ids}, mixed) == expected


def test_tables_that_nothing_links_do_not_touch_each_other():
    north, north_sums = area_by_year(AREAS, "north ")
    for count in (6, 40):
        south, south_sums = area_by_year({"Poole": [count, 2, 9], "Exeter": [8, 9, 10]}, "south ")
        both = suppress(north | south, north_sums + south_sums)
        assert both == suppress(north, north_sums) | suppress(south, south_sums)


def test_a_larger_count_somewhere_else_leaves_the_choice_alone():
    cells, sums = area_by_year(AREAS)
    later, _ = area_by_year(AREAS | {"Bury": [6, 19, 0]})
    assert hidden_in(suppress(cells, sums)) == hidden_in(suppress(later, sums))


def test_partners_that_cost_alike_are_taken_in_the_order_of_their_ids():
    cells = {"d": 9, "b": 9, "c": 9, "a": 2, "all": 29}
    assert hidden_in(suppress(cells, [{"total": "all", "parts": ["d", "b", "c", "a"]}])) == {"a", "b"}


def test_ids_hidden_last_time_are_taken_first():
    cells = {"d": 9, "b": 9, "c": 9, "a": 2, "all": 29}
    assert hidden_in(suppress(cells, [{"total": "all", "parts": list("abcd")}], prefer=["d"])) == {"a", "d"}


def test_the_caller_can_price_what_must_stay_on_show():
    cells = {"a": 2, "b": 9, "c": 30, "all": 41}
    sums = [{"total": "all", "parts": ["a", "b", "c"]}]
    assert hidden_in(suppress(cells, sums, costs={"b": 50})) == {"a", "c"}


def test_more_possible_values_can_be_asked_for():
    cells = {"a": 1, "b": 3, "c": 30, "all": 34}
    sums = [{"total": "all", "parts": ["a", "b", "c"]}]
    assert hidden_in(suppress(cells, sums)) == {"a", "b"}
    assert hidden_in(suppress(cells, sums, least_values=6)) == {"a", "b", "c"}


def test_when_time_is_over_all_of_the_block_is_hidden_and_nothing_beyond_it():
    cells, sums = area_by_year(AREAS)
    other = {"x": 20, "y": 30, "z": 50}
    published = suppress(cells | other, [*sums, {"total": "z", "parts": ["x", "y"]}], known=["England all"], seconds=0)
    assert hidden_in(published) == {id for id, count in cells.items() if count and id != "England all"}
    assert [set(block) for block in published.hidden_whole] == [hidden_in(published)]
    assert broken(published, sums, cells | other) == []


def test_ids_may_be_of_any_kind():
    cells = {("Leeds", 2025): 3, ("Leeds", 2024): 8, ("Leeds", "all"): 11}
    sums = [{"total": ("Leeds", "all"), "parts": [("Leeds", 2024), ("Leeds", 2025)]}]
    assert hidden_in(suppress(cells, sums)) == {("Leeds", 2024), ("Leeds", 2025)}


def test_a_cell_published_twice_gives_its_partner_only_every_other_value():
    """With b printed twice, a is 5 less twice b: 1 or 3 and never 2, so a and b are not enough."""
    cells = {"a": 1, "b": 2, "b again": 2, "d": 9, "all": 14}
    sums = [{"total": "all", "parts": ["a", "b", "b again", "d"]}, {"total": "b again", "parts": ["b"]}]
    published = suppress(cells, sums)
    assert hidden_in(published) == {"a", "b", "b again", "d"}
    assert broken(published, sums, cells) == []


def test_a_block_too_large_for_the_cheapest_choice_is_still_safe_and_little_dearer(monkeypatch):
    shuffle = random.Random(7)
    cells, sums = area_by_year({f"area {number}": [shuffle.randrange(14) for _ in range(3)] for number in range(6)})
    cheapest = suppress(cells, sums)
    monkeypatch.setattr(choosing, "SMALL_BLOCK", 0)
    quick = suppress(cells, sums)
    assert broken(quick, sums, cells) == [] and quick.hidden_whole == []
    assert len(cheapest.secondary) <= len(quick.secondary) <= len(cheapest.secondary) + 2
