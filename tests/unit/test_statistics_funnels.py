"""Funnels: the published twelve units, agreement with the flags, and when over-dispersion cannot be judged."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from throughline.statistics import funnel, phi_by_chance
from throughline.statistics.settings import EXACT_BELOW_EXPECTED, OVERDISPERSION_MIN_EXPECTED

MET = [41, 88, 23, 160, 75, 52, 130, 19, 64, 97, 110, 36]
ALL = [60, 102, 40, 190, 100, 55, 180, 24, 70, 150, 125, 60]
Z_998 = norm.ppf(0.999)


@pytest.fixture(scope="module")
def twelve():
    return funnel(MET, ALL)


def _units_where(frame: pl.DataFrame, condition: pl.Expr) -> list[str]:
    return [f"{met:.0f}/{of:.0f}" for met, of in frame.filter(condition).select("numerator", "denominator").rows()]


def test_twelve_units_give_the_published_centre_phi_and_tau2(twelve):
    assert isinstance(twelve, pl.DataFrame)
    assert round(twelve.centre, 5) == 0.77422
    assert round(twelve.phi, 4) == 6.0640
    assert round(twelve.tau2, 7) == 0.0149756
    assert twelve["phi"].to_list() == [twelve.phi] * 12 and twelve["tau2"].to_list() == [twelve.tau2] * 12


def test_the_first_unit_has_the_published_score_and_adjusted_limits(twelve):
    first = twelve.row(0, named=True)
    assert round(first["z"], 4) == -1.5885
    assert (round(first["lower95_adjusted"], 4), round(first["upper95_adjusted"], 4)) == (0.5191, 0.9507)


def test_plain_and_adjusted_funnels_flag_the_published_units(twelve):
    assert _units_where(twelve, pl.col("z").abs() > Z_998) == ["52/55", "64/70", "97/150", "110/125"]
    assert twelve["flag_adjusted"].unique().to_list() == ["similar"]
    assert _units_where(twelve, pl.col("flag").str.ends_with("998")) == ["97/150", "36/60"]


@pytest.mark.parametrize(("size", "limits"), [(100, (0.692, 0.856, 0.645, 0.903)), (24, (0.607, 0.941, 0.510, 1.0))])
def test_plain_limits_are_the_published_ones_and_stop_at_1(twelve, size, limits):
    row = twelve.filter(denominator=size).row(0, named=True)
    assert tuple(round(row[name], 3) for name in ("lower95", "upper95", "lower998", "upper998")) == limits


@st.composite
def units(draw):
    sizes = draw(st.lists(st.integers(1, 400), min_size=2, max_size=30))
    return [draw(st.integers(0, size)) for size in sizes], sizes


@settings(max_examples=100, deadline=None)
@given(units())
def test_a_unit_is_flagged_exactly_when_it_is_outside_the_plain_limits(case):
    met, sizes = case
    frame = funnel(met, sizes)
    for row in frame.iter_rows(named=True):
        assert_flag_is_the_place(row)
        for name, reach in (("95", norm.ppf(0.975)), ("998", Z_998)):
            spread = (frame.centre * (1 - frame.centre) / row["denominator"]) ** 0.5
            textbook = max(0, frame.centre - reach * spread), min(1, frame.centre + reach * spread)
            limits = row[f"lower{name}"], row[f"upper{name}"]
            if row["denominator"] * min(frame.centre, 1 - frame.centre) >= EXACT_BELOW_EXPECTED:
                assert limits == pytest.approx(textbook)
            else:  # few expected: the normal curve is too narrow, and the limits may only be wider
                assert limits[0] <= textbook[0] + 1e-9 and limits[1] >= textbook[1] - 1e-9


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.floats(0.05, 60)), min_size=1, max_size=30))
def test_a_count_is_flagged_exactly_when_it_is_outside_the_plain_limits_of_what_is_expected(case):
    observed, expected = zip(*case, strict=True)
    for row in funnel(observed, expected, "ratio").iter_rows(named=True):
        assert_flag_is_the_place(row)


def assert_flag_is_the_place(row: dict) -> None:
    """A hair's breadth from a limit the arithmetic itself decides, so nothing is asked there."""
    for name, counts in (("95", ("higher_95", "higher_998")), ("998", ("higher_998",))):
        if abs(row["value"] - row[f"upper{name}"]) > 1e-9:
            assert (row["value"] > row[f"upper{name}"]) == (row["flag"] in counts)
        if abs(row["value"] - row[f"lower{name}"]) > 1e-9:
            low = {flag.replace("higher", "lower") for flag in counts}
            assert (row["value"] < row[f"lower{name}"]) == (row["flag"] in low)


