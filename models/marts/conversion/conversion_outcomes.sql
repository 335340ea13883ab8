{# The days themselves go up, by outcome: a curve of one area is not the average of the curves of its parts. #}
with

outcomes as (

    select * from {{ ref('int_notification_outcomes') }}

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

area_outcomes as (

    select
        members.area_type,
        members.area_code,
        periods.period_type,
        periods.period,
        outcomes.outcome,
        outcomes.days,
        count(*) as cases

    from outcomes

    inner join calendar
        on outcomes.date_notified = calendar.calendar_date

    inner join footprints
        on
            outcomes.new_la_code = footprints.new_la_code
            and outcomes.date_notified between footprints.valid_from and footprints.valid_to

    inner join members
        on
            outcomes.new_la_code = members.new_la_code
            and footprints.area_code = members.partnership_code
            and calendar.reporting_year = members.reporting_year

    inner join periods
        on calendar.reporting_year = periods.reporting_year

    group by all

)

select * from area_outcomes
