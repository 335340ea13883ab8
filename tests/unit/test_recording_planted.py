"""Partnerships made to record badly are found where their cases can show it, and not claimed where they cannot."""

import polars as pl
import pytest

from throughline.house_in_memory import HouseInMemory
from throughline.statistics import flag_against
from throughline.synthetic import make_returns

POOR = ["lancashire", "lincolnshire", "stoke_on_trent"]
JOINT_WITH_LANCASHIRE = "blackburn_with_darwen_blackpool_and_lancashire"


def recorded_by_partnership(folder, **made) -> tuple[list[str], pl.DataFrame]:
    """The poor recorders of the truth file, and how many children each partnership recorded at rapid review."""
    truth = make_returns(folder, workbooks=False, **made)
    sent = [path for path in sorted(folder.iterdir()) if path.is_dir()]
    landed = {
        name: pl.concat(
            [
                pl.read_csv(path / f"{name}.csv", infer_schema=False).with_columns(submission_ref=pl.lit(path.name))
                for path in sent
            ],
            how="diagonal",
        )
        for name in ("submission", "children", "notifications", "rapid_reviews", "lcsprs")
    }
    landed["submission"] = landed["submission"].with_columns(received_at=pl.lit("2026-10-02T00:00:00"))
    with HouseInMemory(landed) as house:
        ladder = house.table("recording_ladder")
    recorded = (
        ladder.filter(
            pl.col("area_type") == "partnership",
            pl.col("period_type") == "year",
            pl.col("stage") == "rapid_review",
            pl.col("state") != "total",
        )
        .group_by("characteristic", partnership="area_code")
        .agg(
            recorded=pl.col("children").filter(pl.col("state") == "recorded").sum(),
            in_scope=pl.col("children").sum(),
        )
    )
    return sorted(one.area_code for one in truth.planted if one.kind == "poor_recording"), recorded


def low_at_998(recorded: pl.DataFrame, characteristic: str, typical: float | None = None) -> set[str]:
    """Partnerships whose own 99.8% interval lies below the typical share (pooled unless given)."""
    rows = recorded.filter(pl.col("characteristic") == characteristic)
    typical = typical or rows["recorded"].sum() / rows["in_scope"].sum()
    flags = flag_against(rows["recorded"], rows["in_scope"], typical)
    return {one for one, flag in zip(rows["partnership"], flags, strict=True) if flag == "lower_998"}


@pytest.fixture(scope="module")
def national(tmp_path_factory):
    return recorded_by_partnership(tmp_path_factory.mktemp("national"))


def test_of_all_partnerships_only_those_with_a_planted_one_in_them_are_called_different(national):
    planted, recorded = national
    assert planted == POOR
    # Until August 2023 Lancashire was in a joint partnership, whose years hold its cases.
    found = {"lancashire", "lincolnshire", JOINT_WITH_LANCASHIRE}
    assert low_at_998(recorded, "ethnicity") == found


def test_eleven_children_are_too_few_to_claim_anything(national):
    _, recorded = national
    stoke = pl.col("partnership") == "stoke_on_trent", pl.col("characteristic") == "ethnicity"
    row = recorded.filter(*stoke).row(0, named=True)
    assert row["recorded"] / row["in_scope"] < 0.75
    assert row["in_scope"] < 20


def test_a_rarely_recorded_characteristic_cannot_show_a_poor_recorder_on_so_few_children(national):
    _, recorded = national
    assert low_at_998(recorded, "sexual_orientation") == set()


def test_with_ten_times_the_children_every_planted_partnership_is_found(tmp_path):
    others = ["essex", "kent", "leeds", "sheffield", "surrey"]
    planted, recorded = recorded_by_partnership(tmp_path, scale=10, partnerships=POOR + others)
    assert low_at_998(recorded, "ethnicity", typical=0.93) >= set(planted)
    assert low_at_998(recorded, "sexual_orientation", typical=0.25) >= set(planted)
    assert not low_at_998(recorded, "ethnicity", typical=0.90) & set(others)
