"""How long things take in each of many groups at once, where `kaplan_meier` would be asked group by group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from throughline.settings import whole

from . import settings, survival
from .inputs import Numbers, check_level, one_column

Groups = Sequence | np.ndarray | pl.Series
SHARE_OPEN_AT = (whole("share_open_first_days"), whole("share_open_second_days"))


@dataclass(frozen=True)
class _Curves:
    """Every group's curve: `groups` has one row a group, `rows` one a group and day, both in order of place."""

    groups: pl.DataFrame
    rows: pl.DataFrame
    limits: list[str]

    @property
    def place(self) -> np.ndarray:
        return self.rows["place"].to_numpy()

    def column(self, name: str) -> np.ndarray:
        return self.rows[name].to_numpy()


def median_durations(
    group: Groups,
    days: Numbers,
    closed: Sequence[bool] | np.ndarray | pl.Series,
    cases: Numbers = None,
    confidence: float | Sequence[float] = 0.95,
) -> pl.DataFrame:
    """Kaplan-Meier median of each group, with its interval: what `kaplan_meier` gives for the group alone.

    Formula: that of `kaplan_meier`, with its rule for the median and for the ends of its interval.
    days: from the start to completion where closed is true, or to the as-at date where it is false. cases: how many
    cases each row stands for, where callers hold counts by day; left out, one each.
    confidence: one level, or several: the first gives lower and upper, each further one columns named after it, as
    0.998 gives lower998 and upper998.
    Columns: group, cases, closed, left_out (cases without days), median, lower, upper, refusal.
    Shapes: flat lists of one length; one row a group, in the order in which groups first appear.
    Edges: a median or limit that is not reached is null, and so is every one of a group of one case; rows of 0 cases
    count for nothing. `refusal` says in words why a group's median should not be shown, or is null.
    Raises ValueError on a missing group, negative days, a number of cases that is missing, negative or not whole, and
    where a row does not say whether it closed.
    Source: Kaplan and Meier 1958; R survival, conf.type "log-log".
    """
    levels = _levels(confidence)
    curves = _curves(group, days, closed, cases, levels)
    medians = {"median": _first_halves(curves, "share")}
    medians |= {limit: _first_halves(curves, limit) for limit in curves.limits}
    return curves.groups.with_columns(
        pl.when(pl.col("cases") > 1).then(pl.Series(name, values).fill_nan(None)).alias(name)
        for name, values in medians.items()
    ).select("group", "cases", "closed", "left_out", *medians, _refusal())


def share_open(
    group: Groups,
    days: Numbers,
    closed: Sequence[bool] | np.ndarray | pl.Series,
    at: Sequence[float] = SHARE_OPEN_AT,
    cases: Numbers = None,
    confidence: float | Sequence[float] = 0.95,
) -> pl.DataFrame:
    """Share of each group's cases still open after so many days: what `Survival.survival_at` gives for each alone.

    Formula: S(t) of `kaplan_meier` and its interval. at: the days to answer for (26 and 52 weeks unless told).
    The other arguments are those of `median_durations`.
    Columns: group, days (from `at`), at_risk (cases followed that long), share, lower, upper, is_shown (at least 10
    at risk).
    Shapes: one row a group and day, groups in the order in which they first appear.
    Edges: before anything closed the share and its limits are 1; once nothing is open the share is 0 without limits;
    beyond the last day anyone was followed, and for a group of no cases, all are null.
    Raises ValueError as `median_durations` does, and on a negative day in `at`.
    Source: Kaplan and Meier 1958; R survival, conf.type "log-log".
    """
    levels = _levels(confidence)
    (at,) = one_column(at=list(at))
    curves = _curves(group, days, closed, cases, levels)
    answers = [_at_one_day(curves, day) for day in at]
    if not answers:
        return _at_one_day(curves, 0.0).clear()
    return (
        pl.concat(answers)
        .with_columns(is_shown=pl.col("at_risk") >= settings.SURVIVAL_MIN_AT_RISK)
        .sort("place", maintain_order=True)
        .drop("place")
    )


def _levels(confidence: float | Sequence[float]) -> dict[str, float]:
    """Each level by the ending of its columns' names: none for the first, 998 for a further 0.998."""
    levels = np.atleast_1d(confidence).tolist()
    for level in levels:
        check_level(level)
    return {"" if place == 0 else f"{level:.10g}".removeprefix("0."): level for place, level in enumerate(levels)}


