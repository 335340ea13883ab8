"""The template is made from the specification, helps the person who fills it in, and passes its own check."""

import csv

import fastexcel
import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from typer.testing import CliRunner

from tests.fixtures.returns import valid_return
from throughline import door
from throughline.cli import app
from throughline.door.specification import load_specification
from throughline.door.template import template_name, write_blank_csv, write_template
from throughline.door.template_guidance import need
from throughline.door.template_lists import PLACES_OF_FIELDS, authorities_of, place_lists

# A filled template must pass every rule of the door.
RULES_BETWEEN_RETURNS = True

# One incident all the way to its review, each record in agreement with the others.
ONE_INCIDENT = {
    "children": [{"stage": "TRIAGE"}, {"stage": "SIN"}],
    "notifications": [{"duplicate_of": None}],
    "rapid_reviews": [{"partners_decision": "LCSPR", "final_decision": "LCSPR"}],
    "lcsprs": [{"rr_refs": "RR0001"}],
}

RETURNS = list(load_specification().returns.values())
FIELDS = [(returned.name, place, field) for returned in RETURNS for place, field in enumerate(returned.fields, 1)]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_template(tmp_path_factory.mktemp("template") / template_name())


@pytest.fixture(scope="module")
def workbook(path):
    return load_workbook(path)


@pytest.fixture(scope="module")
def validations(workbook):
    return {
        (sheet.title, str(rule.sqref).split(":")[0].rstrip("0123456789")): rule
        for sheet in workbook
        for rule in sheet.data_validations.dataValidation
    }


def validation(validations, name, place):
    return validations[name, get_column_letter(place)]


def cells_of(workbook, name):
    [(sheet, area)] = workbook.defined_names[name].destinations
    return [cell.value for (cell,) in workbook[sheet][area]]


def test_guidance_is_first_then_every_return_then_the_lists(workbook):
    assert workbook.sheetnames == ["guidance", *(returned.name for returned in RETURNS), "contents", "code_lists"]


def test_row_one_of_each_return_is_its_field_names_and_nothing_is_below(path):
    reader = fastexcel.read_excel(path)
    for returned in RETURNS:
        rows = reader.load_sheet(returned.name, header_row=None, dtypes="string").to_polars().rows()
        assert list(rows[0]) == returned.field_names
        assert len(rows) == (2 if returned.name == "submission" else 1)


@pytest.mark.parametrize(("name", "place", "field"), FIELDS)
def test_every_heading_has_its_help(workbook, validations, name, place, field):
    comment = workbook[name].cell(1, place).comment.text
    for told in (field.title, field.help, f"Example: {field.example}", need(field)):
        assert told in comment
    prompt = validation(validations, name, place)
    assert prompt.showInputMessage and prompt.prompt.startswith(need(field)[:100])
    assert len(prompt.prompt) <= 255 and len(prompt.promptTitle) <= 32 and len(prompt.error) <= 225


@pytest.mark.parametrize(("name", "place", "field"), [one for one in FIELDS if one[2].type == "code"])
def test_a_coded_column_offers_exactly_its_codes(workbook, validations, name, place, field):
    rule = validation(validations, name, place)
    assert (rule.type, rule.errorStyle) == ("list", "stop")
    assert cells_of(workbook, rule.formula1) == [code.code for code in field.codes]


@pytest.mark.parametrize(
    ("name", "place", "field"), [one for one in FIELDS if one[2].type in ("codes", "references", "intervals")]
)
def test_a_column_of_several_values_bars_none_of_them(workbook, validations, name, place, field):
    rule = validation(validations, name, place)
    assert rule.type is None and ";" in workbook[name].cell(1, place).comment.text


@pytest.mark.parametrize(("name", "place", "field"), [one for one in FIELDS if one[2].type == "date"])
def test_a_date_column_has_a_date_format_and_takes_dates_only(workbook, validations, name, place, field):
    assert validation(validations, name, place).type == "date"
    assert workbook[name].column_dimensions[get_column_letter(place)].number_format == "yyyy-mm-dd"


@pytest.mark.parametrize(("name", "place", "field"), [one for one in FIELDS if one[2].type == "integer"])
def test_a_whole_number_column_has_its_range(validations, name, place, field):
    rule = validation(validations, name, place)
    assert (rule.type, float(rule.formula1), float(rule.formula2)) == ("whole", field.minimum, field.maximum)


@pytest.mark.parametrize(("name", "place", "field"), [one for one in FIELDS if one[2].type in ("code", "reference")])
def test_codes_and_references_stay_text(workbook, name, place, field):
    assert workbook[name].column_dimensions[get_column_letter(place)].number_format == "@"


def test_required_conditional_and_optional_headings_differ_in_shape_as_well_as_colour(workbook):
    looks = {}
    for name, place, field in FIELDS:
        cell = workbook[name].cell(1, place)
        looks.setdefault(field.required, set()).add((cell.font.b, cell.font.i, cell.fill.fgColor.rgb))
    assert [len(look) for look in looks.values()] == [1, 1, 1]
    assert len({(bold, italic) for ((bold, italic, _),) in looks.values()}) == 3


