"""The worked examples of the page on recording are what the models and the statistics give."""

import re

import polars as pl
import pytest

from throughline.house_in_memory import HouseInMemory
from throughline.statistics import compare_with_population, refuse_prevalence, share_range
from throughline.workspace import PROJECT

PAGE = " ".join((PROJECT / "docs/methods/recording.md").read_text(encoding="utf-8").split())
LINES = (PROJECT / "docs/methods/recording.md").read_text(encoding="utf-8").splitlines()
EXAMPLE = [[cell.strip() for cell in line.split("|")[1:-1]] for line in LINES if re.match(r"\| \d", line)]


def landed_example() -> dict[str, pl.DataFrame]:
    """Each child of the page's table in an incident, notification and submitted rapid review of its own."""
    children, notifications, reviews = [], [], []
    for child, status, asks, impact in EXAMPLE:
        key = {"submission_ref": "s"}
        value = "WBRI" if status == "RECORDED" else None
        children += [
            key
            | {"incident_ref": child, "child_seq": "1", "stage": stage, "age_years": "12"}
            | {"ethnicity_status": status, "ethnicity_value": value}
            for stage in ("SIN", "RR")
        ]
        sent = {"new_la_code": "E08000035", "date_notified": "2024-05-02", "nature": "SERIOUS_HARM"}
        met = {"criteria_status": "MET", "panel_in_scope": "Y"}
        notifications.append(key | {"sin_ref": child, "incident_ref": child} | sent | met)
        submitted = {"status": "SUBMITTED", "date_rr_submitted": "2024-05-20", "ethnicity_impact": impact or None}
        prompts = {"template_prompts": "SEX;ETHNICITY" if asks == "yes" else "SEX"}
        reviews.append(key | {"rr_ref": child, "sin_ref": child} | submitted | prompts)
    submission = {"submission_ref": "s", "partnership_code": "leeds", "as_at_date": "2026-09-30"}
    frames = {
        "submission": [submission | {"received_at": "2026-10-02T00:00:00"}],
        "children": children,
        "notifications": notifications,
        "rapid_reviews": reviews,
    }
    return {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in frames.items()}


@pytest.fixture(scope="module")
def house():
    with HouseInMemory(landed_example()) as house:
        yield house


def test_the_ladder_example_gives_the_figures_on_the_page(house):
    assert len(EXAMPLE) == 9
    cases = house.table("int_recording_cases").filter(
        pl.col("breakdown") == "ethnicity:rapid_review", ~pl.col("is_excluded")
    )
    counted = cases.group_by("indicator").agg(met=pl.col("is_success").sum(), of=pl.len())
    figures = {row["indicator"]: (row["met"], row["of"]) for row in counted.iter_rows(named=True)}
    stated = re.findall(r"(DM\d+b?) is (\d+) of (\d+)", PAGE)
    assert {name: (int(met), int(of)) for name, met, of in stated} == figures
    assert len(stated) == 7


def test_the_ladder_example_has_a_rung_for_each_kind_of_nothing(house):
    rungs = house.table("recording_ladder").filter(
        pl.col("area_type") == "england",
        pl.col("period") == "2025",
        pl.col("characteristic") == "ethnicity",
        pl.col("stage") == "rapid_review",
    )
    held = {(row["state"], row["consideration"]): row["children"] for row in rungs.iter_rows(named=True)}
    assert held == {
        ("recorded", "considered"): 1,
        ("recorded", "partly_considered"): 1,
        ("recorded", "not_considered"): 1,
        ("recorded", "not_assessed"): 1,
        ("refused", "not_applicable"): 1,
        ("not_yet_obtained", "not_applicable"): 1,
        ("not_asked", "not_applicable"): 1,
        ("not_asked_no_prompt", "not_applicable"): 1,
        ("total", "not_applicable"): 8,
    }


def test_the_disproportionality_example_gives_the_figures_on_the_page():
    share, lowest, highest = share_range(16, 64, 10)
    assert f"a share of {share:.1%}, and from {lowest:.1%} to {highest:.1%}" in PAGE
    compared = compare_with_population(16, 64, 10, 8, 92)
    assert f"ratio is {compared.ratio:.2f} (95% interval {compared.lower:.2f} to {compared.upper:.2f})" in PAGE
    assert f"and from {compared.lowest:.2f} to {compared.highest:.2f} depending on the ten" in PAGE
    assert f"so {10 / 90:.1%} are unknown" in PAGE
    assert refuse_prevalence(16, 64, 10, is_comparison=True) is None
