"""A slow, plain recount of decisions from the landed rows agrees with every count the house made of them."""

from collections import Counter

import duckdb
import pytest
from test_recount import landed, to_date
from test_recount_recommendations import Tally, by_key

DISSENT = ("MAJORITY", "LA_DECIDED", "ESCALATED")
EACH_ONCE = {
    "partners_decision": ("final_decision", "partners_decision:final_decision"),
    "panel_view": ("panel_view:partners_decision:final_decision",),
    "triage_outcome": ("not_met_reason", "learning_recorded"),
    "local_learning_route": ("local_learning_route:learning_recorded",),
}


def codes(cell: str | None) -> set[str]:
    return {code.strip() for code in cell.split(";")} if cell else {"BLANK"}


def recount(workspace) -> Tally:
    tally = Tally()

    def add(axis, value, authority, day):
        if day:
            tally.add(axis, value, authority, day, cases=1)

    notifications = by_key(workspace, "notifications", "sin_ref")
    for row in landed(workspace, "rapid_reviews"):
        notification = notifications[row["submission_ref"], row["sin_ref"]]
        in_scope = notification["panel_in_scope"] == "Y" and notification["criteria_status"] == "MET"
        if row["status"] != "SUBMITTED" or not in_scope:
            continue
        authority = notification["new_la_code"]
        submitted, answered = to_date(row["date_rr_submitted"]), to_date(row["date_panel_response"])
        first, final, view = (row[name] or "BLANK" for name in ("partners_decision", "final_decision", "panel_view"))
        add("partners_decision", first, authority, submitted)
        add("final_decision", final, authority, submitted)
        add("partners_decision:final_decision", f"{first}:{final}", authority, submitted)
        for code in codes(row["decision_reasons"]):
            add("partners_decision:decision_reasons", f"{first}:{code}", authority, submitted)
        if submitted:
            add("panel_view", view, authority, answered)
            add("panel_view:partners_decision:final_decision", f"{view}:{first}:{final}", authority, answered)
    learned = {
        (row["submission_ref"], row["source_ref"])
        for row in landed(workspace, "recommendations")
        if row["source_type"] == "LOCAL_LEARNING"
    }
    for row in landed(workspace, "referrals"):
        outcome, authority, day = row["triage_outcome"], row["new_la_code"], to_date(row["date_triage_decision"])
        if outcome in ("PENDING", "TRANSFERRED"):
            continue
        add("agreement", row["agreement"], authority, day)
        for code in codes(row["dissenting_agencies"]) if row["agreement"] in DISSENT else ():
            add("dissenting_agencies", code, authority, day)
        if not outcome.startswith("NOT_MET"):
            continue
        is_learned = "Y" if (row["submission_ref"], row["incident_ref"]) in learned else "N"
        add("triage_outcome", outcome, authority, day)
        add("not_met_reason", row["not_met_reason"] or "BLANK", authority, day)
        add("learning_recorded", is_learned, authority, day)
        for code in codes(row["theme_codes"]):
            add("theme_codes", code, authority, day)
        if outcome == "NOT_MET_LOCAL_LEARNING":
            route = row["local_learning_route"] or "BLANK"
            add("local_learning_route", route, authority, day)
            add("local_learning_route:learning_recorded", f"{route}:{is_learned}", authority, day)
    return tally


@pytest.fixture(scope="module")
def tally(small_workspace) -> Tally:
    return recount(small_workspace)


@pytest.fixture(scope="module")
def counted(small_workspace) -> dict:
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        rows = warehouse.execute(
            "select axis, value, area_type, area_code, period, cases from marts.rapid_review_decisions"
        ).fetchall()
    return {row[:5]: row[5] for row in rows}


def test_every_count_of_decisions_is_what_a_plain_recount_finds(tally, counted):
    assert len(counted) > 3000
    for (axis, value, area_type, area_code, period), cases in counted.items():
        first, *last = (int(year) for year in period.split("-"))
        years = range(first, (last[0] if last else first) + 1)
        found = sum(tally.counts[axis, value, area_type, area_code, year, "cases"] for year in years)
        assert cases == found, (axis, value, area_type, area_code, period)


def test_no_count_is_missing_from_the_house(tally, counted):
    years = {period for *_, period in counted if "-" not in period}
    wanted = {
        (axis, value, area_type, area_code, str(year))
        for (axis, value, area_type, area_code, year, _), cases in tally.counts.items()
        if cases and area_type != "local_authority" and str(year) in years
    }
    assert wanted <= set(counted)


def test_axes_of_the_same_cases_count_each_of_them_once(counted):
    sums = Counter()
    for (axis, _, area_type, area_code, period), cases in counted.items():
        sums[axis, area_type, area_code, period] += cases
    for (axis, *place), cases in list(sums.items()):
        for other in EACH_ONCE.get(axis, ()):
            assert sums[(other, *place)] == cases, (axis, other, place)


def test_decisions_are_those_that_the_indicators_of_conversion_count(small_workspace, counted):
    def of(axis, place, wanted):
        here = ((code, cases) for (name, code, *at), cases in counted.items() if (name, at) == (axis, place))
        return sum(cases for code, cases in here if wanted(code))

    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        rows = warehouse.execute(
            "select indicator, area_type, area_code, period, numerator, denominator + immature "
            "from marts.indicator_counts where breakdown = 'total' and area_type in ('england', 'region') "
            "and indicator in ('CV3', 'CV5', 'CV6', 'CV7', 'CV9')"
        ).fetchall()
    assert {row[0] for row in rows if row[5]} == {"CV3", "CV5", "CV6", "CV7", "CV9"}
    for indicator, area_type, area_code, period, numerator, every in rows:
        place = [area_type, area_code, period]
        if indicator == "CV3":
            assert every == of("final_decision", place, lambda code: code != "BLANK"), place
        if indicator == "CV5":
            assert (numerator, every) == (
                of("local_learning_route", place, lambda code: True),
                of("not_met_reason", place, lambda code: True),
            ), place
        if indicator == "CV6":
            assert numerator == of("panel_view", place, lambda code: code == "AGREE"), place
        if indicator == "CV7":
            assert every == of("panel_view", place, lambda code: code.startswith("DISAGREE")), place
        if indicator == "CV9":
            assert (numerator, every) == (
                of("agreement", place, lambda code: code in DISSENT),
                of("agreement", place, lambda code: code != "NOT_RECORDED"),
            ), place
