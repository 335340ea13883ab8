"""A figure is sent as it was given, and is Plotly's own as soon as somebody asks it for more."""

import copy
import json

import plotly.graph_objects as go

from throughline.charts import template
from throughline.charts.figure import plain
from throughline.charts.points import point_words
from throughline.charts.svg import to_svg


def bars():
    return template.figure(300, [template.bar(x=[1, 2], y=[3.0, 4.0])], title={"text": "Cases"})


def test_plain_settings_are_those_given_and_plotly_is_not_asked():
    figure = bars()
    sent = plain(figure)

    assert sent["data"] == [{"type": "bar", "x": [1, 2], "y": [3.0, 4.0]}]
    assert sent["layout"]["height"] == 300 and "_layout_obj" not in vars(figure)


def test_it_is_the_figure_that_plotly_makes_of_the_same_settings():
    figure = bars()

    assert isinstance(figure, go.Figure)
    assert figure.data[0].y == (3.0, 4.0) and figure.layout.title.text == "Cases"


def test_a_chart_that_pages_share_stays_as_it_is_when_it_is_drawn_and_read_out():
    figure = template.figure(300, [template.bar(x=[1, 2], y=[3.0, 4.0], marker={"color": template.ORANGE})])
    before = json.dumps(plain(figure))
    to_svg(figure, "Cases", "Two bars")
    point_words(figure)

    assert json.dumps(plain(figure)) == before and "_layout_obj" not in vars(figure)


def test_what_is_changed_of_it_is_sent_and_a_copy_stays_as_it_was():
    figure = bars()
    before = copy.deepcopy(figure)
    figure.update_layout(height=500)
    figure.update_traces(opacity=0.5)
    figure.add_trace(go.Scatter(x=[1], y=[2]))

    assert plain(figure)["layout"]["height"] == 500
    assert [one.get("opacity") for one in plain(figure)["data"]] == [0.5, None]
    assert plain(before)["layout"]["height"] == 300 and len(before.data) == 1
