"""The made-up returns of the whole country: near what was published, within the rules, and with every case in them."""

import math
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from throughline.synthetic.areas import read_partnerships
from throughline.synthetic.make import Job, draw_one
from throughline.synthetic.profiles import plant
from throughline.workspace import PROJECT

AS_AT = date(2026, 9, 30)
RETURNS = ("nil_returns", "referrals", "children", "notifications", "rapid_reviews", "lcsprs", "recommendations")
PUBLISHED = {2021: 536, 2022: 442, 2023: 456, 2024: 405, 2025: 338, 2026: 357}
SET_ASIDE = ("DUPLICATE", "WITHDRAWN")


@pytest.fixture(scope="module")
def country():
    """Every partnership's rows as they would be written, without mistakes: codes and ISO dates, as text."""
    job = Job(Path(), 2026, 1, AS_AT)
    seeds = pl.read_csv(PROJECT / "seeds" / "areas" / "partnerships.csv", infer_schema=False)
    codes = seeds.filter(pl.col("is_current") == "true")["partnership_code"].to_list()
    tables = {}
    for code in codes:
        drawn, _, _ = draw_one(job, code)
        for name in RETURNS:
            tables[(code, name)] = drawn.tables[name].cast(pl.String).to_dicts()
    return tables


@pytest.fixture(scope="module")
def every(country):
    """All rows of one return, each with its partnership."""
    tables = country
    return {
        name: [row | {"of": code} for (code, sheet), rows in tables.items() if sheet == name for row in rows]
        for name in RETURNS
    }


def day(text):
    return date.fromisoformat(text[:10]) if text else None


def in_order(*texts):
    days = [day(text) for text in texts if text]
    return days == sorted(days)


def reporting_year(text):
    return day(text).year + (day(text).month > 3)


def bank_holidays():
    table = pl.read_csv(PROJECT / "seeds" / "calendar" / "bank_holidays.csv", infer_schema=False)
    return {date.fromisoformat(text) for text in table["date"]}


