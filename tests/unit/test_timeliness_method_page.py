"""The worked examples of the timeliness page are what the house counts."""

import re
from datetime import date

import polars as pl
import pytest

from throughline import settings, statistics
from throughline.house_in_memory import HouseInMemory
from throughline.workspace import PROJECT

PAGE = (PROJECT / "docs" / "methods" / "timeliness.md").read_text(encoding="utf-8")


def table_after(words: str) -> list[dict[str, str]]:
    """The first table of the page after these words, as one dictionary a row."""
    lines = PAGE.split(words)[1].split("\n\n")[1].strip().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def a_date(cell: str) -> str | None:
    return cell if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell) else None


def submission(as_at: str) -> pl.DataFrame:
    return pl.DataFrame(
        [{"submission_ref": "s", "partnership_code": "leeds", "as_at_date": as_at, "received_at": f"{as_at}T12:00:00"}]
    )


@pytest.fixture(scope="module")
def rapid_reviews() -> list[dict[str, str]]:
    return table_after("Rapid reviews, in a return as at 30 September 2024:")


@pytest.fixture(scope="module")
def local_reviews() -> list[dict[str, str]]:
    return table_after("Local reviews, in a return as at 30 September 2026:")


@pytest.fixture(scope="module")
def rapid_review_house(rapid_reviews):
    not_met = ["not to meet" in row["submitted"] for row in rapid_reviews]
    notifications = pl.DataFrame(
        {
            "submission_ref": "s",
            "sin_ref": f"SIN{number}",
            "new_la_code": "E08000035",
            "nature": "SERIOUS_HARM",
            "panel_in_scope": "Y",
            "criteria_status": "SUBSEQUENTLY_NOT_MET" if not_met[number] else "MET",
            "date_la_aware": row["notified"],
            "date_notified": row["notified"],
        }
        for number, row in enumerate(rapid_reviews)
    )
    reviews = pl.DataFrame(
        {
            "submission_ref": "s",
            "rr_ref": f"RR{number}",
            "sin_ref": f"SIN{number}",
            "status": "SUBMITTED" if a_date(row["submitted"]) else "IN_PROGRESS",
            "date_rr_submitted": a_date(row["submitted"]),
        }
        for number, row in enumerate(rapid_reviews)
    )
    landed = {"submission": submission("2024-09-30"), "notifications": notifications, "rapid_reviews": reviews}
    with HouseInMemory(landed) as house:
        yield house


@pytest.fixture(scope="module")
def local_review_house(local_reviews):
    statuses = {
        "published, learning only": ("PUBLISHED", "LEARNING_ONLY"),
        "published": ("PUBLISHED", "FULL"),
        "in progress": ("IN_PROGRESS", None),
        "discontinued": ("DISCONTINUED", None),
        "not to be published": ("NOT_PUBLISHED", "NOT_PUBLISHED"),
    }
    rows = []
    for number, row in enumerate(local_reviews):
        status, form = statuses[row["status"]]
        ended = {"DISCONTINUED": "date_withdrawn", "NOT_PUBLISHED": "date_signed_off"}.get(status, "date_published")
        dates = dict.fromkeys(["date_withdrawn", "date_signed_off", "date_published"])
        rows.append(
            {
                "submission_ref": "s",
                "lcspr_ref": f"L{number}",
                "origin": "NEAR_MISS",
                "status": status,
                "publication_form": form,
                "date_lcspr_decision": row["decided"],
                **dates,
                ended: a_date(row["ended"]),
            }
        )
    landed = {"submission": submission("2026-09-30"), "lcsprs": pl.DataFrame(rows, infer_schema_length=None)}
    with HouseInMemory(landed) as house:
        yield house


