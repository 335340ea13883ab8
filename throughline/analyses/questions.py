"""Which questions the figures of one partnership support asking: one rule for all, and never a ranking of partnerships.

1. Every figure of the newest whole three years that the release compares is looked at, however few its cases.
2. It raises a question where the release flags it at 99.8% against England or the partnership's own earlier period, so
   whatever the comparison page flags is asked about here; or (for a few measures) where it is so in most cases. So few
   notifications over three whole years or more raise one at one in a hundred. Reviews open past their time, and
   repeats of finished actions, are facts: luck has no part in them.
3. Counted facts come first, then comparisons by that chance, smallest first. One of each family is taken before a
   second of any, none has more than two, and no two are about the same subject.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from throughline import settings
from throughline.analyses import evidence
from throughline.charts.comparison_rows import DIFFERENT
from throughline.units import UNIT_MULTIPLIERS

# Kept beside another indicator to reconcile it or to try another clock: no question of its own.
ONLY_BESIDE_ANOTHER = ("TM2b", "TM5c")
LEAD_CHILD = ":lead_child"
# The columns from which a comparison is made a question.
OF_A_QUESTION = ("indicator", "breakdown", "family", "numerator", "standing", "earlier", "lower998", "upper998")
FLAGGED = "998"  # how a standing ends that calls a figure different

# What each indicator is about: two that share a subject would ask the same thing twice. Others are a subject each.
SUBJECTS = {
    "time to notify": ("TM1", "NT7"),
    "time of rapid reviews": ("TM2",),
    "time of local reviews": ("TM4", "TM4b", "TM5", "TM6", "TM8", "TM9"),
    "Panel": ("CV6", "CV7"),
    "local reviews": ("CV3", "CV4"),
    "recording": ("DM1", "DM2", "DM3", "DM4", "DM7", "DM9"),
    "consideration": ("DM5", "DM5b", "DM6", "DM8", "DM10"),
    "number of notifications": ("NT2", "NT3", "NT5"),
    "themes": ("RC4", "RC12"),
    "kinds of recommendation": ("RC7", "RC8", "RC9", "RC10"),
    "repeats": ("RC2", "RC3", "RC5", "RC6"),
}
SUBJECT_OF = {indicator: subject for subject, indicators in SUBJECTS.items() for indicator in indicators}

# A question wherever it is so in most cases: recorded and not considered, or not checked or told in most.
MOSTLY = {"DM6": "higher", "TM10": "lower", "TM11": "lower"}
HALF = 0.5
REPEAT_OF_DONE = "RC6"
OBSERVED = "NT5"
PROCESS = ("conversion", "timeliness", "recording", "recommendations", "notifications")
MOST_OF_A_FAMILY = 2
FACTS = ("overdue", "repeats")  # kinds of question that a number raises by itself: luck has no part in them


@dataclass(frozen=True)
class Candidate:
    """One thing that could be asked, with the chance that luck alone would give its figure."""

    kind: str  # england, earlier, mostly, few, repeats, overdue
    indicator: str
    breakdown: str
    family: str
    chance: float
    direction: str = ""  # higher or lower
    cases: int = 0
    years: tuple[str, ...] = ()
    expected: float = 0.0

    @property
    def subject(self) -> str:
        """What it is about."""
        return SUBJECT_OF.get(self.indicator, self.indicator)


@dataclass(frozen=True)
class Questions:
    """The candidates chosen, all that there were, and how many comparisons were made with what luck would raise."""

    chosen: tuple[Candidate, ...]
    candidates: tuple[Candidate, ...]
    looks: int
    expected_by_luck: float
    too_few: int

    @property
    def facts(self) -> int:
        """How many of the questions chosen are counted facts."""
        return sum(one.kind in FACTS for one in self.chosen)

    @property
    def raised(self) -> int:
        """How many of the comparisons made would raise a question, chosen or not: what luck is to be read against."""
        return sum(one.kind not in FACTS for one in self.candidates)


def find_questions(
    own: pl.DataFrame,
    before: pl.DataFrame,
    england: pl.DataFrame,
    yearly: pl.DataFrame,
    overdue: dict[str, int],
    catalogue: pl.DataFrame,
) -> Questions:
    """Looks at every figure and chooses.

    `own`, `before` and `england` are rows of three years: the partnership's newest, its own that share no year with
    those, and England's newest. `yearly` are its whole years of observed against expected. `overdue` counts reviews
    past their time by indicator.
    """
    figures = beside(own, before, england, catalogue)
    families = dict(catalogue.select("indicator", "family").iter_rows())
    few, few_luck, few_looks = too_few_notified(yearly, families)
    differing, luck, looks = unlike(figures)
    candidates = [*differing, *few, *repeats(own, families), *past_time(overdue, families)]
    return Questions(
        choose(candidates),
        tuple(candidates),
        looks + few_looks,
        luck + few_luck,
        too_few_to_say(own, figures, catalogue),
    )


def choose(candidates: Iterable[Candidate], most: int | None = None) -> tuple[Candidate, ...]:
    """The strongest, families kept apart: one of each before a second of any, and no subject twice."""
    most = settings.whole("questions_most") if most is None else most
    ordered = sorted(candidates, key=place_in_order)
    chosen: list[Candidate] = []
    for of_a_family in range(1, MOST_OF_A_FAMILY + 1):
        for one in ordered:
            is_new = one.subject not in {other.subject for other in chosen}
            if is_new and len(chosen) < most and families_of(chosen).count(one.family) < of_a_family:
                chosen.append(one)
    return tuple(sorted(chosen, key=ordered.index))


def place_in_order(one: Candidate) -> tuple:
    """Counted facts first, then the least likely by luck; what is alike in both in the order of the process."""
    return one.kind not in FACTS, one.chance, PROCESS.index(one.family), one.indicator, one.breakdown, one.kind


def families_of(chosen: Sequence[Candidate]) -> list[str]:
    """The family of each."""
    return [one.family for one in chosen]


def asked_about(catalogue: pl.DataFrame) -> pl.DataFrame:
    """Indicators that can raise a question by being compared: no bare counts, and none kept beside another."""
    return catalogue.filter((pl.col("unit") != "count") & ~pl.col("indicator").is_in(ONLY_BESIDE_ANOTHER)).filter(
        pl.col("family").is_in(PROCESS)
    )


def beside(own: pl.DataFrame, before: pl.DataFrame, england: pl.DataFrame, catalogue: pl.DataFrame) -> pl.DataFrame:
    """The partnership's figures with England's value and its own earlier counts beside each."""
    row = ["indicator", "breakdown"]
    known = own.lazy().filter((pl.col("status") == "ok") & ~pl.col("breakdown").str.ends_with(LEAD_CHILD))
    of_england = england.lazy().filter(pl.col("value").is_not_null()).select(*row, england="value")
    earlier = before.lazy().filter(pl.col("status") == "ok").select(*row, cases_2="numerator", of_2="denominator")
    return (
        known.join(
            asked_about(catalogue).lazy().select("indicator", "family", "unit"), on="indicator", maintain_order="left"
        )
        .join(of_england, on=row, how="left", maintain_order="left")
        .join(earlier, on=row, how="left", maintain_order="left")
        .with_columns(
            standing=pl.col("comparisons").str.json_path_match("$.england"),
            earlier=pl.col("comparisons").str.json_path_match("$.earlier"),
            is_share=pl.col("unit") == "proportion",
        )
        .with_columns(expected=expected())
        .collect()
    )


def expected() -> pl.Expr:
    """How many cases England's value would give; null where a figure is no count against a base."""
    per = pl.col("unit").replace_strict(UNIT_MULTIPLIERS, return_dtype=pl.Float64)
    of_base = pl.when(pl.col("unit") == "observed_over_expected").then(pl.col("denominator"))
    is_rate = pl.col("unit").str.starts_with("per_")
    return of_base.when(is_rate).then(pl.col("denominator") * pl.col("england") / per)


