"""Share of reviews still open by weeks since they began, open ones followed as far as they go: restricted."""


def model(dbt, session):
    from throughline.curves import review_curves

    dbt.config(materialized="table")
    return review_curves(dbt.ref("review_durations").pl())
