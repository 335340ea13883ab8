"""The door: check what a partnership sends, land what is right, and say plainly what is not."""

from throughline.door.checking import Refused, check, check_many
from throughline.door.findings import Finding, Report, UnreadableReturn, report_lines
from throughline.door.landing import Submission, submit
from throughline.door.specification import load_specification

__all__ = [
    "Finding",
    "Refused",
    "Report",
    "Submission",
    "UnreadableReturn",
    "check",
    "check_many",
    "load_specification",
    "report_lines",
    "submit",
]
