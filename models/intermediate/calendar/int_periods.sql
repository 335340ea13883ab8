{# A block of three years is drawn only where all three are over: a part year would weigh too little in it. #}
with

calendar as (

    select * from {{ ref('int_calendar') }}

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

last_day as (

    select max(as_at_date) as as_at_date from submissions

),

years as (

    select
        calendar.reporting_year,
        max(calendar.calendar_date) > max(last_day.as_at_date) as is_part_period

    from calendar

    cross join last_day

    where
        calendar.reporting_year >= {{ var('first_reporting_year') }}

    group by calendar.reporting_year

    having min(calendar.calendar_date) <= max(last_day.as_at_date)

),

single_years as (

    select
        reporting_year,
        'year' as period_type,
        cast(reporting_year as varchar) as period,
        is_part_period

    from years

),

three_years as (

    select
        years.reporting_year,
        'three_years' as period_type,
        cast(last_years.reporting_year - 2 as varchar) || '-' || cast(last_years.reporting_year as varchar) as period,
        false as is_part_period

    from years as last_years

    inner join years
        on years.reporting_year between last_years.reporting_year - 2 and last_years.reporting_year

    where
        not last_years.is_part_period
        and last_years.reporting_year >= {{ var('first_reporting_year') }} + 2

),

periods as (

    select * from single_years

    union all

    select * from three_years

)

select * from periods
