"""Decisions by what lay behind them: reasons, what changed after the Panel, who dissented, what was learned."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from throughline.analyses.asked_before import codes_in_words
from throughline.analyses.measure_tables import cells, chart_key
from throughline.analyses.measures import MISSING, SCHEMA, joined
from throughline.analyses.recording_ladder import counted_share
from throughline.analyses.scope import ENGLAND, Scope
from throughline.charts import shares
from throughline.release import Release, Viewer
from throughline.report import Chart, Column, Finding, Table
from throughline.wording import measures, rounded, symbol_note
from throughline.wording import review_decisions as words

BLANK = "BLANK"
NOT_SHOWN = "reasons-not-shown"
AGAINST, FOR = "NO_LCSPR", "LCSPR"
DISSENT = ("MAJORITY", "LA_DECIDED", "ESCALATED")
NO_CASES = MISSING | {"numerator": 0.0, "denominator": 0.0, "status": "z", "reason": "no_cases"}
Counts = dict[str, dict[tuple[str, ...], int]]


@dataclass(frozen=True)
class Decisions:
    """Cases by axis and code, of the area and, where the reader may see it and it is another area, of England."""

    own: Counts
    england: Counts

    def share(self, name: str, wanted: tuple[str, tuple[str, ...]], out_of: dict[str, Iterable[tuple]]) -> dict:
        """One row of a chart: the cases of one axis and code, out of those of other codes."""
        return self.share_of(name, {wanted[0]: [wanted[1]]}, out_of)

    def share_of(self, name: str, wanted: dict[str, Iterable[tuple]], out_of: dict[str, Iterable[tuple]]) -> dict:
        """The same for several codes together."""
        own, england = (
            share_or_none(counted(counts, wanted), counted(counts, out_of)) for counts in (self.own, self.england)
        )
        return joined("", "", name, own, england if self.england else MISSING)


def counted(counts: Counts, wanted: dict[str, Iterable[tuple]]) -> int:
    """The cases of some codes of some axes."""
    return sum(counts.get(axis, {}).get(code, 0) for axis, codes in wanted.items() for code in codes)


def share_or_none(numerator: int, denominator: int) -> dict:
    """A share with its interval; said to be without cases where there are none."""
    return counted_share(numerator, denominator) if denominator else NO_CASES


def decision_findings(release: Release, viewer: Viewer, scope: Scope) -> dict[str, Finding]:
    """What lay behind the decisions, by name; one finding that says why, where the reader may not see it."""
    try:
        held = rows_by_period(release, viewer)
    except FileNotFoundError:  # a release that was made before decisions were counted in this way
        return {NOT_SHOWN: not_shown(scope, words.NOT_IN_RELEASE)}
    if not scope.is_own:
        return {NOT_SHOWN: not_shown(scope, words.NOT_FOR_YOU)}
    here = held.get((scope.period_type, scope.period))
    decisions = Decisions(
        {} if here is None else counts_of(here.filter(scope.place)),
        {} if here is None or scope.is_england else counts_of(here.filter(pl.col("area_code") == ENGLAND)),
    )
    found = (
        reasons_finding(decisions, scope, AGAINST),
        reasons_finding(decisions, scope, FOR),
        changed_finding(decisions, scope),
        dissenting_finding(decisions, scope),
        not_met_finding(decisions, scope),
        learned_finding(decisions, scope),
    )
    return {one.name: one for one in found}


@lru_cache(maxsize=8)
def rows_by_period(release: Release, viewer: Viewer) -> dict[tuple[str, str], pl.DataFrame]:
    """What this reader may see of the decisions, in pieces: finding one's own areas takes longer than all the rest."""
    return release.by_area("rapid_review_decisions", viewer).partition_by("period_type", "period", as_dict=True)


def not_shown(scope: Scope, why: str) -> Finding:
    """One finding in place of all."""
    heading = words.not_shown_heading(scope.area_said)
    return Finding(NOT_SHOWN, heading, words.NOT_SHOWN_MEASURED, notices=(why,), is_withheld=not scope.is_own)


def counts_of(rows: pl.DataFrame) -> Counts:
    """Cases by axis and by the codes of its fields."""
    counts: Counts = {}
    for axis, value, cases in rows.select("axis", "value", "cases").iter_rows():
        counts.setdefault(axis, {})[tuple(value.split(":"))] = cases
    return counts


def codes_held(counts: Counts, axis: str, before: tuple[str, ...] = ()) -> list[str]:
    """The last codes of an axis that follow some others."""
    return [codes[-1] for codes in counts.get(axis, {}) if codes[:-1] == before]


