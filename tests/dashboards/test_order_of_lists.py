"""Lists of partnerships stand in the order of the names that they show, whatever words the whole names begin with."""

import polars as pl
import pytest
from made_up_release import write_release

from throughline.analyses import asked_before, comparison_choices
from throughline.release import Viewer, open_current


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """A release in which a place that begins with Z is first known by other words."""
    workspace = write_release(tmp_path_factory.mktemp("ordered"))
    file = open_current(workspace).folder / "areas.parquet"
    areas = pl.read_parquet(file)
    first = areas.filter(pl.col("area_type") == "partnership").sort("area_name")["area_code"][0]
    name = (
        pl.when(pl.col("area_code") == first)
        .then(pl.lit("Our Safeguarding Children Partnership for Zennor"))
        .otherwise("area_name")
    )
    areas.with_columns(area_name=name).write_parquet(file)
    return open_current(workspace)


def neighbours(release):
    choices = comparison_choices.group_choices(release)
    return [one.label for one in choices if one.value.startswith("statistical_neighbours:")]


def asked(release):
    return [one.label for one in asked_before.partnership_choices(release, Viewer.panel())][1:]


@pytest.mark.parametrize("shown", [neighbours, asked])
def test_a_list_stands_in_the_order_of_what_it_shows(release, shown):
    labels = shown(release)

    assert labels[-1] == "Zennor"
    assert labels == sorted(labels)
