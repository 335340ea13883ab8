"""Rules between returns at the door: the same SQL models as in the house, over the rows as they were sent.

Rows are looked up among all that was sent, so that a record is not turned away because the record it belongs to was.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from throughline.door.findings import ERROR, QUERY, Envelope, Finding
from throughline.door.specification import load_specification
from throughline.door.tables import ROW, Table

SUBMISSION = "submission"

# What the record is called that a field refers to.
REFERRED_TO = {
    "incident_ref": "incident",
    "sin_ref": "notification",
    "duplicate_of": "notification",
    "rr_refs": "rapid review",
    "source_ref": "review",
}


@dataclass(frozen=True)
class Sent:
    """One submission's tables, and its rows by return with every cell emptied that failed a check of its own."""

    envelope: Envelope
    tables: Mapping[str, Table]
    rows: Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Found:
    """Something found between returns, and the return of its row."""

    return_name: str
    finding: Finding


def find_between_returns(sent: Mapping[int, Sent]) -> dict[int, list[Found]]:
    """What the models of the rules between returns find in each submission, by its number."""
    rows = _house_rows(sent, "rule_findings")
    rows = rows.filter(pl.col("rule").str.starts_with("V"), pl.col("source_row").is_not_null())
    return {place: _found(sent[place], found) for place, found in _by_submission(rows)}


def find_put_aside(
    sent: Mapping[int, Sent], accepted: Mapping[int, Mapping[str, pl.DataFrame]]
) -> dict[int, list[Found]]:
    """Accepted rows that refer to a row put aside: they are kept, and the person is told."""
    kept = {
        place: Sent(
            one.envelope, one.tables, {name: _only(rows, accepted[place].get(name)) for name, rows in one.rows.items()}
        )
        for place, one in sent.items()
    }
    unresolved = _house_rows(kept, "v01_references_resolve")
    return {place: _found(sent[place], _in_words(found)) for place, found in _by_submission(unresolved)}


def _only(rows: pl.DataFrame, accepted: pl.DataFrame | None) -> pl.DataFrame:
    return rows.clear() if accepted is None else rows.join(accepted.select(ROW), on=ROW, how="semi")


def _in_words(unresolved: pl.DataFrame) -> pl.DataFrame:
    word = pl.col("field").replace_strict(REFERRED_TO, default="record")
    return unresolved.with_columns(
        severity=pl.lit(QUERY),
        message=pl.format("Its {} was put aside for errors, so this record stands without it.", word),
        fix=pl.lit("Put right the row that was put aside; this record needs no change."),
    )


def _house_rows(sent: Mapping[int, Sent], model: str) -> pl.DataFrame:
    from throughline.house_in_memory import HouseInMemory

    frames: dict[str, list[pl.DataFrame]] = {}
    for place, one in sent.items():
        for name, rows in one.rows.items():
            table = one.tables[name]
            frames.setdefault(name, []).append(
                rows.with_columns(
                    pl.lit(str(place)).alias("submission_ref"),
                    pl.lit(table.file).alias("source_file"),
                    pl.lit(table.sheet, pl.String).alias("source_sheet"),
                )
            )
    landed = {name: pl.concat(parts, how="diagonal") for name, parts in frames.items()}
    with HouseInMemory(landed, given={"int_submissions_current": _submissions(sent)}) as house:
        return house.table(model)


def _submissions(sent: Mapping[int, Sent]) -> pl.DataFrame:
    """Each submission stands for itself: none supersedes another, and none is a whole region's."""
    places = [str(place) for place in sent]
    envelopes = [one.envelope for one in sent.values()]
    return pl.DataFrame(
        {
            "submission_ref": places,
            "partnership_code": places,
            "specification_version": [one.specification_version for one in envelopes],
            "is_synthetic": [one.is_synthetic == "Y" for one in envelopes],
            "rows_accepted": [0] * len(places),
            "rows_quarantined": [0] * len(places),
            "period_start": [one.period_start for one in envelopes],
            "as_at_date": [one.as_at_date for one in envelopes],
            "received_at": [None] * len(places),
        },
        schema_overrides={"period_start": pl.String, "received_at": pl.Datetime},
    ).with_columns(pl.col("period_start", "as_at_date").str.to_date(strict=False))


def _by_submission(rows: pl.DataFrame) -> list[tuple[int, pl.DataFrame]]:
    parts = rows.partition_by("submission_ref", as_dict=True)
    return [(int(place), found) for (place,), found in parts.items()]


def _found(sent: Sent, rows: pl.DataFrame) -> list[Found]:
    returns = load_specification().returns
    found = []
    rows = rows.unique(["rule", "return_name", "source_row", "field", "message"]).sort(
        "rule", "return_name", "source_row", "field", "message"
    )
    for row in rows.iter_rows(named=True):
        table = sent.tables[row["return_name"]]
        field = returns[row["return_name"]].field(row["field"])
        finding = table.finding(
            row["rule"],
            ERROR if row["severity"] == ERROR else QUERY,
            row["message"],
            row["fix"],
            row=row["source_row"],
            column=table.letters.get(field.name),
            field=field.name,
            title=field.title,
            example=field.example,
        )
        found.append(Found(row["return_name"], finding))
    return found
