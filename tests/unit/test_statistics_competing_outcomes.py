"""Competing outcomes with open cases: worked numbers, the laws that shares obey, and agreement with lifelines."""

from fractions import Fraction

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.statistics import cumulative_incidence, kaplan_meier

# Ten notifications: on day 30 one of each ending and one last seen open, and so on.
TEN_DAYS = [30, 30, 30, 60, 60, 90, 90, 120, 150, 150]
TEN_OUTCOMES = ["local review", "no review", None, "local review", "local review", "no review", None, "local review"]
TEN_OUTCOMES += [None, None]


@pytest.fixture(scope="module")
def ten():
    return cumulative_incidence(TEN_DAYS, TEN_OUTCOMES)


@pytest.mark.parametrize(
    ("days", "local_review", "no_review"),
    [
        (30, Fraction(1, 10), Fraction(1, 10)),
        # 8/10 without an outcome, of whom 7 were followed past day 30: 1/10 + 8/10 · 2/7
        (60, Fraction(23, 70), Fraction(1, 10)),
        (90, Fraction(23, 70), Fraction(1, 10) + Fraction(4, 7) * Fraction(1, 5)),
        (120, Fraction(23, 70) + Fraction(16, 35) * Fraction(1, 3), Fraction(3, 14)),
    ],
)
def test_ten_notifications_give_the_shares_worked_by_hand(ten, days, local_review, no_review):
    assert ten.share_at(days, "local review")[0] == pytest.approx(float(local_review), abs=1e-14)
    assert ten.share_at(days, "no review")[0] == pytest.approx(float(no_review), abs=1e-14)


def test_ten_notifications_give_the_interval_worked_by_hand(ten):
    # Day 30 then day 60: (8/35)²·2/(10·8) + 9/1000 - 2·(8/35)/100 + (8/10)²·2·5/7³ = 0.0243936, whose root is 0.156184.
    # log(23/70) = -1.113; 1.96 · 0.156184/(0.328571 · 1.113) = 0.8371; the limits are 0.3286^2.3096 and 0.3286^0.4330.
    assert [round(part, 3) for part in ten.share_at(60, "local review")] == [0.329, 0.076, 0.618]


def test_ten_notifications_are_counted(ten):
    assert (ten.cases, ten.open, ten.left_out, ten.outcomes) == (10, 4, 0, ("local review", "no review"))
    assert ten.table["days"].unique(maintain_order=True).to_list() == [30, 60, 90, 120, 150]
    first = ten.table.filter(pl.col("outcome") == "local review")
    assert first["at_risk"].to_list() == [10, 7, 5, 3, 2] and first["events"].to_list() == [1, 2, 0, 1, 0]
    assert first["is_shown"].to_list() == [True, False, False, False, False]
    assert [ten.at_risk(days) for days in (0, 31, 150, 151)] == [10, 7, 2, 0]


def test_published_breast_cancer_deaths_give_the_published_shares():
    # British Journal of Cancer 2004; 91: 1229, table 2: nine of 305 patients, the others followed longer.
    days = [7, 10, 14, 16, 18, 23, 24, 26, 27, *[40] * 296]
    outcome = [None, "cancer", None, "cancer", "other", "cancer", None, "other", "cancer", *[None] * 296]
    shares = cumulative_incidence(days, outcome)
    # The table adds up steps that were each rounded to one decimal, so each step may be 0.05 out.
    for steps, (day, percent) in enumerate({10: 0.3, 16: 0.6, 23: 0.9, 27: 1.2}.items(), start=1):
        assert 100 * shares.share_at(day, "cancer")[0] == pytest.approx(percent, abs=0.05 * steps)
    at_risk = shares.table.filter(pl.col("events") > 0)["at_risk"].to_list()
    assert at_risk == [304, 302, 301, 300, 298, 297]


def test_counting_competing_outcomes_as_open_would_overstate_the_share(ten):
    naive = kaplan_meier(TEN_DAYS, [name == "local review" for name in TEN_OUTCOMES])
    assert 1 - naive.survival_at(120)[0] > ten.share_at(120, "local review")[0] + 0.05


def test_a_case_last_seen_open_on_the_day_of_an_outcome_was_still_at_risk():
    assert cumulative_incidence([5, 5, 9, 9], ["x", None, None, None]).share_at(5, "x")[0] == 0.25


def test_nothing_is_said_beyond_the_last_day_followed_unless_nobody_is_open(ten):
    assert ten.share_at(150, "no review")[0] == pytest.approx(3 / 14)
    assert ten.share_at(151, "no review") == (None, None, None)
    ended = cumulative_incidence([10, 20, 30], ["x", "y", "x"])
    assert ended.share_at(500, "x")[0] == pytest.approx(2 / 3) and ended.share_at(500, "x")[1] is not None


