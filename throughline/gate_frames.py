"""Frames for the gate that no query alone could make: texts about to be published, and rows now and before."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import polars as pl

# Where the names of areas are held: the one kind of name that every table may repeat.
NAMES = {
    "marts.areas": "area_name",
    "seeds.partnerships": "partnership_name",
    "seeds.local_authorities": "la_name",
    "seeds.police_forces": "police_force_name",
    "seeds.integrated_care_boards": "icb_name",
    "seeds.regions": "region_name",
}
# References that name areas, rules or versions, and no case.
OF_NO_CASE = {"partnership_code", "new_la_code", "residence_la_code", "rule"}
# A shorter reference could be a code or a year by chance.
SHORTEST_REFERENCE = 5

PLAIN_TYPES = ("BOOLEAN", "DATE", "TIMESTAMP", "TIME")
NUMBER_TYPES = ("INT", "DOUBLE", "FLOAT", "DECIMAL", "REAL")

COUNTS = pl.Schema(
    {
        "table": pl.String,
        "column": pl.String,
        "is_restricted": pl.Boolean,
        "is_free_text_field": pl.Boolean,
        "texts": pl.Int64,
        "with_personal_data": pl.Int64,
        "with_words": pl.Int64,
        "from_free_text": pl.Int64,
        "references": pl.Int64,
    }
)


def published_sources() -> Iterator[tuple[str, str, bool]]:
    """Name, source and whether it is restricted, of each table that a build publishes."""
    from throughline import build

    for tables, is_restricted in ((build.PUBLIC, False), (build.RESTRICTED | build.TEXTS, True)):
        for name, (source, _) in tables.items():
            yield name, source, is_restricted


def row_counts(connection: duckdb.DuckDBPyConnection, previous_rows: Mapping[str, Mapping[str, int]]) -> pl.DataFrame:
    """One row per table of the release before and table about to be published, with the rows of each.

    `rows_before` is null for a table that is new, or where there is no release before; `rows_now` for one that is gone.
    """
    held = _columns(connection)
    now = {
        (name, is_restricted): connection.execute(f"select count(*) from {source}").fetchall()[0][0]
        for name, source, is_restricted in published_sources()
        if source in held
    }
    before = {
        (name, key == "restricted_rows"): rows
        for key in ("rows", "restricted_rows")
        for name, rows in previous_rows.get(key, {}).items()
    }
    rows = [(*table, before.get(table), now.get(table)) for table in sorted(before | now)]
    schema = {"table": pl.String, "is_restricted": pl.Boolean, "rows_before": pl.Int64, "rows_now": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def published_texts(warehouse: Path) -> pl.DataFrame:
    """One row per column of text that is about to be published, with counts of its different texts by what they hold.

    with_personal_data: patterns of the door; with_words: more than a code, and no name of an area; from_free_text and
    references: the very words of a free-text field, or the reference of a case, of a return. In the one table that is
    made to hold such words only personal data is looked for.
    """
    from throughline import build

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        held = _columns(connection)
        names = _texts(connection, held, NAMES.items())
        free_text, references = _of_returns(connection, held)
        columns = [
            {"table": name, "column": column, "is_restricted": is_restricted, "text": texts}
            for name, source, is_restricted in published_sources()
            if source in held
            for column, texts in _texts_of_table(connection, source, held[source]).items()
        ]
    if not columns:
        return pl.DataFrame(schema=COUNTS)
    schema = {"table": pl.String, "column": pl.String, "is_restricted": pl.Boolean, "text": pl.List(pl.String)}
    found = pl.DataFrame(columns, schema=schema).explode("text")
    judged = _judged(found, names)
    holds_texts = pl.col("table").is_in(list(build.TEXTS)) & pl.col("is_restricted")
    allowed = {"with_words": pl.lit(0), "from_free_text": pl.lit(0), "is_free_text_field": pl.lit(False)}
    return (
        judged.group_by("table", "column", "is_restricted", maintain_order=True)
        .agg(
            texts=pl.col("text").count().cast(pl.Int64),
            with_personal_data=pl.col("has_personal_data").sum().cast(pl.Int64),
            with_words=pl.col("has_words").sum().cast(pl.Int64),
            from_free_text=pl.col("text").is_in(free_text["text"].implode()).sum().cast(pl.Int64),
            references=pl.col("text").is_in(references["text"].implode()).sum().cast(pl.Int64),
        )
        .with_columns(is_free_text_field=pl.col("column").is_in(_fields_of_type("free_text")))
        .with_columns(
            pl.when(~holds_texts).then(pl.col(name)).otherwise(none).alias(name) for name, none in allowed.items()
        )
        .select(COUNTS.names())
    )


def _judged(found: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Each different text is looked at once, and the names of areas not at all."""
    from throughline.door.personal_data import found_in

    is_reference = pl.col("column").str.ends_with("_ref")
    texts = found.select("text", is_reference=is_reference).drop_nulls().unique().join(names, on="text", how="anti")
    parts = [
        part.with_columns(has_personal_data=found_in(part["text"], are_references=are_references).list.len() > 0)
        for are_references in (False, True)
        for part in [texts.filter(pl.col("is_reference") == are_references)]
        if part.height
    ]
    if not parts:
        return found.with_columns(has_personal_data=pl.lit(False), has_words=pl.lit(False))
    judged = pl.concat(parts).with_columns(has_words=pl.col("text").str.contains(r"\s"))
    return found.with_columns(is_reference=is_reference).join(judged, on=["text", "is_reference"], how="left")


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Of each table of the warehouse, the columns that can hold words."""
    rows = connection.execute(
        "select table_schema || '.' || table_name, column_name, data_type from information_schema.columns "
        "order by table_schema, table_name, ordinal_position"
    ).fetchall()
    held: dict[str, list[str]] = {}
    for table, column, kind in rows:
        columns = held.setdefault(table, [])
        if not kind.startswith(PLAIN_TYPES) and not (kind.startswith(NUMBER_TYPES) or kind.endswith("INT")):
            columns.append(column)
    return held


def _texts_of_table(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> dict[str, list[str]]:
    if not columns:
        return {}
    lists = ", ".join(f'list(distinct cast("{column}" as varchar))' for column in columns)
    [row] = connection.execute(f"select {lists} from {table}").fetchall()
    return {column: list(texts or []) for column, texts in zip(columns, row, strict=True)}


def _texts(connection: duckdb.DuckDBPyConnection, held: dict[str, list[str]], wanted) -> pl.DataFrame:
    """The different texts of some columns, of those tables that the warehouse holds."""
    selects = [
        f'select cast("{column}" as varchar) as text from {table}'
        for table, column in wanted
        if column in held.get(table, [])
    ]
    if not selects:
        return pl.DataFrame(schema={"text": pl.String})
    return connection.sql(" union ".join(selects)).pl().drop_nulls()


def _of_returns(connection: duckdb.DuckDBPyConnection, held: dict[str, list[str]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What stands in free-text fields of returns, and the references of their cases."""
    from throughline.door.specification import RETURNS

    def of(kinds: tuple[str, ...]) -> pl.DataFrame:
        fields = _fields_of_type(*kinds)
        tables = [f"staging.stg_returns__{name}" for name in RETURNS]
        return _texts(connection, held, [(table, field) for table in tables for field in fields])

    references = of(("reference", "references")).filter(pl.col("text").str.len_chars() >= SHORTEST_REFERENCE)
    return of(("free_text",)), references


def _fields_of_type(*kinds: str) -> list[str]:
    """The fields of any return of these types, less references of no case."""
    from throughline.door.specification import RETURNS, load_specification

    specification = load_specification()
    fields = [field for name in RETURNS for field in specification.returns[name].fields]
    return sorted({field.name for field in fields if field.type in kinds} - OF_NO_CASE)
