"""The disproportionality mart infers nothing where it should not, and says why in words."""

import importlib.util

import polars as pl
import pytest

from throughline.house_in_memory import HouseInMemory
from throughline.workspace import PROJECT

GROUPS = PROJECT / "seeds/ethnicity_groups.csv"
FILE = PROJECT / "models/marts/recording/disproportionality.py"
SHARES = ["share", "lowest_share", "highest_share"]
RATIOS = ["ratio", "ratio_lower95", "ratio_upper95", "lowest_ratio", "highest_ratio"]


@pytest.fixture(scope="module")
def mart():
    spec = importlib.util.spec_from_file_location("disproportionality_mart", FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def group(children, recorded, unrecorded, here=8.0, elsewhere=92.0, characteristic="ethnicity"):
    return {
        "area_type": "england",
        "area_code": "E92000001",
        "period_type": "year",
        "period": "2025",
        "characteristic": characteristic,
        "group_level": "major",
        "group_name": "A group",
        "children": children,
        "recorded": recorded,
        "unrecorded": unrecorded,
        "group_person_days": here,
        "other_person_days": elsewhere,
    }


def figures(mart, *groups, **others):
    rows = groups if isinstance(groups[0], dict) else [group(*groups, **others)]
    people = {"group_person_days": pl.Float64, "other_person_days": pl.Float64}
    made = mart.disproportionality(pl.DataFrame(rows, schema_overrides=people)).to_dicts()
    return made if isinstance(groups[0], dict) else made[0]


def test_a_figure_that_may_be_inferred_has_no_refusal_and_every_end_of_its_range(mart):
    row = figures(mart, 16, 80, 10)
    assert row["share_refusal"] is None and row["ratio_refusal"] is None
    assert all(row[name] is not None for name in SHARES + RATIOS)
    assert row["population_share"] == pytest.approx(0.08)


@pytest.mark.parametrize(
    ("children", "recorded", "unrecorded", "words"),
    [(16, 80, 20, "under 85%"), (9, 80, 2, "in the group"), (0, 0, 5, "under 85%")],
)
def test_a_refused_figure_is_null_beside_its_reason_and_the_unknown_share_still_stands(
    mart, children, recorded, unrecorded, words
):
    row = figures(mart, children, recorded, unrecorded)
    assert words in row["share_refusal"] and words in row["ratio_refusal"]
    assert all(row[name] is None for name in SHARES + RATIOS)
    assert row["unrecorded_share"] == pytest.approx(unrecorded / (recorded + unrecorded))


def test_rows_with_and_without_a_refusal_stand_side_by_side(mart):
    for rows in ([group(16, 80, 10), group(3, 80, 10)], [group(3, 80, 10), group(16, 80, 10)]):
        assert [row["share_refusal"] is None for row in figures(mart, *rows)] == [row["children"] == 16 for row in rows]


def test_a_share_may_stand_where_too_few_are_outside_the_group_to_compare_with(mart):
    row = figures(mart, 40, 45, 2)
    assert row["share_refusal"] is None and row["share"] == pytest.approx(40 / 45)
    assert "outside the group" in row["ratio_refusal"] and row["ratio"] is None


def test_disability_is_never_compared_with_a_population(mart):
    row = figures(mart, 30, 100, 5, here=None, elsewhere=None, characteristic="disability")
    assert row["share"] == pytest.approx(0.3)
    assert row["ratio"] is None and "no population" in row["ratio_refusal"]


def test_a_group_that_the_census_did_not_find_has_a_reason_and_no_ratio(mart):
    row = figures(mart, 30, 100, 5, here=0.0)
    assert row["ratio"] is None and "census found nobody" in row["ratio_refusal"]


def test_no_group_holds_the_codes_of_two_major_groups_so_none_is_a_total_of_all_minoritised_ones():
    major = {row["code"]: row["ethnicity_major"] for row in pl.read_csv(GROUPS).to_dicts()}
    with HouseInMemory({}) as house:
        groups = house.table("int_ethnic_groups")
    majors = groups.with_columns(major=pl.col("ethnicity_code").replace_strict(major))
    assert majors.group_by("group_level", "group_name").agg(pl.col("major").n_unique())["major"].to_list() == [1] * 22
    assert "Unknown" not in groups["group_name"]


def test_gypsy_and_roma_are_compared_as_the_one_group_that_returns_can_tell():
    with HouseInMemory({}) as house:
        minor = house.table("int_ethnic_groups").filter(group_level="minor")
    together = minor.filter(pl.col("group_name") == "Gypsy or Irish Traveller, or Roma")["ethnicity_code"]
    assert sorted(together) == ["WIRT", "WROM"]
