"""How each recommendation is coded, and what became of it."""

import numpy as np

from throughline.synthetic.asks import grammar
from throughline.synthetic.draws import Rng, chance, pick, where_text, yes_no
from throughline.synthetic.incidents import Columns, Setting
from throughline.synthetic.parameters import mix, parameters
from throughline.synthetic.working_calendar import NO_DATE, blank_after

USUAL_LOOP = {
    "TRAINING": "SINGLE",
    "BRIEFING": "SINGLE",
    "POLICY_PROCEDURE": "SINGLE",
    "TOOL_FORM": "SINGLE",
    "AUDIT_ASSURANCE": "SINGLE",
    "INFO_SHARING": "SINGLE",
    "SUPERVISION_REFLECTION": "DOUBLE",
    "PRACTICE_MODEL": "DOUBLE",
    "LEADERSHIP_CULTURE": "DOUBLE",
    "RESEARCH": "DOUBLE",
    "PARTICIPATION": "DOUBLE",
    "CAPACITY_RESOURCE": "TRIPLE",
    "COMMISSIONING_STRUCTURE": "TRIPLE",
    "LAW_NATIONAL_POLICY": "TRIPLE",
}
STRUCTURAL = ("LEADERSHIP_CULTURE", "CAPACITY_RESOURCE", "COMMISSIONING_STRUCTURE", "LAW_NATIONAL_POLICY")


def draw_follow_up(setting: Setting, columns: Columns, rng: Rng) -> Columns:
    """Codes of each recommendation, then its acceptance, action, check of effect and any national response."""
    coded = _code(columns, rng)
    return coded | _act(setting, columns, rng) | _national_response(setting, columns, coded["level"], rng)


def _code(columns: Columns, rng: Rng) -> Columns:
    words = grammar()
    size = len(columns["ask"])
    practices = [words.practice(int(ask)) for ask in columns["ask"]]
    change = np.array([words.action(int(ask)).change_type for ask in columns["ask"]], dtype=object)
    national = change == "LAW_NATIONAL_POLICY"
    targets = [_targets(practice.targets, draw) for practice, draw in zip(practices, rng.random(size), strict=True)]
    regional = np.array(["REGIONAL_BODY" in cell for cell in targets], dtype=bool) | chance(rng, 0.04, size)
    level = where_text(national, "NATIONAL", where_text(regional, "REGIONAL", "LOCAL"))
    needed = where_text(chance(rng, 0.12, size), pick(rng, mix("level_needed"), size), level)
    second = np.array(
        [words.practice(int(ask)).theme if ask >= 0 else "" for ask in columns["second_ask"]], dtype=object
    )
    other = pick(rng, parameters()["theme_weights"], size)
    theme = np.array([practice.theme for practice in practices], dtype=object)
    second = where_text((second == "") & chance(rng, 0.3, size), other, second)
    loop = np.array([USUAL_LOOP[name] for name in change], dtype=object)
    deeper = chance(rng, 0.1, size) & (loop == "SINGLE")
    structural = np.isin(change, STRUCTURAL)
    timed = np.array(["within six months" in text for text in columns["rec_text"]], dtype=bool)
    findings = mix("form_in_lcspr")
    form = where_text(
        columns["source_type"] == "LCSPR", pick(rng, findings, size), pick(rng, mix("form_elsewhere"), size)
    )
    repeat = columns["kind"] == "repeat"
    return {
        "form": form,
        "level": level,
        "level_needed": where_text(chance(rng, 0.8, size), where_text(national, "NATIONAL", needed)),
        "targets": where_text(national, "GOVERNMENT", np.array(targets, dtype=object)),
        "owner_role": where_text(chance(rng, 0.85, size), pick(rng, mix("owner_role"), size)),
        "gov_department": where_text(national, pick(rng, mix("gov_department"), size)),
        "smart_s": yes_no(chance(rng, 0.8, size)),
        "smart_m": yes_no(chance(rng, np.where(structural, 0.15, 0.35), size)),
        "smart_a": yes_no(chance(rng, np.where(national, 0.1, 0.8), size)),
        "smart_r": yes_no(chance(rng, 0.9, size)),
        "smart_t": yes_no(timed | chance(rng, 0.12, size)),
        "change_type": change,
        "loop": where_text(deeper, "DOUBLE", loop),
        "theme_primary": theme,
        "theme_secondary": where_text(second == theme, "", second),
        "eedi_related": np.array([practice.eedi for practice in practices], dtype=object),
        "codeveloped_with": where_text(chance(rng, 0.7, size), pick(rng, mix("codeveloped_with"), size)),
        "coded_by": pick(rng, mix("coded_by"), size),
        "coder_confidence": np.round(rng.uniform(0.6, 1.0, size), 2),
        "repeat_acknowledged": where_text(
            repeat & chance(rng, 0.2, size), "Y", where_text(chance(rng, 0.7, size), "N")
        ),
        "text_shareable": where_text(chance(rng, 0.8, size), yes_no(chance(rng, 0.4, size))),
    }


def _targets(targets: tuple[str, ...], draw: float) -> str:
    """Mostly the agencies the practice belongs to, sometimes the partnership as a whole."""
    return "PARTNERSHIP" if draw < 0.35 else ";".join(targets)


def _act(setting: Setting, columns: Columns, rng: Rng) -> Columns:
    size = len(columns["ask"])
    made = columns["date_made"]
    recent = (setting.as_at - made).astype(int) < 60
    accepted = pick(rng, mix("accepted"), size)
    accepted = where_text(recent & chance(rng, 0.6, size), "PENDING", accepted)
    agreed = np.isin(accepted, ["YES", "PARTLY"])
    due = made + rng.integers(60, 400, size)
    completed = blank_after(made + np.floor(rng.lognormal(np.log(230), 0.7, size)).astype(int), setting.as_at)
    superseded = chance(rng, 0.04, size) & agreed
    done = agreed & ~superseded & ~np.isnat(completed) & chance(rng, 0.85, size)
    started = (setting.as_at - made).astype(int) > rng.integers(20, 160, size)
    status = where_text(started, "IN_PROGRESS", "NOT_STARTED")
    status = where_text(done, "DONE", where_text(superseded, "SUPERSEDED", status))
    status = where_text(agreed, status, where_text(accepted == "NO", "NOT_ACCEPTED"))
    completed = np.where(done, completed, NO_DATE)
    checked = np.where(
        chance(rng, 0.4, size), blank_after(completed + rng.integers(90, 380, size), setting.as_at), NO_DATE
    )
    was_checked = ~np.isnat(checked)
    published = columns["date_published"]
    before = where_text(done & (completed < published), "Y", where_text(~np.isnat(published), "N"))
    return {
        "accepted": accepted,
        "date_due": np.where(agreed, due, NO_DATE),
        "date_completed": completed,
        "action_status": status,
        "done_before_publication": before,
        "date_impact_checked": checked,
        "impact_method": where_text(was_checked, pick(rng, mix("impact_method"), size)),
        "impact_result": where_text(
            was_checked,
            pick(rng, mix("impact_result"), size),
        ),
    }


def _national_response(setting: Setting, columns: Columns, level: np.ndarray, rng: Rng) -> Columns:
    size = len(level)
    sent = columns["date_made"] + rng.integers(20, 500, size)
    status = where_text(sent <= setting.as_at, pick(rng, mix("national_response"), size), "NOT_SENT")
    status = where_text(level == "NATIONAL", status)
    responded = np.isin(status, ["ACKNOWLEDGED", "ACCEPTED", "REJECTED", "ACTIONED"])
    return {"national_response_status": status, "national_response_date": np.where(responded, sent, NO_DATE)}
