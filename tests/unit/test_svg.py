"""A static drawing holds what the figure holds, in the same places, and refuses what it does not know."""

import re
import struct
from datetime import date
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from throughline.charts import template
from throughline.charts.png import SHARPNESS, to_png
from throughline.charts.svg import to_svg
from throughline.charts.svg_axes import Axis
from throughline.charts.svg_text import CannotDraw, width_of
from throughline.charts.template import DARK_BLUE, ORANGE, TURQUOISE

SVG = "{http://www.w3.org/2000/svg}"
NO_MARGIN = {"l": 0, "r": 0, "t": 0, "b": 0}


def drawn(figure, **words):
    given = {"title": "A finding", "description": "What it shows", **words}
    return ElementTree.fromstring(to_svg(figure, width=100, **given))


def dots(xs, ys, **settings):
    return template.scatter(x=xs, y=ys, mode="markers", marker={"color": DARK_BLUE, "size": 8}, **settings)


def square(traces, **layout):
    """A figure whose 100 by 100 pixels are 0 to 10 on both axes."""
    scale = template.axis(range=[0, 10])
    return template.figure(100, traces, **{"margin": NO_MARGIN, "xaxis": scale, "yaxis": scale, **layout})


def words_of(svg):
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def numbers(path):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def test_title_and_description_are_read_in_place_of_the_picture():
    svg = drawn(square([dots([1], [1])]), title="A < B", description='Says "so" & more', name="own")

    assert svg.get("role") == "img"
    read = {part.get("id"): part.text for part in svg if part.tag in (f"{SVG}title", f"{SVG}desc")}
    assert [read[name] for name in svg.get("aria-labelledby").split()] == ["A < B", 'Says "so" & more']


def test_points_stand_where_their_values_are():
    svg = drawn(square([dots([0, 5, 10], [0, 2.5, 10])]))

    placed = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in svg.iter(f"{SVG}circle")]
    assert placed == [(0, 100), (50, 75), (100, 0)]


def test_a_missing_value_has_no_point_and_breaks_the_line():
    blue = {"color": DARK_BLUE}
    line = template.scatter(x=[1, 2, 3, 4], y=[1, None, 3, 4], mode="lines+markers", line=blue, marker=blue)
    svg = drawn(square([line]))

    assert len(list(svg.iter(f"{SVG}circle"))) == 3
    lines = [path.get("d") for path in svg.iter(f"{SVG}path") if path.get("stroke") == DARK_BLUE]
    assert [numbers(path) for path in lines] == [[30, 70, 40, 60]]


def test_a_point_outside_the_scale_is_not_drawn():
    svg = drawn(square([dots([5, 11], [5, 5], cliponaxis=False)]))

    assert len(list(svg.iter(f"{SVG}circle"))) == 1


def test_on_one_scale_a_step_is_as_long_up_as_across_and_the_drawing_keeps_to_its_side():
    both = {"range": [0, 10], "constrain": "domain"}
    figure = template.figure(
        200,
        [dots([0, 10], [0, 10])],
        margin=NO_MARGIN,
        xaxis=template.axis(**both),
        yaxis=template.axis(scaleanchor="x", constraintoward="top", **both),
    )

    placed = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in drawn(figure).iter(f"{SVG}circle")]
    assert placed == [(0, 100), (100, 0)]  # of 100 by 200 pixels


def test_one_scale_is_drawn_only_where_the_axes_give_way():
    figure = square([dots([1], [1])], yaxis=template.axis(range=[0, 10], scaleanchor="x"))

    with pytest.raises(CannotDraw, match="constrain"):
        drawn(figure)


def test_an_interval_runs_from_its_lower_to_its_upper_limit():
    svg = drawn(square([dots([5], [4], error_y=template.intervals([4], [1], [8], ORANGE))]))

    (interval,) = (path.get("d") for path in svg.iter(f"{SVG}path") if path.get("stroke") == ORANGE)
    assert numbers(interval) == [50, 90, 50, 20]


