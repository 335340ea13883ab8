"""England's curves of outcomes, at points far enough apart to give no case away."""


def model(dbt, session):
    from throughline.curves import as_public
    from throughline.disclosure.grid import Calendar

    dbt.config(materialized="table")
    blocks = Calendar.of(dbt.ref("int_periods").pl()).blocks
    return as_public(dbt.ref("outcome_curves").pl(), when="months", curve=[], periods=list(blocks))
