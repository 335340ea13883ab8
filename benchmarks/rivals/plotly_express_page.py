"""The Compare partnerships page in Dash, with plotly express and pandas; run with gunicorn, and a browser shows it."""

import comparison
import dash
from dash import Dash, Input, Output, callback, dcc, html

NAMES = ["indicator", "breakdown", "group", "period"]


def page(indicator="CV2", breakdown=None, group=None, period=None, **_) -> html.Div:
    """The choices, and what the address or else the first of each list shows."""
    lists = [
        comparison.measure_choices(),
        comparison.breakdown_choices(indicator),
        comparison.group_choices(),
        comparison.period_choices(indicator),
    ]
    chosen = [
        asked if asked in choices else next(iter(choices))
        for asked, choices in zip((indicator, breakdown, group, period), lists, strict=True)
    ]
    return html.Div(
        [
            html.H1("Do partnerships differ by more than chance?"),
            *(
                dcc.Dropdown(choices, value, id=name, clearable=False)
                for name, choices, value in zip(NAMES, lists, chosen, strict=True)
            ),
            html.Div(shown(*chosen), id="shown"),
        ]
    )


def shown(indicator, breakdown, group, period) -> list:
    """The three charts and the table of what was chosen."""
    funnel = comparison.funnel(indicator, breakdown, group, period)
    rows = comparison.table(indicator, breakdown, group, period)
    return [
        dcc.Graph(figure=comparison.dots(indicator, breakdown, group, period)),
        dcc.Graph(figure=comparison.years(indicator, breakdown, group)),
        dcc.Graph(figure=funnel) if funnel else html.P("No funnel is drawn for this measure."),
        html.Table(
            [
                html.Thead(html.Tr([html.Th(column) for column in rows.columns])),
                html.Tbody([html.Tr([html.Td(cell) for cell in row]) for row in rows.itertuples(index=False)]),
            ]
        ),
    ]


@callback(
    Output("shown", "children"),
    Output("breakdown", "options"),
    Output("breakdown", "value"),
    Output("period", "options"),
    Output("period", "value"),
    *(Input(name, "value") for name in NAMES),
    prevent_initial_call=True,
)
def choose(indicator, breakdown, group, period):
    """What another choice shows; a breakdown or period that the measure has not is replaced by its first."""
    breakdowns, periods = comparison.breakdown_choices(indicator), comparison.period_choices(indicator)
    breakdown = breakdown if breakdown in breakdowns else breakdowns[0]
    period = period if period in periods else next(iter(periods))
    return shown(indicator, breakdown, group, period), breakdowns, breakdown, periods, period


app = Dash(use_pages=True, pages_folder="", compress=True, suppress_callback_exceptions=True)
dash.register_page("compare", path="/compare-partnerships", layout=page)
app.layout = html.Div(dash.page_container)
server = app.server
