"""Recommendations ready to be asked about: their prepared texts in one file, and the nearest of them to a new text."""

import os
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from throughline.repetition.find import ELSEWHERE_FROM
from throughline.repetition.model import read_model, text_version
from throughline.repetition.prepare import Asks, join_asks, prepare_texts
from throughline.repetition.score import SAME_TEXT, score_texts
from throughline.repetition.words import fold

# Of so many that lie nearest the likeness is worked out in full.
CONSIDERED = 120
EACH = 64  # one in so many is looked at first
LIKENESSES = ("same_ask", "related", "same_theme")


@dataclass(frozen=True)
class Index:
    """Prepared texts, and what they mean, each meaning once: the same is asked in the same words again and again.

    `directions` has the meanings in full precision, so that a question need not widen them each time; `direction_of`
    has which of them is that of each ask.
    """

    asks: Asks
    directions: np.ndarray
    direction_of: np.ndarray

    @classmethod
    def of(cls, asks: Asks) -> "Index":
        """The index of texts that were prepared before."""
        if not len(asks.meaning):
            return cls(asks, asks.meaning.astype(np.float32), np.zeros(0, np.int32))
        rows = np.ascontiguousarray(asks.meaning)
        _, first, which = np.unique(as_bytes(rows), return_index=True, return_inverse=True)
        return cls(asks, rows[first].astype(np.float32), which.astype(np.int32))

    def take(self, texts: np.ndarray) -> "Index":
        """The index of some of its texts, numbered anew from 0."""
        return Index.of(self.asks.take_texts(texts))

    def is_of(self, texts: np.ndarray) -> bool:
        """Whether it is the index of just these texts in this order."""
        return np.array_equal(texts, np.arange(int(self.asks.text.max(initial=-1)) + 1))

    def nearest(self, text: str, group: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
        """Numbers of the texts likeliest to ask for the same as a new one, so many of each group, and their scores.

        `group` has one number a text, none below 0; the likeliest of each group stand first.
        """
        if not len(group):
            return np.zeros(0, np.int64), np.zeros(0)
        asked = prepare_texts([text])
        nearness = (self.directions @ asked.meaning.astype(np.float32).T).max(axis=1)[self.direction_of]
        groups = np.flatnonzero(np.bincount(group))
        if len(groups) == 1:
            texts = self._near(nearness, slice(None))
        else:
            of_asks = group[self.asks.text]
            texts = np.concatenate([self._near(nearness, np.flatnonzero(of_asks == one)) for one in groups])
        together = join_asks(self.asks.take_texts(texts), asked)
        scores = score_texts(together, np.arange(len(texts)), np.full(len(texts), len(texts)))
        order = np.lexsort((texts, -scores, group[texts]))
        place = _place_in_run(group[texts][order])
        kept = order[place < most]
        return texts[kept], scores[kept]

    def _near(self, nearness: np.ndarray, asks: np.ndarray | slice) -> np.ndarray:
        """The texts of some asks that are worth scoring."""
        near, texts = nearness[asks], self.asks.text[asks]
        if len(near) <= CONSIDERED:
            return np.unique(texts)
        # So many of a sample lie nearer than this, so what lies farther is none of that many nearest.
        sample = near[::EACH]
        least = np.partition(sample, -CONSIDERED)[-CONSIDERED] if len(sample) > CONSIDERED else -np.inf
        kept = np.flatnonzero(near >= least)
        nearest = np.argsort(-near[kept], kind="stable")[:CONSIDERED]  # of those equally near, the first
        return np.unique(texts[kept[nearest]])


def as_bytes(rows: np.ndarray) -> np.ndarray:
    """Each row as one value that can be compared as a whole."""
    return rows.view(np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))).ravel()


def _place_in_run(values: np.ndarray) -> np.ndarray:
    """0, 1, 2 and so on within each run of equal values."""
    starts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
    lengths = np.diff(np.append(starts, len(values)))
    return np.arange(len(values)) - np.repeat(starts, lengths)


def likeness(score: float, is_elsewhere: bool = False) -> str:
    """same_ask (very likely the same is asked), related, or same_theme; elsewhere the same must be surer."""
    model = read_model()
    if score >= (max(model.suggest_from, ELSEWHERE_FROM) if is_elsewhere else model.suggest_from):
        return "same_ask"
    return "related" if score >= model.related_from else "same_theme"


def same_words(one: str, other: str) -> float | None:
    """The score of a text that is the same but for case and punctuation; None where it is not."""
    return SAME_TEXT if fold(one) == fold(other) else None


def write_index(asks: Asks, file: Path) -> None:
    """Writes prepared texts for their owner alone; they say which words each text mentions."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        np.savez(out, version=text_version(), **{field.name: getattr(asks, field.name) for field in fields(Asks)})


def read_index(file: Path) -> Index | None:
    """The index of a file; None where it is not there or was made by another version of the words or the code."""
    if not file.exists():
        return None
    with np.load(file) as held:
        if str(held["version"]) != text_version():
            return None
        return Index.of(Asks(**{field.name: held[field.name] for field in fields(Asks)}))