@settings(max_examples=60, deadline=None)
@given(units())
def test_adjusting_never_narrows_limits_or_raises_scores(case):
    frame = funnel(*case)
    assert frame.tau2 >= 0
    assert (frame["z_adjusted"].abs() <= frame["z"].abs() + 1e-12).all()
    for name in ("95", "998"):
        lower, upper = frame[f"lower{name}_adjusted"], frame[f"upper{name}_adjusted"]
        assert ((lower >= 0) & (upper <= 1) & (lower <= frame.centre + 1e-9) & (upper >= frame.centre - 1e-9)).all()
    assert (frame["lower998_adjusted"] <= frame["lower95_adjusted"]).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=3, max_size=40))
def test_a_score_beyond_the_limits_is_a_ratio_beyond_the_drawn_limits(observed):
    frame = funnel(observed, np.full(len(observed), 12.0), kind="ratio")
    above = frame["value"] > frame["upper998_adjusted"] + 1e-9
    below = frame["value"] < frame["lower998_adjusted"] - 1e-9
    assert frame.filter(above)["flag_adjusted"].unique().to_list() in ([], ["higher_998"])
    assert frame.filter(below)["flag_adjusted"].unique().to_list() in ([], ["lower_998"])


def test_a_tiny_unit_is_not_an_outlier_because_the_arc_folded_back():
    met, sizes = [90] * 30 + [0], [100] * 30 + [1]
    tiny = funnel(met, sizes).row(-1, named=True)
    assert tiny["lower998_adjusted"] == 0.0 and tiny["flag_adjusted"] != "lower_998"


def test_a_ratio_funnel_is_centred_on_1_with_chance_limits_for_a_count():
    frame = funnel([3, 0, 14], [4.0, 2.0, 9.2], kind="ratio")
    assert frame.centre == 1.0
    # Where 2 are expected, 6 or more come 1.7 times in a hundred and 5 or more 5.3 times; none comes 13.5 times.
    assert frame["lower95"][1] == 0.0 and 5 < frame["upper95"][1] * 2 < 6
    # Where 9.2 are expected, 3 or fewer come 1.8 times in a hundred and 4 or fewer 4.9; 17 or more 1.4, 16 or more 2.8.
    assert 3 < frame["lower95"][2] * 9.2 < 4 and 16 < frame["upper95"][2] * 9.2 < 17
    assert frame["z"][0] == pytest.approx((np.sqrt(0.75) - 1) * 2 * np.sqrt(4))


def test_a_unit_with_nothing_to_count_keeps_its_row_and_takes_no_part():
    with_gaps = funnel([*MET, 0, None], [*ALL, 0, 50])
    assert with_gaps.height == 14 and with_gaps.units == 12
    assert with_gaps.tau2 == pytest.approx(funnel(MET, ALL).tau2)
    assert with_gaps["z"].to_list()[12:] == [None, None] and with_gaps["flag"].to_list()[12:] == [None, None]


def test_too_few_units_are_refused_in_words_with_the_arithmetic_kept(twelve):
    assert twelve.refusal == "A funnel needs at least 20 areas with cases to count; there are 12."
    assert "at least 50 areas" in twelve.overdispersion_refusal
    assert funnel(MET * 2, ALL * 2).refusal is None
    assert funnel(MET * 5, ALL * 5).overdispersion_refusal is None


def test_facts_outlast_a_filter_as_columns(twelve):
    assert twelve.filter(pl.col("z") > 0)["refusal"][0] == twelve.refusal


