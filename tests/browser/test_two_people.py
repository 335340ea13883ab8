"""Two people at once, each seeing their own view alone: choices stand in the address and nowhere else."""

import re

from states import CHANGED_RETURN, COMPARE, PROFILE
from visiting import settle, update

NORTH_EAST = f"{COMPARE}?indicator=CV2&group=region:E12000001"
EAST_MIDLANDS = f"{COMPARE}?indicator=CV3&group=region:E12000004&show=words"


def chosen(page):
    return [page.locator(f"#{name}").input_value() for name in ("indicator", "group")]


def test_choices_of_one_never_reach_the_other(chromium, address):
    people = [chromium.new_context().new_page() for _ in range(2)]
    for _ in range(3):
        for person, view in zip(people, (NORTH_EAST, EAST_MIDLANDS), strict=True):
            person.goto(address + view, wait_until="commit")
        for person in people:
            settle(person)
        assert [chosen(person) for person in people] == [
            ["CV2", "region:E12000001"],
            ["CV3", "region:E12000004"],
        ]
        assert "North East" in people[0].locator("#comparison-table caption").inner_text()
        assert "East Midlands" in people[1].locator("#comparison-table caption").inner_text()
        assert [person.get_by_text("Show the charts before words").count() for person in people] == [0, 1]

    people[0].locator("#indicator").select_option("TM2")
    update(people[0])
    people[1].reload()
    settle(people[1])

    assert [chosen(person)[0] for person in people] == ["TM2", "CV3"]
    assert people[0].context.cookies() == [] and people[1].evaluate("localStorage.length") == 0
    for person in people:
        person.context.close()


def test_what_one_has_a_right_to_is_not_shown_to_the_other_though_both_ask_for_it_at_once(
    chromium, address, public_address
):
    panel, public = (chromium.new_context().new_page() for _ in range(2))
    view = f"{PROFILE}?partnership={CHANGED_RETURN}"
    panel.goto(address + view, wait_until="commit")
    public.goto(public_address + view, wait_until="commit")
    for person in (panel, public):
        settle(person)

    told = [person.locator("#standing-table").inner_text() for person in (panel, public)]
    assert told[0] != told[1]
    assert len(re.findall(r"\[c\]", told[1])) > len(re.findall(r"\[c\]", told[0]))
    figures = [person.locator(".app-key__label").all_inner_texts() for person in (panel, public)]
    assert "Reviews past their time" in figures[0] and "Reviews past their time" not in figures[1]
    for person in (panel, public):
        person.context.close()