def counted_as(cases: pl.DataFrame, indicator: str) -> list[str]:
    """What each case is called in the page's last column, in the order of the records."""
    wide = cases.filter(pl.col("indicator") == indicator).sort("record_ref")
    words = []
    for (_,), rows in wide.group_by("record_ref", maintain_order=True):
        by_row = {row["breakdown"]: row for row in rows.iter_rows(named=True)}
        total = by_row["total"]
        if total["is_excluded"]:
            words.append("left out")
        elif not total["is_mature"]:
            words.append("not due yet")
        elif total["is_success"]:
            words.append("in time")
        else:
            words.append("late" if by_row["late"]["is_success"] else "overdue")
    return words


def test_each_rapid_review_of_the_page_is_due_and_counted_as_it_says(rapid_reviews, rapid_review_house):
    timed = rapid_review_house.table("int_rapid_reviews_timed").sort("sin_ref")
    assert timed["date_due"].to_list() == [date.fromisoformat(row["due"]) for row in rapid_reviews]
    words = counted_as(rapid_review_house.table("int_rapid_review_timeliness"), "TM2")
    assert words == [row["counted as"] for row in rapid_reviews]
    assert (words.count("in time"), words.count("late"), words.count("overdue")) == (1, 1, 1)
    assert "TM2 is **1 of 3** in time (33.3%" in PAGE


def test_the_interval_of_the_page_is_wilsons():
    lower, upper = statistics.wilson_interval([1], [3])
    assert f"could be from {lower[0]:.1%} to {upper[0]:.1%}" in PAGE.replace("\n", " ")
    assert f"true share as low as {statistics.wilson_interval([4], [4])[0][0]:.0%}" in PAGE


def test_each_local_review_of_the_page_is_due_and_counted_as_it_says(local_reviews, local_review_house):
    timed = local_review_house.table("int_local_reviews_timed").sort("lcspr_ref")
    assert timed["date_due"].to_list() == [date.fromisoformat(row["due"]) for row in local_reviews]
    words = counted_as(local_review_house.table("int_local_review_timeliness"), "TM4")
    assert words == [row["counted as"] for row in local_reviews]
    assert "TM4 is **1 of 3** in time" in PAGE


def test_the_median_of_the_page_counts_open_reviews(local_review_house):
    durations = local_review_house.table("int_timeliness_durations").filter(
        (pl.col("indicator") == "TM5") & (pl.col("breakdown") == "published")
    )
    closed = sorted(durations.filter("is_closed")["days"])
    still_open = durations.filter(~pl.col("is_closed")).sort("record_ref")["days"].to_list()
    assert (closed, still_open) == ([181, 182], [576, 152, 120, 221])
    assert "181 and 182 days closed, and at least 576, 152, 120 and 221" in PAGE
    curve = statistics.kaplan_meier(durations["days"], durations["is_closed"])
    assert (curve.median, sum(closed) / 2) == (182, 181.5)
    assert curve.refusal is not None  # "With two closed it would not be shown."


def test_the_limits_that_the_page_names_are_those_of_the_settings():
    assert settings.whole("notification_limit_working_days") == 5
    assert settings.whole("rapid_review_limit_working_days") == 15
    assert settings.whole("panel_response_limit_working_days") == 15
    assert settings.whole("local_review_limit_months") == 6
    assert settings.whole("impact_check_limit_months") == 9
    assert settings.whole("median_least_closed") == 5


def test_the_clocks_are_set_to_events_that_the_models_know():
    assert settings.text("rapid_review_clock_start") in ("notified", "la_aware")
    assert settings.text("rapid_review_clock_end") in ("submitted", "agreed")
    assert settings.text("local_review_clock_start") in ("first_decision", "confirmed_decision")


def test_the_page_lists_every_measure_of_the_family_once():
    catalogue = pl.read_csv(PROJECT / "seeds" / "indicators.csv", infer_schema=False)
    measures = catalogue.filter(pl.col("family") == "timeliness")["indicator"].to_list()
    assert re.findall(r"^\| (TM\w+) ", PAGE, re.MULTILINE) == measures
