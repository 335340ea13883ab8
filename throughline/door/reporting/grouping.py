"""Many findings of one kind, said once: which rows, as ranges, and each different thing that is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.door.findings import ERROR, Finding
from throughline.door.rules import load_rules

MOST_RANGES = 20
MOST_VARIANTS = 8


@dataclass(frozen=True)
class Variant:
    """One thing wrong, what would be right, and the rows it is wrong in (none where it concerns no single row)."""

    message: str
    fix: str
    rows: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class Group:
    """Findings of one rule about one column of one sheet."""

    rule: str
    rule_title: str
    severity: str
    place: str
    column: str | None
    field: str | None
    title: str | None
    example: str | None
    count: int
    variants: tuple[Variant, ...]

    @property
    def kind(self) -> str:
        """Error or query, as a person reads it."""
        return "Error" if self.severity == ERROR else "Query"

    @property
    def where(self) -> str:
        """The sheet, and the column where there is one."""
        column = f", column {self.column}" if self.column else ""
        return f"{self.place}{column}{f' ({self.field})' if self.field else ''}"

    @property
    def rows(self) -> str:
        """Every row that it concerns, in words."""
        return self.in_words(row for variant in self.variants for row in variant.rows)

    def in_words(self, rows: Iterable[int]) -> str:
        """These rows of the group in words; a column or a sheet as a whole where there are none."""
        return row_ranges(rows) or ("the whole column" if self.column or self.field else "the whole sheet")


def group_findings(findings: Iterable[Finding]) -> list[Group]:
    """Errors first, then by rule; within a rule, in the order in which they were found."""
    alike: dict[tuple, list[Finding]] = {}
    for finding in findings:
        key = (finding.severity, finding.rule, finding.sheet or finding.file, finding.field, finding.column)
        alike.setdefault(key, []).append(finding)
    groups = [_group(found) for found in alike.values()]
    return sorted(groups, key=lambda group: (group.severity != ERROR, group.rule))


def row_ranges(rows: Iterable[int]) -> str:
    """Rows in words, neighbours joined: "rows 4 to 18, 22"; nothing when there are none."""
    ordered = sorted(set(rows))
    if not ordered:
        return ""
    if len(ordered) == 1:
        return f"row {ordered[0]}"
    runs: list[list[int]] = []
    for row in ordered:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    told = [_run(first, last) for first, last in runs[:MOST_RANGES]]
    left = sum(last - first + 1 for first, last in runs[MOST_RANGES:])
    more = f" and {left:,} more {'row' if left == 1 else 'rows'}" if left else ""
    return f"rows {', '.join(told)}{more}"


def _run(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}, {last}" if last == first + 1 else f"{first} to {last}"


def _group(findings: list[Finding]) -> Group:
    first = findings[0]
    rule = load_rules().get(first.rule)
    alike: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        alike.setdefault((finding.message, finding.fix), []).append(finding)
    return Group(
        rule=first.rule,
        rule_title=rule.title if rule else "",
        severity=first.severity,
        place=first.sheet or first.file,
        column=first.column,
        field=first.field,
        title=first.title,
        example=first.example,
        count=len(findings),
        variants=_variants(alike),
    )


def _variants(alike: dict[tuple[str, str], list[Finding]]) -> tuple[Variant, ...]:
    """Each different thing that is wrong; where there are very many, the rest together."""
    kinds = [Variant(message, fix, _rows(found), len(found)) for (message, fix), found in alike.items()]
    if len(kinds) <= MOST_VARIANTS:
        return tuple(kinds)
    rest = kinds[MOST_VARIANTS - 1 :]
    rows = tuple(sorted({row for one in rest for row in one.rows}))
    same_fix = len({one.fix for one in rest}) == 1
    fix = rest[0].fix if same_fix else "The workbook beside this report says what would be right in each row."
    together = Variant("The same kind of thing, in more rows.", fix, rows, sum(one.count for one in rest))
    return (*kinds[: MOST_VARIANTS - 1], together)


def _rows(findings: list[Finding]) -> tuple[int, ...]:
    return tuple(finding.row for finding in findings if finding.row is not None)
