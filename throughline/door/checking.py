"""Check submissions: read each, run every return's suite over many of them at once, and report on each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from throughline.door.between_returns import Found, Sent, find_between_returns, find_put_aside
from throughline.door.envelope import read_envelope
from throughline.door.findings import ERROR, Finding, Report, UnreadableReturn
from throughline.door.messages import message_and_fix, repeated_key, rule_message_and_fix
from throughline.door.reading import Opened, open_submission
from throughline.door.return_rules import AS_AT_DATE
from throughline.door.screening import screen_tables, without_personal_data, without_stopped
from throughline.door.specification import ReturnSpecification, load_specification
from throughline.door.tables import ROW, Table, find_tables

if TYPE_CHECKING:
    from throughline.door.suite import Failure

# Bounds the memory of a run, whatever the number of files.
ROWS_IN_A_BATCH = 200_000

# A column filled in wrongly all the way down needs saying once, not a hundred thousand times.
MOST_FINDINGS_OF_A_KIND = 1_000

SUBMISSION = "submission"
KEY_RULE = "F07"

# A cell that fails one of these holds nothing that a rule between returns could use.
RULES_OF_A_CELL = ("F02", "F03", "F04", "F05", "F06", "F08", "F09")


@dataclass
class Incoming:
    """A submission that has been read and not yet checked."""

    opened: Opened
    report: Report
    tables: dict[str, Table]
    # The rows of each return with every cell emptied that failed a rule of its own.
    usable: dict[str, pl.DataFrame] = field(default_factory=dict)
    # The rows of each return that broke a rule, and which.
    errors: dict[str, list[pl.DataFrame]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows over all its returns."""
        return sum(table.frame.height for table in self.tables.values())


@dataclass(frozen=True)
class Refused:
    """A path that could not be taken as a submission, and the one line that says why."""

    path: Path
    message: str


def check(path: str | Path) -> Report:
    """Check one workbook, folder of CSV files, or single CSV file."""
    incoming = read_submission(Path(path))
    check_batch([incoming])
    return incoming.report


def check_many(paths: Iterable[str | Path]) -> Iterator[Report | Refused]:
    """Check many, a bounded number of rows at a time; one that cannot be read does not stop the others."""
    for batch in in_batches(Path(path) for path in paths):
        check_batch([one for one in batch if isinstance(one, Incoming)])
        for one in batch:
            yield one if isinstance(one, Refused) else one.report


def in_batches(paths: Iterable[Path]) -> Iterator[list[Incoming | Refused]]:
    """Read submissions until they hold enough rows to be worth a run of the suites."""
    batch: list[Incoming | Refused] = []
    rows = 0
    for path in paths:
        one = read_or_refuse(path)
        batch.append(one)
        rows += one.rows if isinstance(one, Incoming) else 0
        if rows >= ROWS_IN_A_BATCH:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def read_or_refuse(path: Path) -> Incoming | Refused:
    """Read a submission, or say in one line why it cannot be read."""
    try:
        return read_submission(path)
    except UnreadableReturn as problem:
        return Refused(path, str(problem))


def read_submission(path: Path) -> Incoming:
    """Read a submission and place it: its tables, its envelope and its reference."""
    specification = load_specification()
    opened = open_submission(path)
    tables, findings = find_tables(opened, specification)
    tables = screen_tables(tables, specification)
    report = Report(path=str(path), findings=findings, content_sha256=opened.content_sha256)
    report.returns_absent = [name for name in specification.returns if name not in tables and name != SUBMISSION]
    is_one_csv = path.is_file() and len(tables) == 1 and next(iter(tables.values())).sheet is None
    if not is_one_csv or SUBMISSION in tables:
        envelope = read_envelope(path.name, tables.get(SUBMISSION), specification)
        report.envelope = envelope
        report.submission_ref = f"{envelope.partnership_code}-{envelope.as_at_date}-{opened.content_sha256[:12]}"
    for table in tables.values():
        report.findings += table.findings
    return Incoming(opened, report, tables)


