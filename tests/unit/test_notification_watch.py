"""Few notifications and what came before them: the list, the false alarms to expect, and what moved."""

import numpy as np
import polars as pl
import pytest

from throughline.analyses.notification_context import moves
from throughline.analyses.notification_watch import watch_table, with_chances
from throughline.charts import notification_watch as charts
from throughline.charts import template
from throughline.wording import notification_watch as words


def together(*rows):
    schema = {"area_code": pl.String, "area_name": pl.String, "count": pl.Float64, "expected": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.fixture
def watched():
    return with_chances(
        together(
            ("a", "Ash", 0.0, 5.49), ("b", "Birch", 0.0, 3.6), ("c", "Cedar", 1.0, 7.3), ("d", "Dogwood", 9.0, 9.0)
        )
    )


def test_three_silent_years_of_a_middle_authority_are_asked_about(watched):
    row = watched.row(0, named=True)

    assert row["chance"] == pytest.approx(np.exp(-5.49))
    assert row["is_few"] is True


def test_where_so_little_is_expected_that_even_none_is_luck_nobody_is_asked(watched):
    row = watched.row(1, named=True)

    assert (row["is_few"], row["can_never_be_few"], row["luck"]) == (False, True, 0)
    assert words.watched_in_words(row) == "Too few expected for a low number to stand out"


def test_nothing_said_of_few_notifications_contradicts_what_is_high_or_low_at_95_percent():
    rows = with_chances(together(("a", "Blackpool", 10.0, 2.8), ("b", "Cornwall", 3.0, 9.6)))
    high, low = rows.iter_rows(named=True)

    # Ten of 2.8 expected stand out by being many; three of 9.6 come by luck once in 72, and a question once in 100.
    assert high["lower"] > 1 and words.watched_in_words(high) == "Too few expected for a low number to stand out"
    assert low["upper"] < 1 and 0.01 < low["chance"] < 0.025
    assert words.watched_in_words(low) == "Not so few that a question is asked (1 in 100)"


def test_the_false_alarms_are_the_sum_of_every_count_that_would_be_asked_about(watched):
    from scipy.stats import poisson

    by_hand = sum(
        sum(poisson.pmf(count, expected) for count in range(40) if poisson.cdf(count, expected) < 0.01)
        for expected in watched["expected"]
    )
    assert watched["luck"].sum() == pytest.approx(by_hand)


def test_the_list_is_in_order_of_name_and_leads_to_profiles(watched):
    table = watch_table(watched, ["2024", "2025", "2026"], "England", is_confirmation_seen=True)

    assert [row[0].words for row in table.rows] == ["Ash", "Birch", "Cedar", "Dogwood"]
    assert table.rows[0][0].address == "/profile?partnership=a"
    assert [row[-1] for row in table.rows][2] == "Fewer than luck would give: ask"


def test_who_may_not_see_what_was_sent_is_told_that_unconfirmed_years_count_as_none(watched):
    seen, unseen = (
        watch_table(watched, ["2024", "2025", "2026"], "England", is_seen).note for is_seen in (True, False)
    )

    assert "nothing that says there was none, are left out" in seen
    assert "nothing that says" not in unseen and "here it counts as none" in unseen


def test_those_below_the_line_have_a_shape_of_their_own_and_lie_below_it(watched):
    figure = charts.few_against_expected(watched, 0.01)
    line, others, few = figure.data

    assert others.marker.symbol != few.marker.symbol
    assert [words.partition(":")[0] for words in few.hovertext] == ["Ash", "Cedar"]
    for x, y in zip(few.x, few.y, strict=True):
        assert y < np.interp(x, line.x, line.y)
    for x, y in zip(others.x, others.y, strict=True):
        assert x < line.x[0] or y > np.interp(x, line.x, line.y)


def test_points_by_year_have_intervals_start_at_zero_and_a_hidden_year_has_none():
    rows = pl.DataFrame(
        {
            "year": ["2024", "2025", "2026"],
            "value": [0.4, None, 0.5],
            "lower": [0.3, None, 0.4],
            "upper": [0.5, None, 0.6],
            "shown": ["40.0%", "[c]", "50.0%"],
        }
    )
    figure = charts.yearly_points(rows, "proportion")

    assert list(figure.data[0].x) == [2024, 2026]
    assert figure.layout.yaxis.range[0] == 0
    assert all(each > 0 for each in figure.data[0].error_y.array)


def test_only_the_palette_is_used(watched):
    import re

    used = re.findall(r"#[0-9A-Fa-f]{6}", charts.few_against_expected(watched, 0.01).to_json())
    assert {colour.upper() for colour in used} <= {colour.upper() for colour in template.PALETTE}


def yearly(**by_year):
    rows = [
        {
            "period": year.lstrip("y"),
            "numerator": None if cases is None else float(cases),
            "denominator": None if of is None else float(of),
            "value": None if cases is None else (cases / of if of else float(cases)),
        }
        for year, (cases, of) in by_year.items()
    ]
    schema = {"period": pl.String, "numerator": pl.Float64, "denominator": pl.Float64, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema)


def test_fewer_came_and_the_same_share_was_notified():
    considered = yearly(y2021=(1000, None), y2026=(700, None))
    share = yearly(y2021=(400, 1000), y2026=(280, 700))

    assert moves(considered, share) == ("fell", "", "2021", "2026")
    assert "fewer incidents coming" in words.fits("fell", "")


def test_as_many_came_and_fewer_were_notified():
    considered = yearly(y2021=(1000, None), y2026=(1010, None))
    share = yearly(y2021=(400, 1000), y2026=(250, 1010))

    assert moves(considered, share)[:2] == ("", "fell")
    assert "fewer were notified" in words.fits("", "fell")


def test_no_reading_of_the_criteria_is_read_from_a_change_that_is_not_clear():
    considered = yearly(y2021=(160, None), y2026=(68, None))
    share = yearly(y2021=(54, 160), y2026=(18, 68))
    moved = moves(considered, share)[:2]

    assert moved == ("fell", "")
    assert "whether the criteria were read more firmly cannot be told" in words.fits(*moved)
    for unclear in (("fell", ""), ("rose", ""), ("", "fell"), ("", "rose")):
        assert "cannot be told" in words.fits(*unclear)


def test_a_small_area_moves_by_luck_alone():
    considered = yearly(y2021=(6, None), y2026=(2, None))
    share = yearly(y2021=(3, 6), y2026=(2, 2))

    assert moves(considered, share)[:2] == ("", "")


def test_nothing_in_either_year_is_no_change():
    assert moves(yearly(y2021=(0, None), y2026=(0, None)), yearly(y2021=(0, 4), y2026=(0, 4)))[:2] == ("", "")


def test_with_one_year_or_all_hidden_nothing_is_said():
    one = yearly(y2026=(3, None))
    hidden = yearly(y2021=(None, None), y2026=(None, None))

    assert moves(one, yearly(y2026=(3, 4)))[:2] == (None, None)
    assert moves(hidden, hidden)[:2] == (None, None)
    assert words.context_heading(None, None, "", "") == "What came before notification cannot be shown for this area"


def test_every_pair_of_moves_has_its_words():
    for considered in ("fell", "rose", ""):
        for share in ("fell", "rose", ""):
            assert words.fits(considered, share).endswith(".")
            assert words.context_heading(considered, share, "2021", "2026")


def test_nobody_on_the_list_is_said_with_what_luck_would_do():
    said = words.watch_notice([], 136, 0.5, ["2024", "2025", "2026"])

    assert "Nobody is on the list." in said
    assert "luck alone would put about 0.5 on this list" in said
    assert words.watch_heading(0, 136) == "None of 136 partnerships notifies few enough to ask about"
    assert words.watch_heading(1, 136) == "1 of 136 partnerships notifies few enough to ask about"
    assert words.watch_heading(2, 136) == "2 of 136 partnerships notify few enough to ask about"
    assert words.watch_heading(1, 1) == "1 of 1 partnership notifies few enough to ask about"


def test_the_chart_says_what_runs_upwards_and_sets_names_in_the_room_below_the_line():
    rows = pl.DataFrame(
        {
            "area_name": ["Ash", "Birch"],
            "count": [2.0, 12.0],
            "expected": [9.0, 12.0],
            "is_few": [True, False],
        }
    )
    drawn = charts.few_against_expected(rows, 0.01).layout.annotations
    name = next(one for one in drawn if one.text == "Ash")

    assert "Number notified" in [one.text for one in drawn]
    assert name.yshift < 0 and name.bgcolor is not None
