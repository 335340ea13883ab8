"""Whether two recommendations ask for the same thing: scores, reasons, and the repeats among many."""

from throughline.repetition.find import find_repeats
from throughline.repetition.score import Explanation, explain_pair, score_pairs

__all__ = ["Explanation", "explain_pair", "find_repeats", "score_pairs"]
