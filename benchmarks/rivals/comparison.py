"""The Compare partnerships page as pandas and plotly express make it: the frames and charts that both rivals show.

Left out, beside the page that it is measured with: every sentence and heading that is made from the figures; why a
figure is missing; standing against neighbours and earlier years; cases too recent to count; how many flags chance would
give, and spread beyond chance; who may see what; sets of one's own; files to download; text alternatives and contrast.
"""

import os
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.express as px
from plotly.graph_objects import Figure

RELEASE = Path(os.environ["THROUGHLINE_HOME"]) / "releases" / "current"
GROUPS = {
    "region": "Region",
    "police_force": "Police force",
    "icb": "Integrated care board",
    "statistical_neighbours": "Neighbours of",
}
PERIODS = {"three_years": "Three years", "year": "Year"}
COLUMNS = ["area_type", "area_code", "period_type", "period", "breakdown", "numerator", "denominator", "value"]
LIMITS = ["lower95", "upper95"]
SIDES = {"England": "top left", "Together": "top right"}
DASHES = {"England": "solid", "Together": "dash"}


@lru_cache
def measures() -> pd.DataFrame:
    """The catalogue of measures, by code."""
    return pd.read_parquet(RELEASE / "indicators.parquet").set_index("indicator")


@lru_cache
def areas() -> pd.DataFrame:
    """Every area with its name."""
    return pd.read_parquet(RELEASE / "areas.parquet")


@lru_cache
def memberships() -> pd.DataFrame:
    """Which partnerships are in which group."""
    return pd.read_parquet(RELEASE / "area_partnerships.parquet")


@lru_cache
def values(measure: str) -> pd.DataFrame:
    """Every figure of one measure, read from the file once."""
    found = pd.read_parquet(
        RELEASE / "restricted" / "indicator_values.parquet",
        columns=[*COLUMNS, *LIMITS],
        filters=[("indicator", "==", measure), ("period_type", "in", list(PERIODS))],
    )
    named = found.merge(areas()[["area_type", "area_code", "area_name"]], on=["area_type", "area_code"], how="left")
    return named.assign(area_name=named["area_name"].str.replace(r" (Children's )?Safeguarding .*", "", regex=True))


def measure_choices() -> dict[str, str]:
    """Codes of measures with their titles."""
    return measures()["title"].to_dict()


@lru_cache
def group_choices() -> dict[str, str]:
    """Groups of partnerships, by type and then by name."""
    kinds = memberships()[["group_type", "group_code"]].drop_duplicates()
    named = areas().replace({"area_type": {"partnership": "statistical_neighbours"}})
    named = named.drop_duplicates(["area_type", "area_code"])
    held = kinds.merge(named, left_on=["group_type", "group_code"], right_on=["area_type", "area_code"])
    return {
        f"{kind}:{row.group_code}": f"{label} {row.area_name}"
        for kind, label in GROUPS.items()
        for row in held[held["group_type"] == kind].sort_values("area_name").itertuples()
    }


def breakdown_choices(measure: str) -> list[str]:
    """The breakdowns of a measure, the undivided one first."""
    return sorted(values(measure)["breakdown"].unique(), key=lambda name: (name != "total", name))


def period_choices(measure: str) -> dict[str, str]:
    """Periods, newest three years first."""
    held = values(measure)[["period_type", "period"]].drop_duplicates().sort_values("period", ascending=False)
    return {
        f"{kind}:{row.period}": f"{label} {row.period}"
        for kind, label in PERIODS.items()
        for row in held[held["period_type"] == kind].itertuples()
    }


def members(group: str) -> list[str]:
    """The partnerships of a group."""
    kind, code = group.split(":")
    held = memberships()
    found = held[(held["group_type"] == kind) & (held["group_code"] == code)]["partnership_code"].tolist()
    return [code, *found] if kind == "statistical_neighbours" else found


def of_period(measure: str, breakdown: str, period: str) -> pd.DataFrame:
    """Every area's figure in one period."""
    kind, name = period.split(":")
    found = values(measure)
    return found[(found["breakdown"] == breakdown) & (found["period_type"] == kind) & (found["period"] == name)]


