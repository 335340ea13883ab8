"""Events too rare for a chart of counts: how surprising is a silence, and are the gaps changing?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from .control_charts import Xmr, xmr
from .inputs import Numbers, read_counts
from .settings import T_CHART_MIN_GAPS

T_CHART_POWER = 1 / 3.6  # makes waiting times of a constant rate close to normal


@dataclass(frozen=True)
class DaysBetween:
    """A T chart: days between events, with its centre and limits in days."""

    mean: float | None
    lower: float | None
    upper: float | None
    points: pl.DataFrame = field(repr=False)
    refusal: str | None = None


def silence_probability(rate_per_year: Numbers, years: Numbers):
    """Chance of no event at all in so many years when events come at a constant expected rate.

    Formula: exp(-λT), λ a year and T in years. Shapes: numbers or arrays, broadcast together.
    Edges: no time, or no expected events, gives 1; missing gives NaN; negative raises ValueError.
    Source: the Poisson distribution at 0.
    """
    rate, years = read_counts(rate_per_year=rate_per_year, years=years)
    return np.exp(-rate * years)[()]


def days_between(dates: Sequence[date] | pl.Series, screen: bool = True) -> DaysBetween:
    """T chart of the days between one event and the next.

    Formula: days raised to 1/3.6, then `xmr`; mean and limits raised to 3.6 again, so they are days.
    `points`: one row a gap, with date (of the event that ended it), days, and the flags of `xmr`. Points "above" are
    long waits. Two events on one day are 0 days apart.
    Edges: dates are put in order; fewer than 12 gaps, or no variation, gives `refusal` in words and no limits or
    flags. `lower` is None where the limit falls below 0 on the transformed scale. Raises ValueError on a missing date.
    Source: Nelson 1994; statistics of rare events in NHS "Making Data Count".
    """
    when = np.sort(np.asarray(list(dates), dtype="datetime64[D]"))
    if np.isnat(when).any():
        raise ValueError("dates holds a missing date: leave out events whose date is not known, and say how many")
    days = np.diff(when).astype(float)
    chart = xmr(days**T_CHART_POWER, screen=screen)
    refusal = chart.refusal
    if days.size < T_CHART_MIN_GAPS:
        refusal = f"Fewer than {T_CHART_MIN_GAPS} gaps between events ({days.size}): too few for limits."
    mean, lower, upper = (_in_days(limit) for limit in (chart.mean, chart.lower, chart.upper))
    return DaysBetween(mean, lower, upper, _gaps(chart, when, days), refusal)


def _in_days(limit: float | None) -> float | None:
    return None if limit is None or limit < 0 else limit ** (1 / T_CHART_POWER)


def _gaps(chart: Xmr, when: np.ndarray, days: np.ndarray) -> pl.DataFrame:
    flags = chart.points.select("point", "^is_.*$", "side", "label").drop("is_screened_out")
    return flags.insert_column(1, pl.Series("date", when[1:])).insert_column(2, pl.Series("days", days.astype(int)))
