"""Small drawings on one scale, funnels and own sets: honest at their edges."""

import re

import plotly.graph_objects as go
import polars as pl
import pytest

from throughline.analyses import own_group
from throughline.analyses.comparison_funnel import curves
from throughline.charts import comparison_over_time as charts
from throughline.charts import template
from throughline.charts.svg import to_svg
from throughline.charts.svg_text import width_of
from throughline.statistics import flag_against
from throughline.wording import comparison_over_time as words

YEARLY = {
    "area_name": pl.String,
    "year": pl.String,
    "value": pl.Float64,
    "lower95": pl.Float64,
    "upper95": pl.Float64,
    "status": pl.String,
    "shown": pl.String,
    "is_part_period": pl.Boolean,
}


@pytest.fixture
def yearly():
    return pl.DataFrame(
        [
            ("Zeal", "2025", 0.5, 0.2, 0.8, "ok", "2 of 4", False),
            ("Zeal", "2026", None, None, None, "c", "[c]", False),
            ("Ash", "2025", 0.0, 0.0, 0.5, "ok", "0 of 4", False),
            ("Ash", "2026", 1.0, 0.3, 1.0, "ok", "2 of 2", True),
        ],
        schema=YEARLY,
        orient="row",
    )


def test_every_point_has_its_interval_and_a_hidden_year_is_its_letter(yearly):
    points, letters = charts.small_multiples(yearly, "proportion").data

    assert len(points.x) == 3
    assert all(low + high > 0 for low, high in zip(points.error_y.arrayminus, points.error_y.array, strict=True))
    assert list(letters.text) == ["[c]"]
    assert letters.mode == "text"


def test_all_stand_on_zero_on_one_scale_in_order_of_name(yearly):
    figure = charts.small_multiples(yearly, "proportion")
    names = [note.text for note in figure.layout.annotations if "<b>" in note.text]
    points = figure.data[0]

    assert names == ["<b>Ash</b>", "<b>Zeal</b>"]
    assert points.y[1] == -1  # Ash's true zero stands on the line
    assert points.y[0] == pytest.approx(-1 + charts.POINTS_OF / 2)
    assert points.y[2] == pytest.approx(-1 + charts.POINTS_OF)


def test_a_year_that_is_not_over_has_another_look(yearly):
    points = charts.small_multiples(yearly, "proportion").data[0]

    assert list(points.marker.color) == [template.ORANGE, template.ORANGE, template.WHITE]


def test_a_very_wide_interval_is_cut_and_said_to_be():
    rows = pl.DataFrame([("Ash", "2025", 1.0, 0.1, 90.0, "ok", "1.0", False)], schema=YEARLY, orient="row")

    assert charts.is_cut(rows, "per_100000_children")
    assert charts.scale_top(rows, "per_100000_children") == charts.HIGHEST_SHOWN


@pytest.fixture
def rates():
    """A whole year each of three small rates, and a few months of which one case makes a high one."""
    return pl.DataFrame(
        [
            ("Ash", "2026", 4.0, 2.0, 6.0, "ok", "4.0", False),
            ("Ash", "2027", 45.0, 9.0, 132.0, "ok", "45.0", True),
            ("Derby and Derbyshire", "2026", 3.0, 1.0, 5.5, "ok", "3.0", False),
            ("Zeal", "2026", 2.0, 1.0, 4.0, "ok", "2.0", False),
        ],
        schema=YEARLY,
        orient="row",
    )


def test_a_year_that_is_not_over_sets_no_scale_and_is_marked_where_it_runs_beyond(rates):
    points = charts.small_multiples(rates, "per_100000_children").data[0]

    assert charts.scale_top(rates, "per_100000_children") == 6
    assert charts.is_beyond(rates, "per_100000_children")
    assert list(points.marker.symbol) == ["diamond", "triangle-up", "diamond", "diamond"]
    assert points.y[1] == pytest.approx(-1 - charts.NAME_LINE / charts.PANEL + charts.POINTS_OF)  # at its top


def test_a_year_that_is_not_over_sets_the_scale_where_there_is_no_other(rates):
    alone = rates.filter("is_part_period")

    assert charts.scale_top(alone, "per_100000_children") >= 45
    assert not charts.is_beyond(alone, "per_100000_children")


def test_no_name_is_cut_and_the_scale_is_told_with_its_unit(rates):
    said = [note.text for note in charts.small_multiples(rates, "per_100000_children").layout.annotations]

    assert said[0] == "Scale of each: 0 to 6.0 per 100,000 children"
    assert "<b>Derby and</b><br><b>Derbyshire</b>" in said
    assert said.count("6.0") == 3  # one a drawing


def test_one_long_word_takes_the_place_of_the_number_beside_it(yearly):
    long = yearly.with_columns(area_name=pl.col("area_name").replace("Ash", "Northamptonshire"))
    said = [note.text for note in charts.small_multiples(long, "proportion").layout.annotations]

    assert "<b>Northamptonshire</b>" in said
    assert said.count("100%") == 1


def test_the_years_of_one_column_are_clear_of_those_of_the_next_on_a_phone(rates):
    axis = charts.small_multiples(rates, "per_100000_children").layout.xaxis
    between = (axis.tickvals[2] - axis.tickvals[1]) * 344 / 2  # pixels, of what a phone of 390 leaves

    assert list(axis.ticktext) == ["2026", "2027"] * 2
    assert between > width_of("2027", template.SMALL["size"]) + 3