def too_few_to_say(own: pl.DataFrame, figures: pl.DataFrame, catalogue: pl.DataFrame) -> int:
    """How many figures rest on too few cases for a "no different": what is flagged is flagged however few they are."""
    known = own.filter(
        pl.col("numerator").is_not_null() & (pl.col("denominator") > 0) & ~pl.col("breakdown").str.ends_with(LEAD_CHILD)
    ).join(asked_about(catalogue), on="indicator", how="semi")
    says = figures.filter(has_enough_cases() | pl.any_horizontal(pl.col("standing", "earlier").str.ends_with(FLAGGED)))
    return max(0, known.height - says.height)


def has_enough_cases() -> pl.Expr:
    """Ten cases behind a share or a ratio, five expected behind a rate, five closed behind a median."""
    least = settings.whole("percentage_least_denominator")
    enough = (
        pl.when(pl.col("is_share"))
        .then(pl.col("denominator") >= least)
        .when(pl.col("unit") == "ratio")
        .then(pl.col("numerator") + pl.col("denominator") >= least)
        .when(pl.col("unit") == "days")
        .then(pl.col("numerator") >= settings.whole("median_least_closed"))
        .otherwise(pl.col("expected") >= settings.whole("expected_too_few"))
    )
    return enough.fill_null(False)


