"""Pages through Flask's test client: what a reader is sent, before any script runs."""

import json
import re

import dash
import pytest
from made_up_release import RELEASE_ID, partnerships_of

from dashboards.app import create_app
from throughline.release import Viewer
from throughline.wording import short_name
from throughline.workspace import Workspace

PAGES = ["/", "/notification-trends", "/compare-partnerships", "/profile", "/data-quality", "/accessibility"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_names_its_language_its_release_and_the_kind_of_data(reader, path):
    answer = reader.get(path)

    assert answer.status_code == 200
    assert '<html lang="en-GB"' in answer.text
    assert answer.text.count("<h1") == 1
    assert RELEASE_ID in answer.text
    assert "30 September 2026" in answer.text
    assert "Synthetic data" in answer.text
    assert 'href="/accessibility"' in answer.text


def test_titles_are_unique_and_name_the_page_first(reader):
    titles = [re.search("<title>(.*?)</title>", reader.get(path).text)[1] for path in PAGES]

    assert len(set(titles)) == len(titles)
    assert all(title.split(" - ")[-1] == "Throughline" for title in titles)


@pytest.mark.parametrize(
    ("address", "about"),
    [
        ("/timeliness?area=E12000004&period=year:2025", "East Midlands, year to March 2025"),
        ("/profile?partnership=leicester", "Leicester"),
        ("/notification-trends?area=E12000001", "North East"),
        ("/data-quality?region=E12000001", "North East"),
        ("/?area=E12000004", "East Midlands"),
    ],
)
def test_a_title_says_which_view_it_is_of_also_when_the_script_has_laid_it_out(reader, panel_app, address, about):
    title = re.search("<title>(.*?)</title>", reader.get(address).text)[1]
    assert re.fullmatch(rf".+\? {about} - Throughline", title)

    path, _, query = address.partition("?")
    update = next(one for one in panel_app.callback_map if "_pages_content.children" in one)
    asked = {
        "output": update,
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": f"?{query}"},
        ],
    }
    answer = reader.post("/_dash-update-component", json=asked).get_json()["response"]
    assert answer["_pages_store"]["data"]["title"] == title


def test_nothing_that_a_reader_wrote_stands_in_a_title(reader):
    text = reader.get("/has-this-been-recommended-before?text=<b>Fathers</b>&partnership=leicester").text

    assert "Fathers" not in re.search("<title>(.*?)</title>", text)[1]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_an_address_outside_this_server(reader, path):
    text = reader.get(path).text

    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", text)


def test_the_browser_is_forbidden_every_other_address(reader):
    policy = reader.get("/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "'unsafe-eval'" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/timelines", "/timeliness/leeds", "/not-found", "/area/E12000001"])
def test_a_page_that_is_not_there_is_answered_as_not_found_with_where_to_go_instead(reader, path):
    answer = reader.get(path)

    assert answer.status_code == 404
    assert answer.text.count("<h1") == 1 and "There is no page at this address." in answer.text
    assert 'href="/"' in answer.text


def test_an_address_with_a_stroke_too_many_is_still_the_page(reader):
    answer = reader.get("/timeliness/")

    assert answer.status_code == 200 and "Are the steps taken in time" in answer.text


def test_health_tells_the_release_and_the_as_at_date(reader):
    answer = reader.get("/healthz")

    assert answer.get_json() == {
        "status": "ok",
        "release_id": RELEASE_ID,
        "as_at_date": "2026-09-30",
        "is_synthetic": True,
    }


@pytest.mark.parametrize(
    "address",
    [
        "/notification-trends?area=nowhere&measure=worst&nature=bad",
        "/compare-partnerships?indicator=CV99&group=league&period=1066",
        "/compare-partnerships?group=region:E12000001'--&period=%00",
    ],
)
def test_a_value_that_cannot_be_chosen_is_told_in_words(reader, address):
    answer = reader.get(address)

    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert "Choose another from the list." in answer.text


def test_what_was_chosen_stays_chosen(reader):
    text = reader.get("/notification-trends?area=E12000004&measure=rate").text

    assert re.search(r"<option[^>]*selected[^>]*>East Midlands</option>", text)
    assert re.search(r"<option[^>]*selected[^>]*>Rate per 100,000 children</option>", text)


def test_partnerships_stand_in_name_order_never_by_value(reader):
    text = reader.get("/compare-partnerships?indicator=CV2&group=region:E12000001&period=year:2025").text
    table = text[text.index('id="comparison-table"') :]
    table = table[: table.index("</table>")]
    cells = re.findall(r'<th [^>]*scope="row"[^>]*>(.*?)</th>', table)
    names = [re.sub(r"<[^>]+>", "", cell) for cell in cells]

    assert names[:2] == ["England", "North East together"]
    assert names[2:] == sorted(names[2:])
    assert len(names[2:]) == len(partnerships_of(("E12000001",)))


