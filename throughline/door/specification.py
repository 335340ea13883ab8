"""The specification of each return, read once from expectations/returns and the code lists."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from throughline.door.return_rules import ReturnRule, read_rule
from throughline.workspace import PROJECT

RETURNS = (
    "submission",
    "nil_returns",
    "referrals",
    "children",
    "notifications",
    "rapid_reviews",
    "lcsprs",
    "recommendations",
    "query_answers",
)

FIELD_TYPES = (
    "text",
    "reference",
    "references",
    "code",
    "codes",
    "date",
    "integer",
    "decimal",
    "intervals",
    "free_text",
)
TYPES_WITH_CODES = ("code", "codes", "intervals")

# Only these are ever repeated back to a person: the rest could hold a name typed in the wrong place.
TYPES_SAFE_TO_SHOW = ("code", "codes", "date", "integer", "decimal")

RETURN_KEYS = {"return", "title", "grain", "key", "fields", "rules", "may_be_left_out", "specification_version"}
FIELD_KEYS = {
    "name",
    "title",
    "type",
    "code_list",
    "required",
    "required_when",
    "when",
    "help",
    "example",
    "min",
    "max",
    "pattern",
}


class SpecificationError(ValueError):
    """The specification itself is wrong: a fault of ours, not of the person who sent a return."""


@dataclass(frozen=True)
class Code:
    """One code of a code list, with its plain label."""

    code: str
    label: str
    description: str


@dataclass(frozen=True)
class Condition:
    """A field is needed when another field holds one of these codes."""

    field: str
    codes: tuple[str, ...]
    # The rule that asks for it, where it is not simply F01.
    rule: str | None = None


@dataclass(frozen=True)
class Field:
    """One column of a return."""

    name: str
    title: str
    type: str
    required: bool | str
    help: str
    example: str
    code_list: str | None = None
    codes: tuple[Code, ...] = ()
    required_when: str | None = None
    when: Condition | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None

    @property
    def is_required(self) -> bool:
        """Whether every row must fill this field, whatever else the row says."""
        return self.required is True


@dataclass(frozen=True)
class ReturnSpecification:
    """One return: its grain, its key and its fields, in the order of the template."""

    name: str
    title: str
    grain: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    rules: tuple[ReturnRule, ...]
    may_be_left_out: bool = False

    @property
    def field_names(self) -> list[str]:
        """The column names, in the order of the template."""
        return [field.name for field in self.fields]

    def field(self, name: str) -> Field:
        """The field of this name."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"{self.name} has no field {name}")


@dataclass(frozen=True)
class Specification:
    """Every return, and the code lists that they use."""

    version: str
    returns: MappingProxyType
    code_lists: MappingProxyType


@cache
def load_specification(folder: Path | None = None, code_lists_file: Path | None = None) -> Specification:
    """The project's specification, or one read from another folder."""
    folder = folder or PROJECT / "expectations" / "returns"
    code_lists = read_code_lists(code_lists_file or PROJECT / "seeds" / "code_lists.csv")
    documents = {name: _read_yaml(folder / f"{name}.yml") for name in RETURNS}
    version = documents["submission"].get("specification_version")
    if not isinstance(version, str):
        raise SpecificationError('submission.yml: specification_version must be text, such as "1.0"')
    returns = {name: _return(document, name, code_lists) for name, document in documents.items()}
    return Specification(version, MappingProxyType(returns), MappingProxyType(code_lists))


