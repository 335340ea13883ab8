"""How far off a count of suggested repeats may be: worked numbers, edges, and whose precision is used."""

from math import ceil, floor

import polars as pl
import pytest

from tests.fixtures.share_rows import own, share_rows
from throughline import settings
from throughline.analyses.finder_range import with_finder_range
from throughline.repetition import find_repeats
from throughline.repetition.bounds import Measured, count_bounds, measured
from throughline.repetition.evaluate import count_right, cross_validated_scores, read_labelled
from throughline.repetition.model import read_model
from throughline.repetition.train import train
from throughline.statistics import wilson_interval
from throughline.wording import recommendations as words

GREATER_MANCHESTER = "E23000005"
LABELLED = Measured(24, 26, 24, 45)
ENOUGH = settings.whole("review_least_decisions")


def test_the_worked_example_of_the_method_page():
    # The lower limits of 24 of 26 and of 24 of 45 are 0.759 and 0.391.
    assert LABELLED.least_precision == pytest.approx(0.759, abs=0.001)
    assert LABELLED.least_recall == pytest.approx(0.391, abs=0.001)
    assert count_bounds(466, 2594, LABELLED) == (353, 1193)


def test_bounds_are_the_count_times_precision_and_over_recall():
    for suggested in (1, 7, 40):
        fewest, most = count_bounds(suggested, 10_000, LABELLED)
        assert fewest == floor(suggested * wilson_interval(24, 26)[0])
        assert most == ceil(suggested / wilson_interval(24, 45)[0])


def test_no_more_can_repeat_than_were_looked_at():
    assert count_bounds(3, 4, LABELLED) == (2, 4)
    assert count_bounds(4, 4, LABELLED) == (3, 4)


def test_few_cases_leave_more_open_than_the_finder_does():
    rows = share_rows(
        ("RC2", "total", "In the same partnership", own(475, 2594), own(2, 10)),
        ("RC6", "total", "Of an action marked done", own(475, 2594), None),
    )
    many, not_suggested = with_finder_range(rows, LABELLED).iter_rows(named=True)

    fewest, most = count_bounds(475, 2594, LABELLED)
    assert (many["lower95"], many["upper95"]) == (fewest / 2594, most / 2594)
    # 2 of 10 may stand for 1 to 6; by chance alone for 5.7% to 51.0%, which reaches further down.
    assert (many["england_lower95"], many["england_upper95"]) == pytest.approx((0.057, 0.6), abs=0.001)
    assert not_suggested["upper95"] == pytest.approx(wilson_interval(475, 2594)[1], abs=0.001)
    assert (many["limits_name"], not_suggested["limits_name"]) == ("with the finder's errors", None)


def test_none_suggested_is_not_none():
    assert count_bounds(0, 20, LABELLED) == (0, count_bounds(1, 20, LABELLED)[1])
    assert count_bounds(0, 2, LABELLED) == (0, 2)
    assert count_bounds(0, 0, LABELLED) == (0, 0)


def test_the_count_lies_between_its_bounds_which_grow_with_it():
    earlier = (0, 0)
    for suggested in range(0, 200):
        fewest, most = count_bounds(suggested, 200, LABELLED)
        assert fewest <= suggested <= most
        assert fewest >= earlier[0] and most >= earlier[1]
        earlier = fewest, most


def test_across_a_force_or_a_board_no_fewest_is_told():
    assert count_bounds(28, 400, LABELLED, is_own=False) == (0, count_bounds(28, 400, LABELLED)[1])
    rows = share_rows(("RC3", "police", "Across the police force", own(28, 400), own(240, 2500)))
    (drawn,) = with_finder_range(rows, LABELLED).iter_rows(named=True)
    assert (drawn["lower95"], drawn["england_lower95"]) == (0, 0)
    assert "no fewest is told but 0" in words.method_sentence(24, 26, 24, 45, False)


def test_what_is_claimed_of_a_count_is_true_of_returns_whose_truth_is_known():
    """Among made-up recommendations of one force's area, each with the asks that its text was made of."""
    from benchmarks.planted_repeats import across, count_asking_again, draw_asks, shared_places, with_truth

    force = shared_places()["across a police force"].filter(pl.col("place") == GREATER_MANCHESTER)
    drawn = draw_asks(sorted(force["partnership_code"]))
    home = drawn.select("partnership_code", place="partnership_code").unique()
    pairs = with_truth(find_repeats(drawn, places=pl.concat([home, force]), everywhere=False), drawn)

    truly, suggested = count_asking_again(pairs.filter("is_own"))
    assert suggested > 30 and count_bounds(suggested, drawn.height, LABELLED)[0] <= truly
    # Across the force the labelled pairs' precision would claim more than there are.
    truly, suggested = count_asking_again(across(pairs, force))
    assert count_bounds(suggested, drawn.height, LABELLED)[0] > truly
    assert count_bounds(suggested, drawn.height, LABELLED, is_own=False)[0] <= truly


@pytest.mark.parametrize(("suggested", "among"), [(-1, 4), (5, 4)])
def test_a_count_that_cannot_be_is_refused(suggested, among):
    with pytest.raises(ValueError, match="from 0 to all"):
        count_bounds(suggested, among, LABELLED)


def test_peoples_precision_takes_over_once_there_are_enough_decisions():
    too_few = measured(read_model(), ENOUGH - 1, ENOUGH - 1)
    enough = measured(read_model(), 10, ENOUGH)

    assert too_few == measured(read_model()) and not too_few.by_people
    assert enough.by_people and (enough.right, enough.taken) == (10, ENOUGH)
    assert count_bounds(100, 1000, enough)[0] < count_bounds(100, 1000, too_few)[0]


def test_people_say_nothing_of_what_is_missed():
    assert measured(read_model(), 10, ENOUGH).least_recall == measured(read_model()).least_recall


def test_training_keeps_what_was_right_among_the_labelled_pairs():
    labelled, model = read_labelled(), read_model()
    made = train(labelled)
    counted = count_right(labelled.is_repeat, cross_validated_scores(labelled), model.suggest_from)

    assert (model.labelled_right, model.labelled_taken, model.labelled_repeats) == counted
    assert (made.labelled_right, made.labelled_taken, made.labelled_repeats) == counted
