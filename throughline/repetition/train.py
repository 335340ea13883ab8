"""Makes model.json from the labelled pairs and prints how good it is: `python -m throughline.repetition.train`."""

from dataclasses import replace

import numpy as np

from throughline.repetition.baselines import character_scores, token_set_scores
from throughline.repetition.evaluate import (
    Labelled,
    average_precision,
    best_recall,
    count_right,
    cross_validated_scores,
    interval_over_reviews,
    labelled_features,
    read_labelled,
    scores_without_own_phrases,
)
from throughline.repetition.features import NAMES
from throughline.repetition.model import Model, fit_model, write_model

SUGGEST_AT_PRECISION = 0.9
RELATED_AT_PRECISION = 0.6


def train(labelled: Labelled) -> Model:
    """The model of all labelled pairs, with the scores from which to suggest taken from cross-validation."""
    measured = labelled_features(labelled)
    scores = cross_validated_scores(labelled, measured=measured)
    _, suggest_from = best_recall(labelled.is_repeat, scores, SUGGEST_AT_PRECISION)
    _, related_from = best_recall(labelled.is_repeat, scores, RELATED_AT_PRECISION)
    right, taken, repeats = count_right(labelled.is_repeat, scores, _floor(suggest_from))
    return replace(
        fit_model(measured[0], labelled.is_repeat, NAMES),
        suggest_from=_floor(suggest_from),
        related_from=_floor(related_from),
        labelled_right=right,
        labelled_taken=taken,
        labelled_repeats=repeats,
    )


def _floor(score: float) -> float:
    """Rounded down, so that the pair that set the score is itself at or above it."""
    return float(np.floor(score * 1000) / 1000)


def compare_methods(labelled: Labelled) -> dict[str, np.ndarray]:
    """Scores of the labelled pairs by the model, by less than the model, and by plain methods."""
    features, about = labelled_features(labelled)

    def scored(*columns: str) -> np.ndarray:
        return cross_validated_scores(labelled, columns, (features, about))

    return {
        "all features": scored(*NAMES),
        **{f"without {left_out}": scored(*(name for name in NAMES if name != left_out)) for left_out in NAMES},
        **{f"{name} alone": scored(name) for name in NAMES},
        "whatever it is about": cross_validated_scores(labelled, NAMES, (features, np.ones_like(about))),
        "own phrases taken out": scores_without_own_phrases(labelled),
        "token set": token_set_scores(labelled.texts_a, labelled.texts_b),
        "character TF-IDF": character_scores(labelled.texts_a, labelled.texts_b),
    }


def describe(labelled: Labelled, model: Model) -> list[str]:
    """The figures of docs/methods/repetition.md."""
    compared = compare_methods(labelled)
    lines = [f"{len(labelled.is_repeat)} pairs, {int(labelled.is_repeat.sum())} repeats"]
    lines += [_line(name, labelled, scores) for name, scores in compared.items()]
    for name, least in (("suggest", model.suggest_from), ("related", model.related_from)):
        right, taken, repeats = count_right(labelled.is_repeat, compared["all features"], least)
        lines.append(f"{name} from {least:.3f}: {right} of {taken} right, {right} of {repeats} found")
    return lines


def _line(name: str, labelled: Labelled, scores: np.ndarray) -> str:
    def measure(weights: np.ndarray) -> float:
        return average_precision(labelled.is_repeat, scores, weights)

    low, high = interval_over_reviews(labelled, measure)
    recall, _ = best_recall(labelled.is_repeat, scores, SUGGEST_AT_PRECISION)
    value = average_precision(labelled.is_repeat, scores)
    return f"{name:24} average precision {value:.3f} ({low:.3f} to {high:.3f}), found at precision 0.9: {recall:.0%}"


def main() -> None:
    """Trains, writes model.json and prints the figures."""
    labelled = read_labelled()
    model = train(labelled)
    write_model(model)
    print("\n".join(describe(labelled, model)))


if __name__ == "__main__":
    main()
