"""Personal data is stopped at the door: known for what it is, told without being repeated, and few false alarms."""

import time

import polars as pl
import pytest

from tests.fixtures.returns import edit_workbook, write_csv_folder, write_workbook
from throughline import door
from throughline.door import personal_data, screening
from throughline.door.findings import Finding, UnreadableReturn
from throughline.door.specification import load_specification
from throughline.door.tables import ROW, Table

# Drama numbers, example domains, and numbers made for the purpose: nothing here belongs to anybody.
PERSONAL = {
    "a person's name": [
        "Mr Smith was not told",
        "Dr. O'Brien led the review",
        "MRS JONES was asked",
        "contact mrs jones",
        "PC Patel attended",
        "DCI J. Brown-Green decided",
        "Cllr Brown is to be told",
        "her mother, Jane Bloggs, said so",
        "Olivia Bloggs",
        "a boy called Jaylen was seen",
        "aged 4, called Kayden",
        "a child whose name is Tia",
    ],
    "a date of birth": [
        "DOB 12/03/2015",
        "d.o.b. 12.03.15",
        "DOB: 12032015",
        "date of birth: 12 March 2015",
        "Date of birth is 12th March 2015",
        "born on 2015-03-12",
        "born on Tuesday 3rd of March 2015",
        "b. 12/3/15",
        "12/03/2015 (DOB)",
        "12 Mar 2015 was her birthday",
    ],
    "an NHS number": [
        "943 476 5919",
        "seen as 9434765919 in the system",
        "943-476-5919",
        "943\u00a0476\u00a05919",
        "943\u2013476\u20135919",
        "９４３４７６５９１９",
        "943\u200b4765919",
        "4567 123 943 476 5919",
        "NHS number 123 456 7890",
        "nhs no: 1234567890",
    ],
    "a unique pupil number": ["A123456789012", "UPN H801200001001", "upn: A12345678901B"],
    "a postcode": ["lives near SW1A 1AA", "moved to ls1 4ap", "M11AE", "from EC1A 1BB to W1A 0AX"],
    "an address": [
        "12 High Street",
        "lives at 12a Old Mill Lane now",
        "Flat 3, Acacia House",
        "14 ACACIA AVENUE",
        "7 Willow Court, Leeds",
        "10 Mary St, Leeds",
    ],
    "a phone number": [
        "07700 900123",
        "07700900123",
        "+44 7700 900123",
        "+44 (0)20 7946 0018",
        "0044 20 7946 0018",
        "020 7946 0018",
        "(0113) 496 0123",
        "01632-960001",
    ],
    "an e-mail address": ["write to jane.bloggs@example.org", "j_b+1@mail.example.co.uk"],
}

