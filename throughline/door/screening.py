"""Stop at the door every field that holds personal data (rule V30): its value goes no further than this module.

The value is emptied before anything is checked, told or landed. Its finding names the kind of thing found and where it
stands, never the thing. The rest of the row is judged on its own, unless the row cannot be placed without the field.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from throughline.door.canonical import different
from throughline.door.findings import ERROR, Finding, UnreadableReturn
from throughline.door.personal_data import found_in, kinds_in
from throughline.door.specification import Field, ReturnSpecification, Specification
from throughline.door.tables import ROW, Table

RULE = "V30"

REFERENCE_TYPES = ("reference", "references")
NUMBER_TYPES = ("integer", "decimal")

# A whole date or number, which is what these fields ask for, is no personal data by itself.
PLAIN = {
    "date": re.compile(r"^[\d/.: T-]+$"),
    "integer": re.compile(r"^[+-]?\d{1,9}$"),
    "decimal": re.compile(r"^[+-]?\d{1,9}(\.\d*)?$"),
}
# No count or cost has ten digits; an NHS number has, and so has a mobile number once Excel has dropped its zero.
LONG_NUMBER = re.compile(r"^\+?\d[\d ]{9,14}$")

# A column filled in wrongly all the way down needs saying once, not a hundred thousand times.
MOST_FINDINGS_OF_A_FIELD = 1_000

LEFT_OUT = "(name left out)"


def screen_tables(tables: dict[str, Table], specification: Specification) -> dict[str, Table]:
    """Every table of a submission without personal data, its findings with the others of the table."""
    held = _held_in([(table, specification.returns[name]) for name, table in tables.items()])
    screened = {}
    for name, table in tables.items():
        screened[name], findings = screen(table, specification.returns[name], held)
        if name == "submission":
            _refuse_without_its_place(findings, specification.returns[name])
        screened[name].findings = [*screened[name].findings, *findings]
    return screened


def screen(
    table: Table, specification: ReturnSpecification, held: dict[bool, dict[str, str]] | None = None
) -> tuple[Table, list[Finding]]:
    """The table with each field that holds personal data emptied, and what was found, in the order of the rows."""
    held = _held_in([(table, specification)]) if held is None else held
    frame = table.frame
    emptied: dict[str, pl.Series] = {}
    stopped: dict[str, frozenset[int]] = {}
    row_rules = dict(table.row_rules)
    findings: list[Finding] = []
    for field in specification.fields:
        found = _found_in_field(frame[field.name], field, held[field.type in REFERENCE_TYPES])
        if found.is_empty():
            continue
        rows = frame.select(ROW, field.name).join(found, on=field.name, maintain_order="left")
        stopped[field.name] = frozenset(rows[ROW].to_list())
        emptied[field.name] = frame[field.name].set(frame[ROW].is_in(rows[ROW].implode()), None)
        if field.is_required or field.type in REFERENCE_TYPES:
            for row in rows[ROW]:
                row_rules.setdefault(row, RULE)
        findings += _findings(table, field, rows)
    if not stopped:
        return table, []
    frame = frame.with_columns(**emptied)
    findings.sort(key=lambda finding: finding.row or 0)
    return replace(table, frame=frame, row_rules=row_rules, stopped=stopped), findings


def without_stopped(rows: pl.DataFrame, table: Table, field_name: str) -> pl.DataFrame:
    """The failing rows but for those whose field was stopped: V30 has told of it, and it was not sent blank."""
    stopped = table.stopped.get(field_name)
    return rows.filter(~pl.col(ROW).is_in(stopped)) if stopped else rows


def without_personal_data(findings: list[Finding]) -> list[Finding]:
    """The findings as they may be told and kept: words taken from a file that look like personal data are left out."""
    if not findings:
        return findings
    words = pl.DataFrame(
        [(one.message, one.fix, one.sheet, one.file) for one in findings],
        schema=dict.fromkeys(("message", "fix", "sheet", "file"), pl.String),
        orient="row",
    )
    texts = pl.concat([words[name].alias("text") for name in words.columns]).drop_nulls().unique()
    held = _kinds_by_text(texts, are_references=False)
    if not held:
        return findings
    told = words.select(pl.all().replace_strict(held, default=None)).rows(named=True)
    return [
        _masked(finding, found) if any(found.values()) else finding
        for finding, found in zip(findings, told, strict=True)
    ]


def refuse_name(name: str) -> None:
    """Refuse a file by its name, which would be kept and shown with every row of the file."""
    found = kinds_in(name.replace("_", " "))
    if found:
        raise UnreadableReturn(
            f"A file that was sent: its name holds what looks like {_listed(found)}. Give it a name without, "
            "such as the partnership's and the date, and send it again."
        )


def _masked(finding: Finding, found: dict[str, str | None]) -> Finding:
    changes: dict[str, str] = {}
    if found["message"]:
        changes["message"] = f"What stands here is not repeated, because it looks like {found['message']}."
    if found["fix"]:
        changes["fix"] = "Take it out, or write it as the template's help says."
    for name in ("sheet", "file"):
        if found[name]:
            changes[name] = LEFT_OUT
    return replace(finding, **changes)


def _held_in(tables: list[tuple[Table, ReturnSpecification]]) -> dict[bool, dict[str, str]]:
    """What each different text holds, among those of references and among the others: asked of all fields at once."""
    texts: dict[bool, set[str]] = {True: set(), False: set()}
    for table, specification in tables:
        for field in specification.fields:
            texts[field.type in REFERENCE_TYPES].update(_to_look_at(table.frame[field.name], field))
    return {
        are_references: _kinds_by_text(pl.Series("text", sorted(these), pl.String), are_references)
        for are_references, these in texts.items()
    }


def _kinds_by_text(texts: pl.Series, are_references: bool) -> dict[str, str]:
    """For the texts that hold any, the kinds of personal data in words."""
    if texts.is_empty():
        return {}
    found = found_in(texts, are_references=are_references)
    some = found.list.len() > 0
    return {text: _listed(kinds) for text, kinds in zip(texts.filter(some), found.filter(some), strict=True)}


def _to_look_at(values: pl.Series, field: Field) -> Iterator[str]:
    """The different values of a field, but for those that are just what the field asks for."""
    codes = {code.code for code in field.codes}
    plain = PLAIN.get(field.type)
    return (text for text in different(values) if text not in codes and not (plain and plain.search(text)))


def _found_in_field(values: pl.Series, field: Field, held: dict[str, str]) -> pl.DataFrame:
    """The different values of a field that hold personal data, each with the kinds in words."""
    found: dict[str, str] = {}
    if field.type in NUMBER_TYPES:
        long = [text for text in different(values) if LONG_NUMBER.search(text)]
        found = dict.fromkeys(long, "a number as long as an NHS or phone number")
    if held:
        found |= {text: held[text] for text in different(values) if text in held}
    return pl.DataFrame(
        {field.name: list(found), "found": list(found.values())}, schema={field.name: pl.String, "found": pl.String}
    )


def _findings(table: Table, field: Field, rows: pl.DataFrame) -> list[Finding]:
    where = {
        "column": table.letters.get(field.name),
        "field": field.name,
        "title": field.title,
        "example": field.example,
    }
    found = []
    for row, listed in rows.select(ROW, "found").head(MOST_FINDINGS_OF_A_FIELD).iter_rows():
        message = f"{field.title} holds what looks like {listed}, so nothing of this field was taken in."
        found.append(table.finding(RULE, ERROR, message, _fix(field), row=row, **where))
    if rows.height > MOST_FINDINGS_OF_A_FIELD:
        more = f"The same is wrong in {rows.height - MOST_FINDINGS_OF_A_FIELD:,} more rows of this column."
        found.append(table.finding(RULE, ERROR, more, "Put right the whole column.", **where))
    return found


def _fix(field: Field) -> str:
    if field.type in ("text", "free_text"):
        return "Say it without anything that could identify a person, and send the return again."
    if field.type in REFERENCE_TYPES:
        return "Use a random local reference that says nothing about the child. The row was put aside."
    return f"Write only what the field asks for, such as {field.example}."


def _listed(kinds: list[str]) -> str:
    kinds = list(kinds)
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} and {kinds[-1]}"


def _refuse_without_its_place(findings: list[Finding], specification: ReturnSpecification) -> None:
    """Stop a submission sheet whose own place is personal data: nothing of the submission could be placed."""
    for finding in findings:
        if finding.field and specification.field(finding.field).is_required:
            raise UnreadableReturn(f"{finding.file}, submission sheet: {finding.message} {finding.fix}")
