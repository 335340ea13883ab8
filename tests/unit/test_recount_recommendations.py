"""A slow, plain recount of recommendations from the landed rows agrees with every count the house made of them."""

from collections import Counter
from datetime import date

import duckdb
import polars as pl
import pytest
from test_recount import (
    AUTHORITIES,
    SPINE_CODE,
    landed,
    partnership_on,
    reporting_year,
    seed_rows,
    seed_rows_of_partnerships,
    to_date,
)

COUNTS = ("numerator", "denominator", "immature", "excluded")
STRUCTURAL = {"LEADERSHIP_CULTURE", "CAPACITY_RESOURCE", "COMMISSIONING_STRUCTURE", "LAW_NATIONAL_POLICY"}
INDICATORS = ("RC1", "RC4", "RC7", "RC8", "RC9", "RC10", "RC11", "RC12")
THEMES = seed_rows("national_themes.csv")
BOARDS = seed_rows("areas/local_authority_icbs.csv")


class Tally:
    """Counts by indicator, breakdown, area and year, one record at a time."""

    def __init__(self):
        self.counts = Counter()

    def add(self, indicator, breakdown, new_la_code, day, **counts):
        code = SPINE_CODE.get(new_la_code, new_la_code)
        areas = [
            ("local_authority", code),
            ("partnership", partnership_on(code, day)),
            ("region", AUTHORITIES[code]["region_code"]),
            ("police_force", AUTHORITIES[code]["police_force_code"]),
            ("england", "E92000001"),
            *(("icb", row["icb_code"]) for row in BOARDS if row["new_la_code"] == code),
        ]
        for area in areas:
            for name, number in counts.items():
                self.counts[indicator, breakdown, *area, reporting_year(day), name] += number

    def add_case(self, indicator, breakdown, new_la_code, day, success, excluded=False, mature=True):
        counted = mature and not excluded
        self.add(
            *(indicator, breakdown, new_la_code, day),
            numerator=int(counted and success),
            denominator=int(counted),
            immature=int(not mature and not excluded),
            excluded=int(excluded),
        )

    def of(self, indicator, breakdown, area_type, area_code, period) -> tuple[int, ...]:
        first, *last = (int(year) for year in period.split("-"))
        years = range(first, (last[0] if last else first) + 1)
        return tuple(
            sum(self.counts[indicator, breakdown, area_type, area_code, year, name] for year in years)
            for name in COUNTS
        )


def counted_in_the_house(workspace, indicators) -> list[dict]:
    with duckdb.connect(str(workspace.warehouse), read_only=True) as warehouse:
        rows = warehouse.sql("select * from marts.indicator_counts where area_type <> 'statistical_neighbours'").pl()
    return rows.filter(pl.col("indicator").is_in(indicators)).to_dicts()


def by_key(workspace, name: str, column: str) -> dict:
    return {(row["submission_ref"], row[column]): row for row in landed(workspace, name)}


def home_of(submission_ref: str) -> str:
    """The first authority, by code, that the sender has ever been responsible for."""
    partnership = submission_ref.split("-")[0]
    return min(row["new_la_code"] for row in seed_rows_of_partnerships if row["partnership_code"] == partnership)


