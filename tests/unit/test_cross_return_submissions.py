"""Rules that look at more than one submission or at what we derive, the answers to queries, and dbt's own build."""

import duckdb
import polars as pl
import pytest

from tests.fixtures.cross_return_case import CASE, add, change, findings, landed, leave, remove, several, spoiled
from throughline.house_in_memory import CannotBuild, HouseInMemory


def test_a_thematic_review_is_decided_with_the_last_of_its_rapid_reviews():
    case = spoiled(change("lcsprs", 0, origin="THEMATIC", rr_refs="R1;R2", date_lcspr_decision="2026-04-20"))
    add("rapid_reviews", rr_ref="R2", sin_ref="N2", date_lcspr_decision="2026-04-20")(case)
    assert "V10" not in findings(landed(case))["rule"].to_list()


def test_a_repeat_must_be_of_an_earlier_recommendation():
    kinds = {"submission_ref": "kent-2026", "repeat_kind": "EXACT"}
    wrong = [
        {"rec_ref": "C1", "repeat_of": "C1"},
        {"rec_ref": "C1", "repeat_of": "C2"},
        {"rec_ref": "C2", "repeat_of": "C9"},
    ]
    right = [{"rec_ref": "C2", "repeat_of": "C1"}]
    for pairs, expected in ((right, []), (wrong, ["C1", "C1", "C2"])):
        given = {"int_recommendations_repeated": pl.DataFrame([pair | kinds for pair in pairs])}
        told = findings(landed(CASE), given).filter(rule="V28")
        assert sorted(told["record_key"]) == expected


def test_the_same_words_in_another_case_are_a_repeat_of_the_earlier():
    with HouseInMemory(landed(CASE)) as house:
        assert house.table("int_recommendations_repeated").select("rec_ref", "repeat_of").rows() == [("C2", "C1")]


def test_a_record_that_vanished_since_the_last_return_is_told():
    before = landed(CASE, submission_ref="kent-june", as_at_date="2026-06-30")
    after = landed(spoiled(remove("recommendations", 2)), submission_ref="kent-september")
    told = findings(several(before, after)).filter(rule="V29")
    assert sorted(told["record_key"]) == ["C3", "all"]
    assert set(told["submission_ref"]) == {"kent-september"}
    assert set(told["severity"]) == {"query"} and set(told["return_name"]) == {"recommendations"}


def test_nothing_is_told_of_a_return_that_only_grew():
    before = landed(spoiled(remove("recommendations", 2)), submission_ref="kent-june", as_at_date="2026-06-30")
    after = landed(CASE, submission_ref="kent-september")
    assert findings(several(before, after)).is_empty()


def test_a_fall_of_just_a_fifth_is_not_a_fall_of_more():
    case = spoiled(leave)
    case["recommendations"] += [case["recommendations"][2] | {"rec_ref": f"C{n}"} for n in (4, 5)]
    before = landed(case, submission_ref="kent-june", as_at_date="2026-06-30")
    case["recommendations"] = case["recommendations"][:4]
    told = findings(several(before, landed(case))).filter(rule="V29")
    assert told["record_key"].to_list() == ["C5"]


@pytest.fixture(scope="module")
def whole_country():
    """Every current partnership's return: Hartlepool's region has one notification in the year to March 2026."""
    with HouseInMemory({}) as house:
        partnerships = house.table("partnerships").filter("is_current")["partnership_code"].to_list()
    nothing = {name: [] for name in CASE}
    one = CASE["notifications"][0] | {"new_la_code": "E06000001"}
    submissions = [
        landed(
            nothing | ({"notifications": [one]} if code == "hartlepool_and_stockton_on_tees" else {}),
            submission_ref=code,
            partnership_code=code,
        )
        for code in partnerships
    ]
    return several(*submissions)


