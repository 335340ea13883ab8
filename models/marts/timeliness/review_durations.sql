{# The days themselves, open and closed, from which the curves of reviews still open are drawn. #}
with

durations as (

    select * from {{ ref('int_review_durations') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

members as (

    select * from {{ ref('int_area_members') }}

    where area_type in ('england', 'region', 'partnership')

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
        durations.clock,
        durations.is_closed,
        durations.days,
        count(*) as cases

    from durations

    inner join calendar
        on durations.cohort_date = calendar.calendar_date

    inner join footprints
        on
            durations.new_la_code = footprints.new_la_code
            and durations.cohort_date between footprints.valid_from and footprints.valid_to

    inner join members
        on
            durations.new_la_code = members.new_la_code
            and footprints.area_code = members.partnership_code
            and calendar.reporting_year = members.reporting_year

    inner join periods
        on calendar.reporting_year = periods.reporting_year

    group by all

)

select * from area_durations
