"""Scores of pairs of texts, and the reasons for one score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughline.repetition.features import NAMES, pair_features
from throughline.repetition.lexicon import read_lexicon
from throughline.repetition.model import read_model
from throughline.repetition.prepare import Asks, prepare_texts, weigh_units
from throughline.repetition.vectors import read_vectors
from throughline.repetition.words import fold

SAME_TEXT = 1.0
MOST_FOR_OTHER_TEXTS = 0.99
DECIMALS = 4


@dataclass(frozen=True)
class Explanation:
    """Why a pair scores as it does: concepts and words in both, in one only, and each feature with what it adds.

    `contributions` are on the log-odds scale, each against an average labelled pair. `about` is how far both are about
    the same, 0 to 1, by which the score is multiplied.
    """

    score: float
    shared: dict[str, tuple[str, str]]
    only_first: list[str]
    only_second: list[str]
    features: dict[str, float]
    about: float
    contributions: dict[str, float]


def score_pairs(texts_a: Sequence[str], texts_b: Sequence[str]) -> np.ndarray:
    """For each pair of texts, how surely they ask for the same action: 0 to 1, and 1 for the same text.

    The order of the two texts does not matter. Raises ValueError where the two lists differ in length.
    """
    if len(texts_a) != len(texts_b):
        raise ValueError(f"{len(texts_a)} texts cannot be paired with {len(texts_b)}.")
    folded = [fold(text) for text in (*texts_a, *texts_b)]
    # Line breaks and full stops divide asks, so the text is prepared as written: the first of those that fold alike.
    as_written = dict(zip(reversed(folded), reversed([*texts_a, *texts_b]), strict=True))
    number = {text: place for place, text in enumerate(sorted(as_written))}
    asks = prepare_texts([as_written[text] for text in number])
    first = np.array([number[text] for text in folded[: len(texts_a)]], dtype=np.int64)
    second = np.array([number[text] for text in folded[len(texts_a) :]], dtype=np.int64)
    return score_texts(asks, first, second)


def score_texts(asks: Asks, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Scores of pairs of prepared texts; one text number on both sides scores 1."""
    if not len(first):
        return np.zeros(0)
    features, about = pair_features(asks, np.minimum(first, second), np.maximum(first, second))
    scores = np.minimum(read_model().score(features) * about, MOST_FOR_OTHER_TEXTS)
    # Nothing known about a text is no evidence that it asks for the same.
    scores = np.where(features.any(axis=1), scores, 0)
    return np.round(np.where(first == second, SAME_TEXT, scores), DECIMALS)


def explain_pair(text_a: str, text_b: str) -> Explanation:
    """The reasons for the score of one pair, in words that both texts use."""
    lexicon, vectors, model = read_lexicon(), read_vectors(), read_model()
    asks = prepare_texts([text_a, text_b])
    features, about = pair_features(asks, np.array([0]), np.array([1]))
    here = weigh_units(lexicon.units(text_a), vectors)
    there = weigh_units(lexicon.units(text_b), vectors)
    shared = sorted(here.keys() & there.keys(), key=lambda name: (-here[name][1][0], name))
    steps = (features[0] - np.array(model.means)) / np.array(model.spreads) * np.array(model.coefficients)
    return Explanation(
        score=float(score_pairs([text_a], [text_b])[0]),
        shared={name.removeprefix("="): (here[name][0].words, there[name][0].words) for name in shared},
        only_first=[unit.words for name, (unit, _) in here.items() if name not in there],
        only_second=[unit.words for name, (unit, _) in there.items() if name not in here],
        features={name: round(float(value), 3) for name, value in zip(NAMES, features[0], strict=True)},
        about=round(float(about[0]), 3),
        contributions={name: round(float(value), 3) for name, value in zip(NAMES, steps, strict=True)},
    )
