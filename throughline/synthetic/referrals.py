"""The referrals return: what triage knew, who was there and what was decided."""

import numpy as np

from throughline.synthetic.draws import Rng, chance, pick, pick_several, where_text, yes_no_unknown
from throughline.synthetic.incidents import DEATHS, Columns, Setting
from throughline.synthetic.parameters import mix, parameters
from throughline.synthetic.working_calendar import NO_DATE, blank_after

SCREENED_HARM = {
    "HARM_NOT_SERIOUS": {"NOT_SERIOUS": 1},
    "NO_ABUSE_NEGLECT": mix("harm_without_abuse"),
    "INSUFFICIENT_INFO": {"UNCERTAIN": 1},
    "": mix("harm_undecided"),
}


def draw_referrals(setting: Setting, incidents: Columns, rng: Rng) -> Columns:
    """One row per incident considered at triage."""
    size = len(incidents["incident_ref"])
    outcome = incidents["outcome"]
    decided = outcome != "PENDING"
    reason = _not_met_reasons(outcome, rng)
    agreement = where_text(decided, pick(rng, parameters()["agreement"], size), "NOT_RECORDED")
    split = np.isin(agreement, ["MAJORITY", "LA_DECIDED", "ESCALATED"])
    local_learning = outcome == "NOT_MET_LOCAL_LEARNING"
    told = chance(rng, 0.45, size) & decided
    family_told = chance(rng, 0.35, size) & decided
    return {
        "incident_ref": incidents["incident_ref"],
        "partnership_code": np.full(size, setting.partnership.partnership_code, dtype=object),
        "new_la_code": incidents["new_la_code"],
        "date_incident": incidents["date_incident"],
        "date_incident_precision": incidents["precision"],
        "date_referred": incidents["date_referred"],
        "referral_agency": pick(rng, parameters()["referral_agency"], size),
        "date_la_aware": incidents["date_aware"],
        "abuse_neglect": _abuse_neglect(incidents, reason, rng),
        "harm_outcome": _harm_outcomes(incidents, reason, rng),
        "harm_cumulative": yes_no_unknown(rng, 0.22, 0.25, size),
        "harm_psychological": yes_no_unknown(rng, 0.18, 0.35, size),
        "date_triage_decision": incidents["date_triage"],
        "triage_outcome": outcome,
        "not_met_reason": reason,
        "learning_test_used": where_text(decided, yes_no_unknown(rng, 0.15, 0.2, size)),
        "near_miss": incidents["near_miss"],
        "good_practice": incidents["good_practice"],
        "agreement": agreement,
        "partners_present": pick_several(rng, mix("partners_present"), size),
        "dissenting_agencies": where_text(split & chance(rng, 0.8, size), pick(rng, mix("dissenting_agency"), size)),
        "scrutineer_input": pick(rng, mix("scrutineer_input"), size),
        "local_learning_route": where_text(local_learning, pick(rng, mix("local_learning_route"), size)),
        "theme_codes": where_text(decided, draw_themes(size, rng)),
        "practitioners_told_date": _told_dates(setting, incidents, told, rng),
        "family_told_date": _told_dates(setting, incidents, family_told, rng),
        "children_count": incidents["children_count"],
    }


def draw_themes(size: int, rng: Rng) -> np.ndarray:
    """One to three different themes, the common ones more often."""
    weights = parameters()["theme_weights"]
    first, second, third = (pick(rng, weights, size) for _ in range(3))
    count = rng.choice(3, size, p=[0.5, 0.35, 0.15]) + 1
    cells = [
        ";".join(dict.fromkeys(themes[:number])) for number, *themes in zip(count, first, second, third, strict=True)
    ]
    return np.array(cells, dtype=object)


def _not_met_reasons(outcome: np.ndarray, rng: Rng) -> np.ndarray:
    size = len(outcome)
    not_met = np.char.startswith(outcome.astype(str), "NOT_MET")
    reason = where_text(not_met, pick(rng, parameters()["not_met_reason"], size))
    return where_text(outcome == "TRANSFERRED", "OUT_OF_AREA", reason)


def _abuse_neglect(incidents: Columns, reason: np.ndarray, rng: Rng) -> np.ndarray:
    size = len(reason)
    nature = incidents["nature"]
    answer = pick(rng, mix("abuse_if_notified"), size)
    answer = where_text(nature == "", pick(rng, mix("abuse_if_not_notified"), size), answer)
    outside = np.isin(nature, ["CHILD_DEATH_NO_ABUSE_NEGLECT", "CARE_LEAVER_DEATH"]) | (reason == "NO_ABUSE_NEGLECT")
    return where_text(outside, "NO", answer)


def _harm_outcomes(incidents: Columns, reason: np.ndarray, rng: Rng) -> np.ndarray:
    size = len(reason)
    nature = incidents["nature"]
    harm = pick(rng, mix("harm_screened_out_otherwise"), size)
    for code, weights in SCREENED_HARM.items():
        harm = where_text(reason == code, pick(rng, weights, size), harm)
    harm = where_text(np.isin(nature, DEATHS), "DEATH", harm)
    harm = where_text(nature == "SERIOUS_HARM", "SERIOUS_HARM", harm)
    return where_text(nature == "OTHER", "OTHER", harm)


def _told_dates(setting: Setting, incidents: Columns, told: np.ndarray, rng: Rng) -> np.ndarray:
    dates = setting.calendar.add(incidents["date_triage"], rng.integers(0, 25, len(told)))
    return blank_after(np.where(told, dates, NO_DATE), setting.as_at)