def test_a_partnership_that_sent_nothing_is_not_shown_as_zero(reader):
    missing = partnerships_of(("E12000001", "E12000004")).row(2, named=True)
    text = reader.get(f"/compare-partnerships?group=region:{missing['region_code']}&period=year:2025").text
    table = text[text.index('id="comparison-table"') :]
    row = next(row for row in table.split("<tr") if short_name(missing["partnership_name"]) in row)

    assert re.findall(r"<td[^>]*>(.*?)</td>", row)[:4] == ["[x]"] * 4
    assert "No return was received" in row


def test_a_part_period_warns(reader):
    text = reader.get("/compare-partnerships?indicator=NT2&group=region:E12000001&period=year:2027").text

    assert "This period is not over" in text


def test_the_page_says_what_the_data_cannot_show(reader):
    text = reader.get("/notification-trends").text

    for claim in ("more or fewer children came to harm", "every serious incident", "2021", "rose or fell by ten"):
        assert claim in text


def test_each_table_has_a_caption_and_scoped_headings(reader):
    for path in PAGES[1:-1]:
        text = reader.get(path).text
        for table in re.findall(r"<table.*?</table>", text, re.S):
            assert "<caption" in table
            assert not re.search(r"<th(?!ead)(?![^>]*scope=)[^>]*>", table)
            assert "<td></td>" not in table


def test_a_file_carries_its_caveats_and_its_name_says_what_it_is(reader):
    answer = reader.get("/download/compare-partnerships.csv?indicator=CV2&group=region:E12000001&period=year:2025")
    header, first = answer.text.splitlines()[:2]

    assert "synthetic" in answer.headers["Content-Disposition"]
    assert "as-at-2026-09-30" in answer.headers["Content-Disposition"]
    assert {"how_to_read", "as_at_date", "kind_of_data"} <= set(header.split(","))
    assert "Not a performance measure" in first


def test_a_file_of_something_that_cannot_be_chosen_is_refused_in_words(reader):
    answer = reader.get("/download/compare-partnerships.csv?indicator=nothing")

    assert answer.status_code == 400
    assert "not one that can be chosen" in answer.text


@pytest.mark.parametrize("written", ["{margins}", "{%scripts%}", "{content}", "{header}"])
def test_what_a_reader_wrote_is_never_taken_for_a_place_of_the_page(reader, written):
    text = reader.get("/has-this-been-recommended-before", query_string={"text": written}).text

    assert f">{written}</textarea>" in text
    assert text.count("<header") == 1 and text.count("</main>") == 1


def test_without_a_release_the_pages_say_so(tmp_path):
    nothing = create_app(Workspace(tmp_path), Viewer.panel()).server.test_client()

    assert nothing.get("/healthz").status_code == 503
    assert "throughline demo" in nothing.get("/notification-trends").text


def test_the_layout_that_scripts_fetch_is_the_one_in_the_html(reader, panel_app):
    """Dash asks for the page by callback; both come from one layout function."""
    text = reader.get("/compare-partnerships").text
    with panel_app.server.test_request_context("/compare-partnerships"):
        page = next(page for page in dash.page_registry.values() if page["path"] == "/compare-partnerships")
        tree = json.dumps(page["layout"]().to_plotly_json(), default=lambda part: part.to_plotly_json())
    headline = re.search(r'<p id="headline"[^>]*>(.*?)</p>|<p[^>]*id="headline"[^>]*>(.*?)</p>', text)

    assert (headline[1] or headline[2]) in tree


def test_pages_work_on_a_release_that_the_demonstration_made(small_workspace):
    reader = create_app(small_workspace, Viewer.panel()).server.test_client()

    for path in [*PAGES, *(f"/compare-partnerships?indicator={name}" for name in ("NT1", "NT5", "TM5", "DM7", "RC1"))]:
        assert reader.get(path).status_code == 200
    for path in ("/download/compare-partnerships.csv", "/download/notification-trends.csv"):
        assert reader.get(path).status_code == 200


def test_counts_are_drawn_without_a_line_to_be_read_against(reader, panel_app):
    text = reader.get("/compare-partnerships?indicator=NT1&group=region:E12000001&period=year:2025").text

    assert "Counts are shown but not compared" in text
    assert "app-mark--england" not in text
