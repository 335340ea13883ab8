"""The rapid reviews return: clocks, what the review considered, the decision and the Panel's view of it."""

import numpy as np

from throughline.synthetic.draws import Rng, chance, numbered, pick, pick_several, where_text, yes_no
from throughline.synthetic.incidents import Columns, Setting
from throughline.synthetic.parameters import mix, parameters
from throughline.synthetic.working_calendar import NO_DATE, blank_after

TEMPLATE_CHANGED = np.datetime64("2025-06-01")
IMPACTS = ("ethnicity", "disability", "sex", "sexual_orientation")


def draw_rapid_reviews(setting: Setting, notifications: Columns, rng: Rng) -> Columns:
    """One row per rapid review begun; `notification` is the row of the notification it is about."""
    chosen, stopped = _choose_reviewed(setting, notifications, rng)
    notified = notifications["date_notified"][chosen]
    size = len(chosen)
    days = _working_days_to_submit(setting, notified, rng)
    submitted = setting.calendar.add(notified, days)
    started = setting.calendar.add(notified, np.minimum(rng.integers(0, 5, size), days))
    agreed = setting.calendar.add(notified, days - np.minimum(rng.integers(0, 3, size), days))
    meeting = setting.calendar.add(
        started, (setting.calendar.between(started, agreed) * rng.uniform(0.4, 1, size)).astype(int)
    )
    begun = started <= setting.as_at
    stop = notifications["criteria_status_date"][chosen]
    limit = np.where(stopped, np.fmin(stop, setting.as_at), setting.as_at)
    begun &= started <= limit
    is_submitted = ~stopped & (submitted <= setting.as_at)
    agreed = np.where(is_submitted | (~stopped & (agreed <= setting.as_at)), agreed, NO_DATE)
    reviews = {
        "notification": chosen,
        "sin_ref": notifications["sin_ref"][chosen],
        "date_rr_started": started,
        "date_rr_meeting": np.where(meeting <= limit, meeting, NO_DATE),
        "date_rr_agreed": agreed,
        "date_rr_submitted": np.where(is_submitted, submitted, NO_DATE),
        "status": where_text(stopped, "STOPPED_NOT_MET", where_text(is_submitted, "SUBMITTED", "IN_PROGRESS")),
        "late_reason": _late_reasons(setting, notified, days, stopped, rng),
        **_how_reviewed(setting, notified, started, rng),
    }
    reviews = {name: column[begun] for name, column in reviews.items()}
    reviews |= _decide(setting, reviews, rng)
    return {"rr_ref": numbered("RR", int(begun.sum())), **reviews}


