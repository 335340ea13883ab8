"""How each partnership differs: a few planted ways, told in the truth file, and modest shared variation."""

import zlib
from dataclasses import dataclass, field

import numpy as np

from throughline.synthetic.areas import Partnership
from throughline.synthetic.draws import Rng, shift_logit
from throughline.synthetic.parameters import parameters

PARTNERSHIP_KINDS = (
    "low_conversion",
    "high_conversion",
    "slow_rapid_reviews",
    "slow_lcsprs",
    "under_notifying",
    "poor_recording",
)


@dataclass(frozen=True)
class Planted:
    """One way in which a partnership (or region) was made to differ, and by how much."""

    kind: str
    area_code: str
    size: dict[str, float]


@dataclass(frozen=True)
class Profile:
    """What one partnership's records are drawn from."""

    notification_factor: float
    referrals_per_notification: float
    notified_in_time: float
    rapid_review_in_time: float
    conversion: float
    lcspr_factor: float
    recorded: dict[str, list[float]]
    prompts_before: frozenset[str]
    prompts_since: frozenset[str]
    forgets_nil_returns: bool
    writes_csv: bool
    has_bad_rows: bool
    planted: dict[str, dict[str, float]] = field(default_factory=dict)


def stream(seed: int, *names: str) -> Rng:
    """A stream of random numbers of its own for each name, so that one area never moves another's."""
    return np.random.default_rng([seed, *(zlib.crc32(name.encode()) for name in names)])


def plant(partnerships: list[Partnership], seed: int) -> list[Planted]:
    """Choose who differs: half of each kind among the thirty largest partnerships, where data can show it."""
    rng = stream(seed, "planted")
    by_size = sorted(partnerships, key=lambda one: (-one.population, one.partnership_code))
    largest = list(rng.permutation([one.partnership_code for one in by_size[:30]]))
    others = list(rng.permutation([one.partnership_code for one in by_size[30:90]]))
    planted = []
    for kind in PARTNERSHIP_KINDS:
        size = dict(parameters()["planted"][kind])
        number = size.pop("partnerships")
        from_largest = (number + 1) // 2
        codes = [largest.pop() for _ in range(from_largest)] + [others.pop() for _ in range(number - from_largest)]
        planted += [Planted(kind, str(code), size) for code in codes]
    return planted + _plant_regions(partnerships, rng)


def draw_profile(partnership: Partnership, planted: list[Planted], seed: int) -> Profile:
    """The settings of one partnership: the shared value, its own small deviation, then anything planted."""
    rng = stream(seed, partnership.partnership_code, "profile")
    values = parameters()
    spread = values["partnership_variation"]
    mine = {one.kind: one.size for one in planted if one.area_code == partnership.partnership_code}

    def share(name: str) -> float:
        return shift_logit(values[name], rng.normal(0, spread["share_logit"]))

    shape = 1 / spread["notification_rate"] ** 2
    notification_factor = rng.gamma(shape, 1 / shape) * mine.get("under_notifying", {}).get("factor", 1.0)
    conversion = float(np.clip(share("conversion_to_lcspr"), 0.10, 0.45))
    for kind in ("low_conversion", "high_conversion"):
        conversion = mine.get(kind, {}).get("share", conversion)
    ratio = values["referrals_per_notification"]
    return Profile(
        notification_factor=notification_factor,
        referrals_per_notification=rng.uniform(ratio["lower"], ratio["upper"]),
        notified_in_time=share("notified_in_time"),
        rapid_review_in_time=mine.get("slow_rapid_reviews", {}).get("share", share("rapid_review_in_time")),
        conversion=conversion,
        lcspr_factor=float(np.exp(rng.normal(0, spread["duration_log"])))
        * mine.get("slow_lcsprs", {}).get("factor", 1.0),
        recorded=_recording(rng, mine.get("poor_recording", {})),
        **_prompts(rng),
        forgets_nil_returns=bool(rng.random() < values["partnerships_forgetting_nil_returns"]),
        writes_csv=bool(rng.random() < values["files_as_csv"]),
        has_bad_rows=bool(rng.random() < values["partnerships_with_bad_rows"]),
        planted=mine,
    )


def _plant_regions(partnerships: list[Partnership], rng: Rng) -> list[Planted]:
    """Choose the region where notifications of harm fall, among the five with the most children."""
    size = dict(parameters()["planted"]["falling_harm"])
    number = size.pop("regions")
    children: dict[str, int] = {}
    for one in partnerships:
        children[one.region_code] = children.get(one.region_code, 0) + one.population
    largest = sorted(children, key=lambda code: -children[code])[:5]
    return [Planted("falling_harm", str(code), size) for code in rng.permutation(largest)[:number]]


def _recording(rng: Rng, planted: dict[str, float]) -> dict[str, list[float]]:
    """Shares recorded at each stage; a poor recorder's are scaled to reach the planted share at rapid review."""
    spread = parameters()["partnership_variation"]["share_logit"]
    recorded = {}
    for name, shares in parameters()["recorded_by_stage"].items():
        shift = rng.normal(0, spread)
        moved = [shift_logit(share, shift) for share in shares]
        if name in planted:
            moved = [share * planted[name] / moved[2] for share in moved]
        recorded[name] = [min(share, 0.999) for share in moved]
    return recorded


def _prompts(rng: Rng) -> dict[str, frozenset[str]]:
    """Which characteristics the rapid review form asks about; a form never stops asking."""
    before, since = set(), set()
    for name, (early, late) in parameters()["prompted_by_template"].items():
        draw = rng.random()
        before |= {name} if draw < early else set()
        since |= {name} if draw < max(early, late) else set()
    return {"prompts_before": frozenset(before), "prompts_since": frozenset(since)}
