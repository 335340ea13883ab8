"""The house without a warehouse: the same SQL models, worked out in memory over a few submissions.

    HouseInMemory(landed).table("rule_findings")

builds that model and only what it needs. `landed` holds frames shaped as they are landed, by return name.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import yaml

from throughline.workspace import PROJECT

SUBMISSION = "submission"

# What landing adds to the fields that a partnership sends.
ROW_COLUMNS = {"submission_ref": pl.String, "source_file": pl.String, "source_sheet": pl.String, "source_row": pl.Int64}
SUBMISSION_COLUMNS = {
    "submission_ref": pl.String,
    "received_at": pl.String,
    "content_sha256": pl.String,
    "rows_accepted": pl.Int64,
    "rows_quarantined": pl.Int64,
    "returns_absent": pl.String,
}


class CannotBuild(LookupError):
    """A model cannot be worked out in memory: it is not there, or it is not SQL."""


class HouseInMemory:
    """Models by name, each worked out once, over the submissions given."""

    def __init__(
        self,
        landed: Mapping[str, pl.DataFrame],
        given: Mapping[str, pl.DataFrame] | None = None,
        variables: Mapping[str, Any] | None = None,
    ):
        """`given` holds frames that stand in for models or seeds of those names."""
        import duckdb

        self._connection = duckdb.connect(":memory:")
        self._landed = landed
        self._given = dict(given or {})
        self._variables = _project()["vars"] | dict(variables or {})
        self._built: set[str] = set()
        self._names = self._names_for_templates()

    def table(self, name: str) -> pl.DataFrame:
        """The rows of one model or seed."""
        relation = self._ref(name)
        return self._connection.sql(f"select * from {relation}").pl()

    def close(self) -> None:
        """Let go of everything that was built."""
        self._connection.close()

    def __enter__(self) -> "HouseInMemory":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ref(self, name: str) -> str:
        """The name of a model or seed as a table, built now if it has not been yet."""
        if name not in self._built:
            if name in self._given:
                self._keep(name, self._given[name])
            elif name in _seeds():
                self._connection.execute(f'create table "{name}" as {_seed_query(name)}')
            else:
                query = _template(_model_path(name)).render(self._names)
                self._connection.execute(f'create table "{name}" as {query}')
            self._built.add(name)
        return f'"{name}"'

    def _source(self, source: str, name: str) -> str:
        """A landed return as a table, with no rows where none was given."""
        relation = f"{source}__{name}"
        if relation not in self._built:
            frame = self._landed.get(name, pl.DataFrame())
            columns = landed_columns(name)
            known = [column for column in frame.columns if column in columns]
            missing = [pl.lit(None, kind).alias(column) for column, kind in columns.items() if column not in known]
            self._keep(relation, frame.select(known).with_columns(missing).cast(columns))
            self._built.add(relation)
        return f'"{relation}"'

    def _keep(self, name: str, frame: pl.DataFrame) -> None:
        self._connection.register("incoming", frame.to_arrow())
        self._connection.execute(f'create table "{name}" as select * from incoming')
        self._connection.unregister("incoming")

    def _columns(self, relation: str) -> list[SimpleNamespace]:
        described = self._connection.execute(f"describe {relation}").fetchall()
        return [SimpleNamespace(name=row[0], column=row[0], dtype=row[1], data_type=row[1]) for row in described]

    def _variable(self, name: str, default: Any = None) -> Any:
        return self._variables.get(name, default)

    def _names_for_templates(self) -> dict[str, Any]:
        """What a model may call between double braces: the part of dbt that this project uses, and its own macros."""
        names: dict[str, Any] = {
            "ref": self._ref,
            "source": self._source,
            "var": self._variable,
            "config": lambda *_, **__: "",
            "adapter": SimpleNamespace(get_columns_in_relation=self._columns),
            "execute": True,
            "target": SimpleNamespace(type="duckdb", name="memory", schema="main"),
        }
        own: dict[str, Any] = {}
        names["dbt"] = _PortableSql(own)
        for file in sorted((PROJECT / "macros").rglob("*.sql")):
            macros = vars(_template(file).make_module(names))
            own |= {name: macro for name, macro in macros.items() if callable(macro) and not name.startswith("_")}
            names |= own
        return names


class _PortableSql:
    """dbt's own macros for SQL that differs between engines, as DuckDB writes it."""

    def __init__(self, own: Mapping[str, Any]):
        self._own = own

    def __getattr__(self, name: str) -> Any:
        """A macro of the project's that stands in for one of dbt's."""
        if f"duckdb__{name}" in self._own:
            return self._own[f"duckdb__{name}"]
        raise CannotBuild(f"dbt.{name} is not known to the house in memory: add it to throughline/house_in_memory.py")

    def date_spine(self, datepart: str, start_date: str, end_date: str) -> str:
        """Every day, month or so on from the start up to but not with the end."""
        step = f"interval '1 {datepart}'"
        days = f"generate_series(cast({start_date} as timestamp), cast({end_date} as timestamp) - {step}, {step})"
        return f"select unnest({days}) as date_{datepart}"

    def datediff(self, first_date: str, second_date: str, datepart: str) -> str:
        """How many boundaries of a part lie between two dates."""
        return f"date_diff('{datepart}', cast({first_date} as timestamp), cast({second_date} as timestamp))"

    def dateadd(self, datepart: str, interval: object, from_date_or_timestamp: str) -> str:
        """A date moved by so many parts."""
        return f"date_add({from_date_or_timestamp}, interval ({interval}) {datepart})"

    def date_trunc(self, datepart: str, date: str) -> str:
        """The first moment of the part that a date is in."""
        return f"date_trunc('{datepart}', {date})"

    def concat(self, fields: list[str]) -> str:
        """Texts joined."""
        return " || ".join(fields)

    def split_part(self, string_text: str, delimiter_text: str, part_number: object) -> str:
        """One part of a text."""
        return f"split_part({string_text}, {delimiter_text}, {part_number})"

    def type_string(self) -> str:
        """The type of text."""
        return "varchar"


