"""The LCSPRs return: stages, delays, how each review was done and how it ended."""

import numpy as np

from throughline.synthetic.draws import Rng, chance, numbered, where_text
from throughline.synthetic.incidents import Columns, Setting
from throughline.synthetic.lcspr_detail import draw_detail
from throughline.synthetic.parameters import parameters
from throughline.synthetic.working_calendar import NO_DATE, add_months, blank_after

# Cumulative share of the time from decision to sign-off at which each stage ends, on average.
STAGES = {
    "date_commission_started": 0.06,
    "date_reviewer_appointed": 0.20,
    "date_tor_agreed": 0.28,
    "date_first_panel": 0.36,
    "date_practitioner_event": 0.52,
    "date_first_draft": 0.74,
    "date_signed_off": 1.0,
}


def draw_lcsprs(setting: Setting, incidents: Columns, notifications: Columns, reviews: Columns, rng: Rng) -> Columns:
    """One row per review decided; thematic ones cover several rapid reviews, whose decision dates they move."""
    groups, origin, decided = _group_reviews(reviews, rng)
    near_groups, near_origin, near_decided = _without_notification(setting, incidents, rng)
    origin = np.array(origin + near_origin, dtype=object)
    decision = np.array(decided + near_decided, dtype="datetime64[D]")
    rr_refs = [";".join(reviews["rr_ref"][group]) for group in groups] + [""] * len(near_groups)
    incident_rows = [notifications["incident"][reviews["notification"][group]] for group in groups] + near_groups
    order = np.argsort(decision, kind="stable")
    size = len(order)
    lcsprs: Columns = {
        "lcspr_ref": numbered("LCSPR", size),
        "rr_refs": np.array(rr_refs, dtype=object)[order],
        "origin": origin[order],
        "date_lcspr_decision": decision[order],
    }
    lcsprs |= _stage_dates(setting, lcsprs["date_lcspr_decision"], rng)
    lcsprs |= _endings(setting, lcsprs, rng)
    lcsprs |= draw_detail(setting, lcsprs, rng)
    lcsprs["incident_rows"] = np.empty(size, dtype=object)
    for place, row in enumerate(order):
        lcsprs["incident_rows"][place] = incident_rows[row]
    return lcsprs


def _group_reviews(reviews: Columns, rng: Rng) -> tuple[list[list[int]], list[str], list[np.datetime64]]:
    """Each rapid review that led to an LCSPR, some joined with the one or two decided next within four months."""
    rows = np.flatnonzero(reviews["final_decision"] == "LCSPR")
    rows = rows[np.argsort(reviews["date_lcspr_decision"][rows], kind="stable")]
    joins = chance(rng, parameters()["thematic_share"], len(rows))
    groups: list[list[int]] = []
    open_group = False
    for row, join in zip(rows, joins, strict=True):
        if open_group and len(groups[-1]) < 3:
            gap = reviews["date_lcspr_decision"][row] - reviews["date_lcspr_decision"][groups[-1][0]]
            if gap <= np.timedelta64(120, "D"):
                groups[-1].append(int(row))
                continue
        groups.append([int(row)])
        open_group = bool(join)
    decided = []
    for group in groups:
        # The decision to begin a thematic review is made with the last of the rapid reviews it covers.
        last = reviews["date_lcspr_decision"][group].max()
        reviews["date_lcspr_decision"][group] = last
        decided.append(last)
    return groups, ["THEMATIC" if len(group) > 1 else "RR" for group in groups], decided


def _without_notification(
    setting: Setting, incidents: Columns, rng: Rng
) -> tuple[list[list[int]], list[str], list[np.datetime64]]:
    """Reviews of near misses and of good practice, which follow no notification."""
    reviewed = chance(rng, parameters()["near_miss_reviewed"], len(incidents["incident_ref"]))
    rows = np.flatnonzero(reviewed & ((incidents["near_miss"] == "Y") | (incidents["good_practice"] == "Y")))
    decided = setting.calendar.add(incidents["date_triage"][rows], rng.integers(5, 30, len(rows)))
    rows, decided = rows[decided <= setting.as_at], decided[decided <= setting.as_at]
    origins = where_text(incidents["near_miss"][rows] == "Y", "NEAR_MISS", "GOOD_PRACTICE")
    return [[int(row)] for row in rows], list(origins), list(decided)


