"""The words of the template's guidance, for its first sheet and for the text file beside blank CSV files."""

from dataclasses import dataclass

from throughline.door.specification import Field, ReturnSpecification, Specification
from throughline.door.template_lists import PLACES_OF_FIELDS, authorities_of, place_lists

KINDS = {
    "text": "Text",
    "reference": "Reference",
    "references": "One or more references, with ; between them",
    "code": "One code of a list",
    "codes": "One or more codes of a list, with ; between them",
    "date": "Date",
    "integer": "Whole number",
    "decimal": "Number",
    "intervals": "Pauses, with ; between them",
    "free_text": "Words",
}


@dataclass(frozen=True)
class Section:
    """A heading and the lines below it."""

    heading: str
    lines: tuple[str, ...]


def title(specification: Specification) -> str:
    """What the template is called, with its version."""
    return f"Serious safeguarding incidents: template for a partnership's return, version {specification.version}"


def guidance(specification: Specification, partnership_code: str | None = None) -> list[Section]:
    """What to send, by whom and how, in the order that a person needs it."""
    return [
        Section(
            "Made-up records only",
            (
                "This version is for synthetic (made-up) records. Put Y in is_synthetic on the submission sheet.",
                "Never put in a name, date of birth, address, postcode, NHS number, unique pupil number, telephone "
                "number, e-mail address or the story of a case. We refuse fields that hold one.",
            ),
        ),
        Section(
            "Who sends it",
            (
                "Each safeguarding partnership sends one return. Its business manager or analyst usually prepares it.",
                "Give that person's job title in prepared_by_role, never a name.",
                *_own_area(partnership_code),
            ),
        ),
        Section("What to send", tuple(_what_to_send(specification))),
        Section(
            "How to fill it in",
            (
                "Leave row 1 as it is and start in row 2. Each record is one row, with no blank rows between.",
                "If you copy from another workbook, use Paste Special, Values. The lists and formats then stay.",
                "Use codes, not their labels. Choose from the list in the cell, or look in the code_lists sheet.",
                "Where a cell may hold several codes, put a semicolon between them, such as LA;ICB.",
                "Dates: type the day as you usually do. The sheet then shows it as year-month-day, such as "
                "2025-11-03: look at it, to be sure that day and month have not changed places.",
                "References: give each incident, notification and review a reference of your own that says nothing "
                "about the child. Use the same one in every sheet and every return.",
                "Type values, not formulas.",
            ),
        ),
        Section(
            "Which columns must be filled",
            (
                "Dark heading, bold: Required. Every row must fill it.",
                "Pale heading, italic: Required in some rows. The help on the heading says which.",
                "White heading, plain: Optional.",
                "Point at a heading to read its help. The contents sheet lists the same help for every column.",
            ),
        ),
        Section("When there is nothing to put", tuple(_kinds_of_nothing(specification))),
        Section(
            "Check it, then send it",
            (
                "Save and close the file, then run: throughline check FILE.xlsx",
                "It says what to put right and where, in a report beside your file. Nothing is sent or kept.",
                "Rows with an error are not counted until they are put right. Rows with a query are counted, and "
                "ask you to correct or explain.",
                "When you are content, run: throughline submit FILE.xlsx",
            ),
        ),
    ]


def guidance_text(specification: Specification, partnership_code: str | None = None) -> str:
    """The guidance as plain text, to stand beside CSV files."""
    sections = [
        section.heading + "\n\n" + "\n".join(f"- {line}" for line in section.lines)
        for section in guidance(specification, partnership_code)
    ]
    here = (
        "In CSV files, write dates as year-month-day, such as 2025-11-03. A workbook's sheets are files here, each "
        "with the sheet's name, and all of them stay in one folder. contents.csv holds the help for every column."
    )
    return "\n\n\n".join([title(specification), here, *sections]) + "\n"


def need(field: Field) -> str:
    """Whether the field must be filled, in a word or a few."""
    if field.required == "conditional":
        return f"Required when {field.required_when}"
    return "Required" if field.is_required else "Optional"


