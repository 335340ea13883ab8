-- A failure means that an authority has two partnerships on some day, or none: its cases would count twice, or be lost.
{{ config(tags=['reference']) }}

with

periods as (

    select
        new_la_code,
        partnership_code,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as date)) as valid_to,
        lead(valid_from) over (partition by new_la_code order by valid_from) as next_from,
        row_number() over (partition by new_la_code order by valid_from) as period_number

    from {{ ref('partnership_local_authorities') }}

),

broken as (

    select
        new_la_code,
        partnership_code

    from periods

    where
        (period_number = 1 and valid_from > cast('2019-09-29' as date))
        or (next_from is null and valid_to <> cast('9999-12-31' as date))
        or next_from <> {{ dbt.dateadd('day', 1, 'valid_to') }}

),

uncovered as (

    select new_la_code
    from {{ ref('local_authorities') }}
    where new_la_code not in (select new_la_code from periods)

)

select
    new_la_code,
    partnership_code

from broken

union all

select
    new_la_code,
    null as partnership_code

from uncovered
