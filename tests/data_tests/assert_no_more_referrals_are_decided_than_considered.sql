-- A failure means that CV1 counts referrals that NT6 leaves out: their difference would tell of them by itself.
with

values_held as (

    select * from {{ ref('indicator_values') }}

),

decided as (

    select * from values_held where indicator = 'CV1' and breakdown = 'total'

),

considered as (

    select * from values_held where indicator = 'NT6' and breakdown = 'total'

)

select
    decided.area_type,
    decided.area_code,
    decided.period_type,
    decided.period

from decided

inner join considered
    on
        decided.area_type = considered.area_type
        and decided.area_code = considered.area_code
        and decided.period_type = considered.period_type
        and decided.period = considered.period

where decided.denominator + decided.immature > considered.numerator
