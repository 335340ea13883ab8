with

partnerships as (

    select * from {{ ref('partnerships') }}

),

authorities as (

    select * from {{ ref('local_authorities') }}

),

police_forces as (

    select * from {{ ref('police_forces') }}

),

boards as (

    select * from {{ ref('integrated_care_boards') }}

),

regions as (

    select * from {{ ref('regions') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

),

-- A board that lies in more than one region has none; neighbours are chosen across regions.
regions_of_areas as (

    select
        footprints.area_type,
        footprints.area_code,
        case when min(authorities.region_code) = max(authorities.region_code) then min(authorities.region_code) end
            as region_code

    from footprints

    inner join authorities
        on footprints.new_la_code = authorities.new_la_code

    where footprints.area_type not in ('england', 'statistical_neighbours')

    group by footprints.area_type, footprints.area_code

),

named as (

    select
        'partnership' as area_type,
        partnership_code as area_code,
        partnership_name as area_name,
        is_current

    from partnerships

    union all

    select
        'local_authority' as area_type,
        new_la_code as area_code,
        la_name as area_name,
        true as is_current

    from authorities

    union all

    select
        'police_force' as area_type,
        police_force_code as area_code,
        police_force_name as area_name,
        true as is_current

    from police_forces

    union all

    select
        'icb' as area_type,
        icb_code as area_code,
        icb_name as area_name,
        true as is_current

    from boards

    union all

    select
        'region' as area_type,
        region_code as area_code,
        region_name as area_name,
        true as is_current

    from regions

    union all

    select
        'england' as area_type,
        'E92000001' as area_code,
        'England' as area_name,
        true as is_current

    union all

    select
        'statistical_neighbours' as area_type,
        new_la_code as area_code,
        {{ dbt.concat(["'Statistical neighbours of '", "la_name"]) }} as area_name,
        true as is_current

    from authorities

    union all

    select
        'statistical_neighbours' as area_type,
        partnership_code as area_code,
        {{ dbt.concat(["'Statistical neighbours of '", "partnership_name"]) }} as area_name,
        true as is_current

    from partnerships

    where is_current

),

areas as (

    select
        named.area_type,
        named.area_code,
        named.area_name,
        regions_of_areas.region_code,
        named.is_current

    from named

    left join regions_of_areas
        on
            named.area_type = regions_of_areas.area_type
            and named.area_code = regions_of_areas.area_code

)

select * from areas