def check_batch(batch: list[Incoming]) -> None:
    """Run each return's suite, then the rules between returns, once over the whole batch, and fill in the reports."""
    for specification in load_specification().returns.values():
        _check_return(specification, batch)
    check_between_returns(batch)
    for incoming in batch:
        report = incoming.report
        report.findings = without_personal_data(report.findings)
        report.rows_accepted = sum(frame.height for frame in report.accepted.values())
        report.rows_quarantined = sum(frame.height for frame in report.rejected.values())


def check_between_returns(batch: list[Incoming]) -> None:
    """Add what is wrong between returns, and separate the rows that are put aside from those accepted."""
    # One CSV by itself has no envelope, and nothing to be compared with.
    sent = {
        place: Sent(one.report.envelope, one.tables, one.usable)
        for place, one in enumerate(batch)
        if one.report.envelope and any(frame.height for frame in one.usable.values())
    }
    found = find_between_returns(sent) if sent else {}
    for place, one in enumerate(batch):
        for (name, rule), rows in _rows_in_error(found.get(place, [])).items():
            one.errors[name].append(_errors(pl.Series(rows), rule))
        for name, errors in one.errors.items():
            _separate(one.report, one.tables[name], pl.concat(errors))
        _tell(one, found.get(place, []))
    depleted = {place: one for place, one in sent.items() if _has_rejected(batch[place].report)}
    if depleted:
        accepted = {place: batch[place].report.accepted for place in depleted}
        for place, aside in find_put_aside(depleted, accepted).items():
            _tell(batch[place], aside)


def _has_rejected(report: Report) -> bool:
    return any(frame.height for frame in report.rejected.values())


def _rows_in_error(found: list[Found]) -> dict[tuple[str, str], list[int]]:
    """The rows to put aside, by return and rule."""
    rows: dict[tuple[str, str], list[int]] = {}
    for each in found:
        if each.finding.severity == ERROR:
            rows.setdefault((each.return_name, each.finding.rule), []).append(each.finding.row)
    return rows


def _tell(incoming: Incoming, found: list[Found]) -> None:
    """Add findings between returns to the report, as many of a kind as are worth telling."""
    alike: dict[tuple, list[Finding]] = {}
    for each in found:
        alike.setdefault((each.finding.rule, each.return_name, each.finding.field), []).append(each.finding)
    for kind in alike.values():
        incoming.report.findings += kind[:MOST_FINDINGS_OF_A_KIND]
        more = len(kind) - MOST_FINDINGS_OF_A_KIND
        if more > 0:
            message = f"The same is wrong in {more:,} more rows of this column."
            incoming.report.findings.append(
                replace(kind[0], row=None, message=message, fix="Put right the whole column.")
            )


@cache
def _suite(return_name: str):
    from throughline.door.suite import compile_suite

    return compile_suite(load_specification().returns[return_name])


def _check_return(specification: ReturnSpecification, batch: list[Incoming]) -> None:
    from throughline.door.suite import run_suite

    tables = {
        place: one.tables[specification.name] for place, one in enumerate(batch) if specification.name in one.tables
    }
    if not tables:
        return
    frame = pl.concat(
        [
            table.frame.with_columns(
                pl.lit(place, pl.Int64).alias(SUBMISSION),
                pl.lit(batch[place].report.as_at_date, pl.String).alias(AS_AT_DATE),
            )
            for place, table in tables.items()
        ]
    )
    wrong: dict[int, list[pl.DataFrame]] = {place: [_table_errors(table)] for place, table in tables.items()}
    unusable: dict[str, list[np.ndarray]] = {}
    for failure in run_suite(_suite(specification.name), frame, specification):
        if failure.rule in RULES_OF_A_CELL:
            unusable.setdefault(failure.field, []).append(failure.rows)
        columns = specification.key if failure.rule == KEY_RULE else (failure.field,)
        failed = frame.select(SUBMISSION, ROW, *columns)[failure.rows]
        for (place,), rows in failed.partition_by(SUBMISSION, as_dict=True).items():
            table = tables[place]
            if failure.field not in table.letters:
                continue  # The column is missing: S02 has said so once.
            rows = without_stopped(rows, table, failure.field)
            if rows.is_empty():
                continue
            batch[place].report.findings += _findings(specification, table, failure, rows)
            if failure.severity == ERROR:
                wrong[place].append(_errors(rows[ROW], failure.rule))
    if specification.name == SUBMISSION:
        return  # The envelope is not a record: it is neither accepted nor put aside.
    usable = frame.with_columns(_emptied(frame[name], rows) for name, rows in unusable.items())
    by_submission = usable.drop(AS_AT_DATE).partition_by(SUBMISSION, as_dict=True, include_key=False)
    for place, table in tables.items():
        batch[place].errors[table.return_name] = wrong[place]
        batch[place].usable[table.return_name] = by_submission.get((place,), table.frame)


