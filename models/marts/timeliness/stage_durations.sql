{# Where the time goes in a local review. Quartiles cannot be added up, so each area's are taken from its own cases. #}
with

stages as (

    select * from {{ ref('int_indicator_durations') }}

    where indicator = 'TM6' and not is_excluded

),

members as (

    select * from {{ ref('int_area_members') }}

),

periods as (

    select * from {{ ref('int_periods') }}

),

stage_durations as (

    select
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        stages.breakdown as stage,
        count(*) as cases,
        quantile_cont(stages.days, 0.25) as lower_quartile_days,
        quantile_cont(stages.days, 0.5) as median_days,
        quantile_cont(stages.days, 0.75) as upper_quartile_days

    from stages

    inner join members
        on
            stages.new_la_code = members.new_la_code
            and stages.partnership_code = members.partnership_code
            and stages.reporting_year = members.reporting_year

    inner join periods
        on stages.reporting_year = periods.reporting_year

    group by
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        stages.breakdown

)

select * from stage_durations
