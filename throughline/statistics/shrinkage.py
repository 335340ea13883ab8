"""Partial pooling: how much of an area's difference from the whole is likely to be real."""

import numpy as np
import polars as pl

from .inputs import Numbers, check_exposed, check_level, one_column
from .intervals import fingertips_limits

NOTHING_BEYOND_CHANCE = "No difference beyond chance can be seen between these areas, so each is given the pooled rate."


class ShrunkRates(pl.DataFrame):
    """Shrunk rates as a frame, one row a unit, that also answers for the whole set."""

    @property
    def pooled(self) -> float | None:
        """The rate of all units together, in the units of `rate`."""
        return self._fact("pooled")

    @property
    def between_variance(self) -> float | None:
        """The variance of true rates between units, events per person squared; 0 when none can be seen."""
        return self._fact("between_variance")

    @property
    def note(self) -> str | None:
        """The sentence to print when no difference beyond chance can be seen, or None."""
        return NOTHING_BEYOND_CHANCE if self.between_variance == 0 else None

    # Facts are kept as columns, because polars gives back a plain frame from any filter or sort.
    def _fact(self, column: str):
        return self.get_column(column)[0] if self.height else None


def shrink_rates(count: Numbers, population: Numbers, per: float = 100_000, confidence: float = 0.95) -> ShrunkRates:
    """Empirical Bayes rates by Marshall's method of moments.

    Formula: b = Σy/Σn; s² = Σn(p - b)²/Σn; a = max(0, s² - b/mean(n)); reliability w = a/(a + b/n);
    shrunk = b + w(p - b). The interval is that of the Gamma(b²/a + y, b/a + n) distribution.
    Units: population is people or person-years; rate, shrunk, lower, upper and pooled are per `per` of them.
    Columns: rate, shrunk, reliability (0 all luck, 1 all real), lower, upper; then pooled and between_variance, the
    same on every row and also attributes.
    Shapes: flat lists of one length; one row a unit, in the order given.
    Edges: a = 0 gives every unit the pooled rate with the pooled rate's own interval, and `note` is the sentence to
    print; a unit with no population or a missing value keeps its row with nulls and takes no part.
    The interval ignores doubt about a and b, so it is a little too narrow. Show the raw figure beside it.
    Raises ValueError on a negative value, or a count above 0 in a population of 0.
    Source: Marshall 1991; R spdep EBest.
    """
    tail = check_level(confidence)
    count, population = one_column(count=count, population=population)
    check_exposed(count, population, ("count", "population"))
    known = (population > 0) & ~np.isnan(count)
    events, people = (np.where(known, values, np.nan) for values in (count, population))
    rate = events / people
    pooled, between = _moments(events[known], people[known])
    if between:
        weight = between / (between + pooled / people)
        lower, upper = _gamma_limits(events, people, pooled, between, tail)
    else:
        weight = np.where(known, 0.0, np.nan)
        lower, upper = _pooled_limits(events, people, tail)
    columns = {
        "rate": rate * per,
        "shrunk": (pooled + weight * (rate - pooled)) * per,
        "reliability": weight,
        "lower": lower * per,
        "upper": upper * per,
        "pooled": np.full(rate.shape, pooled * per),
        "between_variance": np.full(rate.shape, between),
    }
    return ShrunkRates(pl.DataFrame(columns).fill_nan(None))


def _moments(events: np.ndarray, people: np.ndarray) -> tuple[float, float]:
    if not events.size:
        return float("nan"), float("nan")
    pooled = events.sum() / people.sum()
    spread = (people * (events / people - pooled) ** 2).sum() / people.sum()
    return float(pooled), float(max(0.0, spread - pooled / people.mean()))


def _gamma_limits(
    events: np.ndarray, people: np.ndarray, pooled: float, between: float, tail: float
) -> tuple[np.ndarray, np.ndarray]:
    from scipy.stats import gamma

    shape, scale = pooled**2 / between + events, 1 / (pooled / between + people)
    return gamma.ppf(tail, shape, scale=scale), gamma.ppf(1 - tail, shape, scale=scale)


def _pooled_limits(events: np.ndarray, people: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    total = np.atleast_1d(np.nansum(events))
    lower, upper = (limit / np.nansum(people) for limit in fingertips_limits(total, tail))
    known = ~np.isnan(people)
    return np.where(known, lower, np.nan), np.where(known, upper, np.nan)
