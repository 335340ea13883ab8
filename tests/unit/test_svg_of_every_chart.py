"""Every chart of the analyses is sound, can be drawn without a browser, and tells its points."""

import inspect
import pkgutil
import sys
from importlib import import_module
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

import throughline.charts
from throughline.charts.points import point_words
from throughline.charts.svg import to_svg
from throughline.packs.contents import CONTENTS
from throughline.query import Query
from throughline.release import Viewer

ANALYSES = sorted({part.analysis for parts in CONTENTS.values() for part in parts})
ASKED = (
    {},
    {"area": "leeds", "partnership": "leeds", "group": "statistical_neighbours:leeds"},
    {"area": "E12000003", "group": "region:E12000003", "indicator": "NT2"},
    {"indicator": "TM5", "breakdown": "signed_off", "clock": "rapid_review", "measure": "rate"},
)

# A funnel needs twenty partnerships, more than the small release has: it is drawn in test_comparison_over_time.
REFUSED_BY_SO_FEW = {"comparison_over_time.funnel"}


def chart_functions():
    """Every public function that returns a figure, with the module that holds it."""
    found = {}
    for module in pkgutil.iter_modules(throughline.charts.__path__):
        held = import_module(f"throughline.charts.{module.name}")
        for name, function in inspect.getmembers(held, inspect.isfunction):
            is_own = function.__module__ == held.__name__ and not name.startswith("_")
            if is_own and inspect.signature(function).return_annotation is go.Figure and name != "figure":
                found[f"{module.name}.{name}"] = (held, name, function)
    return found


def forget_what_was_drawn():
    """Analyses keep what views share, charts among it, and other tests may have asked for the same."""
    for name, module in list(sys.modules.items()):
        if name.startswith("throughline.analyses"):
            for held in vars(module).values():
                getattr(held, "cache_clear", lambda: None)()


@pytest.fixture(scope="module")
def called_and_charts(small_release):
    """Which chart functions the analyses called, and every chart that came of it."""
    forget_what_was_drawn()
    called, charts = set(), {}
    functions = chart_functions()
    with pytest.MonkeyPatch.context() as patch:
        for label, (module, name, function) in functions.items():

            def noting(*given, _label=label, _function=function, **named):
                called.add(_label)
                return _function(*given, **named)

            patch.setattr(module, name, noting)
        for analysis in ANALYSES:
            for number, asked in enumerate(ASKED):
                report = import_module(f"throughline.analyses.{analysis}").analyse(
                    small_release, Viewer.panel(), Query(asked)
                )
                charts.update(
                    {f"{analysis} {number} {chart.name}": chart for one in report.findings for chart in one.charts}
                )
    return called, charts


def test_the_analyses_reach_every_chart_function(called_and_charts):
    called, _ = called_and_charts

    assert set(chart_functions()) - called == REFUSED_BY_SO_FEW


def test_every_chart_of_every_analysis_can_be_drawn(called_and_charts):
    _, charts = called_and_charts

    assert len(charts) > 50
    for label, chart in charts.items():
        svg = ElementTree.fromstring(to_svg(chart.figure, label, chart.alternative))
        assert svg.get("role") == "img", label


def test_every_chart_is_one_that_plotly_itself_finds_nothing_wrong_with(called_and_charts):
    _, charts = called_and_charts

    for label, chart in charts.items():
        try:
            go.Figure(chart.figure.to_dict())
        except ValueError as wrong:
            pytest.fail(f"{label}: {wrong}")


def test_every_trace_of_every_chart_tells_its_points_or_is_silent_because_another_does(called_and_charts):
    _, charts = called_and_charts

    for label, chart in charts.items():
        for trace in chart.figure.data:
            assert trace.hovertemplate is None, (
                f"{label}: give the trace `told` or `SILENT` of throughline.charts.points"
            )
            assert trace.hoverinfo == ("skip" if trace.hovertext is None else "text"), label


def test_every_point_that_is_drawn_of_a_told_trace_is_told_exactly_once_in_words_of_its_own(called_and_charts):
    _, charts = called_and_charts

    for label, chart in charts.items():
        drawn = {
            (curve, number)
            for curve, trace in enumerate(chart.figure.data)
            if trace.hovertext is not None
            for number, ends in enumerate(zip(trace.x, trace.y, strict=True))
            if None not in ends
        }
        told = [point for series in point_words(chart.figure) for point in series.points]
        assert told, label
        assert sorted((point.curve, point.number) for point in told) == sorted(drawn), label
        assert len({point.words for point in told}) == len(told), label


def test_no_words_of_a_point_hold_a_letter_for_a_status_or_the_marks_of_a_page(called_and_charts):
    _, charts = called_and_charts
    said = [point.words for chart in charts.values() for series in point_words(chart.figure) for point in series.points]

    assert [words for words in said if not words[0].isupper() and not words[0].isdigit()] == []
    assert [words for words in said if any(mark in words for mark in ("<", "[", "None", "nan"))] == []