def list_of(field: Field) -> str | None:
    """The name of the list, in the code_lists sheet, that the field's codes come from."""
    return field.code_list or PLACES_OF_FIELDS.get(field.name)


def how_to_write(field: Field) -> str:
    """How the field's value is written, in one sentence or two."""
    named = list_of(field)
    match field.type:
        case "code":
            return f"Choose a code of the list {named}."
        case "codes":
            return f"One or more codes of the list {named} (see code_lists), with ; between them."
        case "date":
            return "A date, shown as year-month-day."
        case "integer":
            return f"A whole number{_range(field)}."
        case "decimal":
            return f"A number{_range(field)}, with no £ or comma."
        case "intervals":
            return f"start date/end date/reason, with ; between pauses. Reasons are codes of the list {named}."
        case "references":
            return "One or more references, with ; between them."
        case "reference":
            return f"A code of the list {named} (see code_lists)." if named else "A reference, with no spaces."
        case "free_text":
            return "Words, with nothing that could identify a person."
        case _:
            return "A few words."


def all_lists(specification: Specification) -> dict[str, tuple]:
    """Every list that a field of the specification uses, in the order of first use, then the lists of places."""
    used = {
        field.code_list: field.codes
        for returned in specification.returns.values()
        for field in returned.fields
        if field.code_list
    }
    return used | place_lists()


def contents_rows(specification: Specification) -> list[list[str]]:
    """One line for each column of each sheet, below a line of headings."""
    headings = ["sheet", "column", "title", "needed", "kind_of_value", "list_of_codes", "help", "example"]
    return [headings] + [
        [
            returned.name,
            field.name,
            field.title,
            need(field),
            KINDS[field.type],
            list_of(field) or "None",
            field.help,
            field.example,
        ]
        for returned in specification.returns.values()
        for field in returned.fields
    ]


def code_list_rows(specification: Specification) -> list[list[str]]:
    """One line for each code of each list, below a line of headings."""
    headings = ["list_of_codes", "code", "label", "description"]
    return [headings] + [
        [name, code.code, code.label, code.description]
        for name, codes in all_lists(specification).items()
        for code in codes
    ]


def return_line(returned: ReturnSpecification) -> str:
    """A return in a line: its sheet, its title and its grain."""
    return f"{returned.name}: {returned.title}. {returned.grain}"


def _what_to_send(specification: Specification) -> list[str]:
    lines = [
        "Send every record since 1 April 2020 each time, as it stood on the as-at date. A return takes the place of "
        "your last one, so do not send only what is new.",
        "Fill in the submission sheet first: it has one row.",
        "Send all the sheets, with the names they have. These are the returns:",
    ]
    return lines + [return_line(returned) for returned in specification.returns.values()]


def _kinds_of_nothing(specification: Specification) -> list[str]:
    lines = [
        "A blank cell, a reason why something is not known, and a value that means none are three different answers. "
        "Do not use one for another.",
        "A blank cell means that nobody filled it in. Do not type N/K, N/A, a dash or 0 in its place.",
        "A value that means none is an answer: NONE for disability says that the child is not disabled.",
    ]
    statuses = specification.code_lists.get("recording_status", ())
    if statuses:
        lines.append("Where a column ends in _status, it says whether the value was recorded and, if not, why:")
        lines += [f"{code.code}: {code.description or code.label}." for code in statuses]
    if "nil_returns" in specification.returns:
        lines.append(
            "If you had no records of a kind in a reporting year, say so in nil_returns: one row for the return and "
            "year. Without that row we ask, because an empty sheet could also be a forgotten one. A reporting year "
            "is named for the 31 March on which it ends."
        )
    return lines


def _own_area(partnership_code: str | None) -> list[str]:
    if partnership_code is None:
        return []
    areas = ", ".join(f"{area.label} ({area.code})" for area in authorities_of(partnership_code))
    covered = f" Local authorities: {areas}." if areas else ""
    return [f"This template is filled in for the partnership {partnership_code}.{covered}"]


def _range(field: Field) -> str:
    if field.minimum is not None and field.maximum is not None:
        return f" from {field.minimum:,} to {field.maximum:,}"
    return ""
