{# Days, open or closed, of every area and period: medians cannot be added up, so the days themselves go up. #}
with

durations as (

    select * from {{ ref('int_indicator_durations') }}

    where not is_excluded

),

members as (

    select * from {{ ref('int_area_members') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

area_durations as (

    select
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        durations.indicator,
        durations.breakdown,
        durations.days,
        durations.is_closed,
        count(*) as cases

    from durations

    inner join members
        on
            durations.new_la_code = members.new_la_code
            and durations.partnership_code = members.partnership_code
            and durations.reporting_year = members.reporting_year

    inner join periods
        on durations.reporting_year = periods.reporting_year

    group by all

)

select * from area_durations
