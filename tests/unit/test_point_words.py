"""What is told of each point stands alone: few cases as a fraction, hidden ones not at all, every shape in words."""

import polars as pl
import pytest

from tests.fixtures.share_rows import HIDDEN, own, share_rows
from throughline.charts import (
    comparison,
    comparison_over_time,
    durations,
    notification_trends,
    outcomes,
    points,
    recording,
    shares,
    template,
)
from throughline.wording import points as words

COMPARED = {
    "area_name": pl.String,
    "label": pl.String,
    **dict.fromkeys(["value", "lower95", "upper95"], pl.Float64),
    "status": pl.String,
    "reason": pl.String,
    "differs": pl.Boolean,
    "shown": pl.String,
}
NO_LINES = pl.DataFrame(schema={"area_name": pl.String, "label": pl.String, "value": pl.Float64})
CURVE = {"months": pl.Int64, "share": pl.Float64, "lower": pl.Float64, "upper": pl.Float64}


def told(figure):
    return [[point.words for point in series.points] for series in points.point_words(figure)]


def compared(*rows, unit="proportion"):
    return told(comparison.dots_with_intervals(pl.DataFrame(rows, COMPARED, orient="row"), NO_LINES, unit))


def test_partnerships_are_one_series_in_name_order_though_those_that_differ_are_a_trace_of_their_own():
    (series,) = compared(
        ("Zeal", "3 of 4", 0.75, 0.3, 0.95, "ok", None, False, "3 of 4"),
        ("Birch", "99 of 100", 0.99, 0.95, 0.998, "ok", None, True, "99.0%"),
        ("Alder", "", None, None, None, "c", "confidential", False, "[c]"),
        ("Cedar", "0 of 9", 0.0, 0.0, 0.3, "ok", None, False, "0 of 9"),
    )

    assert series == [
        "Birch: 99.0%, 99 of 100, differs from England by more than chance, 95% interval 95.0% to 99.8%",
        "Cedar: 0 of 9, 95% interval 0.0% to 30.0%",
        "Zeal: 3 of 4, 95% interval 30.0% to 95.0%",
    ]


@pytest.mark.parametrize(
    ("unit", "row", "said"),
    [
        ("per_100000_children", ("6", 6.0, 2.2, 13.1, "6.0"), "6.0 per 100,000 children, 6 cases"),
        ("per_100000_children", ("1", 0.6, 0.1, 3.3, "0.6"), "0.6 per 100,000 children, 1 case"),
        ("days", ("6 of 9", 299.0, 148.0, None, "299"), "299 days, 6 of 9 closed, 95% interval 148 to not reached"),
        ("days", ("5 of 5", 1.0, 0.0, 4.0, "1"), "1 day, 5 of 5 closed"),
        ("count", ("12", 12.0, 6.2, 21.0, "12"), "12, 95% interval 6.2 to 21.0"),
        ("observed_over_expected", ("9", 1.2, 0.5, 2.3, "1.20"), "1.20 times the number expected, 9 cases"),
    ],
)
def test_a_value_is_told_with_its_unit_and_the_cases_behind_it(unit, row, said):
    label, value, lower, upper, shown = row

    ((only,),) = compared(("Ash", label, value, lower, upper, "ok", None, False, shown), unit=unit)

    assert only.startswith(f"Ash: {said}")


def test_a_hidden_year_is_told_with_its_reason_and_each_partnership_is_a_series():
    yearly = pl.DataFrame(
        [
            ("Zeal", "2025", 0.5, 0.2, 0.8, "ok", None, "2 of 4", False),
            ("Zeal", "2026", None, None, None, "c", "confidential", "[c]", False),
            ("Zeal", "2027", 1.0, 0.3, 1.0, "ok", None, "2 of 2", True),
            ("Ash", "2025", None, None, None, "x", "no_return", "[x]", False),
            ("Ash", "2026", None, None, None, "u", "low_reliability", "14 of 17 [u]", False),
        ],
        schema=["area_name", "year", "value", "lower95", "upper95", "status", "reason", "shown", "is_part_period"],
        orient="row",
    )
    series = {
        name: said
        for said in told(comparison_over_time.small_multiples(yearly, "proportion"))
        for name in [said[0][:3]]
    }

    assert series["Ash"] == ["Ash, 2025: no figure, no return", "Ash, 2026: 14 of 17"]
    assert series["Zea"] == [
        "Zeal, 2025: 2 of 4, 95% interval 20.0% to 80.0%",
        "Zeal, 2026: no figure, small count",
        "Zeal, 2027: 2 of 2, a year that is not over, 95% interval 30.0% to 100.0%",
    ]


def test_a_funnel_is_read_from_what_stands_out_over_the_group_to_the_others():
    rows = pl.DataFrame(
        {
            "area_name": ["Ash", "Birch", "Cedar", "Elm"],
            "size": [60.0, 50.0, 100.0, 4.0],
            "value": [0.5, 0.4, 0.9, 0.75],
            "is_outside": [False, False, True, False],
            "is_in_group": [True, False, False, False],
            "shown": ["50.0%", "40.0%", "90.0%", "3 of 4"],
        }
    )
    limits = pl.DataFrame({"size": [100.0], "centre": [0.4]}).with_columns(
        **dict.fromkeys(["lower95", "upper95", "lower998", "upper998"], pl.lit(0.5))
    )

    assert told(comparison_over_time.funnel(rows, limits, "proportion", "Cases")) == [
        ["Cedar: 90.0%, 90 of 100, outside the 99.8% limits"],
        ["Ash: 50.0%, 30 of 60, of the group shown"],
        ["Elm: 3 of 4", "Birch: 40.0%, 20 of 50"],
    ]