def test_an_outcome_nobody_or_everybody_has_come_to_has_no_limits(ten):
    assert ten.share_at(29, "no review") == (0.0, None, None)
    shares = cumulative_incidence([1, 2, 3], ["x"] * 3, outcomes=["x", "y"])
    assert shares.share_at(3, "x") == (pytest.approx(1.0), None, None)
    assert shares.share_at(3, "y") == (0.0, None, None)


def test_outcomes_asked_for_keep_their_order_and_have_rows_without_events():
    shares = cumulative_incidence(TEN_DAYS, TEN_OUTCOMES, outcomes=["withdrawn", "no review", "local review"])
    assert shares.outcomes == ("withdrawn", "no review", "local review")
    assert shares.table["outcome"].to_list()[:3] == ["withdrawn", "no review", "local review"]
    assert shares.table.filter(pl.col("outcome") == "withdrawn")["share"].to_list() == [0.0] * 5


def test_a_wider_confidence_gives_wider_limits():
    at_95, at_998 = (
        cumulative_incidence(TEN_DAYS, TEN_OUTCOMES, level).share_at(60, "local review") for level in (0.95, 0.998)
    )
    assert at_998[0] == at_95[0] and at_998[1] < at_95[1] and at_998[2] > at_95[2]


@pytest.mark.parametrize(
    ("days", "outcome", "words"),
    [
        ([], [], "No cases, so there is nothing to follow."),
        ([31, 410, 150], [None] * 3, "No outcome yet; the longest open has run 410 days."),
        ([31] * 9, ["x"] * 9, "Fewer than 10 cases (9): too few for shares over time."),
        ([31] * 10, ["x"] * 10, None),
    ],
)
def test_why_the_shares_should_not_be_shown_is_said_in_words(days, outcome, words):
    assert cumulative_incidence(days, outcome).refusal == words


def test_no_cases_have_no_shares():
    empty = cumulative_incidence([], [], outcomes=["x"])
    assert (empty.cases, empty.open, empty.table.height) == (0, 0, 0)
    assert empty.share_at(100, "x") == (None, None, None) and empty.at_risk(0) == 0


def test_cases_without_a_start_are_left_out_and_counted():
    partial = cumulative_incidence([*TEN_DAYS, None, None], [*TEN_OUTCOMES, "no review", None])
    assert (partial.cases, partial.open, partial.left_out) == (10, 4, 2)
    assert partial.share_at(90, "no review")[0] == pytest.approx(3 / 14)


@pytest.mark.parametrize(
    ("days", "outcome", "words"),
    [
        ([1, -2], ["x", "x"], "days at position 1 is -2"),
        ([1, 2], ["x"], "outcome has 1 values for 2 durations"),
        ([1, 2], ["x", " "], "outcome at position 1 is blank"),
        ([1, 2], [1, 2], "neither a name nor None"),
        ([1, 2], pl.Series([True, False]), "neither a name nor None"),
    ],
)
def test_what_cannot_be_followed_is_refused(days, outcome, words):
    with pytest.raises(ValueError, match=words):
        cumulative_incidence(days, outcome)


def test_an_outcome_outside_the_list_is_refused_without_repeating_it(ten):
    with pytest.raises(ValueError, match="1 of the outcomes seen are not among those given: x") as refused:
        cumulative_incidence([1, 2], ["x", "typed in by hand"], outcomes=["x"])
    assert "by hand" not in str(refused.value)
    with pytest.raises(ValueError, match="not one of those seen or given: local review, no review"):
        ten.share_at(30, "local reviews")
    with pytest.raises(ValueError, match="seen or given: there is none"):
        cumulative_incidence([3], [None]).share_at(2, "x")


def test_names_may_come_as_any_series_of_names():
    plain = cumulative_incidence(TEN_DAYS, TEN_OUTCOMES).table
    for names in (
        pl.Series(TEN_OUTCOMES, dtype=pl.Categorical),
        pl.Series(TEN_OUTCOMES, dtype=pl.Enum(["no review", "local review"])),
        np.array(TEN_OUTCOMES, dtype=object),
    ):
        assert cumulative_incidence(pl.Series(TEN_DAYS), names).table.equals(plain)


cases = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["a", "b", "c", None])), min_size=1, max_size=30)


