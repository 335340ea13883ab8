-- A failure means that an area was lost from, or added to, a reference list: every comparison would change.
{{ config(tags=['reference']) }}

with

counted as (

    select 'local_authorities' as area_list, 153 as expected, count(*) as listed
    from {{ ref('local_authorities') }}

    union all

    select 'regions', 9, count(*)
    from {{ ref('regions') }}

    union all

    select 'police_forces', 39, count(*)
    from {{ ref('police_forces') }}

    union all

    select 'integrated_care_boards', 42, count(*)
    from {{ ref('integrated_care_boards') }}

    union all

    select 'authority_tiles', 153, count(*)
    from {{ ref('authority_tiles') }}

    union all

    select 'current partnerships', 142, count(*)
    from {{ ref('partnerships') }}
    where is_current

    union all

    select 'ended partnerships', 6, count(*)
    from {{ ref('partnerships') }}
    where not is_current

)

select * from counted where listed <> expected
