"""Which questions a partnership's figures support: the rule, its strength, its families and its luck."""

import numpy as np
import polars as pl
import pytest

from throughline.analyses import evidence
from throughline.analyses.questions import Candidate, choose, find_questions
from throughline.statistics import (
    compare_proportions,
    compare_rates,
    compare_with_expected,
    flag_against,
    flag_probability,
    rate_interval,
    wilson_interval,
)

CATALOGUE = pl.DataFrame(
    [
        ("CV1", "conversion", "proportion"),
        ("CV9", "conversion", "proportion"),
        ("DM6", "recording", "proportion"),
        ("DM1", "recording", "proportion"),
        ("NT1", "notifications", "count"),
        ("NT2", "notifications", "per_100000_children"),
        ("NT5", "notifications", "observed_over_expected"),
        ("TM2", "timeliness", "proportion"),
        ("TM2b", "timeliness", "proportion"),
        ("TM4", "timeliness", "proportion"),
        ("RC6", "recommendations", "proportion"),
    ],
    schema=["indicator", "family", "unit"],
    orient="row",
)
ROW = {
    "indicator": pl.String,
    "breakdown": pl.String,
    "period": pl.String,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "value": pl.Float64,
    "lower95": pl.Float64,
    "upper95": pl.Float64,
    "lower998": pl.Float64,
    "upper998": pl.Float64,
    "status": pl.String,
    "reason": pl.String,
    "comparisons": pl.String,
    "is_part_period": pl.Boolean,
}


def share(indicator, cases, of, england=None, breakdown="total", earlier=None, status="ok"):
    """A row with the interval that a build would give it, and how it says that it stands."""
    low95, high95 = wilson_interval(cases, of)
    low998, high998 = wilson_interval(cases, of, 0.998)
    stands = []
    if england is not None:
        stands.append(f'"england": "{flag_against(cases, of, england)}"')
    if earlier:
        stands.append(f'"earlier": "{earlier}"')
    return {
        "indicator": indicator,
        "breakdown": breakdown,
        "period": "2024-2026",
        "numerator": float(cases),
        "denominator": float(of),
        "value": cases / of,
        "lower95": float(low95),
        "upper95": float(high95),
        "lower998": float(low998),
        "upper998": float(high998),
        "status": status,
        "reason": None,
        "comparisons": "{" + ", ".join(stands) + "}",
        "is_part_period": False,
    }


def rows(*given):
    return pl.DataFrame(given, schema=ROW)


def england(**values):
    return rows(*({"indicator": name, "breakdown": "total", "value": value} for name, value in values.items()))


def yearly(counts, expected):
    return rows(
        *(
            {
                "indicator": "NT5",
                "breakdown": "total",
                "period": str(2021 + place),
                "numerator": float(count),
                "denominator": expected,
                "status": "ok",
                "is_part_period": False,
            }
            for place, count in enumerate(counts)
        )
    )


def find(*own, before=(), of_england=None, years=(), expected=2.0, overdue=None):
    return find_questions(
        rows(*own),
        rows(*before),
        england() if of_england is None else of_england,
        yearly(years, expected),
        overdue or {},
        CATALOGUE,
    )


def test_alike_in_everything_there_is_no_question():
    found = find(share("CV1", 40, 100, 0.4), share("TM2", 90, 100, 0.9), of_england=england(CV1=0.4, TM2=0.9))

    assert found.chosen == ()
    assert found.looks == 2
    assert 0 < found.expected_by_luck <= 2 * 0.002


def test_what_differs_at_95_alone_raises_no_question():
    row = share("CV1", 52, 100, 0.4)

    assert "higher_95" in row["comparisons"]
    assert find(row, of_england=england(CV1=0.4)).chosen == ()


def test_what_differs_at_998_raises_one():
    found = find(share("CV1", 60, 100, 0.4), of_england=england(CV1=0.4))

    (one,) = found.chosen
    assert (one.kind, one.indicator, one.direction, one.cases) == ("england", "CV1", "higher", 60)
    assert one.chance == pytest.approx(float(evidence.chance_of_share(np.array(60), np.array(100), np.array(0.4))))


def test_two_of_three_below_nearly_all_is_no_flag_and_no_question():
    """Wilson's limits leave out 99% at 2 of 3, though luck gives that to three places in a hundred."""
    found = find(share("DM1", 2, 3, 0.99), of_england=england(DM1=0.99))

    assert wilson_interval(2, 3, 0.998)[1] < 0.99
    assert (found.chosen, found.too_few) == ((), 1)
    assert found.expected_by_luck == pytest.approx(float(flag_probability(3, 0.99)[1]))


def rate(cases, children, of_england):
    """Notifications for every 100,000 children, as a build would value and compare them."""
    limits = [float(end) for level in (0.95, 0.998) for end in rate_interval(cases, children, confidence=level)]
    stands = flag_against(cases, children, of_england, "rate")
    return {
        **share("NT2", 1, 2),
        "numerator": float(cases),
        "denominator": float(children),
        "value": 1e5 * cases / children,
        **dict(zip(("lower95", "upper95", "lower998", "upper998"), limits, strict=True)),
        "comparisons": f'{{"england": "{stands}"}}',
    }


