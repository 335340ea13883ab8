"""What a partnership is told of its neighbours together gives no small number of theirs away."""

import polars as pl
import pytest

from throughline.neighbour_pools import safe_pool

UNITS = {"NT1": "count"} | dict.fromkeys(["CV5", "DM1", "DM5", "RC7", "RC8", "TM4"], "proportion")
CATALOGUE = pl.DataFrame({"indicator": list(UNITS), "unit": list(UNITS.values())})
COLUMNS = {
    **dict.fromkeys(["area_type", "area_code", "period_type", "period", "indicator", "breakdown"], pl.String),
    **dict.fromkeys(["numerator", "denominator"], pl.Float64),
    **dict.fromkeys(["immature", "excluded"], pl.Int64),
}
NEIGHBOURS = pl.Series(["bury", "hull"])
BLOCK = "2024-2026"


def rows(*counts, area=("statistical_neighbours", "leeds"), period=BLOCK):
    """Rows of one area and period from (indicator, breakdown, numerator, denominator)."""
    kind = "three_years" if "-" in period else "year"
    listed = [(*area, kind, period, *count, 2, 3) for count in counts]
    return pl.DataFrame(listed, schema=COLUMNS, orient="row")


def told(pool, public=None):
    """The periods and measures that may be told of a pool, beside what the public reads."""
    public = rows() if public is None else public
    safe = safe_pool(pool, public.lazy(), NEIGHBOURS, CATALOGUE)
    return set(safe.select("period", "indicator", "breakdown").iter_rows())


def test_a_pool_of_many_is_told_and_one_of_few_is_not():
    pool = rows(("CV5", "total", 30.0, 70.0), ("NT1", "total", 4.0, None))

    assert told(pool) == {(BLOCK, "CV5", "total")}


def test_parts_of_a_whole_are_told_together_or_not_at_all():
    # 35 less 20 less 12 would be the 3 that is hidden.
    loops = [("RC8", "single", 20.0, 35.0), ("RC8", "double", 12.0, 35.0), ("RC8", "triple", 3.0, 35.0)]

    assert told(rows(*loops)) == set()


def test_natures_do_not_give_the_last_of_them_away():
    natures = [("NT1", "child_death", 20.0, None), ("NT1", "serious_harm", 30.0, None), ("NT1", "other", 2.0, None)]

    assert told(rows(("NT1", "total", 52.0, None), *natures)) == {(BLOCK, "NT1", "total")}


def test_years_and_periods_that_share_them_are_not_told_so_that_none_can_be_subtracted():
    # 2024 to 2026 less 2024 and 2025 would be the 3 of 2026.
    block = rows(("CV5", "total", 23.0, 70.0))
    others = [
        rows(("CV5", "total", count, 30.0), period=period)
        for period, count in (("2024", 10.0), ("2025", 10.0), ("2026", 3.0), ("2023-2025", 30.0))
    ]

    assert told(pl.concat([block, *others])) == {(BLOCK, "CV5", "total")}


def test_a_measure_whose_cases_are_anothers_is_hidden_with_it():
    # The local reviews that are late or overdue are those that were not on time: 26 less 23 are late.
    pool = rows(("TM4", "total", 3.0, 29.0), ("TM4", "overdue", 23.0, 29.0), ("TM4", "late", 3.0, 29.0))

    assert told(pool) == set()


@pytest.mark.parametrize("shown", [("RC7", "local", 12.0, 40.0), ("RC7", "national", 6.0, 40.0)])
def test_nothing_is_told_beside_a_neighbours_own_cases_in_any_breakdown(shown):
    pool = rows(("RC7", "local", 60.0, 100.0), ("RC7", "national", 40.0, 100.0), ("CV5", "total", 30.0, 70.0))
    public = rows(shown, area=("partnership", "bury"))

    assert told(pool, public) == {(BLOCK, "CV5", "total")}
    assert told(pool, rows(shown, area=("partnership", "kent"))) > {(BLOCK, "RC7", "local")}


def test_what_depends_on_a_hidden_measure_is_hidden_with_it_and_so_is_what_depends_on_that():
    every, lead = "ethnicity:rapid_review", "ethnicity:rapid_review:lead_child"
    counts = [("DM1", every, 26.0, 46.0), ("DM1", lead, 20.0, 30.0), ("DM5", lead, 12.0, 30.0)]
    pool = rows(*counts, ("CV5", "total", 30.0, 70.0))

    assert {(BLOCK, *count[:2]) for count in counts} < told(pool)
    beside = rows(("DM1", every, 12.0, 20.0), area=("partnership", "bury"))
    assert told(pool, beside) == {(BLOCK, "CV5", "total")}


def test_how_many_were_left_out_is_not_told_of_a_pool():
    safe = safe_pool(rows(("CV5", "total", 30.0, 70.0)), rows().lazy(), NEIGHBOURS, CATALOGUE)

    assert safe.select("immature", "excluded").row(0) == (None, None)
