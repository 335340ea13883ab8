"""The catalogue of indicators holds every one that is defined, once, in words, with a method that fits its unit."""

import csv
import re

import pytest

from throughline.workspace import PROJECT

METHOD_PAGES = PROJECT / "docs" / "methods"

# Every indicator of the domain's definitions.
DEFINED = [
    *(f"CV{number}" for number in range(1, 10)),
    *(f"TM{number}" for number in range(1, 12)),
    *("TM2b", "TM4b", "TM5c"),
    *(f"DM{number}" for number in range(1, 11)),
    "DM5b",
    *(f"RC{number}" for number in range(1, 13)),
    *(f"NT{number}" for number in range(1, 9)),
]
FAMILY_OF = {
    "CV": "conversion",
    "TM": "timeliness",
    "DM": "recording",
    "RC": "recommendations",
    "NT": "notifications",
}
# A share has a Wilson interval, a count or rate a Poisson one: no other pairing is an honest interval.
METHODS_OF_UNIT = {
    "proportion": {"wilson"},
    "count": {"poisson"},
    "ratio": {"exact_ratio"},
    "observed_over_expected": {"poisson"},
    "per_100000_children": {"poisson"},
    "per_10000_children_in_need": {"poisson"},
    "per_review": {"poisson"},
    "days": {"kaplan_meier"},
}
FOLLOWED = "matures_after_working_days"
WORDS = ("title", "short_title", "numerator", "denominator", "exclusions", "caveat", "source")

with (PROJECT / "seeds" / "indicators.csv").open(encoding="utf-8", newline="") as file:
    CATALOGUE = list(csv.DictReader(file))
EACH = pytest.mark.parametrize("row", CATALOGUE, ids=[row["indicator"] for row in CATALOGUE])


def test_every_indicator_that_is_defined_is_in_the_catalogue_once():
    held = [row["indicator"] for row in CATALOGUE]
    assert len(held) == len(set(held))
    assert set(DEFINED) - set(held) == set()


def test_no_indicator_is_in_the_catalogue_that_is_not_defined():
    assert {row["indicator"] for row in CATALOGUE} - set(DEFINED) == set()


@EACH
def test_every_column_is_filled_in_with_plain_words(row):
    assert [name for name, cell in row.items() if not (cell or "").strip() and name != FOLLOWED] == []
    for name in WORDS:
        assert row[name] == " ".join(row[name].split()), name
        assert row[name][0].isupper() or row[name][0] in "0123456789\"'", name


def test_no_two_indicators_share_a_title():
    for name in ("title", "short_title"):
        titles = [row[name] for row in CATALOGUE]
        assert sorted(titles) == sorted(set(titles)), name


def test_a_short_title_is_short():
    assert [row["short_title"] for row in CATALOGUE if len(row["short_title"]) > 45] == []


@EACH
def test_the_family_is_that_of_its_letters_and_has_a_page_that_names_it(row):
    assert row["family"] == FAMILY_OF[row["indicator"][:2]] == row["methods_page"]
    page = (METHOD_PAGES / f"{row['methods_page']}.md").read_text(encoding="utf-8")
    assert re.search(rf"\b{row['indicator']}\b", page)


@EACH
def test_unit_and_method_fit_each_other(row):
    assert row["method"] in METHODS_OF_UNIT[row["unit"]]


@EACH
def test_the_choices_are_among_those_that_are_known(row):
    assert row["direction"] in ("high", "low", "none")
    assert row["by_quarter"] in ("true", "false") and row["exclusions_are_missing"] in ("true", "false")
    assert all(re.fullmatch(r"date_[a-z_]+|as_at_date", date) for date in row["cohort_date"].split(" or "))


@EACH
def test_only_a_share_or_a_length_of_time_is_agreed_to_be_better_high_or_low(row):
    """No count or rate of notifications or reviews has an agreed direction."""
    if row["direction"] != "none":
        assert row["unit"] in ("proportion", "days")


@EACH
def test_the_time_a_case_is_followed_is_said_in_its_words(row):
    """Left blank where the time is counted in months, which working days cannot say."""
    words = " ".join(row[name] for name in WORDS)
    if row[FOLLOWED] == "":
        assert "months" in words
    elif row[FOLLOWED] != "0":
        assert f"{int(row[FOLLOWED])} working days" in words


def test_answers_of_the_panel_that_neither_agree_nor_disagree_are_no_cases_and_are_named():
    """They are not counted under "left out", so its words may not hold them: beside them stood a 0."""
    for name in ("CV6", "CV7"):
        row = next(row for row in CATALOGUE if row["indicator"] == name)
        for answer in ("asks for more information", "considers a national review", "gives no view"):
            assert answer in row["denominator"] and answer not in row["exclusions"]


def models_that_leave_nobody_out() -> list[str]:
    """The measures of which every case counts: their model says that none is left out."""
    steps = re.compile(r"'([A-Z]{2}\d+)' as indicator,(?:(?! as indicator).)*?false as is_excluded", re.DOTALL)
    models = (PROJECT / "models" / "intermediate").glob("*/*.sql")
    return sorted({name for model in models for name in steps.findall(model.read_text(encoding="utf-8"))})


def test_where_nobody_is_left_out_the_catalogue_names_nobody():
    """Else a reader finds a 0 beside words that name many."""
    found = models_that_leave_nobody_out()

    assert {"CV5", "TM7", "TM8", "TM10"} <= set(found)
    for row in CATALOGUE:
        if row["indicator"] in found:
            assert row["exclusions"] == "None", row["indicator"]


@EACH
def test_a_measure_that_is_our_own_assumption_says_so(row):
    assert row["source"].startswith("Our definition")