def _choose_reviewed(setting: Setting, notifications: Columns, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """Notifications in scope and still standing, and some of those stopped when the criteria proved not to be met."""
    size = len(notifications["sin_ref"])
    in_scope = notifications["panel_in_scope"] == "Y"
    status = notifications["criteria_status"]
    missing = chance(rng, parameters()["rapid_review_missing"], size)
    standing = in_scope & (status == "MET") & ~missing
    stopped = in_scope & (status == "SUBSEQUENTLY_NOT_MET") & chance(rng, 0.6, size)
    chosen = np.flatnonzero(standing | stopped)
    return chosen, stopped[chosen]


def _working_days_to_submit(setting: Setting, notified: np.ndarray, rng: Rng) -> np.ndarray:
    """Mostly near the limit of 15; a late one has a long tail."""
    size = len(notified)
    share = np.full(size, setting.profile.rapid_review_in_time)
    relaxed = notified < np.datetime64("2021-04-01")
    share[relaxed] *= parameters()["rapid_review_in_time_first_year"] / parameters()["rapid_review_in_time"]
    in_time = rng.choice(np.arange(7, 16), size, p=[0.02, 0.03, 0.05, 0.07, 0.09, 0.12, 0.14, 0.20, 0.28])
    late = 15 + np.ceil(rng.lognormal(np.log(9), 0.95, size)).astype(int)
    return np.where(chance(rng, share, size), in_time, np.minimum(late, 260))


def _late_reasons(
    setting: Setting, notified: np.ndarray, days: np.ndarray, stopped: np.ndarray, rng: Rng
) -> np.ndarray:
    passed = setting.calendar.between(notified, np.full(len(notified), setting.as_at))
    late = (days > 15) & (passed > 15) & ~stopped
    return where_text(late, pick(rng, mix("rapid_review_late_reason"), len(notified)))


def _how_reviewed(setting: Setting, notified: np.ndarray, started: np.ndarray, rng: Rng) -> Columns:
    size = len(notified)
    family = pick(rng, mix("family_informed"), size)
    family_date = setting.calendar.add(started, rng.integers(0, 20, size))
    # A family that is to be told after the return was drawn up has not been told in it.
    family = np.where((family == "YES") & (family_date > np.datetime64(setting.as_at)), "NO", family)
    before, since = (
        ";".join(sorted(prompts)) for prompts in (setting.profile.prompts_before, setting.profile.prompts_since)
    )
    return {
        "lead_type": pick(rng, mix("lead_type"), size),
        "agencies_contributing": pick_several(rng, mix("agencies_contributing"), size, otherwise="LA_CSC"),
        "practitioners_involved": pick(rng, mix("practitioners_involved"), size),
        "family_informed": family,
        "family_informed_date": blank_after(np.where(family == "YES", family_date, NO_DATE), setting.as_at),
        "immediate_action": yes_no(chance(rng, 0.7, size)),
        "template_prompts": where_text(notified >= TEMPLATE_CHANGED, since, before),
        "why_analysed": pick(rng, mix("why_analysed"), size),
        "learning_points_count": rng.poisson(4, size),
    }


def draw_impacts(recorded: dict[str, np.ndarray], rng: Rng) -> Columns:
    """For each characteristic, whether the review considered its effect; only where some child has it recorded."""
    impacts = {}
    for name in IMPACTS:
        size = len(recorded[name])
        considered = chance(rng, parameters()["impact_considered"][name], size)
        yes = pick(rng, mix("impact_if_considered"), size)
        no = pick(rng, mix("impact_if_not_considered"), size)
        impact = where_text(considered, yes, no)
        unrecorded = pick(rng, mix("impact_if_not_recorded"), size)
        impacts[f"{name}_impact"] = where_text(recorded[name], impact, unrecorded)
    return impacts


def _decide(setting: Setting, reviews: Columns, rng: Rng) -> Columns:
    """The partners' decision, the Panel's view and the decision that stood."""
    size = len(reviews["sin_ref"])
    done = reviews["status"] == "SUBMITTED"
    other = pick(rng, parameters()["other_decision"], size)
    first = where_text(chance(rng, setting.profile.conversion, size), "LCSPR", other)
    received = setting.calendar.add(reviews["date_rr_submitted"], rng.integers(0, 3, size))
    received = blank_after(received, setting.as_at)
    wait = parameters()["panel_response_working_days"]
    response = setting.calendar.add(
        received, np.ceil(rng.lognormal(np.log(wait["median"]), wait["log_sd"], size)).astype(int)
    )
    response = blank_after(response, setting.as_at)
    answered = ~np.isnat(response)
    view = _panel_views(first, rng)
    changed = np.char.startswith(view.astype(str), "DISAGREE")
    changed &= chance(rng, parameters()["decision_changed_after_disagreement"], size)
    final = where_text(changed, where_text(view == "DISAGREE_WANTS_LCSPR", "LCSPR", "NO_LCSPR"), first)
    final = where_text((view == "NATIONAL_REVIEW") & chance(rng, 0.5, size), "NATIONAL_SUGGESTED", final)
    confirmed = setting.calendar.add(response, np.where(changed, rng.integers(5, 16, size), rng.integers(0, 8, size)))
    confirmed = blank_after(confirmed, setting.as_at)
    settled = ~np.isnat(confirmed)
    decision_date = np.where(first == "LCSPR", reviews["date_rr_agreed"], NO_DATE)
    decision_date = np.where((first != "LCSPR") & (final == "LCSPR"), confirmed, decision_date)
    reasons = where_text(
        first == "LCSPR",
        pick_several(rng, mix("reasons_for_lcspr"), size, otherwise="AGENCY_WORKING"),
        pick_several(rng, mix("reasons_against_lcspr"), size, otherwise="LEARNING_CAPTURED"),
    )
    waiting = where_text(np.isnat(received), "", "NO_RESPONSE_YET")
    return {
        "partners_decision": where_text(done, first),
        "decision_reasons": where_text(done, reasons),
        "date_lcspr_decision": np.where(done, decision_date, NO_DATE),
        "date_panel_received": received,
        "date_panel_response": response,
        "panel_view": where_text(answered, view, waiting),
        "final_decision": where_text(settled, final),
        "date_decision_confirmed": confirmed,
    }


def _panel_views(first: np.ndarray, rng: Rng) -> np.ndarray:
    size = len(first)
    view = pick(rng, parameters()["panel_other_views"], size)
    disagree = where_text(first == "LCSPR", "DISAGREE_NO_LCSPR_NEEDED", "DISAGREE_WANTS_LCSPR")
    view = where_text(view == "DISAGREE", disagree, view)
    return where_text(chance(rng, parameters()["panel_agrees"], size), "AGREE", view)
