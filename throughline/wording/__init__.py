"""Frames in, plain sentences out: the words of pages, notebooks and packs, so that all of them say the same."""

from throughline.wording.values import (
    FIELD_IN_WORDS,
    METHOD_IN_WORDS,
    STATUS,
    UNIT_IN_WORDS,
    as_at_in_words,
    full_date,
    interval,
    listed,
    measure,
    period_in_words,
    plural,
    rounded,
    short_name,
    status_in_words,
    symbol_note,
    value_or_symbol,
)

__all__ = [
    "FIELD_IN_WORDS",
    "METHOD_IN_WORDS",
    "STATUS",
    "UNIT_IN_WORDS",
    "as_at_in_words",
    "full_date",
    "interval",
    "listed",
    "measure",
    "period_in_words",
    "plural",
    "rounded",
    "short_name",
    "status_in_words",
    "symbol_note",
    "value_or_symbol",
]
