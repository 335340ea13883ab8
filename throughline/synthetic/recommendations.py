"""The recommendations return, with the repeats and look-alikes that it was made to hold."""

from dataclasses import dataclass

import numpy as np

from throughline.synthetic.asks import going_round, grammar
from throughline.synthetic.draws import Rng, chance, numbered
from throughline.synthetic.incidents import Columns, Setting
from throughline.synthetic.parameters import parameters
from throughline.synthetic.recommendation_detail import draw_follow_up
from throughline.synthetic.working_calendar import NO_DATE

WINDOW = np.timedelta64(3 * 365, "D")


@dataclass(frozen=True)
class Plan:
    """What one recommendation asks, and why it was made so."""

    asks: tuple[int, ...]
    text: str
    kind: str
    earlier: int


def draw_recommendations(
    setting: Setting, incidents: Columns, reviews: Columns, lcsprs: Columns, seed: int, rng: Rng
) -> Columns:
    """One row per recommendation, in date order; `ask`, `second_ask`, `series` and `kind` are for the truth file."""
    sources = _sources(setting, incidents, reviews, lcsprs, rng)
    plans = _plan(setting, sources, seed, rng)
    size = len(plans)
    columns: Columns = {
        "rec_ref": numbered("REC", size),
        "source_type": sources["source_type"],
        "source_ref": sources["source_ref"],
        "date_made": sources["date_made"],
        "rec_text": np.array([plan.text for plan in plans], dtype=object),
        "ask": np.array([plan.asks[0] for plan in plans], dtype=int),
        "second_ask": np.array([plan.asks[1] if len(plan.asks) > 1 else -1 for plan in plans], dtype=int),
        "series": sources["series"],
        "kind": np.array([plan.kind for plan in plans], dtype=object),
        "earlier": np.array([plan.earlier for plan in plans], dtype=int),
        "date_published": sources["date_published"],
    }
    return columns | draw_follow_up(setting, columns, rng)


def _sources(setting: Setting, incidents: Columns, reviews: Columns, lcsprs: Columns, rng: Rng) -> Columns:
    """The source of each recommendation, repeated as often as it makes one, in date order."""
    values = parameters()
    size = len(lcsprs["lcspr_ref"])
    per_review = values["recommendations_per_lcspr"]
    shape = per_review["shape"]
    counts = rng.negative_binomial(shape, shape / (shape + per_review["mean"]), size)
    parts = [
        ("LCSPR", lcsprs["lcspr_ref"], lcsprs["date_signed_off"], counts, lcsprs["date_published"]),
    ]
    some = chance(rng, values["rapid_reviews_with_recommendations"], len(reviews["rr_ref"]))
    counts = np.where(some, rng.integers(1, 4, len(some)), 0)
    parts.append(("RR", reviews["rr_ref"], reviews["date_rr_submitted"], counts, np.full(len(some), NO_DATE)))
    local = incidents["outcome"] == "NOT_MET_LOCAL_LEARNING"
    some = local & chance(rng, values["local_learning_with_recommendations"], len(local))
    made = setting.calendar.add(incidents["date_triage"], rng.integers(15, 60, len(local)))
    counts = np.where(some & (made <= setting.as_at), rng.integers(1, 3, len(local)), 0)
    parts.append(("LOCAL_LEARNING", incidents["incident_ref"], made, counts, np.full(len(local), NO_DATE)))
    series_of = {ref: str(ref) for ref in reviews["rr_ref"]}
    for ref, cell in zip(lcsprs["lcspr_ref"], lcsprs["rr_refs"], strict=True):
        series_of[ref] = str(ref)
        for rapid_review in filter(None, cell.split(";")):
            series_of[rapid_review] = str(ref)
    columns: Columns = {name: [] for name in ("source_type", "source_ref", "date_made", "date_published", "series")}
    for kind, refs, dates, number, published in parts:
        number = np.where(np.isnat(dates), 0, number)
        repeated = np.repeat(refs, number)
        columns["source_type"].append(np.full(len(repeated), kind, dtype=object))
        columns["source_ref"].append(repeated)
        columns["date_made"].append(np.repeat(dates, number))
        columns["date_published"].append(np.repeat(published, number))
        columns["series"].append(np.array([series_of.get(ref, ref) for ref in repeated], dtype=object))
    joined = {name: np.concatenate(column) for name, column in columns.items()}
    order = np.lexsort((joined["source_ref"].astype(str), joined["date_made"]))
    return {name: column[order] for name, column in joined.items()}


