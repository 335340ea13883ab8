"""Say what is wrong with a value and what would be right, for the person who must fix the file."""

from difflib import get_close_matches

from throughline.door import values
from throughline.door.specification import TYPES_SAFE_TO_SHOW, Code, Field, ReturnSpecification

LONGEST_SHOWN = 40
MOST_CODES_LISTED = 8


def message_and_fix(rule: str, field: Field, value: str | None) -> tuple[str, str]:
    """What is wrong, then what would be right. No value is repeated from a field that could hold a name."""
    seen = shown(value) if field.type in TYPES_SAFE_TO_SHOW else "The value"
    match rule:
        case "F02":
            return f"{seen} is not a code for {field.title}.", _codes_fix(field, value)
        case "F03":
            unknown = values.unknown_codes(value or "", frozenset(code.code for code in field.codes))
            wrong = ", ".join(shown(part) for part in unknown[:3])
            return (
                f"{wrong} {'are not codes' if len(unknown) > 1 else 'is not a code'} for {field.title}.",
                f"{_codes_fix(field, unknown[0] if unknown else None)} Put a semicolon between codes.",
            )
        case "F04":
            return (
                f"{seen} is not a date between {values.EARLIEST_DATE.year} and {values.LATEST_DATE.year}.",
                f"Write the date as year-month-day, such as {field.example}.",
            )
        case "F05":
            return f"{seen} is not a whole number{_range(field)}.", f"Write a whole number{_range(field)}."
        case "F06":
            return (
                f"{seen} is not a number{_range(field)}.",
                f"Write a number{_range(field)}, with no £ or comma.",
            )
        case "F08":
            return _shape(field)
        case "F09":
            return (
                f"{field.title} are not written start date/end date/reason.",
                f"Write each pause like {field.example}, with a semicolon between pauses.",
            )
    raise KeyError(f"{rule} is not a rule of a field")


def rule_message_and_fix(message: str, fix: str, field: Field) -> tuple[str, str]:
    """The words of a rule within a return, about one field of it. No value is ever repeated."""
    words = {"title": field.title, "required_when": field.required_when, "help": field.help}
    return message.format(**words), fix.format(**words)


def repeated_key(specification: ReturnSpecification, other_rows: list[int]) -> tuple[str, str]:
    """What is wrong when several rows have one key, and what would be right."""
    key = " and ".join(specification.key) if len(specification.key) < 3 else ", ".join(specification.key)
    rows = ", ".join(str(row) for row in other_rows[:3]) + (" and others" if len(other_rows) > 3 else "")
    return (
        f"The same {key} as row{'s' if len(other_rows) > 1 else ''} {rows}.",
        f"{specification.grain} Take out the repeat, or give it its own {specification.key[-1]}.",
    )


def shown(value: str | None) -> str:
    """A value in quotation marks, on one line and cut short."""
    text = "".join(character if character.isprintable() else " " for character in value or "")
    return f"“{text[:LONGEST_SHOWN]}…”" if len(text) > LONGEST_SHOWN else f"“{text}”"


def _codes_fix(field: Field, value: str | None) -> str:
    near = _nearest(field.codes, value)
    if near:
        return f"Did you mean {near.code} ({near.label})?"
    if len(field.codes) <= MOST_CODES_LISTED:
        return f"Use one of {', '.join(f'{code.code} ({code.label})' for code in field.codes)}."
    first = next((code for code in field.codes if code.code == field.example.split(";")[0]), field.codes[0])
    return f"Use a code of the list {field.code_list}, such as {first.code} ({first.label})."


def _nearest(codes: tuple[Code, ...], value: str | None) -> Code | None:
    """The code that a person most likely meant, by its own spelling or its label's."""
    if not value:
        return None
    by_spelling = {code.label.lower(): code for code in codes} | {code.code.lower(): code for code in codes}
    near = get_close_matches(value.lower()[:80], by_spelling, n=1, cutoff=0.7)
    return by_spelling[near[0]] if near else None


def _range(field: Field) -> str:
    if field.minimum is not None and field.maximum is not None:
        return f" from {field.minimum:,} to {field.maximum:,}"
    return ""


def _shape(field: Field) -> tuple[str, str]:
    if field.type in ("text", "free_text"):
        longest = values.LONGEST_FREE_TEXT if field.type == "free_text" else values.LONGEST_TEXT
        return f"{field.title} is longer than {longest:,} characters.", "Shorten it."
    what = f"Write it like {field.example}"
    if field.pattern:
        return f"{field.title} is not written as it should be.", f"{what}."
    limit = f"up to {values.LONGEST_REFERENCE} letters, numbers, hyphens, underscores, full stops and slashes"
    return f"{field.title} is not a reference we can use.", f"{what}: {limit}, with no spaces."
