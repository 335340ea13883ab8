"""The indicator values as everybody may read them: the same rows, without a number that could be a family's own."""


def model(dbt, session):
    from throughline.disclosure.publication import as_public

    dbt.config(materialized="table")
    return as_public(dbt.ref("indicator_values").pl(), dbt.ref("areas").pl())
