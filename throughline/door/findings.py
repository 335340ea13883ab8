"""What the door found: findings for the person who must fix the file, and the report that holds them."""

from dataclasses import dataclass, field, replace

import polars as pl

ERROR = "error"
QUERY = "query"

MOST_EXAMPLES = 3


class UnreadableReturn(Exception):
    """A file or folder that cannot be taken as a submission; the message is one line for the person who sent it."""


@dataclass(frozen=True)
class Finding:
    """One thing to put right, or to explain, and where it is."""

    rule: str
    severity: str
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    field: str | None
    title: str | None
    message: str
    fix: str
    example: str | None = None

    @property
    def place(self) -> str:
        """Where to look: sheet, row and column, as a spreadsheet shows them."""
        parts = [self.sheet or self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)


FINDING_COLUMNS = {
    "submission_ref": pl.String,
    "rule": pl.String,
    "severity": pl.String,
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
    "column": pl.String,
    "field": pl.String,
    "title": pl.String,
    "message": pl.String,
    "fix": pl.String,
    "example": pl.String,
}


@dataclass(frozen=True)
class Envelope:
    """What the submission sheet says: who sends the return, for which period, as at which day."""

    partnership_code: str
    period_start: str | None
    as_at_date: str
    specification_version: str
    is_synthetic: str


@dataclass
class Report:
    """The answer to one submission: what was found, the rows kept, and where the rows put aside are."""

    path: str
    findings: list[Finding] = field(default_factory=list)
    accepted: dict[str, pl.DataFrame] = field(default_factory=dict)
    rejected: dict[str, pl.DataFrame] = field(default_factory=dict)
    rows_accepted: int = 0
    rows_quarantined: int = 0
    returns_absent: list[str] = field(default_factory=list)
    envelope: Envelope | None = None
    submission_ref: str | None = None
    content_sha256: str | None = None

    @property
    def partnership_code(self) -> str | None:
        """The partnership that sent it; nothing for a single CSV file checked by itself."""
        return self.envelope.partnership_code if self.envelope else None

    @property
    def as_at_date(self) -> str | None:
        """The day on which its records were true."""
        return self.envelope.as_at_date if self.envelope else None

    def without_rows(self) -> "Report":
        """The same report with counts and findings only, light enough to keep for every file of many."""
        return replace(self, accepted={}, rejected={})

    @property
    def errors(self) -> list[Finding]:
        """Findings that stop a row or a column from being used."""
        return [finding for finding in self.findings if finding.severity == ERROR]

    @property
    def queries(self) -> list[Finding]:
        """Findings that keep the row and ask for an explanation."""
        return [finding for finding in self.findings if finding.severity == QUERY]


def findings_frame(findings: list[Finding], submission_ref: str) -> pl.DataFrame:
    """One row per finding, as it is landed."""
    names = [name for name in FINDING_COLUMNS if name != "submission_ref"]
    columns = {name: [getattr(finding, name) for finding in findings] for name in names}
    return pl.DataFrame({"submission_ref": [submission_ref] * len(findings), **columns}, schema=FINDING_COLUMNS)


def report_lines(report: Report) -> list[str]:
    """A short summary for a person: what was kept, then what to fix, grouped by kind."""
    lines = [report.path]
    if report.envelope:
        lines.append(f"  {report.partnership_code}, as at {report.as_at_date}")
    lines.append(f"  {_rows(report.rows_accepted)} accepted, {_rows(report.rows_quarantined)} put aside")
    if not report.findings:
        return [*lines, "  Nothing to fix."]
    for heading, findings in (("To fix", report.errors), ("To explain", report.queries)):
        if findings:
            lines += ["", f"  {heading}", *_grouped_lines(findings)]
    return lines


def _rows(number: int) -> str:
    return f"{number:,} {'row' if number == 1 else 'rows'}"


def _grouped_lines(findings: list[Finding]) -> list[str]:
    alike: dict[tuple, list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.rule, finding.sheet or finding.file, finding.field), []).append(finding)
    lines: list[str] = []
    for (rule, sheet, field_name), group in sorted(alike.items(), key=lambda item: -len(item[1])):
        name = f"{sheet}, {field_name}" if field_name else sheet
        lines.append(f"  {rule}  {name}: {len(group):,} {'finding' if len(group) == 1 else 'findings'}")
        for finding in group[:MOST_EXAMPLES]:
            lines.append(f"       {finding.place}: {finding.message} {finding.fix}")
        if len(group) > MOST_EXAMPLES:
            lines.append(f"       and {len(group) - MOST_EXAMPLES:,} more")
    return lines
