"""How each LCSPR was done: pauses and delays, reviewer, method, family and practitioners, quality and cost."""

import numpy as np

from throughline.synthetic.draws import Rng, chance, pick, pick_several, where_text, yes_no
from throughline.synthetic.incidents import Columns, Setting
from throughline.synthetic.parameters import mix, parameters
from throughline.synthetic.working_calendar import NO_DATE, blank_after

QUESTIONS = tuple(f"q{number:02d}" for number in range(1, 11))


def draw_detail(setting: Setting, lcsprs: Columns, rng: Rng) -> Columns:
    """The columns of a review that are not its stages."""
    drafted = ~np.isnat(lcsprs["date_first_draft"])
    completed = ~np.isnat(lcsprs["date_signed_off"])
    return {
        **_delays(setting, lcsprs, rng),
        **_publication(lcsprs, rng),
        **_reviewer(lcsprs, rng),
        **_involvement(setting, lcsprs, drafted, rng),
        **_quality(completed, rng),
        **_cost(completed, rng),
    }


def _delays(setting: Setting, lcsprs: Columns, rng: Rng) -> Columns:
    size = len(lcsprs["lcspr_ref"])
    reasons = pick_several(rng, mix("lcspr_delay_reasons"), size, otherwise="CAPACITY")
    reasons = where_text(
        lcsprs["held_for_release"], np.char.add(reasons.astype(str), ";RELEASE_DELAYED").astype(object), reasons
    )
    late = lcsprs["is_late"]
    paused_now = lcsprs["status"] == "PAUSED"
    begun = lcsprs["date_tor_agreed"]
    paused_before = chance(rng, 0.08, size) & ~np.isnat(begun)
    start = np.fmin(setting.calendar.add(begun, rng.integers(1, 40, size)), setting.as_at)
    start = np.where(np.isnat(begun), np.fmin(lcsprs["date_reviewer_appointed"] + 10, setting.as_at), start)
    draft = np.where(np.isnat(lcsprs["date_first_draft"]), setting.as_at, lcsprs["date_first_draft"])
    end = np.minimum(start + rng.integers(30, 200, size), draft)
    reason = pick(rng, mix("pause_reason"), size)
    open_pause = np.array([f"{a}//{c}" for a, c in zip(start, reason, strict=True)], dtype=object)
    closed_pause = np.array([f"{a}/{b}/{c}" for a, b, c in zip(start, end, reason, strict=True)], dtype=object)
    paused_before &= end > start
    told = lcsprs["date_lcspr_decision"] + rng.integers(120, 200, size)
    return {
        "pause_intervals": where_text(paused_now, open_pause, where_text(paused_before, closed_pause)),
        "delay_reasons": where_text(late, reasons),
        "delay_notified_to_panel": blank_after(np.where(late & chance(rng, 0.6, size), told, NO_DATE), setting.as_at),
    }


def _publication(lcsprs: Columns, rng: Rng) -> Columns:
    size = len(lcsprs["lcspr_ref"])
    published, refused = lcsprs["status"] == "PUBLISHED", lcsprs["status"] == "NOT_PUBLISHED"
    form = pick(rng, mix("publication_form"), size)
    reference = np.array([f"C{number}" for number in rng.integers(8000, 9999, size)], dtype=object)
    return {
        "publication_form": where_text(published, form, where_text(refused, "NOT_PUBLISHED")),
        "not_published_reason": where_text(refused, pick(rng, mix("not_published_reason"), size)),
        "nspcc_ref": where_text(published & chance(rng, 0.6, size), reference),
        "page_count": np.where(published, np.maximum(4, rng.normal(32, 10, size)).astype(int), -1),
    }