def unlike(figures: pl.DataFrame) -> tuple[list[Candidate], float, int]:
    """Figures that differ from England, from their own earlier period or from a half; what luck would raise; looks."""
    found: list[Candidate] = []
    luck, looks = 0.0, 0
    for kind, rows, chance, lucky, towards in (
        against_england(figures),
        against_earlier(figures),
        against_half(figures),
    ):
        # A comparison of so few cases that no count is flagged can raise nothing: it is none of those made.
        luck, looks = luck + float(np.nansum(lucky)), looks + int(np.count_nonzero(np.nan_to_num(lucky)))
        for row, single in zip(rows.select(OF_A_QUESTION).iter_rows(named=True), chance, strict=True):
            direction = towards(row, single)
            if direction:
                found.append(
                    Candidate(
                        kind,
                        row["indicator"],
                        row["breakdown"],
                        row["family"],
                        float(single),
                        direction,
                        int(row["numerator"]),
                    )
                )
    return found, luck, looks


def against_england(figures: pl.DataFrame) -> tuple:
    """Figures that the release sets against England's: its flags, the chance of each, and how often luck flags."""
    from throughline.statistics import flag_probability_at

    rows = figures.filter(pl.col("standing").is_not_null() & pl.col("england").is_not_null())
    x, n, england, expects = (rows[name].to_numpy() for name in ("numerator", "denominator", "england", "expected"))
    unit = rows["unit"].to_numpy()
    # A median's chance is known only to be within its interval's level.
    chance, lucky = np.full(rows.height, np.nextafter(evidence.LEVEL, 0)), np.full(rows.height, evidence.LEVEL)
    share, ratio, rate = unit == "proportion", unit == "ratio", ~np.isnan(expects.astype(float))
    chance[share] = evidence.chance_of_share(x[share], n[share], england[share])
    lucky[share] = flag_probability_at(DIFFERENT, n[share], england[share])
    # Harm among harm and deaths together is a share.
    both, harm = x[ratio] + n[ratio], england[ratio] / (1 + england[ratio])
    chance[ratio] = evidence.chance_of_share(x[ratio], both, harm)
    lucky[ratio] = flag_probability_at(DIFFERENT, both, harm, kind="odds")
    chance[rate] = evidence.chance_of_count(x[rate], expects[rate])
    lucky[rate] = flag_probability_at(DIFFERENT, expects[rate], 1.0, kind="ratio")
    return "england", rows, chance, lucky, lambda row, _: direction_of(row["standing"])


