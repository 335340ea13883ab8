"""The report to read: one page that stands by itself, with nothing fetched from anywhere."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from throughline.door.findings import ERROR, QUERY
from throughline.door.reporting.grouping import Group
from throughline.door.reporting.outcome import Outcome, count
from throughline.door.specification import load_specification

TEMPLATE = "report.html.jinja"


@dataclass(frozen=True)
class Section:
    """Every finding of one rule."""

    rule: str
    title: str
    kind: str
    groups: tuple[Group, ...]

    @property
    def found(self) -> str:
        """How many findings there are."""
        return count(sum(group.count for group in self.groups), "finding", "findings")


def html_report(outcome: Outcome) -> str:
    """The whole page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template(TEMPLATE).render(
        outcome=outcome,
        report=outcome.report,
        result=result(outcome),
        as_at=_day(outcome.report.as_at_date if outcome.report else None),
        version=load_specification().version,
        is_synthetic=bool(outcome.report and outcome.report.envelope and outcome.report.envelope.is_synthetic == "Y"),
        parts=[("Errors", _sections(outcome, ERROR)), ("Queries", _sections(outcome, QUERY))],
    )


def result(outcome: Outcome) -> str:
    """The answer in a few words, for the top of the page and its title."""
    if outcome.report is None:
        return "This file could not be read"
    if not outcome.groups:
        return "Nothing to put right"
    told = [count(outcome.errors, "error", "errors")] if outcome.errors else []
    told += [count(outcome.queries, "query", "queries")] if outcome.queries else []
    return " and ".join(told)


def _sections(outcome: Outcome, severity: str) -> list[Section]:
    groups = [group for group in outcome.groups if group.severity == severity]
    return [
        Section(rule, found[0].rule_title, found[0].kind, tuple(found))
        for rule, found in ((rule, list(same)) for rule, same in groupby(groups, key=lambda group: group.rule))
    ]


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"
