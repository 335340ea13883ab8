"""The model: a logistic regression on the features, kept as a few numbers in model.json."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np

from throughline.repetition.lexicon import SEEDS
from throughline.repetition.vectors import read_vectors

FILE = Path(__file__).with_name("model.json")
PENALTY = 10.0


@dataclass(frozen=True)
class Model:
    """Coefficients on standardised features, the scores at which to suggest and to mention, and how right that was.

    Of the labelled pairs `labelled_taken` were suggested and `labelled_right` of these were repeats, of
    `labelled_repeats` in all.
    """

    features: list[str]
    means: list[float]
    spreads: list[float]
    coefficients: list[float]
    intercept: float
    suggest_from: float = 0.5
    related_from: float = 0.25
    labelled_right: int = 0
    labelled_taken: int = 0
    labelled_repeats: int = 0

    def score(self, features: np.ndarray) -> np.ndarray:
        """The modelled chance that the two ask for the same, for pairs like those it was trained on."""
        standardised = (features - np.array(self.means)) / np.array(self.spreads)
        return 1 / (1 + np.exp(-(self.intercept + standardised @ np.array(self.coefficients))))


def fit_model(features: np.ndarray, is_repeat: np.ndarray, names: tuple[str, ...]) -> Model:
    """Ridge-penalised logistic regression by Newton's method; the intercept is not penalised."""
    means, spreads = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-9)
    design = np.column_stack([np.ones(len(features)), (features - means) / spreads])
    penalty = np.diag([0.0] + [PENALTY] * len(names))
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (chance - is_repeat) + penalty @ weights
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + penalty
        step = np.linalg.solve(curvature, slope)
        weights -= step
        if np.abs(step).max() < 1e-10:
            break
    rounded = [round(float(weight), 4) for weight in weights]
    return Model(
        features=list(names),
        means=[round(float(mean), 4) for mean in means],
        spreads=[round(float(spread), 4) for spread in spreads],
        coefficients=rounded[1:],
        intercept=rounded[0],
    )


def write_model(model: Model, file: Path = FILE) -> None:
    """Writes the model as JSON, one value a line."""
    file.write_text(json.dumps(asdict(model), indent=2) + "\n", encoding="utf-8")


@cache
def read_model() -> Model:
    """Reads model.json."""
    return Model(**json.loads(FILE.read_text(encoding="utf-8")))


@cache
def text_version() -> str:
    """Changes whenever a text would be turned into other numbers: the seeds, the table of words or this code."""
    digest = hashlib.sha256(read_vectors().fingerprint.encode())
    code = [Path(__file__).with_name(name) for name in ("asks.py", "lexicon.py", "prepare.py", "words.py")]
    for file in [*sorted(SEEDS.glob("*.csv")), *code]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