def largest_first(rows: list[dict], last: tuple[str, ...]) -> pl.DataFrame:
    """The rows by how many cases they have; what says little stands last."""
    ordered = sorted(rows, key=lambda row: (row["name"] in last, -(row["numerator"] or 0)))
    return pl.DataFrame(ordered, schema=SCHEMA)


def shares_finding(
    name: str,
    heading: str,
    what: str,
    rows: pl.DataFrame,
    scope: Scope,
    caveat: str,
    columns: tuple[str, str],
    more: tuple[Table, ...] = (),
    said: str = "",
) -> Finding:
    """Dots with intervals and their table; `columns` heads the names and the cases, `said` follows what is measured."""
    has_values = bool(rows["value"].drop_nulls().len())
    alternative = measures.shares_alternative(rows, what, scope.area_name, scope.period_words)
    return Finding(
        name,
        heading,
        f"{what}: {scope.area_name}, {scope.period_words}. {said}".strip(),
        (Chart(f"{name}-chart", shares.beside_england(rows), alternative),) if has_values else (),
        chart_key(rows, scope),
        (*((shares_table(f"{name}-table", what, columns, rows, scope),) if rows.height else ()), *more),
        () if has_values else (words.NOTHING_TO_COUNT,),
        caveat,
    )


def shares_table(name: str, what: str, columns: tuple[str, str], rows: pl.DataFrame, scope: Scope) -> Table:
    """The dots as numbers; England's beside them where this reader may see them."""
    has_england = bool(rows["england_value"].drop_nulls().len())
    heads = [Column(columns[0])]
    heads += [Column(title, numeric=True) for title in (columns[1], "Out of", "Percentage", "95% interval")]
    heads += [Column("England", numeric=True)] if has_england else []
    shown = [cells(row, False, False, not has_england)[: len(heads)] for row in rows.iter_rows(named=True)]
    note = " ".join(part for part in (symbol_note(rows.iter_rows(named=True)), measures.fraction_note(rows)) if part)
    return Table(name, f"{what}, {scope.area_name}, {scope.period_words}", heads, shown, note)


def reasons_finding(decisions: Decisions, scope: Scope, decision: str) -> Finding:
    """Why partners decided for a local review, or against one: each reason out of all decisions of that kind."""
    axis, labels = "partners_decision:decision_reasons", words.REASONS
    held = codes_held(decisions.own, axis, (decision,))
    every = {"partners_decision": [(decision,)]}
    rows = largest_first(
        [decisions.share(labels[code], (axis, (decision, code)), every) for code in labels if code in held],
        words.LAST,
    )
    kind = words.AGAINST if decision == AGAINST else words.FOR
    return shares_finding(
        f"reasons-{kind.split()[0]}",
        words.reasons_heading(rows, scope.area_said, kind),
        f"First decisions {kind} by reason given",
        rows,
        scope,
        words.REASONS_CAVEATS[kind],
        ("Reason", "Decisions"),
    )


def changed_finding(decisions: Decisions, scope: Scope) -> Finding:
    """How many decisions changed after each answer of the Panel, and to what."""
    axis = "panel_view:partners_decision:final_decision"
    held = decisions.own.get(axis, {})
    rows = []
    for view in words.VIEWS:
        own, england = (
            [codes for codes in counts.get(axis, {}) if codes[0] == view and codes[2] != BLANK]
            for counts in (decisions.own, decisions.england)
        )
        if own:
            both = {*own, *england}
            changed = [codes for codes in both if codes[1] != codes[2]]
            rows.append(decisions.share_of(words.VIEWS[view], {axis: changed}, {axis: both}))
    waiting = sum(cases for codes, cases in held.items() if codes[2] == BLANK)
    return shares_finding(
        "changed",
        words.changed_heading(held, scope.area_said),
        "Decisions that differ from the first one, by the Panel's answer",
        pl.DataFrame(rows, schema=SCHEMA),
        scope,
        words.CHANGED_CAVEAT,
        ("The Panel's answer", "Changed"),
        (changes_table(held, scope),) if held else (),
        words.waiting_sentence(waiting),
    )