def test_a_funnel_can_be_drawn_around_a_share_from_elsewhere_and_flags_against_that():
    around = funnel([1] * 20, [5] * 20, centre=0.9)
    assert around.centre == 0.9
    assert set(around["flag"]) == {"lower_998"}  # 1 or fewer of 5 where 90% is usual: 46 in 100,000
    assert set(funnel([1] * 20, [5] * 20)["flag"]) == {"similar"}


@pytest.mark.parametrize(("kind", "centre"), [("proportion", 1.2), ("proportion", -0.1), ("ratio", 1.0)])
def test_a_centre_that_is_no_share_is_an_error(kind, centre):
    with pytest.raises(ValueError, match="give a share from 0 to 1"):
        funnel([1], [5], kind, centre=centre)


def test_a_funnel_of_nothing_has_no_centre():
    empty = funnel([0, 0], [0, 0])
    assert (empty.centre, empty.phi, empty.tau2, empty.units) == (None, None, None, 0)
    assert funnel([], []).height == 0


def test_chance_alone_is_not_called_over_dispersion():
    rng = np.random.default_rng(7)
    phis = [funnel(rng.binomial(60, 0.8, 153), np.full(153, 60)).phi for _ in range(40)]
    assert 0.6 < np.mean(phis) < 0.8


def test_phi_of_large_units_that_are_alike_is_that_of_a_winsorised_normal():
    cut = norm.ppf(0.9)
    winsorised = 0.8 - 2 * cut * norm.pdf(cut) + 0.2 * cut**2  # 0.679
    # Estimated from 150 units, the cuts themselves vary: half a hundredth either way.
    assert phi_by_chance([5_000] * 150, 0.4) == pytest.approx(winsorised, abs=0.01)
    assert phi_by_chance([5_000] * 150, 1.0, "ratio") == pytest.approx(winsorised, abs=0.01)


@pytest.mark.parametrize(("kind", "centre"), [("proportion", 0.4), ("ratio", 1.0)])
def test_phi_by_chance_is_what_funnels_of_units_that_are_alike_give(kind, centre):
    rng = np.random.default_rng(8)
    size = rng.integers(5, 60, 146)
    counts = [rng.binomial(size, centre) if kind == "proportion" else rng.poisson(size) for _ in range(200)]
    given = centre if kind == "proportion" else None
    phis = [funnel(count, size, kind, centre=given).phi for count in counts]
    assert phi_by_chance(size, centre, kind) == pytest.approx(np.mean(phis), abs=3 * np.std(phis) / 200**0.5 + 0.01)
    assert phi_by_chance(size, centre, kind) < 0.9


def test_no_units_have_no_phi_by_chance():
    assert phi_by_chance([], 0.4) is None and phi_by_chance([0.0, None], 0.4) is None


@pytest.mark.parametrize(("expected", "wrong"), [(1.83, True), (30.0, False)])
def test_rare_counts_would_pass_for_a_real_spread_and_so_are_refused(expected, wrong):
    rng = np.random.default_rng(7)
    frames = [funnel(rng.poisson(expected, 153), np.full(153, expected), "ratio") for _ in range(20)]
    assert (np.mean([frame.tau2 > 0 for frame in frames]) > 0.5) == wrong
    assert (frames[0].overdispersion_refusal is not None) == wrong
    assert (expected < OVERDISPERSION_MIN_EXPECTED) == wrong


def test_real_spread_is_found():
    rng = np.random.default_rng(7)
    shares = rng.beta(8, 2, 153)
    assert funnel(rng.binomial(200, shares), np.full(153, 200)).tau2 > 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: funnel([5], [3]), "numerator at position 0 is 5"),
        (lambda: funnel([1, 2], [3.0, 0.0], "ratio"), "position 1 .* denominator"),
        (lambda: funnel([1], [3], "rate"), "give one of proportion, ratio"),
        (lambda: funnel([1], [3], trim=0.5), "trim is 0.5"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_place(call, words):
    with pytest.raises(ValueError, match=words):
        call()