def a_year_after(day: date) -> date:
    return date(day.year + 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def reviews_with_authority(workspace) -> dict:
    """Where each review is counted, the day it was complete, and whether it was stopped."""
    notifications = by_key(workspace, "notifications", "sin_ref")
    rapid_reviews = by_key(workspace, "rapid_reviews", "rr_ref")
    found = {}
    for (submission, ref), row in rapid_reviews.items():
        complete = to_date(row["date_rr_submitted"]) if row["status"] == "SUBMITTED" else None
        authority = notifications[submission, row["sin_ref"]]["new_la_code"]
        found[submission, "RR", ref] = (authority, complete, row["status"] == "STOPPED_NOT_MET")
    for row in landed(workspace, "lcsprs"):
        submission = row["submission_ref"]
        named = [ref.strip() for ref in (row["rr_refs"] or "").split(";") if ref.strip()]
        incidents = [notifications[submission, rapid_reviews[submission, ref]["sin_ref"]] for ref in named]
        incidents.sort(key=lambda incident: (incident["date_notified"], incident["sin_ref"]))
        authority = incidents[0]["new_la_code"] if incidents else home_of(submission)
        stopped = row["status"] == "DISCONTINUED"
        complete = None if stopped else to_date(row["date_signed_off"]) or to_date(row["date_published"])
        found[submission, "LCSPR", row["lcspr_ref"]] = (authority, complete, stopped)
    return found


def recount(workspace) -> Tally:
    tally, reviews = Tally(), reviews_with_authority(workspace)
    breakdown_of = {"RR": "rapid_review", "LCSPR": "lcspr"}
    for (_, kind, _), (authority, complete, _) in reviews.items():
        if complete:
            tally.add("RC1", breakdown_of[kind], authority, complete, denominator=1)
    for row in landed(workspace, "recommendations"):
        day, kind = to_date(row["date_made"]), row["source_type"]
        review = reviews.get((row["submission_ref"], kind, row["source_ref"]))
        authority = review[0] if review else home_of(row["submission_ref"])
        if review:
            _, complete, stopped = review
            role = "numerator" if complete else "excluded" if stopped else "immature"
            tally.add("RC1", breakdown_of[kind], authority, day, **{role: 1})
        add_shares(tally, row, authority, day)
        if row["level"] == "NATIONAL":
            add_answers(tally, row, authority, day)
    return tally


def add_shares(tally: Tally, row: dict, authority: str, day: date) -> None:
    current = {
        theme["theme"]
        for theme in THEMES
        if date.fromisoformat(theme["valid_from"]) <= day <= (to_date(theme["valid_to"]) or date.max)
    }
    tally.add_case("RC4", "total", authority, day, row["theme_primary"] in current, excluded=not current)
    for level in ("LOCAL", "REGIONAL", "NATIONAL"):
        tally.add_case("RC7", level.lower(), authority, day, row["level"] == level)
    for depth in ("SINGLE", "DOUBLE", "TRIPLE"):
        excluded = row["loop"] == "DEFENSIVE"
        tally.add_case("RC8", depth.lower(), authority, day, row["loop"] == depth, excluded)
    tally.add_case("RC9", "total", authority, day, row["change_type"] in ("TRAINING", "BRIEFING"))
    marks = [row[f"smart_{letter}"] for letter in "smart"]
    smart, structural = marks.count("Y") >= 4, row["change_type"] in STRUCTURAL
    for breakdown, wanted in {
        "smart_structural": (True, True),
        "smart_only": (True, False),
        "structural_only": (False, True),
        "neither": (False, False),
    }.items():
        tally.add_case("RC10", breakdown, authority, day, (smart, structural) == wanted, excluded=None in marks)
    about = {code.strip() for code in row["eedi_related"].split(";")}
    tally.add_case("RC12", "total", authority, day, bool(about - {"NONE"}))


def add_answers(tally: Tally, row: dict, authority: str, day: date) -> None:
    due, answered = a_year_after(day), to_date(row["national_response_date"])
    for breakdown, statuses in {
        "total": ("ACCEPTED", "REJECTED", "ACTIONED"),
        "answered_or_acknowledged": ("ACCEPTED", "REJECTED", "ACTIONED", "ACKNOWLEDGED"),
    }.items():
        counts = row["national_response_status"] in statuses
        in_time = counts and answered is not None and answered <= due
        excluded, mature = counts and answered is None, due <= row["as_at"]
        tally.add_case("RC11", breakdown, authority, day, in_time, excluded, mature)


@pytest.fixture(scope="module")
def tally(small_workspace) -> Tally:
    return recount(small_workspace)


@pytest.fixture(scope="module")
def counted(small_workspace) -> list[dict]:
    return counted_in_the_house(small_workspace, INDICATORS)


def test_every_count_of_recommendations_is_what_a_plain_recount_finds(tally, counted):
    assert len(counted) > 3000
    for cell in counted:
        key = [cell[name] for name in ("indicator", "breakdown", "area_type", "area_code", "period")]
        assert tuple(cell[name] for name in COUNTS) == tally.of(*key), key


def test_each_indicator_has_cases_in_the_small_release(tally):
    for indicator in INDICATORS:
        assert any(key[0] == indicator and number for key, number in tally.counts.items()), indicator


def test_levels_loops_and_the_two_way_table_each_add_up_to_all(counted):
    for indicator in ("RC7", "RC8", "RC10"):
        cells = [row for row in counted if row["indicator"] == indicator and row["area_type"] == "england"]
        for period in {row["period"] for row in cells}:
            of_period = [row for row in cells if row["period"] == period]
            assert sum(row["numerator"] for row in of_period) == of_period[0]["denominator"], (indicator, period)
            assert len({row["denominator"] for row in of_period}) == 1


def test_the_mix_adds_up_to_the_recommendations_made(small_workspace, tally):
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        sums = warehouse.execute(
            "select area_type, area_code, period, axis, sum(recommendations) from marts.recommendation_mix "
            "where axis not in ('target', 'eedi') group by all"
        ).fetchall()
        levels = warehouse.execute(
            "select area_type, area_code, period, lower(value), recommendations from marts.recommendation_mix "
            "where axis = 'level'"
        ).fetchall()
    assert len(sums) > 300
    for area_type, area_code, period, axis, number in sums:
        assert number == tally.of("RC9", "total", area_type, area_code, period)[1], (area_type, area_code, period, axis)
    for area_type, area_code, period, level, number in levels:
        assert number == tally.of("RC7", level, area_type, area_code, period)[0]


def test_the_register_holds_every_national_recommendation_and_agrees_with_the_share_answered(small_workspace, tally):
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        register = warehouse.sql("select * from marts.national_recommendations").pl()
    national = [row for row in landed(small_workspace, "recommendations") if row["level"] == "NATIONAL"]
    assert {(row["submission_ref"].split("-")[0], row["rec_ref"]) for row in national} == set(
        register.select("partnership_code", "rec_ref").iter_rows()
    )
    years = {key[4] for key in tally.counts if key[0] == "RC11"}
    in_time = sum(tally.of("RC11", "total", "england", "E92000001", str(year))[0] for year in years)
    of_age = register.filter(pl.col("response_due_date") <= pl.col("as_at_date"))
    assert of_age.filter(pl.col("state") == "answered_in_time").height == in_time


def test_no_words_of_a_recommendation_are_in_its_marts(small_workspace):
    words = {row["rec_text"] for row in landed(small_workspace, "recommendations")} - {None}
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as warehouse:
        for mart in ("recommendation_mix", "national_recommendations"):
            held = warehouse.sql(f"select * from marts.{mart}").pl()
            assert "rec_text" not in held.columns
            for column in held.select(pl.col(pl.String)).iter_columns():
                assert not words & set(column.drop_nulls()), (mart, column.name)
