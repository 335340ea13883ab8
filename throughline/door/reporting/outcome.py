"""What became of one file, in the words and numbers that every form of the report shares."""

from dataclasses import dataclass
from pathlib import Path

from throughline.door.checking import Refused
from throughline.door.findings import Report
from throughline.door.reporting.grouping import Group, group_findings
from throughline.door.specification import load_specification

MOST_KINDS_ON_SCREEN = 12


@dataclass(frozen=True)
class ReturnOutcome:
    """One return of the submission: how many rows it held, and how many of them were kept."""

    name: str
    title: str
    rows_accepted: int
    rows_put_aside: int
    is_in_the_file: bool

    @property
    def rows(self) -> int:
        """Rows as sent."""
        return self.rows_accepted + self.rows_put_aside


@dataclass(frozen=True)
class Outcome:
    """The answer to one file: a report, or the line that says why it could not be read."""

    file: str
    report: Report | None
    refusal: str | None
    returns: tuple[ReturnOutcome, ...]
    groups: tuple[Group, ...]

    @property
    def errors(self) -> int:
        """How many errors were found."""
        return len(self.report.errors) if self.report else 0

    @property
    def queries(self) -> int:
        """How many queries were found."""
        return len(self.report.queries) if self.report else 0

    @property
    def failed(self) -> bool:
        """Whether the file needs putting right before it is sent; queries alone do not stop it."""
        return self.report is None or self.errors > 0

    @property
    def next_steps(self) -> list[str]:
        """What the person does now, one sentence or two to each step."""
        if self.report is None:
            return ["Put right what the line above says, save the file and check it again.", "Nothing was sent."]
        steps = []
        if self.errors:
            steps.append(
                "Put the errors right in your own file, save it and check it again. "
                "Until then, the rows with errors would be put aside and would not be counted."
            )
        if self.queries:
            how = " or explain it in the query_answers sheet" if "query_answers" in load_specification().returns else ""
            steps.append(f"Look at each query. Put it right{how}. Rows with queries only are counted.")
        if not steps:
            steps.append("There is nothing to put right.")
        ready = "When you are content" if self.errors else "When you are ready"
        return [*steps, f"{ready}, send it: throughline submit {self.file}. Nothing has been sent by this check."]


def outcome_of(answer: Report | Refused) -> Outcome:
    """Everything there is to say about a report, or about a file that could not be read."""
    if isinstance(answer, Refused):
        return Outcome(Path(answer.path).name, None, answer.message, (), ())
    return Outcome(
        Path(answer.path).name, answer, None, tuple(_returns(answer)), tuple(group_findings(answer.findings))
    )


def rows(number: int) -> str:
    """A number of rows in words."""
    return f"{number:,} {'row' if number == 1 else 'rows'}"


def summary_lines(outcome: Outcome) -> list[str]:
    """A short answer for the screen: one line a kind, the kinds with errors first."""
    if outcome.report is None:
        return [outcome.refusal or ""]
    report = outcome.report
    lines = [outcome.file]
    if report.envelope:
        lines.append(f"  {report.partnership_code}, as at {report.as_at_date}")
    lines.append(f"  {rows(report.rows_accepted)} accepted, {rows(report.rows_quarantined)} put aside")
    if not outcome.groups:
        return [*lines, "  Nothing to put right."]
    lines.append(f"  {count(outcome.errors, 'error', 'errors')}, {count(outcome.queries, 'query', 'queries')}")
    for group in outcome.groups[:MOST_KINDS_ON_SCREEN]:
        first = group.variants[0]
        other = " The report has more like it." if len(group.variants) > 1 else ""
        lines.append(f"  {group.kind} {group.rule}: {group.where}, {group.rows}: {first.message} {first.fix}{other}")
    if len(outcome.groups) > MOST_KINDS_ON_SCREEN:
        lines.append(f"  And {len(outcome.groups) - MOST_KINDS_ON_SCREEN} more kinds.")
    return lines


def _returns(report: Report) -> list[ReturnOutcome]:
    return [
        ReturnOutcome(
            name=name,
            title=returned.title,
            rows_accepted=report.accepted[name].height if name in report.accepted else 0,
            rows_put_aside=report.rejected[name].height if name in report.rejected else 0,
            is_in_the_file=name not in report.returns_absent,
        )
        for name, returned in load_specification().returns.items()
        if name != "submission"
    ]


def count(number: int, one: str, many: str) -> str:
    """A number of things in words."""
    return f"{number:,} {one if number == 1 else many}"
