{# Whose figures are pooled to make the neighbours of an authority, or of a partnership. #}
with

neighbours as (

    select * from {{ ref('statistical_neighbours') }}

    where model_year = {{ var('statistical_neighbours_model_year', 2025) }}

),

current_members as (

    select
        partnership_code,
        new_la_code

    from {{ ref('partnership_local_authorities') }}

    where valid_to is null

),

authority_neighbours as (

    select
        new_la_code as area_code,
        neighbour_la_code

    from neighbours

),

-- A joint partnership's neighbours are those of all its authorities, but never one of its own.
partnership_neighbours as (

    select distinct
        current_members.partnership_code as area_code,
        neighbours.neighbour_la_code

    from current_members

    inner join neighbours
        on current_members.new_la_code = neighbours.new_la_code

    left join current_members as own_members
        on
            current_members.partnership_code = own_members.partnership_code
            and neighbours.neighbour_la_code = own_members.new_la_code

    where own_members.new_la_code is null

),

pooled as (

    select * from authority_neighbours

    union all

    select * from partnership_neighbours

)

select * from pooled
