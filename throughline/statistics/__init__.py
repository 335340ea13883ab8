"""Intervals, comparisons, chart limits and refusals for small counts, each loaded only when first used."""

from importlib import import_module

# scipy, statsmodels and lifelines take seconds to import, and most readers of this package need one of them or none.
_NAMES_IN = {
    "intervals": ("wilson_interval", "rate_interval", "rate_method", "poisson_interval", "ratio_interval"),
    "comparisons": ("RateComparison", "compare_proportions", "compare_rates", "compare_with_expected", "flag_against"),
    "flagged_counts": ("chance_limits",),
    "median_flags": ("flag_median",),
    "funnels": ("Funnel", "funnel", "phi_by_chance"),
    "control_charts": ("Xmr", "xmr"),
    "rare_events": ("DaysBetween", "days_between", "silence_probability"),
    "survival": ("Survival", "kaplan_meier"),
    "grouped_survival": ("median_durations", "share_open"),
    "competing_outcomes": ("CumulativeIncidence", "cumulative_incidence"),
    "shrinkage": ("ShrunkRates", "shrink_rates"),
    "false_flags": (
        "FalseFlags",
        "flag_probability",
        "flag_probability_at",
        "expected_false_flags",
        "expected_false_flags_at",
    ),
    "disproportionality": ("PopulationComparison", "compare_with_population", "refuse_prevalence", "share_range"),
    "refusals": ("refuse_rank", "too_few"),
}
_MODULE_OF = {name: module for module, names in _NAMES_IN.items() for name in names}

__all__ = list(_MODULE_OF)


def __getattr__(name: str):
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_MODULE_OF[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_MODULE_OF})
