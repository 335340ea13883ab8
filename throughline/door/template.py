"""The template that a partnership fills in: one workbook or blank CSV files, made from the specification alone."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.door.envelope import known_partnerships
from throughline.door.reporting.saving import save_text, save_workbook, set_text
from throughline.door.specification import ReturnSpecification, Specification, load_specification
from throughline.door.template_guidance import code_list_rows, contents_rows, guidance_text, title
from throughline.spreadsheet_safety import as_text

if TYPE_CHECKING:
    from openpyxl import Workbook

VERSION_PROPERTY = "specification_version"


def template_name(specification: Specification | None = None) -> str:
    """The usual name of the workbook, with the version of the specification in it."""
    return f"throughline-return-template-{(specification or load_specification()).version}.xlsx"


def write_template(path: Path, partnership_code: str | None = None) -> Path:
    """Write the workbook; a file that is there already is never written over."""
    if path.exists():
        raise FileExistsError(f"{path} exists already, and may have been filled in. Give another name.")
    _check_partnership(partnership_code)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_workbook(make_workbook(load_specification(), partnership_code), path)
    return path


def write_blank_csv(folder: Path, partnership_code: str | None = None) -> Path:
    """Write a CSV file for each return, with headings only, and the guidance beside them."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} exists already, and holds files. Name a new or an empty folder.")
    _check_partnership(partnership_code)
    specification = load_specification()
    folder.mkdir(parents=True, exist_ok=True)
    for returned in specification.returns.values():
        rows = [list(returned.field_names)]
        filled = _filled_in(returned, specification, partnership_code)
        if filled:
            rows.append([filled.get(name, "") for name in returned.field_names])
        _write_csv(folder / f"{returned.name}.csv", rows)
    _write_csv(folder / "contents.csv", contents_rows(specification))
    _write_csv(folder / "code_lists.csv", code_list_rows(specification))
    save_text(guidance_text(specification, partnership_code), folder / "guidance.txt")
    return folder


def make_workbook(specification: Specification, partnership_code: str | None = None) -> "Workbook":
    """The workbook: guidance, one sheet a return, then every column's help and every code."""
    from openpyxl import Workbook

    from throughline.door.template_sheets import add_code_lists, add_contents, add_guidance, add_return

    workbook = Workbook()
    workbook.remove(workbook.active)
    add_guidance(workbook, specification, partnership_code)
    for returned in specification.returns.values():
        sheet = add_return(workbook, returned)
        for name, value in _filled_in(returned, specification, partnership_code).items():
            cell = sheet.cell(2, returned.field_names.index(name) + 1)
            set_text(cell, value).number_format = "@"
    add_contents(workbook, specification)
    add_code_lists(workbook, specification)
    _stamp(workbook, specification)
    return workbook


def _filled_in(
    returned: ReturnSpecification, specification: Specification, partnership_code: str | None
) -> dict[str, str]:
    """What we know of the submission before anyone has typed anything."""
    if returned.name != "submission":
        return {}
    known = {VERSION_PROPERTY: specification.version}
    return known | ({"partnership_code": partnership_code} if partnership_code else {})


def _stamp(workbook: "Workbook", specification: Specification) -> None:
    """Write what the file is into its properties, where it stays if the sheets are changed."""
    from openpyxl.packaging.custom import StringProperty

    properties = workbook.properties
    properties.title = title(specification)
    properties.creator = properties.lastModifiedBy = "Throughline"
    properties.subject = "Return of synthetic records of serious safeguarding incidents"
    properties.language = "en-GB"
    properties.version = specification.version
    workbook.custom_doc_props.append(StringProperty(name=VERSION_PROPERTY, value=specification.version))


def _check_partnership(code: str | None) -> None:
    if code is None or code in known_partnerships():
        return
    from difflib import get_close_matches

    near = get_close_matches(code, known_partnerships(), n=1)
    hint = f" Did you mean {near[0]}?" if near else " The code_lists sheet of a template lists them."
    raise ValueError(f"There is no partnership with the code {code}.{hint}")


def _write_csv(path: Path, rows: list[list[str]]) -> None:
    # The mark at the start tells Excel that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([as_text(value) for value in row] for row in rows)
