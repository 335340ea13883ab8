"""What the server sends can be read at once, with its charts, and gives way without taking anything from the reader."""

import pytest
from states import CHANGED_RETURN, COMPARE, CONVERSION, PROFILE, TRENDS
from visiting import settle, violations

REGION = f"{COMPARE}?indicator=CV2&group=region:E12000001"
STATES = ["/", REGION, CONVERSION, TRENDS, f"{PROFILE}?partnership={CHANGED_RETURN}", f"{REGION}&show=words"]


@pytest.fixture
def first(page):
    """A page whose script never starts, as over a line that broke."""
    page.route("**/dash_renderer*", lambda route: route.abort())
    return page


@pytest.mark.parametrize("state", STATES)
def test_it_is_whole_and_axe_finds_nothing_in_it(first, address, state):
    from axe_playwright_python.sync_playwright import Axe

    first.goto(address + state)

    charts = first.locator("#first-view .app-graph")
    assert charts.count() and first.locator("#first-view .app-graph svg").count() == charts.count()
    assert first.locator("#headline").is_visible()
    assert violations(first, Axe()) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_it_never_scrolls_sideways(first, address, width):
    first.set_viewport_size({"width": width, "height": 800})
    first.goto(address + REGION)

    assert first.evaluate("document.documentElement.scrollWidth") == width


def test_without_scripts_the_charts_are_there_on_a_phone_too(chromium, address):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address + REGION)

    drawing = page.locator("#first-view .app-first-drawing svg").first
    assert drawing.is_visible() and drawing.bounding_box()["width"] <= 390
    context.close()


def test_printed_before_its_script_has_come_it_has_its_charts(first, address):
    first.goto(address + REGION)
    first.set_viewport_size({"width": 1020, "height": 700})  # the width of the paper
    first.emulate_media(media="print")

    drawings = first.locator("#first-view .app-first-drawing svg")
    assert drawings.count() and all(drawing.is_visible() for drawing in drawings.all())


def test_on_a_phone_whose_script_does_not_come_the_charts_are_shown_after_a_while(first, address):
    first.set_viewport_size({"width": 390, "height": 800})
    first.goto(address + REGION)
    drawings = first.locator("#first-view .app-first-drawing svg")
    waits = first.evaluate("document.getAnimations().map(each => each.effect.getTiming().delay)")
    before = drawings.first.is_visible()
    first.evaluate("document.getAnimations().forEach(each => each.finish())")

    assert not before and waits and min(waits) >= 4_000 and max(waits) <= 10_000
    assert all(drawing.is_visible() for drawing in drawings.all())


@pytest.fixture
def held(page, address):
    """A page of whose second half nothing has come yet, and what lets it come."""
    waiting = []
    page.route("**/_dash-update-component**", lambda route: waiting.append(route))
    with page.expect_request("**/_dash-update-component**"):
        page.goto(address + REGION)

    def go_on():
        for route in waiting:
            route.continue_()
        settle(page)

    return page, go_on


def test_charts_stand_where_they_stood_when_the_script_has_drawn_them(held):
    page, go_on = held
    places = "[...document.querySelectorAll('.app-graph')].map(e => e.getBoundingClientRect().top + scrollY)"
    before = page.evaluate(places)
    go_on()

    after = page.evaluate(places)
    assert len(before) == len(after)
    assert all(abs(first - then) <= 2 for first, then in zip(before, after, strict=True))


def test_what_the_reader_did_meanwhile_is_kept(held):
    page, go_on = held
    page.locator("#first-view #group").select_option("region:E12000004")
    page.locator("#first-view details summary").first.click()
    page.locator("#first-view #period").focus()
    page.evaluate("scrollTo(0, 300)")
    is_open = page.locator("#first-view details").first.evaluate("one => one.open")
    go_on()

    assert page.locator("#group").input_value() == "region:E12000004"
    assert page.evaluate("document.activeElement.id") == "period"
    assert page.locator("details").first.evaluate("one => one.open") == is_open
    assert page.evaluate("scrollY") == 300
