{# Where a recommendation is looked up: in its own partnership, and wherever a force or a board is shared. #}
with

area_partnerships as (

    select * from {{ ref('area_partnerships') }}

),

texts as (

    select * from {{ ref('int_recommendation_texts') }}

),

own as (

    select distinct
        'partnership' as place_type,
        partnership_code as place,
        partnership_code

    from texts

),

shared as (

    select
        group_type as place_type,
        group_code as place,
        partnership_code

    from area_partnerships

    where group_type in ('police_force', 'icb', 'region')

),

places as (

    select * from own

    union all

    select * from shared

)

select * from places
