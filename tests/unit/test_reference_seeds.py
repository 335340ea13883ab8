"""What the seeds promise beyond their dbt tests: sources, descriptions, plain text, and a true calendar."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import yaml

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
FOLDERS = ("areas", "context", "calendar", "published", "repetition")
FILES = sorted(path for folder in FOLDERS for path in (SEEDS / folder).glob("*.csv"))


@pytest.fixture(scope="module")
def described() -> dict[str, dict]:
    files = (path for folder in FOLDERS for path in (SEEDS / folder).glob("*.yml"))
    return {seed["name"]: seed for path in files for seed in yaml.safe_load(path.read_text())["seeds"]}


def read(name: str) -> pl.DataFrame:
    return pl.read_csv(SEEDS / name, infer_schema=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_seed_says_its_grain_and_describes_its_columns(path, described):
    seed = described[path.stem]
    columns = pl.read_csv(path, n_rows=0).columns
    assert seed["description"].startswith("One row per ")
    assert [column["name"] for column in seed["columns"]] == columns
    assert all(column["description"] for column in seed["columns"])
    assert set(seed["config"]["column_types"]) == set(columns)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_seed_has_a_source(path):
    headings = [line for line in (SEEDS / "SOURCES.md").read_text().splitlines() if line.startswith("### ")]
    assert any(path.stem in re.split(r"[ ,]+", heading) for heading in headings)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_cell_has_stray_spaces(path):
    cells = pl.read_csv(path, infer_schema=False)
    stray = cells.filter(pl.any_horizontal(pl.all().str.strip_chars() != pl.all()))
    assert stray.is_empty()


def test_a_partnership_code_is_short_plain_and_lower_case():
    codes = read("areas/partnerships.csv")["partnership_code"]
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)
    assert not any("safeguarding" in code for code in codes)


def test_an_ended_partnership_has_a_last_day_and_a_current_one_has_none():
    rows = read("areas/partnership_local_authorities.csv").join(read("areas/partnerships.csv"), on="partnership_code")
    assert rows.filter(pl.col("is_current") == "true")["valid_to"].is_null().all()
    assert rows.filter(pl.col("is_current") == "false")["valid_to"].is_not_null().all()


def test_an_assumed_date_says_so_beside_it():
    rows = read("areas/partnership_local_authorities.csv")
    stoke = rows.filter(pl.col("partnership_code") == "stoke_on_trent_and_staffordshire")
    assert stoke["valid_to"].unique().to_list() == ["2021-10-31"]
    assert stoke["valid_to_status"].unique().to_list() == ["assumed"]
    assumed_ends = rows.filter(pl.col("valid_to_status") == "assumed")
    assert assumed_ends["note"].str.contains("end date assumed").all()


def test_a_joint_partnership_has_several_authorities_at_once():
    rows = read("areas/partnership_local_authorities.csv").group_by("partnership_code").len()
    joint = rows.join(read("areas/partnerships.csv"), on="partnership_code")
    assert ((joint["len"] > 1) == (joint["arrangement_type"] == "joint")).all()


def test_shares_of_an_authority_among_its_boards_sum_to_one():
    boards = read("areas/local_authority_icbs.csv").with_columns(pl.col("share_population_0_17").cast(pl.Float64))
    shares = boards.group_by("new_la_code").agg(
        pl.col("share_population_0_17").sum().alias("share"), (pl.col("is_main_icb") == "true").sum().alias("main")
    )
    assert ((shares["share"] - 1).abs() < 0.001).all()
    assert (shares["main"] == 1).all()


def test_bank_holidays_are_those_of_england():
    import holidays

    listed = {date.fromisoformat(day) for day in read("calendar/bank_holidays.csv")["date"]}
    official = holidays.country_holidays("GB", subdiv="ENG", years=range(2017, 2031))
    assert {day for day in listed if day.weekday() < 5} == {day for day in official if day.weekday() < 5}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_source_is_a_public_page(path):
    columns = pl.read_csv(path, n_rows=0).columns
    if "source_url" in columns:
        pages = pl.read_csv(path, infer_schema=False)["source_url"].drop_nulls()
        assert pages.str.contains(r"^https?://[a-z0-9.-]+\.[a-z]+(/|$)").all()