@settings(deadline=None, max_examples=100)
@given(cases)
def test_shares_of_all_outcomes_and_the_share_still_open_add_up_to_1(pairs):
    days, outcome = zip(*pairs, strict=True)
    shares, still_open = cumulative_incidence(days, outcome), kaplan_meier(days, [name is not None for name in outcome])
    for (day,), rows in shares.table.group_by("days"):
        assert rows["share"].sum() + still_open.survival_at(day)[0] == pytest.approx(1, abs=1e-9)


@settings(deadline=None, max_examples=100)
@given(cases)
def test_shares_never_fall_and_lie_within_their_limits(pairs):
    table = cumulative_incidence(*zip(*pairs, strict=True)).table
    rises = table.select(pl.col("share").diff().over("outcome")).to_series().drop_nulls()
    assert (rises >= -1e-12).all()
    known = table.drop_nulls("lower")
    assert ((known["lower"] <= known["share"] + 1e-12) & (known["share"] <= known["upper"] + 1e-12)).all()
    assert known["lower"].is_between(0, 1).all() and known["upper"].is_between(0, 1).all()


@settings(deadline=None, max_examples=60)
@given(cases)
def test_one_outcome_alone_is_1_minus_the_share_still_open(pairs):
    days, outcome = zip(*[(day, name and "a") for day, name in pairs], strict=True)
    shares, still_open = cumulative_incidence(days, outcome), kaplan_meier(days, [name is not None for name in outcome])
    for row in shares.table.iter_rows(named=True):
        assert row["share"] == pytest.approx(1 - still_open.survival_at(row["days"])[0], abs=1e-9)


def variance_behind(row) -> float:
    """The variance that a pair of limits was made from."""
    share, lower = row["share"], row["lower"]
    reach = np.log(np.log(lower) / np.log(share))
    return (reach / 1.959963984540054 * share * np.log(share)) ** 2


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from("abc")), min_size=2, max_size=30))
def test_with_nothing_open_each_share_is_a_plain_proportion_with_its_binomial_variance(pairs):
    days, outcome = map(np.array, zip(*pairs, strict=True))
    for row in cumulative_incidence(days, outcome).table.iter_rows(named=True):
        plain = np.mean((days <= row["days"]) & (outcome == row["outcome"]))
        assert row["share"] == pytest.approx(plain, abs=1e-12)
        if row["lower"]:
            assert variance_behind(row) == pytest.approx(plain * (1 - plain) / len(pairs), rel=1e-6)


@settings(deadline=None, max_examples=60)
@given(cases)
def test_with_one_outcome_the_variance_is_greenwoods(pairs):
    days, closed = zip(*[(day, name is not None) for day, name in pairs], strict=True)
    shares = cumulative_incidence(days, ["a" if done else None for done in closed])
    greenwood = 0.0
    for row in shares.table.iter_rows(named=True):
        if row["at_risk"] > row["events"]:
            greenwood += row["events"] / (row["at_risk"] * (row["at_risk"] - row["events"]))
        if row["lower"]:
            assert variance_behind(row) == pytest.approx((1 - row["share"]) ** 2 * greenwood, rel=1e-6)


@settings(deadline=None, max_examples=60)
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_the_cases_changes_nothing(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    first, second = (cumulative_incidence(*zip(*each, strict=True)).table for each in (pairs, shuffled))
    assert first.equals(second)


@pytest.mark.parametrize("seed", range(5))
def test_untied_durations_agree_with_lifelines(seed):
    from lifelines import AalenJohansenFitter

    rng = np.random.default_rng(seed)
    # Whole days in any order, none twice; the last one open, because lifelines has no interval once nobody is left.
    days = rng.permutation(np.arange(1, 81))
    kind = np.where(days == 80, 0, rng.choice([0, 1, 2], 80, p=[0.3, 0.5, 0.2]))
    shares = cumulative_incidence(days, [{0: None, 1: "one", 2: "two"}[each] for each in kind])
    for number, name in ((1, "one"), (2, "two")):
        theirs = AalenJohansenFitter().fit(days, kind, event_of_interest=number)
        # lifelines calls the limits by each other's names.
        lower, upper = np.sort(theirs.confidence_interval_.loc[1:].to_numpy()).T
        ours = shares.table.filter(pl.col("outcome") == name)
        assert ours["share"].to_list() == pytest.approx(theirs.cumulative_density_.loc[1:].to_numpy()[:, 0], abs=1e-12)
        known = ours["lower"].is_not_null().to_numpy()
        assert ours["lower"].drop_nulls().to_list() == pytest.approx(lower[known], abs=1e-9)
        assert ours["upper"].drop_nulls().to_list() == pytest.approx(upper[known], abs=1e-9)