def _reviewer(lcsprs: Columns, rng: Rng) -> Columns:
    """A pool of about 90 reviewers serves the whole country, a few of them very often."""
    size = len(lcsprs["lcspr_ref"])
    number = np.floor(90 * rng.random(size) ** 1.8).astype(int)
    appointed = ~np.isnat(lcsprs["date_reviewer_appointed"])
    begun = ~np.isnat(lcsprs["date_tor_agreed"])
    stated = chance(rng, parameters()["methodology_stated"], size)
    reviewers = np.array([f"REV-{value * 37 % 997:03d}" for value in number], dtype=object)
    # Background is the reviewer's own, so it depends on the key and not on the review.
    backgrounds = pick(np.random.default_rng(90), mix("reviewer_background"), 90)
    return {
        "reviewer_ref": where_text(appointed, reviewers),
        "reviewer_independence": where_text(appointed, pick(rng, mix("reviewer_independence"), size), "NONE"),
        "reviewer_background": where_text(appointed, backgrounds[number]),
        "reviewer_training": where_text(appointed, pick_several(rng, mix("reviewer_training"), size, "NONE")),
        "methodology_stated": where_text(begun, yes_no(stated)),
        "methodology": where_text(begun, where_text(stated, pick(rng, mix("methodology"), size), "NOT_STATED")),
        "methods": where_text(begun, pick_several(rng, mix("methods"), size, "DOCUMENT_REVIEW")),
        "tor_includes_eedi": where_text(begun, yes_no(chance(rng, 0.42, size))),
        "specialist_coopted": where_text(begun, yes_no(chance(rng, 0.14, size))),
    }


def _involvement(setting: Setting, lcsprs: Columns, drafted: np.ndarray, rng: Rng) -> Columns:
    size = len(drafted)
    family = where_text(drafted, pick(rng, parameters()["family_involvement"], size))
    invited = lcsprs["date_reviewer_appointed"] + rng.integers(10, 90, size)
    invited = np.where(np.isin(family, ["", "NOT_INVITED"]), NO_DATE, np.fmin(invited, lcsprs["date_first_draft"]))
    contributed = np.char.startswith(family.astype(str), "CONTRIBUTED")
    practitioners = pick(rng, mix("practitioner_involvement"), size)
    outcome = lcsprs["date_signed_off"]
    told_family = blank_after(outcome + rng.integers(1, 40, size), setting.as_at)
    told_staff = blank_after(outcome + rng.integers(1, 60, size), setting.as_at)
    return {
        "family_invited_date": invited,
        "family_involvement": family,
        "family_shown_draft": where_text(contributed, yes_no(chance(rng, 0.6, size)), where_text(drafted, "N")),
        "family_told_outcome_date": np.where(
            ~np.isin(family, ["", "NOT_INVITED"]) & chance(rng, 0.65, size), told_family, NO_DATE
        ),
        "child_participation": where_text(drafted, pick(rng, mix("child_participation"), size)),
        "practitioner_involvement": where_text(drafted, practitioners),
        "practitioners_told_outcome_date": np.where(chance(rng, 0.5, size), told_staff, NO_DATE),
        "scrutineer_stages": where_text(drafted, pick_several(rng, mix("scrutineer_stages"), size, "NONE")),
    }


def _quality(completed: np.ndarray, rng: Rng) -> Columns:
    size = len(completed)
    assessed = completed & chance(rng, 0.6, size)
    answers = {
        name: where_text(
            assessed, pick(rng, {**mix("framework_answer"), "NOT_RELEVANT": 8 if name in QUESTIONS[2:6] else 0}, size)
        )
        for name in QUESTIONS
    }
    return {
        "additional_learning": where_text(completed, pick(rng, parameters()["additional_learning"], size)),
        **answers,
        "q_assessor": where_text(assessed, pick(rng, mix("framework_assessor"), size)),
    }


def _cost(completed: np.ndarray, rng: Rng) -> Columns:
    size = len(completed)
    known = completed & chance(rng, 0.4, size)
    reviewer = np.round(rng.lognormal(np.log(14_000), 0.35, size), -2).astype(int)
    return {
        "cost_reviewer_gbp": np.where(known, reviewer, -1),
        "cost_other_gbp": np.where(
            known & chance(rng, 0.6, size), np.round(rng.lognormal(np.log(4_000), 0.6, size), -2).astype(int), -1
        ),
        "staff_hours": np.where(known & chance(rng, 0.3, size), rng.integers(40, 400, size), -1),
    }
