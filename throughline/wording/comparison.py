"""Sentences of the question "Do partnerships differ by more than chance?": what may be said of each and of all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from throughline.wording import medians
from throughline.wording import standing as standings
from throughline.wording.reasons import REASONS, aloud, reason_in_words, sentence_of, why_none_counts
from throughline.wording.scope import area_in_a_sentence
from throughline.wording.values import interval, listed, period_in_words, plural, rounded, value_or_symbol

NOT_A_PERFORMANCE_MEASURE = "Not a performance measure by itself."
# What must be known of numbers and rates of notifications, unless a measure's own caveat says it.
OF_VOLUME = {
    "neither a high nor a low number": (
        "DfE says of its own figures that neither a high nor a low number, by itself, measures an authority or its "
        "staff."
    ),
    "Larger and more deprived areas": (
        "Larger and more deprived areas tend to notify more, and not every incident is notified."
    ),
}
VOLUMES = ("count", "per_100000_children", "per_10000_children_in_need", "observed_over_expected")
CUT_INTERVALS = "An interval that runs beyond the scale is cut at its edge; the table has its full length. "
PART_PERIOD = (
    "This period is not over. Its figures cover only the part up to the as-at date, and will change as cases reach the "
    "age at which they count."
)
NEVER_RANKED = "They stand in order of name. A place in a list would claim more than these figures can show."
NAMED_IN_THE_ANSWER = 5  # partnerships: more are named with the funnel
ENDED = (
    "A partnership that has ended is marked with its last month: its cases up to then are its own, and later ones are "
    "those of the partnerships that followed it, which stand here too."
)
NO_MEDIAN_CHANCE = "Were all truly alike, chance would flag at most 2 in 1,000, and none with fewer than 10 cases."
COUNTED_IN_WORDS = {"NT6": "referral"}  # of all others that are counts or rates: notifications


def ended(name: str, month: str) -> str:
    """A partnership that is no more, as a list names it."""
    return f"{name} (to {month})"


def caveat(unit: str, own: str) -> str:
    """What a comparison must never be taken for; what the measure's own caveat says is not said twice."""
    of_volume = [said for key, said in OF_VOLUME.items() if unit in VOLUMES and key not in own]
    return " ".join([NOT_A_PERFORMANCE_MEASURE, *of_volume, own])


def comparison_headline(rows: pl.DataFrame, unit: str, expected_flags: float | None, group_name: str = "") -> str:
    """Says first whether anything differs by more than chance, and how often chance alone would say so."""
    here = f" in {group_name}" if group_name else ""
    compared = rows.filter(pl.col("value").is_not_null() & pl.col("standing").is_not_null())
    if unit == "count" and rows["value"].drop_nulls().len():
        return (
            "Counts are shown but not compared: a larger area has more children and so higher counts. Choose a rate to "
            "compare."
        )
    if not compared.height:
        return nothing_compared(rows)
    flagged = compared.filter(pl.col("differs")).sort("area_name")
    chance = chance_sentence(compared.height, expected_flags)
    if not flagged.height:
        subject = (
            f"The one partnership with a figure{here} does not differ"
            if compared.height == 1
            else (f"None of the {compared.height} partnerships with a figure{here} differs")
        )
        return f"{subject} from England by more than chance would give. {too_few_sentence(compared, unit)}{chance}"
    named = listed([f"{row['area_name']} ({row['standing'].split('_')[0]})" for row in flagged.iter_rows(named=True)])
    verb = "differs" if flagged.height == 1 else "differ"
    return (
        f"{flagged.height} of {plural(compared.height, 'partnership')} with a figure{here} {verb} from England by more "
        f"than chance would give: {named}. Check recording first. {chance}"
    )


def beyond_the_group(names: Sequence[str], units: int, expected_flags: float, hidden: int) -> str:
    """The answer's second half: how many of all partnerships, or of those to be seen, lie outside the funnel."""
    who = f" ({listed(names)})" if 0 < len(names) <= NAMED_IN_THE_ANSWER else ""
    verb = "lies" if len(names) == 1 else "lie"
    outside = f"{len(names)}{who} {verb}" if names else "none lies"
    drawn = plural(units, "partnership")
    said = (
        f"Among the {drawn} whose figure you may see, {outside} outside the 99.8% limits of their funnel"
        if hidden
        else f"In all of England, {outside} outside the 99.8% limits of a funnel of {drawn}"
    )
    return f"{said}; chance alone would give {flags_in_words(expected_flags)}."


