"""Plain measures of text likeness, to compare with: token-set ratio and character TF-IDF."""

import re
from collections.abc import Sequence

import numpy as np

from throughline.repetition.words import fold

GRAM_SIZES = (3, 4, 5)


def token_set_scores(texts_a: Sequence[str], texts_b: Sequence[str]) -> np.ndarray:
    """Twice the shared distinct words over the distinct words of both."""
    pairs = ((set(fold(a).split()), set(fold(b).split())) for a, b in zip(texts_a, texts_b, strict=True))
    return np.array([2 * len(one & other) / max(len(one) + len(other), 1) for one, other in pairs])


def character_vectors(texts: Sequence[str]):
    """TF-IDF of runs of three to five characters within words, as a sparse matrix of unit rows."""
    from scipy.sparse import csr_array, diags_array

    place_of: dict[str, int] = {}
    columns: list[int] = []
    ends = [0]
    for text in texts:
        for word in fold(text).split():
            columns.extend(
                place_of.setdefault(gram, len(place_of))
                for size in GRAM_SIZES
                for gram in re.findall(f"(?=(.{{{size}}}))", f" {word} ")
            )
        ends.append(len(columns))
    shape = (len(texts), len(place_of))
    counts = csr_array((np.ones(len(columns)), np.array(columns), np.array(ends)), shape=shape)
    counts.sum_duplicates()
    holding = np.bincount(counts.indices, minlength=len(place_of))
    counts.data = 1 + np.log(counts.data)
    weighted = counts @ diags_array(np.log((1 + len(texts)) / (1 + holding)) + 1)
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return (diags_array(1 / np.maximum(lengths, 1e-12)) @ weighted).tocsr()


def character_scores(texts_a: Sequence[str], texts_b: Sequence[str]) -> np.ndarray:
    """Cosine of the character vectors of each pair."""
    texts = sorted({*texts_a, *texts_b})
    place = {text: number for number, text in enumerate(texts)}
    vectors = character_vectors(texts)
    first, second = vectors[[place[text] for text in texts_a]], vectors[[place[text] for text in texts_b]]
    return np.asarray(first.multiply(second).sum(axis=1)).ravel()