def working_days(start, end, holidays):
    """Slow and obvious: count each day after the start that is neither a weekend nor a bank holiday."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(one.weekday() < 5 and one not in holidays for one in days)


@pytest.mark.parametrize("year", PUBLISHED)
def test_yearly_notifications_are_within_chance_of_those_published(every, year):
    counted = sum(
        reporting_year(row["date_notified"]) == year
        for row in every["notifications"]
        if row["criteria_status"] not in SET_ASIDE and row["nature"] != "CARE_LEAVER_DEATH"
    )
    # Three standard deviations of a Poisson count, and a little for differences between partnerships.
    assert abs(counted - PUBLISHED[year]) < 3.3 * math.sqrt(PUBLISHED[year])


@pytest.mark.parametrize(
    "name, field",
    [
        ("referrals", "incident_ref"),
        ("notifications", "sin_ref"),
        ("lcsprs", "lcspr_ref"),
        ("rapid_reviews", "rr_ref"),
        ("recommendations", "rec_ref"),
    ],
)
def test_references_are_unique_within_a_partnership(every, name, field):
    refs = [(row["of"], row[field]) for row in every[name]]
    assert len(refs) == len(set(refs))


def test_no_date_lies_after_the_as_at_date_except_those_due(country):
    tables = country
    late = [
        (name, field, text)
        for (_, name), rows in tables.items()
        for row in rows
        for field, text in row.items()
        if ("date" in field and field not in ("date_due", "survived_to_return_date", "date_incident_precision"))
        and text
        and day(text) > AS_AT
    ]
    assert late == []


def test_incident_awareness_triage_and_notification_are_in_order(every):
    referrals = {(row["of"], row["incident_ref"]): row for row in every["referrals"]}
    for row in every["notifications"]:
        referral = referrals[(row["of"], row["incident_ref"])]
        assert referral["triage_outcome"] == "NOTIFY"
        assert referral["date_la_aware"] == row["date_la_aware"]
        assert in_order(
            referral["date_incident"], row["date_la_aware"], referral["date_triage_decision"], row["date_notified"]
        )
        assert in_order(referral["date_referred"], referral["date_triage_decision"])
        assert row["children_count"] == referral["children_count"]
        assert int(row["children_on_form"]) == min(4, int(row["children_count"]))
    notified = {(row["of"], row["incident_ref"]) for row in every["notifications"]}
    assert {key for key, row in referrals.items() if row["triage_outcome"] == "NOTIFY"} == notified


def test_a_date_of_incident_is_blank_only_when_unknown(every):
    for row in every["referrals"]:
        assert (row["date_incident"] is None) == (row["date_incident_precision"] == "UNKNOWN")
        if row["date_incident"]:
            assert day(row["date_incident"]) <= day(row["date_referred"])


def test_a_reason_is_given_exactly_when_a_notification_is_late(every):
    holidays = bank_holidays()
    for row in every["notifications"]:
        late = working_days(day(row["date_la_aware"]), day(row["date_notified"]), holidays) > 5
        assert late == bool(row["late_reason"])


def test_a_duplicate_points_to_an_earlier_notification_that_is_not_one(every):
    by_ref = {(row["of"], row["sin_ref"]): row for row in every["notifications"]}
    for row in every["notifications"]:
        assert (row["criteria_status"] == "DUPLICATE") == bool(row["duplicate_of"])
        if row["duplicate_of"]:
            first = by_ref[(row["of"], row["duplicate_of"])]
            assert first["criteria_status"] != "DUPLICATE"
            assert day(first["date_notified"]) < day(row["date_notified"])


def test_only_notifications_in_scope_have_one_rapid_review_each(every):
    by_ref = {(row["of"], row["sin_ref"]): row for row in every["notifications"]}
    assert len({(row["of"], row["sin_ref"]) for row in every["rapid_reviews"]}) == len(every["rapid_reviews"])
    for row in every["rapid_reviews"]:
        notification = by_ref[(row["of"], row["sin_ref"])]
        assert notification["panel_in_scope"] == "Y"
        expected = {"SUBSEQUENTLY_NOT_MET": {"STOPPED_NOT_MET"}, "MET": {"SUBMITTED", "IN_PROGRESS"}}
        assert row["status"] in expected[notification["criteria_status"]]
        assert (row["status"] == "SUBMITTED") == bool(row["date_rr_submitted"]) == bool(row["partners_decision"])
        assert in_order(
            notification["date_notified"],
            row["date_rr_started"],
            row["date_rr_meeting"],
            row["date_rr_agreed"],
            row["date_rr_submitted"],
            row["date_panel_received"],
            row["date_panel_response"],
            row["date_decision_confirmed"],
        )


def test_reviews_with_a_final_decision_for_an_lcspr_have_one_decided_on_the_same_day(every):
    reviews = {(row["of"], row["rr_ref"]): row for row in every["rapid_reviews"]}
    covered = []
    for row in every["lcsprs"]:
        refs = [(row["of"], ref) for ref in (row["rr_refs"] or "").split(";") if ref]
        assert bool(refs) == (row["origin"] in ("RR", "THEMATIC"))
        assert all(reviews[ref]["date_lcspr_decision"] == row["date_lcspr_decision"] for ref in refs)
        covered += refs
    assert sorted(covered) == sorted(key for key, row in reviews.items() if row["final_decision"] == "LCSPR")


def test_lcspr_stages_are_in_order_and_end_as_their_status_says(every):
    holidays = bank_holidays()
    for row in every["lcsprs"]:
        assert in_order(
            row["date_lcspr_decision"],
            row["date_commission_started"],
            row["date_reviewer_appointed"],
            row["date_tor_agreed"],
            row["date_first_panel"],
            row["date_practitioner_event"],
            row["date_first_draft"],
            row["date_signed_off"],
            row["date_sent_panel"],
            row["date_published"],
            row["date_withdrawn"],
        )
        assert (row["status"] == "PUBLISHED") == bool(row["date_published"])
        assert (row["status"] == "NOT_PUBLISHED") == bool(row["not_published_reason"])
        if row["date_published"]:
            assert row["publication_form"] in ("FULL", "LEARNING_ONLY", "ANONYMOUS_REPOSITORY")
            assert working_days(day(row["date_sent_panel"]), day(row["date_published"]), holidays) >= 7


def test_children_are_as_many_as_counted_and_no_stage_adds_one(every):
    stages = {}
    for row in every["children"]:
        stages.setdefault((row["of"], row["incident_ref"]), {}).setdefault(row["stage"], set()).add(row["child_seq"])
    for row in every["referrals"]:
        at_stage = stages[(row["of"], row["incident_ref"])]
        assert len(at_stage["TRIAGE"]) == int(row["children_count"])
        if row["triage_outcome"] == "NOTIFY":
            assert len(at_stage["SIN"]) == int(row["children_count"])
            assert all(at_stage.get(stage, set()) <= at_stage["SIN"] for stage in ("RR", "LCSPR"))


def test_what_is_recorded_of_each_child_hangs_together(every):
    ages = {"UNDER_1": (0, 0), "1_TO_5": (1, 5), "6_TO_10": (6, 10), "11_TO_15": (11, 15), "16_TO_17": (16, 17)}
    for row in every["children"]:
        for name in ("sex", "ethnicity", "disability", "sexual_orientation", "gender_identity", "religion", "language"):
            value, status = row[f"{name}_value"], row[f"{name}_status"]
            assert (status == "RECORDED") == bool(value and value not in ("REFU", "NOBT"))
            assert value not in ("REFU", "NOBT") or (value, status) in (
                ("REFU", "REFUSED"),
                ("NOBT", "NOT_YET_OBTAINED"),
            )
        assert (row["cs_status"] == "LAC") == (row["legal_status"] != "NLA")
        if row["age_band"] in ages:
            low, high = ages[row["age_band"]]
            assert low <= int(row["age_years"]) <= high
        else:
            assert row["age_years"] is None or (18 <= int(row["age_years"]) <= 24 and row["cs_status"] == "CARE_LEAVER")


def test_no_review_considers_what_nobody_recorded(every):
    recorded = {(row["of"], row["incident_ref"]) for row in every["children"] if row["ethnicity_status"] == "RECORDED"}
    incident_of = {(row["of"], row["sin_ref"]): (row["of"], row["incident_ref"]) for row in every["notifications"]}
    for row in every["rapid_reviews"]:
        if row["ethnicity_impact"] in ("BOTH", "CHILD_LIFE", "PRACTICE"):
            assert incident_of[(row["of"], row["sin_ref"])] in recorded


def test_ethnicity_is_recorded_for_about_the_published_share_at_rapid_review(every):
    states = [row["ethnicity_status"] == "RECORDED" for row in every["children"] if row["stage"] == "RR"]
    # 95% nationally, less what the planted poor recorders take away.
    assert 0.91 < sum(states) / len(states) < 0.97


def test_an_open_lcspr_past_six_months_gives_a_reason(every):
    for row in every["lcsprs"]:
        ended = row["date_published"] or row["status"] in ("NOT_PUBLISHED", "DISCONTINUED")
        if not ended and (AS_AT - day(row["date_lcspr_decision"])).days > 184:
            assert row["delay_reasons"]


def test_harm_notifications_fall_in_the_planted_region_and_not_elsewhere(every, country):
    region_of = {one.partnership_code: one.region_code for one in read_partnerships(PROJECT / "seeds")}
    fallen = next(
        one.area_code for one in plant(read_partnerships(PROJECT / "seeds"), 2026) if one.kind == "falling_harm"
    )
    counted = Counter(
        (region_of[row["of"]] == fallen, reporting_year(row["date_notified"]) >= 2025)
        for row in every["notifications"]
        if row["nature"] == "SERIOUS_HARM"
        and row["criteria_status"] not in SET_ASIDE
        and row["date_notified"] < "2026-04-01"
    )
    # Two years out of six: a third of the notifications would fall in them were nothing to change.
    assert counted[(True, True)] / counted[(True, False)] < 0.7 * counted[(False, True)] / counted[(False, False)]


def test_recommendation_dates_and_status_agree(every):
    for row in every["recommendations"]:
        assert in_order(row["date_made"], row["date_due"])
        assert in_order(row["date_made"], row["date_completed"], row["date_impact_checked"])
        assert (row["action_status"] == "DONE") == bool(row["date_completed"])
        assert row["level"] != "NATIONAL" or (row["targets"] == "GOVERNMENT" and row["national_response_status"])


OCCURRENCES = [
    ("referrals", lambda row: row["triage_outcome"] == "PENDING"),
    ("referrals", lambda row: int(row["children_count"]) == 2),
    ("referrals", lambda row: int(row["children_count"]) > 4),
    ("referrals", lambda row: row["dissenting_agencies"]),
    ("referrals", lambda row: row["new_la_code"] in ("E08000038", "E08000039")),
    ("notifications", lambda row: row["nature"] == "CHILD_DEATH_NO_ABUSE_NEGLECT" and row["panel_in_scope"] == "N"),
    ("notifications", lambda row: row["nature"] == "CARE_LEAVER_DEATH" and row["panel_in_scope"] == "N"),
    ("notifications", lambda row: row["criteria_status"] == "WITHDRAWN"),
    ("notifications", lambda row: row["late_reason"]),
    ("notifications", lambda row: row["duplicate_of"]),
    ("rapid_reviews", lambda row: row["status"] == "STOPPED_NOT_MET"),
    ("rapid_reviews", lambda row: row["status"] == "IN_PROGRESS" and row["late_reason"]),
    ("rapid_reviews", lambda row: row["status"] == "IN_PROGRESS" and not row["late_reason"]),
    ("rapid_reviews", lambda row: row["panel_view"] == "NO_RESPONSE_YET"),
    ("rapid_reviews", lambda row: row["final_decision"] and row["final_decision"] != row["partners_decision"]),
    ("lcsprs", lambda row: row["origin"] == "THEMATIC" and ";" in row["rr_refs"]),
    ("lcsprs", lambda row: row["origin"] == "NEAR_MISS"),
    ("lcsprs", lambda row: row["delay_reasons"] and not row["date_signed_off"]),
    ("lcsprs", lambda row: row["status"] == "PAUSED" and "//" in row["pause_intervals"]),
    ("children", lambda row: row["ethnicity_status"] == "WITHHELD"),
    ("recommendations", lambda row: row["level"] == "NATIONAL"),
    ("recommendations", lambda row: row["impact_result"]),
    *[
        ("lcsprs", lambda row, status=status: row["status"] == status)
        for status in (
            "DECIDED",
            "COMMISSIONING",
            "IN_PROGRESS",
            "PAUSED",
            "SIGNED_OFF",
            "SENT_TO_PANEL",
            "PUBLISHED",
            "NOT_PUBLISHED",
            "DISCONTINUED",
        )
    ],
    *[
        ("referrals", lambda row, outcome=outcome: row["triage_outcome"] == outcome)
        for outcome in (
            "NOT_MET_NO_ACTION",
            "NOT_MET_LOCAL_LEARNING",
            "NOT_MET_OTHER_REVIEW",
            "NOT_MET_SINGLE_AGENCY",
            "TRANSFERRED",
        )
    ],
    *[
        ("rapid_reviews", lambda row, view=view: row["panel_view"] == view)
        for view in ("AGREE", "DISAGREE_WANTS_LCSPR", "DISAGREE_NO_LCSPR_NEEDED", "MORE_INFO", "NATIONAL_REVIEW")
    ],
]


@pytest.mark.parametrize("name, happens", OCCURRENCES)
def test_every_kind_of_case_happens_somewhere(every, name, happens):
    assert any(happens(row) for row in every[name])


def test_a_value_is_sometimes_gained_and_sometimes_lost_between_stages(every):
    status = {}
    for row in every["children"]:
        status[(row["of"], row["incident_ref"], row["child_seq"], row["stage"])] = row["ethnicity_status"] == "RECORDED"
    pairs = Counter(
        (known, status[(*key[:3], "RR")])
        for key, known in status.items()
        if key[3] == "SIN" and (*key[:3], "RR") in status
    )
    assert pairs[(False, True)] > pairs[(True, False)] > 0


def test_a_nil_return_is_made_only_where_there_was_nothing(country):
    tables = country
    fields = {
        "referrals": "date_referred",
        "notifications": "date_notified",
        "lcsprs": "date_lcspr_decision",
        "recommendations": "date_made",
        "rapid_reviews": "date_rr_started",
    }
    forgotten = Counter()
    for code in {code for code, _ in tables}:
        nil = {(row["return_name"], int(row["reporting_year"])) for row in tables[(code, "nil_returns")]}
        for name, field in fields.items():
            years = {reporting_year(row[field]) for row in tables[(code, name)]}
            for year in range(2021, 2028):
                assert not ((name, year) in nil and year in years)
                forgotten[code] += (name, year) not in nil and year not in years
    assert 0 < sum(number > 0 for number in forgotten.values()) < 25


def test_planted_low_and_high_converters_can_be_seen(country):
    planted = plant(read_partnerships(PROJECT / "seeds"), 2026)
    shares = {}
    for kind in ("low_conversion", "high_conversion"):
        codes = [one.area_code for one in planted if one.kind == kind]
        decided = [
            row["final_decision"] for code in codes for row in country[(code, "rapid_reviews")] if row["final_decision"]
        ]
        shares[kind] = decided.count("LCSPR") / len(decided)
    assert shares["low_conversion"] < 0.15 < 0.4 < shares["high_conversion"]
