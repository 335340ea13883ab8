"""Sentences about a set of shares of one area: each with its cases, and how each stands to England's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from throughline.wording.reasons import aloud, reason_in_words
from throughline.wording.standing import is_too_few
from throughline.wording.values import fraction, interval, is_fraction, listed, measure, plural, some_of

UNIT = "proportion"
NOT_DRAWN = "Nothing can be drawn."
NAMED_AT_MOST = 3  # of shares that tie


def in_the(period_words: str) -> str:
    """A period inside a sentence: in the three years ending March 2026."""
    return f"in the {period_words}"


def lower_first(text: str) -> str:
    """A name as part of a sentence; an acronym stays as it is."""
    return text[:1].lower() + text[1:] if not text[:2].isupper() else text


def upper_first(text: str) -> str:
    """A name at the beginning of a sentence: The North West."""
    return text[:1].upper() + text[1:]


def is_shown(row: Mapping[str, Any]) -> bool:
    """Whether a row has cases that this reader may see."""
    return row["numerator"] is not None and bool(row["denominator"])


def cases_of(row: Mapping[str, Any], singular: str, several: str) -> str:
    """958 of 975 notifications (98.3%); none of 975 notifications; without the percentage where the cases are few."""
    noun = singular if row["denominator"] == 1 else several
    said = f"{some_of(row['numerator'], row['denominator'])} {noun}"
    return (
        said
        if not row["numerator"] or row["value"] is None or is_fraction(row, UNIT)
        else f"{said} ({measure(row['value'], UNIT)})"
    )


def share_or_fraction(row: Mapping[str, Any]) -> str:
    """98.3%, or 3 of 4 where a percentage would say too much."""
    return fraction(row) if row["value"] is None or is_fraction(row, UNIT) else measure(row["value"], UNIT)


def of_many(row: Mapping[str, Any], singular: str, several: str) -> str:
    """89.7% of decisions; 3 of 4 decisions; 1 of 1 decision; none of 12 decisions."""
    noun = singular if row["denominator"] == 1 else several
    if not row["numerator"]:
        return f"{some_of(0, row['denominator'])} {noun}"
    said = share_or_fraction(row)
    return f"{said} {noun}" if " of " in said else f"{said} of {noun}"


def range_of(row: Mapping[str, Any]) -> str:
    """A value's interval, in words that a key figure has room for."""
    if row["value"] is None:
        return reason_in_words(row)
    return f"{fraction(row)}; 95% interval {interval(row['lower95'], row['upper95'], UNIT)}"


def has_value(row: Mapping[str, Any]) -> bool:
    """Whether a row can be drawn."""
    return row["value"] is not None


def why_hidden(rows: pl.DataFrame, is_there: Callable[[Mapping[str, Any]], bool] = is_shown) -> str:
    """Why rows have no cases to show, or no value, each reason once with the names it holds for."""
    reasons: dict[str, list[str]] = {}
    for row in rows.iter_rows(named=True):
        if not is_there(row):
            reasons.setdefault(reason_in_words(row), []).append(lower_first(row["name"]))
    if len(reasons) == 1 and len(next(iter(reasons.values()))) == rows.height and rows.height > 1:
        return f"{next(iter(reasons))}."
    return " ".join(f"No figure for {listed(names)}: {lower_first(reason)}." for reason, names in reasons.items())


