{# Many to many and dated: an authority lies in several areas, and partnerships come and go. #}
with

authorities as (

    select * from {{ ref('local_authorities') }}

),

boards as (

    select * from {{ ref('local_authority_icbs') }}

),

partnership_periods as (

    select * from {{ ref('partnership_local_authorities') }}

),

neighbours as (

    select * from {{ ref('int_pooled_neighbours') }}

),

partnership_footprints as (

    select
        'partnership' as area_type,
        partnership_code as area_code,
        new_la_code,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as date)) as valid_to

    from partnership_periods

),

-- A board counts every authority it serves any part of: returns do not say where in an authority a child lived.
standing_areas as (

    select
        'local_authority' as area_type,
        new_la_code as area_code,
        new_la_code

    from authorities

    union all

    select
        'police_force' as area_type,
        police_force_code as area_code,
        new_la_code

    from authorities

    union all

    select
        'icb' as area_type,
        icb_code as area_code,
        new_la_code

    from boards

    union all

    select
        'region' as area_type,
        region_code as area_code,
        new_la_code

    from authorities

    union all

    select
        'england' as area_type,
        'E92000001' as area_code,
        new_la_code

    from authorities

),

undated as (

    select * from standing_areas

    union all

    select
        'statistical_neighbours' as area_type,
        area_code,
        neighbour_la_code as new_la_code

    from neighbours

),

footprints as (

    select * from partnership_footprints

    union all

    select
        area_type,
        area_code,
        new_la_code,
        cast('1900-01-01' as date) as valid_from,
        cast('9999-12-31' as date) as valid_to

    from undated

)

select * from footprints
