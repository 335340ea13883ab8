{# The days on which each partnership notified: what a chart of the days between one and the next is drawn from. #}
with

notifications as (

    select * from {{ ref('int_notifications_followed') }}

    where is_in_trend

),

footprints as (

    select * from {{ ref('int_footprints') }}

    where area_type = 'partnership'

),

notification_dates as (

    select
        footprints.area_code as partnership_code,
        cast(
            row_number() over (
                partition by footprints.area_code
                order by notifications.date_notified, notifications.sin_ref
            ) as integer
        ) as notification_number,

        notifications.date_notified

    from notifications

    inner join footprints
        on
            notifications.new_la_code = footprints.new_la_code
            and notifications.date_notified between footprints.valid_from and footprints.valid_to

)

select * from notification_dates
