"""What no page of ours would ask is refused in words, and no answer shows the inside of the program."""

import json

import pytest
from made_up_release import write_release

from benchmarks.pages import page_request
from dashboards import kept
from dashboards.app import create_app
from throughline.release import Viewer

JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    server = create_app(write_release(tmp_path_factory.mktemp("held"), ("E12000001",)), Viewer.public()).server
    return server.test_client()


def changed(**other):
    """A page's question with something else in it."""
    return json.dumps({**page_request("/"), **other})


WRONG = {
    "broken": "{",
    "nothing": "",
    "not text": b"\xff\xfe",
    "a list": "[]",
    "null": "null",
    "deeper than there is room": "[" * 100_000,
    "an empty question": "{}",
    "no output that there is": changed(output="another.children"),
    "one that a browser answers": changed(output="_pages_dummy.children"),
    "an output that is no text": changed(output=["_pages_content.children"]),
    "no outputs": changed(outputs=None),
    "inputs that are text": changed(inputs="/"),
    "inputs that are numbers": changed(inputs=[1, 2]),
    "inputs of nothing": changed(inputs=[{}, {}]),
    "one input too few": changed(inputs=page_request("/")["inputs"][:1]),
    "an address that is a number": changed(inputs=[{**one, "value": 5} for one in page_request("/")["inputs"]]),
    "a state that is not": changed(state=[1]),
    "changes that are a number": changed(changedPropIds=5),
}


@pytest.mark.parametrize("sent", WRONG.values(), ids=WRONG)
def test_what_is_no_question_of_a_page_is_refused_in_words(client, sent):
    answer = client.post(kept.ADDRESS, data=sent, headers=JSON)

    assert answer.status_code == 400 and answer.mimetype == "text/plain"
    assert "Open a page by its own address" in answer.text and len(answer.text) < 200


def test_a_question_that_does_not_say_it_is_json_is_refused_in_words(client):
    answer = client.post(kept.ADDRESS, data=json.dumps(page_request("/")), headers={"Content-Type": "text/plain"})

    assert answer.status_code == 400 and answer.mimetype == "text/plain"


@pytest.mark.parametrize("address", ["/", "/no-such-page", "/?area=%00&area=x"])
def test_what_a_page_asks_is_answered(client, address):
    assert client.post(kept.ADDRESS, json=page_request(address)).json["response"]["_pages_content"]


@pytest.mark.parametrize("path", ["dash/no.js", "none/at/all", "dash/..%2f..%2fapp.py"])
def test_a_file_of_dash_that_is_not_there_is_not_found(client, path):
    answer = client.get(f"/_dash-component-suites/{path}")

    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    assert "registered" not in answer.text


def test_a_page_at_fault_says_so_and_shows_nothing_of_the_program(client, monkeypatch):
    monkeypatch.setattr("dashboards.app.title_of", lambda *_: 1 / 0)
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get("/methods?fault=1")

    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    assert "try again" in answer.text and "Traceback" not in answer.text and "ZeroDivisionError" not in answer.text