def test_a_partnership_with_nothing_but_hidden_years_still_makes_a_drawing(yearly):
    hidden = yearly.with_columns(value=pl.lit(None, pl.Float64), status=pl.lit("c"))

    assert len(charts.small_multiples(hidden, "proportion").data[1].text) == 4


@pytest.fixture
def funnel_rows():
    return pl.DataFrame(
        {
            "area_name": ["Ash", "Birch", "Cedar"],
            "size": [10.0, 50.0, 100.0],
            "value": [0.5, 0.4, 0.9],
            "is_outside": [False, False, True],
            "is_in_group": [True, False, False],
            "shown": ["5 of 10", "40.0%", "90.0%"],
        }
    )


def test_limits_narrow_with_size_and_are_those_that_flag():
    drawn = curves(200.0, 0.4, "proportion")

    widths = (drawn["upper998"] - drawn["lower998"]).to_list()
    assert widths == sorted(widths, reverse=True)
    row = drawn.row(len(drawn) // 2, named=True)
    size = round(row["size"])
    above, below = int(row["upper998"] * size) + 2, int(row["upper998"] * size) - 2
    assert flag_against(above, size, 0.4) == "higher_998"
    assert flag_against(below, size, 0.4) != "higher_998"


def test_outside_is_a_shape_of_its_own_and_every_partnership_is_drawn(funnel_rows):
    figure = charts.funnel(funnel_rows, curves(100.0, 0.4, "proportion"), "proportion", "Cases")
    groups = figure.data[4:]

    assert sum(len(trace.x) for trace in groups) == 3
    assert groups[2].marker.symbol == "diamond" and list(groups[2].x) == [100]
    assert groups[0].marker.color != groups[1].marker.color
    assert figure.layout.yaxis.range[0] < 0 < figure.layout.yaxis.range[1]


def test_a_funnel_can_be_drawn_without_a_browser(funnel_rows):
    figure = charts.funnel(funnel_rows, curves(100.0, 0.4, "proportion"), "proportion", "Cases")
    svg = to_svg(figure, "Funnel", "What it shows")
    assert svg.count("<circle") + svg.count("<path") >= funnel_rows.height


def test_plotly_itself_finds_nothing_wrong_with_a_funnel(funnel_rows):
    figure = charts.funnel(funnel_rows, curves(100.0, 0.4, "proportion"), "proportion", "Cases")
    assert len(go.Figure(figure.to_dict()).data) == len(figure.data)


def test_the_two_pairs_of_limits_differ_by_dash(funnel_rows):
    lines = charts.funnel(funnel_rows, curves(100.0, 0.4, "proportion"), "proportion", "Cases").data[:4]

    assert [line.line.dash for line in lines] == ["dash", "dash", "solid", "solid"]


def test_only_the_palette_is_used(yearly, funnel_rows):
    figures = (
        charts.small_multiples(yearly, "proportion"),
        charts.funnel(funnel_rows, curves(100.0, 0.4, "proportion"), "proportion", "Cases"),
    )
    for figure in figures:
        used = re.findall(r"#[0-9A-Fa-f]{6}", figure.to_json())
        assert {colour.upper() for colour in used} <= {colour.upper() for colour in template.PALETTE}


def test_a_funnel_says_what_chance_alone_would_do():
    assert "none lies outside" in words.funnel_heading(0, 142, 0.2)
    assert words.funnel_heading(1, 142, 0.2) == (
        "Of 142 partnerships 1 lies outside the 99.8% limits; chance alone would give about 0.2"
    )
    said = words.funnel_notice([], "", "", 1, 0.01)
    assert "Nobody is outside" in said and "1 partnership without a figure is not drawn" in said


def test_the_spread_is_told_refused_or_not_seen():
    assert "too few" in words.spread_in_words("The middle area expects 1.0 cases, too few to judge.", None, None, 0)
    assert "1.3 times what chance alone gives, too little to tell" in words.spread_in_words(None, 1.3, 0.0, 0)
    said = words.spread_in_words(None, 2.4, 0.01, 2)
    assert "2.4 times what chance alone gives; with that spread added, 2 would be outside" in said


def test_a_long_set_is_named_by_its_first_three():
    names = {code: code.upper() for code in "abcdef"}

    assert own_group.in_a_list(["a", "b"], names) == "A and B"
    assert own_group.in_a_list(list("abcdef"), names) == "A, B, C and 3 more"


@pytest.mark.parametrize(
    ("shown", "moves", "said"),
    [
        (0, {}, "Rate: no single year can be shown for Leeds"),
        (4, {"earlier": [], "england": []}, "Rate: yearly figures, which are not compared"),
        (4, {"earlier": ["similar", "lower_95"], "england": ["higher_998"]}, "none of 2 yearly changes is more than"),
        (4, {"earlier": ["similar", "lower_998", "higher_998"], "england": []}, "2 of 3 yearly changes are more than"),
        (
            4,
            {"earlier": [], "england": ["higher_998", "similar"]},
            "1 of 2 yearly figures differs from England by more",
        ),
    ],
)
def test_the_heading_of_the_years_says_what_they_show(shown, moves, said):
    assert said in words.trends_heading("Rate", "Leeds", shown, moves)
