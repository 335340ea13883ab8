"""A submission of an older version is read as the current one holds it, and can be given back as it was."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fixtures.returns import valid_return
from throughline.door import versions
from throughline.door.envelope import read_envelope
from throughline.door.specification import load_specification
from throughline.door.tables import Table

SPECIFICATION = load_specification()
LISTED = list(versions.load_versions())
OLDER = LISTED[:-1]


def current_frames(**children) -> dict[str, pl.DataFrame]:
    """One valid row of each return, as text."""
    rows = valid_return({"children": [children]} if children else None, one_row_each=True)
    return {
        name: pl.DataFrame(
            [{field: None if value is None else str(value) for field, value in row.items()} for row in rows[name]],
            schema=dict.fromkeys(SPECIFICATION.returns[name].field_names, pl.String),
        )
        for name in SPECIFICATION.returns
    }


def without(frames, version):
    """The current frames with all that the older version did not ask for made blank, or without rows."""
    blank = dict(frames)
    for change in versions._since(version):
        if change.kind == "add_field":
            frame = blank[change.return_name]
            blank[change.return_name] = frame.with_columns(pl.lit(None, pl.String).alias(change.field))
        elif change.kind == "add_return":
            blank[change.return_name] = blank[change.return_name].clear()
    return blank


def same(one, other):
    assert set(one) == set(other)
    for name, frame in one.items():
        assert frame.select(sorted(frame.columns)).equals(other[name].select(sorted(other[name].columns))), name


@pytest.mark.parametrize("version", OLDER)
@pytest.mark.parametrize("sex", ["M", "F", "U", None])
def test_current_records_given_in_an_old_version_come_back_as_they_were(version, sex):
    frames = current_frames(sex_value=sex)
    same(versions.upgrade(versions.downgrade(frames, version), version), without(frames, version))


@pytest.mark.parametrize("version", OLDER)
def test_old_records_made_current_are_given_back_as_they_were(version):
    old = versions.downgrade(current_frames(), version)
    same(versions.downgrade(versions.upgrade(old, version), version), old)


def test_the_current_version_changes_nothing():
    frames = current_frames()
    same(versions.upgrade(frames, LISTED[-1]), frames)
    same(versions.downgrade(frames, LISTED[-1]), frames)


def test_version_0_9_counted_gender_and_had_the_old_codes():
    old = versions.downgrade(current_frames(sex_value="F"), "0.9")
    assert old["children"]["gender_value"].to_list() == ["2"]
    assert {"sex_value", "sex_status", "survived_to_return_date"}.isdisjoint(old["children"].columns)
    assert "old_la_code" in old["notifications"].columns and "gender_impact" in old["lcsprs"].columns
    assert "query_answers" not in old


@given(st.lists(st.sampled_from(["0", "1", "2", "9", None, "3", " "]), min_size=1, max_size=20))
@settings(deadline=None, max_examples=30)
def test_two_old_codes_that_became_one_are_given_back_as_the_first(codes):
    old = {
        "children": pl.DataFrame(
            {"gender_value": codes, "gender_status": codes},
            schema_overrides={"gender_value": pl.String, "gender_status": pl.String},
        )
    }
    upgraded = versions.upgrade(old, "0.9")["children"]["sex_value"].to_list()
    meant = {"0": "U", "1": "M", "2": "F", "9": "U"}
    assert upgraded == [meant.get(code, code) for code in codes]
    back = versions.downgrade(
        {
            "children": pl.DataFrame(
                {"sex_value": upgraded, "sex_status": upgraded, "survived_to_return_date": codes},
                schema_overrides=dict.fromkeys(("sex_value", "sex_status", "survived_to_return_date"), pl.String),
            )
        },
        "0.9",
    )["children"]
    assert back["gender_value"].to_list() == ["9" if code == "0" else code for code in codes]


def test_every_change_names_what_the_specification_has():
    for name, changes in versions.load_versions().items():
        for change in changes:
            returned = SPECIFICATION.returns[change.return_name]
            if change.kind in ("rename_field", "recode", "add_field"):
                field = returned.field(change.to or change.field)
                assert change.kind != "add_field" or not field.is_required, f"{name}: {field.name}"
                assert set(change.codes.values()) <= {code.code for code in field.codes}
            elif change.kind == "drop_field":
                assert change.field not in returned.field_names


def test_the_last_version_listed_is_the_specification_s_own():
    assert LISTED[-1] == SPECIFICATION.version


@pytest.mark.parametrize(
    ("text", "version"),
    [("0.9", "0.9"), ("1", "1.0"), ("1.0", "1.0"), ("1.1", "1.1"), ("1.2", "1.2"), ("2", None), (None, None)],
)
def test_a_version_may_be_written_as_a_number(text, version):
    assert versions.listed_version(text) == version


@pytest.mark.parametrize("version", LISTED)
def test_the_envelope_keeps_the_version_that_was_sent(version):
    frame = current_frames()["submission"].with_columns(pl.lit(version).alias("specification_version"))
    table = Table("submission", "return.xlsx", "submission", frame)
    assert read_envelope("return.xlsx", table, SPECIFICATION).specification_version == version


def test_a_version_that_is_not_listed_is_a_fault_of_ours():
    with pytest.raises(versions.VersionError):
        versions.upgrade({}, "7.3")
