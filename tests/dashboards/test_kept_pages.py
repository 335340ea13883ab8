"""What was sent for an address is sent again as it was, and only while nothing that it depends on has changed."""

import gc
import gzip
import weakref

import dash
import pytest
from dash import html
from dash._utils import to_json
from made_up_release import partnerships_of, write_release
from test_replies import another_release

from benchmarks.pages import page_request
from dashboards import kept
from dashboards.app import create_app
from dashboards.plain import components_in, like, written_at_once
from throughline.release import Viewer, open_current, point_to
from throughline.replies import write_reply

CODE = partnerships_of(("E12000001",))["partnership_code"][0]
PROFILE = f"/profile?partnership={CODE}"
SAID = "Every open local review waits for a criminal trial; we told the Panel in July."


@pytest.fixture
def workspace(tmp_path):
    return write_release(tmp_path, ("E12000001",))


@pytest.fixture
def client(workspace):
    return create_app(workspace, Viewer.panel()).server.test_client()


def answer(client, address, **headers):
    return client.post(kept.ADDRESS, json=page_request(address), headers=headers)


@pytest.mark.parametrize("address", ["/", PROFILE, "/compare-partnerships?indicator=CV3"])
def test_the_same_is_sent_again_with_the_same_headers_however_it_is_packed(client, address):
    first, again = answer(client, address), answer(client, address)
    packed = answer(client, address, **{"Accept-Encoding": "gzip, deflate, br, zstd"})

    assert first.json["response"]["_pages_content"]["children"]
    assert first.data == again.data == gzip.decompress(packed.data)
    assert packed.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in again.headers
    for header in ("Content-Type", "X-Content-Type-Options", "Referrer-Policy"):
        assert first.headers[header] == again.headers[header] == packed.headers[header]


def test_what_is_kept_is_not_laid_out_again(client, monkeypatch):
    first = answer(client, PROFILE)
    monkeypatch.setattr("dashboards.data.components", None)
    monkeypatch.setattr("dash._callback._invoke_callback", None)

    assert answer(client, PROFILE).data == first.data


def test_a_reply_is_on_the_page_that_was_kept_without_it(client, workspace):
    before = answer(client, PROFILE).text
    write_reply(open_current(workspace), CODE, "business manager", SAID)

    assert SAID not in before and SAID in answer(client, PROFILE).text


def test_a_page_that_was_kept_gives_way_to_that_of_a_newer_release(client, workspace):
    before = answer(client, PROFILE).text
    newer = another_release(workspace, "2026-12-31-20270110T090000000", "2026-12-31")
    point_to(workspace, newer.release_id)

    assert "31 December 2026" not in before and "31 December 2026" in answer(client, PROFILE).text


def test_two_readers_never_share_a_page(workspace, client):
    public = create_app(workspace, Viewer.public()).server.test_client()
    recommendations = f"/recommendations?area={CODE}"

    assert "pairs-table" in answer(client, recommendations).text
    assert "pairs-table" not in answer(public, recommendations).text
    assert "pairs-table" in client.get(recommendations).text and "pairs-table" not in public.get(recommendations).text


@pytest.mark.parametrize("path", ["/review-pairs", "/nowhere"])
def test_a_page_that_may_be_another_each_time_is_not_kept(client, path, monkeypatch):
    monkeypatch.setattr(kept, "sent", None)

    assert answer(client, path).status_code == 200


def test_of_one_name_in_an_address_the_first_value_counts_as_it_does_on_the_page(client, workspace):
    """The release that an address names twice is the one whose page is kept."""
    release = another_release(workspace, "2026-12-31-20270110T090000000", "2026-12-31").release_id
    address = f"{PROFILE}&release={open_current(workspace).release_id}&release={release}"
    assert answer(client, address).data == answer(client, address).data
    assert "30 September 2026" in answer(client, address).text


def test_the_answer_that_was_not_asked_for_the_longest_is_let_go():
    answers = kept.Kept(2)
    answers.put("a", 1)
    answers.put("b", 2)
    assert answers.get("a") == 1
    answers.put("c", 3)

    assert (answers.get("a"), answers.get("b"), answers.get("c")) == (1, None, 3)


@pytest.mark.parametrize("path", ["/", "/profile", "/compare-partnerships", "/recommendations", "/data-quality"])
def test_a_page_is_written_out_as_dash_itself_would(workspace, path):
    app = create_app(workspace, Viewer.panel())
    page = next(page for page in dash.page_registry.values() if page["path"] == path)
    with app.server.test_request_context(path):
        tree = page["layout"]()

    assert to_json(tree) == to_json(html.Div(tree.children))
    assert len(list(components_in(tree))) > 100


def test_a_page_that_is_let_go_leaves_memory_without_a_search_for_rubbish():
    part = html.P("x")
    watched, box = weakref.ref(part), written_at_once(html.Div([part]))
    gc.disable()
    try:
        del part, box
        assert watched() is None
    finally:
        gc.enable()


def test_one_like_another_differs_in_what_was_named_alone():
    made = html.Td("a", className="c", **{"data-of": "d"})
    other = like(made, children="b")

    assert to_json(other) == to_json(html.Td("b", className="c", **{"data-of": "d"}))
    assert made.children == "a"


def test_components_are_found_however_deep_their_lists_are():
    tree = html.Div([None, "a", html.P(html.A("x")), [html.B("c"), html.Div([html.I(), "z", [html.Em()]])]])

    assert [type(one).__name__ for one in components_in(tree)] == ["P", "A", "B", "Div", "I", "Em"]