def read_code_lists(path: Path) -> dict[str, tuple[Code, ...]]:
    """The codes of each list, in their order."""
    lists: dict[str, list[tuple[int, Code]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = Code(row["code"], row["label"], row["description"])
            lists.setdefault(row["code_list"], []).append((int(row["sort_order"]), code))
    return {name: tuple(code for _, code in sorted(codes, key=lambda pair: pair[0])) for name, codes in lists.items()}


def _read_yaml(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise SpecificationError(f"{path.name} is missing from {path.parent.name}")
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise SpecificationError(f"{path.name} is not readable YAML: {error}") from error
    if not isinstance(document, dict):
        raise SpecificationError(f"{path.name} must hold names and values")
    return document


def _return(document: dict[str, Any], name: str, code_lists: dict[str, tuple[Code, ...]]) -> ReturnSpecification:
    place = f"{name}.yml"
    _only_known(document, RETURN_KEYS, place)
    if document.get("return") != name:
        raise SpecificationError(f"{place}: return must be {name}")
    for needed in ("title", "grain", "key", "fields"):
        if not document.get(needed):
            raise SpecificationError(f"{place}: {needed} is missing")
    if not document["grain"].startswith("One row per "):
        raise SpecificationError(f'{place}: grain must start "One row per "')
    fields = tuple(_field(field, place, code_lists) for field in document["fields"])
    names = [field.name for field in fields]
    for field_name in {field_name for field_name in names if names.count(field_name) > 1}:
        raise SpecificationError(f"{place}: {field_name} appears more than once")
    specification = ReturnSpecification(
        name=name,
        title=document["title"],
        grain=document["grain"],
        key=tuple(document["key"]),
        fields=fields,
        rules=_rules(document.get("rules") or (), fields, place),
        may_be_left_out=bool(document.get("may_be_left_out", False)),
    )
    _check_names_used(specification, place)
    return specification


def _field(entry: Any, place: str, code_lists: dict[str, tuple[Code, ...]]) -> Field:
    if not isinstance(entry, dict) or not entry.get("name"):
        raise SpecificationError(f"{place}: every field needs a name")
    place = f"{place}, {entry['name']}"
    _only_known(entry, FIELD_KEYS, place)
    for needed in ("title", "type", "help", "example"):
        if not isinstance(entry.get(needed), str) or not entry[needed]:
            raise SpecificationError(f"{place}: {needed} is missing or is not text (put it in quotation marks)")
    if entry["type"] not in FIELD_TYPES:
        raise SpecificationError(f"{place}: type is {entry['type']}, which is not one of {', '.join(FIELD_TYPES)}")
    required = entry.get("required")
    if required not in (True, False, "conditional"):
        raise SpecificationError(f"{place}: required must be true, false or conditional")
    if (required == "conditional") != bool(entry.get("required_when")):
        raise SpecificationError(f"{place}: a conditional field, and no other, says required_when")
    code_list = entry.get("code_list")
    if (entry["type"] in TYPES_WITH_CODES) != bool(code_list):
        types = ", ".join(TYPES_WITH_CODES)
        raise SpecificationError(f"{place}: a field of type {types}, and no other, has a code_list")
    if code_list and code_list not in code_lists:
        raise SpecificationError(f"{place}: there is no code list called {code_list}")
    return Field(
        name=entry["name"],
        title=entry["title"],
        type=entry["type"],
        required=required,
        help=entry["help"],
        example=entry["example"],
        code_list=code_list,
        codes=code_lists[code_list] if code_list else (),
        required_when=entry.get("required_when"),
        when=_condition(entry.get("when"), place),
        minimum=entry.get("min"),
        maximum=entry.get("max"),
        pattern=entry.get("pattern"),
    )


def _rules(entries: Any, fields: tuple[Field, ...], place: str) -> tuple[ReturnRule, ...]:
    codes = {field.name: {code.code for code in field.codes} for field in fields}
    return tuple(read_rule(entry, place, codes.get, SpecificationError) for entry in entries)


def _condition(entry: Any, place: str) -> Condition | None:
    if entry is None:
        return None
    if not isinstance(entry, dict) or set(entry) - {"rule"} != {"field", "in"}:
        raise SpecificationError(f"{place}: when must be written {{field: ..., in: [...]}}, with a rule if it has one")
    if not all(isinstance(code, str) for code in entry["in"]):
        raise SpecificationError(f'{place}: codes that YAML reads as true or false need quotation marks, such as "NO"')
    return Condition(entry["field"], tuple(entry["in"]), entry.get("rule"))


def _check_names_used(specification: ReturnSpecification, place: str) -> None:
    names = specification.field_names
    for name in specification.key:
        if name not in names:
            raise SpecificationError(f"{place}: the key names {name}, which is not a field")
    for field in specification.fields:
        if field.when is None:
            continue
        if field.when.field not in names:
            raise SpecificationError(f"{place}, {field.name}: when names {field.when.field}, which is not a field")
        known = {code.code for code in specification.field(field.when.field).codes}
        for code in set(field.when.codes) - known:
            raise SpecificationError(f"{place}, {field.name}: when names {code}, not a code of {field.when.field}")
        asked = any(rule.rule == field.when.rule and field.name in rule.fields for rule in specification.rules)
        if field.when.rule and not asked:
            raise SpecificationError(f"{place}, {field.name}: no rule {field.when.rule} of this return asks for it")


def _only_known(entry: dict[str, Any], known: set[str], place: str) -> None:
    for name in entry:
        if name not in known:
            raise SpecificationError(f"{place}: {name} is not a known setting")
