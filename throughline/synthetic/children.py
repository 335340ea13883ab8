"""The children of each incident: who they are, before anyone records it."""

import numpy as np

from throughline.synthetic.draws import Rng, chance, pick, where_text, yes_no_unknown
from throughline.synthetic.incidents import DEATHS, Columns, Setting
from throughline.synthetic.parameters import mix, parameters

AGES = {"UNDER_1": (0, 0), "1_TO_5": (1, 5), "6_TO_10": (6, 10), "11_TO_15": (11, 15), "16_TO_17": (16, 17)}
AGE_WEIGHTS = {
    "CHILD_DEATH_ABUSE_NEGLECT": "child_death",
    "CHILD_DEATH_NO_ABUSE_NEGLECT": "looked_after_no_abuse",
    "SERIOUS_HARM": "serious_harm",
    "OTHER": "other",
    "": "screened_out",
}


def draw_children(setting: Setting, incidents: Columns, rng: Rng) -> Columns:
    """One row per child: `incident` is the row of its incident, and the values are the true ones."""
    counts = incidents["children_count"]
    incident = np.repeat(np.arange(len(counts)), counts)
    size = len(incident)
    sequence = np.arange(size) - np.repeat(np.cumsum(counts) - counts, counts) + 1
    nature = incidents["nature"][incident]
    role = _roles(nature, sequence, incidents["looked_after"][incident], rng)
    age, band = _ages(nature, rng)
    return {
        "incident": incident,
        "child_seq": sequence,
        "child_role": role,
        "age_years": age,
        "age_band": band,
        **_true_characteristics(setting, incidents["authority"][incident], rng),
        **_circumstances(setting, incidents, incident, age, rng),
        **_care(nature, incidents["looked_after"][incident], rng),
        **_harms(nature, role, age, rng),
        "survived_to_return_date": where_text(role == "DIED", "N", pick(rng, mix("survived"), size)),
    }


def _roles(nature: np.ndarray, sequence: np.ndarray, looked_after: np.ndarray, rng: Rng) -> np.ndarray:
    size = len(nature)
    lead = sequence == 1
    harmed = where_text(lead, "HARMED", pick(rng, mix("role_of_other_child_harm"), size))
    death = np.isin(nature, DEATHS)
    role = where_text(death, where_text(lead, "DIED", pick(rng, mix("role_of_other_child_death"), size)), harmed)
    role = where_text(nature == "OTHER", where_text(lead, "PERPETRATOR", "HARMED"), role)
    died = (nature == "") & lead & chance(rng, 0.15, size)
    return where_text(died, "DIED", role)


def _ages(nature: np.ndarray, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    size = len(nature)
    band = np.full(size, "UNKNOWN", dtype=object)
    for code, name in AGE_WEIGHTS.items():
        band = where_text(nature == code, pick(rng, parameters()["age_band"][name], size), band)
    low = np.array([AGES.get(value, (18, 24))[0] for value in band])
    high = np.array([AGES.get(value, (18, 24))[1] for value in band])
    age = low + np.floor(rng.random(size) * (high - low + 1)).astype(int)
    # Now and then a screened-out child's age was never found out. Care leavers are older than any band.
    unknown = (nature == "") & chance(rng, 0.03, size)
    return np.where(unknown, -1, age), where_text(unknown, "UNKNOWN", band)


def _true_characteristics(setting: Setting, authority: np.ndarray, rng: Rng) -> Columns:
    size = len(authority)
    ethnicity = np.full(size, "", dtype=object)
    for position, one in enumerate(setting.partnership.authorities):
        ethnicity = where_text(authority == position, pick(rng, one.ethnicity_population, size), ethnicity)
    return {
        "sex": pick(rng, parameters()["sex"], size),
        "ethnicity": ethnicity,
        "disability": pick(rng, mix("disability"), size),
        "sexual_orientation": pick(rng, mix("sexual_orientation"), size),
        "gender_identity": pick(rng, mix("gender_identity"), size),
        "religion": pick(rng, mix("religion"), size),
        "language": pick(rng, mix("language"), size),
    }


def _circumstances(setting: Setting, incidents: Columns, incident: np.ndarray, age: np.ndarray, rng: Rng) -> Columns:
    size = len(age)
    idaci = np.array([one.idaci_score for one in setting.partnership.authorities])[incidents["authority"][incident]]
    decile = np.clip(np.floor(rng.beta(1.2, 1.0 + idaci * 7, size) * 10) + 1, 1, 10).astype(int)
    school = pick(rng, mix("education_4_to_15"), size)
    education = where_text(
        age < 4, "PRE_SCHOOL", where_text(age >= 16, pick(rng, mix("education_from_16"), size), school)
    )
    return {
        "interpreter_needed": yes_no_unknown(rng, 0.04, 0.15, size),
        "imd_decile": np.where(chance(rng, 0.7, size), decile, -1),
        "communication_needs": yes_no_unknown(rng, 0.08, 0.2, size),
        "sen_provision": where_text(age < 4, "NONE", pick(rng, mix("sen_provision"), size)),
        "education_status": where_text(age < 0, "UNKNOWN", education),
    }


def _care(nature: np.ndarray, looked_after: np.ndarray, rng: Rng) -> Columns:
    size = len(nature)
    leaver = nature == "CARE_LEAVER_DEATH"
    status = where_text(
        leaver, "CARE_LEAVER", where_text(looked_after, "LAC", pick(rng, mix("social_care_status"), size))
    )
    on_plan = status == "CPP"
    known = pick(rng, mix("known_to_any_agency"), size)
    at_home = pick(rng, mix("placement_not_looked_after"), size)
    at_home = where_text(leaver, pick(rng, mix("placement_care_leaver"), size), at_home)
    return {
        "cs_status": status,
        "ever_cpp": where_text(on_plan, "Y", yes_no_unknown(rng, 0.2, 0.05, size)),
        "ever_lac": where_text(looked_after | leaver, "Y", yes_no_unknown(rng, 0.06, 0.05, size)),
        "legal_status": where_text(looked_after, pick(rng, mix("legal_status"), size), "NLA"),
        "placement": where_text(looked_after, pick(rng, mix("placement_looked_after"), size), at_home),
        "cp_category": where_text(on_plan, pick(rng, mix("cp_category"), size)),
        "known_to_any_agency": where_text(np.isin(status, ["NOT_KNOWN_TO_CSC", "UNKNOWN"]), known, "Y"),
    }


def _harms(nature: np.ndarray, role: np.ndarray, age: np.ndarray, rng: Rng) -> Columns:
    size = len(nature)
    primary = where_text(age <= 2, pick(rng, mix("harm_under_3"), size), pick(rng, mix("harm_3_to_10"), size))
    primary = where_text(age >= 11, pick(rng, mix("harm_from_11"), size), primary)
    primary = where_text(role == "PERPETRATOR", "CHILD_PERPETRATOR", primary)
    outside = np.isin(nature, ["CHILD_DEATH_NO_ABUSE_NEGLECT", "CARE_LEAVER_DEATH"])
    primary = where_text(outside, pick(rng, mix("harm_outside_criteria"), size), primary)
    also = pick(rng, mix("harm_as_well"), size)
    several = chance(rng, 0.35, size) & (also != primary) & ~outside
    joined = np.char.add(np.char.add(primary.astype(str), ";"), also.astype(str)).astype(object)
    return {"harm_types": where_text(several, joined, primary), "harm_primary": primary}
