"""A chart read point by point with the arrow keys: what is announced, what is marked, and that nobody is caught."""

import pytest
from test_journey import CHANGED_RETURN, COMPARE, PROFILE, RECORDING, TRENDS, tab_to, violations, visit

NORTH_EAST = f"{COMPARE}?indicator=CV2&group=region:E12000001"


def begin(page, finding=0):
    """Opens the reader of one of the page's findings, as Enter on its button does."""
    page.locator(".app-reading__start").nth(finding).focus()
    page.keyboard.press("Enter")


def said(page):
    """What is announced now, on the whole page."""
    return " ".join(page.locator(".app-reading__words").all_inner_texts()).strip()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    return said(page)


def ring(page):
    """The middle of the mark in the drawing; none where there is no mark."""
    boxes = [mark.bounding_box() for mark in page.locator(".app-reading__mark").all()]
    assert len(boxes) <= 1
    return [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]


def markers(page, chart):
    """The middle of each marker that Plotly drew of a chart, trace after trace."""
    return page.evaluate(
        "chart => [...document.querySelectorAll(`#${chart} .scatterlayer .points path`)].map(each => {"
        " const box = each.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] })",
        chart,
    )


def table_rows(page):
    """Name, cases, out of, and value of each partnership that the table gives a number."""
    rows = page.eval_on_selector_all(
        "#comparison-table tbody tr", "rows => rows.map(row => [...row.children].map(cell => cell.innerText))"
    )
    return [row[:5] for row in rows[2:] if row[1].isdigit() and "[" not in row[3]]


def test_the_arrows_walk_the_partnerships_in_name_order_with_the_tables_words(page, address):
    visit(page, address + NORTH_EAST)
    rows = table_rows(page)
    begin(page)
    heard = [said(page), *(press(page, "ArrowRight") for _ in rows[1:])]

    assert len(rows) > 3
    assert [name for name, *_ in rows] == sorted(name for name, *_ in rows)
    for place, (words, (name, cases, out_of, value, interval)) in enumerate(zip(heard, rows, strict=True), start=1):
        shown = value if " of " in value else f"{value}, {cases} of {out_of}"
        assert words.startswith(f"{name}: {shown}")
        assert words.endswith(f"95% interval {interval} (point {place} of {len(rows)})")
    assert press(page, "ArrowRight") == heard[-1]
    assert press(page, "ArrowLeft") == heard[-2]
    assert press(page, "Home") == heard[0]
    assert press(page, "End") == heard[-1]


def test_the_mark_in_the_drawing_stands_on_the_point_that_is_told(page, address):
    visit(page, address + NORTH_EAST)
    begin(page)
    down = [ring(page)[0]]
    for _ in table_rows(page)[1:]:
        page.keyboard.press("ArrowRight")
        down += ring(page)
    drawn = sorted(markers(page, "comparison-dots"), key=lambda middle: middle[1])

    assert len(down) == len(drawn)
    for mark, point in zip(down, drawn, strict=True):
        assert mark == pytest.approx(tuple(point), abs=1)


def test_a_bar_is_marked_inside_itself_also_where_it_is_one_part_of_several(page, address):
    for path, chart in ((f"{PROFILE}?partnership={CHANGED_RETURN}", "timeline-nt1"), (RECORDING, "ladder-chart")):
        visit(page, address + path)
        figure = page.locator("figure", has=page.locator(f"#{chart}"))
        figure.locator("button").focus()
        page.keyboard.press("Enter")
        while not page.locator(f"#{chart} .app-reading__mark").count():
            page.keyboard.press("ArrowDown")
        ((x, y),) = ring(page)
        bars = [bar.bounding_box() for bar in page.locator(f"#{chart} .barlayer .point path").all()]
        hit = [
            bar for bar in bars if bar["x"] < x < bar["x"] + bar["width"] and bar["y"] < y < bar["y"] + bar["height"]
        ]

        assert len(hit) == 1, chart
        assert x == pytest.approx(hit[0]["x"] + hit[0]["width"] / 2, abs=2)
        assert y == pytest.approx(hit[0]["y"] + hit[0]["height"] / 2, abs=2)


