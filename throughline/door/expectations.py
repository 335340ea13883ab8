"""Expectations of our own, where Great Expectations has none that fits. Imports Great Expectations: import it late."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation, MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    ColumnMapMetricProvider,
    MulticolumnMapMetricProvider,
    column_condition_partial,
    multicolumn_condition_partial,
)

from throughline.door import conditions, values


def holds(column: pd.Series, is_right: Callable[[str], bool]) -> pd.Series:
    """Ask once for each different value, which is far fewer times than once a row."""
    return column.isin([value for value in column.unique() if is_right(value)])


class RealDates(ColumnMapMetricProvider):
    """Rows whose text is a real date."""

    condition_metric_name = "column_values.real_date"

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column, **_):
        return holds(column, lambda text: values.real_date(text) is not None)


class ExpectColumnValuesToBeRealDates(ColumnMapExpectation):
    """Expect each value to be a day of the calendar, written year-month-day."""

    map_metric = "column_values.real_date"


class WholeNumbers(ColumnMapMetricProvider):
    """Rows whose text is a whole number within a range."""

    condition_metric_name = "column_values.whole_number"
    condition_value_keys = ("minimum", "maximum")

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column, minimum=None, maximum=None, **_):
        return holds(column, lambda text: values.is_whole_number(text, minimum, maximum))


class ExpectColumnValuesToBeWholeNumbers(ColumnMapExpectation):
    """Expect each value to be a whole number within a range."""

    minimum: float | None = None
    maximum: float | None = None
    map_metric = "column_values.whole_number"
    success_keys = ("minimum", "maximum", "mostly")


class Numbers(ColumnMapMetricProvider):
    """Rows whose text is a number within a range."""

    condition_metric_name = "column_values.number_in_range"
    condition_value_keys = ("minimum", "maximum")

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column, minimum=None, maximum=None, **_):
        return holds(column, lambda text: values.is_number(text, minimum, maximum))


class ExpectColumnValuesToBeNumbers(ColumnMapExpectation):
    """Expect each value to be a number within a range."""

    minimum: float | None = None
    maximum: float | None = None
    map_metric = "column_values.number_in_range"
    success_keys = ("minimum", "maximum", "mostly")


class ListsOfCodes(ColumnMapMetricProvider):
    """Rows whose text is codes of a list with semicolons between them."""

    condition_metric_name = "column_values.list_of_codes"
    condition_value_keys = ("codes",)

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column, codes, **_):
        known = frozenset(codes)
        return holds(column, lambda text: not values.unknown_codes(text, known))


class ExpectColumnValuesToBeListsOfCodes(ColumnMapExpectation):
    """Expect each value to be one or more codes of a list, with semicolons between them."""

    codes: list[str]
    map_metric = "column_values.list_of_codes"
    success_keys = ("codes", "mostly")


class Intervals(ColumnMapMetricProvider):
    """Rows whose text is pauses with a start, an end and a reason."""

    condition_metric_name = "column_values.intervals"
    condition_value_keys = ("reasons",)

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column, reasons, **_):
        known = frozenset(reasons)
        return holds(column, lambda text: values.are_intervals(text, known))


class ExpectColumnValuesToBeIntervals(ColumnMapExpectation):
    """Expect each value to be pauses written start/end/reason, with semicolons between them."""

    reasons: list[str]
    map_metric = "column_values.intervals"
    success_keys = ("reasons", "mostly")


class RowsThatKeepARule(MulticolumnMapMetricProvider):
    """Rows that keep a rule between the fields of one row."""

    condition_metric_name = "multicolumn_values.keep_a_rule"
    condition_domain_keys = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")
    condition_value_keys = ("kind", "arguments")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column_list, kind, arguments, **_):
        wrong = conditions.wrong_rows(kind, arguments, column_list)
        return pd.Series(~wrong, index=column_list.index)


class ExpectRowsToKeepARule(MulticolumnMapExpectation):
    """Expect each row to keep a rule between its fields, of one of the kinds in throughline/door/conditions.py."""

    kind: str
    arguments: dict[str, Any]
    map_metric = "multicolumn_values.keep_a_rule"
    success_keys = ("kind", "arguments", "mostly")
    args_keys = ("column_list", "kind", "arguments")
