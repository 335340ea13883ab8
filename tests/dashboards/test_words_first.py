"""Words and tables before charts, for those who prefer them; and long tables that wait to be opened."""

import re
from html import unescape

from made_up_release import RELEASE_ID

from dashboards.report_page import FEW_ROWS

COMPARE = "/compare-partnerships?indicator=CV2&group=region:E12000001"


def sections(text):
    return re.findall(r'<section class="app-finding".*?</section>', text, re.S)


def links(text):
    return [unescape(link) for link in re.findall(r'<a [^>]*href="(/[^"]*)"', text)]


def test_a_page_with_charts_offers_words_first_as_an_address(reader):
    offered = [link for link in links(reader.get(COMPARE).text) if "show=words" in link]

    assert len(offered) == 1 and "indicator=CV2" in offered[0]
    assert "Show the charts before words and tables" in reader.get(offered[0]).text


def test_in_words_the_alternative_is_read_first_then_the_table_and_the_chart_is_folded_away(reader):
    first = sections(reader.get(f"{COMPARE}&show=words").text)[0]

    said = re.search(r'<p class="govuk-body app-prose">(.*?)</p>', first)[1]
    assert len(said) > 40
    folded = re.search(r'<details[^>]*class="govuk-details"[^>]*>', first)[0]  # a term that opens is another
    places = [first.index(part) for part in (said, 'id="comparison-table"', folded, "Show the chart")]
    assert places == sorted(places)
    assert "open" not in folded


def test_whoever_prefers_words_keeps_them_on_the_next_page_and_in_the_form(reader):
    text = reader.get(f"{COMPARE}&show=words").text
    pages = [link for link in links(text) if not link.startswith("/download/")]

    assert all("show=words" in link or "show=charts" in link for link in pages)
    assert not any("show=" in link for link in links(text) if link.startswith("/download/"))
    form = re.search(r"<form.*?</form>", text, re.S)[0]
    (hidden,) = re.findall(r"<select([^>]*)><option([^>]*)>words</option></select>", form)
    assert 'name="show"' in hidden[0] and "hidden" in hidden[0] and 'value="words"' in hidden[1]


def test_the_figures_are_the_same_in_either_order(reader):
    charts, words = (reader.get(f"{COMPARE}&show={order}").text for order in ("charts", "words"))
    # Where a name leads to, words stand first as well; what a cell says is the same.
    pages = [re.sub(r' href="[^"]*"', "", text) for text in (charts, words)]
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", text, re.S) for text in pages]

    assert cells[0] == cells[1] and RELEASE_ID in words


def test_a_long_table_is_folded_and_says_how_long_it_is_and_a_short_one_stands_open(reader):
    found = {}
    for path in (COMPARE, "/methods", "/timeliness"):
        for section in sections(reader.get(path).text):
            details = re.search(r"<details([^>]*)>.*?</details>", section, re.S)
            if details:
                rows = sum(len(re.findall("<tr", body)) for body in re.findall(r"<tbody.*?</tbody>", details[0], re.S))
                found[rows] = (" open" in details[1], f"({rows:,} rows)" in details[0])

    assert any(rows > FEW_ROWS for rows in found) and any(rows <= FEW_ROWS for rows in found)
    for rows, (is_open, tells_length) in found.items():
        assert is_open == (rows <= FEW_ROWS) and tells_length == (rows > FEW_ROWS), rows