def test_the_version_is_stamped_inside(workbook):
    version = load_specification().version
    assert workbook.custom_doc_props["specification_version"].value == version
    assert workbook.properties.creator == "Throughline" and version in workbook.properties.title
    column = [cell.value for cell in workbook["submission"][1]].index("specification_version") + 1
    assert workbook["submission"].cell(2, column).value == version


def test_every_place_that_a_field_may_name_is_listed(workbook):
    assert set(PLACES_OF_FIELDS.values()) == set(place_lists())
    assert "kent" in cells_of(workbook, "codes_partnership_code")
    authorities = cells_of(workbook, "codes_local_authority_code")
    assert {"E10000016", "E10000006"} <= set(authorities)  # Kent, and Cumbria, which ended in 2023.
    assert len(authorities) == len(set(authorities))


def test_the_same_specification_gives_the_same_bytes(path, tmp_path):
    again = write_template(tmp_path / "again.xlsx")
    assert again.read_bytes() == path.read_bytes()


def test_a_filled_template_has_nothing_to_put_right(tmp_path):
    path = write_template(tmp_path / "return.xlsx", "kent")
    workbook = load_workbook(path)
    for name, rows in valid_return(ONE_INCIDENT, one_row_each=True).items():
        sheet = workbook[name]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, start=2):
            for field, value in row.items():
                kept = sheet.cell(number, columns[field])
                kept.value = kept.value if field == "specification_version" else value
    workbook.save(path)
    report = door.check(path)
    assert report.findings == []
    assert report.rows_quarantined == 0 and report.rows_accepted >= len(RETURNS) - 1


@pytest.mark.parametrize("partnership", [None, "kent"])
def test_an_empty_template_is_answered_in_one_clear_line(tmp_path, partnership):
    path = write_template(tmp_path / "empty.xlsx", partnership)
    with pytest.raises(door.UnreadableReturn, match="is blank"):
        door.check(path)


def test_a_template_with_only_its_submission_row_asks_about_nothing_but_what_is_missing(tmp_path):
    path = write_template(tmp_path / "return.xlsx", "kent")
    workbook = load_workbook(path)
    columns = {cell.value: cell.column for cell in workbook["submission"][1]}
    for field, value in valid_return()["submission"][0].items():
        if field != "specification_version":
            workbook["submission"].cell(2, columns[field]).value = value
    workbook.save(path)
    report = door.check(path)
    assert report.rows_accepted == report.rows_quarantined == 0
    assert not report.errors
    assert not [finding for finding in report.findings if finding.rule.startswith("S")]


def test_a_partnership_is_filled_in_and_its_authorities_are_named(tmp_path):
    workbook = load_workbook(write_template(tmp_path / "leeds.xlsx", "south_tees"))
    assert workbook["submission"]["A2"].value == "south_tees"
    told = " ".join(str(cell.value) for (cell,) in workbook["guidance"]["A1:A60"])
    assert [area.code for area in authorities_of("south_tees")] == ["E06000002", "E06000003"]
    assert "Middlesbrough (E06000002)" in told and "Redcar and Cleveland (E06000003)" in told


def test_links_in_the_template_lead_to_cells_that_are_there(workbook):
    for name in ("guidance", "contents"):
        linked = [cell for row in workbook[name].iter_rows() for cell in row if cell.hyperlink]
        assert linked
        for cell in linked:
            sheet, _, address = cell.hyperlink.location.partition("!")
            assert workbook[sheet.strip("'")][address].value is not None


def test_blank_csv_files_are_the_same_returns(tmp_path):
    folder = write_blank_csv(tmp_path / "kent", "kent")
    for returned in RETURNS:
        with (folder / f"{returned.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == returned.field_names
        assert len(rows) == (2 if returned.name == "submission" else 1)
    assert "nil_returns" in (folder / "guidance.txt").read_text(encoding="utf-8")
    with pytest.raises(door.UnreadableReturn, match="as_at_date is blank"):
        door.check(folder)


def test_a_file_that_may_have_been_filled_in_is_not_written_over(tmp_path):
    path = tmp_path / "return.xlsx"
    path.write_text("mine")
    done = CliRunner().invoke(app, ["template", str(path)])
    assert done.exit_code == 2 and path.read_text() == "mine"
    done = CliRunner().invoke(app, ["template", "--blank-csv", str(tmp_path)])
    assert done.exit_code == 2 and [file.name for file in tmp_path.iterdir()] == ["return.xlsx"]


@pytest.mark.parametrize(
    "arguments", [["return.docx"], ["a.xlsx", "--blank-csv", "folder"], ["a.xlsx", "--partnership", "kentt"]]
)
def test_a_wrong_call_ends_with_2_and_writes_nothing(tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["template", *arguments])
    assert done.exit_code == 2 and list(tmp_path.iterdir()) == []


def test_the_usual_name_holds_the_version(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["template"]).exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == [template_name()]
    assert load_specification().version in template_name()
