"""Counts from SQL, intervals from throughline.statistics, and what of each row the public may read: restricted."""


def model(dbt, session):
    from throughline.disclosure.publication import public_statuses
    from throughline.indicators import indicator_values

    dbt.config(materialized="table")
    areas, catalogue = dbt.ref("areas").pl(), dbt.ref("indicators").pl()
    values = indicator_values(
        counts=dbt.ref("indicator_counts").pl(),
        quarter_counts=dbt.ref("indicator_quarter_counts").pl(),
        durations=dbt.ref("indicator_durations").pl(),
        catalogue=catalogue,
        areas=areas,
    )
    published = dbt.ref("published_notifications").pl()
    return public_statuses(values, areas, catalogue, last_published_year=published["reporting_year"].max())