def nothing_compared(rows: pl.DataFrame) -> str:
    """Why nothing can be compared: no figure at all, with the reasons, or nothing to set the figures against."""
    if rows["value"].drop_nulls().len():
        return "Nothing can be compared: England's own figure is not shown for this measure and period."
    reasons = missing_reasons(rows)
    said = f" {reasons}" if reasons else ""
    return f"No partnership here has a figure that may be shown, so nothing can be compared.{said}"


def missing_reasons(rows: pl.DataFrame) -> str:
    """How many partnerships have no value for each reason, in a sentence each."""
    if "reason" not in rows.columns:
        return ""
    missing = rows.filter(pl.col("value").is_null() & pl.col("reason").is_in(list(REASONS)))
    said = [
        none[0] if (none := why_none_counts(row)) else sentence_of(row["reason"], row.get("indicator"))
        for row in missing.iter_rows(named=True)
    ]
    counts = sorted(Counter(said).items(), key=lambda one: (-one[1], one[0]))
    return " ".join(f"{reason} ({plural(count, 'partnership')})." for reason, count in counts)


def too_few_sentence(compared: pl.DataFrame, unit: str) -> str:
    """Says when "none differs" rests on partnerships with too few cases to show a difference at all."""
    few = sum(standings.is_too_few(row, unit) for row in compared.iter_rows(named=True))
    if not few:
        return ""
    if few == compared.height:
        return "All have too few cases to show a difference, so this is not evidence that they are alike. "
    verb = "has" if few == 1 else "have"
    return f"{few} of them {verb} too few cases to say either way. "


def chance_sentence(units: int, expected_flags: float | None) -> str:
    """How many of these flags luck alone would raise; for medians the most that it would be is known."""
    if expected_flags is None:
        return NO_MEDIAN_CHANCE
    amount = flags_in_words(expected_flags)
    return (
        f"If all were truly alike, chance alone would be expected to flag {amount} of {units} at the 99.8% limits."
        if units > 1
        else "Chance alone would flag a partnership that is truly alike about once in 500 looks at the 99.8% limits."
    )


def flags_in_words(expected_flags: float) -> str:
    """A number of flags too small to be exact about."""
    return "fewer than 0.1" if expected_flags < 0.1 else f"about {rounded(expected_flags, 1)}"


def chance_in_short(expected_flags: float | None) -> str:
    """How many flags luck alone would raise, beside a number of them."""
    if expected_flags is None:
        return "at most 2 in 1,000 by chance"
    return f"chance alone: {flags_in_words(expected_flags)}"


def pooled_value(row: Mapping[str, Any], unit: str) -> str:
    """A pooled value where it stands alone, with its unit if that is not plain."""
    return value_or_symbol(row, unit) + (" days" if unit == "days" and row["value"] is not None else "")


def reference_detail(row: Mapping[str, Any], unit: str) -> str:
    """What stands behind a pooled value: its cases, its interval, and how many authorities had data."""
    if row["value"] is None:
        said = reason_in_words(row)
        return "; ".join(part for part in (said, returned_in_words(row)) if part)
    limits = f"95% interval {interval(row['lower95'], row['upper95'], unit)}"
    return "; ".join(part for part in (cases_in_words(row, unit), limits, returned_in_words(row)) if part)


def cases_in_words(row: Mapping[str, Any], unit: str) -> str:
    """The cases behind a value, as that kind of value counts them."""
    numerator = rounded(row["numerator"])
    if unit in {"proportion", "ratio"}:
        return f"{numerator} {'of' if unit == 'proportion' else 'to'} {rounded(row['denominator'])}"
    if unit == "days":
        return medians.cases_in_words(numerator, rounded(row["denominator"]), row.get("indicator"))
    if unit == "per_review":
        return f"{numerator} in {plural(int(row['denominator']), 'review')}"
    return plural(int(row["numerator"]), COUNTED_IN_WORDS.get(row.get("indicator") or "", "notification"))


def returned_in_words(row: Mapping[str, Any]) -> str:
    """How many of a pool's authorities had data; nothing where the release does not say."""
    authorities = row.get("authorities")
    if not authorities:
        return ""
    return f"data from {rounded(row['authorities_returned'])} of {plural(authorities, 'authority', 'authorities')}"


def comparison_finding(rows: pl.DataFrame, unit: str, short_title: str, group_said: str) -> str:
    """The heading above the chart, in about ten words."""
    flagged = int(rows["differs"].sum())
    known = rows.filter(pl.col("value").is_not_null() & pl.col("standing").is_not_null()).height
    if unit == "count":
        return f"{short_title} in {group_said}: counts, which are not compared"
    if not known:
        return f"{short_title}: nothing in {group_said} can be compared"
    if not flagged:
        return f"{short_title}: no partnership in {group_said} stands out from chance"
    verb = "stands" if flagged == 1 else "stand"
    return f"{short_title}: {flagged} of {known} in {group_said} {verb} out from chance"


