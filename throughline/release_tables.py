"""The restricted tables of a release by whose rows they hold, which decides how a reader's right to them is asked."""

# Restricted tables with a row for each area of every type, and with rows for partnerships alone.
BY_AREA = (
    "review_curves",
    "outcome_curves",
    "stage_durations",
    "recording_ladder",
    "recorded_changes",
    "disproportionality",
    "recommendation_mix",
    "rapid_review_decisions",
    "recurrences",
)
BY_PARTNERSHIP = (
    "returns_received",
    "submission_quality",
    "finding_counts",
    "return_changes",
    "open_reviews",
    "national_recommendations",
    "notification_dates",
)
# Tables of recommendations, whose words may be shared or not; each has a method of its own.
OF_RECOMMENDATIONS = (
    "recommendations",
    "recommendation_texts",
    "recommendation_pairs",
    "recommendation_chains",
    "recommendation_chain_members",
)
# Of those by area, the ones that have a copy from which everybody may read England.
WITH_PUBLIC_COPY = ("review_curves", "outcome_curves")
