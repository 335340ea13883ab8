{# A group with no child keeps its row, and what is not recorded stands beside every group that it could belong to. #}
with

states as (

    select * from {{ ref('int_recording_states') }}

    where
        stage = 'notification'
        and characteristic in ('ethnicity', 'disability')
        and not is_excluded
        and state <> 'not_applicable'

),

ethnic_groups as (

    select * from {{ ref('int_ethnic_groups') }}

),

populations as (

    select * from {{ ref('int_group_populations') }}

),

members as (

    select * from {{ ref('int_area_members') }}

    where area_type in ('partnership', 'region', 'england')

),

periods as (

    select * from {{ ref('int_periods') }}

),

yearly as (

    select
        new_la_code,
        partnership_code,
        reporting_year,
        characteristic,
        value,
        state = 'recorded' as is_recorded,
        count(*) as children

    from states

    group by all

),

area_values as (

    select
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        yearly.characteristic,
        yearly.value,
        yearly.is_recorded,
        sum(yearly.children) as children

    from yearly

    inner join members
        on
            yearly.new_la_code = members.new_la_code
            and yearly.partnership_code = members.partnership_code
            and yearly.reporting_year = members.reporting_year

    inner join periods
        on yearly.reporting_year = periods.reporting_year

    group by all

),

area_totals as (

    select
        area_type,
        area_code,
        period_type,
        period,
        characteristic,
        coalesce(sum(children) filter (where is_recorded), 0) as recorded,
        coalesce(sum(children) filter (where not is_recorded), 0) as unrecorded

    from area_values

    group by all

),

children_by_group as (

    select
        area_values.area_type,
        area_values.area_code,
        area_values.period_type,
        area_values.period,
        ethnic_groups.group_level,
        ethnic_groups.group_name,
        sum(area_values.children) as children

    from area_values

    inner join ethnic_groups
        on area_values.value = ethnic_groups.ethnicity_code

    where area_values.characteristic = 'ethnicity'

    group by all

),

ethnicity as (

    select
        area_totals.area_type,
        area_totals.area_code,
        area_totals.period_type,
        area_totals.period,
        area_totals.characteristic,
        populations.group_level,
        populations.group_name,
        coalesce(children_by_group.children, 0) as children,
        area_totals.recorded,
        area_totals.unrecorded,
        populations.group_person_days,
        populations.other_person_days

    from area_totals

    inner join populations
        on
            area_totals.area_type = populations.area_type
            and area_totals.area_code = populations.area_code
            and area_totals.period_type = populations.period_type
            and area_totals.period = populations.period

    left join children_by_group
        on
            populations.area_type = children_by_group.area_type
            and populations.area_code = children_by_group.area_code
            and populations.period_type = children_by_group.period_type
            and populations.period = children_by_group.period
            and populations.group_level = children_by_group.group_level
            and populations.group_name = children_by_group.group_name

    where area_totals.characteristic = 'ethnicity'

),

disabled_children as (

    select
        area_type,
        area_code,
        period_type,
        period,
        sum(children) as children

    from area_values

    where characteristic = 'disability' and is_recorded and value <> 'NONE'

    group by area_type, area_code, period_type, period

),

-- How many children are disabled is counted in too many ways for a population to compare with.
disability as (

    select
        area_totals.area_type,
        area_totals.area_code,
        area_totals.period_type,
        area_totals.period,
        area_totals.characteristic,
        'any' as group_level,
        'Disabled' as group_name,
        coalesce(disabled_children.children, 0) as children,
        area_totals.recorded,
        area_totals.unrecorded,
        cast(null as double) as group_person_days,
        cast(null as double) as other_person_days

    from area_totals

    left join disabled_children
        on
            area_totals.area_type = disabled_children.area_type
            and area_totals.area_code = disabled_children.area_code
            and area_totals.period_type = disabled_children.period_type
            and area_totals.period = disabled_children.period

    where area_totals.characteristic = 'disability'

),

groups as (

    select * from ethnicity

    union all

    select * from disability

),

notified_groups as (

    select
        area_type,
        area_code,
        period_type,
        period,
        characteristic,
        group_level,
        group_name,

        cast(children as integer) as children,
        cast(recorded as integer) as recorded,
        cast(unrecorded as integer) as unrecorded,
        group_person_days,
        other_person_days

    from groups

)

select * from notified_groups
