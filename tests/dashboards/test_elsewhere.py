"""An area that an address names and a page does not show is told in words, and no other stands under its address."""

import re
from html import unescape

import pytest
from made_up_release import partnerships_of
from test_comparison import words_of

from dashboards.app import create_app
from throughline.release import Viewer
from throughline.wording import short_name

PARTNERSHIPS = partnerships_of(("E12000001", "E12000004"))
CODES = PARTNERSHIPS["partnership_code"].to_list()
OWN, OTHER = CODES[0], PARTNERSHIPS.filter(region_code="E12000004")["partnership_code"][0]
NAMES = {code: short_name(name) for code, name in zip(CODES, PARTNERSHIPS["partnership_name"], strict=True)}
REGION, REGION_NAME = "E12000004", "the East Midlands"
AREA_PAGES = ["/timeliness", "/conversion", "/demographic-recording", "/recommendations"]
REGIONAL_PAGES = ["/", "/notification-trends"]


def client(workspace, viewer):
    return create_app(workspace, viewer).server.test_client()


def links(text):
    """Where the links of a page lead, by their words."""
    found = re.findall(r'<a [^>]*href="(/[^"]*)"[^>]*>(.*?)</a>', text, re.S)
    return {unescape(re.sub(r"<[^>]+>", "", said)): unescape(address) for address, said in found}


def chosen(text, name):
    shown = re.search(rf'<select[^>]* id="{name}".*?</select>', text, re.S)[0]
    option = re.search(r"<option[^>]* selected[^>]*>", shown)[0]
    return re.search(r'value="([^"]*)"', option)[1]


def instead(text):
    found = re.search(r'<div [^>]*class="govuk-inset-text app-instead".*?</div>', text, re.S)
    return found[0] if found else ""


@pytest.mark.parametrize("path", AREA_PAGES)
def test_an_area_that_is_not_shown_to_a_reader_is_told_and_england_stands_in_its_stead(made_up_workspace, path):
    for viewer in (Viewer.public(), Viewer.partnership(OWN)):
        text = client(made_up_workspace, viewer).get(f"{path}?area={OTHER}").text
        if chosen(text, "area") == OTHER:
            continue  # some of its figures are published, and so it is shown
        told = words_of(f"<main>{instead(text)}</main>")

        assert "There is a problem" not in text
        assert f"The figures of {NAMES[OTHER]} on this page are not shown to you" in told
        assert "Shown instead: England." in told
        assert chosen(text, "area") == "E92000001"
        assert not re.search(r"\d", told)  # nothing is counted of what is hidden
        leading = links(instead(text))
        assert leading[f"What you may see of {NAMES[OTHER]}: its profile"] == f"/profile?partnership={OTHER}"
        assert f"{path}?area={REGION}" in leading.values()


def test_what_is_said_of_a_hidden_area_is_the_same_whatever_its_figures(made_up_workspace):
    reader = client(made_up_workspace, Viewer.public())
    said = set()
    for code in CODES:
        told = instead(reader.get(f"/timeliness?area={code}").text)
        if "not shown to you" in told:
            said.add(re.sub(r'href="[^"]*"', "", told).replace(NAMES[code], "X").replace("North East", "East Midlands"))

    assert len(said) == 1


@pytest.mark.parametrize("path", REGIONAL_PAGES)
def test_a_page_of_regions_shows_the_region_of_a_partnership_and_says_so(public_reader, path):
    text = public_reader.get(f"{path}?area={OTHER}").text

    assert "Shown instead: the East Midlands." in words_of(f"<main>{instead(text)}</main>")
    assert chosen(text, "area") == REGION


def test_a_profile_of_a_region_begins_with_its_first_partnership_and_asks_to_choose(reader):
    text = reader.get(f"/profile?region={REGION}").text
    first = min(
        (name, code)
        for code, name in NAMES.items()
        if code in PARTNERSHIPS.filter(region_code=REGION)["partnership_code"]
    )

    assert chosen(text, "partnership") == first[1]
    assert f"Shown instead: {first[0]}." in words_of(text)
    assert "A profile is of one partnership" in words_of(text)


def test_no_file_of_what_stands_in_for_an_area_goes_under_its_address(made_up_workspace):
    reader = client(made_up_workspace, Viewer.partnership(OWN))
    hidden = next(code for code in CODES if instead(reader.get(f"/timeliness?area={code}").text))
    answer = reader.get(f"/download/timeliness.csv?area={hidden}")

    assert answer.status_code == 400
    assert "are not shown to you" in answer.text
