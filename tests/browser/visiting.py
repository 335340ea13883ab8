"""What a reader does in a browser: opens a page, waits until it is complete, goes on by keyboard, looks with axe."""

import axe_results

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def visit(page, address):
    """Opens a page and waits until its charts are drawn."""
    page.goto(address)
    settle(page)


def settle(page):
    """Waits until the page that the server sent has given way to the one with charts that answer."""
    page.wait_for_selector("#first-view", state="detached")


def fold_all(page, is_open):
    """Opens or closes every part that can be folded away, with whatever stands inside another."""
    page.evaluate("is_open => document.querySelectorAll('details').forEach(one => { one.open = is_open })", is_open)


def focused(page):
    """The id or the words of what has the focus."""
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def tab_to(page, wanted, limit=80):
    """Presses Tab until what is wanted has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
    raise AssertionError(f"Tab never reached {wanted!r}")


def update(page):
    """Sends the form and waits for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name="Update the page").click()
    settle(page)


def violations(page, axe, state="", reader="panel"):
    """What axe finds, with the first piece of the page that has it; written down for the accessibility statement."""
    response = axe.run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    found = response["violations"]
    if state:
        axe_results.write(state, reader, response)
    return [(each["id"], each["nodes"][0]["html"][:120]) for each in found]
