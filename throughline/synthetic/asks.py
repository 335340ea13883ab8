"""What a recommendation can ask (an action about a practice), and the many ways of wording each ask."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import yaml

from throughline.synthetic.draws import Rng
from throughline.synthetic.parameters import parameters
from throughline.synthetic.profiles import stream

FOLDER = Path(__file__).parent
DECK_SIZE = 7


@dataclass(frozen=True)
class Practice:
    """Something that agencies do with children and families, in several phrasings."""

    theme: str
    targets: tuple[str, ...]
    eedi: str
    clauses: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Action:
    """Something a review may ask to be done about a practice."""

    name: str
    change_type: str
    weight: float
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Grammar:
    """Every practice, action and phrase; an ask is practice number x number of actions + action number."""

    practices: tuple[Practice, ...]
    actions: tuple[Action, ...]
    addressees: dict[str, list[str]]
    openings: list[str]
    endings: list[str]
    joins: list[str]
    weights: np.ndarray

    def practice(self, ask: int) -> Practice:
        """The practice an ask is about."""
        return self.practices[ask // len(self.actions)]

    def action(self, ask: int) -> Action:
        """What an ask wants done."""
        return self.actions[ask % len(self.actions)]

    def key(self, ask: int) -> str:
        """A readable name of an ask, for the truth file."""
        practice, action = divmod(ask, len(self.actions))
        return f"{self.practices[practice].theme}-{practice:02d}-{self.actions[action].name}"

    def shuffled(self, rng: Rng) -> np.ndarray:
        """All asks in a random order in which likelier asks tend to come first."""
        return np.argsort(rng.exponential(1.0, len(self.weights)) / self.weights, kind="stable")

    def look_alike(self, ask: int, rng: Rng) -> int:
        """Another ask that reads much like this one: another action on the practice, or a sister practice."""
        number = len(self.actions)
        practice, action = divmod(ask, number)
        if rng.random() < 0.6:
            return practice * number + (action + int(rng.integers(1, number))) % number
        sisters = [
            i for i, one in enumerate(self.practices) if one.theme == self.practices[practice].theme and i != practice
        ]
        return int(sisters[rng.integers(len(sisters))]) * number + action

    def word(self, ask: int, rng: Rng, opening: str = "", ending: str = "") -> str:
        """One wording of an ask."""
        practice, action = self.practice(ask), self.action(ask)
        target = "PARTNERSHIP" if rng.random() < 0.5 else practice.targets[rng.integers(len(practice.targets))]
        sentence = _choose(action.wordings, rng).format(
            who=_choose(self.addressees[target], rng),
            clause=_choose(practice.clauses, rng),
            topic=_choose(practice.topics, rng),
        )
        if opening and not sentence.startswith("GP "):
            sentence = sentence[0].lower() + sentence[1:]
        return f"{opening}{sentence}{ending}"

    def phrase(self, ask: int, rng: Rng, second: int | None = None) -> str:
        """A whole recommendation: perhaps an opening, one or two asks, perhaps an ending."""
        ending = _choose(self.endings, rng)
        text = self.word(ask, rng, _choose(self.openings, rng), "" if second is not None else ending)
        if second is None:
            return text
        return text + _choose(self.joins, rng) + _lower_first(self.word(second, rng)) + ending


def _choose(options: tuple[str, ...] | list[str], rng: Rng) -> str:
    return options[int(rng.random() * len(options))]


def _lower_first(text: str) -> str:
    return text if text.startswith("GP ") else text[0].lower() + text[1:]


@cache
def grammar() -> Grammar:
    """Read practices.csv, actions.yml and wording.yml."""
    table = pl.read_csv(FOLDER / "practices.csv", separator="|", infer_schema=False)
    practices = tuple(
        Practice(
            row["theme"],
            tuple(row["targets"].split(";")),
            row["eedi"],
            tuple(row[f"clause_{number}"] for number in (1, 2, 3)),
            tuple(row[f"topic_{number}"] for number in (1, 2)),
        )
        for row in table.iter_rows(named=True)
    )
    actions = tuple(
        Action(name, entry["change_type"], entry["weight"], tuple(entry["wordings"]))
        for name, entry in yaml.safe_load((FOLDER / "actions.yml").read_text(encoding="utf-8")).items()
    )
    phrases = yaml.safe_load((FOLDER / "wording.yml").read_text(encoding="utf-8"))
    themes = parameters()["theme_weights"]
    weights = np.array(
        [themes[practice.theme] * action.weight for practice in practices for action in actions], dtype=float
    )
    return Grammar(practices, actions, weights=weights / weights.sum(), **phrases)


@cache
def going_round(seed: int, neighbourhood: str, two_years: int) -> tuple[int, ...]:
    """The asks that partnerships sharing a police force or care board tend to make in the same two years."""
    deck = grammar().shuffled(stream(seed, "going round", neighbourhood, str(two_years)))
    return tuple(int(ask) for ask in deck[:DECK_SIZE])