def landed_columns(return_name: str) -> dict[str, pl.DataType]:
    """The columns of a return as it is landed, and their types."""
    from throughline.door.findings import FINDING_COLUMNS
    from throughline.door.specification import load_specification

    if return_name == "findings":
        return dict(FINDING_COLUMNS)

    returns = load_specification().returns
    fields = dict.fromkeys(returns[return_name].field_names, pl.String) if return_name in returns else {}
    return fields | (SUBMISSION_COLUMNS if return_name == SUBMISSION else ROW_COLUMNS)


@cache
def _project() -> dict[str, Any]:
    return yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))


@cache
def _environment():
    from jinja2 import Environment, StrictUndefined

    # A change of ours to a model shows at once where the process lives long: templates are kept by their text.
    return Environment(extensions=["jinja2.ext.do"], undefined=StrictUndefined, keep_trailing_newline=True)


def _template(path: Path):
    return _compiled(path.read_text(encoding="utf-8"))


@cache
def _compiled(text: str):
    return _environment().from_string(text)


@cache
def _files(folder: str) -> dict[str, Path]:
    return {path.stem: path for path in (PROJECT / folder).rglob("*") if path.suffix in (".sql", ".py", ".csv")}


def _model_path(name: str) -> Path:
    path = _files("models").get(name)
    if path is None:
        raise CannotBuild(f"There is no model or seed called {name}")
    if path.suffix != ".sql":
        raise CannotBuild(f"{name} is not SQL: only dbt can build it")
    return path


@cache
def _seeds() -> dict[str, dict[str, str]]:
    """The declared types of each seed's columns, by the seed's name."""
    declared: dict[str, dict[str, str]] = {name: {} for name in _files("seeds")}
    for file in (PROJECT / "seeds").rglob("*.yml"):
        for seed in (yaml.load(file.read_text(encoding="utf-8"), Loader=_fast_loader()) or {}).get("seeds", []):
            declared[seed["name"]] = seed.get("config", {}).get("column_types", {})
    return declared


def _fast_loader():
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _seed_query(name: str) -> str:
    path = _files("seeds")[name]
    types = ", ".join(f"'{column}': '{_type(kind)}'" for column, kind in _seeds()[name].items())
    return (
        f"select * from read_csv('{_quoted(path)}', header = true, sample_size = -1, nullstr = ''"
        f"{f', types = {{{types}}}' if types else ''})"
    )


def _type(kind: str) -> str:
    return re.sub(r"[^a-zA-Z0-9_(), ]", "", str(kind))


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
