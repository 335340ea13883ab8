"""The page of fields and rules says what the specification says, all of it."""

from throughline.door import documentation, load_specification
from throughline.door.rules import load_rules


def test_the_page_is_what_the_specification_would_write():
    written = documentation.PAGE.read_text(encoding="utf-8")
    assert written == documentation.page(), "run `make docs` and commit docs/returns.md"


def test_every_field_and_every_rule_is_on_the_page():
    page = documentation.page()
    for returned in load_specification().returns.values():
        for field in returned.fields:
            assert f"| `{field.name}` | **" in page, (returned.name, field.name)
    for rule in load_rules():
        assert f"| {rule} |" in page, rule


def test_every_link_to_a_code_list_leads_to_one():
    page = documentation.page()
    for returned in load_specification().returns.values():
        for field in returned.fields:
            if field.code_list:
                assert f"### {field.code_list.replace('_', ' ')} codes" in page