def test_a_window_of_another_width_has_no_mark_in_the_wrong_place(page, address):
    from playwright.sync_api import expect

    visit(page, address + NORTH_EAST)
    begin(page)
    drawing = page.locator("#comparison-dots svg.main-svg").first
    before = drawing.get_attribute("width")
    page.set_viewport_size({"width": 700, "height": 900})
    page.wait_for_selector(".app-reading__mark", state="detached")
    expect(drawing).not_to_have_attribute("width", before)  # Plotly draws anew a moment later
    page.keyboard.press("ArrowRight")
    middles = sorted(markers(page, "comparison-dots"), key=lambda middle: middle[1])

    assert ring(page)[0] == pytest.approx(tuple(middles[1]), abs=1)


def test_another_series_is_entered_at_the_same_year(page, address):
    visit(page, address + TRENDS)
    begin(page)
    years = page.eval_on_selector_all("#series-table tbody tr", "rows => rows.map(row => row.children[0].innerText)")
    first_year = said(page)
    last = press(page, "End")
    returns = press(page, "ArrowDown")
    back = press(page, "ArrowUp")

    assert first_year.startswith(f"Published by DfE, {years[0]}: ")
    assert last.startswith("Published by DfE, ") and "series 1 of 2" in last
    assert returns.startswith(last.split(":")[0].replace("Published by DfE", "Returns (synthetic)"))
    assert "series 2 of 2" in returns
    assert back == last
    assert press(page, "ArrowUp") == last


def test_charts_side_by_side_share_one_stop_and_say_which_of_them_is_read(page, address):
    visit(page, address + TRENDS)
    figure = page.locator("figure", has=page.locator("#nature-child-death"))
    assert figure.locator("button").count() == 1

    figure.locator("button").focus()
    page.keyboard.press("Enter")
    heard = [said(page), *(press(page, "ArrowDown") for _ in range(5))]

    titles = page.locator(".app-panels").first.locator("h3").all_inner_texts()
    assert [words.split(". ")[0] for words in heard] == [title for title in titles for _ in range(2)]
    assert page.locator("#nature-other .app-reading__mark").count() == 1


def test_small_drawings_of_one_chart_are_a_series_each_and_tell_hidden_years(page, address):
    visit(page, address + NORTH_EAST)
    begin(page, 1)
    rows = page.eval_on_selector_all(
        "#trends-table tbody tr", "rows => rows.map(row => [...row.children].map(cell => cell.innerText))"
    )
    years = [year[:4] for year in page.locator("#trends-table thead th").all_inner_texts()[1:]]

    for row in rows:
        for year, cell in zip(years, row[1:], strict=True):
            words = said(page)
            assert words.startswith(f"{row[0]}, {year}: ")
            if cell.startswith("["):
                assert "no figure" in words
            else:
                assert f": {cell.split(' (')[0]}" in words
            page.keyboard.press("ArrowRight")
        press(page, "ArrowDown", "Home")


@pytest.mark.parametrize("key", ["ArrowRight", "Enter", " "])
def test_reading_begins_from_the_button_and_escape_leads_back_to_it(page, address, key):
    visit(page, address + NORTH_EAST)
    button = page.locator(".app-reading__start").first
    button.focus()
    page.keyboard.press(key)
    assert "point 1 of" in said(page)
    press(page, "ArrowRight", "Escape")

    assert button.evaluate("button => button === document.activeElement")
    assert said(page) == ""
    assert ring(page) == []


def test_tab_leaves_in_both_directions_and_takes_words_and_mark_away(page, address):
    visit(page, address + NORTH_EAST)
    begin(page)
    page.keyboard.press("Tab")
    after = page.evaluate("document.activeElement.tagName")
    assert (said(page), ring(page), after) == ("", [], "SUMMARY")

    begin(page)
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.className") == "app-reading__start"
    assert (said(page), ring(page)) == ("", [])