def test_steps_go_level_and_then_down():
    steps = template.scatter(x=[0, 5, 10], y=[10, 5, 0], mode="lines", line={"shape": "hv", "color": DARK_BLUE})
    (path,) = (path.get("d") for path in drawn(square([steps])).iter(f"{SVG}path") if path.get("stroke") == DARK_BLUE)

    assert numbers(path) == [0, 0, 50, 0, 50, 50, 100, 50, 100, 100]


def test_a_band_is_filled_between_its_two_lines():
    thin = {"width": 0, "color": DARK_BLUE}
    low = template.scatter(x=[0, 10], y=[2, 2], mode="lines", line=thin)
    shade = {"fill": "tonexty", "fillcolor": "rgba(18,67,109,0.2)"}
    high = template.scatter(x=[0, 10], y=[8, 8], mode="lines", line=thin, **shade)
    (band,) = (
        path.get("d") for path in drawn(square([low, high])).iter(f"{SVG}path") if path.get("fill", "none") != "none"
    )

    assert numbers(band) == [0, 20, 100, 20, 100, 80, 0, 80]


def bar(**settings):
    return template.bar(**{"x": ["A", "B"], "y": [10, 5], "marker": {"color": DARK_BLUE}, **settings})


def boxes(svg):
    keys = ("x", "y", "width", "height")
    drawn_ones = (box for box in svg.iter(f"{SVG}rect") if box.get("fill") in (DARK_BLUE, TURQUOISE))
    return [tuple(float(box.get(key)) for key in keys) for box in drawn_ones]


def test_bars_start_at_zero():
    svg = drawn(square([bar()], xaxis=template.axis(), bargap=0))

    assert boxes(svg) == [(0, 0, 50, 100), (50, 50, 50, 50)]


def test_bars_on_a_scale_of_their_own_still_start_at_zero():
    svg = drawn(square([bar()], xaxis=template.axis(), yaxis=template.axis()))

    assert {y + height for _, y, _, height in boxes(svg)} == {100}


def test_stacked_bars_stand_on_each_other():
    upper = bar(y=[0, 5], marker={"color": TURQUOISE})
    svg = drawn(square([bar(), upper], xaxis=template.axis(), barmode="stack", bargap=0))

    assert boxes(svg)[3] == (50, 0, 50, 50)


def test_lying_bars_from_the_top_down():
    lying = bar(x=[10, 5], y=["A", "B"], orientation="h")
    svg = drawn(square([lying], yaxis=template.axis(autorange="reversed"), bargap=0))

    assert boxes(svg) == [(0, 0, 100, 50), (0, 50, 50, 50)]


def test_hatching_is_defined_where_it_is_used():
    hatched = bar(marker={"color": DARK_BLUE, "pattern": {"shape": "/"}})
    text = to_svg(square([hatched], xaxis=template.axis()), "", "", name="own")

    (used,) = set(re.findall(r"fill=\"url\(#([^)]+)\)", text))
    assert f'<pattern id="{used}"' in text and used.startswith("own-")


def test_labels_are_text_and_lines_stay_lines():
    note = template.label(0.5, 0.5, "Upper limit<br><b>138.3</b> &amp; more", xref="paper", yref="paper")
    svg = drawn(square([dots([1], [1])], annotations=[note]))

    (label,) = (text for text in svg.iter(f"{SVG}text") if "limit" in "".join(text.itertext()))
    assert ["".join(line.itertext()) for line in label] == ["Upper limit", "138.3 & more"]
    assert [bold.text for bold in label.iter(f"{SVG}tspan") if bold.get("font-weight")] == ["138.3"]


