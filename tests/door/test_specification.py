"""The specification of the returns is whole, and says so plainly when it is not."""

import shutil
from datetime import date

import pytest
import yaml

from throughline.door import values
from throughline.door.specification import RETURNS, SpecificationError, load_specification
from throughline.workspace import PROJECT

SPECIFICATION = load_specification()
ALL_FIELDS = [
    pytest.param(field, id=f"{returned.name}.{field.name}")
    for returned in SPECIFICATION.returns.values()
    for field in returned.fields
]


def test_every_return_is_there_in_order():
    assert tuple(SPECIFICATION.returns) == RETURNS
    assert SPECIFICATION.version == "1.2"


@pytest.mark.parametrize("field", ALL_FIELDS)
def test_every_field_has_a_title_one_sentence_of_help_and_an_example(field):
    assert field.title and field.example
    assert field.help.endswith(".") and ". " not in field.help


@pytest.mark.parametrize("field", ALL_FIELDS)
def test_every_example_is_valid(field):
    codes = frozenset(code.code for code in field.codes)
    if field.type == "code":
        assert field.example in codes
    elif field.type == "codes":
        assert not values.unknown_codes(field.example, codes)
    elif field.type == "date":
        assert values.real_date(field.example)
    elif field.type == "integer":
        assert values.is_whole_number(field.example, field.minimum, field.maximum)
    elif field.type == "decimal":
        assert values.is_number(field.example, field.minimum, field.maximum)
    elif field.type == "intervals":
        assert values.are_intervals(field.example, codes)


def test_codes_are_not_repeated_within_a_list():
    for name, codes in SPECIFICATION.code_lists.items():
        assert len({code.code for code in codes}) == len(codes), name


def test_every_code_list_is_used():
    used = {field.code_list for returned in SPECIFICATION.returns.values() for field in returned.fields}
    assert set(SPECIFICATION.code_lists) == used - {None}


def test_examples_stay_within_the_demonstration():
    as_at = date(2026, 9, 30)
    for returned in SPECIFICATION.returns.values():
        for field in returned.fields:
            if field.type == "date" and field.name not in ("date_due", "date_withdrawn"):
                assert date.fromisoformat(field.example) <= as_at, field.name


@pytest.fixture
def spoiled(tmp_path):
    """A copy of the specification with one field of notifications changed."""

    def spoil(name, **changes):
        folder = tmp_path / "returns"
        shutil.copytree(PROJECT / "expectations" / "returns", folder)
        file = folder / "notifications.yml"
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        field = next(field for field in document["fields"] if field["name"] == name)
        field.update(changes)
        file.write_text(yaml.safe_dump({**document, "fields": document["fields"]}), encoding="utf-8")
        return folder

    return spoil


@pytest.mark.parametrize(
    ("name", "changes", "says"),
    [
        ("nature", {"code_list": "natures"}, "no code list called natures"),
        ("nature", {"type": "choice"}, "type is choice"),
        ("date_notified", {"required": "sometimes"}, "required must be"),
        ("date_notified", {"help": ""}, "help is missing"),
        ("date_notified", {"code_list": "yes_no"}, "and no other, has a code_list"),
        ("date_notified", {"colour": "red"}, "colour is not a known setting"),
        ("duplicate_of", {"when": {"field": "status", "in": ["X"]}}, "status, which is not a field"),
        ("duplicate_of", {"when": {"field": "criteria_status", "in": ["DUP"]}}, "DUP, not a code"),
        ("duplicate_of", {"when": {"field": "criteria_status", "in": [False]}}, "quotation marks"),
    ],
)
def test_a_wrong_specification_says_where_and_what(spoiled, name, changes, says):
    with pytest.raises(SpecificationError, match=says) as problem:
        load_specification(spoiled(name, **changes))
    assert f"notifications.yml, {name}" in str(problem.value)


def test_a_missing_specification_file_is_named(tmp_path):
    with pytest.raises(SpecificationError, match=r"submission\.yml is missing"):
        load_specification(tmp_path)
