"""Cumulative incidence of what became of notifications, open ones followed as far as they go: restricted."""


def model(dbt, session):
    from throughline.curves import outcome_curves

    dbt.config(materialized="table")
    return outcome_curves(dbt.ref("conversion_outcomes").pl())
