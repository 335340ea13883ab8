"""Compile a return's specification to a Great Expectations suite, and run it over many submissions at once.

Imports Great Expectations, which takes seconds: import this module inside the function that needs it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import numpy as np
import pandas as pd
import polars as pl
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.expectation import Expectation

from throughline.door import conditions, values
from throughline.door.expectations import (
    ExpectColumnValuesToBeIntervals,
    ExpectColumnValuesToBeListsOfCodes,
    ExpectColumnValuesToBeNumbers,
    ExpectColumnValuesToBeRealDates,
    ExpectColumnValuesToBeWholeNumbers,
    ExpectRowsToKeepARule,
)
from throughline.door.findings import ERROR
from throughline.door.return_rules import AS_AT_DATE, ReturnRule
from throughline.door.specification import Condition, Field, ReturnSpecification

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
    # What a rule within a return says, and what it says to do; the rules of a field have words of their own.
    message: str | None = None
    fix: str | None = None


def compile_suite(specification: ReturnSpecification) -> gx.ExpectationSuite:
    """What each field's type asks, then the key, then what is required and the rules between fields."""
    expectations = [type_expectation(field) for field in specification.fields]
    expectations.append(
        gx.expectations.ExpectCompoundColumnsToBeUnique(
            column_list=[SUBMISSION, *specification.key],
            ignore_row_if="any_value_is_missing",
            **_labels("F07", specification.key[0]),
        )
    )
    expectations += [_rule_expectation(rule, place) for place, rule in enumerate(rules_between_fields(specification))]
    return gx.ExpectationSuite(name=specification.name, expectations=expectations)


def rules_between_fields(specification: ReturnSpecification) -> list[ReturnRule]:
    """Required fields, one rule for each condition that asks for them, then the rules as they are written."""
    required: dict[Condition | None, list[Field]] = {}
    for field in specification.fields:
        has_its_own_rule = field.when and field.when.rule
        if field.is_required or (field.when and not has_its_own_rule):
            required.setdefault(field.when, []).append(field)
    return [_required_rule(condition, fields) for condition, fields in required.items()] + list(specification.rules)


def _required_rule(condition: Condition | None, fields: list[Field]) -> ReturnRule:
    """One expectation for many fields, because each expectation has its price."""
    when = [{"field": condition.field, "in": list(condition.codes)}] if condition else []
    return ReturnRule(
        rule="F01",
        severity=ERROR,
        kind="required_when",
        arguments={"fields": [field.name for field in fields], "when": when},
        message=f"{{title}} is blank{', and it is required when {required_when}' if condition else ''}.",
        fix="Fill it in. {help}",
    )


def _rule_expectation(rule: ReturnRule, place: int) -> ExpectRowsToKeepARule:
    labels = _labels(rule.rule, rule.fields[0], rule.severity)
    labels["meta"]["place"] = place
    # Great Expectations wants two columns at least, and a rule may read only one.
    columns = list(rule.fields) if len(rule.fields) > 1 else [SUBMISSION, *rule.fields]
    return ExpectRowsToKeepARule(
        column_list=columns,
        kind=rule.kind,
        arguments=dict(rule.arguments),
        ignore_row_if="never",
        **labels,
    )


def run_suite(suite: gx.ExpectationSuite, frame: pl.DataFrame, specification: ReturnSpecification) -> list[Failure]:
    """The rows that fail each expectation; a broken expectation raises."""
    if frame.is_empty():
        return []
    in_pandas = _to_pandas(frame, specification)
    batch = _batch_definition().get_batch({"dataframe": in_pandas})
    with _configurations_made_once():
        results = batch.validate(suite, result_format=ROW_NUMBERS_ONLY).results
    failures = []
    for result in results:
        _raise_if_broken(result)
        if result.success:
            continue
        meta = result.expectation_config.meta
        rows = np.asarray(result.result["unexpected_index_list"], dtype=np.int64)
        if "place" in meta:
            rule = rules_between_fields(specification)[meta["place"]]
            failures += _by_field(rule, rows, in_pandas)
        else:
            failures.append(Failure(meta["rule"], meta["severity"], meta["field"], rows))
    return failures


def _by_field(rule: ReturnRule, rows: np.ndarray, frame: pd.DataFrame) -> list[Failure]:
    """The rows that break a rule, under each field that is at fault."""
    wrong = conditions.wrong_fields(rule.kind, rule.arguments, frame.iloc[rows])
    return [
        Failure(rule.rule, rule.severity, field, rows[at_fault], rule.message, rule.fix)
        for field, at_fault in wrong.items()
        if at_fault.any()
    ]


def type_expectation(field: Field) -> gx.expectations.Expectation:
    """What is expected of one field, by its type."""
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


@contextmanager
def _configurations_made_once() -> Iterator[None]:
    """Keeps each expectation's configuration for the length of a run.

    Great Expectations 1.24 makes it anew some hundred times an expectation, a third of a small return's check. What is
    kept holds its expectation too, since the number that names it would otherwise be used again.
    """
    made_anew = Expectation.configuration
    kept: dict[int, tuple[Expectation, object]] = {}

    def configuration(self: Expectation) -> object:
        if id(self) not in kept:
            kept[id(self)] = (self, made_anew.fget(self))
        return kept[id(self)][1]

    Expectation.configuration = property(configuration)
    try:
        yield
    finally:
        Expectation.configuration = made_anew


def _labels(rule: str, field: str, severity: str = ERROR) -> dict:
    return {"meta": {"rule": rule, "field": field, "severity": severity}, "severity": GX_SEVERITY[severity]}


def _to_pandas(frame: pl.DataFrame, specification: ReturnSpecification) -> pd.DataFrame:
    columns = {SUBMISSION: frame[SUBMISSION].to_numpy()}
    for field in specification.fields:
        array = frame[field.name].to_arrow()
        columns[field.name] = (array.dictionary_encode() if field.type in REPEATING_TYPES else array).to_pandas()
    if AS_AT_DATE not in columns and AS_AT_DATE in frame.columns:
        columns[AS_AT_DATE] = frame[AS_AT_DATE].to_arrow().dictionary_encode().to_pandas()
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
