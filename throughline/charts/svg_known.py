"""Which settings of a figure a static drawing knows; what is not here is refused by name."""

from collections.abc import Mapping
from typing import Any

from throughline.charts.svg_text import CannotDraw

DRAWN = {
    "layout": "height width font paper_bgcolor plot_bgcolor showlegend margin shapes annotations barmode bargap "
    "bargroupgap",
    "scatter": "x y mode line marker text textposition textfont fill fillcolor error_x error_y connectgaps cliponaxis "
    "xaxis yaxis visible opacity type",
    "bar": "x y base width offset orientation marker text textposition textfont insidetextfont outsidetextfont "
    "insidetextanchor error_x error_y xaxis yaxis visible opacity type",
    "axis": "type range autorange rangemode categoryorder categoryarray tickmode tickvals ticktext nticks dtick tick0 "
    "tickformat tickprefix ticksuffix ticks ticklen tickcolor tickfont tickangle minor showgrid gridcolor gridwidth "
    "griddash zeroline zerolinecolor zerolinewidth showline linecolor linewidth showticklabels title domain anchor "
    "side visible automargin separatethousands scaleanchor constrain constraintoward",
    "annotation": "x y xref yref text showarrow font xanchor yanchor xshift yshift align bgcolor borderpad",
    "shape": "type x0 x1 y0 y1 xref yref line fillcolor opacity layer",
}
# What only a pointer or a script would notice.
IN_VAIN = {
    "layout": "template hoverlabel dragmode autosize hovermode hoverdistance spikedistance clickmode modebar "
    "uirevision meta",
    "scatter": "name customdata hovertemplate hoverinfo hoveron hovertext hoverlabel showlegend legendgroup uid meta",
    "bar": "name customdata hovertemplate hoverinfo hovertext hoverlabel showlegend legendgroup uid meta cliponaxis "
    "constraintext",
    "axis": "fixedrange hoverformat showspikes",
    "annotation": "name hovertext captureevents",
    "shape": "name",
}
KNOWN = {kind: frozenset(f"{DRAWN[kind]} {IN_VAIN[kind]}".split()) for kind in DRAWN}


def check(kind: str, settings: Mapping[str, Any]) -> None:
    """Refuses a setting that is not known."""
    if unknown := sorted(set(settings) - KNOWN[kind]):
        raise CannotDraw(f"A static drawing does not know {', '.join(unknown)} of a chart's {kind}.")
