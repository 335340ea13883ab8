"""The report for machines.

One object, always with these keys:

    format                 "throughline-check"
    format_version         "1"; a new number when a key changes its meaning or goes
    file                   the file's or folder's own name, without its path
    state                  "checked" or "unreadable"
    refusal                why it could not be read, in one line; null when it was checked
    content_sha256         the digest of the bytes that were checked
    specification_version  the version of the specification that it was checked against
    partnership_code, as_at_date, submission_ref
                           from the submission sheet; null for a single return checked by itself
    counts                 rows_accepted, rows_put_aside, errors, queries
    returns                a list: return_name, is_in_the_file, rows_accepted, rows_put_aside
    findings               a list: rule, rule_title, severity ("error" or "query"), file, sheet, row, column, field,
                           title, message, fix, example; null where a finding has no such place

The same content gives the same bytes. No value of a free-text field is in it.
"""

import json
from dataclasses import asdict
from typing import Any

from throughline.door.findings import Finding
from throughline.door.reporting.outcome import Outcome
from throughline.door.rules import load_rules
from throughline.door.specification import load_specification

FORMAT, FORMAT_VERSION = "throughline-check", "1"


def json_report(outcome: Outcome) -> str:
    """The whole report as JSON text."""
    return json.dumps(as_object(outcome), indent=1, ensure_ascii=False) + "\n"


def as_object(outcome: Outcome) -> dict[str, Any]:
    """The whole report as plain values."""
    report = outcome.report
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "file": outcome.file,
        "state": "checked" if report else "unreadable",
        "refusal": outcome.refusal,
        "content_sha256": report.content_sha256 if report else None,
        "specification_version": load_specification().version,
        "partnership_code": report.partnership_code if report else None,
        "as_at_date": report.as_at_date if report else None,
        "submission_ref": report.submission_ref if report else None,
        "counts": {
            "rows_accepted": report.rows_accepted if report else 0,
            "rows_put_aside": report.rows_quarantined if report else 0,
            "errors": outcome.errors,
            "queries": outcome.queries,
        },
        "returns": [
            {
                "return_name": one.name,
                "is_in_the_file": one.is_in_the_file,
                "rows_accepted": one.rows_accepted,
                "rows_put_aside": one.rows_put_aside,
            }
            for one in outcome.returns
        ],
        "findings": [_finding(finding) for finding in report.findings] if report else [],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    rule = load_rules().get(finding.rule)
    told = asdict(finding)
    return {"rule": told.pop("rule"), "rule_title": rule.title if rule else None} | told
