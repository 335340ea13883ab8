"""Charts are honest: an interval with every dot, nothing hidden drawn as zero, name order, and the palette only."""

import json
import re

import polars as pl
import pytest

from throughline.charts import comparison, notification_series, notification_trends, template
from throughline.statistics import xmr

COLUMNS = ["area_name", "label", "value", "lower95", "upper95", "status", "reason", "differs", "shown"]


def rows(*given):
    schema = dict(
        zip(
            COLUMNS, [pl.String, pl.String, *[pl.Float64] * 3, pl.String, pl.String, pl.Boolean, pl.String], strict=True
        )
    )
    return pl.DataFrame(given, schema=schema, orient="row")


@pytest.fixture
def partnerships():
    return rows(
        ("Zeal", "3 of 4", 0.75, 0.3, 0.95, "ok", None, False, "3 of 4"),
        ("Alder", "", None, None, None, "c", "confidential", False, "[c]"),
        ("Birch", "0 of 9", 0.0, 0.0, 0.3, "ok", None, False, "0 of 9"),
        ("Cedar", "99 of 100", 0.99, 0.95, 0.998, "ok", None, True, "99.0%"),
        ("Dogwood", "", None, None, None, "x", "no_return", False, "[x]"),
        ("Elm", "", None, None, None, "z", "no_cases", False, "[z]"),
        ("Fir", "", None, None, None, "u", "low_reliability", False, "14 of 17 [u]"),
    )


@pytest.fixture
def references():
    return pl.DataFrame(
        [
            {"area_name": "England", "label": "England 80.0%", "value": 0.8},
            {"area_name": "North East", "label": "North East 79.0%", "value": 0.79},
        ]
    )


def points(figure):
    return [(trace, place) for trace in figure.data for place in range(len(trace.x))]


def test_every_dot_has_its_interval(partnerships, references):
    figure = comparison.dots_with_intervals(partnerships, references, "proportion")

    drawn = points(figure)
    assert len(drawn) == 3
    for trace, place in drawn:
        assert trace.error_x.array[place] + trace.error_x.arrayminus[place] > 0


def test_what_has_no_number_is_words_and_not_a_dot(partnerships, references):
    figure = comparison.dots_with_intervals(partnerships, references, "proportion")
    written = [note.text for note in figure.layout.annotations]

    assert {"[c] small count", "[x] no return", "[z] no cases", "14 of 17 [u]"} <= set(written)
    assert sorted(x for trace in figure.data for x in trace.x) == [0, 75, 99]  # the one zero is a true one


def test_partnerships_are_in_name_order_from_the_top(partnerships, references):
    figure = comparison.dots_with_intervals(partnerships, references, "proportion")

    assert list(figure.layout.yaxis.ticktext) == ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Zeal"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]


def test_a_difference_has_a_shape_of_its_own_and_not_only_a_colour(partnerships, references):
    figure = comparison.dots_with_intervals(partnerships, references, "proportion")

    assert len({trace.marker.symbol for trace in figure.data}) == 2


def test_a_group_of_nobody_still_makes_a_figure(references):
    assert comparison.dots_with_intervals(rows(), references, "proportion").data


@pytest.fixture
def series():
    published = pl.DataFrame(
        {
            "reporting_year": [2016, 2021, 2022, 2024],
            "period": ["full_year"] * 4,
            "nature": ["total"] * 4,
            "number_notifications": [379, 536, 442, 405],
            "number_rounding": ["unrounded"] * 4,
            "value_status": ["published", "published", "published_secondary", "published"],
            "publisher": ["Ofsted", "DfE", "DfE", "DfE"],
        }
    )
    returned = pl.DataFrame(
        {
            "period": ["2021", "2022", "2023", "2024", "2025"],
            "breakdown": ["total"] * 5,
            "numerator": [500.0, 450.0, None, 400.0, 90.0],
            "value": [500.0, 450.0, None, 400.0, 90.0],
            "lower95": [457.1, 409.4, None, 361.8, 72.4],
            "upper95": [545.8, 493.6, None, 441.2, 110.6],
            "status": ["ok", "ok", "c", "ok", "ok"],
            "is_part_period": [False, False, False, False, True],
        }
    )
    rates = pl.DataFrame(
        {"period": ["2021", "2022", "2024"], "denominator": [11_700_000.0, 11_800_000.0, 11_900_000.0]}
    )
    return notification_series.notification_series(published, returned, rates)


def test_another_collection_is_not_joined_to_this_one(series):
    assert 2016 not in series["reporting_year"].to_list()


def test_a_rate_is_the_count_over_its_population(series):
    rate = series.filter((pl.col("source") == "published") & (pl.col("reporting_year") == 2024))
    assert rate["rate"][0] == pytest.approx(405 / 119)
    assert rate["rate_lower"][0] < 405 / 119 < rate["rate_upper"][0]


def test_a_part_year_has_no_rate_and_is_not_drawn(series):
    figure = notification_trends.published_and_returns(series, is_synthetic=True)

    assert series.filter(pl.col("is_part_period"))["rate"].to_list() == [None]
    assert 2025 not in list(figure.data[1].customdata)


