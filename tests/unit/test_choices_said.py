"""What was chosen is said where it says something: of lists in which nothing is chosen, nothing."""

from dataclasses import replace
from datetime import date

from throughline.query import Choice
from throughline.report import Filter, Report

AREA = Filter("area", "Area", (Choice("E92000001", "England"),), "E92000001")
BREAKDOWN = Filter("breakdown", "Breakdown", (Choice("total", "Not broken down"), Choice("late", "Late")), "total")
ADD = Filter("add", "Add to your own set", (Choice("", "Nobody"), Choice("leeds", "Leeds")), "")


def report(*filters):
    return Report("/", "Topic", "Question?", "Answer.", date(2026, 9, 30), "release", True, (), filters)


def test_an_empty_list_and_no_breakdown_are_not_said():
    assert report(AREA, BREAKDOWN, ADD).choices_said == "Area: England"
    assert report(BREAKDOWN, ADD).choices_said == "Everything"


def test_a_breakdown_that_was_chosen_is_said():
    assert report(AREA, replace(BREAKDOWN, chosen="late")).choices_said == "Area: England; Breakdown: Late"
