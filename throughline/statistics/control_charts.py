"""XmR charts by the NHS "Making Data Count" rules: has something changed over time, or is it ordinary variation?"""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from . import settings
from .inputs import Numbers

LIMIT_FACTOR = 2.66  # 3/1.128, rounded as the method's authors round it
SCREEN_FACTOR = 3.267
TOLERANCE = 1e-12  # share of the largest value below which a difference is floating point, not data


@dataclass(frozen=True)
class Xmr:
    """An XmR chart: its mean and limits, and one row a point saying which rules it met."""

    mean: float | None
    lower: float | None
    upper: float | None
    points: pl.DataFrame = field(repr=False)
    refusal: str | None = None
    near_lower: float | None = None
    near_upper: float | None = None
    average_moving_range: float | None = None


def xmr(values: Numbers, screen: bool = True, counts: bool = False) -> Xmr:
    """Limits and special-cause flags for values in order of time.

    Formula: mR = |difference from the point before|, A = average mR; with `screen`, once, every mR ≥ 3.267·A is
    dropped and A taken again. Limits are mean ± 2.66·A, two-sigma lines mean ± 2.66·A·2/3.
    Rules: astronomical, strictly beyond a limit; shift, 7 or more in a row on one side of the mean; trend, 7 or more in
    a row each higher (or each lower) than the last; two of three, in 3 in a row on one side at least 2 lie beyond the
    two-sigma line but within the limit, and only those are marked.
    `points`: point (from 1), value, moving_range, is_screened_out, is_astronomical, is_trend, is_two_of_three,
    is_shift, side ("above", "below" or null), label (the first rule met, in that order, or null).
    Edges: None or NaN is a gap: no difference across it, and every run starts again. With `refusal` not None there
    are no limits and no flags: fewer than 12 points; counts=True and a mean under 5; or no variation.
    Limits may pass 0 or 100%: clip the drawing, not the data. Raises ValueError on a table or a value not finite.
    Source: NHS England "Making Data Count", as in NHSRplotthedots; Wheeler for 2.66 and 3.267.
    """
    series = _read_series(values)
    known = series[~np.isnan(series)]
    moving = np.abs(np.diff(series, prepend=np.nan))
    mean = float(known.mean()) if known.size else None
    average, screened = _average_moving_range(moving, screen)
    noise = TOLERANCE * float(np.abs(known).max()) if known.size else 0.0
    refusal = _refusal(known.size, mean, average, noise, counts)
    if refusal:
        return Xmr(mean, None, None, _points(series, moving, screened), refusal, average_moving_range=average)

    reach, near = LIMIT_FACTOR * average, LIMIT_FACTOR * average * 2 / 3
    away = np.where(np.abs(series - mean) <= noise, 0.0, series - mean)
    flags = {
        "is_astronomical": np.abs(away) > reach,
        "is_trend": _trend(series, noise),
        "is_two_of_three": _two_of_three(away, near, reach),
        "is_shift": _runs(np.sign(away), settings.XMR_RUN_LENGTH),
    }
    points = _points(series, moving, screened, away, flags)
    return Xmr(mean, mean - reach, mean + reach, points, None, mean - near, mean + near, average)


def _read_series(values: Numbers) -> np.ndarray:
    if isinstance(values, pl.Series):
        values = values.cast(pl.Float64).to_numpy()
    series = np.asarray(values, dtype=float)
    if series.ndim != 1:
        raise ValueError("values must be one flat list in order of time")
    if np.isinf(series).any():
        raise ValueError(f"values at position {int(np.argmax(np.isinf(series)))} is not finite")
    return series


def _average_moving_range(moving: np.ndarray, screen: bool) -> tuple[float | None, np.ndarray]:
    ranges = moving[~np.isnan(moving)]
    screened = np.zeros(moving.shape, dtype=bool)
    if not ranges.size:
        return None, screened
    average = ranges.mean()
    if screen and average > 0:
        screened = moving >= SCREEN_FACTOR * average
        average = moving[~np.isnan(moving) & ~screened].mean()
    return float(average), screened


def _refusal(points: int, mean: float | None, average: float | None, noise: float, counts: bool) -> str | None:
    if points < settings.XMR_MIN_POINTS:
        return f"Fewer than {settings.XMR_MIN_POINTS} points ({points}): too few for limits, so only the line is shown."
    if counts and mean < settings.XMR_MIN_MEAN_COUNT:
        least = settings.XMR_MIN_MEAN_COUNT
        return (
            f"The average is {mean:.1f} a period, under {least}: too rare for a chart of counts. Pool areas or years."
        )
    if average is None:
        return "No two points are next to each other, so ordinary variation cannot be judged."
    if average <= noise:
        return "No variation: the values are the same, or nearly all the same."
    return None


def _runs(marks: np.ndarray, least: int) -> np.ndarray:
    """True for every point in an unbroken run of one non-zero mark at least this long."""
    found = np.zeros(marks.shape, dtype=bool)
    start = 0
    for end in range(1, marks.size + 1):
        if end == marks.size or marks[end] != marks[start]:
            if end - start >= least and marks[start] in (-1, 1):
                found[start:end] = True
            start = end
    return found


def _trend(series: np.ndarray, noise: float) -> np.ndarray:
    steps = np.diff(series)
    direction = np.where(np.abs(steps) <= noise, 0.0, np.sign(steps))
    moving = _runs(direction, settings.XMR_RUN_LENGTH - 1)
    # A run of rises marks the point it starts from as well.
    return np.append(moving, False) | np.insert(moving, 0, False)


def _two_of_three(away: np.ndarray, near: float, reach: float) -> np.ndarray:
    between = (np.abs(away) > near) & (np.abs(away) <= reach)
    side = np.sign(away)
    found = np.zeros(away.shape, dtype=bool)
    for start in range(away.size - 2):
        window = slice(start, start + 3)
        if abs(side[window].sum()) == 3 and between[window].sum() >= 2:
            found[window] |= between[window]
    return found


def _points(
    series: np.ndarray,
    moving: np.ndarray,
    screened: np.ndarray,
    away: np.ndarray | None = None,
    flags: dict[str, np.ndarray] | None = None,
) -> pl.DataFrame:
    quiet = np.zeros(series.shape, dtype=bool)
    rules = ("is_astronomical", "is_trend", "is_two_of_three", "is_shift")
    flags = flags or dict.fromkeys(rules, quiet)
    side = np.zeros(series.shape) if away is None else away
    label = pl.coalesce(
        *(pl.when(pl.col(rule)).then(pl.lit(rule.removeprefix("is_"))) for rule in rules), pl.lit(None, pl.String)
    )
    return pl.DataFrame(
        {
            "point": np.arange(1, series.size + 1),
            "value": series,
            "moving_range": moving,
            "is_screened_out": screened,
            **flags,
            "side": pl.Series(np.select([side > 0, side < 0], ["above", "below"], "").tolist(), dtype=pl.String),
        }
    ).with_columns(
        pl.col("value", "moving_range").fill_nan(None),
        pl.col("side").replace("", None),
        label.alias("label"),
    )