def _stage_dates(setting: Setting, decision: np.ndarray, rng: Rng) -> Columns:
    """Planned stages; what lies after the as-at date is blanked when the review is closed."""
    size = len(decision)
    weeks = parameters()["lcspr_weeks"]
    length = rng.lognormal(np.log(weeks["median"] * 7 * setting.profile.lcspr_factor), weeks["log_sd"], size)
    shares = np.diff([0.0, *STAGES.values()])
    parts = rng.gamma(shares * 25, 1.0, (size, len(shares)))
    reached = np.cumsum(parts / parts.sum(axis=1, keepdims=True), axis=1)
    dates = {}
    for place, name in enumerate(STAGES):
        day = decision + np.round(length * reached[:, place]).astype(int)
        dates[name] = np.maximum(setting.calendar.add(setting.calendar.add(day, 1), -1), decision)
    dates["date_practitioner_event"] = np.where(chance(rng, 0.8, size), dates["date_practitioner_event"], NO_DATE)
    dates["date_sent_panel"] = setting.calendar.add(dates["date_signed_off"], rng.integers(0, 21, size))
    held = np.where(chance(rng, 0.25, size), rng.integers(40, 260, size), rng.integers(0, 20, size))
    dates["date_published"] = setting.calendar.add(dates["date_sent_panel"], 7 + held)
    dates["held_for_release"] = held >= 40
    return dates


def _endings(setting: Setting, lcsprs: Columns, rng: Rng) -> Columns:
    """What has happened by the as-at date, and the status that follows from it."""
    size = len(lcsprs["lcspr_ref"])
    values = parameters()
    stops = chance(rng, values["discontinued"], size)
    stop = lcsprs["date_first_panel"] + rng.integers(0, 60, size)
    stopped = stops & (stop <= np.minimum(setting.as_at, lcsprs["date_first_draft"]))
    limit = np.where(stopped, stop, setting.as_at)
    dates = {name: blank_after(lcsprs[name], limit) for name in (*STAGES, "date_sent_panel", "date_published")}
    published = ~np.isnat(dates["date_published"])
    refused = published & chance(rng, values["not_published"], size)
    dates["date_published"] = np.where(refused, NO_DATE, dates["date_published"])
    status = np.full(size, "DECIDED", dtype=object)
    for name, code in (
        ("date_commission_started", "COMMISSIONING"),
        ("date_reviewer_appointed", "IN_PROGRESS"),
        ("date_signed_off", "SIGNED_OFF"),
        ("date_sent_panel", "SENT_TO_PANEL"),
        ("date_published", "PUBLISHED"),
    ):
        status = where_text(np.isnat(dates[name]), status, code)
    status = where_text(refused, "NOT_PUBLISHED", where_text(stopped, "DISCONTINUED", status))
    paused = (status == "IN_PROGRESS") & chance(rng, values["paused"] * 3, size)
    status = where_text(paused, "PAUSED", status)
    sent = dates["date_sent_panel"]
    withdrawn = dates["date_published"] + rng.integers(366, 900, size)
    withdrawn = np.where(chance(rng, 0.1, size), blank_after(withdrawn, setting.as_at), NO_DATE)
    overdue = _is_late(setting, lcsprs["date_lcspr_decision"], dates["date_published"], refused | stopped)
    return {
        **dates,
        "status": status,
        "date_sent_sos": np.where(chance(rng, 0.95, size), sent, NO_DATE),
        "date_sent_ofsted": np.where(chance(rng, 0.8, size), sent, NO_DATE),
        "date_withdrawn": np.where(stopped, stop, withdrawn),
        "is_late": overdue,
    }


def _is_late(setting: Setting, decision: np.ndarray, published: np.ndarray, ended: np.ndarray) -> np.ndarray:
    """Not published six months after the decision, whether still open or published late."""
    due = add_months(decision, 6)
    open_late = np.isnat(published) & (due < setting.as_at) & ~ended
    return open_late | (~np.isnat(published) & (published > due))
