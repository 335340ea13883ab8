{# DfE counts by the day of notification, so a death that followed later stays serious harm, as first notified. #}
with

notifications as (

    select * from {{ ref('int_notifications_followed') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

counts as (

    select
        notifications.new_la_code,
        footprints.area_code as partnership_code,
        calendar.reporting_year,
        calendar.reporting_quarter,

        count(*) filter (where notifications.is_in_trend) as notifications,
        count(*) filter (
            where notifications.is_in_trend and notifications.nature like 'CHILD_DEATH%'
        ) as child_deaths,
        count(*) filter (
            where notifications.is_in_trend and notifications.nature = 'SERIOUS_HARM'
        ) as serious_harms,
        count(*) filter (where notifications.is_in_trend and notifications.nature = 'OTHER') as others,
        count(*) filter (where not notifications.is_in_trend) as excluded

    from notifications

    inner join calendar
        on notifications.date_notified = calendar.calendar_date

    inner join footprints
        on
            notifications.new_la_code = footprints.new_la_code
            and notifications.date_notified between footprints.valid_from and footprints.valid_to

    where calendar.reporting_year >= {{ var('first_reporting_year') }}

    group by
        notifications.new_la_code,
        footprints.area_code,
        calendar.reporting_year,
        calendar.reporting_quarter

)

select * from counts