def _curves(group: Groups, days: Numbers, closed: Sequence[bool], cases: Numbers, levels: dict[str, float]) -> _Curves:
    from scipy.stats import norm

    given = _read(group, days, closed, cases)
    followed, ended = pl.col("days").is_not_null(), pl.col("cases") * pl.col("closed")
    groups = given.group_by("place", maintain_order=True).agg(
        pl.col("group").first(),
        cases=pl.col("cases").filter(followed).sum(),
        closed=ended.filter(followed).sum(),
        left_out=pl.col("cases").filter(~followed).sum(),
        last_day=pl.col("days").filter(pl.col("cases") > 0).max(),
    )
    at_risk, lost = pl.col("at_risk"), pl.col("ended") / (pl.col("at_risk") - pl.col("ended"))
    rows = (
        given.filter(followed, pl.col("cases") > 0)
        .group_by("place", "days")
        .agg(present=pl.col("cases").sum(), ended=ended.sum())
        .sort("place", "days")
        .with_columns(at_risk=pl.col("present").cum_sum(reverse=True).over("place"))
        .with_columns(
            share=(1 - pl.col("ended") / at_risk).cum_prod().over("place"),
            spread=(lost / at_risk).cum_sum().over("place"),  # Greenwood's sum
        )
    )
    nobody_left, untouched = pl.col("share") <= survival.TOLERANCE, pl.col("share") >= 1
    rows = rows.with_columns(share=pl.when(nobody_left).then(0.0).otherwise("share"))
    limits = {}
    for ending, level in levels.items():
        z = float(norm.ppf((1 + level) / 2))
        for name, reach in ((f"lower{ending}", -z), (f"upper{ending}", z)):
            power = (pl.col("spread").sqrt() / pl.col("share").log() * reach).exp()
            limit = pl.when(untouched).then(1.0).otherwise((pl.col("share") ** power).clip(0, 1))
            # Once nothing is open the limits cannot be estimated.
            limits[name] = pl.when(~nobody_left).then(limit).otherwise(float("nan"))
    return _Curves(groups, rows.with_columns(**limits), list(limits))


def _read(group: Groups, days: Numbers, closed: Sequence[bool], cases: Numbers) -> pl.DataFrame:
    groups = group if isinstance(group, pl.Series) else pl.Series(group)
    (days,) = one_column(days=days)
    (counts,) = one_column(whole=True, cases=np.ones(days.size) if cases is None else cases)
    for name, values in (("group", groups), ("cases", counts)):
        if len(values) != days.size:
            raise ValueError(f"{name} has {len(values)} values for {days.size} durations")
    if groups.null_count():
        raise ValueError(f"group at position {groups.is_null().arg_true()[0]} is missing")
    if np.isnan(counts).any():
        raise ValueError(f"cases at position {int(np.argmax(np.isnan(counts)))} is missing")
    rows = pl.DataFrame(
        {
            "group": groups,
            "days": pl.Series(days).fill_nan(None),
            "closed": survival.read_closed(closed, days.size),
            "cases": counts.astype(np.int64),
        }
    )
    places = rows.select("group").unique(maintain_order=True).with_row_index("place")
    return rows.join(places, on="group", how="left", maintain_order="left")


def _first_halves(curves: _Curves, name: str) -> np.ndarray:
    """Each group's first day at or below one half, or the middle of its flat stretch at exactly one half."""
    share, days, place = curves.column(name), curves.column("days"), curves.place
    if not days.size:
        return np.full(curves.groups.height, np.nan)
    first = _first_rows(curves, share <= 0.5 + survival.TOLERANCE)
    day, level = (np.where(first >= 0, values[first], np.nan) for values in (days, share))
    following = _first_rows(curves, share < (level - survival.TOLERANCE)[place])
    flat = (np.abs(level - 0.5) < survival.TOLERANCE) & (following >= 0)
    return np.where(flat, (day + days[following]) / 2, day)


def _first_rows(curves: _Curves, wanted: np.ndarray) -> np.ndarray:
    """The first row of each group that is wanted, or -1."""
    first = np.full(curves.groups.height, -1)
    # Of several values for one group numpy keeps the last, so the earliest row is written last.
    rows = np.flatnonzero(wanted)[::-1]
    first[curves.place[rows]] = rows
    return first


def _at_one_day(curves: _Curves, day: float) -> pl.DataFrame:
    reached = pl.col("days") <= day
    latest = curves.rows.group_by("place").agg(
        pl.col("share", *curves.limits).filter(reached).last().fill_null(1.0),
        at_risk=pl.col("present").filter(pl.col("days") >= day).sum(),
    )
    # A share above nought says nothing about days on which nobody was followed any more.
    known = (pl.col("days") <= pl.col("last_day")) | (pl.col("share") <= survival.TOLERANCE)
    return (
        curves.groups.select("place", "group", "last_day", days=pl.lit(day))
        .join(latest, on="place", how="left", maintain_order="left")
        .with_columns(
            pl.col("at_risk").fill_null(0),
            *(pl.when(known).then(pl.col(name).fill_nan(None)).alias(name) for name in ("share", *curves.limits)),
        )
        .select("place", "group", "days", "at_risk", "share", *curves.limits)
    )


def _refusal() -> pl.Expr:
    last_day = pl.col("last_day").round(mode="half_to_even").cast(pl.Int64)
    return (
        pl.when(pl.col("cases") == 0)
        .then(pl.lit(survival.NO_CASES))
        .when(pl.col("closed") == 0)
        .then(pl.format(survival.NONE_CLOSED, last_day))
        .when(pl.col("cases") == 1)
        .then(pl.format(survival.ONE_CASE, last_day))
        .when(pl.col("closed") < settings.MEDIAN_MIN_CLOSED)
        .then(pl.format(survival.FEW_CLOSED, pl.col("closed")))
        .alias("refusal")
    )