def test_ten_notifications_where_two_are_expected_raise_a_question_however_few_are_expected():
    """What the comparison flags the profile asks about; only a "no different" needs five expected."""
    found = find(rate(10, 77_000, 3.0), of_england=england(NT2=3.0))

    (one,) = found.chosen
    assert (one.kind, one.indicator, one.direction, one.cases) == ("england", "NT2", "higher", 10)
    assert (found.looks, found.too_few) == (1, 0)
    # Seen or not, that comparison could raise one: its luck is counted, and is that of so many expected.
    alike = find(rate(2, 77_000, 3.0), of_england=england(NT2=3.0))
    assert (alike.chosen, alike.looks, alike.too_few) == ((), 1, 1)
    assert alike.expected_by_luck == found.expected_by_luck == pytest.approx(chance_of_a_flag(2.31), rel=1e-6)


def chance_of_a_flag(expected):
    """Every count that the rule flags, with its Poisson chance: slow, and the rule's own words."""
    from scipy.stats import poisson

    counts = np.arange(60)
    flagged = [str(flag_against(int(count), expected, 1.0, "ratio")).endswith("998") for count in counts]
    return poisson.pmf(counts[flagged], expected).sum()


def test_a_comparison_in_which_no_count_is_flagged_is_none_of_those_made():
    found = find(share("CV1", 1, 3, 0.4), of_england=england(CV1=0.4))

    assert (found.looks, found.expected_by_luck, found.too_few) == (0, 0, 1)


def test_a_change_from_its_own_earlier_period_raises_one_and_needs_no_england():
    before = share("CV9", 2, 60)
    found = find(share("CV9", 25, 60, earlier="higher_998"), before=[before])

    (one,) = found.chosen
    assert (one.kind, one.direction) == ("earlier", "higher")


def test_recorded_and_not_considered_in_most_cases_raises_one_whatever_england_does():
    found = find(share("DM6", 45, 50, 0.9), of_england=england(DM6=0.9))

    (one,) = found.chosen
    assert (one.kind, one.direction) == ("mostly", "higher")
    assert find(share("DM6", 5, 50, 0.1), of_england=england(DM6=0.1)).chosen == ()


def test_ten_of_ten_are_enough_for_most_and_three_of_four_are_not():
    assert len(find(share("DM6", 10, 10)).chosen) == 1
    assert find(share("DM6", 3, 4)).chosen == ()


def test_so_few_notifications_over_three_years_are_asked_about_at_one_in_a_hundred():
    silent = find(years=[0, 0, 0], expected=1.83)  # exp(-5.49) = 0.4%
    (one,) = silent.chosen

    assert one.kind == "few"
    assert one.chance == pytest.approx(np.exp(-5.49), rel=1e-6)
    assert one.years == ("2021", "2022", "2023")
    assert find(years=[0, 0, 0], expected=1.5).chosen == ()  # 1.1%
    assert find(years=[0, 0], expected=5.0).chosen == ()  # two years are not asked about


def test_a_year_without_a_return_is_not_a_year_without_notifications():
    unknown = yearly([0, 0, 0], 3.0).with_columns(status=pl.lit("x"), numerator=pl.lit(None, pl.Float64))

    assert find_questions(rows(), rows(), england(), unknown, {}, CATALOGUE).chosen == ()


def test_open_past_their_time_is_a_fact_and_comes_first():
    found = find(share("CV1", 60, 100, 0.4), of_england=england(CV1=0.4), overdue={"TM4": 1, "TM2": 0})

    assert [one.kind for one in found.chosen] == ["overdue", "england"]
    assert found.chosen[0].chance == 0


def test_facts_stand_before_even_the_least_likely_comparison_and_are_counted_apart_from_it():
    """All of 2,000 where England has 1 in a hundred: a chance too small to be written down is still no fact."""
    found = find(
        share("CV1", 2000, 2000, 0.01),
        share("RC6", 4, 8),
        share("TM2", 90, 100, 0.9),
        of_england=england(CV1=0.01, TM2=0.9),
        overdue={"TM4": 2},
    )

    assert [one.kind for one in found.chosen] == ["overdue", "repeats", "england"]
    assert (found.facts, found.raised, found.looks) == (2, 1, 2)
    only_facts = find(share("TM2", 90, 100, 0.9), of_england=england(TM2=0.9), overdue={"TM4": 2})
    assert (only_facts.facts, only_facts.raised, only_facts.looks) == (1, 0, 1)


def test_three_repeats_of_finished_actions_raise_one_and_two_do_not():
    assert [one.kind for one in find(share("RC6", 3, 12)).chosen] == ["repeats"]
    assert find(share("RC6", 2, 12)).chosen == ()
    without = CATALOGUE.filter(pl.col("indicator") != "RC6")
    assert find_questions(rows(share("RC6", 9, 12)), rows(), england(), yearly([], 2), {}, without).chosen == ()


