"""All partnerships that the reader may see against their size, with the limits that chance would give."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from throughline import wording
from throughline.analyses import comparison_choices as choices
from throughline.analyses.comparison_everywhere import Everywhere
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


@dataclass(frozen=True, eq=False)
class Funnel:
    """Every partnership with a figure, the curves around them and what is said of them; or why none is drawn.

    `left_off` counts those without a figure, and `hidden` those of them whose figure this reader may not see.
    """

    rows: pl.DataFrame
    left_off: int
    hidden: int
    refusal: str
    unit: str = ""
    units: int = 0
    curves: pl.DataFrame | None = None
    expected: float = 0.0
    centre: str = ""
    spread: str = ""
    table: Table | None = None


@lru_cache(maxsize=32)  # one group of partnerships and the next are seen on the same funnel, which takes some 40 ms
def funnel_of(everywhere: Everywhere) -> Funnel:
    """All of a funnel but the group that is filled."""
    from throughline.statistics import funnel, phi_by_chance

    refusal = words.FUNNEL_UNITS.get(everywhere.unit)
    found, left_off, hidden = funnel_rows(everywhere)
    england_value = everywhere.england_value
    if not refusal and england_value is None:
        refusal = "England's own figure is not shown, so there is nothing to draw limits around."
    kind = "proportion" if everywhere.unit == "proportion" else "ratio"
    centre = england_value if kind == "proportion" else None
    made = None if refusal else funnel(found["numerator"], found["size"], kind, centre=centre)
    refusal = refusal or made.refusal or (None if made.height else "No partnership has a figure that may be shown.")
    if refusal:
        return Funnel(found, left_off, hidden, refusal)
    # Drawn around England's value, the limits are where a partnership begins to differ from it: one verdict, not two.
    rows = found.with_columns(
        place=made["value"], lower998=made["lower998"], upper998=made["upper998"], is_outside="differs"
    )
    unit = everywhere.unit if kind == "proportion" else RATIO
    outside = int(made["flag_adjusted"].str.ends_with("998").sum())
    alike = None if made.overdispersion_refusal else phi_by_chance(tuple(rows["size"]), made.centre, kind)
    times = made.phi / alike if alike else None
    return Funnel(
        rows,
        left_off,
        hidden,
        "",
        unit,
        made.units,
        curves(rows["size"].max(), made.centre, kind),
        expected_flags(rows, made.centre, kind),
        words.centre_in_words(kind, made.centre, unit),
        words.spread_in_words(made.overdispersion_refusal, times, made.tau2, outside),
        funnel_table(everywhere, rows, unit),
    )


def funnel_finding(view: View) -> tuple[Finding, str]:
    """The funnel, or in words why there is none; and what it says of others than the group, if there are any."""
    measured = f"{view.title}: every partnership with a figure that you may see, {view.period_words}."
    found = funnel_of(view.everywhere)
    if found.refusal:
        return Finding("funnel", "No funnel is drawn for this measure here", measured, notices=(found.refusal,)), ""
    shown = found.rows.with_columns(value="place", is_in_group=pl.col("area_code").is_in(view.members))
    names = shown.filter("is_outside")["area_name"].to_list()
    finding = Finding(
        "funnel",
        words.funnel_heading(len(names), found.units, found.expected),
        f"{measured} Drawn as the number seen over the number expected." if view.unit != "proportion" else measured,
        (
            Chart(
                "funnel-chart",
                charts.funnel(shown, found.curves, found.unit, size_title(view.everywhere)),
                words.funnel_alternative(view.short_title, found.units, names, view.period_words),
            ),
        ),
        (
            ("dot-alone", f"Partnership of {view.group_said}"),
            ("ring", "Other partnership"),
            *((("few", "Outside the 99.8% limits"),) if names else ()),
            ("dashed", "95% limits; the solid curves are the 99.8% ones"),
        ),
        (found.table,),
        (words.funnel_notice(names, found.centre, found.spread, found.left_off, found.expected),),
        words.FUNNEL_LIMIT,
    )
    is_beyond = not bool(shown["is_in_group"].all())
    return finding, beyond_the_group(names, found.units, found.expected, found.hidden) if is_beyond else ""


def funnel_rows(everywhere: Everywhere) -> tuple[pl.DataFrame, int, int]:
    """Partnerships with a figure and what they are set against, in order of name; how many have none, and how many of
    those have one that this reader may not see.
    """
    found = everywhere.values("partnership")
    known = found.filter((pl.col("status") == "ok") & pl.col("numerator").is_not_null() & (pl.col("denominator") > 0))
    names = choices.area_names(everywhere.release, "partnership")
    rows = partnership_rows(known, names, everywhere.england_value, everywhere.unit)
    expected = pl.col("denominator") * (everywhere.england_value or 0) / UNIT_MULTIPLIERS[everywhere.unit]
    size = pl.col("denominator") if everywhere.unit == "proportion" else expected
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


def size_title(everywhere: Everywhere) -> str:
    """What the size is."""
    return "Cases" if everywhere.unit == "proportion" else "Number expected"


def funnel_table(everywhere: Everywhere, rows: pl.DataFrame, unit: str) -> Table:
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
            name_of(row, everywhere.release),
            wording.rounded(row["numerator"]),
            wording.rounded(row["size"], 0 if is_share else 1),
            row["shown"] if is_share else wording.measure(row["place"], unit),
            words.limits_of(row, unit),
            standing_in_words(row, everywhere.unit),
        ]
        for row in rows.iter_rows(named=True)
    ]
    caption = f"{everywhere.title}, every partnership drawn, {everywhere.period_words}"
    ended = [ENDED] if ended_in(everywhere.release).keys() & set(rows["area_code"]) else []
    note = " ".join(["In order of name: a place in a list would claim too much.", *ended])
    return Table("funnel-table", caption, columns, body, note)
