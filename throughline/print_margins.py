"""What stands in the margins of each printed page, of a page and of a pack alike."""

PARTS = {"\\": "\\\\", '"': "\\22 ", "<": "\\3C ", "\n": " "}


def quoted(text: str) -> str:
    """A text inside a style sheet's quotes, where neither quote nor tag may end it early."""
    return '"' + "".join(PARTS.get(letter, letter) for letter in text) + '"'


def margins(page: str = "", **boxes: str) -> str:
    """The rule for pages of one name, or for all: top_left="Leeds" stands at the top left of each."""
    held = " ".join(f"@{name.replace('_', '-')} {{ content: {quoted(text)}; }}" for name, text in boxes.items() if text)
    return f"@page {page} {{ {held} }}" if page else f"@page {{ {held} }}"
