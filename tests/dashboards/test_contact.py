"""Whom to tell of a fault stands in the same place on every page (WCAG 3.2.6), as whoever runs this has set it."""

import re

import pytest

from dashboards.app import create_app
from throughline.release import Viewer

PAGES = ["/", "/timeliness", "/accessibility", "/not-there"]


def pages(workspace, monkeypatch, contact):
    monkeypatch.setenv("THROUGHLINE_CONTACT", contact)
    client = create_app(workspace, Viewer.public()).server.test_client()
    return [client.get(path).text for path in PAGES]


def footer(text):
    return re.sub(r"<[^>]+>", "", text[text.index("<footer") : text.index("</footer>")])


def test_an_address_can_be_mailed_to_from_every_page_and_the_statement(made_up_workspace, monkeypatch):
    texts = pages(made_up_workspace, monkeypatch, "help@example.org")

    assert all('href="mailto:help@example.org"' in text for text in texts)
    assert len({footer(text) for text in texts}) == 1
    assert texts[2].count('href="mailto:help@example.org"') == 2


@pytest.mark.parametrize("contact", ["Ada of the data team, 020 7946 0000", "<b>me</b>", 'a@b.c" onclick="x'])
def test_words_are_shown_as_words_and_never_as_a_link(made_up_workspace, monkeypatch, contact):
    text = pages(made_up_workspace, monkeypatch, contact)[0]

    assert "mailto:" not in text and "<b>me" not in text and 'onclick="x' not in text
    assert "Tell " in footer(text)


def test_without_a_setting_it_says_who_can_be_asked(made_up_workspace, monkeypatch):
    for text in pages(made_up_workspace, monkeypatch, "  "):
        assert "Ask whoever runs this installation, and give the address of the page." in footer(text)
