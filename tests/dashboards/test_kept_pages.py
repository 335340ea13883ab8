"""What was sent for an address is sent again as it was, and only while nothing that it depends on has changed."""

import gc
import gzip
import weakref
from html import escape
from html.parser import HTMLParser

import dash
import pytest
from dash import html
from dash._utils import to_json
from made_up_release import partnerships_of, write_release
from test_replies import another_release

from benchmarks.__main__ import PAGES
from benchmarks.pages import page_request
from dashboards import data, kept
from dashboards.app import create_app
from dashboards.component_trees import components_in, like
from dashboards.components import select, table
from dashboards.render import NOT_ATTRIBUTES, VOID, attribute, to_html
from dashboards.written import written
from throughline.query import Choice
from throughline.release import Viewer, open_current, point_to
from throughline.replies import write_reply
from throughline.report import Column

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


@pytest.mark.parametrize(("address", "times"), [("/review-pairs", 2), ("/methods", 1)])
def test_a_page_that_may_be_another_each_time_is_laid_out_each_time(client, address, times, monkeypatch):
    laid_out, write = [], kept.written_page
    monkeypatch.setattr(kept, "written_page", lambda *asked: laid_out.append(asked) or write(*asked))
    answer(client, address)
    answer(client, address)

    assert len(laid_out) == times


def test_an_address_that_has_no_page_is_left_to_dash(client):
    assert "no page" in answer(client, "/nowhere").text.lower()


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


@pytest.mark.parametrize("address", [*PAGES.values(), "/profile?partnership=nobody", "/review-pairs?release=none"])
def test_a_page_is_answered_as_dash_itself_would(client, monkeypatch, address):
    """What its script reads is laid down by Dash, which gives an answer of its own when ours are turned off."""
    ours = answer(client, address)
    monkeypatch.setattr(kept, "asked_page", lambda: None)
    theirs = answer(client, address)

    assert ours.status_code == theirs.status_code == 200 and ours.mimetype == theirs.mimetype
    assert ours.json["multi"] is theirs.json["multi"]
    our_parts, their_parts = ours.json["response"], theirs.json["response"]
    assert our_parts["_pages_store"] == their_parts["_pages_store"]
    (our_html, our_charts), (their_html, their_charts) = (
        as_elements(parts["_pages_content"]["children"]) for parts in (our_parts, their_parts)
    )
    assert in_order(our_html) == in_order(their_html)
    assert our_charts == their_charts


def in_order(text):
    """Tags, with their attributes by name, and texts; the order of an element's attributes says nothing."""
    found = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: found.append((tag, sorted(attributes)))
    reader.handle_endtag = lambda tag: found.append(f"/{tag}")
    reader.handle_data = found.append
    reader.feed(text)
    reader.close()
    return found


def as_elements(sent):
    """The elements that a browser makes of what was sent, with a mark for each chart, and the charts."""
    charts = []

    def element(node):
        if isinstance(node, list):
            return "".join(element(child) for child in node)
        if not isinstance(node, dict):
            return "" if node is None else escape(str(node))
        given = dict(node["props"])
        if node["type"] == "Graph":
            charts.append(given)
            return "[chart]"
        is_written = node["type"] == "Written"
        tag, inside = (given["tag"], given.get("html", "")) if is_written else (node["type"].lower(), None)
        attributes = given["attributes"] if is_written else given
        opening = "".join(attribute(name, value) for name, value in attributes.items() if name not in NOT_ATTRIBUTES)
        closing = "" if tag in VOID else f"</{tag}>"
        return f"<{tag}{opening}>{element(given.get('children')) if inside is None else inside}{closing}"

    return element(sent), charts


@pytest.mark.parametrize("address", PAGES.values())
def test_only_charts_and_what_is_around_them_are_components(client, address):
    def components(node):
        if isinstance(node, list):
            return sum(components(child) for child in node)
        return 1 + components(node["props"].get("children")) if isinstance(node, dict) else 0

    sent = answer(client, address).json["response"]["_pages_content"]["children"]
    _, charts = as_elements(sent)
    assert components(sent) <= 80 + 12 * len(charts)


def test_what_a_reader_wrote_is_escaped_in_the_html_that_is_sent(client):
    text = "%3Cimg+src%3Dx+onerror%3Dalert(1)%3E"
    sent = answer(client, f"/has-this-been-recommended-before?text={text}").json

    html_of, _ = as_elements(sent["response"]["_pages_content"]["children"])
    assert "&lt;img src=x onerror=alert(1)&gt;" in html_of and "<img src=x" not in html_of


def test_nothing_but_what_a_page_holds_is_written_out():
    with pytest.raises(TypeError):
        written({"children": [html.P("x"), object()]})


def test_a_page_that_is_let_go_leaves_memory_without_a_search_for_rubbish(workspace):
    app = create_app(workspace, Viewer.panel())
    page = next(page for page in dash.page_registry.values() if page["path"] == "/methods")
    gc.disable()
    try:
        with app.server.test_request_context("/methods"):
            content = page["layout"]()
            written(content)
            watched = weakref.ref(content.children[1])
            for number in range(data.KEPT_PAGES):
                content = page["layout"](another=str(number))
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


def test_a_table_is_html_but_for_its_links_which_are_still_found():
    link = html.A("Leeds", href="/profile?partnership=leeds")
    shown = table("t", "Partnerships", [Column("Name"), Column("Value")], [[link, "<1"], ["Kent & Medway", "2"]])

    assert [one for one in components_in(shown) if isinstance(one, html.A)] == [link]
    link.href = "/profile?partnership=leeds&release=r"
    body = '<tbody class="govuk-table__body"><tr class="govuk-table__row"><th scope="row" class="govuk-table__header">'
    assert f'{body}<a href="/profile?partnership=leeds&amp;release=r">Leeds</a></th>' in to_html(shown)
    assert '<td class="govuk-table__cell">&lt;1</td></tr>' in to_html(shown) and "Kent &amp; Medway</th>" in to_html(
        shown
    )


def test_options_stand_under_their_headings_in_the_order_given_and_one_is_chosen():
    named = [("e", "England", None), ("k", "Kent & Medway", "A"), ("n", "North", "B"), ("l", "Leeds", "A")]
    choices = [Choice(*one) for one in named]

    assert (
        '<option value="e">England</option>'
        '<optgroup label="A">'
        '<option value="k" selected>Kent &amp; Medway</option><option value="l">Leeds</option>'
        "</optgroup>"
        '<optgroup label="B"><option value="n">North</option></optgroup>'
    ) in to_html(select("area", "Area", choices, "k"))


def test_a_page_that_lists_the_releases_gives_way_when_one_more_is_made(client, workspace):
    before = answer(client, "/about-this-release").text
    made = another_release(workspace, "2026-06-30-20260710T090000000", "2026-06-30")

    assert made.release_id not in before and made.release_id in answer(client, "/about-this-release").text


@pytest.mark.parametrize(
    ("name", "status"), [("127.0.0.1:8050", 200), ("[::1]:8050", 200), ("elsewhere.example", 400), ("[", 400)]
)
def test_only_this_machines_own_names_are_answered(client, name, status):
    assert client.get("/methods", headers={"Host": name}).status_code == status
    assert client.post(kept.ADDRESS, json=page_request("/"), headers={"Host": name}).status_code == status
