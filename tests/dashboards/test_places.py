"""Links to other pages go on with the area that an address names, in the words of each page."""

import pytest
from test_elsewhere import AREA_PAGES, CODES, OTHER, OWN, PARTNERSHIPS, REGION, REGIONAL_PAGES, client, links

from throughline.release import Viewer


def test_the_navigation_goes_on_with_a_region_in_each_pages_own_words(reader):
    for start in (f"/timeliness?area={REGION}", f"/compare-partnerships?group=region:{REGION}"):
        leading = links(reader.get(start).text)

        assert leading["Throughline"] == f"/?area={REGION}"
        assert leading["Conversion"] == f"/conversion?area={REGION}"
        assert leading["Notification trends"] == f"/notification-trends?area={REGION}"
        assert leading["Compare partnerships"] == f"/compare-partnerships?group=region:{REGION}"
        assert leading["Partnership profile"] == f"/profile?region={REGION}"
        assert leading["Data quality"] == f"/data-quality?region={REGION}"
        assert leading["Methods"] == "/methods"


def test_the_navigation_goes_on_with_a_partnership_and_sets_it_among_its_neighbours(reader):
    for start in (f"/profile?partnership={OTHER}", f"/timeliness?area={OTHER}", f"/data-quality?partnership={OTHER}"):
        leading = links(reader.get(start).text)

        assert leading["Recommendations"] == f"/recommendations?area={OTHER}"
        assert leading["Compare partnerships"] == f"/compare-partnerships?group=statistical_neighbours:{OTHER}"
        assert leading["Partnership profile"] == f"/profile?partnership={OTHER}"
        assert leading["Data quality"] == f"/data-quality?partnership={OTHER}"


def test_the_cards_of_the_overview_keep_its_region(reader):
    leading = links(reader.get(f"/?area={REGION}").text)

    assert leading["How often does one step lead to the next?"] == f"/conversion?area={REGION}"
    assert leading["Do partnerships differ by more than chance?"] == f"/compare-partnerships?group=region:{REGION}"


def test_what_is_not_known_is_not_carried(reader):
    assert links(reader.get("/timeliness?area=nowhere").text)["Conversion"] == "/conversion"
    assert links(reader.get("/compare-partnerships?group=own:leeds").text)["Conversion"] == "/conversion"


def test_a_link_that_says_what_it_is_about_stays_so(reader):
    text = reader.get("/timeliness?area=E12000001").text
    names = links(text[text.index('id="open-table"') :])

    assert any(f"area={code}" in address for code in CODES for address in names.values())
    assert not any(address.count("area=") > 1 for address in names.values())


@pytest.mark.parametrize("role", ["public", "partnership", "region", "panel"])
@pytest.mark.parametrize("path", [*AREA_PAGES, *REGIONAL_PAGES, "/profile", "/data-quality", "/compare-partnerships"])
def test_no_page_takes_an_area_of_another_page_for_a_fault(made_up_workspace, role, path):
    viewer = {
        "public": Viewer.public(),
        "partnership": Viewer.partnership(OWN),
        "region": Viewer.region("E12000001"),
        "panel": Viewer.panel(),
    }[role]
    reader = client(made_up_workspace, viewer)
    for place in (REGION, OTHER, PARTNERSHIPS["police_force_code"][0]):
        leading = links(reader.get(f"/timeliness?area={place}").text)
        addresses = [address for address in leading.values() if address.partition("?")[0] == path]

        assert addresses
        assert "There is a problem" not in reader.get(addresses[0]).text


def test_a_page_that_shows_a_region_in_its_stead_still_goes_on_with_the_partnership(public_reader):
    assert links(public_reader.get(f"/?area={OTHER}").text)["Timeliness"] == f"/timeliness?area={OTHER}"
