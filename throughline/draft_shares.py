"""The shares that a draft's codes give, and what everybody may read of England to stand beside them."""

from functools import cache

import polars as pl

from throughline import settings
from throughline.analyses.measures import MISSING, SCHEMA, area_values, joined
from throughline.analyses.scope import ENGLAND
from throughline.draft_recommendations import Draft
from throughline.release import Release, Viewer
from throughline.statistics import wilson_interval
from throughline.workspace import PROJECT

LOOPS = ("SINGLE", "DOUBLE", "TRIPLE")
TRAINING = ("TRAINING", "BRIEFING")
SMART_MARKS = tuple(f"smart_{letter}" for letter in "smart")


def coded_rows(draft: Draft, release: Release | None) -> tuple[pl.DataFrame, str]:
    """A row a share that the draft's codes give, with England's where it is published, and England's period."""
    england, period = england_shares(release) if release else ({}, "")
    rows = []
    for indicator, breakdown, name, is_counted, is_in in shares_of(draft):
        of = draft.rows.filter(is_in)
        counted = of.filter(is_counted).height
        beside = england.get((indicator, breakdown), MISSING)
        rows.append(joined(indicator, breakdown, name, share(counted, of.height), beside))
    return pl.DataFrame(rows, schema=SCHEMA), period


def shares_of(draft: Draft) -> list[tuple[str, str, str, pl.Expr, pl.Expr]]:
    """Each share: its place in the catalogue where it has one, its name, what is counted, and out of what."""
    held, found = set(draft.codes), []
    every = pl.lit(True)
    if "level" in held:
        for level in ("LOCAL", "REGIONAL", "NATIONAL"):
            counted = pl.col("level") == level
            found.append(
                ("RC7", level.lower(), f"Aimed at {level.lower()} bodies", counted, pl.col("level").is_not_null())
            )
    if "loop" in held:
        for loop in LOOPS:
            in_loop = pl.col("loop").is_in(LOOPS)
            found.append(("RC8", loop.lower(), f"{loop.capitalize()} loop", pl.col("loop") == loop, in_loop))
    if "change_type" in held:
        coded = pl.col("change_type").is_not_null()
        found.append(("RC9", "total", "Training or briefing", pl.col("change_type").is_in(TRAINING), coded))
        found.append(("RC10", "structural", "Structural", pl.col("change_type").is_in(structural_changes()), coded))
    if set(SMART_MARKS) <= held:
        marked = pl.all_horizontal(pl.col(mark).is_not_null() for mark in SMART_MARKS)
        met = pl.sum_horizontal((pl.col(mark) == "Y").cast(pl.Int64) for mark in SMART_MARKS)
        found.append(("RC10", "smart", "SMART", met >= settings.whole("smart_least_score"), marked))
    if "targets" in held:
        found.append(("", "nobody", "Addressed to nobody", pl.col("targets").is_null(), every))
    if "smart_m" in held:
        found.append(("", "no_measure", "No measure", pl.col("smart_m") == "N", pl.col("smart_m").is_not_null()))
    if "date_due" in held:
        found.append(("", "no_date", "No day it is due", pl.col("date_due").is_null(), every))
    return found


@cache
def structural_changes() -> tuple[str, ...]:
    """The kinds of change that count as structural."""
    kinds = pl.read_csv(PROJECT / "seeds" / "change_types.csv", infer_schema=False)
    return tuple(kinds.filter(pl.col("is_structural") == "true")["change_type"])


def share(counted: int, of: int) -> dict:
    """One share of the draft as a row of the long table; of none there is no share."""
    row = dict(MISSING, numerator=counted, denominator=of, immature=0, excluded=0, comparisons=None)
    if not of:
        return row | {"status": "z", "reason": "no_cases"}
    lower, upper = wilson_interval(counted, of)
    return row | {"status": "ok", "value": counted / of, "lower95": float(lower), "upper95": float(upper)}


def england_shares(release: Release) -> tuple[dict[tuple[str, str], dict], str]:
    """What everybody may read of England in its newest whole three years, and these; SMART and structural summed."""
    found: dict[tuple[str, str], dict] = {}
    period = ""
    for indicator in ("RC7", "RC8", "RC9", "RC10"):
        held = area_values(release, Viewer.public(), indicator, "england", ENGLAND)
        periods = [
            key[3]
            for key, row in held.items()
            if key[2] == "three_years" and row["value"] is not None and not row["is_part_period"]
        ]
        if periods:
            period = max(periods)
            found |= {(indicator, key[1]): row for key, row in held.items() if key[2:] == ("three_years", period)}
    for name, parts in {
        "smart": ("smart_structural", "smart_only"),
        "structural": ("smart_structural", "structural_only"),
    }.items():
        rows = [found.get(("RC10", part), MISSING) for part in parts]
        if all(row["numerator"] is not None and row["denominator"] for row in rows):
            found["RC10", name] = share(sum(int(row["numerator"]) for row in rows), int(rows[0]["denominator"]))
    return found, period
