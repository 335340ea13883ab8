"""A slow, plain recount of what was recorded about each child agrees with the counts of the house."""

import csv
import random
from collections import Counter, defaultdict
from datetime import date

import duckdb
import polars as pl
import pytest

from throughline.workspace import PROJECT

MEASURED = ("ethnicity", "disability", "sex", "sexual_orientation")
CHARACTERISTICS = (*MEASURED, "gender_identity", "religion", "language")
PROMPTS = {name: name.upper() for name in CHARACTERISTICS} | {"gender_identity": "GENDER"}
STAGES = {"SIN": "notification", "RR": "rapid_review", "LCSPR": "lcspr"}
CONSIDERED = {
    "NONE": "not_considered",
    "MENTIONED": "not_considered",
    "CHILD_LIFE": "partly_considered",
    "PRACTICE": "partly_considered",
    "BOTH": "considered",
    "NOT_RELEVANT_STATED": "considered",
}
ORDER = ["not_considered", "partly_considered", "considered"]
FIRST_YEAR = 2021


def seed_rows(name: str) -> list[dict]:
    with (PROJECT / "seeds" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


AUTHORITIES = {row["new_la_code"]: row for row in seed_rows("areas/local_authorities.csv")}
SPINE_CODE = {row["new_la_code_from_april_2025"]: code for code, row in AUTHORITIES.items()}
MEMBERSHIPS = seed_rows("areas/partnership_local_authorities.csv")
MAJOR = {row["code"]: row["ethnicity_major"] for row in seed_rows("ethnicity_groups.csv") if row["ethnicity_minor"]}


def to_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def partnership_on(new_la_code: str, day: date) -> str:
    for row in MEMBERSHIPS:
        ends = to_date(row["valid_to"]) or date.max
        if row["new_la_code"] == new_la_code and date.fromisoformat(row["valid_from"]) <= day <= ends:
            return row["partnership_code"]
    raise LookupError(f"nobody is responsible for {new_la_code} on {day}")


def areas_of(new_la_code: str, day: date) -> list[tuple[str, str]]:
    code = SPINE_CODE.get(new_la_code, new_la_code)
    return [
        ("local_authority", code),
        ("partnership", partnership_on(code, day)),
        ("region", AUTHORITIES[code]["region_code"]),
        ("england", "E92000001"),
    ]


class Recount:
    """Everything that is counted about recording, one child at a time."""

    def __init__(self, landing):
        self.numerators, self.denominators, self.excluded = Counter(), Counter(), Counter()
        self.ladder, self.changes, self.groups = Counter(), Counter(), Counter()
        for folder in sorted(landing.glob("[!.]*")):
            names = ("children", "notifications", "rapid_reviews", "lcsprs")
            landed = {name: pl.read_parquet(folder / f"{name}.parquet").to_dicts() for name in names}
            self.read(landed, partnership=folder.name.split("-")[0])

    def read(self, landed, partnership):
        reviews, lcsprs = defaultdict(list), defaultdict(list)
        for row in landed["rapid_reviews"]:
            reviews[row["sin_ref"]].append(row)
        for row in landed["lcsprs"]:
            for rr_ref in {ref.strip() for ref in (row["rr_refs"] or "").split(";")} - {""}:
                lcsprs[rr_ref].append(row)
            self.add_terms(row, landed, reviews, partnership)
        by_incident = defaultdict(list)
        for row in landed["notifications"]:
            by_incident[row["incident_ref"]].append(row)
        children = defaultdict(dict)
        for row in landed["children"]:
            if row["stage"] in STAGES and row["incident_ref"] in by_incident:
                children[row["incident_ref"], row["child_seq"]][STAGES[row["stage"]]] = row
        for (incident, seq), stages in children.items():
            notification = min(by_incident[incident], key=standing)
            submitted = [
                row
                for row in reviews[notification["sin_ref"]]
                if row["status"] == "SUBMITTED" and row["date_rr_submitted"]
            ]
            local = [row for review in reviews[notification["sin_ref"]] for row in lcsprs[review["rr_ref"]]]
            self.add_child(notification, seq == "1", stages, {"rapid_review": submitted, "lcspr": local})

    def add(self, indicator, breakdown, notification, excluded, success):
        day = date.fromisoformat(notification["date_notified"])
        for area in areas_of(notification["new_la_code"], day):
            key = (indicator, breakdown, *area, day.year + (day.month >= 4))
            self.excluded[key] += excluded
            self.denominators[key] += not excluded
            self.numerators[key] += success and not excluded

    def add_terms(self, lcspr, landed, reviews, partnership):
        agreed = to_date(lcspr["date_tor_agreed"])
        if agreed is None:
            return
        named = {ref.strip() for ref in (lcspr["rr_refs"] or "").split(";")}
        sins = {row["sin_ref"] for rows in reviews.values() for row in rows if row["rr_ref"] in named}
        incidents = [row for row in landed["notifications"] if row["sin_ref"] in sins]
        first = min(incidents, key=lambda row: (row["date_notified"], row["sin_ref"]), default=None)
        home = min(row["new_la_code"] for row in MEMBERSHIPS if row["partnership_code"] == partnership)
        place = {"new_la_code": first["new_la_code"] if first else home, "date_notified": agreed.isoformat()}
        self.add("DM10", "total", place, lcspr["tor_includes_eedi"] is None, lcspr["tor_includes_eedi"] == "Y")

    def add_child(self, notification, is_lead, stages, reviews):
        in_trend = standing(notification)[0] < 3
        reviewable = standing(notification)[0] == 1
        seen = {}
        for stage, row in stages.items():
            out = not in_trend if stage == "notification" else not reviewable or not reviews[stage]
            for name in CHARACTERISTICS:
                state = state_of(row, name, stage, reviews)
                considered = consideration_of(name, stage, reviews) if state == "recorded" else "not_applicable"
                seen[stage, name] = (state, considered, out)
                self.add_to_ladder(notification, row, name, stage, state, considered, out)
                if name in MEASURED:
                    self.add_characteristic(notification, is_lead, name, stage, state, considered, out, reviews)
            if stage != "notification":
                self.add_intersection(notification, stage, seen)
        for earlier, later in (("notification", "rapid_review"), ("rapid_review", "lcspr")):
            if earlier in stages and later in stages:
                self.add_changes(notification, earlier, later, seen)

    def add_characteristic(self, notification, is_lead, name, stage, state, considered, out, reviews):
        breakdown, left_out = f"{name}:{stage}", out or state in ("not_applicable", "withheld")
        asked = state in ("recorded", "refused", "not_yet_obtained", "not_known")
        self.add("DM1", breakdown, notification, left_out, state == "recorded")
        if is_lead:
            self.add("DM1", f"{breakdown}:lead_child", notification, left_out, state == "recorded")
        self.add("DM2", breakdown, notification, left_out, asked)
        self.add("DM3", breakdown, notification, left_out, state == "blank")
        if stage == "rapid_review":
            self.add("DM4", breakdown, notification, left_out, state == "not_asked_no_prompt")
        if stage != "notification":
            unjudged = out or state != "recorded" or considered == "not_assessed"
            self.add("DM5", breakdown, notification, unjudged, considered in ("partly_considered", "considered"))
            self.add("DM5b", breakdown, notification, unjudged, considered == "considered")
            self.add("DM6", breakdown, notification, unjudged, considered == "not_considered")
        if stage == "lcspr":
            published = any(row["date_published"] for row in reviews["lcspr"])
            outside = out or not published or state == "not_applicable"
            self.add("DM9", name, notification, outside, state == "withheld")

    def add_intersection(self, notification, stage, seen):
        three = [seen[stage, name] for name in ("ethnicity", "disability", "sexual_orientation")]
        in_scope = [one for one in three if one[0] not in ("not_applicable", "withheld")]
        recorded = [one for one in three if one[0] == "recorded"]
        unassessed = len(recorded) >= 2 and all(one[1] == "not_assessed" for one in recorded)
        considered = [one for one in recorded if one[1] in ("partly_considered", "considered")]
        covered = len(recorded) >= 2 and len(considered) >= 1
        self.add("DM8", stage, notification, three[0][2] or len(in_scope) < 2 or unassessed, covered)

    def add_changes(self, notification, earlier, later, seen):
        for name in CHARACTERISTICS:
            (before, _, out_before), (after, _, out_after) = seen[earlier, name], seen[later, name]
            left_out = out_before or out_after or bool({before, after} & {"not_applicable", "withheld"})
            if before == "recorded":
                change = "kept" if after == "recorded" else "lost"
            else:
                change = "gained" if after == "recorded" else "never"
            if name in MEASURED:
                for one in ("gained", "lost"):
                    breakdown = f"{name}:{one}:{earlier}_to_{later}"
                    self.add("DM7", breakdown, notification, left_out, change == one)
            if not left_out:
                for place in self.places(notification):
                    self.changes[*place, name, f"{earlier}_to_{later}", change] += 1

    def add_to_ladder(self, notification, row, name, stage, state, considered, out):
        if out or state == "not_applicable":
            return
        for place in self.places(notification):
            self.ladder[*place, name, stage, state, considered] += 1
            if stage == "notification" and name == "ethnicity":
                self.groups[*place, MAJOR[row["ethnicity_value"]] if state == "recorded" else None] += 1

    def places(self, notification):
        day = date.fromisoformat(notification["date_notified"])
        year = day.year + (day.month >= 4)
        return [(*area, year) for area in areas_of(notification["new_la_code"], day) if area[0] != "local_authority"]


def standing(notification) -> tuple:
    """How far a notification counts: reviewable, in the trend only, or neither; then the first."""
    criteria, nature = notification["criteria_status"], notification["nature"]
    in_trend = criteria not in ("DUPLICATE", "WITHDRAWN") and nature != "CARE_LEAVER_DEATH"
    reviewable = in_trend and criteria == "MET" and notification["panel_in_scope"] == "Y"
    return (1 if reviewable else 2 if in_trend else 3, notification["date_notified"], notification["sin_ref"])


def state_of(row, name, stage, reviews) -> str:
    status = row[f"{name}_status"]
    if status is None and row[f"{name}_value"] is None:
        status = "BLANK"
    under_ten = row["age_band"] in ("UNDER_1", "1_TO_5") or (row["age_years"] and int(row["age_years"]) < 10)
    if name == "sexual_orientation" and status not in ("RECORDED", "WITHHELD") and under_ten:
        return "not_applicable"
    if status == "NOT_ASKED" and stage == "rapid_review" and reviews["rapid_review"]:
        prompts = {one.strip() for row in reviews["rapid_review"] for one in row["template_prompts"].split(";")}
        return "not_asked" if PROMPTS[name] in prompts else "not_asked_no_prompt"
    return status.lower()


def consideration_of(name, stage, reviews) -> str:
    if stage == "notification" or name not in MEASURED or not reviews[stage]:
        return "not_applicable"
    found = [CONSIDERED[row[f"{name}_impact"]] for row in reviews[stage] if row[f"{name}_impact"]]
    return min(found, key=ORDER.index) if found else "not_assessed"


@pytest.fixture(scope="module")
def recount(small_workspace):
    return Recount(small_workspace.landing)


@pytest.fixture(scope="module")
def warehouse(small_workspace):
    with duckdb.connect(str(small_workspace.warehouse), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def counts(warehouse):
    """(numerator, denominator, excluded) of every recording indicator, by the recount's key with the period's name."""
    rows = warehouse.execute(
        "select indicator, breakdown, area_type, area_code, period, numerator, denominator, excluded, immature "
        "from marts.indicator_counts where indicator like 'DM%' "
        "and area_type in ('local_authority', 'partnership', 'region', 'england')"
    ).fetchall()
    return {row[:5]: row[5:] for row in rows}


def test_a_random_sample_of_years_has_the_recounted_numbers(recount, counts):
    keys = sorted(key for key in recount.excluded if key[-1] >= FIRST_YEAR)
    assert {key[0] for key in keys} == {f"DM{number}" for number in range(1, 11)} | {"DM5b"}
    for key in random.Random(2026).sample(keys, 600):
        recounted = (recount.numerators[key], recount.denominators[key], recount.excluded[key], 0)
        assert counts[*key[:4], str(key[4])] == recounted, key


def test_a_random_sample_of_three_year_blocks_adds_up_the_recounted_years(recount, counts):
    keys = sorted(key for key in recount.excluded if key[-1] == 2025)
    for key in random.Random(7).sample(keys, 300):
        years = [(*key[:4], year) for year in (2023, 2024, 2025)]
        summed = [sum(counter[year] for year in years) for counter in (recount.numerators, recount.denominators)]
        assert list(counts[*key[:4], "2023-2025"][:2]) == summed, key


def test_nothing_is_counted_that_the_recount_does_not_find(recount, counts):
    for key, (numerator, denominator, *_) in counts.items():
        if "-" not in key[-1]:
            year = (*key[:4], int(key[-1]))
            assert (numerator, denominator) == (recount.numerators[year], recount.denominators[year]), key


def test_each_rung_of_the_ladder_holds_the_recounted_children(recount, warehouse):
    rows = warehouse.execute(
        "select area_type, area_code, cast(period as integer), characteristic, stage, state, consideration, children "
        "from marts.recording_ladder where period_type = 'year' and state <> 'total'"
    ).fetchall()
    recounted = {key: count for key, count in recount.ladder.items() if key[2] >= FIRST_YEAR}
    assert {row[:7]: row[7] for row in rows} == recounted


def test_each_change_between_stages_holds_the_recounted_children(recount, warehouse):
    rows = warehouse.execute(
        "select area_type, area_code, cast(period as integer), characteristic, stages, change, children "
        "from marts.recorded_changes where period_type = 'year' and change <> 'total'"
    ).fetchall()
    recounted = {key: count for key, count in recount.changes.items() if key[2] >= FIRST_YEAR}
    assert {row[:6]: row[6] for row in rows} == recounted


def test_each_ethnic_group_holds_the_recounted_children_and_its_share_of_residents(recount, warehouse):
    rows = warehouse.execute(
        "select area_type, area_code, cast(period as integer), group_name, children, unrecorded, population_share "
        "from marts.disproportionality "
        "where period_type = 'year' and characteristic = 'ethnicity' and group_level = 'major'"
    ).fetchall()
    assert len(rows) > 300
    for area_type, area_code, year, group, children, unrecorded, _ in rows:
        assert children == recount.groups[area_type, area_code, year, group]
        assert unrecorded == recount.groups[area_type, area_code, year, None]
    residents = Counter()
    for row in seed_rows("context/population_ethnicity_all_ages.csv"):
        if row["new_la_code"] == "E08000035":
            residents[row["ethnicity_major"]] += int(row["population_all_ages"])
    shares = {row[3]: row[6] for row in rows if row[1] == "leeds" and row[2] == 2025}
    assert shares == pytest.approx({group: people / residents.total() for group, people in residents.items()})
