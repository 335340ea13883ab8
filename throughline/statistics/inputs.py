"""Read what callers pass as arrays of numbers, and say exactly which value cannot be used."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import polars as pl

Numbers = float | int | None | Sequence[float | int | None] | np.ndarray | pl.Series


def read_counts(whole: bool = False, **named: Numbers) -> list[np.ndarray]:
    """Float arrays of one common shape, missing as NaN; raises on a negative, endless or (if asked) broken count."""
    arrays = np.broadcast_arrays(*(_read(values, name) for name, values in named.items()))
    for name, values in zip(named, arrays, strict=True):
        _refuse(values < 0, values, name, "is negative")
        _refuse(np.isinf(values), values, name, "is not finite")
        if whole:
            _refuse(np.isfinite(values) & (values != np.floor(values)), values, name, "is not a whole number")
    return arrays


def check_within(numerator: np.ndarray, denominator: np.ndarray) -> None:
    """Raise where a numerator is above its denominator."""
    _refuse(numerator > denominator, numerator, "numerator", "is above its denominator", beside=denominator)


def check_exposed(count: np.ndarray, exposure: np.ndarray, names: tuple[str, str]) -> None:
    """Raise where something was counted but nobody was there to be counted."""
    _refuse((count > 0) & (exposure == 0), count, names[0], f"is above zero but its {names[1]}", beside=exposure)


def check_level(confidence: float) -> float:
    """The share left in each tail of an interval at this confidence."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence}: give a share between 0 and 1, such as 0.95")
    return (1 - confidence) / 2


@lru_cache(maxsize=16)  # of two or three levels, asked for again and again
def normal_reach(tail: float) -> float:
    """How many standard deviations from the middle of a normal curve this share lies beyond."""
    from scipy.stats import norm

    return float(norm.ppf(1 - tail))


def check_kind(kind: str, kinds: tuple[str, ...]) -> None:
    """Raise on a kind of measure that the method does not know."""
    if kind not in kinds:
        raise ValueError(f"kind is {kind!r}: give one of {', '.join(kinds)}")


def one_column(**named: Numbers) -> list[np.ndarray]:
    """Counts as columns: one dimension, a single number becoming a column of one."""
    columns = read_counts(**named)
    if columns[0].ndim > 1:
        raise ValueError(f"{' and '.join(named)} must be flat lists, not tables of {columns[0].ndim} dimensions")
    return [np.atleast_1d(column) for column in columns]


def _read(values: Numbers, name: str) -> np.ndarray:
    if isinstance(values, pl.Series):
        values = values.cast(pl.Float64).to_numpy()
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} holds something that is not a number") from error


def _refuse(wrong: np.ndarray, values: np.ndarray, name: str, problem: str, beside: np.ndarray | None = None) -> None:
    if not np.any(wrong):
        return
    place = np.unravel_index(int(np.argmax(wrong)), wrong.shape)
    where = f" at position {', '.join(str(int(step)) for step in place)}" if place else ""
    compared = "" if beside is None else f" ({_plain(beside[place])})"
    raise ValueError(f"{name}{where} is {_plain(values[place])}, which {problem}{compared}")


def _plain(value: float) -> str:
    return f"{value:.15g}"
