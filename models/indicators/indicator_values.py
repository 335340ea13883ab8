"""Counts from SQL, intervals from throughline.statistics: the one table that pages, packs and exports read."""


def model(dbt, session):
    from throughline.indicators import indicator_values

    dbt.config(materialized="table")
    return indicator_values(
        counts=dbt.ref("indicator_counts").pl(),
        quarter_counts=dbt.ref("indicator_quarter_counts").pl(),
        catalogue=dbt.ref("indicators").pl(),
        areas=dbt.ref("areas").pl(),
    )
