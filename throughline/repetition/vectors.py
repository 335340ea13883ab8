"""Where words and concepts lie: a small table distilled once from a public sentence model, read as it is."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("word_vectors.npz")


@dataclass(frozen=True)
class WordVectors:
    """Unit vectors of stems (written "=stem") and of concepts, and how much each stem says (rarer says more)."""

    row_of: dict[str, int]
    with_none: np.ndarray
    weights: np.ndarray
    fingerprint: str

    @property
    def vectors(self) -> np.ndarray:
        """One unit vector a row; `with_none` has a row of zeros after them, for words the table does not know."""
        return self.with_none[:-1]

    def row(self, name: str) -> int:
        """The row of a stem or concept; -1 where the table does not know it."""
        return self.row_of.get(name, -1)


@cache
def read_vectors() -> WordVectors:
    """Reads the table that `throughline.repetition.distil` made."""
    content = FILE.read_bytes()
    with np.load(FILE) as held:
        names = bytes(held["names"]).decode("ascii").split("\n")
        coarse = held["vectors"].astype(np.float32)
        weights = held["weights"].astype(np.float32) / 100
    vectors = coarse / np.linalg.norm(coarse, axis=1, keepdims=True)
    with_none = np.vstack([vectors, np.zeros((1, vectors.shape[1]), np.float32)])
    row_of = {name: row for row, name in enumerate(names)}
    return WordVectors(row_of, with_none, weights, hashlib.sha256(content).hexdigest())
