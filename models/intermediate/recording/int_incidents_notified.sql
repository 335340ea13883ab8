{# Children belong to an incident. Where it was notified twice, the notification that counts speaks for it. #}
with

notifications as (

    select * from {{ ref('int_notifications_followed') }}

    where date_notified is not null and new_la_code is not null

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

ranked as (

    select
        notifications.*,
        row_number() over (
            partition by notifications.submission_ref, notifications.incident_ref
            order by
                case when notifications.is_reviewable then 1 when notifications.is_in_trend then 2 else 3 end,
                notifications.date_notified,
                notifications.sin_ref
        ) as place

    from notifications

),

incidents as (

    select
        ranked.submission_ref,
        ranked.incident_ref,
        ranked.sin_ref,

        ranked.new_la_code,
        footprints.area_code as partnership_code,
        calendar.reporting_year,

        ranked.is_in_trend,
        ranked.is_in_trend and ranked.is_reviewable as is_reviewable,

        ranked.date_notified

    from ranked

    inner join calendar
        on ranked.date_notified = calendar.calendar_date

    inner join footprints
        on
            ranked.new_la_code = footprints.new_la_code
            and ranked.date_notified between footprints.valid_from and footprints.valid_to

    where ranked.place = 1

)

select * from incidents
