"""The three readers, each with the question they came with, from the first page to an answer they can take away."""

import csv
import re

from made_up_release import RELEASE_ID
from states import CHANGED_RETURN
from visiting import settle, update

REGION = "E12000001"


def follow(page, name):
    """Clicks the first link of that name and waits for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()
    settle(page)


def test_a_regional_lead_asks_whether_partnerships_differ_and_where_the_time_goes(page, region_address):
    page.goto(region_address)
    settle(page)
    follow(page, "Do partnerships differ by more than chance?")

    assert page.locator("#group").input_value() == f"region:{REGION}"  # their own region, unasked
    assert re.search(r"by more than\s+chance", page.locator("#headline").inner_text())
    rows = page.locator("#comparison-table tbody th").all_inner_texts()
    assert rows[:2] == ["England", "North East together"] and rows[2:] == sorted(rows[2:])  # in name order: no rank

    follow(page, "Timeliness")
    assert page.locator("#area").input_value() == REGION
    assert page.locator("#headline").inner_text().startswith("In the North East in the three years ending March 2026,")
    assert page.locator("#stages-title").is_visible()
    own = page.locator("#open-title")
    assert own.is_visible()  # the reviews that are open in their own region, one by one


def test_a_regional_lead_is_told_why_the_way_to_another_regions_cases_stops(page, region_address):
    page.goto(f"{region_address}/timeliness?area=E12000004")
    settle(page)

    told = page.locator("main").inner_text()
    assert "list of open reviews is for those with a right to this area: each line is one case" in told


def test_a_panel_analyst_asks_whether_notifications_are_really_falling(page, address, tmp_path):
    page.goto(address)
    settle(page)
    follow(page, "Are notifications really falling?")

    said = page.locator("#headline").inner_text()
    assert said.startswith(
        "Published notifications in England fell from 536 in 2021 to 357 in 2026, by more than chance"
    )
    # Is harm notified less, or is it less frequent? And where did fewer come than luck would give?
    assert "1.18 notifications of serious harm for each death" in page.locator("#ratio-title").inner_text()
    page.get_by_role("link", name="None of 16 partnerships notifies few enough to ask about").click()
    assert page.locator("#watch-title").bounding_box()["y"] < page.viewport_size["height"]
    assert page.locator("#watch-table tbody tr").count() == 16
    page.locator("#measure").select_option("rate")
    update(page)
    assert "measure=rate" in page.url and f"release={RELEASE_ID}" in page.url

    page.get_by_text("Download what is shown here").first.click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tables (CSV)").first.click()
    file = tmp_path / taken.value.suggested_filename
    taken.value.save_as(file)
    with file.open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    assert rows and {row["release_id"] for row in rows} == {RELEASE_ID}
    assert "Rate per 100,000 children" in rows[0]["choices"]


def test_a_scrutineer_asks_what_to_ask_this_partnership(page, address):
    page.goto(address)
    settle(page)
    follow(page, "Reviews open past their time")
    assert "/timeliness" in page.url and page.locator("#open-title").is_visible()
    follow(page, "Partnership profile")
    page.locator("#partnership").select_option(CHANGED_RETURN)
    update(page)

    assert f"partnership={CHANGED_RETURN}" in page.url
    assert (
        page.get_by_role("heading", name="What is holding up the local review that is open past its time?").count() == 1
    )
    assert 1 <= page.locator("[id^=question-][id$=-title]").count() <= 5
    assert "luck alone would be expected to raise" in page.locator("#headline").inner_text()


def test_a_scrutineer_without_a_right_is_told_what_is_hidden_and_why(page, public_address):
    page.goto(f"{public_address}/profile?partnership={CHANGED_RETURN}")
    settle(page)

    told = page.locator("main").inner_text()
    assert "not its true small numbers" in told and "see more, and can be asked more" in told


def test_whoever_commissions_a_review_asks_whether_it_has_been_recommended_before(page, address):
    page.goto(address)
    settle(page)
    follow(page, "Has this been recommended before?")
    page.locator("#text").fill("Fathers should be included in assessments.")
    update(page)

    assert "text=Fathers" in page.url
    assert page.locator("#headline").inner_text() == (
        "No earlier recommendation that you may read comes near it; some are on the same theme."
    )
    nearest = page.locator("main table").first.locator("tbody tr").first.inner_text()
    assert "expectant father" in nearest and "Only the same theme" in nearest and "County Durham" in nearest
