"""Reads what a form sent in the address: an unknown value becomes a message in words, never an error page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from throughline.spreadsheet_safety import without_controls


@dataclass(frozen=True)
class Choice:
    """One thing that can be chosen; `group` puts it under a heading in the list."""

    value: str
    label: str
    group: str | None = None


def in_order_of_label(choices: Iterable[Choice]) -> list[Choice]:
    """In the order of what the list shows: a whole name may begin with words that the list leaves out."""
    return sorted(choices, key=lambda choice: choice.label)


@dataclass
class Query:
    """The values in an address, without what no file could hold of them, and what was wrong with them."""

    given: Mapping[str, str | None]
    problems: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.given = {name: value and without_controls(value) for name, value in self.given.items()}

    def choose(self, name: str, what: str, choices: Sequence[Choice], default: str) -> str:
        """The value given for `name` if it may be chosen, else the default and a message."""
        wanted = self.given.get(name)
        if not wanted:
            return default
        if any(choice.value == wanted for choice in choices):
            return wanted
        self.problems[name] = f"The {what} in the address is not one that can be chosen. Choose another from the list."
        return default
