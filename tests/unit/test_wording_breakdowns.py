"""Every breakdown code of the house has plain words, an order, and says what its own row counts."""

import csv
import re
import sys
from pathlib import Path

import pytest

from throughline import wording
from throughline.release import Viewer
from throughline.wording import breakdowns
from throughline.wording.catalogue import FAMILY_IN_WORDS, in_reading_order
from throughline.workspace import PROJECT

sys.path.insert(0, str(Path(__file__).parent.parent / "dashboards"))


@pytest.fixture(scope="module")
def catalogue():
    with (PROJECT / "seeds" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return {row["indicator"]: row for row in csv.DictReader(file)}


def all_series(catalogue):
    from made_up_series import series

    return series(list(catalogue))


def test_the_breakdowns_tried_here_are_those_of_the_house(catalogue, small_release):
    england = small_release.indicator_values(Viewer.public(), area_type="england")

    assert set(england.select("indicator", "breakdown").unique().iter_rows()) == set(all_series(catalogue))


def test_every_breakdown_has_words_of_its_own_and_no_code_is_left_in_them(catalogue):
    for indicator in catalogue:
        said = [breakdowns.in_words(catalogue[name], code) for name, code in all_series(catalogue) if name == indicator]
        assert len(set(said)) == len(said), indicator
        assert not [words for words in said if re.search(r"[_:]\w", words) or not words[0].isupper()], indicator


@pytest.mark.parametrize(
    ("indicator", "breakdown", "said"),
    [
        ("DM1", "ethnicity:rapid_review", "Ethnicity, at rapid review"),
        ("DM1", "sex:lcspr:lead_child", "Sex, at local review, lead child of each notification only"),
        (
            "DM7",
            "sexual_orientation:lost:notification_to_rapid_review",
            "Sexual orientation, lost, between notification and rapid review",
        ),
        ("DM8", "rapid_review", "At rapid review"),
        ("RC1", "rapid_review", "Rapid reviews"),
        ("TM7", "rapid_review:reviewer_unavailable", "Rapid reviews: no reviewer available"),
        ("TM11", "local_review:family_told", "Local reviews: family told"),
        ("NT7", "over_30_days", "Over 30 days"),
        ("CV2", "total", "Not broken down"),
        ("NT1", "total", "All natures"),
    ],
)
def test_codes_read_as_plain_words(catalogue, indicator, breakdown, said):
    assert breakdowns.in_words(catalogue[indicator], breakdown) == said


def test_the_reasons_for_delay_are_those_of_the_code_list_and_no_delay_is_none_of_them():
    assert breakdowns.delay_reasons()["parallel_inquest"] == "inquest"
    assert "none" not in breakdowns.delay_reasons()
    assert breakdowns.delay_reasons()["not_recorded"] == "no reason recorded"


def test_the_undivided_row_comes_first_and_stages_follow_the_process():
    assert breakdowns.in_order(["overdue", "late", "total"]) == ["total", "late", "overdue"]
    assert breakdowns.in_order(
        ["sex:lcspr", "ethnicity:lcspr", "ethnicity:notification", "ethnicity:rapid_review"]
    ) == [
        "ethnicity:notification",
        "ethnicity:rapid_review",
        "ethnicity:lcspr",
        "sex:lcspr",
    ]


def test_a_late_row_does_not_say_that_it_counts_what_was_in_time(catalogue):
    for indicator, breakdown in (
        ("TM2", "late"),
        ("TM4", "overdue"),
        ("TM4b", "late"),
        ("TM1", "awareness_not_recorded"),
    ):
        counted, _, _ = breakdowns.counted(catalogue[indicator], breakdown)
        assert counted != catalogue[indicator]["numerator"]
        assert breakdowns.counted(catalogue[indicator], "total")[0] == catalogue[indicator]["numerator"]


def test_only_the_row_done_in_time_has_the_direction_of_the_catalogue(catalogue):
    held = ["total", "late", "overdue"]

    assert breakdowns.direction(catalogue["TM2"], "total", held) == "high"
    assert breakdowns.direction(catalogue["TM2"], "late", held) == "none"
    assert breakdowns.direction(catalogue["NT7"], "over_30_days", ["over_5_working_days", "over_30_days"]) == "low"


def test_in_brief_one_row_of_each_kind_stands_for_a_measure():
    assert breakdowns.in_brief(["late", "total"]) == ["total"]
    assert breakdowns.in_brief(["regional", "local", "national"]) == ["local", "regional", "national"]
    assert breakdowns.in_brief(["sex:lcspr", "sex:rapid_review", "ethnicity:rapid_review"]) == [
        "ethnicity:rapid_review",
        "sex:rapid_review",
    ]


def test_titles_carry_their_breakdown_in_lower_case_but_for_names(catalogue):
    assert breakdowns.title(catalogue["CV2"], "total") == catalogue["CV2"]["title"]
    assert breakdowns.title(catalogue["DM1"], "sex:lcspr", "short_title") == "Recorded (sex, at local review)"
    assert breakdowns.title(catalogue["RC10"], "smart_only", "short_title").endswith("(SMART and not structural)")


def test_every_day_that_decides_a_year_has_words(catalogue):
    for row in catalogue.values():
        assert row["cohort_date"] in wording.FIELD_IN_WORDS, row["indicator"]
        assert "_" not in wording.FIELD_IN_WORDS[row["cohort_date"]]


def test_every_unit_method_and_family_has_words(catalogue):
    for row in catalogue.values():
        assert row["unit"] in wording.UNIT_IN_WORDS
        assert row["method"] in wording.METHOD_IN_WORDS
        assert row["family"] in FAMILY_IN_WORDS


def test_indicators_are_read_by_family_and_then_by_number(catalogue):
    names = [row["indicator"] for row in in_reading_order(catalogue.values())]

    assert names[:2] == ["CV1", "CV2"] and names[-1] == "NT8"
    assert names.index("DM9") < names.index("DM10")
    assert names.index("TM2") < names.index("TM2b") < names.index("TM3")
