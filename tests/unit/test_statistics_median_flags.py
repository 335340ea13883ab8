"""Where medians stand to a fixed value: as rarely different as the level says, however few the cases."""

import numpy as np
import polars as pl
import pytest

from throughline.statistics import flag_median, median_durations
from throughline.statistics.median_flags import fewest_for_a_flag

ENGLAND = 217
LEFT_OUT = {"95": [300.0], "998": [290.0]}  # limits on one side of England's median
AREAS = 20_000


@pytest.mark.parametrize(
    ("sooner", "later", "stands"),
    [
        (0, 5, "similar"),  # 1 in 32 on this side by chance, and 95% wants 1 in 40
        (0, 6, "higher_95"),
        (0, 9, "higher_95"),  # 1 in 512, and 99.8% wants 1 in 1,000
        (0, 10, "higher_998"),
        (1, 12, "higher_95"),  # 14 in 8,192
        (1, 13, "higher_998"),  # 15 in 16,384
        (6, 6, "similar"),
    ],
)
def test_a_median_differs_only_where_so_few_on_one_side_are_as_rare_as_the_level(sooner, later, stands):
    nothing_reached = {"95": [np.nan], "998": [np.nan]}
    assert flag_median(LEFT_OUT, nothing_reached, [sooner], [later], [ENGLAND])[0] == stands
    below = {level: [ENGLAND - 20.0] for level in LEFT_OUT}
    mirrored = flag_median(nothing_reached, below, [later], [sooner], [ENGLAND])[0]
    assert mirrored == stands.replace("higher", "lower")


def test_the_sign_test_alone_sets_no_median_apart():
    around = {"95": [200.0], "998": [190.0]}, {"95": [320.0], "998": [np.nan]}
    assert flag_median(*around, [0], [12], [ENGLAND])[0] == "similar"


def test_a_median_with_nothing_beside_it_has_no_standing():
    assert flag_median(LEFT_OUT, LEFT_OUT, [0], [12], [np.nan])[0] is None


def test_fewest_are_those_of_which_all_on_one_side_are_rare_enough():
    assert (fewest_for_a_flag(), fewest_for_a_flag(0.95)) == (10, 6)


@pytest.mark.parametrize("cases", [5, 8, 10, 15, 30])
@pytest.mark.parametrize("followed", [500, 1_095, 100_000])
def test_no_more_than_2_in_1000_truly_alike_are_called_different(cases, followed):
    rng = np.random.default_rng(115)
    lasts = np.floor(rng.exponential(ENGLAND / np.log(2), (AREAS, cases)))
    seen = np.floor(rng.uniform(0, followed, (AREAS, cases)))
    days, is_closed = np.minimum(lasts, seen), lasts <= seen
    medians = median_durations(
        np.repeat(np.arange(AREAS), cases), days.ravel(), is_closed.ravel(), confidence=(0.95, 0.998)
    )
    england = ENGLAND - 0.5  # half of whole days are shorter than this
    lower, upper = (
        {level: medians[name].fill_null(np.nan).to_numpy() for level, name in names.items()}
        for names in ({"95": "lower", "998": "lower998"}, {"95": "upper", "998": "upper998"})
    )
    sooner, later = ((days < england) & is_closed).sum(axis=1), (days > england).sum(axis=1)
    flags = pl.Series(flag_median(lower, upper, sooner, later, np.full(AREAS, england)))
    share = flags.str.ends_with("998").mean()
    assert share == 0 if cases < 10 else share <= 0.002 + 3 * np.sqrt(0.002 / AREAS)
