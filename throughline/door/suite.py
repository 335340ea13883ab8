"""Compile a return's specification to a Great Expectations suite, and run it over many submissions at once.

Imports Great Expectations, which takes seconds: import this module inside the function that needs it.
"""

import os
from dataclasses import dataclass
from functools import cache

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import numpy as np
import pandas as pd
import polars as pl
from great_expectations.data_context.types.base import ProgressBarsConfig

from throughline.door import values
from throughline.door.expectations import (
    ExpectColumnValuesToBeIntervals,
    ExpectColumnValuesToBeListsOfCodes,
    ExpectColumnValuesToBeNumbers,
    ExpectColumnValuesToBeRealDates,
    ExpectColumnValuesToBeWholeNumbers,
)
from throughline.door.findings import ERROR
from throughline.door.specification import Field, ReturnSpecification

# Names the submission that a row came from, where one frame holds many.
SUBMISSION = "submission"

# Without names for the index and without values, each result is a plain list of row numbers. Asking instead for
# unexpected_index_column_names builds a dictionary a row, which is several times slower where many rows fail.
ROW_NUMBERS_ONLY = {
    "result_format": "COMPLETE",
    "exclude_unexpected_values": True,
    "partial_unexpected_count": 0,
    "return_unexpected_index_query": False,
}

GX_SEVERITY = {"error": "critical", "query": "warning"}

# Their values repeat, so each is kept once and a row holds its number: five times faster, and smaller.
REPEATING_TYPES = ("code", "codes", "date", "integer", "decimal", "text")


class BrokenExpectation(RuntimeError):
    """An expectation could not be worked out, which Great Expectations reports without stopping."""


@dataclass(frozen=True)
class Failure:
    """The rows of a frame, by position, that fail one rule of one field."""

    rule: str
    severity: str
    field: str | None
    rows: np.ndarray


def compile_suite(specification: ReturnSpecification) -> gx.ExpectationSuite:
    """Every field's expectations, then the key's."""
    expectations = [expectation for field in specification.fields for expectation in field_expectations(field)]
    expectations.append(
        gx.expectations.ExpectCompoundColumnsToBeUnique(
            column_list=[SUBMISSION, *specification.key],
            ignore_row_if="any_value_is_missing",
            **_labels("F07", specification.key[0]),
        )
    )
    return gx.ExpectationSuite(name=specification.name, expectations=expectations)


def field_expectations(field: Field) -> list[gx.expectations.Expectation]:
    """What is expected of one field, by its type."""
    found = []
    if field.is_required:
        found.append(gx.expectations.ExpectColumnValuesToNotBeNull(column=field.name, **_labels("F01", field.name)))
    found.append(_type_expectation(field))
    return found


def run_suite(suite: gx.ExpectationSuite, frame: pl.DataFrame, specification: ReturnSpecification) -> list[Failure]:
    """The rows that fail each expectation; a broken expectation raises."""
    if frame.is_empty():
        return []
    batch = _batch_definition().get_batch({"dataframe": _to_pandas(frame, specification)})
    results = batch.validate(suite, result_format=ROW_NUMBERS_ONLY).results
    failures = []
    for result in results:
        _raise_if_broken(result)
        if result.success:
            continue
        meta = result.expectation_config.meta
        rows = np.asarray(result.result["unexpected_index_list"], dtype=np.int64)
        failures.append(Failure(meta["rule"], meta["severity"], meta["field"], rows))
    return failures


def _type_expectation(field: Field) -> gx.expectations.Expectation:
    codes = [code.code for code in field.codes]
    match field.type:
        case "code":
            return gx.expectations.ExpectColumnValuesToBeInSet(
                column=field.name, value_set=codes, **_labels("F02", field.name)
            )
        case "codes":
            return ExpectColumnValuesToBeListsOfCodes(column=field.name, codes=codes, **_labels("F03", field.name))
        case "date":
            return ExpectColumnValuesToBeRealDates(column=field.name, **_labels("F04", field.name))
        case "integer":
            return ExpectColumnValuesToBeWholeNumbers(
                column=field.name, minimum=field.minimum, maximum=field.maximum, **_labels("F05", field.name)
            )
        case "decimal":
            return ExpectColumnValuesToBeNumbers(
                column=field.name, minimum=field.minimum, maximum=field.maximum, **_labels("F06", field.name)
            )
        case "intervals":
            return ExpectColumnValuesToBeIntervals(column=field.name, reasons=codes, **_labels("F09", field.name))
        case "reference" | "references":
            one = field.pattern or values.REFERENCE
            regex = rf"^(?:{one})(?:;(?:{one}))*\Z" if field.type == "references" else rf"^(?:{one})\Z"
            return gx.expectations.ExpectColumnValuesToMatchRegex(
                column=field.name, regex=regex, **_labels("F08", field.name)
            )
        case _:
            longest = values.LONGEST_FREE_TEXT if field.type == "free_text" else values.LONGEST_TEXT
            return gx.expectations.ExpectColumnValueLengthsToBeBetween(
                column=field.name, max_value=longest, **_labels("F08", field.name)
            )


def _labels(rule: str, field: str, severity: str = ERROR) -> dict:
    return {"meta": {"rule": rule, "field": field, "severity": severity}, "severity": GX_SEVERITY[severity]}


def _to_pandas(frame: pl.DataFrame, specification: ReturnSpecification) -> pd.DataFrame:
    columns = {SUBMISSION: frame[SUBMISSION].to_numpy()}
    for field in specification.fields:
        array = frame[field.name].to_arrow()
        columns[field.name] = (array.dictionary_encode() if field.type in REPEATING_TYPES else array).to_pandas()
    return pd.DataFrame(columns)


@cache
def _batch_definition():
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    asset = context.data_sources.add_pandas("returns").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("all")


def _raise_if_broken(result) -> None:
    for told in _exceptions(result.exception_info or {}):
        config = result.expectation_config
        name = f"{config.type} on {config.kwargs.get('column') or config.kwargs.get('column_list')}"
        raise BrokenExpectation(f"{name}: {told}")


def _exceptions(info: dict) -> list[str]:
    """Messages from either of the two shapes that Great Expectations gives: one exception, or one for each metric."""
    if "raised_exception" in info:
        return [str(info.get("exception_message"))] if info["raised_exception"] else []
    return [
        str(one.get("exception_message"))
        for one in info.values()
        if isinstance(one, dict) and one.get("raised_exception")
    ]
