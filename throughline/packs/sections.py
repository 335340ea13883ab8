"""What stands where in a pack: which findings lead, which follow in their part, and the number of each table."""

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from throughline.report import Finding, Report, Table
from throughline.report_files.facts import words

HALF, FOLDED = 58, 26  # letters: what half the width of a pack has room for, and how narrow the first column may get
WHOLE = 12  # rows: a longer table may break between two sheets
SENTENCE = 90  # letters: a longer cell stands on several lines


@dataclass(frozen=True)
class Section:
    """One analysis in a pack, under a name that sets its anchors apart from those of others.

    `leads` names the findings that stand in the briefing; question-* stands for all questions.
    """

    name: str
    report: Report
    leads: Sequence[str] = ()

    def anchor(self, *parts: str) -> str:
        """Where on the page something stands."""
        return "-".join([self.name.replace("_", "-"), *parts])

    @property
    def asked(self) -> str:
        """What was chosen, in words."""
        return self.report.choices_said

    @property
    def shown(self) -> list[Finding]:
        """What this reader is shown: nothing where the area cannot be, so that no other stands in for it.

        Nor what waits for a choice: on paper there is no list to choose from.
        """
        if self.report.problems or self.report.elsewhere:
            return []
        return [one for one in self.report.shown if not one.is_only_asked_for]

    @property
    def leading(self) -> list[Finding]:
        """The findings that stand in the briefing, in the order in which they are declared."""
        return [one for lead in self.leads for one in self.shown if fnmatchcase(one.name, lead)]

    @property
    def following(self) -> list[Finding]:
        """The findings that stand in the part itself."""
        leading = self.leading
        return [one for one in self.shown if one not in leading]


@dataclass(frozen=True)
class Numbered:
    """A table of the appendix with its number, where it stands, and the finding that it belongs to."""

    number: int
    table: Table
    anchor: str
    finding: Finding
    finding_anchor: str

    @property
    def is_narrow(self) -> bool:
        """Whether two such tables find room beside each other: names in the first column may fold."""
        first, *others = (
            max(len(text) for text in (*column.heading.split(), *(words(row[place]) for row in self.table.rows)))
            for place, column in enumerate(self.table.columns)
        )
        return min(first, FOLDED) + sum(others) + 2 * len(others) <= HALF

    @property
    def is_short(self) -> bool:
        """Whether the table is kept whole on one sheet: sentences make even a few rows high."""
        rows = self.table.rows
        return len(rows) <= WHOLE and not any(len(words(cell)) > SENTENCE for row in rows for cell in row)


@dataclass(frozen=True)
class Pack:
    """The sections of a pack and what is looked up across them."""

    sections: Sequence[Section]

    @cached_property
    def told(self) -> dict[tuple[str, str], str]:
        """Where two parts have the same finding, the later one's place and the anchor at which it stands."""
        first: dict[tuple[str, str], str] = {}
        again = {}
        for section in self.sections:
            for one in section.shown:
                here = section.anchor(one.name)
                there = first.setdefault((one.heading, one.measured), here)
                if there != here:
                    again[section.name, one.name] = there
        return again

    def said_elsewhere(self, section: Section, one: Finding) -> str:
        """The anchor of the finding where an earlier part already has it; nothing where none has."""
        return self.told.get((section.name, one.name), "")

    @cached_property
    def tables(self) -> dict[str, list[Numbered]]:
        """Every table once, by the name of its section, numbered in the order in which the parts are read."""
        held: dict[str, list[Numbered]] = {}
        number = 0
        for section in self.sections:
            held[section.name] = []
            for one in (*section.leading, *section.following):
                if self.said_elsewhere(section, one):
                    continue
                for table in one.tables:
                    number += 1
                    at = section.anchor(one.name, table.name)
                    held[section.name].append(Numbered(number, table, at, one, section.anchor(one.name)))
        return held

    def tables_of(self, section: Section, one: Finding) -> list[Numbered]:
        """The tables of one finding."""
        return [table for table in self.tables[section.name] if table.finding is one]

    @property
    def shared_choices(self) -> str:
        """What most parts were asked for alike: it stands at the top of each printed page."""
        asked = [(one.label, one.in_words) for section in self.sections for one in section.report.filters]
        often = [one for one in dict.fromkeys(asked) if 2 * asked.count(one) > len(self.sections)]
        return "; ".join(f"{label}: {said}" for label, said in often)
