"""The made-up release's recommendations: a few of two partnerships that share a force, with a pair of every kind."""

from datetime import date, timedelta

import polars as pl
from made_up_marts import AS_AT, ENGLAND, PERIODS, areas_of

OWN_TEXT = "Midwives should ask every expectant father about his own childhood and record the answer."
SHARED_TEXT = "The partnership should audit 20 cases of bruising in babies by March 2026."
SECRET_TEXT = "Children's social care should return calls from school on the day that they are made."
FAMILY_NAME = "Smith & Sons <b>"  # what a page must not take for markup
SCHEMA = {
    "rec_id": pl.String,
    "partnership_code": pl.String,
    "rec_ref": pl.String,
    **dict.fromkeys(("source_type", "form", "level", "level_needed", "targets", "change_type", "loop"), pl.String),
    **dict.fromkeys(("theme_primary", "theme_secondary", "eedi_related", "accepted", "action_status"), pl.String),
    **dict.fromkeys(("impact_result", "national_response_status"), pl.String),
    "smart_score": pl.Int32,
    **dict.fromkeys(("is_structural", "has_text", "is_shareable"), pl.Boolean),
    **dict.fromkeys(("date_made", "date_due", "date_completed"), pl.Date),
}
MIX = {
    "level": {"LOCAL": 8, "REGIONAL": 1, "NATIONAL": 1},
    "level_gap": {"AS_AIMED": 5, "HIGHER_NEEDED": 3, "BLANK": 2},
    "change_type": {"TRAINING": 4, "POLICY_PROCEDURE": 3, "PARTICIPATION": 2, "BLANK": 1},
    "loop": {"SINGLE": 6, "DOUBLE": 3, "DEFENSIVE": 1},
    "smart_score": {"2": 5, "4": 5},
    "structural": {"N": 9, "Y": 1},
    "form": {"RECOMMENDATION": 10},
    "source_type": {"RR": 4, "LCSPR": 6},
    "accepted": {"YES": 10},
    "action_status": {"DONE": 6, "IN_PROGRESS": 4},
    "target": {"POLICE": 7, "BLANK": 3},
}


