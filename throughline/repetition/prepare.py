"""Texts as numbers: what each ask mentions, how much that weighs, and where it lies."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from throughline.repetition.asks import split_asks
from throughline.repetition.lexicon import Lexicon, Unit, read_lexicon
from throughline.repetition.vectors import WordVectors, read_vectors

# The theme is shared by every text on the same page, so it counts for less than what is asked about it; an addressee
# hardly counts, because the guideline says that it does not matter who is asked.
KIND_WEIGHTS = {"practice": 1.0, "moment": 0.8, "action": 0.7, "subject": 0.6, "word": 0.6, "agency": 0.25}
# What a recommendation is about: with whom, what and when. What is asked of staff, and of whom, may be the same for
# any subject: "a protocol is needed on …", "progress should be reported to …".
ABOUT_WEIGHTS = {"subject": 1.0, "practice": 0.25, "moment": 0.25, "word": 0.1, "action": 0.0, "agency": 0.0}
BEYOND_SUBJECT = frozenset({"practice", "moment", "action", "word"})
MOST_UNITS = 40
LEAST_SHARE_OF_AN_ASK = 0.5
UNKNOWN_WORD_WEIGHT = 1.0


@dataclass(frozen=True)
class Asks:
    """One row an ask, several a text: its two vectors, and its units laid end to end from `start`."""

    text: np.ndarray
    start: np.ndarray
    length: np.ndarray
    meaning: np.ndarray
    beyond_subject: np.ndarray
    unit_key: np.ndarray
    unit_row: np.ndarray
    unit_weight: np.ndarray
    unit_about: np.ndarray

    def take_texts(self, texts: np.ndarray) -> "Asks":
        """The asks of some texts in the order given, numbered anew from 0."""
        # The asks of a text stand together, in the order of the texts.
        starts = np.searchsorted(self.text, texts)
        counts = np.searchsorted(self.text, texts, side="right") - starts
        rows = _ranges(starts, counts)
        units = _ranges(self.start[rows], self.length[rows])
        return Asks(
            text=np.repeat(np.arange(len(texts)), counts),
            start=_starts(self.length[rows]),
            length=self.length[rows],
            meaning=self.meaning[rows],
            beyond_subject=self.beyond_subject[rows],
            unit_key=self.unit_key[units],
            unit_row=self.unit_row[units],
            unit_weight=self.unit_weight[units],
            unit_about=self.unit_about[units],
        )


def join_asks(first: Asks, second: Asks) -> Asks:
    """Both sets of asks; the texts of the second are numbered after those of the first."""
    shift = {"text": int(first.text.max(initial=-1)) + 1, "start": len(first.unit_key)}
    joined = {
        field.name: np.concatenate([getattr(first, field.name), getattr(second, field.name) + shift.get(field.name, 0)])
        if field.name in shift
        else np.concatenate([getattr(first, field.name), getattr(second, field.name)])
        for field in fields(Asks)
    }
    return Asks(**joined)


def _ranges(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """All places from each start on, for its length, end to end."""
    return np.repeat(starts - _starts(lengths), lengths) + np.arange(int(lengths.sum()))


def _starts(lengths: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64) if len(lengths) else np.zeros(0, np.int64)


def prepare_texts(texts: Sequence[str], lexicon: Lexicon | None = None, vectors: WordVectors | None = None) -> Asks:
    """The asks of each text: the whole first, then each part with at least half of it and of what it is about."""
    lexicon, vectors = lexicon or read_lexicon(), vectors or read_vectors()
    text_of, lengths = [], []
    names: list[str] = []
    kinds: list[str] = []
    weights: list[Weights] = []
    for number, text in enumerate(texts):
        for units in _asks_of(text, lexicon, vectors):
            text_of.append(number)
            lengths.append(len(units))
            for name, (unit, weight) in units.items():
                names.append(name)
                kinds.append(unit.kind)
                weights.append(weight)
    return _lay_out(np.array(text_of, np.int64), np.array(lengths, np.int64), names, kinds, weights, vectors)


Weights = tuple[float, float]
Weighed = dict[str, tuple[Unit, Weights]]


def _asks_of(text: str, lexicon: Lexicon, vectors: WordVectors) -> list[Weighed]:
    whole = weigh_units(lexicon.units(text), vectors)
    total = _total(whole)
    parts = [weigh_units(lexicon.units(part), vectors) for part in split_asks(text)]
    large = [
        part
        for part in parts
        if part and len(part) < len(whole) and (_total(part) >= LEAST_SHARE_OF_AN_ASK * total).all()
    ]
    return [_heaviest(units) for units in (whole, *large)]


def _total(units: Weighed) -> np.ndarray:
    return np.array([weights for _, weights in units.values()]).reshape(-1, 2).sum(axis=0)


def weigh_units(units: dict[str, Unit], vectors: WordVectors) -> Weighed:
    """Each unit with its weights in the ask and in what it is about: by its kind, and for a word by how rare it is."""
    return {name: (unit, _weights(unit, vectors)) for name, unit in units.items()}


def _weights(unit: Unit, vectors: WordVectors) -> Weights:
    weight, about = KIND_WEIGHTS[unit.kind], ABOUT_WEIGHTS[unit.kind]
    if unit.kind != "word":
        return weight, about
    row = vectors.row(unit.name)
    rarity = float(vectors.weights[row]) if row >= 0 else UNKNOWN_WORD_WEIGHT
    return weight * rarity, about * rarity


def _heaviest(units: Weighed) -> Weighed:
    if len(units) <= MOST_UNITS:
        return units
    kept = sorted(units, key=lambda name: (-units[name][1][0], name))[:MOST_UNITS]
    return {name: units[name] for name in units if name in set(kept)}


def _lay_out(
    text: np.ndarray,
    length: np.ndarray,
    names: list[str],
    kinds: list[str],
    weights: list[Weights],
    vectors: WordVectors,
) -> Asks:
    weight, about = np.array(weights, dtype=np.float32).reshape(-1, 2).T
    distinct = {name: place for place, name in enumerate(dict.fromkeys(names))}
    place = np.array([distinct[name] for name in names], dtype=np.int64)
    keys = np.array([_key(name) for name in distinct], dtype=np.int64)[place] if distinct else place
    rows = np.array([vectors.row(name) for name in distinct], dtype=np.int64)[place] if distinct else place
    owner = np.repeat(np.arange(len(length)), length)
    beyond = weight * np.array([kind in BEYOND_SUBJECT for kind in kinds], dtype=np.float32)
    return Asks(
        text=text,
        start=_starts(length),
        length=length,
        meaning=_directions(owner, rows, weight, len(length), vectors),
        beyond_subject=_directions(owner, rows, beyond, len(length), vectors),
        unit_key=keys,
        unit_row=rows.astype(np.int32),
        unit_weight=weight,
        unit_about=about,
    )


def _key(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little", signed=True)


def _directions(owner: np.ndarray, rows: np.ndarray, weight: np.ndarray, size: int, vectors: WordVectors) -> np.ndarray:
    """The direction of each ask's weighted sum; zero where it has no known word."""
    from scipy.sparse import csr_array

    known = rows >= 0
    shape = (size, len(vectors.vectors))
    total = csr_array((weight[known], (owner[known], rows[known])), shape=shape) @ vectors.vectors
    lengths = np.linalg.norm(total, axis=1, keepdims=True)
    # Half precision, so that vectors kept in a file and vectors just made are the same numbers.
    return np.divide(total, lengths, out=np.zeros_like(total), where=lengths > 1e-6).astype(np.float16)
