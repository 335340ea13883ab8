{# Quarters are shown for England and regions only: one partnership's quarter is nearly always nought or one. #}
with

components as (

    select * from {{ ref('int_indicator_components') }}

    where reporting_quarter is not null

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type in ('england', 'region')

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

submissions as (

    select * from {{ ref('int_submissions_current') }}

),

last_day as (

    select max(as_at_date) as as_at_date from submissions

),

quarters as (

    select
        calendar.reporting_year,
        calendar.reporting_quarter,
        max(calendar.calendar_date) > max(last_day.as_at_date) as is_part_period

    from calendar

    cross join last_day

    where calendar.reporting_year >= {{ var('first_reporting_year') }}

    group by calendar.reporting_year, calendar.reporting_quarter

    having min(calendar.calendar_date) <= max(last_day.as_at_date)

),

breakdowns as (

    select distinct
        indicator,
        breakdown

    from components

),

areas as (

    select distinct
        area_type,
        area_code

    from footprints

),

area_components as (

    select
        footprints.area_type,
        footprints.area_code,
        components.indicator,
        components.breakdown,
        components.reporting_year,
        components.reporting_quarter,
        sum(components.numerator) as numerator,
        sum(components.denominator) as denominator,
        sum(components.excluded) as excluded

    from components

    inner join footprints
        on components.new_la_code = footprints.new_la_code

    group by
        footprints.area_type,
        footprints.area_code,
        components.indicator,
        components.breakdown,
        components.reporting_year,
        components.reporting_quarter

),

counts as (

    select
        areas.area_type,
        areas.area_code,
        'quarter' as period_type,
        cast(quarters.reporting_year as varchar) || '-Q' || cast(quarters.reporting_quarter as varchar) as period,
        breakdowns.indicator,
        breakdowns.breakdown,

        quarters.is_part_period,

        cast(coalesce(area_components.numerator, 0) as integer) as numerator,
        cast(coalesce(area_components.denominator, 0) as double) as denominator,
        cast(coalesce(area_components.excluded, 0) as integer) as excluded

    from areas

    cross join quarters

    cross join breakdowns

    left join area_components
        on
            areas.area_type = area_components.area_type
            and areas.area_code = area_components.area_code
            and quarters.reporting_year = area_components.reporting_year
            and quarters.reporting_quarter = area_components.reporting_quarter
            and breakdowns.indicator = area_components.indicator
            and breakdowns.breakdown = area_components.breakdown

)

select * from counts
