"""The notifications return: what was sent to the Panel, when, and what became of it."""

import numpy as np

from throughline.synthetic.draws import Rng, chance, numbered, pick, where_text, yes_no
from throughline.synthetic.incidents import Columns, Setting
from throughline.synthetic.parameters import mix, parameters
from throughline.synthetic.working_calendar import NO_DATE, blank_after

OUT_OF_SCOPE = ("CHILD_DEATH_NO_ABUSE_NEGLECT", "CARE_LEAVER_DEATH")


def draw_notifications(setting: Setting, incidents: Columns, rng: Rng) -> Columns:
    """One row per notification, in date order; `incident` is the row of the incident it is about."""
    rows = np.flatnonzero(incidents["outcome"] == "NOTIFY")
    rows = rows[np.argsort(incidents["date_notified"][rows], kind="stable")]
    originals = len(rows)
    copies = _choose_duplicates(incidents, rows, rng)
    notified = incidents["date_notified"][rows]
    copied_on = setting.calendar.add(notified[copies], rng.integers(1, 11, len(copies)))
    copies, copied_on = copies[copied_on <= setting.as_at], copied_on[copied_on <= setting.as_at]
    sent = np.concatenate([notified, copied_on])
    order = np.argsort(sent, kind="stable")
    incident = np.concatenate([rows, rows[copies]])[order]
    is_copy = (np.arange(len(order)) >= originals)[order]
    sent = sent[order]
    size = len(order)
    position = np.empty(size, dtype=int)
    position[order] = np.arange(size)
    refs = numbered("SIN", size)
    duplicate_of = np.full(size, "", dtype=object)
    duplicate_of[position[originals:]] = refs[position[copies]]
    nature = incidents["nature"][incident]
    in_scope = ~np.isin(nature, OUT_OF_SCOPE)
    status, status_date = _criteria_status(setting, incidents["withdrawn"][incident], is_copy, in_scope, sent, rng)
    count = incidents["children_count"][incident]
    late = setting.calendar.between(incidents["date_aware"][incident], sent) > 5
    return {
        "incident": incident,
        "sin_ref": refs,
        "incident_ref": incidents["incident_ref"][incident],
        "new_la_code": incidents["new_la_code"][incident],
        "residence_la_code": _residence(setting, incidents["new_la_code"][incident], rng),
        "date_la_aware": incidents["date_aware"][incident],
        "date_notified": sent,
        "nature": nature,
        "children_count": count,
        "children_on_form": np.minimum(count, 4),
        "criteria_status": status,
        "criteria_status_date": status_date,
        "duplicate_of": duplicate_of,
        "panel_in_scope": yes_no(in_scope),
        "date_partners_told": _told(setting, incidents["date_aware"][incident], 0.85, 7, rng),
        "date_police_review_unit_told": _told(setting, sent, 0.55, 30, rng),
        "late_reason": where_text(late, _late_reasons(sent, rng)),
    }


def _choose_duplicates(incidents: Columns, rows: np.ndarray, rng: Rng) -> np.ndarray:
    """Which notifications were sent twice; not those withdrawn, nor outside the Panel's scope."""
    possible = ~incidents["withdrawn"][rows] & ~np.isin(incidents["nature"][rows], OUT_OF_SCOPE)
    return np.flatnonzero(possible & chance(rng, parameters()["duplicates_per_notification"], len(rows)))


def _criteria_status(
    setting: Setting, withdrawn: np.ndarray, is_copy: np.ndarray, in_scope: np.ndarray, sent: np.ndarray, rng: Rng
) -> tuple[np.ndarray, np.ndarray]:
    """What was decided about the criteria later, if that day has come."""
    size = len(sent)
    later_not_met = in_scope & chance(rng, parameters()["subsequently_not_met"], size)
    status = where_text(later_not_met, "SUBSEQUENTLY_NOT_MET", "MET")
    status = where_text(withdrawn, "WITHDRAWN", status)
    status = where_text(is_copy, "DUPLICATE", status)
    changed = setting.calendar.add(sent, np.where(is_copy, rng.integers(0, 6, size), rng.integers(3, 31, size)))
    # A duplicate is known by its link; a change that has not happened yet is not in the return.
    changed = np.where(is_copy, np.minimum(changed, setting.as_at), changed)
    not_yet = changed > setting.as_at
    status = where_text(not_yet, "MET", status)
    return status, np.where((status == "MET") | not_yet, NO_DATE, changed)


def _residence(setting: Setting, codes: np.ndarray, rng: Rng) -> np.ndarray:
    """Mostly the notifying authority, sometimes another of the region, sometimes left blank."""
    size = len(codes)
    elsewhere = np.array(setting.region_codes, dtype=object)[rng.integers(0, len(setting.region_codes), size)]
    draw = rng.random(size)
    return where_text(draw < 0.88, codes, where_text(draw < 0.95, elsewhere, ""))


def _told(setting: Setting, start: np.ndarray, share: float, within: int, rng: Rng) -> np.ndarray:
    size = len(start)
    dates = setting.calendar.add(start, rng.integers(0, within, size))
    return blank_after(np.where(chance(rng, share, size), dates, NO_DATE), setting.as_at)


def _late_reasons(sent: np.ndarray, rng: Rng) -> np.ndarray:
    reason = pick(rng, mix("notification_late_reason"), len(sent))
    covid = (sent < np.datetime64("2021-04-01")) & chance(rng, 0.3, len(sent))
    return where_text(covid, "COVID", reason)
