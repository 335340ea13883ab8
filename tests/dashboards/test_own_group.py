"""A reader's own set of partnerships: in the address, changed by two lists, and seen as rights allow."""

import re

import pytest
from test_comparison import CODES, NORTH_EAST, PATH, table_rows, words_of

from throughline.analyses.compare_partnerships import analyse
from throughline.analyses.own_group import short_names
from throughline.query import Query
from throughline.release import Viewer


def compare(release, viewer=None, **query):
    return analyse(release, viewer or Viewer.panel(), Query(query))


def test_a_set_in_the_address_is_what_is_compared(reader, made_up):
    rows = table_rows(reader.get(f"{PATH}?group=own:{CODES[4]},{CODES[0]}").text)

    assert list(rows) == ["England", *sorted(short_names(made_up)[code] for code in (CODES[0], CODES[4]))]


def test_one_is_added_and_one_is_taken_out(made_up):
    added = compare(made_up, group=f"own:{CODES[0]}", add=CODES[4])
    taken = compare(made_up, group=added.chosen["group"], remove=CODES[0])

    assert (
        added.chosen["group"] == f"own:{','.join(sorted((CODES[0], CODES[4]), key=list(short_names(made_up)).index))}"
    )
    assert taken.chosen["group"] == f"own:{CODES[4]}"
    assert added.chosen["add"] == added.chosen["remove"] == ""


def test_the_first_one_added_begins_a_set_and_the_last_one_taken_out_ends_it(made_up):
    begun = compare(made_up, group=NORTH_EAST, add=CODES[0])
    ended = compare(made_up, group=begun.chosen["group"], remove=CODES[0])

    assert begun.chosen["group"] == f"own:{CODES[0]}"
    assert not ended.chosen["group"].startswith("own:")
    assert "remove" not in ended.chosen


@pytest.mark.parametrize("group", ["own:", "own:nobody", f"own:{CODES[0]},nobody", "own:%00,'--"])
def test_a_name_that_is_not_known_is_told_and_the_others_are_shown(reader, group):
    answer = reader.get(f"{PATH}?group={group}")

    assert answer.status_code == 200
    assert "There is a problem" in answer.text


def test_the_same_name_twice_is_one(made_up):
    assert compare(made_up, group=f"own:{CODES[0]},{CODES[0]}").chosen["group"] == f"own:{CODES[0]}"


def test_a_set_shows_no_more_than_a_group_would(public_reader):
    rows = table_rows(public_reader.get(f"{PATH}?indicator=CV2&period=year:2025&group=own:{CODES[0]},{CODES[4]}").text)

    assert all(not re.search(r"\d", "".join(row[:4])) for name, row in rows.items() if name != "England")


def test_a_set_of_its_own_has_no_pooled_figure(reader):
    text = reader.get(f"{PATH}?group=own:{CODES[0]},{CODES[4]}").text

    assert "together" not in words_of(text)
    assert "app-mark--group" not in text


def test_under_twenty_areas_there_is_no_funnel_and_it_says_so(made_up_workspace):
    from dashboards.app import create_app

    region = create_app(made_up_workspace, Viewer.region("E12000004")).server.test_client()
    said = words_of(region.get(f"{PATH}?indicator=CV2&period=year:2025").text)

    assert "No funnel is drawn for this measure here" in said
    assert "A funnel needs at least 20 areas" in said


@pytest.mark.parametrize(
    ("indicator", "why"), [("NT1", "Counts follow"), ("TM5", "A median of days"), ("NT4", "A ratio of two counts")]
)
def test_a_measure_without_limits_says_why_it_has_no_funnel(reader, indicator, why):
    assert why in words_of(reader.get(f"{PATH}?indicator={indicator}").text)


def test_the_public_is_told_why_it_sees_no_single_year(public_reader):
    text = words_of(public_reader.get(f"{PATH}?indicator=CV1&group={NORTH_EAST}").text)

    assert "no single year can be shown" in text
    assert "each count could point to a child" in text
