with

notifications as (

    {{ current_rows('notifications') }}

),

rapid_reviews as (

    {{ current_rows('rapid_reviews') }}

),

calendar as (

    select * from {{ ref('int_calendar') }}

),

findings as (

    select
        {{ finding_about('notifications', 'V06', 'query', 'sin_ref') }},
        'There is no rapid review of this notification, ' || (as_at.working_day_number - notified.working_day_number)
        || ' working days after it was sent.' as message,
        'Add the rapid review, even if it is still in progress, or explain why there is none.' as fix

    from notifications

    inner join calendar as notified
        on notifications.date_notified = notified.calendar_date

    inner join calendar as as_at
        on notifications.as_at_date = as_at.calendar_date

    left join rapid_reviews
        on
            notifications.submission_ref = rapid_reviews.submission_ref
            and notifications.sin_ref = rapid_reviews.sin_ref

    where
        notifications.panel_in_scope = 'Y'
        and notifications.criteria_status = 'MET'
        and as_at.working_day_number - notified.working_day_number > 15
        and rapid_reviews.rr_ref is null

)

select * from findings