@pytest.mark.parametrize(
    ("settings", "values", "expected"),
    [
        ({"range": [0, 600], "nticks": 7}, [], ["0", "100", "200", "300", "400", "500", "600"]),
        ({"range": [0, 600], "nticks": 6}, [], ["0", "200", "400", "600"]),
        ({"range": [0, 1], "nticks": 5, "tickformat": ".0%"}, [], ["0%", "50%", "100%"]),
        ({"range": [0, 2.1], "nticks": 6}, [], ["0", "0.5", "1", "1.5", "2"]),
        ({"range": [0, 1], "dtick": 0.25, "tickformat": ".0%"}, [], ["0%", "25%", "50%", "75%", "100%"]),
        ({"range": [0, 2000], "dtick": 1000, "tickformat": ",~r"}, [], ["0", "1,000", "2,000"]),
        ({"range": [-10, 10], "dtick": 10}, [], ["−10", "0", "10"]),
        ({"range": [10, 0], "dtick": 5}, [], ["0", "5", "10"]),
        ({"tickvals": [1, 99], "ticktext": ["in", "out"], "range": [0, 10]}, [], ["in"]),
        ({}, ["Beta", "Alpha"], ["Beta", "Alpha"]),
        ({"categoryorder": "category ascending"}, ["Beta", "Alpha"], ["Alpha", "Beta"]),
        (
            {"range": [date(2024, 4, 1), date(2025, 4, 1)], "dtick": "M6"},
            [],
            ["Jul 2024", "Jan 2025"],
        ),
        ({"range": ["2024-01-01", "2026-01-01"], "dtick": "M12", "tickformat": "%Y"}, [], ["2024", "2025", "2026"]),
    ],
)
def test_ticks(settings, values, expected):
    axis = Axis("y", settings, values, 100, 0)

    assert [text for _, text in axis.ticks()] == expected


def test_labels_take_the_room_that_arial_takes():
    assert width_of("Hi", 1000) == 722 + 222
    assert width_of("i<br>Hi", 10) == pytest.approx(9.44)


def test_two_drawings_on_one_page_share_no_name():
    first, second = (to_svg(square([dots([1], [1])]), "", "", name=name) for name in ("one", "two"))

    assert not set(re.findall(r'id="([^"]+)"', first)) & set(re.findall(r'id="([^"]+)"', second))


def test_nothing_is_fetched_and_nothing_runs():
    text = to_svg(square([dots([1], [1])]), "", "")

    assert text.count("http") == 1  # the name space
    assert not re.search(r"<script|<image|<foreignObject|href|\son\w+=", text)


ARROW = {"x": 1, "y": 1, "text": "here", "showarrow": True}
SLANTED = template.label(1, 1, "aslant", textangle=-45)


@pytest.mark.parametrize(
    ("figure", "named"),
    [
        (go.Figure(go.Pie(values=[1])), "'pie'"),
        (square([template.scatter(x=[1], y=[1], mode="markers")]), "no colour"),
        (square([dots([1], [1])], showlegend=True), "legend"),
        (square([dots([1], [1])], annotations=[ARROW]), "arrow of 'here'"),
        (square([dots([1], [1])], annotations=[SLANTED]), "textangle"),
        (square([dots([1], [1])], annotations=[template.label(1, 1, "<sup>2</sup>")]), "<sup>"),
        (square([dots([1], [1])], title="Inside"), "title"),
        (square([dots([1], [1])], shapes=[{"type": "circle", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]), "'circle'"),
        (square([dots([1], [1])], xaxis=template.axis(type="log")), "'log'"),
        (square([dots([1], [1])], xaxis=template.axis(tickangle=45)), "Slanted"),
        (square([dots([1], [1])], yaxis=template.axis(title={"text": "Count"})), "upright axis"),
        (square([dots([1], [1])], xaxis=template.axis(tickformat=".2s")), "'.2s'"),
    ],
)
def test_what_is_not_known_is_refused_by_name(figure, named):
    with pytest.raises(CannotDraw, match=re.escape(named)):
        to_svg(figure, "", "")


def test_the_picture_is_sharp_and_holds_the_words():
    with_words = square([dots([5], [5])], annotations=[template.label(5, 8, "England")])
    pictures = [to_png(to_svg(figure, "", "", width=100)) for figure in (with_words, square([dots([5], [5])]))]

    assert pictures[0].startswith(b"\x89PNG")
    assert struct.unpack(">II", pictures[0][16:24]) == (100 * SHARPNESS, 100 * SHARPNESS)
    assert pictures[0] != pictures[1]
