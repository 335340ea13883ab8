"""Curves of open and finished reviews over time, by area and period, and the copy of England's that everybody reads."""

import polars as pl

from throughline import settings, statistics

PLACE = ["area_type", "area_code", "period_type", "period"]
DAYS_IN_MONTH = 365.25 / 12
MONTHS = range(25)
WEEKS = range(105)


def review_curves(durations: pl.DataFrame) -> pl.DataFrame:
    """Kaplan-Meier share of reviews still open by whole weeks, for each place and clock with enough reviews.

    durations: PLACE, clock, days, is_closed and cases. The curve ends where fewer than ten are at risk.
    """
    groups = durations.group_by([*PLACE, "clock"], maintain_order=True).agg(all_cases=pl.col("cases").sum())
    groups = groups.filter(pl.col("all_cases") >= settings.whole("survival_least_at_risk")).with_row_index("group")
    timed = durations.join(groups, on=[*PLACE, "clock"])
    if timed.is_empty():
        return _no_curves("clock")
    points = statistics.share_open(
        timed["group"], timed["days"], timed["is_closed"], at=[7 * week for week in WEEKS], cases=timed["cases"]
    )
    return (
        points.filter(pl.col("is_shown"))
        .join(groups, on="group")
        .select(*PLACE, "clock", pl.col("days").cast(pl.Int64), "share", "lower", "upper", "at_risk")
        .sort(*PLACE, "clock", "days")
    )


def outcome_curves(outcomes: pl.DataFrame) -> pl.DataFrame:
    """Aalen-Johansen share of notifications come to each outcome by whole months, for each place with enough of them.

    outcomes: PLACE, outcome (null while open), days and cases. Every outcome has a row at every month shown.
    """
    names = outcomes["outcome"].drop_nulls().unique().sort().to_list()
    least = settings.whole("survival_least_at_risk")
    grid = pl.DataFrame({"months": list(MONTHS)}).with_columns(days=pl.col("months") * DAYS_IN_MONTH)
    many = outcomes.filter(pl.col("cases").sum().over(PLACE) >= least)
    curves = []
    for place, group in many.partition_by(PLACE, as_dict=True, maintain_order=True).items():
        # One place at a time: all cases of all places at once would fill the memory at a hundred times the scale.
        cases = group.select(pl.col("days", "outcome").repeat_by("cases")).explode("days", "outcome")
        curve = statistics.cumulative_incidence(cases["days"], cases["outcome"], outcomes=names)
        if curve.refusal:
            continue
        at_risk = pl.Series("at_risk", [curve.at_risk(days) for days in grid["days"]])
        points = grid.with_columns(at_risk).filter(pl.col("at_risk") >= least)
        points = points.join(pl.DataFrame({"outcome": names}), how="cross").sort("days")
        steps = curve.table.select("days", "outcome", "share", "lower", "upper")
        named = {column: pl.lit(text) for column, text in zip(PLACE, place, strict=True)}
        curves.append(points.join_asof(steps, on="days", by="outcome", check_sortedness=False).with_columns(**named))
    if not curves:
        return _no_curves("outcome").rename({"days": "months"})
    columns = [*PLACE, "outcome", "months", pl.col("share").fill_null(0.0), "lower", "upper", "at_risk"]
    return pl.concat(curves).select(columns).sort(*PLACE, "outcome", "months")


def _no_curves(what: str) -> pl.DataFrame:
    texts = dict.fromkeys([*PLACE, what], pl.String)
    return pl.DataFrame(
        schema=texts
        | {"days": pl.Int64}
        | dict.fromkeys(["share", "lower", "upper"], pl.Float64)
        | {"at_risk": pl.Int64}
    )


def as_public(curves: pl.DataFrame, when: str, curve: list[str], periods: list[str]) -> pl.DataFrame:
    """England's curves in periods that share no year, only at points between which no small number of cases ended.

    when: the column of days or months. curve: columns that tell apart curves of different cases; what else differs are
    endings of the same cases. Points are dropped, for all endings together, until each step is of no case or of at
    least the threshold; numbers at risk are left out, since a step's cases could be counted back from them.
    """
    england = curves.filter((pl.col("area_type") == "england") & pl.col("period").is_in(periods))
    parts = england.partition_by([*PLACE, *curve], maintain_order=True)
    shown = pl.concat([_without_small_steps(part, when) for part in parts]) if parts else england
    return shown.with_columns(at_risk=pl.lit(None, england.schema["at_risk"]))


def _without_small_steps(part: pl.DataFrame, when: str) -> pl.DataFrame:
    threshold = settings.whole("suppression_threshold")
    kept: list[float] = []
    last: list[float] | None = None
    for (point,), rows in part.partition_by(when, as_dict=True, maintain_order=True).items():
        shares = rows["share"].to_list()
        # A step is events x share still open / number at risk: those at risk at its end make the fewest it can mean.
        fewest = [] if last is None else _fewest_cases(last, shares, rows["at_risk"].min())
        if all(cases < 1e-9 or cases >= threshold for cases in fewest):
            kept.append(point)
            last = shares
    return part.filter(pl.col(when).is_in(kept))


def _fewest_cases(before: list[float], now: list[float], at_risk: int) -> list[float]:
    """Cases that each curve's step must at least stand for; one curve alone is the share open, several its endings."""
    still_open = before[0] if len(before) == 1 else 1 - sum(before)
    return [
        abs(after - ahead) * at_risk / still_open if still_open > 0 else 0.0
        for after, ahead in zip(now, before, strict=True)
    ]