def _emptied(column: pl.Series, rows: list[np.ndarray]) -> pl.Series:
    wrong = np.zeros(len(column), dtype=bool)
    wrong[np.concatenate(rows)] = True
    return column.set(pl.Series(wrong), None)


def _findings(
    specification: ReturnSpecification, table: Table, failure: "Failure", rows: pl.DataFrame
) -> list[Finding]:
    field = specification.field(failure.field)
    where = {"column": table.letters[field.name], "field": field.name, "title": field.title, "example": field.example}
    rule = failure.rule
    if rule == KEY_RULE:
        found = _key_findings(specification, table, failure, rows, where)
    elif failure.message:
        words = rule_message_and_fix(failure.message, failure.fix, field)
        found = [
            table.finding(rule, failure.severity, *words, row=row, **where)
            for row in rows[ROW].head(MOST_FINDINGS_OF_A_KIND)
        ]
    else:
        found = [
            table.finding(rule, failure.severity, *message_and_fix(rule, field, value), row=row, **where)
            for row, value in rows.select(ROW, field.name).head(MOST_FINDINGS_OF_A_KIND).iter_rows()
        ]
    if rows.height > MOST_FINDINGS_OF_A_KIND:
        more = f"The same is wrong in {rows.height - MOST_FINDINGS_OF_A_KIND:,} more rows of this column."
        found.append(table.finding(rule, failure.severity, more, "Put right the whole column.", **where))
    return found


def _key_findings(
    specification: ReturnSpecification, table: Table, failure: "Failure", rows: pl.DataFrame, where: dict
):
    found = []
    key = list(specification.key)
    told = rows.join(rows.head(MOST_FINDINGS_OF_A_KIND).select(key).unique(), on=key, how="semi")
    for group in told.sort(ROW).partition_by(key, maintain_order=True):
        alike = group[ROW].to_list()
        for row in alike:
            others = [other for other in alike[:5] if other != row]
            found.append(
                table.finding(failure.rule, failure.severity, *repeated_key(specification, others), row=row, **where)
            )
            if len(found) >= MOST_FINDINGS_OF_A_KIND:
                return found
    return found


def _errors(rows: pl.Series, rule: str) -> pl.DataFrame:
    return pl.DataFrame({ROW: rows.cast(pl.Int64), "rules": pl.repeat(rule, len(rows), dtype=pl.String, eager=True)})


def _table_errors(table: Table) -> pl.DataFrame:
    """Errors found before the suite ran: a column missing or repeated, or a row whose values have moved."""
    found = [_errors(table.frame[ROW], rule) for rule in table.whole_table_rules]
    schema = {ROW: pl.Int64, "rules": pl.String}
    found.append(pl.DataFrame({ROW: list(table.row_rules), "rules": list(table.row_rules.values())}, schema=schema))
    return pl.concat(found)


def _separate(report: Report, table: Table, errors: pl.DataFrame) -> None:
    """Accepted rows on one side, and on the other where each rejected row stands and why: no row is lost."""
    source = [
        pl.lit(table.file).alias("source_file"),
        pl.lit(table.sheet, pl.String).alias("source_sheet"),
    ]
    rules = errors.group_by(ROW).agg(pl.col("rules").unique().sort().str.join(";"))
    report.rejected[table.return_name] = rules.sort(ROW).select(*source, ROW, "rules")
    report.accepted[table.return_name] = table.frame.join(
        rules, on=ROW, how="anti", maintain_order="left"
    ).with_columns(*source)
