"""What the gate looked at before a release, as one page to read: counts and words, and no value from any row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from throughline.gate import GateResult

PAGE = "gate.html"
TEMPLATE = "gate_report.html.jinja"


@dataclass(frozen=True)
class Section:
    """The results about one table."""

    table: str
    results: tuple[GateResult, ...]

    @property
    def title(self) -> str:
        """The table's name as words."""
        return self.table.replace("_", " ").capitalize()

    @property
    def anchor(self) -> str:
        """Where on the page it stands."""
        return "table-" + self.table.replace("_", "-").replace(" ", "-")

    @property
    def rows(self) -> int:
        """The most rows that any of its checks looked at."""
        return max(result.rows_examined for result in self.results)

    def number(self, outcome: str) -> int:
        """How many of its results came out so."""
        return sum(result.outcome == outcome for result in self.results)


def write(
    results: Iterable[GateResult], folder: Path, release_id: str, as_at_date: date | str, is_synthetic: bool
) -> Path:
    """Writes gate.html into the folder and returns its path."""
    page = folder / PAGE
    page.write_text(render(results, release_id, as_at_date, is_synthetic), encoding="utf-8")
    return page


def render(results: Iterable[GateResult], release_id: str, as_at_date: date | str, is_synthetic: bool) -> str:
    """The whole page, which fetches nothing from anywhere."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    results = list(results)
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    return environment.get_template(TEMPLATE).render(
        results=results,
        failures=[result for result in results if result.outcome == "failed"],
        notes=[result for result in results if result.outcome == "note"],
        sections=_sections(results),
        summary=summary(results),
        in_words=in_words,
        release_id=release_id,
        as_at=_day(as_at_date),
        is_synthetic=is_synthetic,
    )


def summary(results: list[GateResult]) -> str:
    """The answer in a few words, for the top of the page and its title."""
    failed = sum(result.outcome == "failed" for result in results)
    if not results:
        return "Nothing was checked"
    if failed:
        return f"{failed:,} of {len(results):,} checks failed"
    return "No check failed"


def in_words(result: GateResult) -> str:
    """The outcome of one check as it is read."""
    if result.outcome == "passed" and result.rows_examined == 0:
        return "Passed, with nothing to look at"
    return {"passed": "Passed", "note": "Note", "failed": "Failed"}[result.outcome]


def _sections(results: list[GateResult]) -> list[Section]:
    """One section a table, in the order in which tables come up first."""
    places = {table: place for place, table in enumerate(dict.fromkeys(result.table for result in results))}
    ordered = sorted(results, key=lambda result: places[result.table])
    return [Section(table, tuple(found)) for table, found in groupby(ordered, key=lambda result: result.table)]


def _day(day: date | str) -> str:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {day:%B %Y}"