class _Fresh:
    """A supply of asks that the partnership has not made before, until all have been."""

    def __init__(self, rng: Rng):
        self.rng = rng
        self.waiting: list[int] = []

    def next(self, taken: set[int]) -> int:
        if len(self.waiting) < 40:
            self.waiting = grammar().shuffled(self.rng)[::-1].tolist()
        skipped = []
        while (ask := self.waiting.pop()) in taken:
            skipped.append(ask)
        self.waiting.extend(reversed(skipped))
        return ask


def _plan(setting: Setting, sources: Columns, seed: int, rng: Rng) -> list[Plan]:
    """Decide ask and text of each recommendation in turn, since a repeat needs an earlier one to repeat."""
    fresh = _Fresh(rng)
    plans: list[Plan] = []
    taken: dict[str, set[int]] = {}
    first_in_window = np.searchsorted(sources["date_made"], sources["date_made"] - WINDOW)
    before_today = np.searchsorted(sources["date_made"], sources["date_made"])
    by_series: dict[str, list[int]] = {}
    neighbours = setting.partnership.neighbourhoods
    two_years = sources["date_made"].astype("datetime64[M]").astype(int) // 24
    for number, (source, series, source_type) in enumerate(
        zip(sources["source_ref"], sources["series"], sources["source_type"], strict=True)
    ):
        made_here = taken.setdefault(source, set())
        earlier = _choose_earlier(sources, int(first_in_window[number]), int(before_today[number]), series, rng)
        own = [row for row in by_series.get(series, []) if sources["source_type"][row] == "RR"]
        deck = going_round(seed, neighbours[rng.integers(len(neighbours))], int(two_years[number]))
        plan = _plan_one(plans, earlier, own if source_type == "LCSPR" else [], deck, made_here, fresh, rng)
        made_here.update(plan.asks)
        by_series.setdefault(series, []).append(number)
        plans.append(plan)
    return plans


def _choose_earlier(sources: Columns, first: int, last: int, series: str, rng: Rng) -> int:
    """A recommendation of another review, made before today and within three years; -1 if none was drawn."""
    for _ in range(4):
        if last <= first:
            return -1
        row = int(rng.integers(first, last))
        if sources["series"][row] != series:
            return row
    return -1


def _plan_one(
    plans: list[Plan], earlier: int, own: list[int], deck: tuple[int, ...], taken: set[int], fresh: _Fresh, rng: Rng
) -> Plan:
    chances = parameters()["repeats"]
    words = grammar()
    draw = rng.random()
    if own and rng.random() < chances["series"]:
        row = own[rng.integers(len(own))]
        ask = plans[row].asks[0]
        if ask not in taken:
            return Plan((ask,), words.phrase(ask, rng), "same_review_series", row)
    if earlier >= 0 and draw < chances["same_area"]:
        asks = plans[earlier].asks
        if not taken.intersection(asks):
            if rng.random() < chances["exact_of_same_area"]:
                return Plan(asks, plans[earlier].text, "repeat", earlier)
            return Plan(asks[:1], words.phrase(asks[0], rng), "repeat", earlier)
    elif draw < chances["same_area"] + chances["across"]:
        ask = deck[rng.integers(len(deck))]
        if ask not in taken:
            return Plan((ask,), words.phrase(ask, rng), "going_round", -1)
    elif earlier >= 0 and draw < chances["same_area"] + chances["across"] + chances["look_alike"]:
        ask = words.look_alike(plans[earlier].asks[0], rng)
        if ask not in taken:
            return Plan((ask,), words.phrase(ask, rng), "look_alike", earlier)
    ask = fresh.next(taken)
    if rng.random() < chances["two_asks"]:
        second = fresh.next(taken | {ask})
        return Plan((ask, second), words.phrase(ask, rng, second), "new", -1)
    return Plan((ask,), words.phrase(ask, rng), "new", -1)
