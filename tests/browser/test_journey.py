"""One reader's journey in a real browser, by keyboard, and what no unit test can see: focus, axe, width, requests."""

import re

import pytest
from states import (
    ASKED_BEFORE,
    CHANGED_RETURN,
    COMPARE,
    CONVERSION,
    PAGES,
    PROFILE,
    PUBLIC_STATES,
    QUALITY,
    RECOMMENDATIONS,
    RECORDING,
    STATES,
    TIMELINESS,
    TRENDS,
)
from visiting import focused, fold_all, settle, tab_to, violations, visit


def test_from_trends_to_comparison_by_keyboard_alone(page, address):
    outside = []
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(address) else None)
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    visit(page, address + TRENDS)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    tab_to(page, "Compare partnerships")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{COMPARE}")
    settle(page)

    tab_to(page, "indicator")
    page.keyboard.type("Rapid reviews that led")
    tab_to(page, "group")
    page.keyboard.type("North East")
    tab_to(page, "Update the page")
    page.keyboard.press("Enter")
    page.wait_for_url("**indicator=CV3**")
    settle(page)

    assert "group=region%3AE12000001" in page.url
    assert "led to a local review, North East" in page.locator("#comparison-table caption").inner_text()
    assert re.search(r"None of the \d+|\d+ of \d+ partnerships", page.locator("#headline").inner_text())

    page.go_back()
    page.wait_for_url(lambda url: "indicator" not in url)
    settle(page)
    assert page.locator("#indicator").input_value() == "NT2"
    assert outside == []
    assert complaints == []


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_with_everything_unfolded(page, address, state):
    from axe_playwright_python.sync_playwright import Axe

    visit(page, address + state)
    fold_all(page, is_open=True)

    assert violations(page, Axe(), state) == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_with_everything_folded(page, address, path):
    from axe_playwright_python.sync_playwright import Axe

    visit(page, address + path)
    fold_all(page, is_open=False)

    assert violations(page, Axe()) == []


@pytest.mark.parametrize("state", PUBLIC_STATES)
def test_axe_finds_nothing_on_what_the_public_sees(page, public_address, state):
    from axe_playwright_python.sync_playwright import Axe

    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    visit(page, public_address + state)
    fold_all(page, is_open=True)

    assert violations(page, Axe(), state, "public") == []
    assert complaints == []


FOCUSED = """() => {
    const stops = [...document.querySelectorAll('a[href], select, textarea, button, summary, [tabindex="0"]')]
        .filter(e => !e.closest('svg, noscript') && e.checkVisibility());
    const style = getComputedStyle(document.activeElement);
    return [stops.indexOf(document.activeElement), stops.length,
        parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none'];
}"""


@pytest.mark.parametrize(
    "path", [*PAGES, f"{ASKED_BEFORE}?text=Information+sharing", f"{QUALITY}?partnership={CHANGED_RETURN}"]
)
def test_tab_visits_every_control_in_order_and_never_sticks(page, address, path):
    visit(page, address + path)
    _, stops, _ = page.evaluate(FOCUSED)
    for expected in range(stops):
        page.keyboard.press("Tab")
        place, _, shows_focus = page.evaluate(FOCUSED)
        assert place == expected
        assert shows_focus, f"stop {place} shows no focus"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED)[0] == stops - 2


@pytest.mark.parametrize(
    "path",
    [TRENDS, CONVERSION, TIMELINESS, RECORDING, RECOMMENDATIONS, COMPARE, f"{PROFILE}?partnership={CHANGED_RETURN}"],
)
def test_every_chart_is_an_image_with_words_and_a_table(page, address, path):
    visit(page, address + path)
    charts = page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')].map(e => {"
        " const image = e.closest('[role=img]'), section = e.closest('section');"
        " return [image && image.getAttribute('aria-label').length, !!section.querySelector('h2'),"
        "  !!section.querySelector('details table')] })"
    )

    assert charts
    assert all(letters >= 40 and heading and table for letters, heading, table in charts)
    assert page.locator(".modebar-btn").count() == 0


def test_a_breakdown_is_chosen_by_keyboard_and_stays_in_the_address(page, address):
    visit(page, f"{address}{COMPARE}?indicator=DM1")
    tab_to(page, "breakdown")
    page.keyboard.type("Disability, at rapid review")
    tab_to(page, "Update the page")
    page.keyboard.press("Enter")
    page.wait_for_url("**breakdown=disability%3Arapid_review**")
    settle(page)

    assert "(disability, at rapid review)" in page.locator("#comparison-table caption").inner_text()


def test_the_chart_and_its_table_hold_the_same_numbers(page, address):
    visit(page, f"{address}{COMPARE}?indicator=CV2&group=region:E12000001")
    drawn = page.evaluate(
        "document.querySelector('.js-plotly-plot').data.flatMap("
        "  t => Array.from(t.hovertext).map((words, i) => [words.split(':')[0], t.x[i]]))"
    )
    told = page.evaluate(
        "[...document.querySelectorAll('#comparison-table tbody tr')].map(r =>"
        " [r.querySelector('th').innerText, r.children[1].innerText, r.children[2].innerText])"
    )
    shares = {
        name: 100 * int(cases) / int(of) for name, cases, of in told if cases.isdigit() and of.isdigit() and of != "0"
    }

    assert drawn
    assert all(abs(shares[name] - x) < 1e-6 for name, x in drawn)


def test_without_scripts_every_sentence_and_table_is_still_there(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + COMPARE)

    assert page.locator("h1").inner_text() == "Do partnerships differ by more than chance?"
    assert page.locator("#comparison-table tbody tr").count() > 3
    context.close()


def test_one_partnerships_return_is_reached_by_keyboard_and_without_scripts(page, chromium, address):
    visit(page, address + QUALITY)
    tab_to(page, "region")
    page.keyboard.type("North East")
    tab_to(page, "Update the page")
    page.keyboard.press("Enter")
    page.wait_for_url("**region=E12000001**")
    settle(page)
    name = page.locator("#partnerships-table tbody th").first.inner_text()
    tab_to(page, name)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "partnership=&" not in url and not url.endswith("partnership="))
    settle(page)
    assert page.locator("#region").input_value() == "E12000001"

    context = chromium.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page.url)
    for table in ("received-table", "partnerships-table", "national-table", "rules-table"):
        assert plain.locator(f"#{table}").inner_text() == page.locator(f"#{table}").inner_text()
    context.close()


def test_a_set_of_ones_own_is_made_by_keyboard_and_kept_in_the_address_without_scripts(page, chromium, address):
    visit(page, f"{address}{COMPARE}?group=own:{CHANGED_RETURN}")
    tab_to(page, "add")
    page.keyboard.type("Nottingham")
    tab_to(page, "Update the page")
    page.keyboard.press("Enter")
    page.wait_for_url("**add=**")
    settle(page)
    told = page.locator("#comparison-table tbody th").all_inner_texts()
    assert told[0] == "England" and len(told) == 3

    context = chromium.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page.url)
    assert plain.locator("#comparison-table tbody th").all_inner_texts() == told
    plain.locator("#remove").select_option(CHANGED_RETURN)
    plain.get_by_role("button", name="Update the page").click()
    assert plain.locator("#comparison-table tbody th").count() == 2
    context.close()


def test_a_link_on_the_page_leads_to_its_section(page, address):
    visit(page, address + QUALITY)
    page.get_by_role("link", name="A return is checked by").click()

    assert page.locator("#rules-title").bounding_box()["y"] < page.viewport_size["height"]
    page.locator("details", has=page.locator("#rules-table")).locator("summary").click()
    assert page.locator("#rules-table").is_visible()
