"""Writes docs/returns.md from the specification: every field and every rule, so that the page cannot fall behind.

`make docs` runs it, and a test fails while the page is not what it would write.
"""

from throughline.door.rules import load_rules
from throughline.door.specification import Field, ReturnSpecification, load_specification
from throughline.workspace import PROJECT

PAGE = PROJECT / "docs" / "returns.md"

SCOPES = {
    "file": "The shape of what is sent",
    "field": "Each field",
    "return": "Within one return",
    "cross_return": "Across returns",
}
TYPES = {
    "text": "text",
    "reference": "reference",
    "references": "references, with semicolons between them",
    "code": "one code",
    "codes": "codes, with semicolons between them",
    "date": "date",
    "integer": "whole number",
    "decimal": "number",
    "intervals": "start date/end date/reason, with semicolons between them",
    "free_text": "free text, screened for anything that could name a person",
}


def page() -> str:
    """The whole page as Markdown."""
    specification = load_specification()
    parts = [
        "# What a return holds",
        "",
        f"Specification {specification.version}. Made from `expectations/returns/` and `seeds/rules.csv` by "
        "`make docs`; change those, not this page. `throughline template` writes a workbook from the same source.",
        "",
        "No names, dates of birth, addresses, NHS numbers or case narrative belong in a return.",
        "",
    ]
    for returned in specification.returns.values():
        parts += _return(returned)
    parts += _code_lists()
    parts += _rules()
    return "\n".join(parts)


def write() -> None:
    """Writes the page where the documents are."""
    PAGE.write_text(page(), encoding="utf-8")


def _return(returned: ReturnSpecification) -> list[str]:
    lines = [
        f"## {returned.title}",
        "",
        f"Sheet or file `{returned.name}`. {returned.grain} Key: {', '.join(f'`{name}`' for name in returned.key)}.",
        "",
        "| field | what it is | written as | needed | example |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| `{field.name}` | **{_cell(field.title)}.** {_cell(field.help)} | {_kind(field)} | {_needed(field)} "
        f"| `{_cell(field.example)}` |"
        for field in returned.fields
    ]
    return [*lines, ""]


def _kind(field: Field) -> str:
    kind = TYPES[field.type]
    if field.code_list:
        return f"{kind} of [{field.code_list}](#{field.code_list.replace('_', '-')}-codes)"
    if field.minimum is not None and field.maximum is not None:
        return f"{kind} from {field.minimum:,} to {field.maximum:,}"
    return kind


def _needed(field: Field) -> str:
    if field.is_required:
        return "always"
    return f"when {_cell(field.required_when)}" if field.required_when else "if known"


def _code_lists() -> list[str]:
    lists = {
        field.code_list: field.codes
        for returned in load_specification().returns.values()
        for field in returned.fields
        if field.code_list
    }
    lines = ["## Code lists", ""]
    for name, codes in sorted(lists.items()):
        lines += [f"### {name.replace('_', ' ')} codes", ""]
        lines += [
            f"- `{code.code}`: {code.label}" + (f". {code.description}" if code.description else "") for code in codes
        ]
        lines.append("")
    return lines


def _rules() -> list[str]:
    lines = [
        "## Rules",
        "",
        "An *error* puts the row (or for personal data, the field) aside; a *query* keeps it and waits for an "
        "explanation, which a later return can carry in `query_answers`.",
        "",
    ]
    for scope, title in SCOPES.items():
        lines += [f"### {title}", "", "| rule | kind | what is asked |", "|---|---|---|"]
        lines += [
            f"| {rule.rule} | {rule.severity} | {_cell(rule.title)} |"
            for rule in load_rules().values()
            if rule.scope == scope
        ]
        lines.append("")
    return lines


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    write()
