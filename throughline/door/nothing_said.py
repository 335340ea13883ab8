"""Keep the kinds of nothing apart: a blank cell, a status that says why there is no value, and a value meaning none.

A word such as “refused” in the cell of a value says what belongs in the status beside it, and is moved there when
that status is blank. A blank cell stays blank: it says only that nobody filled it in.
"""

from collections.abc import Iterator
from functools import cache

import polars as pl

from throughline.door.specification import Field, ReturnSpecification
from throughline.door.spelling import key, synonyms

# These two ethnicity codes say by themselves why there is no ethnicity.
STATUS_OF_CODE = {"REFU": "REFUSED", "NOBT": "NOT_YET_OBTAINED"}

MOVED = "moved_to_status"


@cache
def statuses_by_word() -> dict[str, str]:
    """The status that each word for nothing states, by the word's key."""
    return {key(word): status for status, words in synonyms()["nothing"].items() for word in words}


@cache
def words_that_cannot_tell() -> frozenset[str]:
    """Words for nothing that do not say why."""
    return frozenset(key(word) for word in synonyms()["cannot_tell"])


def says_nothing(text: str) -> bool:
    """Whether the text is a word for a value that is not there."""
    return key(text) in statuses_by_word() or key(text) in words_that_cannot_tell()


def pairs_of(specification: ReturnSpecification) -> Iterator[tuple[Field, Field]]:
    """Each characteristic's value and its recording status."""
    by_name = {field.name: field for field in specification.fields}
    for name, field in by_name.items():
        status = by_name.get(f"{name.removesuffix('_value')}_status")
        if name.endswith("_value") and status is not None:
            yield field, status


def move_words_to_status(frame: pl.DataFrame, value: str, status: str) -> tuple[pl.DataFrame, pl.Series]:
    """Move each word for nothing from a value to its blank status; also say in which places of the frame it did.

    A word that repeats what the status says goes quietly. One that contradicts its status stays, and is refused.
    """
    texts = frame[value].unique().drop_nulls()
    words = {text: statuses_by_word()[key(text)] for text in texts if key(text) in statuses_by_word()}
    codes = {text: STATUS_OF_CODE[key(text)] for text in texts if key(text) in STATUS_OF_CODE}
    none_moved = pl.Series(MOVED, [False]).new_from_index(0, frame.height)
    if not words and not codes:
        return frame, none_moved
    stated = pl.col(value).replace_strict(words, default=None, return_dtype=pl.String)
    stated_by_code = pl.col(value).replace_strict(codes, default=None, return_dtype=pl.String)
    moved = frame.select((stated.is_not_null() & pl.col(status).is_null()).alias(MOVED))[MOVED]
    return (
        frame.with_columns(
            pl.when(stated.is_not_null() & (pl.col(status).is_null() | (pl.col(status) == stated)))
            .then(None)
            .otherwise(pl.col(value))
            .alias(value),
            pl.coalesce(status, stated, stated_by_code).alias(status),
        ),
        moved,
    )
