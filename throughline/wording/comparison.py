"""Sentences of the question "Do partnerships differ by more than chance?": what may be said of each and of all."""

from typing import Any

import polars as pl

from throughline.wording.values import FRACTION_BELOW, STATUS, interval, listed, plural, rounded, value_or_symbol

EXPECTED_AT_LEAST = 5  # below this, luck alone moves a rate so much that "no different" would say too much

STANDING_IN_WORDS = {
    "similar": "No different from what chance would give",
    "higher_95": "Above England at 95% only: look again next year",
    "lower_95": "Below England at 95% only: look again next year",
    "higher_998": "Higher than England by more than chance: check recording first",
    "lower_998": "Lower than England by more than chance: check recording first",
}
TOO_FEW = "Too few to say"
NOT_COMPARED = "Not compared: counts follow the number of children"
NO_FIGURE = "No figure to compare"

NOT_A_PERFORMANCE_MEASURE = (
    "Not a performance measure. DfE says of its own figures that neither a high nor a low number, by itself, measures "
    "an authority or its staff. Larger and more deprived areas tend to notify more, and not every incident is notified."
)
CUT_INTERVALS = "An interval that runs beyond the scale is cut at its edge; the table has its full length. "
PART_PERIOD = (
    "This period is not over. Its figures cover only the part up to the as-at date, and will change as cases reach the "
    "age at which they count."
)


def standing_in_words(row: dict[str, Any], unit: str) -> str:
    """How one partnership compares with England, in words that the numbers can carry."""
    if row["value"] is None or row["status"] not in {"ok", "u"}:
        return NO_FIGURE
    if unit == "count":
        return NOT_COMPARED
    standing = row["standing"]
    if standing is None:
        return NO_FIGURE
    if standing == "similar" and is_too_few(row, unit):
        return TOO_FEW
    return STANDING_IN_WORDS[standing]


def is_too_few(row: dict[str, Any], unit: str) -> bool:
    """Whether a "no different" would rest on too few cases."""
    if unit in {"proportion", "ratio"}:
        return row["denominator"] < FRACTION_BELOW
    return row["expected"] is not None and row["expected"] < EXPECTED_AT_LEAST


def differs(standing: str | None) -> bool:
    """Only the 99.8% limits call a partnership different."""
    return standing in {"higher_998", "lower_998"}


def comparison_headline(rows: pl.DataFrame, unit: str, expected_flags: float) -> str:
    """Says first whether anything differs by more than chance, and how often chance alone would say so."""
    compared = rows.filter(pl.col("value").is_not_null() & pl.col("standing").is_not_null())
    if unit == "count":
        return (
            "Counts are shown but not compared: a larger area has more children and so more notifications. Choose a "
            "rate to compare."
        )
    if not compared.height:
        return "No partnership here has a figure that may be shown, so nothing can be compared."
    flagged = compared.filter(pl.col("differs")).sort("area_name")
    chance = chance_sentence(compared.height, expected_flags)
    if not flagged.height:
        subject = (
            "The one partnership with a figure does not differ"
            if compared.height == 1
            else (f"None of the {compared.height} partnerships with a figure differs")
        )
        return f"{subject} from England by more than chance would give. {too_few_sentence(compared, unit)}{chance}"
    named = listed([f"{row['area_name']} ({row['standing'].split('_')[0]})" for row in flagged.iter_rows(named=True)])
    verb = "differs" if flagged.height == 1 else "differ"
    return (
        f"{flagged.height} of {plural(compared.height, 'partnership')} with a figure {verb} from England by more than "
        f"chance would give: {named}. Check recording first. {chance}"
    )


def too_few_sentence(compared: pl.DataFrame, unit: str) -> str:
    """Says when "none differs" rests on partnerships with too few cases to show a difference at all."""
    few = sum(is_too_few(row, unit) for row in compared.iter_rows(named=True))
    if not few:
        return ""
    if few == compared.height:
        return "All have too few cases to show a difference, so this is not evidence that they are alike. "
    verb = "has" if few == 1 else "have"
    return f"{few} of them {verb} too few cases to say either way. "


def chance_sentence(units: int, expected_flags: float) -> str:
    """How many of these flags luck alone would raise."""
    amount = flags_in_words(expected_flags)
    return (
        f"If all were truly alike, chance alone would be expected to flag {amount} of {units} at the 99.8% limits."
        if units > 1
        else "Chance alone would flag a partnership that is truly alike about once in 500 looks at the 99.8% limits."
    )


def flags_in_words(expected_flags: float) -> str:
    """A number of flags too small to be exact about."""
    return "fewer than 0.1" if expected_flags < 0.1 else f"about {rounded(expected_flags, 1)}"


def reference_detail(row: dict[str, Any], unit: str) -> str:
    """What stands behind a pooled value: its cases and its interval."""
    if row["value"] is None:
        return STATUS.get(row["status"], STATUS["x"])
    limits = f"95% interval {interval(row['lower95'], row['upper95'], unit)}"
    if unit in {"proportion", "ratio"}:
        joint = "of" if unit == "proportion" else "to"
        return f"{rounded(row['numerator'])} {joint} {rounded(row['denominator'])}; {limits}"
    return f"{rounded(row['numerator'])} notifications; {limits}"


def comparison_finding(rows: pl.DataFrame, unit: str, short_title: str, group_name: str) -> str:
    """The heading above the chart, in about ten words."""
    flagged = int(rows["differs"].sum())
    known = rows.filter(pl.col("value").is_not_null()).height
    if unit == "count" or not known:
        return f"{short_title} in {group_name}, partnership by partnership"
    if not flagged:
        return f"{short_title}: no partnership in {group_name} stands out from chance"
    verb = "stands" if flagged == 1 else "stand"
    return f"{short_title}: {flagged} of {known} in {group_name} {verb} out from chance"


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
        parts.append(f"Values run from {value_or_symbol(low, unit)} to {value_or_symbol(high, unit)}.")
    for row in references.iter_rows(named=True):
        if row["value"] is not None:
            parts.append(f"{row['area_name']}: {value_or_symbol(row, unit)}.")
    missing = rows.height - known.height
    if missing:
        parts.append(f"{plural(missing, 'partnership')} without a figure, said in words.")
    return " ".join([*parts, "The table below has every value."])


def immature_sentence(rows: pl.DataFrame) -> str:
    """Cases too recent to count, told apart so that they are neither failures nor lost."""
    waiting = int(rows["immature"].fill_null(0).sum())
    if not waiting:
        return "No case in this table is too recent to count."
    verb = "is" if waiting == 1 else "are"
    return f"{plural(waiting, 'case')} {verb} too recent to count yet, and stand in a column of their own."
