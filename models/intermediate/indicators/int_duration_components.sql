with

durations as (

    select * from {{ ref('int_indicator_durations') }}

),

components as (

    select
        indicator,
        breakdown,
        new_la_code,
        partnership_code,
        reporting_year,

        count(*) filter (where is_closed and not is_excluded) as closed,
        count(*) filter (where not is_excluded) as cases,
        count(*) filter (where is_excluded) as excluded

    from durations

    group by
        indicator,
        breakdown,
        new_la_code,
        partnership_code,
        reporting_year

)

select * from components
