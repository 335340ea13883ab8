"""Texts of one chart keep apart, on a phone and on a wide screen, as the server draws it and as the script does."""

import pytest
from states import ASKED_BEFORE, CHANGED_RETURN, PAGES, PAIRS, PROFILE, PUBLIC_STATES, QUALITY
from visiting import visit

PHONE, WIDE = 390, 1280
# Pages of words and tables; a partnership's profile has charts, that of the first by name has none in this release.
UNCHARTED = [QUALITY, PROFILE, ASKED_BEFORE, PAIRS, "/methods", "/about-this-release", "/accessibility"]
CHARTED = [
    *(path for path in PAGES if path not in UNCHARTED),
    f"{PROFILE}?partnership={CHANGED_RETURN}",
    "/?area=E12000004",
]
# Two texts meet when they share some of a line and less than the width of a thin letter is between them. What the
# server drew is looked at when it has just come: the script takes it away. It is drawn for a wide screen, and where a
# script runs a narrower one does not show it.
LOOK = """
window.meeting = (charts) => {
    const found = [];
    for (const chart of charts) {
        const texts = [...chart.querySelectorAll('text')]
            .filter(text => text.textContent.trim() && text.checkVisibility({ visibilityProperty: true }))
            .map(text => [text.textContent.trim(), text.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0);
        for (let n = 0; n < texts.length; n++) for (const [words, two] of texts.slice(n + 1)) {
            const one = texts[n][1];
            const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
            const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
            if (wide > -3 && high > 2) found.push([texts[n][0], words]);
        }
    }
    return found;
};
document.addEventListener('DOMContentLoaded', () => {
    window.drawn = document.querySelectorAll('.app-first-drawing svg').length;
    window.meetingAsDrawn = meeting(document.querySelectorAll('.app-first-drawing svg'));
});
"""


@pytest.fixture(scope="module", params=[PHONE, WIDE])
def looking(request, chromium):
    """A page of one width that looks at the texts of its charts."""
    context = chromium.new_context(viewport={"width": request.param, "height": 900})
    context.add_init_script(LOOK)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", CHARTED)
def test_no_text_of_a_chart_meets_another(looking, address, path):
    visit(looking, address + path)

    live = looking.evaluate("document.querySelectorAll('.js-plotly-plot').length")
    assert looking.evaluate("window.drawn") == live > 0
    assert looking.evaluate("window.meetingAsDrawn") == []
    assert looking.evaluate("meeting(document.querySelectorAll('.js-plotly-plot'))") == []


@pytest.mark.parametrize("state", PUBLIC_STATES)
def test_no_text_of_a_chart_that_the_public_sees_meets_another(looking, public_address, state):
    visit(looking, public_address + state)

    assert looking.evaluate("window.meetingAsDrawn") == []
    assert looking.evaluate("meeting(document.querySelectorAll('.js-plotly-plot'))") == []