def comparison_alternative(
    rows: pl.DataFrame, references: pl.DataFrame, unit: str, short_title: str, group_name: str, period: str
) -> str:
    """The text alternative of the dot chart: what it is, its extremes, its reference values and what is missing."""
    known = rows.filter(pl.col("value").is_not_null()).sort("area_name")
    parts = [
        f"Dot chart with 95% intervals: {short_title}, {group_name}, {period}. "
        f"{plural(rows.height, 'partnership')} in name order."
    ]
    if known.height:
        low, high = known.sort("value").row(0, named=True), known.sort("value").row(-1, named=True)
        parts.append(f"Values run from {aloud(value_or_symbol(low, unit))} to {aloud(value_or_symbol(high, unit))}.")
    for row in references.iter_rows(named=True):
        if row["value"] is not None:
            parts.append(f"{row['area_name']}: {aloud(value_or_symbol(row, unit))}.")
    missing = rows.height - known.height
    if missing:
        parts.append(f"{plural(missing, 'partnership')} without a figure, said in words.")
    return " ".join([*parts, "The table below has every value."])


def immature_sentence(rows: pl.DataFrame) -> str:
    """Cases too recent to count, told apart so that they are neither failures nor lost; hidden ones are said to be."""
    known = rows["immature"].drop_nulls()
    if not known.len():
        return ""
    waiting = int(known.sum())
    if not waiting:
        return "No case in this table is too recent to count."
    verb = "is" if waiting == 1 else "are"
    return f"{plural(waiting, 'case')} {verb} too recent to count yet, and stand in a column of their own."


def fraction_note(rows: pl.DataFrame, unit: str) -> str:
    """Why some of the shares are fractions; empty where none is."""
    from throughline.statistics import too_few

    if unit != "proportion":
        return ""
    known = rows.select("value", "denominator").iter_rows()
    return next((few for value, cases in known if value is not None and (few := too_few(denominator=cases))), "")


def why_no_rank(rows: pl.DataFrame, direction: str) -> str:
    """The reasons for which these partnerships are not ranked, and what is done instead."""
    from throughline.statistics import refuse_rank

    refusal = refuse_rank(rows["value"], rows["lower95"], rows["upper95"], direction)
    return " ".join(part for part in (refusal, NEVER_RANKED) if part)


def other_breakdown(shown: str) -> str:
    """Said when the address names a breakdown that the measure chosen does not have."""
    return f"This measure is not broken down in the way asked for, so its first row is shown: {shown}."


def not_published(published: Sequence[tuple[str, str]]) -> str:
    """Why the partnerships of a period have no figures, and in which periods they have some."""
    if not published:
        return (
            "Figures of single partnerships are not published for this measure, or not broken down like this: they "
            "would tell too much of too few children. England and the regions are shown where they can be."
        )
    periods = [period_in_words(*period) for period in published]
    return (
        "Figures of single partnerships are not published for this period, which shares years with others that are. "
        f"Choose {listed(periods[:-1]) + ' or ' + periods[-1] if len(periods) > 1 else periods[0]}."
    )


def beside_neighbours(row: Mapping[str, Any], pool: Mapping[str, Any], unit: str, model_year: int) -> str:
    """How a partnership stands to its neighbours pooled, whose model that is, and how many of them had data."""
    model = f"Neighbours are those of DfE's statistical neighbour model of {model_year}, pooled: all cases together"
    had = returned_in_words(pool)
    about = f"{model}; {had}." if had else f"{model}."
    if pool["value"] is None:
        return f"{about} Their figure is not given. {reason_in_words(pool)}."
    if row["value"] is None or row["neighbours"] is None:
        return f"{about} They are for context and no target."
    stands = standings.TOO_FEW if is_alike_by_few(row, unit) else standings.NEIGHBOURS_IN_WORDS[row["neighbours"]]
    place, value = area_in_a_sentence("partnership", row["area_name"]), value_or_symbol(row, unit)
    return f"{about} Against them, {place} is at {value}: {stands[0].lower()}{stands[1:]}."


def is_alike_by_few(row: Mapping[str, Any], unit: str) -> bool:
    """Whether a row is called no different only because its cases are few."""
    return row["neighbours"] == "similar" and standings.is_too_few(row, unit)
