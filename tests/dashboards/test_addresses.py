"""A view's address names its release: it shows the same figures when a newer release has come."""

import json
import re
import shutil
from html import unescape

import pytest
from made_up_release import RELEASE_ID, write_release

from dashboards.addresses import with_choices
from dashboards.app import create_app
from throughline.release import MANIFEST, Viewer, point_to

OLDER = "2026-06-30-20260701T090000000"
# Addresses as they have been mailed. A line stays for good: whoever kept one must find the same view in a year.
MAILED = [
    "/?area=E12000004",
    "/notification-trends?area=E12000004&measure=rate&nature=child_death",
    "/conversion?area=E12000001&period=three_years:2024-2026",
    "/timeliness?area=E12000001&period=three_years:2024-2026&clock=rapid_review",
    "/demographic-recording?area=E92000001&period=three_years:2024-2026&characteristic=disability",
    "/recommendations?area=E12000001&period=three_years:2024-2026",
    "/compare-partnerships?indicator=CV3&breakdown=total&group=region:E12000001&period=three_years:2024-2026",
    "/data-quality?region=E12000001",
    "/methods?family=timeliness",
    "/has-this-been-recommended-before?text=Fathers+should+be+included.",
]


@pytest.mark.parametrize(
    ("address", "chosen", "kept"),
    [
        ("/", {"release": "new"}, "/?release=new"),
        ("/profile?partnership=leeds#open", {"show": "words"}, "/profile?show=words&partnership=leeds#open"),
        ("/?release=old&area=x", {"release": "new", "show": "words"}, "/?show=words&release=old&area=x"),
        ("/?release=", {"release": "new"}, "/?release="),
        ("/methods?family=conversion", {}, "/methods?family=conversion"),
    ],
)
def test_what_an_address_says_itself_stays_so(address, chosen, kept):
    assert with_choices(address, chosen) == kept


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory):
    """The made-up release as the current one, and the same three months earlier."""
    workspace = write_release(tmp_path_factory.mktemp("two"))
    older = workspace.releases / OLDER
    shutil.copytree(workspace.releases / RELEASE_ID, older)
    manifest = json.loads((older / MANIFEST).read_text()) | {"as_at_date": "2026-06-30"}
    (older / MANIFEST).write_text(json.dumps(manifest))
    return workspace


@pytest.fixture
def client(two_releases):
    point_to(two_releases, RELEASE_ID)
    return create_app(two_releases, Viewer.panel()).server.test_client()


def links(text):
    return [unescape(link) for link in re.findall(r'<a [^>]*href="(/[^"]*)"', text)]


def test_an_address_without_a_release_shows_the_current_one_and_leads_to_current_ones(client):
    text = client.get("/timeliness").text

    assert f"Release {RELEASE_ID}." in text and "Which release this is" not in text
    pages = [link for link in links(text) if not link.startswith("/download/")]
    named = [link for link in pages if "release=" in link]
    assert len(named) == 1 and named[0].startswith("/timeliness?")  # the link to this view itself


def test_what_is_chosen_by_a_form_is_chosen_of_the_release_that_the_form_stands_in(client):
    for address, release in (("/timeliness", RELEASE_ID), (f"/timeliness?release={OLDER}", OLDER)):
        button = re.search(r"<button [^>]*>Update the page", client.get(address).text)[0]
        assert 'type="submit"' in button and 'name="release"' in button and f'value="{release}"' in button


def test_a_kept_address_shows_its_own_release_and_says_that_there_is_a_newer_one(client):
    text = client.get(f"/timeliness?area=E12000001&release={OLDER}").text

    assert f"Release {OLDER}." in text and f"Release {RELEASE_ID}." not in text
    assert "Synthetic returns as at 30 June 2026." in text
    assert "figures as at 30 June 2026, kept as they were" in text
    assert "The current release is as at 30 September 2026." in text
    assert "/timeliness?area=E12000001" in links(text)  # the same view of the current release


def test_every_link_of_a_kept_view_stays_in_its_release(client):
    leaving = [
        link
        for link in links(client.get(f"/?area=E12000001&release={OLDER}").text)
        if f"release={OLDER}" not in link and link != "/?area=E12000001"
    ]

    assert leaving == []


def test_the_link_to_a_view_shows_the_same_when_a_newer_release_has_come(client, two_releases):
    point_to(two_releases, OLDER)
    text = client.get("/timeliness?area=E12000001").text
    kept = next(link for link in links(text) if link.startswith("/timeliness?") and "release=" in link)
    answer = re.search(r'<p id="headline".*?</p>', text, re.S)

    point_to(two_releases, RELEASE_ID)
    later = client.get(kept).text

    assert f"Release {OLDER}." in later
    assert (re.search(r'id="headline"[^>]*>(.*?)</p>', later, re.S)[1]) in text
    assert answer is None or answer[0] in later


def test_a_release_that_is_not_held_is_told_and_the_current_one_shown(client):
    text = client.get("/timeliness?release=2019-03-31-x").text

    assert "The release in the address, 2019-03-31-x, is not held here" in text
    assert "You see the current release instead, as at 30 September 2026." in text
    assert f"Release {RELEASE_ID}." in text


@pytest.mark.parametrize("name", ["../2026-06-30", "<script>alert(1)</script>", "current", "a" * 5000, "%00"])
def test_no_name_of_a_release_leads_out_of_the_folder_or_into_the_page(client, name):
    answer = client.get("/timeliness", query_string={"release": name})

    assert answer.status_code == 200
    assert "is not held here" in answer.text
    assert "<script>alert" not in answer.text


def test_a_release_of_another_version_is_told(client, two_releases):
    manifest = two_releases.releases / OLDER / MANIFEST
    held = manifest.read_text()
    other = two_releases.releases / "2020-01-01-other"
    other.mkdir(exist_ok=True)
    (other / MANIFEST).write_text(json.dumps(json.loads(held) | {"layout": 1}))

    assert "these pages cannot read" in client.get("/timeliness?release=2020-01-01-other").text
    shutil.rmtree(other)


def test_a_file_is_of_the_release_that_its_page_showed(client):
    text = client.get(f"/timeliness?release={OLDER}").text
    file = next(link for link in links(text) if link.startswith("/download/") and ".csv" in link)

    told = client.get(file)
    assert told.status_code == 200 and OLDER in told.text and RELEASE_ID not in told.text
    assert "as-at-2026-06-30" in told.headers["Content-Disposition"]


def test_a_page_of_today_offers_files_of_today_by_name(client):
    for page in ("/timeliness", "/data-quality"):
        files = [link for link in links(client.get(page).text) if link.startswith("/download/")]
        assert files and all(f"release={RELEASE_ID}" in link for link in files)


def test_no_file_is_made_from_another_release_than_was_asked_for(client):
    for file in ("/download/timeliness.csv", "/download/data-quality.csv"):
        answer = client.get(f"{file}?release=2019-03-31-x")
        assert answer.status_code == 400 and "is not held here" in answer.text


@pytest.mark.parametrize("address", MAILED)
def test_an_address_that_was_mailed_still_shows_what_it_did(client, address):
    text = client.get(f"{address}&release={OLDER}").text

    assert "There is a problem" not in text
    assert f"Release {OLDER}." in text
    for value in re.findall(r"=([^&]+)", address)[:1]:
        assert value.split("+")[0] in text
