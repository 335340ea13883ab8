"""The units of indicators, and how many a value is given per."""

UNIT_MULTIPLIERS = {
    "proportion": 1,
    "count": 1,
    "ratio": 1,
    "observed_over_expected": 1,
    "per_review": 1,
    "days": 1,
    "per_100000_children": 100_000,
    "per_10000_children_in_need": 10_000,
}
