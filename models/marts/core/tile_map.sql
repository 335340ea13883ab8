{# Where a tile map draws each authority, and for which partnership: that of the last day of any return. #}
with

tiles as (

    select * from {{ ref('authority_tiles') }}

),

authorities as (

    select * from {{ ref('local_authorities') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

last_day as (

    select max(as_at_date) as as_at_date from submissions

),

tile_map as (

    select
        tiles.new_la_code,
        authorities.la_name,
        authorities.region_code,
        footprints.area_code as partnership_code,
        tiles.tile_name,
        tiles.tile_column,
        tiles.tile_row

    from tiles

    inner join authorities
        on tiles.new_la_code = authorities.new_la_code

    cross join last_day

    left join footprints
        on
            tiles.new_la_code = footprints.new_la_code
            and last_day.as_at_date between footprints.valid_from and footprints.valid_to

)

select * from tile_map