def test_a_second_chart_takes_over_from_the_first(page, address):
    visit(page, address + NORTH_EAST)
    begin(page)
    page.locator(".app-reading__start").nth(1).click()

    assert len(ring(page)) == 1
    assert page.locator("#trends-chart .app-reading__mark").count() == 1
    assert "series 1 of" in said(page)


def test_the_keys_of_browser_and_page_are_left_alone(page, address):
    visit(page, address + NORTH_EAST)
    begin(page)
    first = said(page)

    assert press(page, "Control+ArrowRight", "Shift+ArrowRight", "x", "PageDown") == first
    press(page, "Escape", "ArrowDown")
    assert said(page) == ""


def test_nothing_takes_room_until_it_is_used_and_the_first_chart_of_a_page_has_the_hint(page, address):
    visit(page, address + TRENDS)
    heights = page.eval_on_selector_all(".app-reading__points", "all => all.map(each => each.offsetHeight)")
    hints = page.locator(".app-reading__keys")

    assert set(heights) == {0}
    assert hints.first.is_visible()
    assert not any(hint.is_visible() for hint in hints.all()[1:])
    page.locator(".app-reading__start").nth(1).focus()
    assert hints.nth(1).is_visible()
    begin(page, 1)
    assert not hints.nth(1).is_visible()


def test_a_page_that_is_drawn_again_is_read_like_the_first(page, address):
    visit(page, address + NORTH_EAST)
    begin(page)
    tab_to(page, "indicator")
    page.keyboard.type("Rapid reviews that led")
    tab_to(page, "Update the page")
    page.keyboard.press("Enter")
    page.wait_for_url("**indicator=CV3**")
    page.wait_for_selector("#comparison-dots .main-svg")
    begin(page)

    assert "point 1 of" in said(page)
    assert len(ring(page)) == 1


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (NORTH_EAST, "(point 2 of"),
        (TRENDS, "(point 2 of"),
        (f"{PROFILE}?partnership={CHANGED_RETURN}", "(point 1 of 1)"),  # one open review
    ],
)
def test_axe_finds_nothing_while_a_chart_is_read(page, address, path, place):
    from axe_playwright_python.sync_playwright import Axe

    visit(page, address + path)
    begin(page)
    press(page, "ArrowRight")

    assert place in said(page)
    assert violations(page, Axe()) == []


def accessible(page):
    """What a screen reader is given of each element of the page: role, name, and properties."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        {
            "role": node.get("role", {}).get("value"),
            "name": node.get("name", {}).get("value", ""),
            "description": node.get("description", {}).get("value", ""),
            **{one["name"]: one["value"].get("value") for one in node.get("properties", [])},
        }
        for node in nodes
        if not node["ignored"]
    ]


def test_a_screen_reader_is_given_a_button_that_stands_alone_a_place_for_keys_and_words_that_speak(page, address):
    visit(page, address + NORTH_EAST)
    begin(page)
    words = said(page)
    given = accessible(page)
    headings = [one["name"] for one in given if one["role"] == "heading"]
    buttons = [one for one in given if one["role"] == "button" and "point by point" in one["name"]]
    place = next(one for one in given if one["role"] == "application")
    live = [one for one in given if one.get("live") == "polite" and one["role"] == "paragraph"]

    assert len(buttons) == page.locator("figure").count()
    for one in buttons:
        assert one["name"].split(": ", 1)[1].strip() in headings
        assert "next and previous point" in one["description"]
    assert place["name"] == "Points" and place["focused"]
    assert any(one["role"] == "StaticText" and one["name"] == words for one in given)
    assert live and all(one["atomic"] for one in live)


def test_without_scripts_there_is_no_button_that_does_nothing(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address + NORTH_EAST)

    assert plain.get_by_text("point by point").first.is_hidden()
    assert plain.locator("#comparison-table").count() == 1
    context.close()
