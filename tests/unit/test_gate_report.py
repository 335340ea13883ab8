"""The gate's page: what it says first, and that it stands by itself."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from throughline import gate_report
from throughline.gate import GateResult


class Page(HTMLParser):
    """What matters of a page: links, what it fetches, headings and the rows of its tables."""

    def __init__(self, text):
        super().__init__()
        self.fetched, self.links, self.ids, self.headings = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.fetched += [tag] if tag in ("script", "img", "link", "iframe", "object") else []
        self.links += [named["href"]] if "href" in named else []
        self.ids += [named["id"]] if "id" in named else []
        self.headings += [int(tag[1])] if re.fullmatch("h[1-6]", tag) else []


def results_of(**outcomes):
    base = GateResult("G1", "areas", "Expect", "error", True, "Areas are named.", "An area has no name.", 10, 0)
    named = {"failed": {"success": False}, "note": {"success": False, "severity": "note"}, "passed": {}}
    return [
        replace(base, expectation_id=f"G{place}", **named[outcome])
        for place, (outcome, number) in enumerate(outcomes.items())
        for _ in range(number)
    ]


def test_the_page_stands_by_itself_and_every_link_of_it_leads_somewhere():
    page = Page(text := gate_report.render(results_of(passed=3, note=1), "2026-03-31-1", "2026-03-31", True))
    assert page.fetched == []
    assert {link.lstrip("#") for link in page.links} <= set(page.ids)
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))
    assert '<html lang="en-GB">' in text and "31 March 2026" in text and "no real child" in text


@pytest.mark.parametrize(
    ("outcomes", "summary"),
    [
        ({"passed": 3}, "No check failed"),
        ({"passed": 3, "note": 2}, "No check failed"),
        ({"passed": 3, "failed": 1}, "1 of 4 checks failed"),
        ({}, "Nothing was checked"),
    ],
)
def test_the_page_says_first_how_it_went(outcomes, summary, tmp_path):
    results = results_of(**outcomes)
    page = gate_report.write(results, tmp_path, "2026-03-31-1", "2026-03-31", False)
    text = page.read_text(encoding="utf-8")
    assert page.name == "gate.html" and f"<strong>{summary}</strong>" in text
    assert "no real child" not in text
    if not results:
        assert 'class="answer failed"' in text
    # A failure says what is wrong; a check that passed says what holds.
    assert ("An area has no name." in text) == any(not result.success for result in results)


def test_a_check_that_had_nothing_to_look_at_says_so():
    [result] = results_of(passed=1)
    assert gate_report.in_words(result) == "Passed"
    assert gate_report.in_words(replace(result, rows_examined=0)) == "Passed, with nothing to look at"