def changes_table(held: dict[tuple[str, ...], int], scope: Scope) -> Table:
    """Each answer, with what was decided before and after it."""
    decided = words.DECISIONS | {BLANK: words.NOT_CONFIRMED}
    rows = [
        [
            words.VIEWS[view],
            decided[first],
            decided[final] if first != final else words.UNCHANGED,
            rounded(held[view, first, final]),
        ]
        for view in words.VIEWS
        for first in decided
        for final in decided
        if (view, first, final) in held
    ]
    columns = [*(Column(title) for title in words.CHANGES_COLUMNS), Column("Rapid reviews", numeric=True)]
    caption = f"What was decided before and after the Panel's answer, {scope.area_name}, {scope.period_words}"
    return Table("changes-table", caption, columns, rows)


def dissenting_finding(decisions: Decisions, scope: Scope) -> Finding:
    """Which agencies were named among those that did not agree, in the order of the code list: it is no ranking."""
    labels = codes_in_words("agency") | words.SHORT_AGENCIES
    every = {"agreement": [(code,) for code in DISSENT]}
    held = codes_held(decisions.own, "dissenting_agencies")
    rows = pl.DataFrame(
        [decisions.share(labels[code], ("dissenting_agencies", (code,)), every) for code in labels if code in held],
        schema=SCHEMA,
    )
    return shares_finding(
        "dissenting",
        words.dissenting_heading(
            counted(decisions.own, every), counted(decisions.own, {"dissenting_agencies": [(BLANK,)]}), scope.area_said
        ),
        "Triage decisions on which partners were not of one mind, by the agencies that did not agree",
        rows,
        scope,
        words.DISSENTING_CAVEAT,
        ("Agency", "Decisions"),
        counts_table("agreement", "How partners agreed", "Triage decisions", decisions, scope),
    )


def not_met_finding(decisions: Decisions, scope: Scope) -> Finding:
    """Why incidents did not meet the criteria, and what was done with them instead."""
    labels = words.NOT_MET_REASONS
    held = codes_held(decisions.own, "not_met_reason")
    every = {"triage_outcome": [(code,) for code in codes_in_words("triage_outcome")]}
    rows = largest_first(
        [decisions.share(labels[code], ("not_met_reason", (code,)), every) for code in labels if code in held],
        words.LAST,
    )
    return shares_finding(
        "not-met",
        words.not_met_heading(rows, scope.area_said),
        "Incidents that did not meet the criteria, by the main reason",
        rows,
        scope,
        words.NOT_MET_CAVEAT,
        ("Reason", "Incidents"),
        (
            *counts_table("triage_outcome", "Decided instead", "Incidents", decisions, scope),
            *counts_table("theme_codes", "Theme", "Incidents", decisions, scope),
        ),
    )


def learned_finding(decisions: Decisions, scope: Scope) -> Finding:
    """By which route learning was sought, and for how many incidents any is recorded."""
    axis, labels = "local_learning_route:learning_recorded", codes_in_words("local_learning_route")
    labels |= {BLANK: "Route not given"}
    held = codes_held(decisions.own, "local_learning_route")
    everywhere = {"local_learning_route": [(code,) for code in labels]}
    rows = [
        decisions.share(labels[code], (axis, (code, "Y")), {"local_learning_route": [(code,)]})
        for code in labels
        if code in held
    ]
    if len(rows) > 1:
        rows.insert(0, decisions.share_of(words.ALL_ROUTES, {axis: [(code, "Y") for code in labels]}, everywhere))
    frame = pl.DataFrame(rows, schema=SCHEMA)
    return shares_finding(
        "learned",
        words.learned_heading(frame, scope.area_said),
        "Incidents sent to local learning from which a recommendation or learning point is recorded, by route",
        frame,
        scope,
        words.LEARNED_CAVEAT,
        ("Route", "Recorded"),
    )


def counts_table(axis: str, first: str, counted_as: str, decisions: Decisions, scope: Scope) -> tuple[Table, ...]:
    """The codes of one field with their cases, in the order of its code list; nothing where there are none.

    Of a long list, as that of the themes, only the codes with most cases, and a note that says of how many.
    """
    labels = codes_in_words(words.CODE_LISTS[axis]) | {BLANK: "Not filled in"}
    held = {codes[0]: cases for codes, cases in decisions.own.get(axis, {}).items()}
    most = sorted(held, key=lambda code: (-held[code], code))[: words.LONGEST_LIST]
    rows = [[label, rounded(held[code])] for code, label in labels.items() if code in most]
    note = "" if len(held) == len(most) else words.longest_list_note(len(held))
    caption = f"{words.COUNTED_BY[axis]}, {scope.area_name}, {scope.period_words}"
    columns = [Column(first), Column(counted_as, numeric=True)]
    return (Table(f"{axis.replace('_', '-')}-table", caption, columns, rows, note),) if rows else ()
