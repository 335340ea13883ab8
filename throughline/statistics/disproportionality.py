"""A group's rate against all others', and how far the children of whom it is not recorded could move it."""

from dataclasses import dataclass

import numpy as np

from throughline.settings import number, whole

from .comparisons import compare_rates
from .inputs import Numbers, read_counts

RECORDED_FLOOR = number("prevalence_recorded_floor")
LEAST_CHILDREN = whole("disproportionality_least_children")


@dataclass(frozen=True)
class PopulationComparison:
    """A rate ratio among those recorded, its exact interval, and the range that those not recorded leave open."""

    ratio: float | np.ndarray
    lower: float | np.ndarray
    upper: float | np.ndarray
    lowest: float | np.ndarray
    highest: float | np.ndarray


def compare_with_population(
    in_group: Numbers,
    others: Numbers,
    unrecorded: Numbers,
    group_population: Numbers,
    other_population: Numbers,
    confidence: float = 0.95,
) -> PopulationComparison:
    """Compare a group's rate with that of everybody outside the group, in the same area's own population.

    Formula: ratio = (x1/n1)/(x2/n2) among those recorded, with the exact conditional interval of `compare_rates`;
    lowest = (x1/n1)/((x2 + u)/n2), none of the u unrecorded being in the group; highest = ((x1 + u)/n1)/(x2/n2).
    Units: any, the same for both populations; only their proportion matters. Shapes: numbers or arrays, broadcast.
    Edges: no population on either side, or a missing value, gives NaN throughout: a census may have found nobody of
    a group that a child belongs to. Nobody outside the group gives an infinite ratio, and 0 against 0 gives NaN.
    The interval is about chance, the range about recording: neither holds the other's doubt.
    Raises ValueError on counts that are negative or not whole.
    Source: Przyborowski and Wilenski 1940 for the interval; the range is worst-case bounding, Manski 1989.
    """
    in_group, others, unrecorded = read_counts(whole=True, in_group=in_group, others=others, unrecorded=unrecorded)
    group_population, other_population = read_counts(
        group_population=group_population, other_population=other_population
    )
    *counts, group_people, other_people = np.broadcast_arrays(
        in_group, others, unrecorded, group_population, other_population
    )
    held = (group_people > 0) & (other_people > 0)
    in_group, others, unrecorded = (np.where(held, count, np.nan) for count in counts)
    compared = compare_rates(in_group, group_people, others, other_people, confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        exposure = np.where(held, other_people, np.nan) / np.where(held, group_people, np.nan)
        lowest = in_group / (others + unrecorded) * exposure
        highest = (in_group + unrecorded) / others * exposure
    return PopulationComparison(compared.ratio, compared.lower, compared.upper, lowest[()], highest[()])


def share_range(in_group: Numbers, others: Numbers, unrecorded: Numbers):
    """A group's share among those recorded, and the least and most it could be among all.

    Formula: x/(x + o), with x/(x + o + u) where none of the u unrecorded is in the group and (x + u)/(x + o + u)
    where all are. Shapes: numbers or arrays, broadcast together; returns (share, lowest, highest) from 0 to 1.
    Edges: nobody recorded has no share; nobody at all has no range either; missing gives NaN.
    Raises ValueError on counts that are negative.
    Source: worst-case bounding, Manski 1989.
    """
    in_group, others, unrecorded = read_counts(in_group=in_group, others=others, unrecorded=unrecorded)
    everybody = in_group + others + unrecorded
    with np.errstate(divide="ignore", invalid="ignore"):
        share = in_group / (in_group + others)
        lowest, highest = in_group / everybody, (in_group + unrecorded) / everybody
    return share[()], lowest[()], highest[()]


def refuse_prevalence(in_group: Numbers, others: Numbers, unrecorded: Numbers, is_comparison: bool = False):
    """Why a group's share, or its rate against all others', should not be inferred, in words; None where it may be.

    is_comparison: True for a rate against all others', where those others must be enough to have a rate too.
    Refused when under 85% of children are recorded, or when the group (or the others) has under 10 children; all the
    reasons that hold are given, as sentences. Shapes: numbers give one answer, arrays an array of them.
    Edges: nobody at all is refused as nothing recorded. Raises ValueError on counts that are negative.
    Source: our own thresholds, in seeds/settings.csv.
    """
    in_group, others, unrecorded = read_counts(in_group=in_group, others=others, unrecorded=unrecorded)
    known, everybody = in_group + others, in_group + others + unrecorded
    recorded = np.divide(known, everybody, out=np.zeros_like(known), where=everybody > 0)
    checks = [
        (
            recorded < RECORDED_FLOOR,
            f"Recorded for under {RECORDED_FLOOR:.0%} of children: those not recorded could change the answer.",
        ),
        (in_group < LEAST_CHILDREN, f"Fewer than {LEAST_CHILDREN} children recorded in the group: too few for a rate."),
        (
            (others < LEAST_CHILDREN) & is_comparison,
            f"Fewer than {LEAST_CHILDREN} children recorded outside the group: nothing to compare with.",
        ),
    ]
    reasons = np.full(known.shape, "", dtype=object)
    for refused, sentence in checks:
        reasons = np.where(refused, reasons + np.where(reasons == "", "", " ") + sentence, reasons)
    return np.where(reasons == "", None, reasons)[()]
