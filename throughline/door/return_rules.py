"""Rules within a return: how they may be written in expectations/returns, and what each kind needs.

    - id: V12
      severity: error
      kind: dates_in_order
      fields: [date_rr_submitted, date_panel_received, date_panel_response]
      message: "{title} is before an earlier step."
      fix: "Correct whichever date is wrong."

`when` is a list of clauses that must all hold for the rule to speak. `{title}` in a message stands for the title of the
field at fault. The kinds themselves are in throughline/door/conditions.py.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

SEVERITIES = ("error", "query")

# The day that the submission describes, which rules may name beside the fields of the return.
AS_AT_DATE = "as_at_date"

RULE_KEYS = ("id", "severity", "kind", "message", "fix")

# What each kind needs, and what it may have beside `when`.
KINDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "dates_in_order": (frozenset({"fields"}), frozenset()),
    "working_days_before": (frozenset({"first", "then", "at_least"}), frozenset()),
    "first_day_of_period": (frozenset({"field", "precision", "first_days"}), frozenset()),
    "required_when": (frozenset({"fields", "when"}), frozenset({"counts_as_blank"})),
    "present_only_when": (frozenset({"field", "when"}), frozenset()),
    "code_follows": (frozenset({"field", "in", "when"}), frozenset()),
    "code_stands_alone": (frozenset({"field", "code"}), frozenset()),
    "value_and_status_agree": (frozenset({"characteristics"}), frozenset({"answers_without_value"})),
    "number_within": (frozenset({"field", "min", "max"}), frozenset()),
    "number_in_band": (frozenset({"number", "band", "bands"}), frozenset()),
}

CLAUSES = (
    {"field", "in"},
    {"field", "not_in"},
    {"any_filled"},
    {"from", "to", "more_than_months"},
)

# Arguments that name fields, whichever kind they belong to.
NAMES_OF_FIELDS = ("field", "first", "then", "precision", "number", "band")


@dataclass(frozen=True)
class ReturnRule:
    """One rule within a return, as it is written in the specification."""

    rule: str
    severity: str
    kind: str
    arguments: Mapping[str, Any]
    message: str
    fix: str

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that the rule reads, once each and in order."""
        return tuple(dict.fromkeys(_fields(self.kind, self.arguments)))


def read_rule(entry: Any, place: str, codes_of: Callable[[str], set[str] | None], fault: type[Exception]) -> ReturnRule:
    """A rule as written, or a fault that says where the specification is wrong.

    `codes_of` gives the codes of a field, an empty set for a field without codes and nothing for no field at all.
    """
    if not isinstance(entry, dict) or not entry.get("id"):
        raise fault(f"{place}: every rule needs an id")
    place = f"{place}, rule {entry['id']}"
    for needed in RULE_KEYS:
        if not isinstance(entry.get(needed), str) or not entry[needed]:
            raise fault(f"{place}: {needed} is missing")
    if entry["severity"] not in SEVERITIES:
        raise fault(f"{place}: severity must be {' or '.join(SEVERITIES)}")
    if entry["kind"] not in KINDS:
        raise fault(f"{place}: there is no kind of rule called {entry['kind']}")
    needed, possible = KINDS[entry["kind"]]
    arguments = {name: value for name, value in entry.items() if name not in RULE_KEYS}
    for name in needed - set(arguments):
        raise fault(f"{place}: {entry['kind']} needs {name}")
    for name in set(arguments) - needed - possible - {"when"}:
        raise fault(f"{place}: {name} is not a setting of {entry['kind']}")
    arguments["when"] = arguments.get("when") or []
    rule = ReturnRule(
        rule=entry["id"],
        severity=entry["severity"],
        kind=entry["kind"],
        arguments=MappingProxyType(arguments),
        message=entry["message"],
        fix=entry["fix"],
    )
    _check_clauses(arguments["when"], place, fault)
    for name in rule.fields:
        if name != AS_AT_DATE and codes_of(name) is None:
            raise fault(f"{place}: {name} is not a field of the return")
    for name, codes in _codes_named(rule):
        for code in codes:
            if code not in (codes_of(name) or set()):
                raise fault(f"{place}: {code} is not a code of {name}")
    return rule


def _check_clauses(when: Any, place: str, fault: type[Exception]) -> None:
    if not isinstance(when, list) or not all(isinstance(clause, dict) for clause in when):
        raise fault(f"{place}: when must be a list of clauses")
    for clause in when:
        if set(clause) not in CLAUSES:
            raise fault(f"{place}: a clause of when has {', '.join(sorted(clause))}, which is not a kind of clause")


def _fields(kind: str, arguments: Mapping[str, Any]) -> Iterator[str]:
    for name in NAMES_OF_FIELDS:
        if name in arguments:
            yield arguments[name]
    yield from arguments.get("fields", ())
    for characteristic in arguments.get("characteristics", ()):
        yield f"{characteristic}_value"
        yield f"{characteristic}_status"
    for clause in arguments["when"]:
        yield from (clause[name] for name in ("field", "from", "to") if name in clause)
        yield from clause.get("any_filled", ())


def _codes_named(rule: ReturnRule) -> Iterator[tuple[str, list[str]]]:
    """Each field that a rule names codes of, with those codes."""
    arguments = rule.arguments
    if rule.kind == "code_follows":
        yield arguments["field"], arguments["in"]
    if rule.kind == "code_stands_alone":
        yield arguments["field"], [arguments["code"]]
    if rule.kind == "number_in_band":
        yield arguments["band"], list(arguments["bands"])
    if rule.kind == "first_day_of_period":
        yield arguments["precision"], list(arguments["first_days"])
    for characteristic, codes in arguments.get("answers_without_value", {}).items():
        yield f"{characteristic}_value", codes
    for clause in arguments["when"]:
        if "field" in clause:
            yield clause["field"], clause.get("in", clause.get("not_in"))
