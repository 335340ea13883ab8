"""How far off a count of suggested repeats may be: some of what is suggested is wrong, and some repeats are missed."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import TYPE_CHECKING

from throughline import settings
from throughline.statistics import wilson_interval

if TYPE_CHECKING:
    from throughline.repetition.model import Model


@dataclass(frozen=True)
class Measured:
    """What was found when suggestions were checked: `right` of `taken` suggestions, and `found` of `repeats`.

    `by_people` says that the suggestions were checked by the people who use them, not on the labelled pairs.
    """

    right: int
    taken: int
    found: int
    repeats: int
    by_people: bool = False

    @cached_property
    def least_precision(self) -> float:
        """The lowest share of suggestions that may be right, at 95%."""
        return float(wilson_interval(self.right, self.taken)[0])

    @cached_property
    def least_recall(self) -> float:
        """The lowest share of repeats that may be found, at 95%."""
        return float(wilson_interval(self.found, self.repeats)[0])


def measured(model: "Model", right_by_people: int = 0, decided_by_people: int = 0) -> Measured:
    """The labelled pairs' figures, with people's own precision in their place once enough pairs are decided.

    People decide on what is suggested, so nothing they do says how much is missed: that stays with the labelled pairs.
    """
    if decided_by_people >= settings.whole("review_least_decisions"):
        return Measured(right_by_people, decided_by_people, model.labelled_right, model.labelled_repeats, True)
    return Measured(model.labelled_right, model.labelled_taken, model.labelled_right, model.labelled_repeats)


def count_bounds(suggested: int, among: int, checked: Measured, is_own: bool = True) -> tuple[int, int]:
    """The fewest and the most repeats that a count of suggested ones can stand for, of all that were looked at.

    `is_own` says that both stand in one partnership. Across a force or a board the fewest is 0: texts of so many more
    recommendations are alike by chance, and how many suggestions are right there was never measured on real ones. None
    suggested does not prove that there is none: it is given the same upper bound as one. Raises ValueError where more
    are suggested than were looked at.
    """
    if not 0 <= suggested <= among:
        raise ValueError(f"suggested is {suggested} of {among}: give a count from 0 to all that were looked at")
    fewest = floor(suggested * checked.least_precision) if is_own else 0
    most = ceil(max(suggested, 1) / checked.least_recall)
    return fewest, min(among, most)