LOOK_ALIKES = """
Working Together 2023
Working Together to Safeguard Children 2018, chapter 4, paragraph 12
section 47 of the Children Act 1989
s47 2nd strategy meeting, KS2 3rd term, in Y7
T1 2025
St Mary's
St Mary Hospital and St Thomas Centre
Dr-led clinic
the DS Team and the DC Office
MS Teams, Ms Word and PC World
HM Inspector Of Constabulary
children who miss Mondays
Mr A and Ms B
Child Q, Baby P and Family M
a child who is called Child Q
a tool called Signs of Safety for child protection
a boy named in the report
Lucy Faithfull Foundation
Oliver McGowan Mandatory Training
Anna Freud Centre
Victoria Climbié Inquiry
Sarah's Law, Martha's Rule
Family Nurse Partnership
Sister organisations; Father and mother
1234567890
reference 9434765918
0000000000
order 2023001234
£1,234,567,890
12 months, 15 working days, 2 of 10 agencies
from 01-02-2023 10:30 to 03-04-2024 11:45
2026-03-31 2026-04-01 10:30
by 31/03/2026 and again by 30/06/2026
to be done by 31 March 2026
babies born before 31 March 2026
pre-birth assessments by 31 March 2026
newborn and unborn babies by 31/03/2026
record date of birth and ethnicity by 31 March 2026
By 31 March 2026, date of birth is recorded on every form
age 4 years and 11 months
NSPCC helpline 0808 800 5000, Childline 0800 1111, ring 101 or 999
0300 123 4567
E06000001 and E12000003
C9001, SIN0001, RR/2025/0001, LCSPR-2024-12
12 Family Court cases in 3 High Court lists
3 Safe Place schemes, 12 Early Help Way forward events
In 2025 Kent Street outreach
6 Street-based workers
@LeedsLSCP
value for money @ scale
regulation 44 visits
Leeds, Kent, Chester and Victoria
Head of safeguarding
Department for Education
""".strip().splitlines()


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in PERSONAL.items() for text in texts])
def test_personal_data_is_known_for_what_it_is(kind, text):
    assert kind in personal_data.kinds_in(text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_a_look_alike_is_left_alone(text):
    assert personal_data.kinds_in(text) == []


@pytest.mark.parametrize("reference", ["B123456789012", "0113496012", "2023000017", "INC-2023-01-15", "RR/12/03/2024"])
def test_a_long_local_reference_is_not_taken_for_a_number_of_a_person(reference):
    assert personal_data.found_in(pl.Series([reference]), are_references=True).to_list() == [[]]


@pytest.mark.parametrize("reference", ["9434765919", "07700900123", "H801200001001"])
def test_a_reference_that_is_a_number_of_a_person_is_found(reference):
    assert personal_data.found_in(pl.Series([reference]), are_references=True)[0].len() == 1


def test_the_check_digit_of_an_nhs_number_follows_the_published_example():
    # The worked example of the NHS data dictionary: 401 023 2137.
    assert personal_data.has_nhs_check_digit("4010232137")
    assert not any(personal_data.has_nhs_check_digit(f"401023213{last}") for last in "012345689")


def test_no_synthetic_text_raises_a_false_alarm(small_workspace):
    frames = [pl.read_parquet(path) for path in small_workspace.landing.glob("[!.]*/recommendations.parquet")]
    texts = pl.concat(frames).select("rec_text", "owner_role", "gov_department").unpivot()["value"].drop_nulls()
    assert len(texts) > 1_000
    assert personal_data.found_in(texts).list.len().sum() == 0
    for path in small_workspace.landing.glob("[!.]*/findings.parquet"):
        assert "V30" not in pl.read_parquet(path)["rule"].to_list()


def test_no_example_of_the_specification_raises_a_false_alarm():
    for returned in load_specification().returns.values():
        for field in returned.fields:
            words = pl.Series([field.example, field.help, field.title])
            assert personal_data.found_in(words).list.len().sum() == 0, field.name


@pytest.mark.parametrize(
    "text", ["Mr A" * 50_000, "1 " * 100_000, "a@" * 100_000, "born " * 40_000, "0 " * 90_000 + "x"]
)
def test_a_text_made_to_be_slow_is_not(text):
    began = time.perf_counter()
    personal_data.kinds_in(text)
    assert time.perf_counter() - began < 5


def the_table(**columns) -> Table:
    specification = load_specification().returns["recommendations"]
    rows = max(len(values) for values in columns.values())
    frame = pl.DataFrame(
        {ROW: pl.Series(range(2, rows + 2), dtype=pl.Int64)}
        | {name: pl.Series(columns.get(name, [None] * rows), dtype=pl.String) for name in specification.field_names}
    )
    letters = {name: "A" for name in specification.field_names}
    return Table("recommendations", "return.xlsx", "recommendations", frame, letters)


def test_only_the_field_is_emptied_and_the_table_it_came_from_is_not_changed():
    table = the_table(rec_ref=["REC1", "REC2"], rec_text=["Ask Mr Smith", "Ask the school"], level=["LOCAL", "LOCAL"])
    screened, findings = screening.screen(table, load_specification().returns["recommendations"])
    assert screened.frame["rec_text"].to_list() == [None, "Ask the school"]
    assert screened.frame["level"].to_list() == ["LOCAL", "LOCAL"]
    assert table.frame["rec_text"].to_list()[0] == "Ask Mr Smith"
    assert [(one.rule, one.severity, one.row, one.field) for one in findings] == [("V30", "error", 2, "rec_text")]
    assert "a person's name" in findings[0].message and "Smith" not in repr(findings)
    assert screened.row_rules == {}


def test_a_row_whose_reference_is_stopped_is_put_aside():
    table = the_table(rec_ref=["9434765919", "REC2"], source_ref=["RR1", "Mr_Smith@example.org"])
    screened, _ = screening.screen(table, load_specification().returns["recommendations"])
    assert screened.row_rules == {2: "V30", 3: "V30"}


def test_a_column_filled_wrongly_all_the_way_down_is_told_briefly():
    table = the_table(rec_text=[f"Mr Smith {number}" for number in range(3_000)])
    screened, findings = screening.screen(table, load_specification().returns["recommendations"])
    assert screened.frame["rec_text"].null_count() == 3_000
    assert len(findings) == screening.MOST_FINDINGS_OF_A_FIELD + 1
    assert any("2,000 more rows" in one.message for one in findings)


def test_screening_a_hundred_thousand_texts_takes_seconds():
    texts = pl.Series(
        [f"Partners should review how {number} agencies share what they know." for number in range(100_000)]
    )
    began = time.perf_counter()
    personal_data.found_in(texts)
    assert time.perf_counter() - began < 15


def v30(report):
    return {(one.sheet or one.file, one.field) for one in report.findings if one.rule == "V30"}


def test_a_stopped_field_leaves_the_rest_of_its_row_to_be_judged_on_its_own(tmp_path):
    rows = {"recommendations": [{"rec_text": "Tell Mr Smith", "owner_role": "Jane Bloggs"}]}
    report = door.check(write_workbook(tmp_path / "return.xlsx", rows, one_row_each=True))
    accepted = report.accepted["recommendations"].row(0, named=True)
    assert v30(report) == {("recommendations", "rec_text"), ("recommendations", "owner_role")}
    assert accepted["rec_text"] is None and accepted["owner_role"] is None and accepted["rec_ref"] is not None
    assert {one.rule for one in report.findings if one.field == "rec_text"} == {"V30"}


def test_a_name_in_a_coded_field_is_told_once_and_not_repeated(tmp_path):
    rows = {"notifications": [{"nature": "Mr Smith"}]}
    report = door.check(write_workbook(tmp_path / "return.xlsx", rows, one_row_each=True))
    assert [one.rule for one in report.findings if one.field == "nature"] == ["V30"]
    assert report.rejected["notifications"]["rules"].to_list() == ["V30"]
    assert "Smith" not in repr(report)


@pytest.mark.parametrize("value", [9434765919, "9434765919", "7700900123", "call 07700 900123"])
def test_a_persons_number_typed_into_a_number_field_is_not_repeated(tmp_path, value):
    rows = {"lcsprs": [{"page_count": value}]}
    report = door.check(write_workbook(tmp_path / "return.xlsx", rows, one_row_each=True))
    assert ("lcsprs", "page_count") in v30(report)
    assert str(value) not in repr(report)


def test_a_heading_and_a_sheet_named_after_a_person_are_told_without_the_name(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx", one_row_each=True)

    def change(workbook):
        sheet = workbook["notifications"]
        sheet.cell(1, sheet.max_column + 1, "Mr Smith DOB 12/03/2015")
        sheet.cell(2, sheet.max_column, "x")
        workbook.create_sheet("Jane Bloggs")["A1"] = "notes"

    report = door.check(edit_workbook(path, change))
    told = "\n".join([*door.report_lines(report), repr(report)])
    assert "Smith" not in told and "smith" not in told and "Bloggs" not in told and "bloggs" not in told


def test_a_file_named_after_a_person_is_refused_without_its_name(tmp_path):
    path = write_workbook(tmp_path / "Jane_Bloggs DOB 12-03-2015.xlsx")
    with pytest.raises(UnreadableReturn) as problem:
        door.check(path)
    assert "its name holds what looks like a person's name and a date of birth" in str(problem.value)
    assert "Bloggs" not in str(problem.value)


def test_a_submission_sheet_with_a_name_in_it_is_refused_without_the_name(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx", {"submission": [{"partnership_code": "Mr Smith"}]})
    with pytest.raises(UnreadableReturn, match="holds what looks like a person's name") as problem:
        door.check(path)
    assert "Smith" not in str(problem.value)


def test_the_role_of_who_prepared_the_return_is_never_a_name(tmp_path):
    path = write_workbook(tmp_path / "return.xlsx", {"submission": [{"prepared_by_role": "Jane Bloggs"}]})
    assert ("submission", "prepared_by_role") in v30(door.check(path))


def test_a_folder_of_csv_files_is_screened_too(tmp_path):
    folder = write_csv_folder(tmp_path / "kent", {"recommendations": [{"rec_text": "NHS 943 476 5919"}]})
    report = door.check(folder)
    assert ("recommendations.csv", "rec_text") in v30(report) and "943 476" not in repr(report)


def test_words_of_a_finding_that_look_like_personal_data_are_left_out():
    finding = Finding("F02", "error", "a.xlsx", "s", 2, "A", "f", "F", "“Mr Smith” is not a code.", "Did you mean F?")
    [told] = screening.without_personal_data([finding])
    assert "Smith" not in told.message and "a person's name" in told.message and told.fix == finding.fix
