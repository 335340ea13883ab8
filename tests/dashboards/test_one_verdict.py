"""A figure of one partnership has one verdict: in the dots' table, in the funnel's and on the funnel's drawing."""

import pytest

from throughline.analyses.comparison_funnel import funnel_finding, funnel_rows
from throughline.analyses.comparison_tables import comparison_table
from throughline.analyses.comparison_view import read_view
from throughline.query import Query
from throughline.release import Viewer
from throughline.statistics import flag_against
from throughline.wording.standing import TOO_FEW

READERS = [Viewer.panel(), Viewer.region("E12000004")]
SHARES, RATES = ["CV2", "CV3", "CV4", "CV6", "CV9", "TM1", "RC3"], ["NT2", "NT3", "NT5", "RC1"]
YEARS = ["three_years:2021-2023", "three_years:2024-2026", "year:2025"]


def verdicts(table):
    """What a table says of each partnership."""
    at = [column.heading for column in table.columns].index("Compared with England")
    return {getattr(row[0], "words", row[0]): row[at] for row in table.rows}


def marked_outside(funnel):
    """Who is a diamond on the drawing."""
    diamonds = [trace for trace in funnel.charts[0].figure.data if trace.marker.symbol == "diamond"]
    return {told.split(":")[0] for trace in diamonds for told in trace.hovertext}


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_the_funnel_gives_the_verdict_of_the_dots(made_up, drawn_of_few, viewer):
    compared = []
    for indicator in SHARES + RATES:
        for period in YEARS:
            view = read_view(made_up, viewer, Query({"indicator": indicator, "period": period}))
            funnel, _ = funnel_finding(view)
            if not funnel.charts:
                continue
            dots, of_funnel = verdicts(comparison_table(view)), verdicts(funnel.tables[0])
            both = dots.keys() & of_funnel.keys()
            assert {name: of_funnel[name] for name in both} == {name: dots[name] for name in both}, (indicator, period)
            said_to_differ = {name for name, said in of_funnel.items() if "by more than chance" in said}
            assert marked_outside(funnel) == said_to_differ, (indicator, period)
            middle = 100 * view.england_value if view.unit == "proportion" else 1
            assert funnel.charts[0].figure.layout.shapes[0].y0 == pytest.approx(middle)
            compared += [of_funnel[name] for name in both]

    assert len(compared) > 50
    assert TOO_FEW in compared and any("at 95% only" in said for said in compared)


@pytest.mark.parametrize("viewer", READERS, ids=lambda viewer: viewer.role)
def test_limits_are_drawn_around_england_so_that_who_is_outside_differs_from_it(made_up, viewer):
    for indicator in SHARES + RATES:
        for period in YEARS:
            view = read_view(made_up, viewer, Query({"indicator": indicator, "period": period}))
            rows, _, _ = funnel_rows(view.everywhere)
            if view.england_value is None or rows.is_empty():
                continue
            centre, kind = (view.england_value, "proportion") if view.unit == "proportion" else (1, "ratio")
            assert rows["standing"].to_list() == list(flag_against(rows["numerator"], rows["size"], centre, kind))