def test_bare_counts_lead_children_and_figures_kept_beside_another_are_not_looked_at():
    count = share("NT1", 60, 100, 0.4)
    beside = share("TM2b", 60, 100, 0.4)
    lead = share("DM1", 60, 100, 0.4, breakdown="ethnicity:lcspr:lead_child")

    assert find(count, beside, lead, of_england=england(NT1=0.4, TM2b=0.4, DM1=0.4)).looks == 0


def test_hidden_figures_are_not_looked_at():
    hidden = {**share("CV1", 60, 100, 0.4), "status": "c", "numerator": None, "value": None}

    assert find(hidden, of_england=england(CV1=0.4)).looks == 0


def candidate(indicator, family, chance, breakdown="total"):
    return Candidate("england", indicator, breakdown, family, chance)


def test_a_second_question_of_a_family_waits_for_the_first_of_every_other():
    chosen = choose(
        [
            candidate("CV1", "conversion", 1e-9),
            candidate("CV9", "conversion", 1e-8),
            candidate("CV5", "conversion", 1e-7),
            candidate("TM2", "timeliness", 1e-5),
            candidate("NT2", "notifications", 1e-4),
        ]
    )

    assert [one.indicator for one in chosen] == ["CV1", "CV9", "TM2", "NT2"]


def test_two_of_one_subject_never_stand_together():
    chosen = choose([candidate("DM1", "recording", 1e-9), candidate("DM2", "recording", 1e-8)])

    assert [one.indicator for one in chosen] == ["DM1"]


def test_there_are_five_at_most_in_order_of_evidence():
    families = ("conversion", "timeliness", "recording", "recommendations", "notifications")
    given = [
        candidate(f"{family[:2].upper()}{number}", family, 10.0 ** -(3 + place + number))
        for place, family in enumerate(families)
        for number in (1, 2)
    ]
    chosen = choose(given)

    assert len(chosen) == 5
    assert [one.chance for one in chosen] == sorted(one.chance for one in chosen)
    assert len({one.family for one in chosen}) == 5
    assert choose(reversed(given)) == chosen


@pytest.mark.parametrize(("size", "value"), [(10, 0.4), (40, 0.9), (200, 0.02), (1000, 0.5)])
def test_the_luck_of_a_share_is_the_chance_of_every_count_that_would_be_asked_about(size, value):
    from scipy.stats import binom

    counts = np.arange(size + 1)
    asked = evidence.chance_of_share(counts, size, value) < evidence.LEVEL

    assert evidence.luck_of_share(np.array(size), np.array(value)) == pytest.approx(
        binom.pmf(counts[asked], size, value).sum(), abs=1e-12
    )


@pytest.mark.parametrize(("cases", "of", "before", "of_before"), [(8, 20, 5, 30), (40, 60, 30, 90), (2, 4, 1, 5)])
def test_the_luck_of_a_change_is_the_chance_of_every_split_that_would_be_asked_about(cases, of, before, of_before):
    from scipy.stats import binom, hypergeom

    together = cases + before
    splits = np.arange(max(0, together - of_before), min(of, together) + 1)
    asked = compare_proportions(splits, of, together - splits, of_before) < evidence.LEVEL
    given = [np.array([number]) for number in (cases, of, before, of_before)]
    assert evidence.luck_of_changed_share(*given)[0] == pytest.approx(
        hypergeom.pmf(splits[asked], of + of_before, together, of).sum(), abs=1e-12
    )

    splits = np.arange(together + 1)
    asked = compare_rates(splits, of, together - splits, of_before).p_value < evidence.LEVEL
    assert evidence.luck_of_changed_rate(*given)[0] == pytest.approx(
        binom.pmf(splits[asked], together, of / (of + of_before)).sum(), abs=1e-12
    )


def test_the_chance_of_a_count_is_the_exact_one():
    assert evidence.chance_of_count(7, 2.24) == pytest.approx(compare_with_expected(7, 2.24))


@pytest.mark.parametrize("expected", [1.0, 5.49, 12.0])
def test_and_of_so_few(expected):
    from scipy.stats import poisson

    counts = np.arange(60)
    asked = evidence.chance_of_so_few(counts, expected) < 0.01

    assert evidence.luck_of_so_few(np.array(expected), 0.01) == pytest.approx(
        poisson.pmf(counts[asked], expected).sum()
    )


def test_among_areas_that_are_all_alike_luck_raises_as_many_as_it_is_said_to():
    draw = np.random.default_rng(3)
    expected, raised = 0.0, 0
    for _ in range(1500):
        cases = int(draw.binomial(60, 0.4))
        found = find(share("CV1", cases, 60, 0.4), of_england=england(CV1=0.4))
        expected, raised = expected + found.expected_by_luck, raised + len(found.chosen)

    assert 1 < expected < 4
    assert raised <= 11  # Poisson with a mean of about 3.3: more than 11 comes less than once in 4,000
