{# Which authority-years an area is made of. Only partnerships change in mid-year: only they match on the dated row. #}
with

authority_years as (

    select * from {{ ref('int_authority_years') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type <> 'partnership'

),

partnerships as (

    select
        'partnership' as area_type,
        partnership_code as area_code,
        new_la_code,
        partnership_code,
        reporting_year,
        is_returned

    from authority_years

),

standing_areas as (

    select
        footprints.area_type,
        footprints.area_code,
        authority_years.new_la_code,
        authority_years.partnership_code,
        authority_years.reporting_year,
        authority_years.is_returned

    from footprints

    inner join authority_years
        on footprints.new_la_code = authority_years.new_la_code

),

members as (

    select * from partnerships

    union all

    select * from standing_areas

)

select * from members
