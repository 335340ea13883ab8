"""How a partnership's reply is introduced, and what is said of replies as such."""

from datetime import date

from throughline.wording.values import full_date, listed

HEADING = "What partnerships reply"
NOT_CHECKED = "A reply is the partnership's own and was not checked."


def about(written_on: date, role: str, as_at_date: str) -> str:
    """When and in what role a reply was written, and to which figures."""
    figures = full_date(date.fromisoformat(as_at_date))
    return f"Written on {full_date(written_on)} ({role.lower()}), about the figures as at {figures}."


def heading(who: str) -> str:
    """Whose reply it is."""
    return f"{who} replies"


def in_one_line(who: str, said: str, text: str) -> str:
    """A reply where there is room for words alone."""
    return f"{who} replies: {text} ({said.rstrip('.')}. {NOT_CHECKED.rstrip('.')}.)"


def stand_elsewhere(names: list[str]) -> str:
    """Where the replies are, for a picture that has no room for several."""
    return f"{listed(names)} reply to these figures; their words stand on the page and with its tables."
