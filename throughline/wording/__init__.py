"""Frames in, plain sentences out: the words of pages, notebooks and packs, so that all of them say the same."""

from throughline.wording.reasons import STATUS, reason_in_short, reason_in_words, symbol_note
from throughline.wording.values import (
    FIELD_IN_WORDS,
    METHOD_IN_WORDS,
    UNIT_IN_WORDS,
    as_at_in_words,
    fraction,
    full_date,
    interval,
    is_fraction,
    listed,
    measure,
    not_shown,
    period_in_words,
    plural,
    rounded,
    short_name,
    value_or_symbol,
)

__all__ = [
    "FIELD_IN_WORDS",
    "METHOD_IN_WORDS",
    "STATUS",
    "UNIT_IN_WORDS",
    "as_at_in_words",
    "fraction",
    "full_date",
    "interval",
    "is_fraction",
    "listed",
    "measure",
    "not_shown",
    "period_in_words",
    "plural",
    "reason_in_short",
    "reason_in_words",
    "rounded",
    "short_name",
    "symbol_note",
    "value_or_symbol",
]
