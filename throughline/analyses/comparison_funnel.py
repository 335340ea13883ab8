"""All partnerships that the reader may see against their size, with the limits that chance would give."""

from functools import lru_cache

import numpy as np
import polars as pl

from throughline import wording
from throughline.analyses import comparison_choices as choices
from throughline.analyses.comparison_tables import name_of
from throughline.analyses.comparison_view import View
from throughline.analyses.ended_partnerships import ended_in
from throughline.charts import comparison_over_time as charts
from throughline.charts.comparison_rows import DIFFERENT, partnership_rows
from throughline.report import Chart, Column, Finding, Table
from throughline.units import UNIT_MULTIPLIERS
from throughline.wording import comparison_over_time as words
from throughline.wording.comparison import ENDED, beyond_the_group
from throughline.wording.standing import standing_in_words

RATIO = "observed_over_expected"


@lru_cache(maxsize=64)
def kept_phi(sizes: tuple[float, ...], centre: float, kind: str) -> float | None:
    """What chance alone gives; it takes 30 ms, and all groups of a measure and period ask for the same."""
    from throughline.statistics import phi_by_chance

    return phi_by_chance(sizes, centre, kind)


def funnel_finding(view: View) -> tuple[Finding, str]:
    """The funnel, or in words why there is none; and what it says of others than the group, if there are any."""
    from throughline.statistics import funnel

    measured = f"{view.title}: every partnership with a figure that you may see, {view.period_words}."
    refusal = words.FUNNEL_UNITS.get(view.unit)
    rows, left_off, hidden = funnel_rows(view)
    if not refusal and view.england_value is None:
        refusal = "England's own figure is not shown, so there is nothing to draw limits around."
    kind = "proportion" if view.unit == "proportion" else "ratio"
    centre = view.england_value if kind == "proportion" else None
    made = None if refusal else funnel(rows["numerator"], rows["size"], kind, centre=centre)
    refusal = refusal or made.refusal or (None if made.height else "No partnership has a figure that may be shown.")
    if refusal:
        return Finding("funnel", "No funnel is drawn for this measure here", measured, notices=(refusal,)), ""
    expected = expected_flags(rows, made.centre, kind)
    # Drawn around England's value, the limits are where a partnership begins to differ from it: one verdict, not two.
    shown = rows.with_columns(
        place=made["value"],
        lower998=made["lower998"],
        upper998=made["upper998"],
        is_outside="differs",
        is_in_group=pl.col("area_code").is_in(view.members),
    )
    drawn = shown.with_columns(value="place")
    names = shown.filter("is_outside")["area_name"].to_list()
    unit = view.unit if kind == "proportion" else RATIO
    outside = int(made["flag_adjusted"].str.ends_with("998").sum())
    alike = None if made.overdispersion_refusal else kept_phi(tuple(rows["size"]), made.centre, kind)
    times = made.phi / alike if alike else None
    spread = words.spread_in_words(made.overdispersion_refusal, times, made.tau2, outside)
    finding = Finding(
        "funnel",
        words.funnel_heading(len(names), made.units, expected),
        measured if kind == "proportion" else f"{measured} Drawn as the number seen over the number expected.",
        (
            Chart(
                "funnel-chart",
                charts.funnel(drawn, curves(drawn["size"].max(), made.centre, kind), unit, size_title(view)),
                words.funnel_alternative(view.short_title, made.units, names, view.period_words),
            ),
        ),
        (
            ("dot-alone", f"Partnership of {view.group_said}"),
            ("ring", "Other partnership"),
            *((("few", "Outside the 99.8% limits"),) if names else ()),
            ("dashed", "95% limits; the solid curves are the 99.8% ones"),
        ),
        (funnel_table(view, shown, unit),),
        (words.funnel_notice(names, words.centre_in_words(kind, made.centre, unit), spread, left_off, expected),),
        words.FUNNEL_LIMIT,
    )
    is_beyond = not bool(shown["is_in_group"].all())
    return finding, beyond_the_group(names, made.units, expected, hidden) if is_beyond else ""


def funnel_rows(view: View) -> tuple[pl.DataFrame, int, int]:
    """Partnerships with a figure and what they are set against, in order of name; how many have none, and how many of
    those have one that this reader may not see.
    """
    found = view.release.indicator_values(
        view.viewer,
        indicator=view.catalogue["indicator"],
        breakdown=view.breakdown,
        area_type="partnership",
        period_type=view.period_type,
        period=view.period,
    )
    known = found.filter((pl.col("status") == "ok") & pl.col("numerator").is_not_null() & (pl.col("denominator") > 0))
    names = choices.area_names(view.release, "partnership")
    rows = partnership_rows(known, names, view.england_value, view.unit)
    expected = pl.col("denominator") * (view.england_value or 0) / UNIT_MULTIPLIERS[view.unit]
    size = pl.col("denominator") if view.unit == "proportion" else expected
    kept = rows.with_columns(size=size.cast(pl.Float64)).filter(pl.col("size") > 0)
    left_off = found.filter(pl.col("status") != "x").height - kept.height
    return kept, left_off, found.filter(pl.col("status").is_in(["c", "u"])).height


def curves(largest: float, centre: float, kind: str) -> pl.DataFrame:
    """The limits at every size up to the largest."""
    from throughline.statistics import chance_limits

    sizes = largest * charts.END * np.arange(1, charts.STEPS + 1) / charts.STEPS
    if kind == "proportion":
        sizes = np.unique(np.ceil(sizes))
    limits = chance_limits(sizes, centre, kind)
    return pl.DataFrame({"size": sizes, "centre": np.full(sizes.size, centre), **limits})


def expected_flags(rows: pl.DataFrame, centre: float, kind: str) -> float:
    """How many chance alone would put outside the 99.8% limits."""
    from throughline.statistics import expected_false_flags_at

    return expected_false_flags_at(DIFFERENT, rows["size"].to_numpy(), centre, kind=kind)


def size_title(view: View) -> str:
    """What the size is."""
    return "Cases" if view.unit == "proportion" else "Number expected"


def funnel_table(view: View, rows: pl.DataFrame, unit: str) -> Table:
    """Every partnership drawn, in order of name."""
    is_share = unit == "proportion"
    columns = [
        Column("Partnership"),
        Column("Cases", numeric=True),
        Column("Out of" if is_share else "Expected", numeric=True),
        Column("Percentage" if is_share else "Seen over expected", numeric=True),
        Column("99.8% limits at its size", numeric=True),
        Column("Compared with England"),
    ]
    body = [
        [
            name_of(row, view.release),
            wording.rounded(row["numerator"]),
            wording.rounded(row["size"], 0 if is_share else 1),
            row["shown"] if is_share else wording.measure(row["place"], unit),
            words.limits_of(row, unit),
            standing_in_words(row, view.unit),
        ]
        for row in rows.iter_rows(named=True)
    ]
    caption = f"{view.title}, every partnership drawn, {view.period_words}"
    ended = [ENDED] if ended_in(view.release).keys() & set(rows["area_code"]) else []
    note = " ".join(["In order of name: a place in a list would claim too much.", *ended])
    return Table("funnel-table", caption, columns, body, note)