def partnerships(measure: str, breakdown: str, group: str, period: str) -> pd.DataFrame:
    """The partnerships of a group in one period, by name."""
    found = of_period(measure, breakdown, period)
    inside = (found["area_type"] == "partnership") & found["area_code"].isin(members(group))
    return found[inside].sort_values("area_name")


def pooled(measure: str, breakdown: str, group: str, period: str) -> dict[str, float]:
    """England's figure and the group's."""
    found, (kind, code) = of_period(measure, breakdown, period), group.split(":")
    england = found[found["area_type"] == "england"]["value"]
    together = found[(found["area_type"] == kind) & (found["area_code"] == code)]["value"]
    pairs = {"England": england, "Together": together}
    return {name: value.iloc[0] for name, value in pairs.items() if value.notna().any()}


def table(measure: str, breakdown: str, group: str, period: str) -> pd.DataFrame:
    """The figures as a table."""
    shown = partnerships(measure, breakdown, group, period)
    return shown[["area_name", "numerator", "denominator", "value", *LIMITS]].round(3)


def dots(measure: str, breakdown: str, group: str, period: str) -> Figure:
    """Each partnership as a dot with its 95% interval, beside England and the group."""
    shown = with_bars(partnerships(measure, breakdown, group, period))
    figure = px.scatter(
        shown,
        x="value",
        y="area_name",
        error_x="above",
        error_x_minus="below",
        hover_data=["numerator", "denominator"],
        labels={"value": measures().loc[measure, "short_title"], "area_name": ""},
        height=120 + 26 * len(shown),
    )
    for name, value in pooled(measure, breakdown, group, period).items():
        figure.add_vline(value, line_dash=DASHES[name], annotation_text=name, annotation_position=SIDES[name])
    return as_measured(figure.update_yaxes(autorange="reversed"), measure, "x")


def years(measure: str, breakdown: str, group: str) -> Figure:
    """A small drawing for each partnership, year by year."""
    found = values(measure)
    kept = (
        (found["breakdown"] == breakdown) & (found["period_type"] == "year") & found["area_code"].isin(members(group))
    )
    shown = with_bars(found[kept & (found["area_type"] == "partnership")].sort_values(["area_name", "period"]))
    figure = px.scatter(
        shown.assign(period=shown["period"].astype(int)),
        x="period",
        y="value",
        error_y="above",
        error_y_minus="below",
        facet_col="area_name",
        facet_col_wrap=4,
        labels={"value": "", "period": ""},
        height=100 + 150 * -(-shown["area_name"].nunique() // 4),
    )
    figure.for_each_annotation(lambda name: name.update(text=name.text.split("=")[-1]))
    return as_measured(figure, measure, "y")


def funnel(measure: str, breakdown: str, group: str, period: str) -> Figure | None:
    """Every partnership against its size, with the limits that chance gives a percentage."""
    found = of_period(measure, breakdown, period)
    shown = found[(found["area_type"] == "partnership") & found["value"].notna()].copy()
    centre = pooled(measure, breakdown, group, period).get("England")
    if measures().loc[measure, "unit"] != "proportion" or centre is None or shown.empty:
        return None
    shown["in the group"] = shown["area_code"].isin(members(group))
    figure = px.scatter(shown, x="denominator", y="value", color="in the group", hover_name="area_name", height=500)
    sizes = np.linspace(1, shown["denominator"].max(), 160)
    for z, name in ((1.96, "95%"), (3.09, "99.8%")):
        spread = z * np.sqrt(centre * (1 - centre) / sizes)
        for limit in (centre - spread, centre + spread):
            figure.add_scatter(
                x=sizes, y=limit.clip(0, 1), mode="lines", name=name, line_color="grey", showlegend=False
            )
    return as_measured(figure, measure, "y")


def with_bars(shown: pd.DataFrame) -> pd.DataFrame:
    """Lengths of the interval's bars on both sides of the dot."""
    known = shown.dropna(subset=["value"])
    return known.assign(above=known["upper95"] - known["value"], below=known["value"] - known["lower95"])


def as_measured(figure: Figure, measure: str, axis: str) -> Figure:
    """A percentage's axis runs from nought to a hundred."""
    if measures().loc[measure, "unit"] != "proportion":
        return figure
    update = figure.update_xaxes if axis == "x" else figure.update_yaxes
    return update(range=[-0.02, 1.02], tickformat=".0%")
