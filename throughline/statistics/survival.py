"""How long things take when some are not finished yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from . import settings
from .inputs import Numbers, one_column

TOLERANCE = 1e-9  # an exact 0.5 may be held as 0.5000000000000001

NO_CASES = "No cases, so there is nothing to time."
NONE_CLOSED = "None closed yet; the longest open has run {} days."
ONE_CASE = "One case only, closed after {} days: no median."
FEW_CLOSED = f"Fewer than {settings.MEDIAN_MIN_CLOSED} closed ({{}}): too few for a median."


@dataclass(frozen=True)
class Survival:
    """A Kaplan-Meier curve: the share still open as days pass."""

    median: float | None
    median_lower: float | None
    median_upper: float | None
    cases: int
    closed: int
    left_out: int
    refusal: str | None
    table: pl.DataFrame = field(repr=False)
    days: np.ndarray = field(repr=False)

    def survival_at(self, days: float) -> tuple[float | None, float | None, float | None]:
        """Share still open after so many days with its interval; None beyond the last day anyone was followed."""
        if days < 0:
            raise ValueError(f"days is {days}: a duration cannot be negative")
        if not self.cases:
            return None, None, None
        reached = self.table.filter(pl.col("days") <= days)
        if reached.is_empty():
            return 1.0, 1.0, 1.0
        share, lower, upper = reached.select("survival", "lower", "upper").row(-1)
        if days > self.table["days"][-1] and share > TOLERANCE:
            return None, None, None
        return share, lower, upper

    def at_risk(self, days: float) -> int:
        """How many cases had lasted at least so many days: open or closed, but followed that far."""
        return int((self.days >= days).sum())


def kaplan_meier(days: Numbers, closed: Sequence[bool] | np.ndarray | pl.Series, confidence: float = 0.95) -> Survival:
    """Kaplan-Meier curve of durations, some of them still running.

    Formula: S(t) = Π(1 - d/n) over the days u ≤ t on which d of the n cases lasting at least u closed; a case closing
    on the day another was last seen counts as before it. Interval: Greenwood on log(-log S).
    days: from the start to completion where closed is true, or to the as-at date where it is false.
    Median: first day S ≤ 0.5, or the middle of the stretch where S is exactly 0.5, as R gives it; its interval reads
    the two limits of S the same way.
    `table`: days, at_risk, closed, still_open, survival, lower, upper, is_shown (at least 10 at risk).
    Edges: a median or limit that is not reached is None, never the longest day, and so is a limit where S is 0.
    Missing days are left out and counted in `left_out`; a missing `closed` or negative days raise ValueError.
    `refusal` says in words why no median should be shown (no cases, one case, none closed, fewer than 5 closed);
    one case has no median at all.
    Source: Kaplan and Meier 1958; R survival, conf.type "log-log".
    """
    (days,) = one_column(days=days)
    closed = read_closed(closed, days.size)
    missing = np.isnan(days)
    days, closed = days[~missing], closed[~missing]
    table = _life_table(days, closed, confidence)
    refusal = _refusal(days, closed)
    crossings = [None, None, None]
    if days.size > 1:
        crossings = [_first_half(table["days"], table[column]) for column in ("survival", "lower", "upper")]
    return Survival(*crossings, days.size, int(closed.sum()), int(missing.sum()), refusal, table, days)


def read_closed(closed: Sequence[bool] | np.ndarray | pl.Series, cases: int) -> np.ndarray:
    """Whether each case closed; raises where a case does not say, by its place."""
    values = closed if isinstance(closed, pl.Series) else np.atleast_1d(closed)
    if len(values) != cases:
        raise ValueError(f"closed has {len(values)} values for {cases} durations")
    if isinstance(values, pl.Series) and values.dtype == pl.Boolean:
        unsaid = values.is_null().arg_true()
    elif values.dtype == bool:
        unsaid = []
    else:
        unsaid = [place for place, value in enumerate(values.tolist()) if value not in (True, False)]
    if len(unsaid):
        raise ValueError(f"closed at position {unsaid[0]} is neither true nor false")
    return np.asarray(values, dtype=bool)


def _life_table(days: np.ndarray, closed: np.ndarray, confidence: float) -> pl.DataFrame:
    times, place, present = np.unique(days, return_inverse=True, return_counts=True)
    ended = np.bincount(place[closed], minlength=times.size)
    at_risk = days.size - np.cumsum(present) + present
    share, lower, upper = _curve(days, closed, times, confidence)
    return pl.DataFrame(
        {
            "days": times,
            "at_risk": at_risk,
            "closed": ended,
            "still_open": present - ended,
            "survival": share,
            "lower": lower,
            "upper": upper,
            "is_shown": at_risk >= settings.SURVIVAL_MIN_AT_RISK,
        }
    ).with_columns(pl.col("lower", "upper").fill_nan(None))


def _curve(days: np.ndarray, closed: np.ndarray, times: np.ndarray, confidence: float) -> tuple[np.ndarray, ...]:
    if not days.size:
        return times, times, times
    from lifelines import KaplanMeierFitter

    fitted = KaplanMeierFitter(alpha=1 - confidence).fit(days, closed)
    share = fitted.survival_function_.loc[times].to_numpy()[:, 0]
    lower, upper = fitted.confidence_interval_.loc[times].to_numpy().T
    untouched = share >= 1
    nobody_left = share <= TOLERANCE
    share = np.where(nobody_left, 0.0, share)
    # Before anything closes the share is 1 by definition; once nothing is open its interval cannot be estimated.
    lower, upper = (
        np.where(nobody_left, np.nan, np.where(untouched, 1.0, np.clip(limit, 0, 1))) for limit in (lower, upper)
    )
    return share, lower, upper


def _first_half(days: pl.Series, share: pl.Series) -> float | None:
    """First day the share is at or below one half; the middle of a flat stretch at exactly one half."""
    below = pl.DataFrame({"days": days, "share": share}).filter(pl.col("share") <= 0.5 + TOLERANCE)
    if below.is_empty():
        return None
    first_day, first_share = below.row(0)
    lower = below.filter(pl.col("share") < first_share - TOLERANCE)
    if abs(first_share - 0.5) < TOLERANCE and not lower.is_empty():
        return (first_day + lower["days"][0]) / 2
    return first_day


def _refusal(days: np.ndarray, closed: np.ndarray) -> str | None:
    if not days.size:
        return NO_CASES
    if not closed.any():
        return NONE_CLOSED.format(f"{days.max():.0f}")
    if days.size == 1:
        return ONE_CASE.format(f"{days[0]:.0f}")
    if closed.sum() < settings.MEDIAN_MIN_CLOSED:
        return FEW_CLOSED.format(int(closed.sum()))
    return None