def against_earlier(figures: pl.DataFrame) -> tuple:
    """Figures that the release sets against the partnership's own earlier period, by the same exact tests."""
    from throughline.statistics import compare_proportions, compare_rates

    rows = figures.filter(pl.col("earlier").is_not_null() & pl.col("cases_2").is_not_null() & (pl.col("of_2") > 0))
    x, n, x_2, n_2 = (rows[name].to_numpy() for name in ("numerator", "denominator", "cases_2", "of_2"))
    share = rows["is_share"].to_numpy()
    chance, lucky = np.ones(rows.height), np.zeros(rows.height)
    if share.any():
        counts = (x[share], n[share], x_2[share], n_2[share])
        chance[share], lucky[share] = compare_proportions(*counts), evidence.luck_of_changed_share(*counts)
    if (~share).any():
        counts = (x[~share], n[~share], x_2[~share], n_2[~share])
        chance[~share], lucky[~share] = compare_rates(*counts).p_value, evidence.luck_of_changed_rate(*counts)
    return "earlier", rows, chance, lucky, lambda row, _: direction_of(row["earlier"])


def against_half(figures: pl.DataFrame) -> tuple:
    """Measures that ask a question by being so in most cases, whatever England's value is."""
    rows = figures.filter(pl.col("is_share") & pl.col("indicator").is_in(list(MOSTLY)) & has_enough_cases())
    half = np.full(rows.height, HALF)
    x, n = rows["numerator"].to_numpy(), rows["denominator"].to_numpy()
    chance = evidence.chance_of_share(x, n, half)

    def towards(row: dict, single: float) -> str:
        wanted = MOSTLY[row["indicator"]]
        beyond = row["lower998"] > HALF if wanted == "higher" else row["upper998"] < HALF
        return wanted if beyond and single < evidence.LEVEL else ""

    return "mostly", rows, chance, evidence.luck_of_share(n, half) / 2, towards


def direction_of(standing: str) -> str:
    """Higher or lower where a standing is at 99.8%, else nothing."""
    direction, _, level = standing.partition("_")
    return direction if level == FLAGGED else ""


def too_few_notified(yearly: pl.DataFrame, families: dict[str, str]) -> tuple[list[Candidate], float, int]:
    """Fewer notifications than luck would give, over the last three whole years or over all that are held."""
    years = yearly.filter((pl.col("status") == "ok") & ~pl.col("is_part_period")).sort("period")
    least, level = settings.whole("under_notification_least_years"), settings.number("under_notification_chance")
    found, luck = [], 0.0
    spans = sorted({span for span in (least, years.height) if least <= span <= years.height})
    for span in spans:
        rows = years.tail(span)
        count, expects = float(rows["numerator"].sum()), float(rows["denominator"].sum())
        if not expects:
            continue
        chance = float(evidence.chance_of_so_few(count, expects))
        luck += float(evidence.luck_of_so_few(expects, level))
        if chance < level:
            held = tuple(rows["period"])
            few = Candidate("few", OBSERVED, "total", families[OBSERVED], chance, "lower", int(count), held, expects)
            found.append(few)
    return found, luck, len(spans)


def repeats(own: pl.DataFrame, families: dict[str, str]) -> list[Candidate]:
    """Recommendations that repeat one whose action was marked done, where the catalogue has them."""
    rows = own.filter(
        (pl.col("indicator") == REPEAT_OF_DONE) & (pl.col("numerator") >= settings.whole("repeat_least_found"))
    ).sort("numerator", descending=True)
    if REPEAT_OF_DONE not in families:
        return []
    return [
        Candidate("repeats", REPEAT_OF_DONE, row["breakdown"], families[REPEAT_OF_DONE], 0.0, "", int(row["numerator"]))
        for row in rows.iter_rows(named=True)
    ]


def past_time(overdue: dict[str, int], families: dict[str, str]) -> list[Candidate]:
    """Reviews open past their time."""
    return [
        Candidate("overdue", indicator, "total", families[indicator], 0.0, "", cases)
        for indicator, cases in overdue.items()
        if cases
    ]
