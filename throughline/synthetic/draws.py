"""Drawing many codes, counts and yes-or-no answers at once."""

import numpy as np

Rng = np.random.Generator


def chance(rng: Rng, probability: float | np.ndarray, size: int) -> np.ndarray:
    """True for each of `size` things with the given probability."""
    return rng.random(size) < probability


def pick(rng: Rng, weights: dict[str, float], size: int) -> np.ndarray:
    """Draw `size` codes, each with its weight."""
    codes = np.array(list(weights), dtype=object)
    shares = np.array(list(weights.values()), dtype=float)
    return codes[np.searchsorted(np.cumsum(shares) / shares.sum(), rng.random(size), side="right")]


def pick_several(rng: Rng, probabilities: dict[str, float], size: int, otherwise: str = "") -> np.ndarray:
    """Draw a cell of several codes joined by semicolons, each code with its own probability."""
    codes = list(probabilities)
    hits = rng.random((size, len(codes))) < np.array(list(probabilities.values()))
    cells = [";".join(code for code, hit in zip(codes, row, strict=True) if hit) or otherwise for row in hits]
    return np.array(cells, dtype=object)


def yes_no(flags: np.ndarray) -> np.ndarray:
    """Y or N."""
    return np.where(flags, "Y", "N").astype(object)


def yes_no_unknown(rng: Rng, yes: float | np.ndarray, unknown: float, size: int) -> np.ndarray:
    """Y, N or U, with blanks where nobody filled the cell in."""
    draw = rng.random(size)
    answers = np.where(draw < yes, "Y", np.where(rng.random(size) < unknown, "U", "N")).astype(object)
    answers[rng.random(size) < 0.05] = ""
    return answers


def shift_logit(share: float, by: float) -> float:
    """Move a share up or down by an amount on the logit scale."""
    return float(1 / (1 + np.exp(-(np.log(share / (1 - share)) + by))))


def where_text(condition: np.ndarray, yes: np.ndarray | str, no: np.ndarray | str = "") -> np.ndarray:
    """Choose between texts, keeping the result a column of texts."""
    return np.where(condition, np.asarray(yes, dtype=object), np.asarray(no, dtype=object))


def numbered(prefix: str, count: int) -> np.ndarray:
    """References such as SIN-00001, unique within one partnership."""
    return np.array([f"{prefix}-{number:05d}" for number in range(1, count + 1)], dtype=object)
