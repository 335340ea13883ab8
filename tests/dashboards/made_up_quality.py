"""The made-up release's tables of data quality: one partnership for each thing that can have happened to a return."""

from datetime import date, datetime

import polars as pl

from throughline.workspace import PROJECT

RETURNS = ["referrals", "children", "notifications", "rapid_reviews", "lcsprs", "recommendations"]
CHANGED, UNCHANGED, MISSING = range(3)  # places in the order of codes; all others sent one return, all of it right
ENGLAND = "E92000001"


def tables(partnerships: pl.DataFrame, years: list[int]) -> dict[str, pl.DataFrame]:
    """Every table that the page on data quality reads."""
    codes = partnerships["partnership_code"].to_list()
    return {
        "returns_received": returns_received(codes, years),
        "submission_quality": submission_quality(partnerships),
        "finding_counts": finding_counts(codes),
        "return_changes": return_changes(codes),
        "rules": pl.read_csv(PROJECT / "seeds" / "rules.csv", infer_schema=False),
        "published_reconciliation": published_reconciliation(),
    }


def returns_received(codes: list[str], years: list[int]) -> pl.DataFrame:
    """Every partnership answered but one; one confirmed its nil of 2024 and said nothing of 2025."""
    rows = []
    for code in codes:
        for year in years:
            for name in RETURNS:
                state = "missing" if code == codes[MISSING] else "returned"
                if code == codes[CHANGED] and name == "lcsprs":
                    state = {2024: "nil", 2025: "zero_unconfirmed"}.get(year, state)
                rows.append(
                    {
                        "partnership_code": code,
                        "reporting_year": year,
                        "return_name": name,
                        "submission_ref": None if state == "missing" else f"{code}-made-up",
                        "state": state,
                        "records": 5 if state == "returned" else 0,
                        "received_at": None if state == "missing" else datetime(2026, 10, 1, 9),
                    }
                )
    return pl.DataFrame(rows, infer_schema_length=None)


def submission_quality(partnerships: pl.DataFrame) -> pl.DataFrame:
    """One row a partnership."""
    rows = []
    for place, (code, name) in enumerate(partnerships.select("partnership_code", "partnership_name").iter_rows()):
        sent, twice, changed = place != MISSING, place in (CHANGED, UNCHANGED), place == CHANGED
        rows.append(
            {
                "partnership_code": code,
                "partnership_name": name,
                "submission_ref": f"{code}-made-up" if sent else None,
                "specification_version": "1.0" if sent else None,
                "is_returned": sent,
                "submissions_held": 2 if twice else int(sent),
                "rows_accepted": 100 if sent else None,
                "rows_quarantined": (2 if changed else 0) if sent else None,
                "errors": (2 if changed else 0) if sent else None,
                "queries": (4 if changed else 0) if sent else None,
                "queries_explained": (1 if changed else 0) if sent else None,
                "records_new": (7 if changed else 0) if twice else None,
                "records_gone": (1 if changed else 0) if twice else None,
                "records_changed": (3 if changed else 0) if twice else None,
                "as_at_date": date(2026, 9, 30) if sent else None,
                "received_at": datetime(2026, 10, 1, 9) if sent else None,
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)


def finding_counts(codes: list[str]) -> pl.DataFrame:
    """One partnership broke three rules, and explained part of one."""
    rows = [("F02", "error", 2, 0), ("S03", "query", 3, 1), ("S06", "query", 1, 0)]
    named = [(codes[CHANGED], *row) for row in rows]
    return pl.DataFrame(named, ["partnership_code", "rule", "severity", "findings", "explained"], orient="row")


def return_changes(codes: list[str]) -> pl.DataFrame:
    """The same partnership's second return."""
    rows = [
        ("recommendations", "new", None, 7),
        ("notifications", "gone", None, 1),
        ("notifications", "changed", "criteria_status", 3),
        ("notifications", "changed", "a_field_of_long_ago", 1),
    ]
    named = [(codes[CHANGED], *row) for row in rows]
    return pl.DataFrame(named, ["partnership_code", "return_name", "change", "field", "records"], orient="row")


def published_reconciliation() -> pl.DataFrame:
    """England, and regions whose counts agree within the rounding, do not, and were not returned."""
    areas = {
        ENGLAND: ("national", "England"),
        "E12000001": ("regional", "North East"),
        "E12000004": ("regional", "East Midlands"),
    }
    rows = [
        (ENGLAND, 2025, "total", "unrounded", "published", 338, 330, 153, 153),
        (ENGLAND, 2026, "child_death", "unrounded", "published_secondary", 160, 160, 153, 153),
        (ENGLAND, 2026, "total", "unrounded", "published", 357, 340, 153, 152),
        ("E12000001", 2026, "total", "nearest_10", "published", 30, 26, 12, 12),
        ("E12000001", 2025, "total", "nearest_10", "published", 20, 34, 12, 12),
        ("E12000004", 2026, "total", "nearest_10", "published", 30, 0, 10, 0),
    ]
    columns = ["geographic_level", "area_code", "area_name", "reporting_year", "nature", "number_rounding"]
    columns += ["value_status", "published_notifications", "returned_notifications", "authorities"]
    columns += ["authorities_returned"]
    return pl.DataFrame([(areas[row[0]][0], row[0], areas[row[0]][1], *row[1:]) for row in rows], columns, orient="row")
