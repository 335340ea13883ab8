"""A slow, plain recount from the landed rows agrees with the published counts."""

import csv
import random
from collections import Counter, defaultdict
from datetime import date, timedelta

import polars as pl
import pytest

from throughline.release import Viewer
from throughline.workspace import PROJECT

YEARS = range(2021, 2028)


def seed_rows(name: str) -> list[dict]:
    with (PROJECT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HOLIDAYS = {date.fromisoformat(row["date"]) for row in seed_rows("calendar/bank_holidays.csv")}
AUTHORITIES = {row["new_la_code"]: row for row in seed_rows("areas/local_authorities.csv")}
SPINE_CODE = {row["new_la_code_from_april_2025"]: code for code, row in AUTHORITIES.items()}


def working_days(start: date, end: date) -> int:
    """Counted one day at a time, on purpose."""
    days, day = 0, start
    while day < end:
        day += timedelta(days=1)
        days += day.weekday() < 5 and day not in HOLIDAYS
    return days


def reporting_year(day: date) -> int:
    return day.year + (day.month >= 4)


def to_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def partnership_on(new_la_code: str, day: date) -> str:
    for row in seed_rows_of_partnerships:
        ends = to_date(row["valid_to"]) or date.max
        if row["new_la_code"] == new_la_code and date.fromisoformat(row["valid_from"]) <= day <= ends:
            return row["partnership_code"]
    raise LookupError(f"nobody is responsible for {new_la_code} on {day}")


seed_rows_of_partnerships = seed_rows("areas/partnership_local_authorities.csv")


def landed(workspace, name: str) -> list[dict]:
    return [
        row | {"as_at": date.fromisoformat(folder.name.split("-", 1)[1][:10])}
        for folder in sorted(workspace.landing.glob("[!.]*"))
        for row in pl.read_parquet(folder / f"{name}.parquet").iter_rows(named=True)
    ]


class Recount:
    """Numerators and denominators by indicator, area and year, added up one record at a time."""

    def __init__(self, workspace):
        self.numerators, self.denominators, self.immature = Counter(), Counter(), Counter()
        reviews = {(row["submission_ref"], row["sin_ref"]): row for row in landed(workspace, "rapid_reviews")}
        reviewed_further = {
            (row["submission_ref"], rr_ref.strip())
            for row in landed(workspace, "lcsprs")
            for rr_ref in (row["rr_refs"] or "").split(";")
        }
        notifications = landed(workspace, "notifications")
        natures = defaultdict(set)
        for row in notifications:
            natures[row["submission_ref"], row["incident_ref"]].add(row["nature"])
        for row in landed(workspace, "referrals"):
            self.add_referral(row, natures[row["submission_ref"], row["incident_ref"]])
        for row in notifications:
            review = reviews.get((row["submission_ref"], row["sin_ref"]))
            further = bool(review) and (
                review["final_decision"] == "LCSPR" or (row["submission_ref"], review["rr_ref"]) in reviewed_further
            )
            self.add_notification(row, review, further)

    def add(self, indicator, row, cohort_day, success, matures_after):
        if cohort_day is None or reporting_year(cohort_day) not in YEARS:
            return
        code = SPINE_CODE.get(row["new_la_code"], row["new_la_code"])
        areas = [
            ("local_authority", code),
            ("partnership", partnership_on(code, cohort_day)),
            ("region", AUTHORITIES[code]["region_code"]),
            ("police_force", AUTHORITIES[code]["police_force_code"]),
            ("england", "E92000001"),
        ]
        mature = matures_after == 0 or working_days(cohort_day, row["as_at"]) >= matures_after
        for area in areas:
            key = (indicator, *area, str(reporting_year(cohort_day)))
            self.denominators[key] += mature
            self.numerators[key] += mature and success
            self.immature[key] += not mature

    def add_referral(self, row, natures):
        triaged, outcome = to_date(row["date_triage_decision"]), row["triage_outcome"]
        if outcome not in ("PENDING", "TRANSFERRED"):
            if natures != {"CARE_LEAVER_DEATH"}:
                self.add("CV1", row, to_date(row["date_referred"]), bool(natures), 20)
            if row["agreement"] != "NOT_RECORDED":
                dissent = row["agreement"] in ("MAJORITY", "LA_DECIDED", "ESCALATED")
                self.add("CV9", row, triaged, dissent, 0)
        if outcome.startswith("NOT_MET"):
            self.add("CV5", row, triaged, outcome == "NOT_MET_LOCAL_LEARNING", 0)

    def add_notification(self, row, review, further):
        notified, status = to_date(row["date_notified"]), row["criteria_status"]
        if row["nature"] == "CARE_LEAVER_DEATH":
            return
        if status not in ("DUPLICATE", "WITHDRAWN"):
            self.add("NT1", row, notified, True, 0)
        if status != "DUPLICATE":
            self.add("CV8", row, notified, status == "SUBSEQUENTLY_NOT_MET", 40)
        if status != "MET" or row["panel_in_scope"] != "Y":
            return
        submitted = to_date(review["date_rr_submitted"]) if review and review["status"] == "SUBMITTED" else None
        self.add("CV2", row, notified, submitted is not None, 25)
        self.add("CV4", row, notified, further, 60)
        if submitted is None:
            return
        if review["final_decision"]:
            self.add("CV3", row, submitted, review["final_decision"] == "LCSPR", 30)
        answered, view = to_date(review["date_panel_response"]), review["panel_view"] or ""
        if view == "AGREE" or view.startswith("DISAGREE"):
            self.add("CV6", row, answered, view == "AGREE", 0)
        if view.startswith("DISAGREE"):
            changed = bool(review["final_decision"]) and review["final_decision"] != review["partners_decision"]
            self.add("CV7", row, answered, changed, 20)


@pytest.fixture(scope="module")
def recount(small_workspace):
    return Recount(small_workspace)


@pytest.fixture(scope="module")
def published(small_release):
    rows = small_release.indicator_values(Viewer.panel(), period_type="year", breakdown="total")
    return {
        (row["indicator"], row["area_type"], row["area_code"], row["period"]): row
        for row in rows.iter_rows(named=True)
        if row["status"] in ("ok", "z", "u")
    }


def test_every_recounted_cell_is_published_with_the_same_counts(recount, published):
    assert len(recount.denominators) > 300
    for key in random.Random(2026).sample(sorted(recount.denominators), 300):
        row = published[key]
        counted = recount.denominators[key] if key[0] != "NT1" else None
        assert (row["numerator"], row["denominator"]) == (recount.numerators[key], counted), key
        assert row["immature"] == recount.immature[key], key


def test_nothing_is_published_that_the_recount_does_not_find(recount, published):
    recounted = {indicator for indicator, *_ in recount.denominators}
    assert len(recounted) == 10  # CV1 to CV9 and NT1; the other families have recounts of their own
    for key, row in published.items():
        if key[0] not in recounted or key[1] in ("icb", "statistical_neighbours"):
            continue
        assert row["numerator"] == recount.numerators[key], key
