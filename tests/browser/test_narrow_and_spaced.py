"""Pages on a narrow screen, at 400% zoom and in the widest spacing that a reader may ask for: nothing is lost."""

import pytest
from states import (
    CHANGED_RETURN,
    COMPARE,
    CONVERSION,
    NO_RETURN,
    PAGES,
    PROFILE,
    PUBLIC_STATES,
    QUALITY,
    RECORDING,
    TIMELINESS,
    TRENDS,
)
from visiting import visit

# WCAG 2.2, 1.4.12: lines 1.5, paragraphs 2, letters 0.12 and words 0.16 times the size of the letters.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
# Words whose box is smaller than they are and hides the rest; drawings and what only screen readers get are no words.
CUT = """() => [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('svg, .app-graph, .govuk-visually-hidden, .govuk-skip-link') && e.childElementCount === 0)
    .filter(e => e.textContent.trim() && e.checkVisibility())
    .filter(e => {
        const hides = ['hidden', 'clip'];
        for (let box = e; box && box !== document.body; box = box.parentElement) {
            const style = getComputedStyle(box), [has, shows] = [box.scrollWidth, box.clientWidth];
            if (hides.includes(style.overflowX) && shows && has > shows + 1) return true;
            const [long, seen] = [box.scrollHeight, box.clientHeight];
            if (hides.includes(style.overflowY) && seen && long > seen + 1) return true;
        }
        return false;
    })
    .map(e => e.textContent.trim().slice(0, 60))"""


@pytest.mark.parametrize(
    "path", [*PAGES, f"{PROFILE}?partnership={CHANGED_RETURN}", f"{QUALITY}?partnership={NO_RETURN}"]
)
def test_nothing_scrolls_sideways_or_is_cut_at_320_pixels_and_in_the_widest_spacing(page, address, path):
    page.set_viewport_size({"width": 320, "height": 800})
    visit(page, address + path)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(CUT) == []
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("path", PAGES)
def test_in_the_widest_spacing_nothing_is_cut_or_laid_over_the_next_on_a_wide_screen(page, address, path):
    visit(page, address + path)
    page.add_style_tag(content=SPACING)

    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    assert page.evaluate(CUT) == []
    assert overlapping(page) == []


# Lists whose chosen words are wider than the room before their arrow.
CUT_IN_LISTS = """() => [...document.querySelectorAll('main select')].filter(list => {
    const style = getComputedStyle(list), pen = document.createElement('canvas').getContext('2d');
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const arrow = 20, room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
    return pen.measureText(list.selectedOptions[0].textContent).width > room;
}).map(list => list.selectedOptions[0].textContent)"""


@pytest.mark.parametrize("path", PAGES)
def test_on_a_wide_screen_what_is_chosen_can_be_read_whole_in_its_list(page, address, path):
    visit(page, address + path)

    assert page.evaluate(CUT_IN_LISTS) == []


@pytest.mark.parametrize("path", PAGES)
def test_at_400_percent_the_whole_page_is_there_in_one_column(chromium, address, path):
    """A window of 1,280 by 1,024 pixels at 400% has 320 by 256 of them."""
    context = chromium.new_context(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    page = context.new_page()
    visit(page, address + path)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert overlapping(page) == []
    context.close()


@pytest.mark.parametrize("state", PUBLIC_STATES)
def test_what_the_public_sees_fits_a_narrow_screen(page, public_address, state):
    page.set_viewport_size({"width": 320, "height": 800})
    visit(page, public_address + state)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


# Tables whose numbers begin in the second or third column, of which the first number is out of sight.
UNSEEN = """() => [...document.querySelectorAll('.app-table__scroll')].filter(box => {
    const [row, table] = [box.querySelector('tbody tr'), box.querySelector('table')];
    const at = [...row.children].findIndex(cell => cell.matches('.govuk-table__cell--numeric'));
    const counts = (at === 1 || at === 2) && !table.matches('.app-table--prose');
    return counts && row.children[at].getBoundingClientRect().right > box.getBoundingClientRect().right + 1;
}).map(box => box.querySelector('table').id)"""
# Words that run out of their cell, into the number beside it.
BEYOND_THEIR_CELL = """() => [...document.querySelectorAll('main td, main th')]
    .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent.slice(0, 40))"""
# Names that have left the screen, or cover more than half of it, when a table has been scrolled to its end.
LOST_NAMES = """() => [...document.querySelectorAll('.app-table__scroll')].filter(box => {
    box.scrollLeft = box.scrollWidth;
    const [name, room] = [box.querySelector('tbody th').getBoundingClientRect(), box.getBoundingClientRect()];
    return box.scrollLeft > 0 && (Math.abs(name.left - room.left) > 1 || name.width > room.width / 2);
}).map(box => box.querySelector('table').id)"""


@pytest.mark.parametrize("path", ["/", TRENDS, CONVERSION, TIMELINESS, RECORDING, COMPARE])
def test_a_phone_shows_a_name_with_a_number_of_every_table_and_keeps_the_name_while_it_scrolls(page, address, path):
    page.set_viewport_size({"width": 390, "height": 844})
    visit(page, address + path)
    page.evaluate("for (const one of document.querySelectorAll('details.govuk-details')) one.open = true")

    assert page.locator("tbody .govuk-table__cell--numeric").count()
    assert page.evaluate(UNSEEN) == []
    assert page.evaluate(LOST_NAMES) == []
    assert page.evaluate(BEYOND_THEIR_CELL) == []


def overlapping(page):
    """Headings, paragraphs, lists, forms and tables that lie over the one before."""
    return page.evaluate("""() => {
        const parts = [...document.querySelectorAll('h1, h2, h3, main p, main li, figure, form, table, summary')]
            .filter(e => e.checkVisibility() && !e.closest('.govuk-visually-hidden, .govuk-skip-link, svg'))
            .filter(e => !e.matches('.govuk-visually-hidden'));
        const found = [];
        for (let n = 1; n < parts.length; n++) {
            const [one, two] = [parts[n - 1], parts[n]];
            if (one.contains(two)) continue;
            const [a, b] = [one.getBoundingClientRect(), two.getBoundingClientRect()];
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 2 && high > 2) found.push([one.textContent.slice(0, 40), two.textContent.slice(0, 40)]);
        }
        return found;
    }""")
