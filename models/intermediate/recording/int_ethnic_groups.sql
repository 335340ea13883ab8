{# Returns have one code for Gypsy and Roma together, so those two census groups can only be compared as one. #}
with

ethnicity_groups as (

    select * from {{ ref('ethnicity_groups') }}

    where ethnicity_major <> 'Unknown'

),

comparable as (

    select
        code,
        ethnicity_major,
        case when code = 'WIRT' then 'WROM' else code end as comparable_code

    from ethnicity_groups

),

groups as (

    select
        code as ethnicity_code,
        'major' as group_level,
        ethnicity_major as group_name

    from comparable

    union all

    select
        comparable.code as ethnicity_code,
        'minor' as group_level,
        ethnicity_groups.ethnicity_minor as group_name

    from comparable

    inner join ethnicity_groups
        on comparable.comparable_code = ethnicity_groups.code

)

select * from groups
