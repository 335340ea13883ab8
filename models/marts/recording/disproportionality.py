"""Counts from SQL, figures from throughline.statistics; one that is refused is null beside its reason."""

KEYS = ["area_type", "area_code", "period_type", "period", "characteristic", "group_level", "group_name"]
SHARES = ["share", "lowest_share", "highest_share"]
RATIOS = ["ratio", "ratio_lower95", "ratio_upper95", "lowest_ratio", "highest_ratio"]
NO_POPULATION = "There is no population to compare with: disability is counted in too many ways."
NOBODY = "The census found nobody of the group, or nobody outside it, in this area."


def model(dbt, session):
    dbt.config(materialized="table")
    return disproportionality(dbt.ref("int_notified_groups").pl())


def disproportionality(groups):
    """Adds to each group's counts its share and its rate against all others', or why they are not inferred."""
    import polars as pl

    from throughline.statistics import compare_with_population, refuse_prevalence, share_range

    in_group, unrecorded = groups["children"], groups["unrecorded"]
    others = groups["recorded"] - in_group
    shares = share_range(in_group, others, unrecorded)
    compared = compare_with_population(
        in_group, others, unrecorded, groups["group_person_days"], groups["other_person_days"]
    )
    ratios = [compared.ratio, compared.lower, compared.upper, compared.lowest, compared.highest]
    share_refusal, ratio_refusal = (
        pl.Series(list(refuse_prevalence(in_group, others, unrecorded, is_comparison)), dtype=pl.String)
        for is_comparison in (False, True)
    )
    figures = groups.with_columns(
        unrecorded_share=pl.col("unrecorded") / (pl.col("recorded") + pl.col("unrecorded")),
        population_share=pl.col("group_person_days") / (pl.col("group_person_days") + pl.col("other_person_days")),
        share_refusal=share_refusal,
        ratio_refusal=pl.when(pl.col("group_person_days").is_null())
        .then(pl.lit(NO_POPULATION))
        .when(pl.min_horizontal("group_person_days", "other_person_days") == 0)
        .then(pl.lit(NOBODY))
        .otherwise(ratio_refusal),
        **dict(zip(SHARES, map(pl.Series, shares), strict=True)),
        **dict(zip(RATIOS, map(pl.Series, ratios), strict=True)),
    )
    return figures.select(
        *KEYS,
        *("children", "recorded", "unrecorded", "unrecorded_share"),
        *(_unless_refused(name, "share_refusal") for name in SHARES),
        "share_refusal",
        "population_share",
        *(_unless_refused(name, "ratio_refusal") for name in RATIOS),
        "ratio_refusal",
    ).sort(KEYS)


def _unless_refused(figure, refusal):
    import polars as pl

    return pl.when(pl.col(refusal).is_null()).then(pl.col(figure)).alias(figure)
