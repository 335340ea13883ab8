"""What an analysis has to say, whoever shows it: the page, the notebook and the pack lay out the same report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

import plotly.graph_objects as go

from throughline.query import Choice

NOTHING_SAID = {
    ("breakdown", "total"),
    ("add", ""),
    ("remove", ""),
    ("partnership", "none"),
}  # choices that choose nothing
RELEASE = "release"  # the name in an address that says which release a view is of


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading and whether it holds numbers."""

    heading: str
    numeric: bool = False


@dataclass(frozen=True)
class Link:
    """Words in a table's cell that lead to another view; in a file only the words stay."""

    words: str
    address: str


@dataclass(frozen=True)
class Term:
    """Words that name a measure, with what the catalogue says of it; in a file its notes hold that."""

    words: str
    meaning: str


@dataclass(frozen=True)
class Strong:
    """Words that stand out in a table, because somebody has to act on them; in a file only the words stay."""

    words: str


Cell = str | Link | Term | Strong


@dataclass(frozen=True)
class Table:
    """Rows as a reader sees them, each cell a text with its symbol where a number is not there."""

    name: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """One drawing with the words that stand in for it; a title where several stand side by side.

    A wide one needs more room than an equal share beside the others.
    """

    name: str
    figure: go.Figure
    alternative: str
    title: str = ""
    is_wide: bool = False


@dataclass(frozen=True)
class KeyFigure:
    """One large number with its label, its interval and where it comes from."""

    label: str
    value: str
    detail: str
    source: str  # "published" or "returns": decides the colour of the edge, which the detail says in words


@dataclass(frozen=True)
class Finding:
    """One thing found: its sentence as heading, what was measured, charts with their key, tables, and the caveat.

    `name` is its anchor in the page and part of the names of its files. Without charts, `notices` say why. One that is
    withheld has nothing that this reader may see: it is told at the end, in a line with its reason. `terms` are the
    measures that it is about, where its tables name none; in files the definitions hold what they mean. One that is
    only asked for waits for a choice that a pack does not have.
    """

    name: str
    heading: str
    measured: str
    charts: Sequence[Chart] = ()
    key: Sequence[tuple[str, str]] = ()  # the mark, a name that the style sheet knows, and what it stands for
    tables: Sequence[Table] = ()
    notices: Sequence[str] = ()
    caveat: str = ""
    is_withheld: bool = False
    terms: Sequence[Term] = ()
    is_only_asked_for: bool = False


@dataclass(frozen=True)
class Filter:
    """One thing that a reader may choose: its name in the address, label, choices and what is chosen now."""

    name: str
    label: str
    choices: Sequence[Choice]
    chosen: str
    problem: str = ""

    @property
    def in_words(self) -> str:
        """What is chosen, as the list shows it."""
        return next((choice.label for choice in self.choices if choice.value == self.chosen), self.chosen)


@dataclass(frozen=True)
class TextFilter:
    """Words that a reader may write instead of choosing from a list."""

    name: str
    label: str
    hint: str
    chosen: str
    problem: str = ""

    @property
    def in_words(self) -> str:
        """What was written."""
        return self.chosen or "nothing written"


@dataclass(frozen=True)
class Statements:
    """A titled set of short statements, each with its reason: a definition, or what may not be concluded."""

    name: str
    title: str
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Reply:
    """What a partnership says of the figures shown of it: its name, when and as whom it was written, and the words."""

    who: str
    about: str
    text: str


@dataclass(frozen=True)
class Elsewhere:
    """Why the place that an address names is not shown, what is shown instead, and where that place can be seen."""

    why: str
    instead: str
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Report:
    """The answer to one question from one release for one reader.

    `answer` is the first sentence, made from the statistics. `path` is the address of its page, without what is chosen.
    Of pages alone are `form_notices`, what the lists of the form do not offer and why, `trail`, the areas above the one
    shown, and `onward`, where else it can be looked at.
    """

    path: str
    topic: str
    question: str
    answer: str
    as_at_date: date
    release_id: str
    is_synthetic: bool
    findings: Sequence[Finding]
    filters: Sequence[Filter | TextFilter] = ()
    key_figures: Sequence[KeyFigure] = ()
    warnings: Sequence[str] = ()
    notices: Sequence[str] = ()
    form_notices: Sequence[str] = ()
    statements: Sequence[Statements] = ()
    replies: Sequence[Reply] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Elsewhere | None = None
    trail: Sequence[Link] = ()
    onward: Sequence[Link] = ()

    @property
    def shown(self) -> list[Finding]:
        """The findings of which this reader sees something."""
        return [one for one in self.findings if not one.is_withheld]

    @property
    def withheld(self) -> list[Finding]:
        """The findings of which this reader may see nothing."""
        return [one for one in self.findings if one.is_withheld]

    @property
    def choices_said(self) -> str:
        """What was chosen, in words, without what is not chosen or not broken down: Area: Leeds; Period: ..."""
        said = [f"{one.label}: {one.in_words}" for one in self.filters if (one.name, one.chosen) not in NOTHING_SAID]
        return "; ".join(said) or "Everything"

    @property
    def chosen(self) -> dict[str, str]:
        """The choices, by their names in the address."""
        return {one.name: one.chosen for one in self.filters}

    @property
    def address(self) -> str:
        """The page that shows this view of this release, and will when a newer one has come."""
        return f"{self.path}?{urlencode({**self.chosen, RELEASE: self.release_id})}"
