"""The worked examples of the conversion page are what the house counts."""

import re

import polars as pl
import pytest

from throughline import statistics
from throughline.house_in_memory import HouseInMemory
from throughline.workspace import PROJECT

PAGE = (PROJECT / "docs" / "methods" / "conversion.md").read_text(encoding="utf-8")
CATALOGUE = pl.read_csv(PROJECT / "seeds" / "indicators.csv", infer_schema=False).filter(
    pl.col("family") == "conversion"
)


def table(heading: str) -> list[dict[str, str]]:
    """The table of the page that begins with these words, as one dictionary a row."""
    lines = PAGE[PAGE.index(f"\n| {heading} ") :].strip().split("\n\n")[0].strip().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


@pytest.fixture(scope="module")
def house():
    rows = table("notification")
    not_met = ["not met" in row["rapid review"] for row in rows]
    notifications = pl.DataFrame(
        {
            "submission_ref": "s",
            "sin_ref": row["notification"],
            "new_la_code": "E08000035",
            "nature": "SERIOUS_HARM",
            "panel_in_scope": "Y",
            "criteria_status": "SUBSEQUENTLY_NOT_MET" if without else "MET",
            "date_la_aware": "2024-06-03",
            "date_notified": "2024-06-03",
        }
        for row, without in zip(rows, not_met, strict=True)
    )
    status = {"submitted": "SUBMITTED", "in progress": "IN_PROGRESS"}
    reviews = pl.DataFrame(
        [
            {
                "submission_ref": "s",
                "rr_ref": row["notification"].replace("SIN", "RR"),
                "sin_ref": row["notification"],
                "status": status.get(row["rapid review"], "STOPPED_NOT_MET"),
                "final_decision": row["final decision"] or None,
                "date_rr_submitted": "2024-06-20" if row["rapid review"] == "submitted" else None,
            }
            for row in rows
        ],
        infer_schema_length=None,
    )
    lcsprs = pl.DataFrame(
        {
            "submission_ref": "s",
            "lcspr_ref": name,
            "rr_refs": ";".join(
                row["notification"].replace("SIN", "RR") for row in rows if row["local review"] == name
            ),
            "date_lcspr_decision": "2024-06-20",
        }
        for name in sorted({row["local review"] for row in rows} - {""})
    )
    submission = pl.DataFrame(
        {
            "submission_ref": ["s"],
            "partnership_code": ["leeds"],
            "as_at_date": ["2025-06-30"],
            "received_at": ["2025-07-01T12:00:00"],
        }
    )
    landed = {
        "submission": submission,
        "notifications": notifications,
        "rapid_reviews": reviews,
        "lcsprs": lcsprs,
    }
    with HouseInMemory(landed) as made:
        yield made


def fraction(house: HouseInMemory, indicator: str, breakdown: str = "total") -> tuple[int, int, int]:
    """Successes, cases and those left out, of cases followed long enough."""
    cases = house.table("int_conversion_cases").filter(
        (pl.col("indicator") == indicator) & (pl.col("breakdown") == breakdown)
    )
    counted = cases.filter(~pl.col("is_excluded") & pl.col("is_mature"))
    return counted["is_success"].sum(), counted.height, cases["is_excluded"].sum()


def test_one_local_review_over_three_rapid_reviews_is_three_conversions_and_one_review(house):
    assert fraction(house, "CV2") == (5, 6, 1)
    assert fraction(house, "CV3") == (3, 5, 0)
    assert fraction(house, "CV3", "national_review_suggested") == (1, 5, 0)
    assert fraction(house, "CV4") == (3, 6, 1)
    assert house.table("int_lcsprs_followed").height == 1
    for words in ("CV2 is **5 of 6**", "CV3 is **3 of 5**", "1 of 5 with a national review", "CV4 is **3 of 6**"):
        assert words in PAGE


def test_the_same_notifications_by_the_outcome_that_settled_them(house):
    outcomes = house.table("int_notification_outcomes").sort("sin_ref")
    assert outcomes["outcome"].to_list() == [
        *["lcspr"] * 3,
        "no_further_review",
        "national_review_suggested",
        None,
        "not_met_or_withdrawn",
    ]


def test_the_curve_of_the_page_lets_outcomes_compete():
    curve = statistics.cumulative_incidence(
        days=[20, 40, 30, 10, 25, 60],
        outcome=["lcspr", "lcspr", "no_further_review", "not_met_or_withdrawn", None, None],
    )
    shares = {outcome: curve.share_at(40, outcome)[0] for outcome in curve.outcomes}
    said = re.search(r"\*\*([\d.]+)%\*\* reached a local review, ([\d.]+)% .* and ([\d.]+)%.*?; ([\d.]+)%", PAGE, re.S)
    still_open = 1 - sum(shares.values())
    for share, words in zip(
        [shares["lcspr"], shares["no_further_review"], shares["not_met_or_withdrawn"], still_open],
        said.groups(),
        strict=True,
    ):
        assert f"{100 * share:.1f}" == words


def test_the_page_names_every_measure_and_its_time_as_the_catalogue_does():
    rows = {row["measure"]: row["counts after"] for row in table("measure")}
    times = {
        row["indicator"]: f"{row['matures_after_working_days']} working days"
        if row["matures_after_working_days"] != "0"
        else "at once"
        for row in CATALOGUE.iter_rows(named=True)
    }
    assert rows == times