def published(area_code, number, rounding):
    return pl.DataFrame(
        [
            {
                "reporting_year": 2026, "geographic_level": "regional", "area_code": area_code,
                "area_name": "Somewhere", "period": "full_year", "nature": "total", "number_notifications": number,
                "number_rounding": rounding, "publisher": "DfE",
            }
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "rounding", "agrees"),
    [(1, "unrounded", True), (2, "unrounded", False), (0, "nearest_10", True), (10, "nearest_10", False)],
)
def test_a_region_reconciles_within_the_rounding_of_what_was_published(whole_country, number, rounding, agrees):
    given = {"stg_published__notifications": published("E12000001", number, rounding)}
    told = findings(whole_country, given).filter(rule="V31")
    assert told.is_empty() == agrees
    if not agrees:
        assert told["record_key"].to_list() == ["E12000001|2026"]
        assert "synthetic" in told["message"][0]


def test_a_region_with_a_return_missing_is_not_reconciled(whole_country):
    some = {name: frame.filter(pl.col("submission_ref") != "south_tees") for name, frame in whole_country.items()}
    given = {"stg_published__notifications": published("E12000001", 500, "unrounded")}
    assert findings(some, given).filter(rule="V31").is_empty()


def test_an_answer_explains_the_query_of_its_own_record_and_rule():
    case = spoiled(change("rapid_reviews", 0, disability_impact="BOTH"))
    add("notifications", sin_ref="N3")(case)
    add("notifications", sin_ref="N4")(case)
    case["query_answers"] = [
        {
            "rule": "V06", "return_name": "notifications", "record_key": "N3",
            "explanation": "The words of the explanation.", "explained_on": "2026-09-29",
        }
    ]  # fmt: skip
    told = findings(landed(case))
    assert sorted(told.select("rule", "record_key", "is_explained").rows()) == [
        ("V06", "N3", True),
        ("V06", "N4", False),
        ("V21", "R1", False),
    ]
    assert str(told.filter(record_key="N3")["explained_on"][0]) == "2026-09-29"
    assert not [column for column in told.columns if told[column].cast(pl.String).str.contains("words").any()]


def test_a_superseded_return_is_not_told_of_again():
    wrong = landed(
        spoiled(change("referrals", 0, children_count="3")), submission_ref="kent-june", as_at_date="2026-06-30"
    )
    assert findings(several(wrong, landed(CASE))).is_empty()


def test_a_value_that_cannot_be_read_does_not_stop_the_house():
    case = spoiled(change("notifications", 0, date_notified="31/02/2026", children_count="one"))
    told = findings(landed(case))
    assert {"F04", "F05"} <= set(told["rule"])


def test_the_house_in_memory_names_what_it_cannot_build():
    with HouseInMemory({}) as house:
        with pytest.raises(CannotBuild, match="no model or seed called nothing"):
            house.table("nothing")
        with pytest.raises(CannotBuild, match="indicator_values is not SQL"):
            house.table("indicator_values")


@pytest.mark.parametrize("model", ["rule_findings", "indicator_counts", "returns_received", "int_calendar"])
def test_dbt_and_the_house_in_memory_build_the_same_rows(small_workspace, model):
    names = {path.stem for path in small_workspace.landing.glob("[!.]*/*.parquet")}
    landing = {name: pl.read_parquet(small_workspace.landing / "[!.]*" / f"{name}.parquet") for name in names}
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        # What Python finds, and what people decided, a house in memory is given.
        given = {
            name: warehouse.sql(f"select * from {schema}.{name}").pl()
            for schema, name in (
                ("intermediate", "int_recommendation_pairs_scored"),
                ("staging", "stg_decisions__pair_decisions"),
            )
        }
    with HouseInMemory(landing, given) as house:
        in_memory = house.table(model)
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        [(schema,)] = warehouse.execute(
            "select table_schema from information_schema.tables where table_name = ?", [model]
        ).fetchall()
        by_dbt = warehouse.sql(f"select * from {schema}.{model}").pl()
    assert in_memory.columns == by_dbt.columns
    assert in_memory.height > 0
    assert sorted(map(repr, in_memory.rows())) == sorted(map(repr, by_dbt.rows()))
