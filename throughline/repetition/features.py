"""How alike two asks are, in three numbers from 0 to 1 that a person can follow."""

import numpy as np

from throughline.repetition.prepare import Asks
from throughline.repetition.vectors import WordVectors, read_vectors

NAMES = ("covered", "meaning", "beyond_subject")
# Unrelated words of one field lie this close in the table, so it is where likeness begins.
UNRELATED = 0.25
AT_ONCE = 4096
# The weight of one concept that is no subject: an ask with less is words alone.
LEAST_ABOUT = 0.25
# Most labelled repeats share more than this of what they are about; below it a score shrinks, with the square.
ENOUGH_ABOUT = 0.6


def pair_features(
    asks: Asks, first: np.ndarray, second: np.ndarray, vectors: WordVectors | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Features of pairs of texts (numbers as in `asks.text`), and how far each pair is about the same, from 0 to 1.

    Each text is compared whole and by its larger parts, and the two most alike are taken.
    """
    vectors = vectors or read_vectors()
    ask_counts = np.bincount(asks.text, minlength=max(first.max(initial=-1), second.max(initial=-1)) + 1)
    first_ask = np.concatenate([[0], np.cumsum(ask_counts)[:-1]])
    ways = ask_counts[first] * ask_counts[second]
    pair = np.repeat(np.arange(len(first)), ways)
    way = np.arange(len(pair)) - np.repeat(np.concatenate([[0], np.cumsum(ways)[:-1]]), ways) if len(pair) else pair
    left = first_ask[first[pair]] + way // np.maximum(ask_counts[second[pair]], 1)
    right = first_ask[second[pair]] + way % np.maximum(ask_counts[second[pair]], 1)
    features, about = ask_features(asks, left, right, vectors)
    # The last of each pair's ways in this order is its best; whole texts come first, so ties go to later parts.
    order = np.lexsort((way, np.round(features[:, 0] + features[:, 1], 5), pair))
    best = order[np.cumsum(ways) - 1]
    return features[best], about[best]


def ask_features(
    asks: Asks, left: np.ndarray, right: np.ndarray, vectors: WordVectors
) -> tuple[np.ndarray, np.ndarray]:
    """Features of pairs of asks and how far they are about the same, a batch at a time so that memory stays bounded."""
    # In order of length, because each batch is padded to its longest ask.
    order = np.lexsort((asks.length[right], asks.length[left]))
    features, about = np.zeros((len(left), len(NAMES))), np.zeros(len(left))
    for at in range(0, len(order), AT_ONCE):
        batch = order[at : at + AT_ONCE]
        features[batch], about[batch] = _batch(asks, left[batch], right[batch], vectors)
    return features, about


def _batch(asks: Asks, left: np.ndarray, right: np.ndarray, vectors: WordVectors) -> tuple[np.ndarray, np.ndarray]:
    covered, shared_about = unit_likeness(asks, left, right, vectors)
    meaning = _cosines(asks.meaning, left, right)
    beyond = _cosines(asks.beyond_subject, left, right)
    return np.column_stack([covered, meaning, beyond]), np.minimum(shared_about / ENOUGH_ABOUT, 1) ** 2


def _cosines(directions: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    cosines = np.einsum("ij,ij->i", directions[left].astype(np.float32), directions[right].astype(np.float32))
    return np.clip(cosines, 0, 1)


def unit_likeness(
    asks: Asks, left: np.ndarray, right: np.ndarray, vectors: WordVectors
) -> tuple[np.ndarray, np.ndarray]:
    """The weighted share of each ask that the other covers, averaged: of all it says, and of what it is about.

    The same concept or word covers wholly, a related one less.
    """
    here, there = _padded(asks, left, -1), _padded(asks, right, -2)
    alike = vectors.with_none[here["row"]] @ vectors.with_none[there["row"]].transpose(0, 2, 1)
    alike -= UNRELATED
    alike *= 1 / (1 - UNRELATED)
    np.clip(alike, 0, 1, out=alike)
    alike[here["key"][:, :, None] == there["key"][:, None, :]] = 1
    here_covered, there_covered = alike.max(axis=2, initial=0), alike.max(axis=1, initial=0)
    covered, about = (
        (_share(here[weight], here_covered) + _share(there[weight], there_covered)) / 2
        for weight in ("weight", "about")
    )
    # An ask that names no subject is not about another one: "fund school nurses".
    names_something = np.minimum(here["about"].sum(axis=1), there["about"].sum(axis=1)) >= LEAST_ABOUT
    return covered, np.where(names_something, about, 1)


def _share(weight: np.ndarray, covered: np.ndarray) -> np.ndarray:
    total = weight.sum(axis=1)
    return np.divide((weight * covered).sum(axis=1), total, out=np.zeros_like(total), where=total > 0)


def _padded(asks: Asks, rows: np.ndarray, nothing: int) -> dict[str, np.ndarray]:
    """Units of each ask side by side; places beyond its last unit weigh nothing and have the key `nothing`."""
    longest = int(asks.length[rows].max(initial=0))
    at = np.minimum(asks.start[rows][:, None] + np.arange(longest), max(len(asks.unit_key) - 1, 0))
    real = np.arange(longest) < asks.length[rows][:, None]
    return {
        "key": np.where(real, asks.unit_key[at], nothing),
        "row": np.where(real, asks.unit_row[at], -1),
        "weight": np.where(real, asks.unit_weight[at], 0),
        "about": np.where(real, asks.unit_about[at], 0),
    }
