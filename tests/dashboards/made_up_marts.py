"""The made-up release's curves, stages, ladders and lists: of every area, small and quick, with every state."""

from datetime import date, timedelta

import polars as pl

ENGLAND = "E92000001"
AS_AT = date(2026, 9, 30)
PERIODS = [("three_years", "2024-2026"), ("three_years", "2021-2023"), ("year", "2026")]
OUTCOMES = {
    "lcspr": 0.05,
    "no_further_review": 0.1,
    "other_local_review": 0.01,
    "national_review_suggested": 0.0,
    "not_met_or_withdrawn": 0.02,
}
CLOCKS = {"rapid_review": 40, "local_review_signed_off": 400, "local_review_published": 700}
STAGE_DAYS = {
    "decision_to_reviewer": 70,
    "reviewer_to_first_draft": 200,
    "first_draft_to_sign_off": 90,
    "sign_off_to_publication": 40,
}
DECISIONS = {
    ("partners_decision", "NO_LCSPR"): 4,
    ("partners_decision", "LCSPR"): 2,
    ("partners_decision:decision_reasons", "NO_LCSPR:LEARNING_CAPTURED"): 3,
    ("partners_decision:decision_reasons", "NO_LCSPR:COST_CAPACITY"): 2,
    ("partners_decision:decision_reasons", "LCSPR:RECURRENT_THEME"): 1,
    ("partners_decision:decision_reasons", "LCSPR:BLANK"): 1,
    ("panel_view:partners_decision:final_decision", "AGREE:NO_LCSPR:NO_LCSPR"): 3,
    ("panel_view:partners_decision:final_decision", "DISAGREE_WANTS_LCSPR:NO_LCSPR:LCSPR"): 1,
    ("panel_view:partners_decision:final_decision", "MORE_INFO:LCSPR:BLANK"): 1,
    ("agreement", "UNANIMOUS"): 6,
    ("agreement", "ESCALATED"): 2,
    ("dissenting_agencies", "POLICE"): 1,
    ("dissenting_agencies", "BLANK"): 1,
    ("triage_outcome", "NOT_MET_LOCAL_LEARNING"): 2,
    ("triage_outcome", "NOT_MET_NO_ACTION"): 3,
    ("not_met_reason", "HARM_NOT_SERIOUS"): 4,
    ("not_met_reason", "OTHER"): 1,
    ("theme_codes", "T01"): 5,
    ("local_learning_route", "AUDIT"): 2,
    ("local_learning_route:learning_recorded", "AUDIT:Y"): 1,
    ("local_learning_route:learning_recorded", "AUDIT:N"): 1,
}
CHARACTERISTICS = ["ethnicity", "disability", "sexual_orientation", "sex", "gender_identity", "religion", "language"]
REVIEW_STAGES = ["notification", "rapid_review", "lcspr"]
LADDER = [
    ("blank", "not_applicable", 1, 1),
    ("not_asked", "not_applicable", 2, 2),
    ("not_asked_no_prompt", "not_applicable", 2, 3),
    ("not_known", "not_applicable", 3, 2),
    ("not_yet_obtained", "not_applicable", 3, 1),
    ("refused", "not_applicable", 4, 1),
    ("recorded", "not_considered", 5, 6),
    ("recorded", "partly_considered", 6, 4),
    ("recorded", "considered", 7, 3),
    ("withheld", "not_applicable", None, 1),
]
CHANGES = {"gained": 3, "lost": 1, "kept": 15, "never": 5, "total": 24}
REFUSED = "Fewer than 10 children recorded in the group: too few for a rate."