def test_shares_are_told_before_englands_and_a_hidden_one_is_not():
    england = own(900, 1000)
    rows = share_rows(
        ("CV1", "total", "Notified", own(3, 4, standing="similar"), england),
        ("CV2", "total", "Reviewed", own(**HIDDEN), england),
        ("CV3", "total", "Answered", own(0, 40, standing="lower_998"), england),
    )
    area, beside = told(shares.beside_england(rows))

    assert [said.split(", 95%")[0] for said in area] == [
        "Notified: 3 of 4",
        "Answered: 0.0%, 0 of 40, differs from England by more than chance",
    ]
    assert [said.split(", 95%")[0] for said in beside] == [
        f"England, {name}: 90.0%" for name in ("Notified", "Reviewed", "Answered")
    ]


def test_limits_are_told_with_the_share_that_they_belong_to_and_englands_curve_after_the_areas():
    area = pl.DataFrame([(0, 0.0, None, None), (1, 0.2, 0.1, 0.32)], schema=CURVE, orient="row")
    england = pl.DataFrame([(1, 0.25, 0.2, 0.3)], schema=CURVE, orient="row")

    assert told(outcomes.outcome_panel(area, england, 6)) == [
        ["By month 0: 0.0%", "By month 1: 20.0%, 95% limits 10.0% to 32.0%"],
        ["England, by month 1: 25.0%, 95% limits 20.0% to 30.0%"],
    ]


def test_a_bar_is_read_along_its_parts_and_a_few_children_are_a_fraction():
    rungs = pl.DataFrame(
        [("lcspr", "blank", 1, 0.25), ("lcspr", "considered", 3, 0.75), ("notification", "refused", 20, 1.0)],
        schema=["stage", "state", "children", "share"],
        orient="row",
    )
    stages = [("notification", "At notification: 20 children"), ("lcspr", "At local review: 4 children")]

    assert told(recording.ladder_bars(rungs, stages)) == [
        ["At notification: refused to say, 20 of 20 children, 100.0%"],
        [
            "At local review: recorded, and its effect considered, 3 of 4 children",
            "At local review: left blank, 1 of 4 children",
        ],
    ]


def test_a_year_that_is_not_known_is_not_told_and_a_second_hand_figure_is_told_as_one():
    schema = ["source", "reporting_year", "count", "count_lower", "count_upper", "is_part_period"]
    known = pl.DataFrame(
        [
            ("published", 2021, 536.0, None, None, False),
            ("published", 2023, 450.0, None, None, False),
            ("returns", 2022, 1.0, 0.0, 5.6, False),
            ("returns", 2023, None, None, None, False),
            ("returns", 2024, 9.0, 4.1, 17.1, True),
        ],
        schema=schema,
        orient="row",
    ).with_columns(
        note=pl.when(pl.col("reporting_year") == 2023).then(pl.lit("from the press")).otherwise(pl.lit("as published")),
        is_first_hand=pl.col("reporting_year") != 2023,
        is_rounded=pl.lit(False),
    )

    assert told(notification_trends.published_and_returns(known, is_synthetic=True)) == [
        ["Published by DfE, 2021: 536 notifications", "Published by DfE, 2023: 450 notifications, from the press"],
        ["Returns (synthetic), 2022: 1 notification, 95% interval 0.0 to 5.6"],
    ]


def test_series_go_by_turn_and_points_by_where_they_stand_whatever_the_trace():
    def trace(said, at, **how):
        return template.scatter(x=[0] * len(said), y=[0] * len(said), **points.told(said, at, **how))

    figure = template.figure(
        100,
        [
            trace(["B 2", "A 3", ""], [2, 3, 1], series=["B", "A", "A"], turn=[1, 0, 0]),
            trace(["A 1"], [1], series="A"),
            template.scatter(x=[1], y=[1], **points.SILENT),
        ],
    )

    assert [(series.name, [point.words for point in series.points]) for series in points.point_words(figure)] == [
        ("A", ["A 1", "A 3"]),
        ("B", ["B 2"]),
    ]
    assert [(point.curve, point.number) for point in points.point_words(figure)[0].points] == [(1, 0), (0, 1)]


def test_englands_stages_are_told_too_and_a_stage_without_a_median_is_not():
    rows = share_rows(("TM6", "one", "Sign-off", own(**HIDDEN), None)).with_columns(
        said=pl.lit("[c] small count"),
        england_value=pl.lit(44.0),
        england_lower95=pl.lit(42.0),
        england_upper95=pl.lit(48.0),
    )

    assert told(durations.stage_dots(rows)) == [["England, Sign-off: 44 days, 95% interval 42 to 48"]]


def test_a_line_break_of_the_drawing_is_not_read_out():
    figure = template.figure(100, [template.scatter(x=[1], y=[1], **points.told([f"A,{words.BREAK}b"], [1]))])

    assert told(figure) == [["A, b"]]
