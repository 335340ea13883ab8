"""The thresholds at which a figure is refused or marked; seeds/settings.csv holds each with its reason."""

from throughline.settings import number, whole

# Intervals
BYARS_FROM_COUNT = whole("byars_from_count")

# Flags
EXACT_BELOW_EXPECTED = whole("exact_below_expected")

# Funnels
FUNNEL_MIN_UNITS = whole("funnel_least_units")
OVERDISPERSION_MIN_UNITS = whole("overdispersion_least_units")
OVERDISPERSION_MIN_EXPECTED = whole("overdispersion_least_expected")

# XmR charts
XMR_MIN_POINTS = whole("xmr_least_points")
XMR_MIN_MEAN_COUNT = whole("xmr_least_mean_count")
XMR_RUN_LENGTH = whole("xmr_run_length")
T_CHART_MIN_GAPS = whole("t_chart_least_gaps")

# Durations
MEDIAN_MIN_CLOSED = whole("median_least_closed")
SURVIVAL_MIN_AT_RISK = whole("survival_least_at_risk")

# Ranks and bands
RANK_MIN_RELIABILITY = number("rank_least_reliability")
RANK_MIN_UNITS = whole("rank_least_units")
RANK_MAX_MISSING = number("rank_most_missing")
RANK_MAX_TIED = number("rank_most_tied")
RANK_MIN_DENOMINATOR = whole("rank_least_denominator")
COMPLETENESS_FLOOR = number("completeness_floor")

# Words
EXPECTED_TOO_FEW = whole("expected_too_few")
PERCENTAGE_MIN_DENOMINATOR = whole("percentage_least_denominator")
