"""How often each of several endings has come about as days pass, when some cases are not finished yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from . import settings
from .inputs import Numbers, check_level, one_column
from .survival import TOLERANCE

NO_CASES = "No cases, so there is nothing to follow."
NO_OUTCOMES = "No outcome yet; the longest open has run {} days."
FEW_CASES = f"Fewer than {settings.SURVIVAL_MIN_AT_RISK} cases ({{}}): too few for shares over time."

Limits = tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class CumulativeIncidence:
    """Share of cases that have come to each outcome as days pass; the rest are still open."""

    cases: int
    open: int
    left_out: int
    outcomes: tuple[str, ...]
    refusal: str | None
    table: pl.DataFrame = field(repr=False)
    days: np.ndarray = field(repr=False)

    def share_at(self, days: float, outcome: str) -> Limits:
        """Share come to one outcome within so many days, with its interval; None beyond the last day followed."""
        if days < 0:
            raise ValueError(f"days is {days}: a duration cannot be negative")
        if outcome not in self.outcomes:
            known = ", ".join(self.outcomes) or "there is none"
            raise ValueError(f"outcome is {outcome!r}, which is not one of those seen or given: {known}")
        if not self.cases:
            return None, None, None
        reached = self.table.filter(pl.col("days") <= days)
        if reached.is_empty():
            return 0.0, None, None
        still_open = 1 - reached.filter(pl.col("days") == pl.col("days").max())["share"].sum()
        if days > self.days.max() and still_open > TOLERANCE:
            return None, None, None
        return reached.filter(pl.col("outcome") == outcome).select("share", "lower", "upper").row(-1)

    def at_risk(self, days: float) -> int:
        """How many cases had lasted at least so many days: open or not, but followed that far."""
        return int((self.days >= days).sum())


def cumulative_incidence(
    days: Numbers,
    outcome: Sequence[str | None] | np.ndarray | pl.Series,
    confidence: float = 0.95,
    outcomes: Sequence[str] | None = None,
) -> CumulativeIncidence:
    """Aalen-Johansen curves of competing outcomes, with cases still open counted as far as they were followed.

    Formula: F(t) = Σ S(u-)·d/n over days u ≤ t, for the d of n cases lasting at least u that came to this outcome on
    day u, S being the Kaplan-Meier share without any outcome. With D outcomes of every kind on day u, the variance is
      Σ (F(t) - F(u))²·D/(n(n - D)) + S(u-)²·d(n - d)/n³ - 2(F(t) - F(u))·S(u-)·d/n²
    and the interval is F^exp(±z·se/(F·log F)). 1 - Kaplan-Meier of one outcome, with the others taken as open, is not
    this: it counts cases that can never come to the outcome as if they still could, and so is too high.
    days: from the start to the outcome, or to the as-at date where outcome is None. Open cases count as followed
    through their last day. outcomes: every outcome to give rows for; left out, those seen, in alphabetical order.
    `table`: days, outcome, at_risk, events, share, lower, upper, is_shown (at least 10 at risk), a row for each outcome
    on each day on which any case ended or was last seen. `open`: cases without an outcome.
    Edges: an outcome that nobody has come to has share 0, and one that everybody has come to share 1: with no spread to
    judge by, neither has limits. Shares of all outcomes and the share still open add up to 1. Ties are exact, so the
    answer never depends on order or chance. Missing days are left out and counted in `left_out`.
    `refusal` says in words why the curves should not be shown: no cases, no outcome yet, fewer than 10 cases.
    Raises ValueError on negative days, and on an outcome that is blank, not text or not among `outcomes`.
    Source: Aalen and Johansen 1978; variance as in Marubini and Valsecchi 1995 and Collett 2015; log(-log) interval.
    """
    tail = check_level(confidence)
    (days,) = one_column(days=days)
    names = _read_outcomes(outcome, days.size)
    known = ~np.isnan(days)
    left_out, days, names = int((~known).sum()), days[known], names.filter(pl.Series(known))
    kinds = _kinds(names, outcomes)
    open_cases = names.null_count()
    refusal = _refusal(days, open_cases)
    table = _table(days, names, kinds, tail)
    return CumulativeIncidence(days.size, open_cases, left_out, kinds, refusal, table, days)


def _read_outcomes(outcome: Sequence[str | None] | np.ndarray | pl.Series, cases: int) -> pl.Series:
    try:
        names = outcome if isinstance(outcome, pl.Series) else pl.Series(list(outcome), dtype=pl.String)
        if names.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
            raise TypeError
    except TypeError as error:
        raise ValueError("outcome holds something that is neither a name nor None") from error
    names = names.cast(pl.String)
    if len(names) != cases:
        raise ValueError(f"outcome has {len(names)} values for {cases} durations")
    blank = (names.str.strip_chars() == "").arg_true()
    if len(blank):
        raise ValueError(f"outcome at position {blank[0]} is blank: give a name, or None where it is still open")
    return names


def _kinds(names: pl.Series, outcomes: Sequence[str] | None) -> tuple[str, ...]:
    seen = names.drop_nulls().unique().sort().to_list()
    if outcomes is None:
        return tuple(seen)
    strangers = len(set(seen) - set(outcomes))
    if strangers:
        raise ValueError(f"{strangers} of the outcomes seen are not among those given: {', '.join(outcomes)}")
    return tuple(dict.fromkeys(outcomes))


def _table(days: np.ndarray, names: pl.Series, kinds: tuple[str, ...], tail: float) -> pl.DataFrame:
    times, place, present = np.unique(days, return_inverse=True, return_counts=True)
    number = {name: column for column, name in enumerate(kinds)}
    kind = np.array([number.get(name, -1) for name in names], dtype=int)
    ended = np.zeros((times.size, len(kinds)))
    np.add.at(ended, (place[kind >= 0], kind[kind >= 0]), 1)
    at_risk = days.size - np.cumsum(present) + present
    share, variance = _curves(at_risk[:, None].astype(float), ended)
    lower, upper = _limits(share, variance, tail)
    return pl.DataFrame(
        {
            "days": np.repeat(times, len(kinds)),
            "outcome": pl.Series(list(kinds) * times.size, dtype=pl.String),
            "at_risk": np.repeat(at_risk, len(kinds)),
            "events": ended.astype(int).ravel(),
            "share": share.ravel(),
            "lower": lower.ravel(),
            "upper": upper.ravel(),
            "is_shown": np.repeat(at_risk >= settings.SURVIVAL_MIN_AT_RISK, len(kinds)),
        }
    ).with_columns(pl.col("lower", "upper").fill_nan(None))


def _curves(at_risk: np.ndarray, ended: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Share and variance for each day (row) and outcome (column)."""
    every = ended.sum(axis=1, keepdims=True)
    still_open = np.cumprod(1 - every / at_risk, axis=0)
    before = np.vstack([np.ones((1, 1)), still_open])[: len(still_open)]
    share = np.cumsum(before * ended / at_risk, axis=0)
    # The last day on which everyone left comes to an outcome adds nothing: F(t) - F(u) is 0 from there on.
    remain = at_risk - every
    greenwood = np.divide(every, at_risk * remain, out=np.zeros_like(remain), where=remain > 0)
    jump, together = before**2 * ended * (at_risk - ended) / at_risk**3, before * ended / at_risk**2
    # Each sum over u of a function of F(t) - F(u), multiplied out, so that running totals serve every t.
    squares = share**2 * _run(greenwood) - 2 * share * _run(greenwood * share) + _run(greenwood * share**2)
    crossed = share * _run(together) - _run(together * share)
    return share, np.maximum(squares + _run(jump) - 2 * crossed, 0)


def _run(values: np.ndarray) -> np.ndarray:
    return np.cumsum(values, axis=0)


def _limits(share: np.ndarray, variance: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    from scipy.stats import norm

    inside = np.where((share > TOLERANCE) & (share < 1 - TOLERANCE), share, np.nan)
    reach = norm.ppf(1 - tail) * np.sqrt(variance) / (inside * np.log(inside))
    return np.clip(inside ** np.exp(-reach), 0, 1), np.clip(inside ** np.exp(reach), 0, 1)


def _refusal(days: np.ndarray, open_cases: int) -> str | None:
    if not days.size:
        return NO_CASES
    if open_cases == days.size:
        return NO_OUTCOMES.format(f"{days.max():.0f}")
    if days.size < settings.SURVIVAL_MIN_AT_RISK:
        return FEW_CASES.format(days.size)
    return None
