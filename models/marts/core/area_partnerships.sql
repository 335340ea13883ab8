{# Ended partnerships stay in their groups, because their years are still shown. #}
with

footprints as (

    select * from {{ ref('int_footprints') }}

),

partnerships as (

    select * from {{ ref('partnerships') }}

),

members as (

    select
        area_code as partnership_code,
        new_la_code,
        valid_to

    from footprints

    where area_type = 'partnership'

),

groups as (

    select
        area_type as group_type,
        area_code as group_code,
        new_la_code

    from footprints

    where area_type in ('region', 'police_force', 'icb', 'england')

),

-- Neighbours are those of today's partnerships, so no ended one is among them.
neighbours as (

    select
        footprints.area_type as group_type,
        footprints.area_code as group_code,
        footprints.new_la_code

    from footprints

    inner join partnerships
        on footprints.area_code = partnerships.partnership_code

    where footprints.area_type = 'statistical_neighbours'

),

area_partnerships as (

    select distinct
        groups.group_type,
        groups.group_code,
        members.partnership_code

    from groups

    inner join members
        on groups.new_la_code = members.new_la_code

    union all

    select distinct
        neighbours.group_type,
        neighbours.group_code,
        members.partnership_code

    from neighbours

    inner join members
        on neighbours.new_la_code = members.new_la_code

    where members.valid_to = cast('9999-12-31' as date)

)

select * from area_partnerships
