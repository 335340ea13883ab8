"""A slow, plain recount of every timeliness measure from the landed rows agrees with the house."""

import random
from collections import Counter, defaultdict
from datetime import date
from statistics import median

import duckdb
import pytest

from tests.unit.test_recount import (
    AUTHORITIES,
    SPINE_CODE,
    YEARS,
    landed,
    partnership_on,
    reporting_year,
    seed_rows,
    to_date,
    working_days,
)

REASONS = [
    row["code"] for row in seed_rows("code_lists.csv") if row["code_list"] == "delay_reason" and row["code"] != "NONE"
]
STAGES = {
    "decision_to_reviewer": ("date_lcspr_decision", "date_reviewer_appointed"),
    "reviewer_to_first_draft": ("date_reviewer_appointed", "date_first_draft"),
    "first_draft_to_sign_off": ("date_first_draft", "date_signed_off"),
    "sign_off_to_publication": ("date_signed_off", "date_published"),
}
BEFORE_PUBLICATION = [
    "date_lcspr_decision", "date_commission_started", "date_reviewer_appointed", "date_tor_agreed", "date_first_panel",
    "date_practitioner_event", "date_first_draft", "date_signed_off", "date_sent_panel",
]  # fmt: skip


def months_after(day: date, months: int) -> date:
    """The same day so many months on; a day that does not exist is tried again one earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError(f"{day} has no day {months} months on")


def is_late(start: date, end: date, limit: int) -> bool:
    return working_days(start, end) > limit


class Recount:
    """Successes, cases and lengths by indicator, breakdown, area and year, one record at a time."""

    def __init__(self, workspace):
        self.counts = defaultdict(Counter)
        self.lengths = defaultdict(list)
        self.notifications = {self.key(row, "sin_ref"): row for row in landed(workspace, "notifications")}
        self.rapid_reviews = {self.key(row, "rr_ref"): row for row in landed(workspace, "rapid_reviews")}
        self.lcsprs = {self.key(row, "lcspr_ref"): row for row in landed(workspace, "lcsprs")}
        reviews_of = defaultdict(list)
        for row in self.rapid_reviews.values():
            reviews_of[self.key(row, "sin_ref")].append(row)
        for key, row in self.notifications.items():
            self.add_notification(row, reviews_of[key])
        for row in self.rapid_reviews.values():
            self.add_panel_response(row)
        for row in self.lcsprs.values():
            self.add_local_review(row)
        for row in landed(workspace, "recommendations"):
            self.add_action(row)

    @staticmethod
    def key(row, name):
        return row["submission_ref"], row[name]

    def cells(self, indicator, breakdown, code, day):
        if day is None or reporting_year(day) not in YEARS:
            return []
        code = SPINE_CODE.get(code, code)
        areas = [
            ("local_authority", code),
            ("partnership", partnership_on(code, day)),
            ("region", AUTHORITIES[code]["region_code"]),
            ("police_force", AUTHORITIES[code]["police_force_code"]),
            ("england", "E92000001"),
        ]
        return [(indicator, breakdown, *area, str(reporting_year(day))) for area in areas]

    def case(self, indicator, breakdown, code, day, success, mature=True, excluded=False):
        for cell in self.cells(indicator, breakdown, code, day):
            counts = self.counts[cell]
            counts["excluded"] += excluded
            counts["immature"] += not excluded and not mature
            counts["denominator"] += not excluded and mature
            counts["numerator"] += not excluded and mature and success

    def length(self, indicator, breakdown, code, day, days, closed=True):
        for cell in self.cells(indicator, breakdown, code, day):
            self.lengths[cell].append((days, closed))

    def add_notification(self, row, reviews):
        code, sent, aware = row["new_la_code"], to_date(row["date_notified"]), to_date(row["date_la_aware"])
        in_trend = row["criteria_status"] not in ("DUPLICATE", "WITHDRAWN") and row["nature"] != "CARE_LEAVER_DEATH"
        unknown = aware is None
        self.case("TM1", "awareness_not_recorded", code, sent, unknown, excluded=not in_trend)
        in_time = not unknown and not is_late(aware, sent, 5)
        self.case("TM1", "total", code, sent, in_time, excluded=not in_trend or unknown)
        if row["nature"] == "CARE_LEAVER_DEATH":
            return
        left_out = row["criteria_status"] != "MET" or row["panel_in_scope"] != "Y"
        submissions = [to_date(review["date_rr_submitted"]) for review in reviews if review["status"] == "SUBMITTED"]
        submitted = min(submissions, default=None)
        due = working_days(sent, row["as_at"]) >= 15
        in_time = submitted is not None and not is_late(sent, submitted, 15)
        self.case("TM2", "total", code, sent, in_time, due, left_out)
        self.case("TM2", "late", code, sent, submitted is not None and not in_time, due, left_out)
        self.case("TM2", "overdue", code, sent, submitted is None, due, left_out)
        from_awareness = submitted is not None and not unknown and not is_late(aware, submitted, 15)
        self.case("TM2b", "total", code, sent, from_awareness, due, left_out or unknown)
        if due and not left_out and not in_time:
            given = {review["late_reason"] for review in reviews} - {None}
            self.add_reasons("rapid_review", code, sent, given)

    def add_reasons(self, review, code, day, given):
        for reason in REASONS:
            self.case("TM7", f"{review}:{reason.lower()}", code, day, reason in given)
        self.case("TM7", f"{review}:not_recorded", code, day, not given - {"NONE"})

    def add_panel_response(self, row):
        submitted = to_date(row["date_rr_submitted"])
        if row["status"] != "SUBMITTED" or submitted is None:
            return
        about = self.notifications[self.key(row, "sin_ref")]
        code = about["new_la_code"]
        left_out = about["criteria_status"] != "MET" or about["panel_in_scope"] != "Y"
        received, answered = to_date(row["date_panel_received"]), to_date(row["date_panel_response"])
        due = received is not None and working_days(received, row["as_at"]) >= 15
        in_time = None not in (received, answered) and not is_late(received, answered, 15)
        self.case("TM3", "total", code, received or submitted, in_time, due, left_out or received is None)
        told = to_date(row["family_informed_date"])
        apart = row["family_informed"] == "NOT_APPROPRIATE"
        family, practitioners = "rapid_review:family_told", "rapid_review:practitioners_told"
        self.case("TM11", family, code, submitted, told is not None and told <= submitted, excluded=left_out or apart)
        part = row["practitioners_involved"] in ("INFORMED", "CONTRIBUTED")
        self.case("TM11", practitioners, code, submitted, part, excluded=left_out)

    def reviews_behind(self, row):
        names = [name.strip() for name in (row["rr_refs"] or "").split(";") if name.strip()]
        return [self.rapid_reviews[row["submission_ref"], name] for name in names]

    def place_of(self, row):
        incidents = [self.notifications[self.key(review, "sin_ref")] for review in self.reviews_behind(row)]
        if incidents:
            return min(incidents, key=lambda one: (one["date_notified"], one["sin_ref"]))["new_la_code"]
        return self.home_of(row)

    def home_of(self, row):
        code = row["submission_ref"].split("-")[0]
        return min(
            one["new_la_code"]
            for one in seed_rows("areas/partnership_local_authorities.csv")
            if one["partnership_code"] == code
        )

    def add_local_review(self, row):
        code, as_at, decided = self.place_of(row), row["as_at"], to_date(row["date_lcspr_decision"])
        signed_off, published = to_date(row["date_signed_off"]), to_date(row["date_published"])
        stopped, kept_back = row["status"] == "DISCONTINUED", row["status"] == "NOT_PUBLISHED"
        due = months_after(decided, 6)
        mature = due <= as_at
        for indicator, end, left_out in (("TM4", published, stopped or kept_back), ("TM4b", signed_off, stopped)):
            in_time = end is not None and end <= due
            self.case(indicator, "total", code, decided, in_time, mature, left_out)
            self.case(indicator, "late", code, decided, end is not None and not in_time, mature, left_out)
            self.case(indicator, "overdue", code, decided, end is None, mature, left_out)
        if mature and not stopped and not kept_back and (published is None or published > due):
            given = {reason.strip() for reason in (row["delay_reasons"] or "").split(";")} - {""}
            self.add_reasons("local_review", code, decided, given)
        last_stage = max(filter(None, (to_date(row[name]) for name in BEFORE_PUBLICATION)))
        stop = (to_date(row["date_withdrawn"]) or last_stage) if stopped else None
        ends = {
            "signed_off": (signed_off, stop or as_at),
            "published": (published, stop or (last_stage if kept_back else as_at)),
        }
        for breakdown, (end, followed_to) in ends.items():
            until = end or followed_to
            days = (until - decided).days
            self.length("TM5", breakdown, code, decided, days, end is not None)
            paused = sum(self.paused_days(row, decided, until))
            self.length("TM5", f"{breakdown}_less_pauses", code, decided, max(days - paused, 0), end is not None)
        for stage, (start, end) in STAGES.items():
            start, end = to_date(row[start]), to_date(row[end])
            if start and end:
                self.length("TM6", stage, code, end, (end - start).days)
        submitted = [
            to_date(one["date_rr_submitted"]) for one in self.reviews_behind(row) if one["status"] == "SUBMITTED"
        ]
        if submitted and signed_off:
            self.length("TM5c", "total", code, signed_off, (signed_off - min(submitted)).days)
        if published:
            if signed_off:
                self.length("TM9", "total", code, published, (published - signed_off).days)
            for who, name in (
                ("family", "family_told_outcome_date"),
                ("practitioners", "practitioners_told_outcome_date"),
            ):
                told = to_date(row[name])
                self.case("TM11", f"local_review:{who}_told", code, published, told is not None and told <= published)
        if published is None and not stopped and not kept_back and due < as_at:
            self.length("TM8", "total", code, as_at, (as_at - due).days)

    @staticmethod
    def paused_days(row, start, end):
        for interval in filter(None, (row["pause_intervals"] or "").split(";")):
            began, resumed, _ = interval.strip().split("/")
            began, resumed = max(to_date(began), start), min(to_date(resumed) or end, end)
            yield max((resumed - began).days, 0)

    def add_action(self, row):
        completed, checked = to_date(row["date_completed"]), to_date(row["date_impact_checked"])
        if row["action_status"] != "DONE" or completed is None:
            return
        source = row["submission_ref"], row["source_ref"]
        if row["source_type"] == "RR" and source in self.rapid_reviews:
            about = self.key(self.rapid_reviews[source], "sin_ref")
            code = self.notifications[about]["new_la_code"]
        elif row["source_type"] == "LCSPR" and source in self.lcsprs:
            code = self.place_of(self.lcsprs[source])
        else:
            code = self.home_of(row)
        due = months_after(completed, 9)
        in_time = checked is not None and completed <= checked <= due
        self.case("TM10", "total", code, completed, in_time, due <= row["as_at"])


@pytest.fixture(scope="module")
def recount(small_workspace):
    return Recount(small_workspace)


@pytest.fixture(scope="module")
def house(small_workspace):
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        yield warehouse


CELL = "indicator, breakdown, area_type, area_code, period"
COUNTED_AREAS = "('local_authority', 'partnership', 'region', 'police_force', 'england')"


@pytest.fixture(scope="module")
def counts(house):
    rows = house.execute(
        f"select {CELL}, numerator, denominator, immature, excluded from marts.indicator_counts "
        f"where indicator like 'TM%' and area_type in {COUNTED_AREAS}"
    ).fetchall()
    return {
        row[:5]: dict(zip(("numerator", "denominator", "immature", "excluded"), row[5:], strict=True)) for row in rows
    }


@pytest.fixture(scope="module")
def lengths(house):
    rows = house.execute(
        f"select {CELL}, days, is_closed, cases from marts.indicator_durations "
        f"where indicator like 'TM%' and period_type = 'year' and area_type in {COUNTED_AREAS}"
    ).fetchall()
    found = defaultdict(list)
    for *cell, days, closed, cases in rows:
        found[tuple(cell)] += [(days, closed)] * cases
    return found


def test_a_sample_of_recounted_shares_agrees_with_the_house(recount, counts):
    assert {cell[0] for cell in recount.counts} == {"TM1", "TM2", "TM2b", "TM3", "TM4", "TM4b", "TM7", "TM10", "TM11"}
    for cell in random.Random(2026).sample(sorted(recount.counts), 600):
        assert counts[cell] == {name: recount.counts[cell][name] for name in counts[cell]}, cell


def test_three_pooled_years_are_the_sum_of_the_three(recount, counts):
    pooled = [
        cell
        for cell in counts
        if "-" in cell[-1] and cell in counts and cell[0] not in ("TM5", "TM5c", "TM6", "TM8", "TM9")
    ]
    for cell in random.Random(2026).sample(sorted(pooled), 300):
        first, last = map(int, cell[-1].split("-"))
        years = [recount.counts[*cell[:-1], str(year)] for year in range(first, last + 1)]
        assert counts[cell] == {name: sum(year[name] for year in years) for name in counts[cell]}, cell


def test_nothing_is_counted_that_the_recount_does_not_find(recount, counts, lengths):
    for cell, found in counts.items():
        if "-" not in cell[-1] and cell not in recount.counts and cell not in recount.lengths:
            assert not any(found.values()), cell
    assert set(lengths) == set(recount.lengths)


def test_every_recounted_length_is_one_of_the_house(recount, lengths, counts):
    assert {cell[0] for cell in recount.lengths} == {"TM5", "TM5c", "TM6", "TM8", "TM9"}
    for cell, found in recount.lengths.items():
        assert sorted(lengths[cell]) == sorted(found), cell
        assert counts[cell]["denominator"] == len(found)
        assert counts[cell]["numerator"] == sum(closed for _, closed in found)


def test_stage_medians_and_quartiles_are_those_of_the_recounted_stages(recount, house):
    rows = house.execute(
        "select stage, area_type, area_code, period, cases, lower_quartile_days, median_days, upper_quartile_days "
        f"from marts.stage_durations where period_type = 'year' and area_type in {COUNTED_AREAS}"
    ).fetchall()
    assert len(rows) > 100
    for stage, area_type, area_code, period, cases, lower, middle, upper in rows:
        days = [days for days, _ in recount.lengths["TM6", stage, area_type, area_code, period]]
        assert (cases, middle) == (len(days), median(days))
        assert min(days) <= lower <= middle <= upper <= max(days)