def test_the_line_breaks_where_a_year_is_not_known(series):
    line = notification_trends.published_and_returns(series, is_synthetic=True).data[0]

    assert dict(zip(line.x, line.y, strict=True))[2023] is None
    assert line.connectgaps is False


def test_a_second_hand_figure_is_a_hollow_point(series):
    line = notification_trends.published_and_returns(series, is_synthetic=True).data[0]

    assert line.marker.color[list(line.x).index(2022)] == template.WHITE
    assert line.marker.color[list(line.x).index(2021)] == template.DARK_BLUE


def test_suppressed_returns_are_not_drawn_and_the_rest_have_intervals(series):
    returned = notification_trends.published_and_returns(series, is_synthetic=True).data[1]

    assert list(returned.customdata) == [2021, 2022, 2024]
    assert all(
        low > 0 and high > 0 for low, high in zip(returned.error_y.arrayminus, returned.error_y.array, strict=True)
    )


def test_counts_start_at_zero(series):
    assert notification_trends.published_and_returns(series, is_synthetic=True).layout.yaxis.range[0] == 0


def test_only_the_palette_is_used(series, partnerships, references):
    quarters = pl.DataFrame(
        {
            "period": [f"{2021 + n // 4}-Q{n % 4 + 1}" for n in range(16)],
            "value": [71.0, 68, 74, 70, 66, 73, 69, 72, 75, 77, 78, 76, 79, 80, 77, 91],
        }
    )
    figures = [
        notification_trends.published_and_returns(series, is_synthetic=True),
        notification_trends.control_chart(quarters, xmr(quarters["value"])),
        comparison.dots_with_intervals(partnerships, references, "proportion"),
    ]
    for figure in figures:
        used = {
            colour.upper()
            for colour in re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(figure.to_plotly_json(), default=str))
        }
        assert used <= {colour.upper() for colour in template.PALETTE}


def test_no_chart_offers_to_send_its_data_away():
    assert template.CONFIG["displayModeBar"] is False
    assert template.CONFIG["showSendToCloud"] is False


def test_one_very_wide_interval_is_cut_and_said_to_be(references):
    wide = rows(
        ("A", "1 to 1", 1.0, 0.01, 78.0, "ok", None, False, "1.00"),
        ("B", "7 to 6", 1.2, 0.4, 3.5, "ok", None, False, "1.20"),
    )
    plain = wide.filter(pl.col("area_name") == "B")

    assert comparison.dots_with_intervals(wide, references, "ratio").layout.xaxis.range[1] < 10
    assert comparison.is_cut(wide, references, "ratio")
    assert not comparison.is_cut(plain, references, "ratio")


def test_a_pointer_over_a_dot_is_told_what_the_table_says_and_never_a_percentage_of_a_few_cases(
    partnerships, references
):
    figure = comparison.dots_with_intervals(partnerships, references, "proportion")

    assert {trace.hoverinfo for trace in figure.data} == {"text"}
    shown = [words.replace("<br>", ",").split(",")[0] for trace in figure.data for words in trace.hovertext]
    assert shown == ["Birch: 0 of 9", "Zeal: 3 of 4", "Cedar: 99.0%"]


def test_a_limit_that_was_not_reached_runs_off_the_scale_and_is_said_to(references):
    medians = rows(
        ("A", "5 of 9", 300.0, 180.0, None, "ok", None, False, "300"),
        ("B", "9 of 9", 200.0, 150.0, 260.0, "ok", None, False, "200"),
    )
    days = references.with_columns(value=pl.Series([250.0, 260.0]))
    figure = comparison.dots_with_intervals(medians, days, "days")

    assert figure.data[0].x[0] + figure.data[0].error_x.array[0] >= figure.layout.xaxis.range[1]
    assert comparison.is_cut(medians, days, "days")
    assert not comparison.is_cut(medians.filter(pl.col("area_name") == "B"), days, "days")


def test_a_very_long_name_gets_a_higher_row_and_touches_no_other(references):
    long = "Hammersmith and Fulham, Kensington and Chelsea and Westminster"
    given = rows(*((name, "1 of 2", 0.5, 0.1, 0.9, "ok", None, False, "1 of 2") for name in ("Ash", long, "Yew")))
    figure = comparison.dots_with_intervals(given, references, "proportion")
    lines = [name.count("<br>") + 1 for name in figure.layout.yaxis.ticktext]
    middles = list(figure.layout.yaxis.tickvals)
    pixels = (figure.layout.height - comparison.EDGES) / (figure.layout.yaxis.range[0] - figure.layout.yaxis.range[1])

    assert max(lines) > comparison.MOST_LINES
    for place in range(2):
        assert (middles[place + 1] - middles[place]) * pixels >= 15 * (lines[place] + lines[place + 1]) / 2


@pytest.mark.parametrize(("unit", "heading"), [("proportion", "Cases"), ("days", "Closed")])
def test_the_numbers_at_the_right_have_a_heading_where_there_are_any(partnerships, references, unit, heading):
    drawn = comparison.dots_with_intervals(partnerships, references, unit).layout.annotations
    nobody = comparison.dots_with_intervals(rows(), references, unit).layout.annotations

    assert heading in [one.text for one in drawn]
    assert heading not in [one.text for one in nobody]
