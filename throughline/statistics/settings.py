"""The thresholds at which a figure is refused or marked, each with its reason: proposals, meant to be argued with."""

# Intervals
BYARS_FROM_COUNT = 10  # the Fingertips guidance changes from the exact to Byar's formula here

# Funnels
FUNNEL_MIN_UNITS = 20  # fewer points cannot show what "usual" looks like
OVERDISPERSION_MIN_UNITS = 50  # the spread between units is itself only an estimate, and a poor one from fewer
OVERDISPERSION_MIN_EXPECTED = 5  # with fewer in the middle unit, chance alone passes for a real spread: see the tests

# XmR charts
XMR_MIN_POINTS = 12  # limits from fewer points move with every new one
XMR_MIN_MEAN_COUNT = 5  # rarer counts give false signals on a quarter to a half of charts
XMR_RUN_LENGTH = 7  # points in a row for a shift or a trend, as in NHS "Making Data Count"
T_CHART_MIN_GAPS = 12  # a T chart is an XmR chart of the gaps

# Durations
MEDIAN_MIN_CLOSED = 5  # with fewer closed cases the median is one or two families' own dates
SURVIVAL_MIN_AT_RISK = 10  # beyond this the curve is drawn by a handful of cases

# Ranks and bands
RANK_MIN_RELIABILITY = 0.7  # below this more than 30% of the middle unit's difference is luck
RANK_MIN_UNITS = 20  # quarters of fewer than 20 hold fewer than five units each
RANK_MAX_MISSING = 0.10  # with more absent, the places of those present mean little
RANK_MAX_TIED = 0.25  # a band swallowed by a tie says nothing
RANK_MIN_DENOMINATOR = 10  # one case moves a smaller unit's percentage by more than 10 points
COMPLETENESS_FLOOR = 0.80  # below this the cases left out could change the answer

# Words
EXPECTED_TOO_FEW = 5  # below 5 expected no low value can be told from chance
PERCENTAGE_MIN_DENOMINATOR = 10  # below this the fraction is shown instead of a percentage
