"""The children return: what each stage recorded about each child, with gains and losses on the way."""

import numpy as np

from throughline.synthetic.draws import Rng, chance, pick, where_text
from throughline.synthetic.incidents import Columns, Setting
from throughline.synthetic.parameters import mix, parameters
from throughline.synthetic.rapid_reviews import TEMPLATE_CHANGED

STAGES = ("TRIAGE", "SIN", "RR", "LCSPR")
CHARACTERISTICS = ("sex", "ethnicity", "disability", "sexual_orientation", "gender_identity", "religion", "language")
PROMPTS = {"gender_identity": "GENDER"}
OPTIONAL = ("gender_identity", "religion", "language")
FROM_AGE_10 = ("sexual_orientation", "gender_identity")
# Facts that do not change are often not written down again after the notification.
NOT_REPEATED = (
    "interpreter_needed",
    "imd_decile",
    "communication_needs",
    "sen_provision",
    "education_status",
    "ever_cpp",
    "ever_lac",
    "placement",
    "cp_category",
)


def record_children(
    setting: Setting,
    incidents: Columns,
    children: Columns,
    stage_of_incident: dict[str, np.ndarray],
    stage_dates: dict[str, np.ndarray],
    rng: Rng,
) -> tuple[Columns, dict[str, dict[str, np.ndarray]]]:
    """One row per child and stage reached, and for each stage which children have which characteristic recorded.

    `stage_of_incident` says which incidents reached a stage; `stage_dates` when, for what the form then asked.
    """
    recorded: dict[str, dict[str, np.ndarray]] = {stage: {} for stage in STAGES}
    cells: dict[str, dict[str, np.ndarray]] = {stage: {} for stage in STAGES}
    for name in CHARACTERISTICS:
        held = np.zeros(len(children["incident"]), dtype=bool)
        for place, stage in enumerate(STAGES):
            held = _carry_forward(held, setting.profile.recorded[name], place, rng)
            asked = _asked(setting, name, stage_dates[stage][children["incident"]])
            applies = ~((children["age_years"] < 10) & (children["age_years"] >= 0)) | (name not in FROM_AGE_10)
            status, value = _cells(name, children, held, asked, stage, rng)
            cells[stage][f"{name}_value"] = where_text(applies, value)
            cells[stage][f"{name}_status"] = where_text(applies, status, "NOT_APPLICABLE")
            recorded[stage][name] = held & applies
    tables = [
        _stage_rows(incidents, children, cells[stage], stage, stage_of_incident[stage][children["incident"]], rng)
        for stage in STAGES
    ]
    joined = {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}
    order = np.lexsort((joined["stage_order"], joined["child_seq"], joined["incident_row"]))
    return {name: column[order] for name, column in joined.items()}, recorded


def any_child_recorded(recorded: dict[str, np.ndarray], children: Columns, incidents: int) -> dict[str, np.ndarray]:
    """For each incident, whether any of its children has each characteristic recorded."""
    return {
        name: np.bincount(children["incident"], weights=flags, minlength=incidents) > 0
        for name, flags in recorded.items()
    }


def _carry_forward(held: np.ndarray, shares: list[float], place: int, rng: Rng) -> np.ndarray:
    """Move from one stage to the next: a few values are lost, and enough are gained to reach the stage's share."""
    lost = parameters()["lost_between_stages"] if place else 0.0
    before = shares[place - 1] if place else 0.0
    kept = before * (1 - lost)
    gain = np.clip((shares[place] - kept) / (1 - before), 0, 1)
    size = len(held)
    return np.where(held, ~chance(rng, lost, size), chance(rng, gain, size))


def _asked(setting: Setting, name: str, dates: np.ndarray) -> np.ndarray:
    prompt = PROMPTS.get(name, name.upper())
    before, since = prompt in setting.profile.prompts_before, prompt in setting.profile.prompts_since
    return np.where(dates >= TEMPLATE_CHANGED, since, before)


def _cells(
    name: str, children: Columns, held: np.ndarray, asked: np.ndarray, stage: str, rng: Rng
) -> tuple[np.ndarray, np.ndarray]:
    """Status and value: a value only where recorded, and blanks where an optional pair was left empty."""
    size = len(held)
    missing = where_text(
        asked, pick(rng, mix("unrecorded_where_asked"), size), pick(rng, mix("unrecorded_where_not_asked"), size)
    )
    # A form that asks is only rarely answered with "not asked".
    contradicts = (missing == "NOT_ASKED") & asked & (stage == "RR") & ~chance(rng, 0.05, size)
    missing = where_text(contradicts, "NOT_KNOWN", missing)
    missing = where_text((missing == "REFUSED") & (name == "sex"), "NOT_KNOWN", missing)
    status = where_text(held, "RECORDED", missing)
    value = where_text(held, children[name])
    if name == "ethnicity":
        coded = chance(rng, 0.4, size)
        value = where_text((status == "REFUSED") & coded, "REFU", value)
        value = where_text((status == "NOT_YET_OBTAINED") & coded, "NOBT", value)
    if name in OPTIONAL:
        status = where_text(~held & chance(rng, 0.5, size), "", status)
    return status, value


def _stage_rows(
    incidents: Columns, children: Columns, cells: Columns, stage: str, reached: np.ndarray, rng: Rng
) -> Columns:
    rows = np.flatnonzero(reached)
    size = len(rows)
    table = {name: column[rows] for name, column in children.items() if name not in (*CHARACTERISTICS, "incident")}
    table |= {name: column[rows] for name, column in cells.items()}
    table["incident_row"] = children["incident"][rows]
    table["incident_ref"] = incidents["incident_ref"][table["incident_row"]]
    table["stage"] = np.full(size, stage, dtype=object)
    table["stage_order"] = np.full(size, STAGES.index(stage))
    if stage in ("RR", "LCSPR"):
        repeated = chance(rng, 0.4, size)
        for name in NOT_REPEATED:
            nothing = -1 if table[name].dtype != object else ""
            table[name] = np.where(repeated, table[name], nothing)
    return table