def tables(partnerships: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The restricted tables of recommendations, by name."""
    own, other = partnerships["partnership_code"][:2]
    made = recommendations(own, other)
    return {
        "recommendations": made.drop("rec_text"),
        "recommendation_texts": made.select("rec_id", "rec_text").drop_nulls(),
        "recommendation_pairs": pairs(made, own, other),
        "recommendation_chain_members": members(made, own, other),
        "recommendation_chains": chains(own, other),
        "recurrences": recurrences(partnerships, other),
        "recommendation_mix": mix(partnerships),
        "national_recommendations": register(own, other),
    }


def public_tables() -> dict[str, pl.DataFrame]:
    """What everybody may read."""
    themes = {"theme_primary": ["T05", "T08"], "partnerships": [9, 6], "recommendations": [14, 6]}
    return {"recurring_themes": pl.DataFrame(themes)}


def recommendations(own: str, other: str) -> pl.DataFrame:
    """Four of the first partnership, one without words, and two of the next, one of which is shared."""
    rows = [
        (own, "REC-1", date(2023, 5, 1), OWN_TEXT, False, "DONE"),
        (own, "REC-2", date(2025, 5, 2), OWN_TEXT + " " + FAMILY_NAME, False, "IN_PROGRESS"),
        (own, "REC-3", date(2025, 6, 1), None, False, "IN_PROGRESS"),
        (own, "REC-4", date(2026, 1, 5), SHARED_TEXT, False, "IN_PROGRESS"),
        (other, "REC-1", date(2024, 9, 1), SECRET_TEXT, False, "DONE"),
        (other, "REC-2", date(2024, 10, 1), SHARED_TEXT, True, "DONE"),
    ]
    made = [
        {
            **dict.fromkeys(SCHEMA),
            "rec_id": f"{code}|{ref}",
            "partnership_code": code,
            "rec_ref": ref,
            "theme_primary": "T08",
            "targets": "POLICE",
            "action_status": status,
            "has_text": text is not None,
            "is_shareable": shared,
            "date_made": day,
            "date_due": None if ref == "REC-3" else day + timedelta(days=90),
            "rec_text": text,
        }
        for code, ref, day, text, shared, status in rows
    ]
    return pl.DataFrame(made, schema=SCHEMA | {"rec_text": pl.String})


def pairs(made: pl.DataFrame, own: str, other: str) -> pl.DataFrame:
    """Pairs that count, in every state and readable or not, and pairs of every kind that does not."""
    days = dict(made.select("rec_id", "date_made").iter_rows())
    rows = [
        (f"{own}|REC-2", f"{own}|REC-1", "near", "SAME_AREA", "confirmed", True, None, True),
        (f"{own}|REC-3", f"{other}|REC-1", "same_ask", "SAME_FORCE", "suggested", True, True, True),
        (f"{own}|REC-4", f"{other}|REC-2", "exact", "SAME_FORCE", "disputed", True, False, True),
        (f"{own}|REC-4", f"{own}|REC-1", "same_ask", "SAME_AREA", "rejected", True, False, True),
        (f"{own}|REC-3", f"{own}|REC-2", "same_ask", "SAME_REVIEW_SERIES", "suggested", False, None, True),
        (f"{own}|REC-2", f"{other}|REC-2", "theme_and_target", "SAME_FORCE", "suggested", False, None, True),
        (f"{own}|REC-2", f"{other}|REC-1", "same_ask", "NATIONAL", "suggested", False, None, False),
    ]
    return pl.DataFrame(
        [
            {
                "rec_id": later,
                "earlier_rec_id": earlier,
                "partnership_code": later.split("|")[0],
                "earlier_partnership_code": earlier.split("|")[0],
                "theme_primary": "T08",
                "earlier_theme_primary": "T08",
                "kind": kind,
                "scope": scope,
                "state": state,
                "score": None if kind == "theme_and_target" else 0.8,
                "people": 0 if state == "suggested" else 1,
                "say_repeat": 0,
                "say_otherwise": 0,
                "days_between": (days[later] - days[earlier]).days,
                "is_theme_and_target": False,
                "is_same_force": True,
                "is_same_icb": True,
                "is_in_window": in_window,
                "was_done_before": done,
                "is_acknowledged": known,
                "date_made": days[later],
                "earlier_date_made": days[earlier],
            }
            for later, earlier, kind, scope, state, done, known, in_window in rows
        ]
    )


def members(made: pl.DataFrame, own: str, other: str) -> pl.DataFrame:
    """One chain that begins where only its own partnership may read, and goes on in the first."""
    chained = [f"{other}|REC-1", f"{own}|REC-3", f"{own}|REC-4"]
    days = dict(made.select("rec_id", "date_made").iter_rows())
    return pl.DataFrame(
        {
            "chain_id": [chained[0]] * 3,
            "rec_id": chained,
            "repeated_rec_id": [None, chained[0], chained[0]],
            "partnership_code": [rec_id.split("|")[0] for rec_id in chained],
            "place_in_chain": [1, 2, 3],
            "date_made": [days[rec_id] for rec_id in chained],
        }
    )


def chains(own: str, other: str) -> pl.DataFrame:
    """That chain's length and width."""
    return pl.DataFrame(
        {
            "chain_id": [f"{other}|REC-1"],
            "origin_partnership_code": [other],
            "origin_theme_primary": ["T08"],
            "recommendations": [3],
            "partnerships": [2],
            "themes": [2],
            "marked_done": [1],
            "first_made": [date(2024, 9, 1)],
            "last_made": [date(2026, 1, 5)],
            "span_days": [491],
        }
    )


def recurrences(partnerships: pl.DataFrame, origin: str) -> pl.DataFrame:
    """Themes and one ask in England, in the first partnership's region and in its force area."""
    first = partnerships.row(0, named=True)
    places = [
        ("england", ENGLAND, 9),
        ("region", first["region_code"], 5),
        ("police_force", first["police_force_code"], 3),
    ]
    rows = [
        (kind, code, "theme", theme, theme, reach - less)
        for kind, code, reach in places
        for less, theme in enumerate(("T05", "T08"))
    ]
    rows += [(kind, code, "ask", f"{origin}|REC-1", "T08", 3) for kind, code, _ in places[:2]]
    return pl.DataFrame(
        [
            {
                "area_type": kind,
                "area_code": code,
                "recurring": recurring,
                "subject": subject,
                "theme_primary": theme,
                "partnerships": reach,
                "recommendations": reach + 1,
                "marked_done": 1,
                "first_made": date(2024, 11, 1),
                "last_made": date(2026, 9, 1),
            }
            for kind, code, recurring, subject, theme, reach in rows
        ]
    )


def mix(partnerships: pl.DataFrame) -> pl.DataFrame:
    """Every axis in every place and period; a large place has more of each."""
    return pl.DataFrame(
        [
            {
                "area_type": kind,
                "area_code": code,
                "period_type": period_type,
                "period": period,
                "axis": axis,
                "value": value,
                "is_part_period": False,
                "recommendations": number * size,
            }
            for kind, code, size in areas_of(partnerships)
            for period_type, period in PERIODS
            for axis, values in MIX.items()
            for value, number in values.items()
        ]
    )


def register(own: str, other: str) -> pl.DataFrame:
    """One answered late, one overdue by a day, one not due and one long overdue."""
    rows = [
        (own, "REC-9", "answered_late", "ACCEPTED", date(2021, 2, 3), date(2023, 1, 1), 332),
        (own, "REC-8", "overdue", "ACKNOWLEDGED", date(2025, 9, 29), date(2025, 12, 1), 1),
        (own, "REC-7", "not_due", "SENT", date(2026, 2, 1), None, None),
        (other, "REC-6", "overdue", "NOT_SENT", date(2022, 1, 1), None, 1368),
    ]
    return pl.DataFrame(
        [
            {
                "partnership_code": code,
                "rec_ref": ref,
                "targets": "GOVERNMENT;PANEL",
                "theme_primary": "T25",
                "national_response_status": status,
                "state": state,
                "days_overdue": days,
                "date_made": made,
                "response_due_date": made.replace(year=made.year + 1),
                "national_response_date": answered,
                "as_at_date": AS_AT,
            }
            for code, ref, state, status, made, answered, days in rows
        ],
        infer_schema_length=None,
    )
