{# The ladder, not one percentage: a child whose characteristic does not apply is on no step of it. #}
with

states as (

    select * from {{ ref('int_recording_states') }}

    where not is_excluded and state <> 'not_applicable'

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
        stage,
        state,
        consideration,
        count(*) as children

    from states

    group by all

),

steps as (

    select
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        yearly.characteristic,
        yearly.stage,
        yearly.state,
        yearly.consideration,
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

totals as (

    select
        area_type,
        area_code,
        period_type,
        period,
        characteristic,
        stage,
        'total' as state,
        'not_applicable' as consideration,
        sum(children) as children

    from steps

    group by all

),

all_steps as (

    select * from steps

    union all

    select * from totals

),

ladder as (

    select
        area_type,
        area_code,
        period_type,
        period,
        characteristic,
        stage,
        state,
        consideration,

        case
            when state = 'blank' then 1
            when state in ('not_asked', 'not_asked_no_prompt') then 2
            when state in ('not_known', 'not_yet_obtained') then 3
            when state = 'refused' then 4
            when consideration = 'not_considered' then 5
            when consideration = 'partly_considered' then 6
            when consideration = 'considered' then 7
            when state = 'recorded' then 8
        end as ladder_step,
        cast(children as integer) as children

    from all_steps

)

select * from ladder