def tables(partnerships: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The restricted tables of areas, and the list of open reviews, by name."""
    places = areas_of(partnerships)
    return {
        "outcome_curves": outcome_curves(places),
        "review_curves": review_curves(places),
        "stage_durations": stage_durations(places),
        "recording_ladder": recording_ladder(places),
        "recorded_changes": recorded_changes(places),
        "disproportionality": disproportionality(places),
        "rapid_review_decisions": rapid_review_decisions(places),
        "open_reviews": open_reviews(partnerships["partnership_code"].to_list()),
    }


def public_tables(restricted: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """What everybody may read of the curves: England's over three years, without the numbers followed."""
    england = pl.col("area_type") == "england"
    public = {
        name: restricted[name]
        .filter(england & (pl.col("period_type") == "three_years"))
        .with_columns(at_risk=pl.lit(None, pl.Int64))
        for name in ("outcome_curves", "review_curves")
    }
    return {**public, "outcome_curves": public["outcome_curves"].filter(pl.col("months") == 0)}


def areas_of(partnerships: pl.DataFrame) -> list[tuple[str, str, int]]:
    """England, the regions and half the partnerships, each with how many cases it has for each of a small one's."""
    regions = sorted(set(partnerships["region_code"]))
    codes = partnerships["partnership_code"].to_list()
    return [
        ("england", ENGLAND, 20),
        *(("region", code, 8) for code in regions),
        *(("partnership", code, 1) for code in codes[: len(codes) // 2]),
    ]


def by_place(places: list[tuple[str, str, int]], rows_of) -> pl.DataFrame:
    """The rows of every place and period."""
    rows = [
        {"area_type": area_type, "area_code": code, "period_type": period_type, "period": period, **row}
        for area_type, code, size in places
        for period_type, period in PERIODS
        for row in rows_of(size)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def outcome_curves(places: list[tuple[str, str, int]]) -> pl.DataFrame:
    """Shares that rise month by month, for as long as ten are followed."""

    def rows(size: int) -> list[dict]:
        last = {1: 1, 8: 4}.get(size, 12)
        return [
            {
                "outcome": outcome,
                "months": month,
                "share": rise * min(month, 5),
                "lower": None if not month else rise * min(month, 5) * 0.7,
                "upper": None if not month else rise * min(month, 5) * 1.3,
                "at_risk": 15 * size - month * size,
            }
            for outcome, rise in OUTCOMES.items()
            for month in range(last + 1)
        ]

    return by_place(places, rows)


def review_curves(places: list[tuple[str, str, int]]) -> pl.DataFrame:
    """Shares still open that fall week by week; the slowest clock never falls to a half where cases are few."""

    def rows(size: int) -> list[dict]:
        found = []
        for clock, length in CLOCKS.items():
            for day in range(0, length + 1, 7):
                share = 1 - (0.4 if size == 1 else 0.9) * day / length
                limits = {"lower": max(0.0, share - 0.1), "upper": min(1.0, share + 0.1)}
                found.append({"clock": clock, "days": day, "share": share, **limits, "at_risk": 10 + size})
        return found

    return by_place(places, rows)


def rapid_review_decisions(places: list[tuple[str, str, int]]) -> pl.DataFrame:
    """Decisions of every kind; a small place has 3 of 4 with one reason."""
    return by_place(
        places,
        lambda size: [
            {"axis": axis, "value": value, "is_part_period": False, "cases": cases * size}
            for (axis, value), cases in DECISIONS.items()
        ],
    )


def stage_durations(places: list[tuple[str, str, int]]) -> pl.DataFrame:
    """Quartiles of every stage; a small place has too few for them."""
    return by_place(
        places,
        lambda size: [
            {
                "stage": stage,
                "cases": 2 * size,
                "lower_quartile_days": None if size == 1 else days * 0.6,
                "median_days": None if size == 1 else float(days),
                "upper_quartile_days": None if size == 1 else days * 1.5,
            }
            for stage, days in STAGE_DAYS.items()
        ],
    )


def recording_ladder(places: list[tuple[str, str, int]]) -> pl.DataFrame:
    """Every state of every characteristic at every stage, with its total."""

    def rows(size: int) -> list[dict]:
        found = []
        for characteristic in CHARACTERISTICS:
            for stage in REVIEW_STAGES:
                for state, consideration, step, children in LADDER:
                    if stage == "notification" and state in ("withheld", "not_asked_no_prompt"):
                        continue
                    is_recorded = state == "recorded"
                    assessed = consideration if stage != "notification" or not is_recorded else "not_applicable"
                    place = 8 if is_recorded and assessed == "not_applicable" else step
                    found.append(
                        {
                            "characteristic": characteristic,
                            "stage": stage,
                            "state": state,
                            "consideration": assessed,
                            "ladder_step": place,
                            "children": children * size,
                        }
                    )
        return found

    frame = by_place(places, rows)
    cell = [name for name in frame.columns if name != "children"]
    frame = frame.group_by(cell, maintain_order=True).agg(pl.col("children").sum())
    total = frame.group_by(
        "area_type", "area_code", "period_type", "period", "characteristic", "stage", maintain_order=True
    ).agg(
        state=pl.lit("total"),
        consideration=pl.lit("not_applicable"),
        ladder_step=pl.lit(None, pl.Int64),
        children=pl.col("children").sum(),
    )
    return pl.concat([frame, total.select(frame.columns)])


def recorded_changes(places: list[tuple[str, str, int]]) -> pl.DataFrame:
    """Gained, lost, kept and never, with their total."""
    return by_place(
        places,
        lambda size: [
            {"characteristic": characteristic, "stages": stages, "change": change, "children": children * size}
            for characteristic in CHARACTERISTICS
            for stages in ("notification_to_rapid_review", "rapid_review_to_lcspr")
            for change, children in CHANGES.items()
        ],
    )


def disproportionality(places: list[tuple[str, str, int]]) -> pl.DataFrame:
    """Two groups of which a large place has ratios, a group that is always refused, and disability."""

    def rows(size: int) -> list[dict]:
        groups = [("White", 16), ("Asian / Asian British", 3), ("Other ethnic group", 0)]
        found = [ratio(size, "ethnicity", "major", name, children * size) for name, children in groups]
        return [*found, {**ratio(size, "disability", "any", "Disabled", 5 * size), **NO_RATIO}]

    return by_place(places, rows)


NO_RATIO = {
    **dict.fromkeys(["population_share", "ratio", "ratio_lower95", "ratio_upper95", "lowest_ratio", "highest_ratio"]),
    "ratio_refusal": "There is no population to compare with: disability is counted in too many ways.",
}


def ratio(size: int, characteristic: str, level: str, name: str, children: int) -> dict:
    """One group's share and ratio, or the refusal."""
    is_refused = size == 1 or children < 10
    share = None if is_refused else children / (20 * size)
    return {
        "characteristic": characteristic,
        "group_level": level,
        "group_name": name,
        "children": children,
        "recorded": 20 * size,
        "unrecorded": 2 * size,
        "unrecorded_share": 1 / 11,
        "share": share,
        "lowest_share": None if is_refused else share * 0.9,
        "highest_share": None if is_refused else share * 1.1,
        "share_refusal": REFUSED if is_refused else None,
        "population_share": 0.2,
        "ratio": None if is_refused else 1.3,
        "ratio_lower95": None if is_refused else 0.9,
        "ratio_upper95": None if is_refused else 1.8,
        "lowest_ratio": None if is_refused else 1.1,
        "highest_ratio": None if is_refused else 2.4,
        "ratio_refusal": REFUSED if is_refused else None,
    }


def open_reviews(codes: list[str]) -> pl.DataFrame:
    """An overdue review, one due soon and one not due of the first partnership; one overdue of two others each.

    Of the last that is a rapid review of which its return holds nothing.
    """
    rows = []
    for code, name, ref, past, reasons in (
        (codes[0], "lcsprs", "LCSPR-00001", 120, "PARALLEL_CRIMINAL;SIGN_OFF"),
        (codes[0], "rapid_reviews", "RR-00002", -6, None),
        (codes[0], "notifications", "SIN-00003", -60, None),
        (codes[1], "lcsprs", "LCSPR-00004", 3, None),
        (codes[3], "notifications", "SIN-00005", 400, None),
    ):
        due = AS_AT - timedelta(days=past)
        state = "overdue" if past > 0 else "due_soon" if past > -15 else "not_due"
        rows.append(
            {
                "partnership_code": code,
                "new_la_code": "E06000001",
                "return_name": name,
                "record_ref": ref,
                "status": "IN_PROGRESS",
                "due_state": state,
                "delay_reasons": reasons,
                "is_delay_told": None if name != "lcsprs" else bool(reasons),
                "days_past_due": past,
                "date_started": due - timedelta(days=180),
                "date_due": due,
                "as_at_date": AS_AT,
            }
        )
    return pl.DataFrame(rows, infer_schema_length=None)