def compared(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that the release sets against England's."""
    return rows.filter(pl.col("value").is_not_null() & pl.col("standing").is_not_null())


def standing_sentence(rows: pl.DataFrame, what: str, several: str) -> str:
    """Whether any share of an area differs from England's by more than chance; empty where nothing is compared."""
    known = compared(rows)
    if not known.height:
        return ""
    flagged = known.filter(pl.col("differs"))
    if flagged.height:
        names = [
            f"{lower_first(row['name'])} ({row['standing'].split('_')[0]})" for row in flagged.iter_rows(named=True)
        ]
        verb = "differs" if flagged.height == 1 else "differ"
        return (
            f"{flagged.height} of {plural(known.height, what, several)} {verb} from England by more than chance would "
            f"give: {listed(names)}. Check recording first."
        )
    few = sum(is_too_few(row, UNIT) for row in known.iter_rows(named=True))
    if known.height == 1:
        subject = f"The one {what} with a figure does not differ"
    else:
        every = several if known.height == rows.height else f"{known.height} {several} with a figure"
        subject = f"None of the {every} differs"
    return f"{subject} from England by more than chance would give.{too_few_sentence(few, known.height)}"


def too_few_sentence(few: int, every: int) -> str:
    """Says when "none differs" rests on too few cases to show a difference."""
    if not few:
        return ""
    if few == every:
        return " There are too few cases to show a difference, so this is not evidence that they are alike."
    return f" {few} of them {'rests' if few == 1 else 'rest'} on too few cases to say either way."


def standing_heading(rows: pl.DataFrame, area_said: str, what: str, several: str) -> str:
    """A finding's heading on how an area's shares stand to England's; empty where nothing is compared."""
    known = compared(rows)
    if not known.height:
        return ""
    flagged = int(known["differs"].sum())
    if flagged:
        verb = "differs" if flagged == 1 else "differ"
        return f"{flagged} of {plural(known.height, what, several)} in {area_said} {verb} from England"
    if all(is_too_few(row, UNIT) for row in known.iter_rows(named=True)):
        return f"{upper_first(area_said)} has too few cases for its {several} to differ from England"
    if 1 < known.height < rows.height:
        return f"None of the {known.height} {several} shown for {area_said} differs from England by more than chance"
    if known.height < rows.height:
        return f"The one {what} shown for {area_said} does not differ from England by more than chance"
    return f"No {what} in {area_said} differs from England by more than chance"


def drawn_sentence(drawn: int, every: int) -> str:
    """How many rows of a table its chart has, where it has the fullest alone."""
    return f"Drawn are the {drawn} of {every} with most cases; the table has every one."


def shares_alternative(
    rows: pl.DataFrame, what: str, area_name: str, period_words: str, every: int | None = None
) -> str:
    """The text alternative of the dots: what they are, the lowest and highest, England's, and what is missing.

    `every` is how many rows the table has, where the chart has only those with most cases.
    """
    known = [row for row in rows.iter_rows(named=True) if has_value(row)]
    has_england = bool(rows["england_value"].drop_nulls().len())
    beside = ", with England's beside it" if has_england else ""
    limits = "ranges" if "limits_name" in rows.columns else "95% intervals"
    parts = [f"Dot chart with {limits}: {what}, {area_name}, {period_words}{beside}."]
    if every:
        parts.append(f"The {rows.height} of {every} with most cases.")
    if len(known) == 1:
        parts.append(f"{known[0]['name']}: {said_of(known[0])}.")
    elif known:
        # A year that is not over is no highest and no lowest beside whole ones.
        whole = [row for row in known if not row["is_part_period"]]
        parts.append(ends_of(whole or known, "Lowest drawn" if every else "Lowest"))
    missing = rows.height - len(known)
    if missing:
        parts.append(f"{plural(missing, 'row')} without a value, said in words.")
    return " ".join([*parts, "The table below has every value."])


def ends_of(rows: Sequence[Mapping[str, Any]], least: str = "Lowest") -> str:
    """The lowest and the highest of several shares, with all that tie; `least` says of which the lowest is told."""
    values = [row["value"] for row in rows]
    lowest, highest = ([row for row in rows if row["value"] == end] for end in (min(values), max(values)))
    if len(lowest) == len(rows):
        return f"All {len(rows)} are equal: {equal_of(rows)}." if len(rows) > 1 else f"{named_of(rows)}."
    return f"{least}: {lower_first(named_of(lowest))}. Highest: {lower_first(named_of(highest))}."


def named_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """Shares that are equal, by their names where these are few, and what each is."""
    if len(rows) == 1:
        return f"{rows[0]['name']}, {said_of(rows[0])}"
    few = len(rows) <= NAMED_AT_MOST
    names = listed([lower_first(row["name"]) for row in rows]) if few else f"{len(rows)} that are equal"
    return f"{names}, each {equal_of(rows)}"


def equal_of(rows: Sequence[Mapping[str, Any]]) -> str:
    """What each of several equal shares is, without England's, which differ; a percentage if the fractions do."""
    same = len({row["denominator"] for row in rows}) == 1
    return share_or_fraction(rows[0]) if same else measure(rows[0]["value"], UNIT)


def said_of(row: Mapping[str, Any]) -> str:
    """A value with England's beside it."""
    own = share_or_fraction(row)
    return f"{own} (England {aloud(row['england_shown'])})" if row["england_value"] is not None else own


def recent_sentence(rows: pl.DataFrame) -> str:
    """Cases too recent to count, told apart so that they are neither failures nor lost; hidden ones are said to be."""
    known = rows.filter(pl.col("immature").is_not_null())
    if not known.height:
        return "How many cases are too recent to count, and how many are left out, is not published for this area."
    waiting = known.filter(pl.col("immature") > 0)
    if not waiting.height:
        return "No case here is too recent to count."
    many = recent_cases(waiting)
    if many is None:
        return "How many cases of each row are too recent to count, and in no share, stands in its own column."
    verb = "is" if many == 1 else "are"
    return f"{plural(many, 'case')} {verb} too recent to count, and in no share."


def recent_cases(waiting: pl.DataFrame) -> int | None:
    """How many cases wait in all; None where rows of several steps may hold the same case more than once."""
    if is_by_year(waiting):
        return int(waiting["immature"].sum())
    cohorts = waiting.unique(["indicator", "denominator", "immature"])
    return int(cohorts["immature"][0]) if cohorts.height == 1 else None


def is_by_year(rows: pl.DataFrame) -> bool:
    """Whether the rows are one measure in several years, so that no case is in two of them."""
    return rows.unique(["indicator", "breakdown"]).height == 1


def fraction_note(rows: pl.DataFrame) -> str:
    """Why some of the shares are fractions; empty where none is."""
    from throughline.statistics import too_few

    few = [row["denominator"] for row in rows.iter_rows(named=True) if row["value"] is not None]
    return next((reason for cases in few if (reason := too_few(denominator=cases))), "")


def hidden_notice(rows: pl.DataFrame) -> tuple[str, ...]:
    """Said in place of a chart in which nothing could be drawn."""
    return () if rows["value"].drop_nulls().len() else (f"{NOT_DRAWN} {why_hidden(rows, has_value)}".strip(),)


def why_withheld(notices: Sequence[str]) -> str:
    """The reasons of a finding of which nothing is shown: that there is no chart goes without saying."""
    return " ".join(text.removeprefix(f"{NOT_DRAWN} ") for text in notices)
