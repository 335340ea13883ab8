"""How well the scores find the labelled repeats: every pair scored by a model that saw neither of its two reviews."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from throughline.repetition.features import NAMES, pair_features
from throughline.repetition.lexicon import Lexicon, read_lexicon
from throughline.repetition.model import fit_model
from throughline.repetition.prepare import prepare_texts
from throughline.workspace import PROJECT

LABELLED = PROJECT / "tests" / "fixtures" / "labelled_pairs.csv"
DRAWS = 2000


@dataclass(frozen=True)
class Labelled:
    """The labelled pairs: their texts, the two reviews of each, and which are repeats."""

    texts_a: list[str]
    texts_b: list[str]
    reviews: np.ndarray
    is_repeat: np.ndarray

    def reviews_apart(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """For each two reviews that share a pair: their pairs, and the pairs in which neither of them is."""
        ordered = np.array([sorted(pair) for pair in self.reviews.tolist()])
        parts = []
        for one, other in sorted(set(map(tuple, ordered.tolist()))):
            theirs = (ordered == [one, other]).all(axis=1)
            parts.append((np.flatnonzero(theirs), np.flatnonzero(~np.isin(ordered, [one, other]).any(axis=1))))
        return parts


def read_labelled() -> Labelled:
    """Reads the development pairs."""
    pairs = pl.read_csv(LABELLED, infer_schema=False)
    return Labelled(
        texts_a=pairs["text_a"].to_list(),
        texts_b=pairs["text_b"].to_list(),
        reviews=pairs.select("review_a", "review_b").to_numpy(),
        is_repeat=(pairs["label"] == "repeat").to_numpy().astype(float),
    )


def labelled_features(labelled: Labelled, lexicon: Lexicon | None = None) -> tuple[np.ndarray, np.ndarray]:
    """Features of every labelled pair, and how far it is about the same."""
    texts = sorted({*labelled.texts_a, *labelled.texts_b})
    place = {text: number for number, text in enumerate(texts)}
    first = np.array([place[text] for text in labelled.texts_a])
    second = np.array([place[text] for text in labelled.texts_b])
    return pair_features(prepare_texts(texts, lexicon), np.minimum(first, second), np.maximum(first, second))


def cross_validated_scores(
    labelled: Labelled, columns: tuple[str, ...] = NAMES, measured: tuple[np.ndarray, np.ndarray] | None = None
) -> np.ndarray:
    """Scores from models that saw neither review of the pair they score."""
    chosen = [NAMES.index(name) for name in columns]
    features, about = measured or labelled_features(labelled)
    features = features[:, chosen]
    scores = np.zeros(len(features))
    for tested, trained in labelled.reviews_apart():
        model = fit_model(features[trained], labelled.is_repeat[trained], columns)
        scores[tested] = model.score(features[tested]) * about[tested]
    return scores


def scores_without_own_phrases(labelled: Labelled) -> np.ndarray:
    """The same with each lexicon phrase taken out that only the two reviews under test use.

    Harsher than reality: a phrase that these two alone use is lost even if it did not come from them.
    """
    lexicon = read_lexicon()
    phrases: dict[str, set] = {}
    for texts, reviews in ((labelled.texts_a, labelled.reviews[:, 0]), (labelled.texts_b, labelled.reviews[:, 1])):
        for text, review in zip(texts, reviews.tolist(), strict=True):
            phrases.setdefault(review, set()).update(lexicon.phrases_in(text))
    scores = np.zeros(len(labelled.is_repeat))
    for tested, trained in labelled.reviews_apart():
        own = set(labelled.reviews[tested].ravel().tolist())
        known = set().union(*(used for review, used in phrases.items() if review not in own))
        features, about = labelled_features(labelled, lexicon.keep_only(known))
        model = fit_model(features[trained], labelled.is_repeat[trained], NAMES)
        scores[tested] = model.score(features[tested]) * about[tested]
    return scores


def average_precision(is_repeat: np.ndarray, scores: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Mean over the repeats of the precision down to each; pairs of equal score count together."""
    weights = np.ones(len(scores)) if weights is None else weights
    order = np.argsort(-scores, kind="stable")
    found, seen = np.cumsum((weights * is_repeat)[order]), np.cumsum(weights[order])
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    gained = np.diff(found[last], prepend=0)
    precision = np.divide(found[last], seen[last], out=np.zeros(len(last)), where=seen[last] > 0)
    return float((gained * precision).sum() / found[-1]) if found[-1] else float("nan")


def best_recall(is_repeat: np.ndarray, scores: np.ndarray, precision: float) -> tuple[float, float]:
    """The largest share of repeats found at that precision, and the score from which it holds; (0, 1) if never."""
    found = (0.0, 1.0)
    for least in np.unique(scores)[::-1]:
        taken = scores >= least
        if is_repeat[taken].mean() >= precision:
            found = (float(is_repeat[taken].sum() / is_repeat.sum()), float(least))
    return found


def count_right(is_repeat: np.ndarray, scores: np.ndarray, least: float) -> tuple[int, int, int]:
    """Repeats among the pairs at or above a score, all pairs there, and repeats in all."""
    taken = scores >= least
    return int(is_repeat[taken].sum()), int(taken.sum()), int(is_repeat.sum())


def interval_over_reviews(labelled: Labelled, measure: Callable[[np.ndarray], float]) -> tuple[float, float]:
    """95% bootstrap interval of a measure of the pairs' weights.

    Reviews are drawn, and a pair counts as often as its two reviews were drawn together.
    """
    names, codes = np.unique(labelled.reviews.astype(str), return_inverse=True)
    codes = codes.reshape(labelled.reviews.shape)
    within = codes[:, 0] == codes[:, 1]
    rng = np.random.default_rng(2026)
    values = []
    for _ in range(DRAWS):
        drawn = np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))
        weights = np.where(within, drawn[codes[:, 0]], drawn[codes[:, 0]] * drawn[codes[:, 1]])
        values.append(measure(weights.astype(float)))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)
