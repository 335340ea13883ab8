"""The model is the one that the labelled pairs make, and it finds unseen repeats as well as its document says."""

import json
import re
from dataclasses import asdict

import numpy as np
import pytest

from throughline.repetition.baselines import character_scores, token_set_scores
from throughline.repetition.evaluate import (
    average_precision,
    best_recall,
    count_right,
    cross_validated_scores,
    read_labelled,
)
from throughline.repetition.model import FILE, read_model
from throughline.repetition.train import train
from throughline.workspace import PROJECT

PAGE = (PROJECT / "docs" / "methods" / "repetition.md").read_text(encoding="utf-8")
# The measured 0.85 less what the draw of reviews alone can take from it.
LEAST_AVERAGE_PRECISION = 0.70


@pytest.fixture(scope="module")
def labelled():
    return read_labelled()


@pytest.fixture(scope="module")
def scores(labelled):
    return cross_validated_scores(labelled)


def test_training_makes_the_committed_model(labelled):
    made, kept = asdict(train(labelled)), json.loads(FILE.read_text(encoding="utf-8"))
    for name in ("means", "spreads", "coefficients", "intercept", "suggest_from", "related_from"):
        assert made[name] == pytest.approx(kept[name], abs=2e-3), name


def test_no_model_saw_a_review_of_the_pairs_it_scores(labelled):
    tested_pairs = []
    for tested, trained in labelled.reviews_apart():
        assert not set(labelled.reviews[tested].ravel()) & set(labelled.reviews[trained].ravel())
        tested_pairs.extend(tested.tolist())
    assert sorted(tested_pairs) == list(range(len(labelled.is_repeat)))


def test_unseen_repeats_are_found(labelled, scores):
    assert average_precision(labelled.is_repeat, scores) >= LEAST_AVERAGE_PRECISION


def test_it_beats_plain_likeness_of_words_and_letters(labelled, scores):
    own = average_precision(labelled.is_repeat, scores)
    for plain in (token_set_scores, character_scores):
        assert own > average_precision(labelled.is_repeat, plain(labelled.texts_a, labelled.texts_b)) + 0.15


def test_the_list_of_suggestions_is_usable(labelled, scores):
    right, taken, repeats = count_right(labelled.is_repeat, scores, read_model().suggest_from)
    assert right / taken >= 0.8 and right / repeats >= 0.3


def test_the_page_gives_the_measured_figure(labelled, scores):
    value = average_precision(labelled.is_repeat, scores)
    told = float(re.search(r"\| all features \| (0\.\d+) ", PAGE).group(1))
    assert told == pytest.approx(value, abs=0.006)


def test_average_precision_of_a_worked_list():
    # Repeats stand first and third: (1/1 + 2/3) / 2.
    assert average_precision(np.array([1, 0, 1, 0]), np.array([0.9, 0.8, 0.7, 0.1])) == pytest.approx(5 / 6)


def test_pairs_of_equal_score_count_together():
    assert average_precision(np.array([1, 0]), np.array([0.5, 0.5])) == pytest.approx(0.5)


def test_best_recall_of_a_worked_list():
    assert best_recall(np.array([1, 1, 0, 1]), np.array([0.9, 0.8, 0.7, 0.6]), 0.75) == (1.0, 0.6)
    assert best_recall(np.array([0, 1]), np.array([0.9, 0.1]), 0.9) == (0.0, 1.0)
