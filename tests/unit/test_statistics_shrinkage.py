"""Shrunk rates: the published six areas, and every shrunk rate between the raw and the pooled one."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.statistics import shrink_rates

COUNTS = [0, 1, 2, 6, 3, 14]
POPULATIONS = [42_000, 61_000, 55_000, 80_000, 120_000, 250_000]


@pytest.fixture(scope="module")
def six():
    return shrink_rates(COUNTS, POPULATIONS)


def test_six_areas_give_the_published_pooled_rate_and_spread(six):
    assert round(six.pooled, 3) == 4.276
    assert f"{six.between_variance:.3e}" == "4.885e-11"
    assert six.note is None


@pytest.mark.parametrize(
    ("area", "raw", "shrunk", "lower", "upper"), [(3, 7.50, 4.55, 3.30, 5.99), (0, 0.00, 4.08, 2.88, 5.49)]
)
def test_six_areas_give_the_published_shrunk_rates(six, area, raw, shrunk, lower, upper):
    row = six.row(area, named=True)
    assert [round(row[name], 2) for name in ("rate", "shrunk", "lower", "upper")] == [raw, shrunk, lower, upper]


def test_reliability_is_the_share_of_the_difference_that_is_kept(six):
    row = six.row(3, named=True)
    assert round(row["reliability"], 3) == 0.084
    assert row["shrunk"] - six.pooled == pytest.approx(row["reliability"] * (row["rate"] - six.pooled))
    assert six.columns[:5] == ["rate", "shrunk", "reliability", "lower", "upper"]


def test_areas_that_differ_no_more_than_by_chance_all_get_the_pooled_rate():
    alike = shrink_rates([2, 3, 4, 3], [100_000] * 4)
    assert alike.between_variance == 0 and alike["reliability"].to_list() == [0.0] * 4
    assert alike["shrunk"].to_list() == pytest.approx([3.0] * 4)
    assert alike.note == (
        "No difference beyond chance can be seen between these areas, so each is given the pooled rate."
    )
    assert (alike["lower"] < 3).all() and (alike["upper"] > 3).all()


def test_no_events_anywhere_is_a_rate_of_nought_everywhere():
    none = shrink_rates([0, 0], [50_000, 60_000])
    assert none["shrunk"].to_list() == [0.0, 0.0] and none["lower"].to_list() == [0.0, 0.0]
    assert none["upper"][0] > 0


def test_an_area_without_a_population_keeps_its_row_and_changes_nothing(six):
    more = shrink_rates([*COUNTS, 0, None], [*POPULATIONS, 0, 90_000])
    assert more["shrunk"].to_list()[6:] == [None, None] and more["reliability"].to_list()[6:] == [None, None]
    assert more["shrunk"].to_list()[:6] == pytest.approx(six["shrunk"].to_list())


def test_a_single_area_and_no_areas_are_not_errors():
    assert shrink_rates([3], [70_000])["shrunk"].to_list() == pytest.approx([3 / 0.7])
    assert shrink_rates([], []).height == 0


def test_events_without_people_are_refused_by_place():
    with pytest.raises(ValueError, match=r"count at position 1 is 2, .* population \(0\)"):
        shrink_rates([1, 2], [50_000, 0])


areas = st.lists(st.tuples(st.integers(0, 30), st.integers(5_000, 400_000)), min_size=2, max_size=30)


@settings(deadline=None)
@given(areas)
def test_a_shrunk_rate_lies_between_the_raw_and_the_pooled_rate_and_in_its_interval(pairs):
    frame = shrink_rates(*zip(*pairs, strict=True))
    for row in frame.iter_rows(named=True):
        least, most = sorted((row["rate"], row["pooled"]))
        assert least - 1e-9 <= row["shrunk"] <= most + 1e-9
        assert row["lower"] - 1e-9 <= row["shrunk"] <= row["upper"] + 1e-9
        assert 0 <= row["reliability"] <= 1


@settings(deadline=None)
@given(areas)
def test_a_larger_population_is_at_least_as_reliable(pairs):
    frame = shrink_rates(*zip(*pairs, strict=True))
    ordered = np.array(frame["reliability"])[np.argsort([people for _, people in pairs], kind="stable")]
    assert (np.diff(ordered) >= -1e-12).all()


def test_shrunk_rates_are_nearer_the_truth_than_raw_ones():
    rng = np.random.default_rng(11)
    population = rng.integers(8_000, 350_000, 153)
    truth = rng.gamma(6, 2.93 / 6, 153)
    frame = shrink_rates(rng.poisson(population * truth / 100_000), population)
    raw_error, shrunk_error = (math.sqrt(((frame[name] - truth) ** 2).mean()) for name in ("rate", "shrunk"))
    assert shrunk_error < 0.7 * raw_error
